"""What every event's claim needs: its place, in the nominative, its time, and the row itself."""

from typing import NamedTuple

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.attribution import attribution
from uptake.gather.claims.clocks import ahead, claim_time
from uptake.gather.claims.countries import countries
from uptake.gather.claims.lexicon import plain
from uptake.gather.claims.modality import modality
from uptake.gather.claims.sectors import sectors
from uptake.gather.grammar.spans import Sentence, TimeSpan, starting
from uptake.gather.mentions import Mention
from uptake.gather.names.lexicon import lexicon, section
from uptake.gather.words import fold
from uptake.model.claim import Claim
from uptake.model.evidence import Passage

SECTION = "events"
_NEAR_PLACE = 90
_NAMED = 0.75
_DATED = 0.85
_UNNAMED = 0.55
_AHEAD = ("planned", "expected")


class Where(NamedTuple):
    """A place that a text mentions, and its name in the nominative."""

    mention: Mention
    name: str


def gap(a: tuple[int, int], b: tuple[int, int]) -> int:
    """Return how many signs lie between two stretches, 0 where they meet."""
    return max(a[0] - b[1], b[0] - a[1], 0)


def occasion(
    analysis: Analysis,
    sentence: Sentence,
    span: tuple[int, int],
    fields: dict[str, object],
    when_where: tuple[TimeSpan | None, Where | None],
    evidence: dict[str, tuple[Passage, ...]],
) -> Claim:
    """Return the row of an event: its fields, time and place as a sentence states them."""
    start, end = span
    time, where = when_where
    time = time if time is not None and time.first else None
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
        confidence=(_DATED if time else _NAMED) if named else _UNNAMED,
    )


def _rest_of_clause(text: str, start: int, end: int) -> int:
    """Return where the clause ends that goes on behind a quote: its verb may stand last."""
    return min((p for c in ",;:" if (p := text.find(c, start, end)) >= 0), default=end)


def place_of(
    analysis: Analysis, sentence: Sentence, phrase: tuple[int, int], near_by: int = _NEAR_PLACE
) -> Where | None:
    """Return the place nearest to an event, a city before a country, names of others left out.

    Args:
        analysis: The document.
        sentence: Of it.
        phrase: Where the event is told.
        near_by: How many signs away the place may stand.
    """
    named = starting(analysis.names, sentence.start, sentence.end)
    near = [
        p
        for p in starting(analysis.places, sentence.start, sentence.end)
        if not phrase[0] <= p.start < phrase[1]
        and gap((p.start, p.end), phrase) <= near_by
        and not any(p.start < n.end for n in starting(named, sentence.start, p.start + 1))
    ]
    if not near:
        return None
    best = min(near, key=lambda p: (not is_city(analysis, p), gap((p.start, p.end), phrase)))
    return Where(best, _nominative(analysis, best, sentence.language))


def is_city(analysis: Analysis, mention: Mention) -> bool:
    """Tell whether a place is a city rather than a country."""
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


def held_in(analysis: Analysis, sentence: Sentence, mention: Mention) -> bool:
    """Tell whether a city stands as the place where something is done ("in Baku", "Bakıda")."""
    if not is_city(analysis, mention):
        return False
    known = lexicon(sentence.language)
    printed = fold(analysis.text[mention.start : mention.end].split()[-1])
    outer = known.word_set("outer_endings") - known.word_set("relative_endings")
    if any(r.case in outer for r in known.readings(printed)[1:]):
        return True
    before = plain(analysis.text)[sentence.start : mention.start].split()
    return bool(before) and before[-1] in section(sentence.language, SECTION)["verbs"]["at"]
