"""Distance and pace as stretches of numbers: bounds of the values stay bounds of the answers."""

import math
from dataclasses import dataclass

from uptake.gather.knowledge.values import Bounds
from uptake.gather.knowledge.wording import amount

DAYS = 365.25
"""Of a year."""

_POINTS = {"rank": "places", "percent": "points"}


@dataclass(frozen=True, slots=True)
class Aim:
    """What is to be reached.

    Attributes:
        goal: Equal ends, but for "about".
        falls: Whether the value is to fall.
        strict: Whether the goal itself is not enough ("more than 50%").
        unit: Of all numbers, as ``wording.amount`` takes it.
    """

    goal: Bounds
    falls: bool = False
    strict: bool = False
    unit: str = "count"


def towards(start: Bounds, end: Bounds, *, falls: bool) -> Bounds:
    """Return how far the way is from one value to another, counted in the direction of a target.

    >>> towards(Bounds(18, 20), Bounds(70, 70), falls=False)
    Bounds(low=50, high=52, open_low=False, open_high=False)
    """
    if falls:
        return Bounds(start.low - end.high, start.high - end.low)
    return Bounds(end.low - start.high, end.high - start.low)


def reached(left: Bounds, *, strict: bool = False) -> bool | None:
    """Return whether a target is reached by the distance left; None if its bounds leave it open.

    >>> reached(Bounds(-5, 0)), reached(Bounds(1, 2)), reached(Bounds(-1, 1))
    (True, False, None)
    """
    if left.high < 0 or (left.high == 0 and not strict):
        return True
    if left.low > 0 or (left.low == 0 and strict):
        return False
    return None


def yearly(way: Bounds, days: int) -> Bounds:
    """Return what a way comes to in a year, on a straight line."""
    years = days / DAYS
    return Bounds(way.low / years, way.high / years)


def enough(pace: Bounds, needed: Bounds) -> bool | None:
    """Return whether a pace is at least the one needed; None if bounds leave it open.

    >>> enough(Bounds(5, 6), Bounds(4, 5)), enough(Bounds(1, 2), Bounds(4, 5))
    (True, False)
    """
    if pace.low >= needed.high:
        return True
    return False if pace.high < needed.low else None


def spoken(some: Bounds, unit: str, digits: int = 4) -> str:
    """Write a distance or a pace: percent in points, ranks in places, an open end as a bound.

    Args:
        some: In ``unit``.
        unit: As ``wording.amount`` takes it.
        digits: Significant ones, at most; whole numbers under a million keep all of theirs.

    >>> spoken(Bounds(52, 52), "percent"), spoken(Bounds(-math.inf, 5.67e8), "USD")
    ('52 points', 'at most USD 567 million')
    >>> spoken(Bounds(1, 2), "rank"), spoken(Bounds(2000, 2300), "count")
    ('1 to 2 places', '2,000 to 2,300')
    """
    tail = f" {_POINTS[unit]}" if unit in _POINTS else ""
    known = "count" if unit in _POINTS else unit
    low, high = math.isfinite(some.low), math.isfinite(some.high)
    if not low and not high:
        return "not known"
    if not high:
        return f"at least {amount(some.low, known, digits)}{tail}"
    if not low:
        return f"at most {amount(some.high, known, digits)}{tail}"
    first, last = amount(some.low, known, digits), amount(some.high, known, digits)
    return f"{first}{tail}" if first == last else f"{first} to {last}{tail}"
