"""Intervals for figures of clustered rows: whole clusters are drawn, never single rows.

A figure is a function of sums over clusters (confusion counts, say), so a resample is the sums
weighted by how often each cluster was drawn: no row is touched again.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Figures = Callable[[Floats], Floats]
"""Sums (draws, sums) -> figures (draws, figures); NaN where a figure is not defined."""

RESAMPLES = 1_000
DEFINED = 0.95
"""A figure must be defined in this share of the resamples to have an interval."""

_HELD = 4_000_000


class Intervals(NamedTuple):
    """Figures and their intervals.

    Attributes:
        value: (figures,) of the data.
        low: (figures,) lower ends, NaN for none.
        high: (figures,) upper ends.
        draws: (resamples, figures).
    """

    value: Floats
    low: Floats
    high: Floats
    draws: Floats


def intervals(
    sums: Any, figures: Figures, rng: np.random.Generator, level: float, resamples: int = RESAMPLES
) -> Intervals:
    """Return figures with bias-corrected and accelerated (BCa) cluster-bootstrap intervals.

    Clusters are drawn with replacement (Davison and Hinkley, Bootstrap Methods, 1997, sec. 3.8);
    ends are BCa (Efron, JASA 82, 1987) with the acceleration of the jackknife over clusters. A
    resample in which a figure is not defined (a class that nobody meant has no recall) is left
    out of that figure's distribution; a figure that more than one resample in twenty leaves
    undefined rests on about three clusters or fewer and gets no interval, nor does one that is
    the same in all resamples.

    Args:
        sums: (clusters, sums) sparse array, a row a cluster.
        figures: From sums to figures.
        rng: Chance.
        level: Nominal coverage.
        resamples: How many.
    """
    total = np.asarray(sums.sum(axis=0), dtype=np.float64).reshape(1, -1)
    value = figures(total)[0]
    clusters = sums.shape[0]
    if clusters < 2:
        none = np.full_like(value, np.nan)
        return Intervals(value, none, none, none[None])
    draws = np.concatenate([figures(part) for part in _draws(sums, rng, resamples)])
    left_out = np.concatenate([figures(total - part) for part in _dense(sums)])
    ends = [
        _ends(value[i], draws[:, i], left_out[:, i], level) if np.isfinite(value[i]) else _NONE
        for i in range(len(value))
    ]
    low, high = np.array(ends).T
    return Intervals(value, np.minimum(low, value), np.maximum(high, value), draws)


_NONE = (float("nan"), float("nan"))


def _draws(sums: Any, rng: np.random.Generator, resamples: int) -> Iterator[Floats]:
    """Yield the sums of some resamples at a time, (draws, sums)."""
    clusters = sums.shape[0]
    step = max(1, _HELD // clusters)
    turned = sums.T.tocsr()
    for first in range(0, resamples, step):
        size = min(step, resamples - first)
        drawn = rng.integers(0, clusters, (size, clusters))
        drawn += (np.arange(size) * clusters)[:, None]
        times = np.bincount(drawn.ravel(), minlength=size * clusters)
        yield np.asarray(turned @ times.reshape(size, clusters).T.astype(np.float64)).T


def _dense(sums: Any) -> Iterator[Floats]:
    step = max(1, _HELD // sums.shape[1])
    for first in range(0, sums.shape[0], step):
        yield sums[first : first + step].toarray()


def _ends(value: float, draws: Floats, left_out: Floats, level: float) -> tuple[float, float]:
    from scipy.special import ndtr, ndtri

    known = draws[np.isfinite(draws)]
    if len(known) < DEFINED * len(draws) or np.ptp(known) < 1e-12:
        return _NONE
    tie = np.abs(known - value) < 1e-12
    below = float(np.mean((known < value) & ~tie) + tie.mean() / 2)
    edge = 0.5 / len(known)
    bias = float(ndtri(np.clip(below, edge, 1 - edge)))
    apart = left_out[np.isfinite(left_out)]
    apart = apart.mean() - apart
    squares = float(np.sum(apart**2))
    skew = float(np.sum(apart**3)) / (6 * squares**1.5) if squares > 0 else 0.0
    z = bias + ndtri(np.array([(1 - level) / 2, (1 + level) / 2]))
    chosen = ndtr(bias + z / np.maximum(1 - skew * z, 0.1))
    low, high = np.quantile(known, chosen)
    return float(low), float(high)
