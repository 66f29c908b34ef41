"""Claims -> cells of an index: counts by story, and figures with the bounds told of them."""

import math
from collections.abc import Iterable

import numpy as np
from scipy import stats

from uptake.gather.knowledge.comparing import Figure, converted, ends
from uptake.gather.knowledge.values import Bounds
from uptake.index.framework import Floats
from uptake.index.spec import Counted
from uptake.model.claim import Claim
from uptake.model.told import Told

Cell = tuple[float, float, float]
"""Value, low and high; gaps (not a number) where nothing is known."""

GAP: Cell = (math.nan, math.nan, math.nan)


def cells(told: Told, counted: Counted, places: Iterable[str], level: float) -> Floats:
    """Return a column of an index, (P, 3): value, low, high.

    Args:
        told: What is published.
        counted: Which claims count.
        places: ISO 3166-1 alpha-3.
        level: Of the intervals of counts.
    """
    if counted.type == "indicator":
        return np.array([figure(told, counted, place) for place in places])
    return np.array([count(told, counted, place, level) for place in places])


def count(told: Told, counted: Counted, place: str, level: float) -> Cell:
    """Count the stories that tell claims of a kind on a place: a copy is no second source.

    A place that too few stories name has no count: hardly anything was looked at. The interval is
    that of a Poisson count (Jeffreys), as other documents could have been collected. Its
    lower end counts a story no more than its surest claim is held to be right; what an analyst has
    accepted counts in full.
    """
    naming = {told.story(document) for document, named in told.named.items() if place in named}
    if len(naming) < counted.fewest:
        return GAP
    sure: dict[str, float] = {}
    for claim in told.claims:
        if claim.type == counted.type and place in claim.countries and _fits(claim, counted):
            story = told.story(claim.doc)
            held = 1.0 if claim.id in told.accepted else claim.confidence
            sure[story] = max(sure.get(story, 0.0), held)
    number, right = float(len(sure)), sum(sure.values())
    tail = (1 - level) / 2
    low = float(stats.gamma.ppf(tail, right + 0.5)) if right else 0.0
    high = float(stats.gamma.ppf(1 - tail, number + 0.5))
    return number, min(low, number), high


def _fits(claim: Claim, counted: Counted) -> bool:
    told = claim.fields.get("stage" if counted.type == "initiative" else "status")
    return not counted.stages or told in counted.stages


def figure(told: Told, counted: Counted, place: str) -> Cell:
    """Return the latest figure of a place as its claims bound it.

    Claims of the latest time are taken together, from the least to the greatest that one of them
    allows. Targets, parts of a country and what is only planned are left out.
    """
    found = [
        (ends(one), _bounded(one, counted))
        for one in (Figure(claim, told.dates.get(claim.doc)) for claim in told.claims)
        if one.claim.type == "indicator"
        and one.measure == counted.measure
        and one.claim.countries == (place,)
        and one.kind == "actual"
        and one.claim.modality == "asserted"
        and not any(one.claim.fields.get(key) for key in ("breakdown", "change", "per"))
    ]
    known = [(when, some) for when, some in found if some is not None]
    if not known:
        return GAP
    latest = max(when for when, _ in known)
    low = min(some.low for when, some in known if when == latest)
    high = max(some.high for when, some in known if when == latest)
    return (low + high) / 2, low, high


def _bounded(one: Figure, counted: Counted) -> Bounds | None:
    """Return both ends of a figure in the unit asked for; None for another unit or no rate."""
    said = one.exact if one.exact and not one.exact.closed else one.rounded
    if said is None or (not counted.currency and one.claim.fields.get("unit") != counted.unit):
        return None
    closed = _closed(said)
    if not counted.currency:
        return closed
    held = converted(one, closed, counted.currency)
    return held[0] if held else None


def _closed(some: Bounds) -> Bounds:
    """Give an open end where whoever wrote it would have named another round number.

    "More than 400 million" is less than 500 million, "more than 507" less than 508: from 500 on,
    "more than 500" had been the thing to say.

    >>> _closed(Bounds(400.0, math.inf)), _closed(Bounds(-math.inf, 90.0))
    (Bounds(low=400.0, high=500.0, open_low=False, open_high=False), \
Bounds(low=80.0, high=90.0, open_low=False, open_high=False))
    """
    if math.isinf(some.high):
        return Bounds(some.low, some.low + _unit(some.low))
    if math.isinf(some.low):
        return Bounds(some.high - _unit(some.high), some.high)
    return some


def _unit(number: float) -> float:
    """Return one of the last digit that is not a nought."""
    if number == 0:
        return 1.0
    digits, power = f"{abs(number):.14e}".split("e")
    shown = digits.rstrip("0").rstrip(".")
    return float(f"1e{int(power) - max(0, len(shown) - 2)}")
