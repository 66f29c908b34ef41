"""Persons named in a sentence, by the role before or behind the name, or by the name itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from uptake.gather.names.lexicon import Reading, Role, phrase_at
from uptake.gather.names.people import (
    family_like,
    given_names,
    patronymic_like,
    patronymic_words,
    surely_family,
)
from uptake.gather.names.sentence import Line
from uptake.gather.names.tokens import DASHES

_GOVERNS = 14
_APART = 7
_SMALL = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A person in a sentence: words ``first`` to ``last`` (exclusive).

    Attributes:
        role: Words of the role, modifiers and what it governs; empty range if there is none.
        head: Words of the role without what it governs.
        printed: The word for the role and how it is meant.
        case: Of the role's word, where the language tells.
        former: The role is a past one.
    """

    first: int
    last: int
    role: tuple[int, int] = (0, 0)
    head: tuple[int, int] = (0, 0)
    printed: Role | None = None
    case: str = ""
    former: bool = False

    @property
    def phrase(self) -> tuple[int, int]:
        """Return the words of role and name together."""
        if self.role == (0, 0):
            return self.first, self.last
        return min(self.first, self.role[0]), max(self.last, self.role[1])


def persons(line: Line) -> Iterator[Found]:
    """Yield the persons of a sentence, those with a role first; words overlap in none."""
    if line.shouted:
        yield from (found for found in _before_roles(line) if found.first == 0)
        return
    taken = [False] * len(line.tokens)
    for found in (*_behind_roles(line), *_before_roles(line), *_by_name(line)):
        if not any(taken[found.first : found.last]):
            taken[found.first : found.last] = [True] * (found.last - found.first)
            yield found


def _roles(line: Line) -> Iterator[tuple[int, int, Role, Reading]]:
    position = 0
    while position < len(line.tokens):
        if line.tokens[position].word and not line.held[position]:
            found = phrase_at(line.folded, position, line.lexicon.roles, line.lexicon)
            if found:
                yield position, position + found[0], found[1], found[2]
                position += found[0] - 1
        position += 1


def _modified(line: Line, start: int) -> tuple[int, bool]:
    """Return where a role's phrase begins, its modifiers included, and whether it is a past one."""
    modifiers, former = line.lexicon.word_set("role_modifiers"), line.lexicon.word_set("former")
    connectors = line.lexicon.word_set("connectors")
    first = start
    while first > 0 and not line.held[first - 1]:
        word = line.folded[first - 1]
        readings = {r.nominative for r in line.lexicon.readings(word)}
        if first == start or not readings & modifiers:
            past = _past(line, first, former)
            if past is not None:
                return past, True
        role = (word,) in line.lexicon.roles and not line.tokens[first - 1].abuts
        if readings & former:
            return first - 1, True
        if not (readings & modifiers or role or _joins(line, first - 1, connectors)):
            break
        first -= 1
    return first, False


def _past(line: Line, first: int, former: frozenset[str]) -> int | None:
    """Return where "former" stands within the three words before a role, if it does."""
    for position in range(first - 1, max(-1, first - 4), -1):
        if not line.tokens[position].word:
            return None
        if any(r.nominative in former for r in line.lexicon.readings(line.folded[position])):
            return position
    return None


def _joins(line: Line, position: int, connectors: frozenset[str]) -> bool:
    """Whether "and" stands here between two roles of one person ("founder and director")."""
    if line.folded[position] not in connectors or position == 0:
        return False
    return (line.folded[position - 1],) in line.lexicon.roles


def _behind_roles(line: Line) -> Iterator[Found]:
    """Yield names that follow a role."""
    for start, end, role, reading in _roles(line):
        first, former = _modified(line, start)
        if line.lexicon.head_first:
            name = _after_complement(line, end)
        else:
            name = _run(line, end)
        if name is None or name[0] == name[1]:
            continue
        begin = _domain(line, first, role)
        governed = name[0]
        while governed > end and not line.tokens[governed - 1].word:
            governed -= 1
        yield Found(*name, (begin, governed), (first, end), role, reading.case or "nom", former)


def _domain(line: Line, first: int, role: Role) -> int:
    """Return where what a role governs begins, if it stands before it with capital letters."""
    if line.lexicon.head_first:
        while first > 0 and line.name_word(first - 1) and not _owner(line, first - 1):
            first -= 1
        return first
    begin, position, low = first, first - 1, line.lexicon.lower_case_names
    fields = line.lexicon.word_set("fields") | line.lexicon.word_set("connectors")
    while position >= 0 and first - position < _APART and role.kind == "minister":
        token = line.tokens[position]
        if line.held[position] or line.place[position]:
            break
        if line.name_word(position):
            begin = position
        elif begin == position + 1 and token.folded in fields and line.tokens[position - 1].word:
            pass
        elif not (low and token.word and not token.capital and begin == first):
            break
        position -= 1
    return begin


def _owner(line: Line, position: int) -> bool:
    return line.tokens[position].folded.endswith("'s") or bool(line.place[position])


def _after_complement(line: Line, position: int) -> tuple[int, int] | None:
    """Return the name behind a role and what it governs ("of the office", "энергетики")."""
    lexicon, limit = line.lexicon, min(len(line.tokens), position + _GOVERNS)
    fields, started = lexicon.word_set("fields"), position
    stops = lexicon.word_set("role_stops")
    while position < limit:
        token = line.tokens[position]
        if line.held[position] or line.place[position] or token.folded in fields:
            position += 1
            continue
        name = _run(line, position)
        if name and (name[1] - name[0] > 1 or position == started):
            return name
        if name and token.upper:
            position = name[1]
            continue
        if token.text in ',«»“”"' or token.text in DASHES:
            if token.text != "," and token.text in DASHES:
                return None
            follows = _run(line, position + 1)
            if token.text == "," and follows and follows[1] - follows[0] > 1:
                return follows
            if token.text == "," and not lexicon.raw.get("declensions"):
                return None
        elif not token.word or token.folded in stops or _verbal(line, position):
            return None
        elif position == started and not (
            token.folded in lexicon.word_set("role_links") or lexicon.raw.get("declensions")
        ):
            return None
        position += 1
    return None


