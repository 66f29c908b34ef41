"""Outliers: winsorise to limits of skew and kurtosis, else take the logarithm.

A column passes if |skew| < 2 or kurtosis < 3.5 (the limits of the spec), as COINr's ``Treat``
with ``winsorise``, ``log_CT`` and ``check_SkewKurt`` has it. One difference: the logarithm of a
column skewed to the left is taken from above, where COINr's would stretch its tail.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from uptake.index import moments
from uptake.index.framework import Floats
from uptake.index.spec import Treat

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Limits:
    """When a column passes, and how many cells at most may be winsorised."""

    skew: float = 2.0
    kurtosis: float = 3.5
    winmax: int = 5


def passes(x: Floats, limits: Limits) -> Flags:
    """Return which columns are within the limits: (..., P, I) -> (..., I)."""
    skew, kurtosis = moments.skewness_and_kurtosis(x)
    return (np.abs(skew) < limits.skew) | (kurtosis < limits.kurtosis)


def treat(x: Floats, method: Treat, limits: Limits) -> Floats:
    """Return columns with their outliers treated; those within the limits stay as they are.

    Args:
        x: (..., P, I).
        method: ``none``, ``winsorise`` (then ``log`` where that is not enough), or ``log``.
        limits: Of skew, kurtosis and winsorised cells.
    """
    if method == "none":
        return x
    columns = np.moveaxis(x, -2, 0)
    flat = columns.reshape(x.shape[-2], -1).copy()
    failing = np.flatnonzero(~passes(flat, limits))
    if failing.size:
        found = flat[:, failing]
        if method == "winsorise":
            tamed = winsorise(found, limits)
            found = np.where(passes(tamed, limits), tamed, logarithm(found))
        else:
            found = logarithm(found)
        flat[:, failing] = found
    treated: Floats = np.moveaxis(flat.reshape(columns.shape), 0, -2)
    return treated


def winsorise(x: Floats, limits: Limits) -> Floats:
    """Move the most extreme cells of each column to the next one until it passes.

    Which end is moved follows the sign of the skew; cells that are equal move together, and no
    more rounds follow once ``winmax`` cells were moved.

    Args:
        x: (P, M).
        limits: See ``Limits``.

    >>> column = np.array([*range(1, 11), 30, 100], dtype=float)[:, None]
    >>> winsorise(column, Limits())[-2:, 0]
    array([30., 30.])
    """
    x = x.copy()
    moved = np.zeros((2, x.shape[1]), dtype=np.intp)
    active = np.flatnonzero(~passes(x, limits))
    while active.size:
        part = x[:, active]
        up = moments.skewness_and_kurtosis(part)[0] >= 0
        sign = np.where(up, 1.0, -1.0)
        facing = part * sign
        extreme = facing == moments.highest(facing)
        following = moments.highest(np.where(extreme, np.nan, facing))
        part = np.where(extreme, following, facing) * sign
        x[:, active] = part
        moved[np.where(up, 0, 1), active] = extreme.sum(axis=0)
        again = ~passes(part, limits) & (moved[:, active].sum(axis=0) < limits.winmax)
        active = active[again]
    return x


def logarithm(x: Floats) -> Floats:
    """Return ``log(x - min + 0.01 (max - min))``, mirrored for a column skewed to the left.

    Args:
        x: (P, M).
    """
    low, high = moments.lowest(x), moments.highest(x)
    shift = 0.01 * (high - low)
    left = moments.skewness_and_kurtosis(x)[0] < 0
    found: Floats = np.where(left, -np.log(high - x + shift), np.log(x - low + shift))
    return found
