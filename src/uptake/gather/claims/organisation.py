"""Organisations: one claim each, where the document first names it in full."""

from collections.abc import Iterator

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.countries import Found, countries
from uptake.gather.claims.modality import language_at
from uptake.gather.claims.naming import mentions, quoted, span
from uptake.gather.grammar.spans import Name, starting
from uptake.gather.names.known import catalogued
from uptake.gather.names.lexicon import lexicon
from uptake.model.claim import Claim
from uptake.model.evidence import Passage

_INTERNATIONAL = "international_organisation"
_CERTAIN = 0.85
_LIKELY = 0.7


def organisation(analysis: Analysis) -> Iterator[Claim]:
    """Yield the organisations that a document names."""
    for name, named in mentions(analysis, "organisation").items():
        yield _claim(analysis, name, named[0], named[1:])


def _countries(analysis: Analysis, start: int, end: int) -> Found:
    """Return where an organisation is: as its own phrase says, else as the context does."""
    own = {p.place for p in starting(analysis.places, start, end) if p.end <= end}
    if len(own) == 1:
        return tuple(own), "explicit"
    return countries(analysis, start, end)


def _claim(analysis: Analysis, name: str, at: Name, others: list[Name]) -> Claim:
    text = analysis.text
    start, end = quoted(text, *at.phrase)
    other_names = catalogued(name, lexicon(language_at(analysis, at.start)))
    everywhere = bool(other_names) and at.organisation_type == _INTERNATIONAL
    found, basis = ((), None) if everywhere else _countries(analysis, start, end)
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
