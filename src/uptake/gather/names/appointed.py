"""Persons who come into an office or leave it: "X was appointed head of Y", "sacked X as chair"."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from uptake.gather.names.found import Found
from uptake.gather.names.lexicon import Role
from uptake.gather.names.people import given_names
from uptake.gather.names.roles import RolePhrase
from uptake.gather.names.runs import likely, name_before, name_part, name_run
from uptake.gather.names.sentence import Line

_BEHIND = 4
_APPOSITION = 10
_SMALL = 8
_VERB = 3
_TWO = 2
_APART = 6

Governed = Callable[[Line, int], int]


def appointed(line: Line, roles: Sequence[RolePhrase], governed: Governed) -> Iterator[Found]:
    """Yield "X was appointed head of Y", "X direktor olarak atandı".

    Args:
        line: The sentence.
        roles: Its roles.
        governed: Tells where ends what a role governs whose words end at a position.
    """
    verbs, small = line.lexicon.word_set("appointed"), line.lexicon.word_set("as_role")
    for each in roles:
        behind = line.folded[each.end : each.end + _BEHIND]
        position = _skip(line, each.first, small)
        if position > 0 and line.folded[position - 1] in verbs:
            name = _subject(line, _skip(line, position - 1, small))
        elif not line.lexicon.head_first and _into_office(behind, verbs, small):
            name = _first_likely(line, each.domain)
            name = name or _first_likely(line, min(each.end + _APART, len(line.tokens)), each.end)
        else:
            continue
        if name is not None:
            yield _found(line, name, each, governed)


def _into_office(behind: Sequence[str], verbs: frozenset[str], small: frozenset[str]) -> bool:
    """Whether a verb of appointment follows a role, right behind it or behind a small word."""
    return bool(set(behind[:1]) & verbs) or bool(set(behind) & verbs and set(behind) & small)


def displaced(line: Line, roles: Sequence[RolePhrase], governed: Governed) -> Iterator[Found]:
    """Yield "dismissed X as head of Y", "назначил X директором": the name between verb and role."""
    if not line.lexicon.head_first:
        return
    verbs = line.lexicon.word_set("appointing")
    small = line.lexicon.word_set("as_role") | line.lexicon.word_set("articles")
    for each in roles:
        name = name_before(line, _skip(line, each.first, small))
        if name is None or not likely(line, *name):
            continue
        before = line.folded[max(0, name[0] - _VERB) : name[0]]
        if set(before) & verbs:
            yield _found(line, name, each, governed)
        elif name[0] > 0 and line.folded[name[0] - 1] in line.lexicon.word_set("succeeding"):
            successor = name_before(line, name[0] - 1)
            if successor is not None:
                yield _found(line, successor, each, governed)
            yield replace(_found(line, name, each, governed), former=True)


def to_office(line: Line) -> Iterator[Found]:
    """Yield "X Bakan Yardımcılığına atandı": the office itself is named, not who has it."""
    verbs, offices = line.lexicon.word_set("appointed"), line.lexicon.word_set("offices")
    modifiers = line.lexicon.word_set("role_modifiers")
    if not offices:
        return
    for position, folded in enumerate(line.folded):
        if not any(r.nominative in offices for r in line.lexicon.readings(folded)):
            continue
        verb = next((i for i in range(position, len(line.tokens)) if line.folded[i] in verbs), None)
        name = None if verb is None else _first_likely(line, verb)
        if name is None or name[0] <= position < name[1]:
            continue
        first = position
        while first > 0 and line.folded[first - 1] in modifiers and first != name[1]:
            first -= 1
        role = next(r for r in line.lexicon.readings(folded) if r.nominative in offices)
        where = (first, position + 1)
        yield Found(*name, where, where, Role(role.nominative, "role"))


def _found(line: Line, name: tuple[int, int], each: RolePhrase, governed: Governed) -> Found:
    last = governed(line, each.end) if line.lexicon.head_first else each.end
    where, head = (each.first, last), (each.first, each.end)
    return Found(*name, where, head, each.role, "", each.former, each.case)


def _skip(line: Line, position: int, small: frozenset[str]) -> int:
    first = position
    while position > 0 and first - position < _SMALL and line.folded[position - 1] in small:
        position -= 1
    return position


def _subject(line: Line, position: int) -> tuple[int, int] | None:
    """Return the name before a verb, also before an apposition between commas."""
    name = name_before(line, position)
    if name is None and position > 1 and line.tokens[position - 1].text == ",":
        for comma in range(position - _TWO, max(0, position - _APPOSITION), -1):
            if line.tokens[comma].text == ",":
                name = name_before(line, comma)
                break
    return name if name and likely(line, *name) else None


def _first_likely(line: Line, end: int, start: int = 0) -> tuple[int, int] | None:
    for position in range(start, end):
        name = name_run(line, position) if name_part(line, position) else None
        if name is None or name[1] > end or name[1] - name[0] < _TWO:
            continue
        given = [line.folded[i] in given_names() for i in (position, position + 1)]
        if given == [False, True] and name[1] - name[0] > _TWO:  # "Kararla Ahmet Yıldız"
            continue
        for last in (name[1], name[0] + _TWO):
            if likely(line, name[0], last):
                return name[0], last
    return None
