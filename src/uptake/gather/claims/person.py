"""Persons with a role: one claim a person, at the place that says the role."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.countries import Found
from uptake.gather.claims.naming import mentions, quoted, span
from uptake.gather.claims.organisation import home
from uptake.gather.grammar.spans import Name, starting
from uptake.model.claim import Claim
from uptake.model.evidence import Passage

_CERTAIN = 0.9
_SINGLE = 0.7
_INFERRED = 0.8
_ALIKE = 0.85
"""Of names in two scripts: one person (``gather.knowledge.matching``)."""


def person(analysis: Analysis) -> Iterator[Claim]:
    """Yield persons that a document gives a role; names of bylines and credits are none.

    One who is written in two scripts is one person, under the name that stands first.
    """
    made: list[Claim] = []
    for name, named in mentions(analysis, "person").items():
        with_role = [n for n in named if n.role and (n.phrase[0] < n.start or n.phrase[1] > n.end)]
        if not with_role:
            continue
        claim = _claim(analysis, name, with_role[0], with_role[1:])
        same = next((i for i, other in enumerate(made) if _same(other, claim)), None)
        if same is None:
            made.append(claim)
        else:
            made[same] = _joined(made[same], claim)
    yield from made


def _same(one: Claim, other: Claim) -> bool:
    """Whether two persons in different scripts have names that sound alike."""
    a, b = one.fields["name"], other.fields["name"]
    if _latin(a) == _latin(b):
        return False
    try:
        from uptake.gather.knowledge.matching import similarity

        return similarity(a, b, "person") >= _ALIKE
    except ModuleNotFoundError:  # installed without the extra that matches names
        return False


def _latin(name: str) -> bool:
    return all("LATIN" in unicodedata.name(c, "") for c in name if c.isalpha())


def _joined(one: Claim, other: Claim) -> Claim:
    """Return the first of two claims with the place and spelling of the second."""
    spellings = (*one.alternatives.get("name", ()), other.fields["name"])
    return msgspec.structs.replace(
        one,
        alternatives={**one.alternatives, "name": spellings},
        also_at=(*one.also_at, Passage(other.start, other.end), *other.also_at),
    )


def _claim(analysis: Analysis, name: str, at: Name, others: list[Name]) -> Claim:
    text = analysis.text
    start, end = quoted(text, *at.phrase)
    found, basis = _countries(analysis, at, start, end)
    alone = len(name.split()) == 1
    inside = bool(at.organisation) and any(
        n.name == at.organisation for n in starting(analysis.names, start, end)
    )
    return Claim(
        type="person",
        quote=text[start:end],
        start=start,
        end=end,
        countries=found,
        country_basis=basis,
        fields={
            "name": name,
            "role": at.role or None,
            "organisation": at.organisation or None,
        },
        evidence=_evidence(analysis, at, start, end),
        alternatives={} if inside or not at.organisation else {"organisation": (None,)},
        also_at=tuple(Passage(*quoted(text, *n.phrase)) for n in others),
        confidence=_SINGLE if alone else _CERTAIN if inside else _INFERRED,
    )


def _countries(analysis: Analysis, at: Name, start: int, end: int) -> Found:
    """Return where a person is from: named in the phrase, else where their organisation is.

    The organisation tells if its own phrase names a country, or where nothing else does.
    """
    found, basis = home(analysis, start, end)
    if basis in ("explicit", "place") or not at.organisation:
        return found, basis
    body = _bodies(analysis).get(at.organisation)
    if body is not None:
        theirs, told = home(analysis, *body.phrase)
        if theirs and (told == "explicit" or not found):
            return theirs, "context"
    return found, basis


@lru_cache(maxsize=4)
def _bodies(analysis: Analysis) -> dict[str, Name]:
    """Return where a document first names each organisation."""
    found: dict[str, Name] = {}
    for name in analysis.names:
        if name.kind == "organisation":
            found.setdefault(name.name, name)
    return found


def _evidence(analysis: Analysis, at: Name, start: int, end: int) -> dict[str, tuple[Passage, ...]]:
    before = quoted(analysis.text, start, at.start)
    behind = quoted(analysis.text, at.end, end)
    role = before if before[1] > before[0] else behind
    found: dict[str, tuple[Passage, ...]] = {"name": (span(at),)}
    if role[1] > role[0]:
        found["role"] = (Passage(*role),)
    inside = [
        span(n)
        for n in starting(analysis.names, start, end)
        if n.kind == "organisation" and n.name == at.organisation
    ]
    if inside:
        found["organisation"] = (inside[0],)
    return found