def _verbal(line: Line, position: int) -> bool:
    """Whether a verb or a preposition stands here, which a role does not govern."""
    lexicon, token = line.lexicon, line.tokens[position]
    if token.capital or token.folded in lexicon.word_set("role_links"):
        return False
    small = len(token.folded) <= _SMALL and token.folded not in lexicon.word_set("articles")
    if small and token.folded in lexicon.word_set("not_names"):
        return True
    endings = tuple(lexicon.word_set("verb_endings"))
    return (
        bool(endings)
        and token.folded.endswith(endings)
        and token.folded not in (lexicon.word_set("fields"))
    )


def _run(line: Line, position: int) -> tuple[int, int] | None:
    """Return the words of a person's name that begins here, a title before it left out."""
    titles, particles = line.lexicon.word_set("titles"), patronymic_words()
    while position < len(line.tokens) and line.folded[position].rstrip(".") in titles:
        position += 1 + _dot(line, position + 1)
    first, count = position, 0
    while position < len(line.tokens):
        token = line.tokens[position]
        if _name_part(line, position):
            count += 1
            position += 1 + (token.initial and _dot(line, position + 1))
        elif count and token.folded in particles:
            position += 1
        else:
            break
        if count > 3 or (count == 3 and not _long(line, first, position)):
            position -= 1
            break
    return (first, position) if count else None


def _long(line: Line, first: int, position: int) -> bool:
    words = line.folded[first:position]
    return any(patronymic_like(w) or w in patronymic_words() for w in words) or (
        line.folded[first] in given_names()
    )


def _dot(line: Line, position: int) -> int:
    return int(
        position < len(line.tokens)
        and line.tokens[position].text == "."
        and line.tokens[position].abuts
    )


def _name_part(line: Line, position: int) -> bool:
    token = line.tokens[position]
    if not line.name_word(position) or (token.upper and not token.initial):
        return False
    if line.place[position] and token.folded not in given_names():
        return False
    if any(c.isdigit() for c in token.text):
        return False
    if (token.folded,) in line.lexicon.roles:
        return False
    return not any(
        (r.nominative,) in line.lexicon.heads for r in line.lexicon.readings(token.folded)
    )


def _before_roles(line: Line) -> Iterator[Found]:
    """Yield names that a role follows, behind a comma or a dash, or behind "who"."""
    for start, end, role, reading in _roles(line):
        first, former = _modified(line, start)
        position = _to_the_left(line, first)
        if position is None:
            continue
        name = _ending_at(line, position)
        if name is not None:
            last = _governed_end(line, end)
            yield Found(*name, (first, last), (first, end), role, reading.case, former)
    yield from _heading(line)
    yield from _led(line)


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


def _ending_at(line: Line, position: int) -> tuple[int, int] | None:
    """Return the name whose last word stands right before a sign."""
    first = position
    while first > 0 and position - first < 3 and _name_part(line, first - 1):
        first -= 1
    if position - first < 2:
        return None
    return (first, position)


def _governed_end(line: Line, end: int) -> int:
    """Return where what a role governs ends: at a comma, or where a link leads to an organisation."""
    position = end
    while position < len(line.tokens) and position - end < _GOVERNS:
        token = line.tokens[position]
        linked = token.folded in line.lexicon.word_set("role_links") or token.folded in (
            line.lexicon.word_set("articles")
        )
        if line.held[position]:
            while position < len(line.tokens) and line.held[position]:
                position += 1
            return position
        if not token.word or (position == end and not linked and line.lexicon.head_first):
            break
        position += 1
    comma = position < len(line.tokens) and line.tokens[position].text == ","
    return position if comma or position == len(line.tokens) else end


def _heading(line: Line) -> Iterator[Found]:
    """Yield "X, who heads Y"."""
    verbs, relatives = line.lexicon.word_set("heading_verbs"), line.lexicon.word_set("relatives")
    for position in range(1, len(line.tokens) - 1):
        if line.folded[position] not in verbs:
            continue
        comma = position - 1 - (line.folded[position - 1] in relatives)
        name = _ending_at(line, comma) if line.tokens[comma].text == "," else None
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
        for link in range(position + 1, min(position + 5, len(line.tokens) - 1)):
            name = _run(line, link + 1) if line.folded[link] in by else None
            if name is not None and name[1] - name[0] > 1:
                role = (position, link + 1)
                yield Found(*name, role, role, Role("", "role"))
                break


def _by_name(line: Line) -> Iterator[Found]:
    """Yield two or more words that given and family names make likely to be a person's."""
    position = 0
    while position < len(line.tokens):
        name = _run(line, position) if line.tokens[position].capital else None
        if name is None:
            position += 1
            continue
        first, last = name
        if last - first > 1 and _likely(line, first, last):
            yield Found(first, last)
            position = last
        else:
            position += 1


def _likely(line: Line, first: int, last: int) -> bool:
    stems = [{r.nominative for r in line.lexicon.readings(w)} for w in line.folded[first:last]]
    given = any(s & given_names().keys() for s in stems)
    family = any(family_like(stem) for s in stems[1:] for stem in s)
    initial = line.tokens[first].initial
    if any(surely_family(stem) for stem in stems[-1]) and first + 1 < last:
        return True
    return (given and (family or last - first == 2)) or (initial and family)
