"""Names of a whole document: persons with their organisations, later mentions by family name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from uptake.gather.grammar.spans import Name
from uptake.gather.names.belonging import organisation_of, role_text
from uptake.gather.names.found import Found
from uptake.gather.names.inflection import person_nominative
from uptake.gather.names.mentions import Placed
from uptake.gather.names.people import family_like, given_names, patronymic_like, patronymic_words
from uptake.gather.names.persons import persons
from uptake.gather.names.sentence import Line
from uptake.gather.words import fold


@dataclass(frozen=True, slots=True)
class Person:
    """A person where a line names them, with what is said of them there."""

    line: int
    found: Found
    name: str
    role: str
    organisation: str
    start: int
    end: int
    phrase: tuple[int, int]


def name_of_organisation(lines: Sequence[Line], placed: Placed) -> Name:
    """Return an organisation as a name with its spans."""
    tokens, found = lines[placed.line].tokens, placed.found
    return Name(
        start=tokens[found.first].start,
        end=tokens[found.last - 1].end,
        kind="organisation",
        name=found.name,
        organisation_type=found.type,
        abbreviation=found.abbreviation,
        phrase=(tokens[found.phrase[0]].start, tokens[found.phrase[1] - 1].end),
    )


def people(lines: Sequence[Line], placed: Sequence[Placed], text: str) -> list[Name]:
    """Return the persons of a document in order; a later mention has the full name and the role."""
    seen = frozenset(
        t.folded for line in lines for t in line.tokens if t.capital and t.word and t.start
    )
    found = [
        _person(number, line, each, placed, seen, text)
        for number, line in enumerate(lines)
        for each in list(persons(line))
    ]
    full = _full_names(found)
    named = [_named(person, full) for person in found]
    known = [n for n in named if n is not None]
    known += _later(lines, found, known)
    return [_with_role(n, known) for n in known]


def _person(
    number: int, line: Line, found: Found, placed: Sequence[Placed], seen: frozenset[str], text: str
) -> Person:
    words = [t.text for t in line.tokens[found.first : found.last] if t.text != "."]
    words = [f"{w}." if len(w) == 1 and w.isupper() else w for w in words]
    others = seen - frozenset(fold(w) for w in words[-1:]) if len(words) > 1 else seen
    name = person_nominative(words, line.lexicon, found.case, others)
    organisation, phrase = organisation_of(number, line, found, placed)
    role = role_text(line, found, placed, number, text) if found.printed else ""
    tokens = line.tokens
    return Person(
        number,
        found,
        name,
        role,
        organisation,
        tokens[found.first].start,
        tokens[found.last - 1].end,
        (tokens[phrase[0]].start, tokens[phrase[1] - 1].end),
    )


# --- full names and later mentions


def _key(name: str) -> str:
    """Return the word of a name by which later mentions call the person."""
    words = [w for w in fold(name).split() if w not in patronymic_words() and "." not in w]
    rest = [w for w in words if not patronymic_like(w)]
    rest = rest if len(rest) > 1 else words
    if not rest:
        return fold(name)
    families = [w for w in rest if family_like(w) and w not in given_names()]
    if len(rest) == 2 and len(families) == 1:
        return families[0]
    return rest[-1]


def _full_names(found: Sequence[Person]) -> dict[str, str]:
    """Return full names by the word that later mentions use; the first of several, the longest."""
    full: dict[str, str] = {}
    for person in found:
        if len(person.name.split()) > 1:
            key = _key(person.name)
            known = full.get(key, "")
            initials = "." in known
            if not known or (initials and "." not in person.name):
                full[key] = person.name
    return full


def _named(person: Person, full: dict[str, str]) -> Name | None:
    key = _key(person.name)
    single = len(person.name.split()) == 1
    if single and key not in full and not (person.found.printed and family_like(key)):
        return None
    same = full.get(key, person.name)
    opening = person.found.first == 0 and fold(person.name).split()[0] not in given_names()
    another = person.found.printed is None and opening and same != person.name
    if not single and not another and not _compatible(person.name, same):
        same = person.name
    return Name(
        start=person.start,
        end=person.end,
        kind="person",
        name=same,
        role=person.role,
        organisation=person.organisation,
        phrase=person.phrase,
    )


def _with_role(name: Name, known: Sequence[Name]) -> Name:
    """Return a name with the role and the organisation that stand elsewhere, if it has none."""
    if name.role:
        return name
    other = next((n for n in known if n.name == name.name and n.role), name)
    return replace(name, role=other.role, organisation=other.organisation)


def _compatible(name: str, other: str) -> bool:
    """Whether two full names may be of one person: the same given name or its initial."""
    a, b = fold(name).split(), fold(other).split()
    initial = a[0][0] == b[0][0] and ("." in a[0] or "." in b[0])
    return a[0] == b[0] or initial or set(a) == set(b)


def _later(lines: Sequence[Line], found: Sequence[Person], named: Sequence[Name]) -> Iterator[Name]:
    """Yield mentions by the family name alone, with the role said elsewhere."""
    best: dict[str, Name] = {}
    for name in named:
        if len(name.name.split()) > 1:
            known = best.get(_key(name.name))
            if known is None or (name.role and not known.role):
                best[_key(name.name)] = name
    for number, line in enumerate(lines):
        spoken = [p.found for p in found if p.line == number]
        for position, token in enumerate(line.tokens):
            if not token.capital or line.held[position]:
                continue
            if any(f.first <= position < f.last for f in spoken):
                continue
            for reading in line.lexicon.readings(token.folded):
                person = best.get(reading.nominative)
                if person is not None:
                    yield Name(
                        start=token.start,
                        end=token.end,
                        kind="person",
                        name=person.name,
                        role=person.role,
                        organisation=person.organisation,
                        phrase=(token.start, token.end),
                    )
                    break
