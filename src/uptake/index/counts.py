"""Counts -> intervals: what a rate may be that so many events stand behind."""

import numpy as np
from scipy import stats

from uptake.index.framework import Floats


def of_events(rates: Floats, events: Floats, level: float) -> tuple[Floats, Floats]:
    """Return the ends of rates whose error is that of a Poisson count (Jeffreys interval).

    Args:
        rates: Any shape.
        events: Likewise, from 0; a gap gives a gap.
        level: Of the intervals.

    >>> low, high = of_events(np.array([2.0]), np.array([100.0]), 0.95)
    >>> low.round(2), high.round(2)
    (array([1.64]), array([2.42]))
    """
    there = np.isfinite(events) & np.isfinite(rates) & (events > 0)
    known = np.where(there, events, 1.0)
    tail = (1 - level) / 2
    low = rates * stats.gamma.ppf(tail, known + 0.5) / known
    high = rates * stats.gamma.ppf(1 - tail, known + 0.5) / known
    return np.where(there, low, np.nan), np.where(there, high, np.nan)
