"""Events: forums, summits, exhibitions with a name, and meetings of named parties."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.attribution import attribution
from uptake.gather.claims.boilerplate import in_boilerplate
from uptake.gather.claims.clocks import ahead, claim_time, span_in
from uptake.gather.claims.countries import countries
from uptake.gather.claims.lexicon import Lexicon, plain
from uptake.gather.claims.lexicon import lexicon as phrases
from uptake.gather.claims.modality import denied, modality
from uptake.gather.claims.naming import quoted, within
from uptake.gather.claims.partnership import partnership
from uptake.gather.claims.sectors import sectors
from uptake.gather.events import NamedEvent, named_events
from uptake.gather.grammar.spans import Name, Sentence, TimeSpan, starting
from uptake.gather.mentions import Mention
from uptake.gather.names.lexicon import lexicon, section
from uptake.gather.words import fold
from uptake.model.claim import Claim
from uptake.model.evidence import Passage

_SECTION = "events"
_NEAR_PLACE = 90
_NEAR_TIME = 140
_AROUND_MEETING = 220
_NAMED = 0.75
_DATED = 0.85
_MEETING = 0.55
_AHEAD = ("planned", "expected")


class _Where(NamedTuple):
    mention: Mention
    name: str


def event(analysis: Analysis) -> Iterator[Claim]:
    """Yield events that a document names, each once, and meetings of at least two named parties.

    A named event needs a time, a place or a verb of holding beside it. No date is made up: what
    the sentence does not date has none.
    """
    seen: set[str] = set()
    for sentence in analysis.sentences:
        if in_boilerplate(analysis, sentence.start, sentence.end):
            continue
        for named in named_events(analysis.text, sentence, analysis.places):
            if _in_another(analysis, sentence, named):
                continue
            claim = _named(analysis, sentence, named)
            if claim is not None and plain(named.name) not in seen:
                seen.add(plain(named.name))
                yield claim
        meeting = _meeting(analysis, sentence)
        if meeting is not None:
            yield meeting
    yield from _signings(analysis)


@cache
def _verbs(language: str, key: str) -> Lexicon:
    return phrases(language, _SECTION, f"verbs.{key}")


def _in_another(analysis: Analysis, sentence: Sentence, named: NamedEvent) -> bool:
    """Whether what looks like an event is part of a body's name, or holds a person with a role."""
    for name in starting(analysis.names, sentence.start, sentence.end):
        body = name.phrase[0] <= named.start and named.end <= name.phrase[1]
        within = named.start <= name.start and name.end <= named.end
        person = within and name.kind == "person" and bool(name.role)
        if (body and name.kind == "organisation") or person:
            return True
    return False


def _named(analysis: Analysis, sentence: Sentence, named: NamedEvent) -> Claim | None:
    held = _verbs(sentence.language, "held").matches(
        plain(analysis.text), sentence.start, sentence.end
    )
    verb = min(
        (m.span() for m in held if not named.start <= m.start() < named.end),
        key=lambda s: _gap(s, (named.start, named.end)),
        default=None,
    )
    within_name = (named.start, named.end)
    time = span_in(analysis, sentence.start, sentence.end, near=named.start, outside=within_name)
    if time is not None and _gap((time.start, time.end), (named.start, named.end)) > _NEAR_TIME:
        time = None
    where = _place(analysis, sentence, named.phrase)
    if denied(analysis, *named.phrase) or (time is None and where is None and verb is None):
        return None
    spans = [named.phrase]
    spans += [(time.start, time.end)] if time else []
    spans += [where.mention[:2]] if where else []
    spans += [verb] if verb and _gap(verb, named.phrase) < _NEAR_PLACE else []
    start, end = quoted(analysis.text, min(s[0] for s in spans), max(s[1] for s in spans))
    evidence: dict[str, tuple[Passage, ...]] = {"name": (Passage(named.start, named.end),)}
    return _claim(
        analysis,
        sentence,
        (start, end),
        {"name": named.name, "event_type": named.type, "participants": []},
        (time, where),
        evidence,
    )


def _gap(a: tuple[int, int], b: tuple[int, int]) -> int:
    return max(a[0] - b[1], b[0] - a[1], 0)


def _claim(
    analysis: Analysis,
    sentence: Sentence,
    span: tuple[int, int],
    fields: dict[str, object],
    when_where: tuple[TimeSpan | None, _Where | None],
    evidence: dict[str, tuple[Passage, ...]],
) -> Claim:
    start, end = span
    time, where = when_where
    found, basis = countries(analysis, start, end)
    if where is not None and not found:
        found, basis = (where.mention.place,), "place"
    mode = modality(analysis, start, _rest_of_clause(analysis.text, end, sentence.end))
    stated = claim_time(analysis, time) if time else None
    if stated is not None and time is not None and time.relative and mode in _AHEAD:
        stated = ahead(stated, analysis.date)
    if time:
        evidence["time"] = (Passage(time.start, time.end),)
    if where:
        evidence["place"] = (Passage(where.mention.start, where.mention.end),)
    named = fields["name"] is not None
    return Claim(
        type="event",
        quote=analysis.text[start:end],
        start=start,
        end=end,
        countries=found,
        country_basis=basis,
        sectors=sectors(analysis, sentence.start, sentence.end),
        time=stated,
        modality=mode,
        attribution=attribution(analysis, sentence),
        fields={
            "name": fields["name"],
            "event_type": fields["event_type"],
            "place": where.name if where else None,
            "start": stated.start if stated else None,
            "end": stated.end if stated else None,
            "participants": fields["participants"],
            "outcome": None,
        },
        evidence=evidence,
        confidence=(_DATED if time else _NAMED) if named else _MEETING,
    )


