"""Moments and ranks of columns that may have gaps; the axis of places is the last but one."""

import warnings

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from uptake.index.framework import Floats


def mean(x: Floats) -> Floats:
    """Return the mean of what is there: (..., P, I) -> (..., 1, I), not a number if nothing is."""
    there = np.isfinite(x)
    count = there.sum(axis=-2, keepdims=True)
    total = np.where(there, x, 0.0).sum(axis=-2, keepdims=True)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def median(x: Floats) -> Floats:
    """Return the median of what is there: (..., P, I) -> (..., 1, I)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a column without a value has none
        found: Floats = np.nanmedian(x, axis=-2, keepdims=True)
    return found


def deviation(x: Floats) -> Floats:
    """Return the sample standard deviation: (..., P, I) -> (..., 1, I)."""
    there = np.isfinite(x)
    count = there.sum(axis=-2, keepdims=True)
    apart = np.where(there, x - mean(x), 0.0)
    found: Floats = np.sqrt((apart**2).sum(axis=-2, keepdims=True) / np.maximum(count - 1, 1))
    return found


def lowest(x: Floats) -> Floats:
    """Return the least value that is there: (..., P, I) -> (..., 1, I)."""
    found: Floats = np.where(np.isfinite(x), x, np.inf).min(axis=-2, keepdims=True)
    return found


def highest(x: Floats) -> Floats:
    """Return the greatest value that is there: (..., P, I) -> (..., 1, I)."""
    found: Floats = np.where(np.isfinite(x), x, -np.inf).max(axis=-2, keepdims=True)
    return found


def skewness_and_kurtosis(x: Floats) -> tuple[Floats, Floats]:
    """Return sample skewness and excess kurtosis as spreadsheets have them (type 2), (..., I).

    A constant column, or one of fewer than four values, has neither: both are 0.

    >>> s, k = skewness_and_kurtosis(np.array([[1.0], [2.0], [3.0], [4.0], [10.0]]))
    >>> round(float(s[0]), 4), round(float(k[0]), 4)
    (1.6971, 3.152)
    """
    there = np.isfinite(x)
    n = there.sum(axis=-2).astype(np.float64)
    apart = np.where(there, x - mean(x), 0.0)
    square = apart * apart
    second = square.sum(axis=-2)
    third = (square * apart).sum(axis=-2)
    fourth = (square * square).sum(axis=-2)
    usable = (n >= 4) & (second > 0)
    n, second = np.where(usable, n, 4.0), np.where(usable, second, 1.0)
    skew = np.sqrt(n) * third / second**1.5 * np.sqrt(n * (n - 1)) / (n - 2)
    ratio = n * fourth / second**2
    kurtosis = ((n + 1) * (ratio - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))
    return np.where(usable, skew, 0.0), np.where(usable, kurtosis, 0.0)


def ranks(x: Floats, axis: int = -2) -> Floats:
    """Return ascending ranks from 1; equals share the lowest; gaps stay gaps.

    >>> ranks(np.array([3.0, np.nan, 1.0, 3.0]), axis=0)
    array([ 2., nan,  1.,  2.])
    """
    there: NDArray[np.bool_] = np.isfinite(x)
    filled = np.where(there, x, np.inf)
    ranked = stats.rankdata(filled, method="min", axis=axis).astype(np.float64)
    return np.where(there, ranked, np.nan)
