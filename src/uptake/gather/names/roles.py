"""Words for roles in a sentence, with their modifiers and what stands before them."""

from collections.abc import Iterator
from dataclasses import dataclass

from uptake.gather.names.lexicon import Role, phrase_at
from uptake.gather.names.sentence import Line
from uptake.gather.words import fold

_DOMAIN = 9
_FORMER = 3


@dataclass(frozen=True, slots=True)
class RolePhrase:
    """Words ``first`` to ``end`` (exclusive) name a role; its own word begins at ``start``.

    Attributes:
        first: Where the modifiers begin ("first deputy", "baş").
        domain: Where what it governs begins, if that stands before it ("Energy", "Təhsil").
        role: The word.
        case: In which it stands, as far as the language tells.
        former: It is a past one.
    """

    domain: int
    first: int
    start: int
    end: int
    role: Role
    case: str
    former: bool


def role_phrases(line: Line) -> Iterator[RolePhrase]:
    """Yield the roles that a sentence names, whoever has them; none that modifies another."""
    found = list(_phrases(line))
    for number, each in enumerate(found):
        behind = found[number + 1 : number + 2]
        if not (behind and behind[0].first <= each.start):
            yield each


def _phrases(line: Line) -> Iterator[RolePhrase]:
    position, titles = 0, line.lexicon.word_set("titles")
    while position < len(line.tokens):
        found = None
        if line.tokens[position].word and not line.held[position]:
            found = phrase_at(line.folded, position, line.lexicon.roles, line.lexicon)
        if found is None:
            position += 1
            continue
        length, role, reading = found
        if position and line.folded[position] in titles and _role(line, position - 1):
            position += length  # a title between role and name ("Başkanı Prof. Dr. X")
            continue
        first, former = _modified(line, position)
        domain = _domain(line, first, position + length)
        end = position + length
        yield RolePhrase(domain, first, position, end, role, reading.case, former)
        position = end


def role_kind(line: Line, first: int, last: int) -> str:
    """Return what a stretch of role words leads: a deputy of the minister a ministry, too."""
    kinds = set()
    for position in range(first, min(last, len(line.tokens))):
        role = _role(line, position)
        kinds |= {role.kind} if role else set()
    return next((k for k in ("minister", "executive") if k in kinds), "role")


def minister_at(line: Line, first: int, last: int) -> int | None:
    """Return the index of the word for a minister within a stretch."""
    for position in range(first, last):
        role = _role(line, position)
        if role is not None and role.kind == "minister":
            return position
    return None


def _role(line: Line, position: int) -> Role | None:
    for reading in line.lexicon.readings(line.folded[position]):
        role = line.lexicon.roles.get((reading.nominative,))
        if role is not None:
            return role
    return None


def _modified(line: Line, start: int) -> tuple[int, bool]:
    """Return where a role's phrase begins, its modifiers included, and whether it is a past one."""
    modifiers, former = line.lexicon.word_set("role_modifiers"), line.lexicon.word_set("former")
    declined = bool(line.lexicon.raw.get("declensions"))
    first = start
    while first > 0 and not line.held[first - 1]:
        readings = {r.nominative for r in line.lexicon.readings(line.folded[first - 1])}
        if readings & former:
            return first - 1, True
        role = not declined and _role(line, first - 1) is not None
        joins = not declined and _joins(line, first - 1)
        field = not declined and line.lexicon.head_first and _small_field(line, first - 1)
        if not (readings & modifiers or role or joins or field):
            break
        first -= 1
    past = _past(line, first, former)
    return (first, False) if past is None else (past, True)


def _small_field(line: Line, position: int) -> bool:
    """Whether a field without a capital letter stands here ("economy minister")."""
    token = line.tokens[position]
    return not token.capital and token.folded in line.lexicon.word_set("fields")


def _past(line: Line, first: int, former: frozenset[str]) -> int | None:
    """Return where "former" stands within the words right before a role, if it does."""
    for position in range(first - 1, max(-1, first - 1 - _FORMER), -1):
        if not line.tokens[position].word:
            return None
        if any(r.nominative in former for r in line.lexicon.readings(line.folded[position])):
            return position
    return None


def _joins(line: Line, position: int) -> bool:
    """Whether "and" stands here between two roles of one person ("founder and director")."""
    connectors = line.lexicon.word_set("connectors")
    return (
        position > 0
        and line.folded[position] in connectors
        and (_role(line, position - 1) is not None)
    )


def _domain(line: Line, first: int, end: int) -> int:
    """Return where what a role governs begins, if it stands before it with a capital letter."""
    if line.lexicon.head_first:
        if not line.tokens[end - 1].capital:
            return first
        while first > 0 and line.name_word(first - 1) and not _owner(line, first - 1):
            first -= 1
        return first
    word = line.lexicon.roles.get((line.folded[first],)) if end - first == 1 else None
    bare = word is not None and fold(word.base) == line.folded[first]
    led = role_kind(line, first, end) == "minister" and not bare
    return _field_before(line, first) if led else first


def _field_before(line: Line, first: int) -> int:
    """Return where the field of a minister begins whose word stands behind it."""
    begin, position, joined = first, first - 1, False
    connectors = line.lexicon.word_set("connectors")
    small_words = line.lexicon.lower_case_names
    while position >= 0 and first - position < _DOMAIN:
        token = line.tokens[position]
        if line.held[position] or line.place[position]:
            break
        if line.name_word(position):
            begin = position
        elif token.folded in connectors or (joined and token.text == ","):
            joined = True
            if position == 0 or not line.tokens[position - 1].word:
                break
        elif not (small_words and token.word and not token.capital and begin == first):
            break
        position -= 1
    return line.led_in(begin, first)


def _owner(line: Line, position: int) -> bool:
    return line.tokens[position].folded.endswith("'s") or bool(line.place[position])
