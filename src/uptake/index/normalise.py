"""One scale for all indicators: more is better, and units are gone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from uptake.index import moments
from uptake.index.framework import Floats
from uptake.index.spec import Normalise


@dataclass(frozen=True, slots=True)
class Scale:
    """What normalising needs besides the values.

    Attributes:
        direction: (I,) 1 or -1.
        ends: Of the common scale.
        goalposts: (2, I) on the scale of the values; gaps where there are none.
        targets: (I,) on the scale of the values; gaps where there are none.
    """

    direction: Floats
    ends: tuple[float, float]
    goalposts: Floats
    targets: Floats


def normalise(x: Floats, method: Normalise, scale: Scale) -> Floats:
    """Return (..., P, I) on one scale; a gap stays a gap, a constant column is in the middle."""
    return METHODS[method](x, scale)


def _spread(share: Floats, scale: Scale) -> Floats:
    low, high = scale.ends
    return low + (high - low) * share


def _none(x: Floats, scale: Scale) -> Floats:
    return x * scale.direction


def _min_max(x: Floats, scale: Scale) -> Floats:
    x = x * scale.direction
    low, high = moments.lowest(x), moments.highest(x)
    width = high - low
    share = np.where(width > 0, (x - low) / np.where(width > 0, width, 1.0), 0.5)
    return _spread(np.where(np.isfinite(x), share, np.nan), scale)


def _z(x: Floats, scale: Scale) -> Floats:
    x = x * scale.direction
    spread = moments.deviation(x)
    found: Floats = (x - moments.mean(x)) / np.where(spread > 0, spread, 1.0)
    return found


def _rank(x: Floats, scale: Scale) -> Floats:
    return moments.ranks(x * scale.direction)


def _percentile(x: Floats, scale: Scale) -> Floats:
    count = np.isfinite(x).sum(axis=-2, keepdims=True)
    return _spread((_rank(x, scale) - 1) / np.maximum(count - 1, 1), scale)


def _goalposts(x: Floats, scale: Scale) -> Floats:
    low, high = scale.goalposts
    share = np.clip((x - low) / (high - low), 0.0, 1.0)
    return _spread(np.where(scale.direction > 0, share, 1 - share), scale)


def _distance_to_target(x: Floats, scale: Scale) -> Floats:
    """Score the way from the worst place to the target; at or beyond the target is the top."""
    x, target = x * scale.direction, scale.targets * scale.direction
    low = moments.lowest(x)
    width = target - low
    share = np.where(width > 0, (x - low) / np.where(width > 0, width, 1.0), 1.0)
    return _spread(np.where(np.isfinite(x), np.clip(share, 0.0, 1.0), np.nan), scale)


METHODS: Mapping[str, Callable[[Floats, Scale], Floats]] = {
    "none": _none,
    "min_max": _min_max,
    "z": _z,
    "rank": _rank,
    "percentile": _percentile,
    "goalposts": _goalposts,
    "distance_to_target": _distance_to_target,
}
