"""Persons named in a sentence, by the role before or behind the name, or by the name itself."""

from collections.abc import Iterator

from uptake.gather.names.appointed import appointed, displaced, to_office
from uptake.gather.names.found import Found
from uptake.gather.names.governed import governed_end
from uptake.gather.names.lexicon import Role
from uptake.gather.names.memorials import in_memory
from uptake.gather.names.roles import RolePhrase, role_phrases
from uptake.gather.names.runs import likely, name_before, name_run
from uptake.gather.names.sentence import Line
from uptake.gather.names.tokens import DASHES

_GOVERNS = 14
_APART = 7
_SMALL = 4
_LED = 4
_AGE = 3
_FULL = 2
_INSTRUMENTAL = "ins"
_ADVERBS = 3


def persons(line: Line) -> Iterator[Found]:
    """Yield the persons of a sentence, those with a role first; words overlap in none."""
    roles = list(role_phrases(line))
    if line.shouted:
        small = (f for f in _before_roles(line, roles) if not line.tokens[f.head[0]].capital)
        yield from (found for found in _before_roles(line, roles) if found.first == 0)
        yield from (found for found in small if found.first > 0 and not line.tokens[-1].upper)
        return
    taken = [False] * len(line.tokens)
    finders = (
        _behind_roles(line, roles),
        _before_roles(line, roles),
        _heading(line),
        _led(line),
        appointed(line, roles, governed_by_role),
        displaced(line, roles, governed_by_role),
        to_office(line),
        _by_name(line),
    )
    for finder in finders:
        for found in finder:
            if not any(taken[found.first : found.last]) and not in_memory(line, found):
                taken[found.first : found.last] = [True] * (found.last - found.first)
                yield found


def _behind_roles(line: Line, roles: list[RolePhrase]) -> Iterator[Found]:
    """Yield names that follow a role."""
    for each in roles:
        after = each.end + int(
            each.end < len(line.tokens)
            and line.tokens[each.end].text == "."
            and line.tokens[each.end].abuts
        )
        first_head = line.lexicon.head_first
        name = _after_complement(line, after, each.case) if first_head else name_run(line, after)
        if name is None or name[0] == name[1] or (each.role.plural and _of_others(line, name)):
            continue
        governed = name[0] if first_head else each.end
        while governed > each.end and not line.tokens[governed - 1].word:
            governed -= 1
        role, head = (each.domain, governed), (each.first, each.end)
        case = "" if each.role.plural else each.case or "nom"
        yield Found(*name, role, head, each.role, case, each.former)
        for other in _joined_names(line, name) if each.role.plural else ():
            yield Found(*other, role, head, each.role, case, each.former)


def _of_others(line: Line, name: tuple[int, int]) -> bool:
    """Whether a name behind several with a role is hardly theirs: "representatives of A and X"."""
    joins = line.lexicon.word_set("connectors") | {","}
    return not likely(line, *name) or line.folded[name[0] - 1] in joins


