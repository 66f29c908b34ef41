"""Times to months, in UTC."""

from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from uptake.model.messages import NO_MONTH

EARLIEST = datetime(2015, 1, 1, tzinfo=UTC).timestamp()
LATEST = datetime(2101, 1, 1, tzinfo=UTC).timestamp()
"""No log of an assistant has a time before, or at and after, these: it is unknown, not wrong."""


def plausible(seconds: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which times, in seconds since 1970, a log can have; NaN can not."""
    return (seconds >= EARLIEST) & (seconds < LATEST)


def months_of(seconds: NDArray[np.float64]) -> NDArray[np.int32]:
    """Return yyyymm in UTC of times in seconds since 1970; ``NO_MONTH`` where not plausible.

    >>> months_of(np.array([1735689600.0, 1735689599.0, np.nan, 0.0])).tolist()
    [202501, 202412, 0, 0]
    """
    known = plausible(seconds)
    whole = np.floor(np.where(known, seconds, 0)).astype("datetime64[s]")
    since = whole.astype("datetime64[M]").astype(np.int64)  # months since January 1970
    return np.where(known, (1970 + since // 12) * 100 + since % 12 + 1, NO_MONTH).astype(np.int32)
