"""Indicators that a document prints twice, in a headline and below it: one claim, two places."""

from bisect import bisect_right
from collections.abc import Iterable

import msgspec

from uptake.gather.claims.analysis import Analysis
from uptake.gather.words import words
from uptake.model.claim import Claim
from uptake.model.evidence import Passage

_ALIKE = 0.5
"""Share of the shorter sentence's words that the other one has too."""
_KEYS = ("value", "unit", "currency", "kind", "change", "role")


def each_once(analysis: Analysis, claims: Iterable[Claim]) -> list[Claim]:
    """Return claims in order, those of the same value said in much the same words once.

    The printing in running text that states a time is kept, mostly the first: a headline leaves
    the time to the text below it. The others are in ``also_at``.
    """
    kept: dict[tuple[object, ...], list[Claim]] = {}
    for claim in claims:
        key = (*(claim.fields.get(k) for k in _KEYS), claim.countries)
        same = kept.setdefault(key, [])
        for number, first in enumerate(same):
            if first.end <= claim.start and _alike(first, claim):
                same[number] = _again(analysis, first, claim)
                break
        else:
            same.append(claim)
    return [claim for same in kept.values() for claim in same]


def _alike(first: Claim, later: Claim) -> bool:
    """Tell whether two claims are said in much the same words."""
    one, other = ({w.folded for w in words(c.quote)} for c in (first, later))
    common = len(one & other)
    return common >= _ALIKE * max(1, min(len(one), len(other)))


def _again(analysis: Analysis, first: Claim, later: Claim) -> Claim:
    rank = [(_in_a_heading(analysis, c), c.time is None) for c in (first, later)]
    kept, other = (later, first) if rank[1] < rank[0] else (first, later)
    places = (*first.also_at, Passage(start=other.start, end=other.end))
    return msgspec.structs.replace(kept, also_at=tuple(sorted(places, key=lambda p: p.start)))


def _in_a_heading(analysis: Analysis, claim: Claim) -> bool:
    number = bisect_right(analysis.sentences, claim.start, key=lambda s: s.start) - 1
    return number >= 0 and analysis.sentences[number].heading