def _joined_names(line: Line, name: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the names that follow a name behind "and" or a comma, in a list of likely ones."""
    joins, position = line.lexicon.word_set("connectors") | {","}, name[1]
    while position < len(line.tokens) and line.folded[position] in joins:
        follows = name_run(line, position + 1)
        if follows is None or follows[1] - follows[0] < _FULL or not likely(line, *follows):
            break
        yield follows
        position = follows[1]


def _after_complement(line: Line, position: int, case: str) -> tuple[int, int] | None:
    """Return the name behind a role and what it governs ("of the office", "энергетики")."""
    lexicon, limit = line.lexicon, min(len(line.tokens), position + _GOVERNS)
    started = position
    while position < limit:
        token = line.tokens[position]
        if _passed(line, position) or _number(line, position):
            position += 1
            continue
        name = None if _adjective(line, position) else name_run(line, position)
        if name and position > started and _led_to(line, position - 1):
            position = name[1]
            continue
        if name and (name[1] - name[0] > 1 or position == started):
            return name
        if token.text == ",":
            follows = name_run(line, position + 1)
            if follows and follows[1] - follows[0] > 1:
                return follows
            listed = position + 1 < limit and _passed(line, position + 1)
            if not (listed or lexicon.raw.get("declensions")):
                return None
        elif token.text not in '«»“”"' and (
            not token.word or _stops(line, position, started, case)
        ):
            return None
        position = name[1] if name else position + 1
    return None


def _passed(line: Line, position: int) -> bool:
    """Whether a word belongs to what a role governs: a body, a place, a field like "science"."""
    return (
        line.held[position]
        or bool(line.place[position])
        or line.folded[position] in line.lexicon.word_set("fields")
    )


def _adjective(line: Line, position: int) -> bool:
    """Whether a word in capitals describes the next, small one ("Республиканской больницы")."""
    if position + 1 >= len(line.tokens) or not line.lexicon.raw.get("declensions"):
        return False
    follows = line.tokens[position + 1]
    noun = follows.word and not follows.capital and not verbal(line, position + 1)
    stops = line.lexicon.word_set("role_stops") | line.lexicon.word_set("not_names")
    known = any(
        r.part == "adjective" and r.case not in ("", "nom")
        for r in line.lexicon.readings(line.folded[position])
    )
    return known and noun and follows.folded not in stops


def _number(line: Line, position: int) -> bool:
    """Whether the number of a school or department stands here ("школы № 45")."""
    signs = ("№", "#")
    text = line.tokens[position].text
    before = line.tokens[position - 1].text if position else ""
    return text in signs or (text.isdigit() and before in signs)


def _led_to(line: Line, position: int) -> bool:
    """Whether a link ("of the") makes what follows a body rather than the person."""
    if line.lexicon.raw.get("declensions"):
        return False
    links = line.lexicon.word_set("role_links") | line.lexicon.word_set("articles")
    return line.folded[position] in links - line.lexicon.word_set("connectors")


def _stops(line: Line, position: int, started: int, case: str) -> bool:
    """Whether a word ends what a role governs: a verb, a preposition, no link to begin with.

    Who appoints is not who is appointed: "the president dismissed X", but "директором назначили X".
    """
    lexicon, token = line.lexicon, line.tokens[position]
    if token.folded in lexicon.word_set("appointing") and case != _INSTRUMENTAL:
        return True
    if token.folded in lexicon.word_set("role_stops"):
        return True
    if token.folded in lexicon.word_set("role_links") | lexicon.word_set("appointed"):
        return False
    if position == started and not lexicon.raw.get("declensions"):
        return True
    return verbal(line, position)


def verbal(line: Line, position: int) -> bool:
    """Whether a verb or a preposition stands here, which a role does not govern."""
    lexicon, token = line.lexicon, line.tokens[position]
    if token.capital:
        return False
    small = len(token.folded) <= _SMALL and token.folded not in lexicon.word_set("articles")
    if small and token.folded in lexicon.word_set("not_names"):
        return True
    if token.folded in lexicon.word_set("appointed"):
        return True
    endings = tuple(lexicon.word_set("verb_endings"))
    fields = lexicon.word_set("fields")
    return bool(endings) and token.folded.endswith(endings) and token.folded not in fields


def _before_roles(line: Line, roles: list[RolePhrase]) -> Iterator[Found]:
    """Yield names that a role follows, behind a comma or a dash."""
    for each in roles:
        position = _to_the_left(line, each.first)
        name = None if position is None else name_before(line, _before_age(line, position))
        if name is not None:
            role, head = (each.first, governed_by_role(line, each.end)), (each.first, each.end)
            yield Found(*name, role, head, each.role, each.case, each.former)
            other = _joined_before(line, name[0]) if each.role.plural else None
            if other is not None:
                yield Found(*other, role, head, each.role, each.case, each.former)


def _joined_before(line: Line, position: int) -> tuple[int, int] | None:
    """Return the name that "and" joins to one behind it."""
    joins = line.lexicon.word_set("connectors")
    if position < _FULL or line.folded[position - 1] not in joins:
        return None
    name = name_before(line, position - 1)
    return name if name and likely(line, *name) else None


def _before_age(line: Line, position: int) -> int:
    """Return the sign before an age that stands before a sign ("X, 34, founder", "X (34), ...")."""
    tokens = line.tokens
    for number in (position - 1, position - 2):
        aged = number > 1 and tokens[number].text.isdigit() and len(tokens[number].text) < _AGE
        if aged and tokens[number - 1].text in ",(":
            return number - 1
        if number < 1 or tokens[number].text != ")":
            break
    return position


def _to_the_left(line: Line, first: int) -> int | None:
    """Return the index of the comma or dash before a role, articles and owners passed over."""
    position = first - 1
    while position >= 0 and first - position <= _APART:
        token = line.tokens[position]
        if token.text == "," or token.text in DASHES or token.text == "(":
            return position
        passed = (
            token.folded in line.lexicon.word_set("articles")
            or line.held[position]
            or line.place[position]
            or token.text in "'’s"
            or (token.capital and line.name_word(position))
            or token.folded.endswith("'s")
        )
        if not passed:
            return None
        position -= 1
    return None


def governed_by_role(line: Line, end: int) -> int:
    """Return where what a role governs ends: at a comma, or with the body that a link leads to."""
    declined = bool(line.lexicon.raw.get("declensions"))
    position = governed_end(line, end) if declined else end
    links = line.lexicon.word_set("role_links") | line.lexicon.word_set("articles")
    while position < len(line.tokens) and position - end < _GOVERNS:
        token = line.tokens[position]
        if line.held[position]:
            while position < len(line.tokens) and line.held[position]:
                position += 1
            return position
        linked = token.folded in links
        if not token.word or (position == end and not linked and line.lexicon.head_first):
            break
        position += 1
    comma = position < len(line.tokens) and line.tokens[position].text in ",."
    whole = comma or declined or position == len(line.tokens)
    return position if whole else end


def _heading(line: Line) -> Iterator[Found]:
    """Yield "X, who heads Y"."""
    verbs, relatives = line.lexicon.word_set("heading_verbs"), line.lexicon.word_set("relatives")
    for position in range(1, len(line.tokens) - 1):
        if line.folded[position] not in verbs:
            continue
        comma = position - 1 - (line.folded[position - 1] in relatives)
        for _ in range(_ADVERBS):
            if comma > 0 and line.tokens[comma].word and not line.tokens[comma].capital:
                comma -= 1
        name = name_before(line, comma) if line.tokens[comma].text == "," else None
        if name is None:
            continue
        end = position + 1
        while end < len(line.tokens) and line.tokens[end].text not in ",.;":
            end += 1
        yield Found(*name, (position, end), (position, end), Role("", "role"))


def _led(line: Line) -> Iterator[Found]:
    """Yield "led since March by X"."""
    verbs, by = line.lexicon.word_set("led"), line.lexicon.word_set("led_by")
    for position in range(len(line.tokens) - 2):
        if line.folded[position] not in verbs:
            continue
        for link in range(position + 1, min(position + 1 + _LED, len(line.tokens) - 1)):
            name = name_run(line, link + 1) if line.folded[link] in by else None
            if name is not None and name[1] - name[0] > 1:
                role = (position, link + 1)
                yield Found(*name, role, role, Role("", "role"))
                break


def _by_name(line: Line) -> Iterator[Found]:
    """Yield two or more words that given and family names make likely to be a person's."""
    position = 0
    while position < len(line.tokens):
        name = name_run(line, position) if line.tokens[position].capital else None
        if name is None:
            position += 1
            continue
        first, last = name
        if last - first > 1 and likely(line, first, last):
            yield Found(first, last)
            position = last
        else:
            position += 1