def _rest_of_clause(text: str, start: int, end: int) -> int:
    """Return where the clause ends that goes on behind a quote: its verb may stand last."""
    return min((p for c in ",;:" if (p := text.find(c, start, end)) >= 0), default=end)


def _place(analysis: Analysis, sentence: Sentence, phrase: tuple[int, int]) -> _Where | None:
    """Return the place nearest to an event, a city before a country, names of others left out."""
    named = starting(analysis.names, sentence.start, sentence.end)
    near = [
        p
        for p in starting(analysis.places, sentence.start, sentence.end)
        if not phrase[0] <= p.start < phrase[1]
        and _gap((p.start, p.end), phrase) <= _NEAR_PLACE
        and not any(p.start < n.end for n in starting(named, sentence.start, p.start + 1))
    ]
    if not near:
        return None
    best = min(near, key=lambda p: (not _is_city(analysis, p), _gap((p.start, p.end), phrase)))
    return _Where(best, _nominative(analysis, best, sentence.language))


def _is_city(analysis: Analysis, mention: Mention) -> bool:
    return city_name(analysis.text[mention.start : mention.end], mention.place) is not None


def city_name(printed: str, country: str) -> str | None:
    """Return the city's own spelling that begins a printed word, None for a country's name.

    >>> city_name("Bakıda", "AZE"), city_name("Azərbaycanda", "AZE")
    ('Bakı', None)
    """
    from uptake.catalog.gazetteer import place

    folded = plain(printed)
    fits: list[tuple[bool, bool, int, str]] = []
    for spelling in (s for spellings in place(country).cities.values() for s in spellings):
        stem = plain(spelling)
        whole = folded.startswith(stem)
        if len(stem) > 1 and (whole or (len(stem) > 3 and folded.startswith(stem[:-1]))):
            fits.append((whole, printed.startswith(spelling), len(stem), spelling))
    return max(fits, default=(False, False, 0, None), key=lambda fit: fit[:3])[3]


def _nominative(analysis: Analysis, mention: Mention, language: str) -> str:
    from uptake.catalog.gazetteer import place

    printed = analysis.text[mention.start : mention.end]
    city = city_name(printed, mention.place)
    if city is not None:
        return city
    return next(iter(place(mention.place).names.get(language, ())), printed)


def _held_in(analysis: Analysis, sentence: Sentence, mention: Mention) -> bool:
    """Whether a city stands as the place where something is done ("in Baku", "Bakıda")."""
    if not _is_city(analysis, mention):
        return False
    known = lexicon(sentence.language)
    printed = fold(analysis.text[mention.start : mention.end].split()[-1])
    outer = known.word_set("outer_endings") - known.word_set("relative_endings")
    if any(r.case in outer for r in known.readings(printed)[1:]):
        return True
    before = plain(analysis.text)[sentence.start : mention.start].split()
    return bool(before) and before[-1] in section(sentence.language, _SECTION)["verbs"]["at"]


# --- meetings


def _meeting(analysis: Analysis, sentence: Sentence) -> Claim | None:
    """Return a meeting or talks between named parties, one of them a person."""
    folded = plain(analysis.text)
    found = _verbs(sentence.language, "meeting").search(folded, sentence.start, sentence.end)
    if found is None or denied(analysis, sentence.start, sentence.end):
        return None
    named = _participants(within(analysis.names, sentence.start, sentence.end), found.span())
    persons = [n for n in named if n.kind == "person"]
    if len(named) < 2 or not persons:
        return None
    spans = [found.span(), *(n.phrase for n in named)]
    start, end = quoted(analysis.text, min(s[0] for s in spans), max(s[1] for s in spans))
    time = span_in(analysis, start, end, near=found.start())
    where = _place(analysis, sentence, (start, end))
    names = [n.name for n in named]
    return _claim(
        analysis,
        sentence,
        (start, end),
        {"name": None, "event_type": "meeting", "participants": names},
        (time, where),
        {"participants": tuple(Passage(n.start, n.end) for n in named)},
    )


def _participants(named: Sequence[Name], word: tuple[int, int]) -> list[Name]:
    """Return who stands near a word of meeting, an organisation within a person's role left out."""
    near = [n for n in named if _gap(n.phrase, word) <= _AROUND_MEETING // 2]
    persons = [n for n in near if n.kind == "person"]
    found: dict[str, Name] = {}
    for name in near:
        role = any(p.phrase[0] <= name.start < p.phrase[1] for p in persons if p is not name)
        if not role and name.organisation_type != "media":
            found.setdefault(name.name, name)
    people = [n for n in found.values() if n.kind == "person"]
    return people if len(people) > 1 else list(found.values())


# --- signings


def _signings(analysis: Analysis) -> Iterator[Claim]:
    """Yield the signings of agreements for which a day or month and a city are stated."""
    for claim in partnership(analysis):
        sentence = starting(analysis.sentences, 0, claim.start + 1)[-1]
        status = claim.evidence["status"][0]
        time = span_in(analysis, claim.start, claim.end, near=status.start)
        dated = time is not None and time.granularity in ("day", "month")
        if claim.fields["status"] not in ("signed", "announced") or not dated:
            continue
        where = _place(analysis, sentence, (status.start, status.end))
        if where is None or not _held_in(analysis, sentence, where.mention):
            continue
        yield _claim(
            analysis,
            sentence,
            (claim.start, claim.end),
            {"name": None, "event_type": "signing", "participants": claim.fields["parties"]},
            (time, where),
            {"participants": claim.evidence["parties"]},
        )
