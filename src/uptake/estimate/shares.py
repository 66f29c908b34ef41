"""Shares of clustered messages and their intervals: pure functions on arrays.

People are the clusters: one person's messages resemble each other, so the messages of a heavy
user carry less information than as many messages of many people.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LEVEL = 0.95
Z = 1.959963984540054
"""Of the normal distribution at ``LEVEL``, both sides."""


def ratio_variance(sums: dict[str, Floats]) -> tuple[Floats, Floats]:
    """Return the share of messages in each cell and its user-clustered variance.

    The share is a ratio of two totals over people, p = sum Y / sum N. By linearisation
    (Cochran, Sampling Techniques, 1977, sec. 6.3) its variance is
    n / (n - 1) * sum (Y - p N)^2 / (sum N)^2, which needs only the cell's sums; n is the
    effective number of people.

    Args:
        sums: (cells,) arrays by the names of ``cells.SCHEMA``.

    Returns:
        (cells,) shares and (cells,) variances; NaN where fewer than two people stand behind.
    """
    total, people = sums["group_messages"], effective_people(sums)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = sums["messages"] / total
        squares = (
            sums["messages_squared"]
            - 2 * share * sums["messages_cross"]
            + share**2 * sums["group_messages_squared"]
        )
        variance = people / (people - 1) * np.maximum(squares, 0) / total**2
    return share, np.where(people > 1.5, variance, np.nan)


def message_noise(sums: dict[str, Floats], share: Floats) -> Floats:
    """Return the variance that the noise of a release adds to shares of messages.

    By linearisation (v - 2 p c + p^2 w) / n^2, with v the variance of the noise in a cell, w in its
    group, and c their covariance; 0 in a release without noise.

    Args:
        sums: (cells,) arrays by the names of ``releasedcells.SCHEMA``.
        share: (cells,) shares.
    """
    noise = (
        sums["messages_noise"]
        - 2 * share * sums["cross_noise"]
        + share**2 * sums["group_messages_noise"]
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.maximum(noise, 0) / sums["group_messages"] ** 2)


def effective_people(sums: dict[str, Floats]) -> Floats:
    """Return how many people who write equally much carry as much information as these.

    (sum N)^2 / sum N^2 (Kish, Survey Sampling, 1965, sec. 8.2). With few heavy writers the
    variance of a share of messages is itself estimated from few, which its degrees of freedom
    must say; otherwise intervals of small places are too short.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(sums["group_messages"] ** 2 / sums["group_messages_squared"])


def mean_variance(sums: dict[str, Floats]) -> tuple[Floats, Floats]:
    """Return the mean over people of each person's own share, and its variance.

    Each person counts once, however much he or she writes: p = mean of Y_u / N_u.
    """
    people = sums["group_people"]
    with np.errstate(divide="ignore", invalid="ignore"):
        share = sums["weight"] / people
        squares = sums["weight_squared"] - people * share**2
        variance = np.maximum(squares, 0) / (people * (people - 1))
    return share, np.where(people > 1, variance, np.nan)


def reach_variance(sums: dict[str, Floats]) -> tuple[Floats, Floats]:
    """Return the share of people with at least one message in the cell, and its variance."""
    people = sums["group_people"]
    with np.errstate(divide="ignore", invalid="ignore"):
        share = sums["people"] / people
        variance = share * (1 - share) / (people - 1)
    return share, np.where(people > 1, variance, np.nan)


def interval(
    share: Floats,
    variance: Floats,
    people: Floats,
    level: float = LEVEL,
    noise: Floats | float = 0.0,
) -> tuple[Floats, Floats]:
    """Return the ends of the Wilson interval at the effective number of people.

    The effective size is that of a simple random sample with the same variance,
    m = p (1 - p) / variance, times (z / t)^2 with t on people - 1 degrees of freedom (Korn and
    Graubard, Survey Methodology 24, 1998); Wilson's interval at that size stays inside [0, 1] and
    covers well near its ends (Franco et al., J. Survey Stat. Methodol. 7, 2019). At a share of 0
    or 1 the variance says nothing and the number of people takes its place. Noise of known variance
    does not shrink there: its own interval is added to both sides in squares (the method of
    variance estimates recovery, Zou and Donner, Statistics in Medicine 27, 2008).

    Args:
        share: (cells,) point estimates in [0, 1].
        variance: (cells,) variances; NaN is unknown.
        people: (cells,) people behind each cell, or the effective number of them.
        level: Nominal coverage.
        noise: (cells,) variances of noise on top.

    Returns:
        (cells,) lower and (cells,) upper ends; 0 and 1 where the variance is unknown.

    >>> low, high = interval(np.array([0.0]), np.array([0.0]), np.array([100.0]))
    >>> print(low.round(3), high.round(3))
    [0.] [0.038]
    """
    from scipy.special import ndtri  # scipy.stats takes a second to import

    z = float(ndtri(0.5 + level / 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.where(variance > 0, share * (1 - share) / variance, people)
        size = size / widening(people, level) ** 2
        centre = (share + z**2 / (2 * size)) / (1 + z**2 / size)
        half = z / (1 + z**2 / size) * np.sqrt(share * (1 - share) / size + z**2 / (4 * size**2))
    known = np.isfinite(variance) & np.isfinite(half)
    under, over = np.maximum(share - centre + half, 0), np.maximum(centre + half - share, 0)
    low = np.where(known, np.clip(share - np.sqrt(under**2 + z**2 * noise), 0, 1), 0.0)
    high = np.where(known, np.clip(share + np.sqrt(over**2 + z**2 * noise), 0, 1), 1.0)
    # Rounding may leave an end a hair inside of a share of exactly 0 or 1.
    return np.minimum(low, share), np.maximum(high, share)


def widening(people: Floats, level: float = LEVEL) -> Floats:
    """Return by what factor an interval widens as its variance is estimated from few people.

    The quantile of Student's t on people - 1 degrees of freedom over that of the normal.

    >>> widening(np.array([2.0, 1e9])).round(3).tolist()
    [6.483, 1.0]
    """
    from scipy.special import ndtri, stdtrit

    upper = 0.5 + level / 2
    freedom = np.maximum(np.nan_to_num(people) - 1, 0.5)
    return np.asarray(stdtrit(freedom, upper) / float(ndtri(upper)))
