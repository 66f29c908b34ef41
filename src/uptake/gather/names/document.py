"""Names of a whole document: persons with their organisations, later mentions by family name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from uptake.gather.grammar.spans import Name
from uptake.gather.names.inflection import person_nominative
from uptake.gather.names.lexicon import Role
from uptake.gather.names.mentions import Placed
from uptake.gather.names.people import family_like, given_names, patronymic_like, patronymic_words
from uptake.gather.names.persons import Found, persons
from uptake.gather.names.sentence import Line
from uptake.gather.words import fold

_NEAR_LINES = 3


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
    organisation, phrase = _organisation(number, line, found, placed)
    role = _role(line, found, placed, number, text) if found.printed else ""
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


# --- role and organisation


def _role(line: Line, found: Found, placed: Sequence[Placed], number: int, text: str) -> str:
    """Return the role as printed, its word in the nominative, without the organisation."""
    printed = found.printed or Role("", "")
    first, last = found.role
    here = [p.found for p in placed if p.line == number and first <= p.found.phrase[0] < last]
    if here:
        last = min(p.phrase[0] for p in here)
    links = line.lexicon.word_set("role_links") | line.lexicon.word_set("articles")
    while last > found.head[1] and (
        line.folded[last - 1] in links or not line.tokens[last - 1].word or line.place[last - 1]
    ):
        last -= 1
    tokens = line.tokens
    last = max(last, found.head[1])
    if not line.lexicon.head_first:
        whole = text[tokens[first].start : tokens[last - 1].end]
        base = printed.base
        alone = first == last - len(base.split())
        cut = len(tokens[last - 1].text) - len(base.split()[-1]) if base else 0
        return whole[: len(whole) - cut] if alone and cut > 0 else whole
    words = [_nominative_role(line, i, found, printed) for i in range(found.head[0], found.head[1])]
    before = [t.text for t in tokens[first : found.head[0]]]
    behind = text[tokens[found.head[1] - 1].end : tokens[last - 1].end] if last else ""
    return " ".join([*before, *words]) + (behind if last > found.head[1] else "")


def _nominative_role(line: Line, position: int, found: Found, printed: Role) -> str:
    token = line.tokens[position]
    if found.case in ("", "nom"):
        return token.text
    bases = printed.base.split()
    for reading in line.lexicon.readings(token.folded):
        wanted = fold(bases[-1]) if bases and position == found.head[1] - 1 else ""
        fits = reading.nominative == wanted if wanted else reading.part == "adjective"
        if fits and (reading.case == found.case or wanted):
            return token.text[:1] + reading.nominative[1:]
    return token.text


def _organisation(
    number: int, line: Line, found: Found, placed: Sequence[Placed]
) -> tuple[str, tuple[int, int]]:
    """Return the organisation of a person's role and all words that belong to the phrase."""
    whole = found.phrase
    if found.printed is None:
        return "", whole
    first, last = whole
    for each in placed:
        at = each.found.phrase
        if each.line == number and first <= at[0] and at[1] <= last:
            return each.found.name, whole
    touching = [
        p.found for p in placed if p.line == number and _touches(line, p.found.phrase, whole)
    ]
    if touching:
        at = touching[0].phrase
        return touching[0].name, (min(first, at[0]), max(last, at[1]))
    ministry = _ministry(line, found)
    if ministry:
        return ministry, whole
    return _by_context(number, line, found, placed), whole


def _touches(line: Line, at: tuple[int, int], whole: tuple[int, int]) -> bool:
    """Whether only signs, endings and small links stand between an organisation and a phrase."""
    if at[1] <= whole[0]:
        between = range(at[1], whole[0])
    elif at[0] >= whole[1]:
        between = range(whole[1], at[0])
    else:
        return False
    links = line.lexicon.word_set("role_links") | line.lexicon.word_set("articles")
    before = at[1] <= whole[0]
    return len(between) <= 3 and all(
        line.folded[i] in links - line.lexicon.word_set("connectors")
        or (line.tokens[i].abuts and line.tokens[i].text not in ".;:!?" and (before or True))
        or line.tokens[i].text in '»”"'
        for i in between
    )


def _ministry(line: Line, found: Found) -> str:
    """Return the ministry that a minister's role names ("Deputy Energy Minister")."""
    if found.printed is None or _kind(line, found) != "minister":
        return ""
    tokens = line.tokens
    if line.lexicon.head_first:
        inner = [
            t.text
            for i, t in enumerate(tokens[found.role[0] : found.head[1]], found.role[0])
            if t.capital and not line.place[i] and t.folded in line.lexicon.word_set("fields")
        ]
        behind = [t.text for t in tokens[found.head[1] : found.role[1]]]
        while behind and fold(behind[0]) in line.lexicon.word_set("role_links"):
            del behind[0]
        words = inner if inner and tokens[found.head[0]].capital else behind
    else:
        words = [t.text for t in tokens[found.role[0] : found.head[0]]]
    if not words:
        return ""
    for template in line.lexicon.raw.get("ministry", "").split("|"):
        alphabet = {c for c in fold(template) if c.isalpha()}
        if len(set(fold("".join(words))) & alphabet) > 1:
            return template.format(" ".join(words).replace(" ,", ","))
    return ""


def _by_context(number: int, line: Line, found: Found, placed: Sequence[Placed]) -> str:
    """Return the organisation that a bare role must mean: a ministry or company named just before."""
    kind = _kind(line, found)
    before = [p for p in placed if (p.line, p.found.first) < (number, found.first)]
    if kind == "minister":
        ministries = [p.found.name for p in before if _is_ministry(line, p.found.name)]
        return ministries[-1] if len(set(ministries)) == 1 else ""
    if kind == "executive":
        before = [p for p in before if p.found.type == "company"]
        near = [p for p in before if number - p.line <= _NEAR_LINES]
        opening = [p for p in before if p.line <= 1]
        return next((p.found.name for p in (*reversed(near), *opening)), "")
    if found.printed is None or fold(found.printed.base) in line.lexicon.word_set("experts"):
        return ""
    close = {p.found.name for p in before if number - p.line <= 1}
    return close.pop() if len(close) == 1 else ""


def _kind(line: Line, found: Found) -> str:
    """Return what a role with its modifiers leads: a deputy of the minister a ministry."""
    kinds = {found.printed.kind} if found.printed else set()
    for position in range(*found.head):
        for reading in line.lexicon.readings(line.folded[position]):
            role = line.lexicon.roles.get((reading.nominative,))
            kinds |= {role.kind} if role else set()
    behind = line.folded[found.head[1] : found.head[1] + 1]
    for reading in line.lexicon.readings(behind[0]) if behind else ():
        role = line.lexicon.roles.get((reading.nominative,))
        kinds |= {role.kind} if role else set()
    return next((k for k in ("minister", "executive") if k in kinds), "role")


def _is_ministry(line: Line, name: str) -> bool:
    """Whether an organisation's name has the word that the language's ministries have."""
    templates = line.lexicon.raw.get("ministry", "").replace("{}", "").split("|")
    wanted = {fold(w) for t in templates for w in t.split() if len(w) > 3}
    return any(fold(word) in wanted for word in name.split())


# --- full names and later mentions


def _key(name: str) -> str:
    """Return the word of a name by which later mentions call the person."""
    words = [w for w in fold(name).split() if w not in patronymic_words() and "." not in w]
    rest = [w for w in words if not patronymic_like(w)] or words
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
    if not single and not _compatible(person.name, same):
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
    return a[0] == b[0] or a[0][0] == b[0][0] and ("." in a[0] or "." in b[0]) or set(a) == set(b)


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
