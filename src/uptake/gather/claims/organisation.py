"""Organisations: one claim each, where the document first names it in full."""

from collections.abc import Iterator

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.countries import Found, countries, geography
from uptake.gather.claims.modality import language_at
from uptake.gather.claims.naming import mentions, quoted, span
from uptake.gather.grammar.spans import Name, starting
from uptake.gather.mentions import Mention
from uptake.gather.names.known import catalogued
from uptake.gather.names.lexicon import lexicon
from uptake.gather.words import fold
from uptake.model.claim import Claim
from uptake.model.evidence import Passage

_INTERNATIONAL = "international_organisation"
_CERTAIN = 0.85
_LIKELY = 0.7
_BESIDE = 12
_SIGNS = " \u00a0«\"“„'’"


def organisation(analysis: Analysis) -> Iterator[Claim]:
    """Yield the organisations that a document names."""
    for name, named in mentions(analysis, "organisation").items():
        yield _claim(analysis, name, named[0], named[1:])


def home(analysis: Analysis, start: int, end: int) -> Found:
    """Return where a body or a person is from: as the own phrase says, else as the context does.

    The place of another body in the sentence ("and the Japanese embassy") tells nothing of it.
    """
    own = {p.place for p in starting(analysis.places, start, end) if p.end <= end}
    if len(own) == 1:
        return tuple(own), "explicit"
    behind = _located(analysis, end)
    if behind:
        return (behind,), "place"
    found, basis = countries(analysis, start, end)
    if basis == "context" and _of_others(analysis, start, end, found):
        before = geography(analysis).context(start, end, back=True)
        return (tuple(sorted(before)), "context") if before else (found, basis)
    return found, basis


def _located(analysis: Analysis, end: int) -> str:
    """Return the place right behind a name where it is ("the centre in Osh"), empty if none."""
    words = lexicon(language_at(analysis, max(0, end - 1))).word_set("located")
    place = next(iter(starting(analysis.places, end, end + _BESIDE)), None)
    if place is None or fold(analysis.text[end : place.start].strip()) not in words:
        return ""
    return place.place


def _of_others(analysis: Analysis, start: int, end: int, found: tuple[str, ...]) -> bool:
    """Whether the countries found stand in the sentence within other bodies' phrases only."""
    number = geography(analysis).sentence(start)
    if number < 0:
        return False
    sentence = analysis.sentences[number]
    inside = starting(analysis.places, sentence.start, sentence.end)
    telling = [p for p in inside if p.place in found]
    near = starting(analysis.names, sentence.start, sentence.end)
    others = [n for n in near if n.phrase[1] <= start or end <= n.phrase[0]]
    return bool(telling) and all(any(_owned(analysis.text, p, n) for n in others) for p in telling)


def _owned(text: str, place: Mention, name: Name) -> bool:
    """Whether a place stands in a name's phrase or right before it."""
    before = place.end <= name.phrase[0] and not text[place.end : name.phrase[0]].strip(_SIGNS)
    return before or (name.phrase[0] <= place.start and place.end <= name.phrase[1])


def _claim(analysis: Analysis, name: str, at: Name, others: list[Name]) -> Claim:
    text = analysis.text
    start, end = quoted(text, *at.phrase)
    other_names = catalogued(name, lexicon(language_at(analysis, at.start)))
    everywhere = bool(other_names) and at.organisation_type == _INTERNATIONAL
    found, basis = ((), None) if everywhere else home(analysis, start, end)
    abbreviation = _abbreviation(analysis, at)
    evidence: dict[str, tuple[Passage, ...]] = {"name": (span(at),)}
    if abbreviation is not None:
        evidence["abbreviation"] = (abbreviation,)
    printed = text[start:end]
    alternatives = tuple(dict.fromkeys((*other_names[:3], *([printed] if printed != name else []))))
    return Claim(
        type="organisation",
        quote=printed,
        start=start,
        end=end,
        countries=found,
        country_basis=basis,
        fields={
            "name": name,
            "org_type": at.organisation_type or None,
            "abbreviation": at.abbreviation or None,
        },
        evidence=evidence,
        alternatives={"name": alternatives} if alternatives else {},
        also_at=tuple(span(n) for n in others),
        confidence=_CERTAIN if other_names or at.phrase != (at.start, at.end) else _LIKELY,
    )


def _abbreviation(analysis: Analysis, at: Name) -> Passage | None:
    if not at.abbreviation:
        return None
    position = analysis.text.find(at.abbreviation, at.end, at.phrase[1])
    if position < 0 and analysis.text.startswith(at.abbreviation, at.start):
        position = at.start
    return Passage(position, position + len(at.abbreviation)) if position >= 0 else None
