"""Shares corrected by a labelled sample: prediction-powered inference for clustered messages.

The labeller's share of all messages is known precisely but wrong; people's share of a sample of
them is right but imprecise. PPI++ (Angelopoulos, Duchi and Zrnic 2023, arXiv 2311.01453) joins
them: theta = lambda p + (y - lambda f), with p the labeller's share of all messages, y people's and
f the labeller's share of the sample, and lambda chosen for the least variance (their sec. 6). Here
people are clusters, all three are ratios, linearised as in ``shares``, and a person who is in the
sample and in the logs joins the two: the covariance that this makes is part of the variance.

The sample must be a simple random sample of the counted messages.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from uptake.estimate import shares
from uptake.estimate.shares import LEVEL, Floats
from uptake.model.dimensions import KEYS
from uptake.model.goldcells import SCHEMA, ReleasedGoldCells

Sums = Mapping[str, Floats]
Rectified = tuple[Floats, Floats, Floats]
"""(cells,) shares in [0, 1], their variances, and from how many people these are estimated."""

COVERS = (
    "sampling of people and errors of the labeller, corrected by a labelled sample (PPI++, users "
    "as clusters, 95%); not covered: people who use other assistants"
)


def rectified(sums: Sums, gold: Sums, lam: "Floats | float | None" = None) -> Rectified:
    """Correct the shares of messages.

    Args:
        sums: (cells,) arrays by the names of ``cells.SCHEMA``.
        gold: (cells,) arrays by the names of ``goldcells.SCHEMA``, as ``beside`` gives them; NaN
            where there is no sample. Without the ``all_...`` the sample's people are taken to be
            others than those of the logs.
        lam: Weight of the labeller's answers; None: the one with the least variance, in [0, 1].

    Returns:
        Shares, variances and effective people of the sample; NaN where there is no sample.
    """
    p, variance = shares.ratio_variance(dict(sums))
    total = sums["group_messages"]
    own = {name: gold[name] for name in ("y", "f", "n", "yy", "ff", "nn", "yf", "yn", "fn")}
    y, f = _ratio(own["y"], own["n"]), _ratio(own["f"], own["n"])
    with_y = with_f = np.zeros_like(p)
    if "all_f_y" in gold:
        joint = gold["all_f_n"] - p * gold["all_n_n"]
        with_y = gold["all_f_y"] - p * gold["all_n_y"] - y * joint
        with_f = gold["all_f_f"] - p * gold["all_n_f"] - f * joint
    size = total * own["n"]
    return _joined(p, variance, own, (_ratio(with_y, size), _ratio(with_f, size)), lam)


def rectified_people(sums: Sums, gold: Sums, lam: "Floats | float | None" = None) -> Rectified:
    """Correct the mean over people of each person's own share; arguments as of ``rectified``.

    A message of the sample stands for 1/N of its person (a Hajek estimator), so that a sample of
    messages, in which heavy writers are many, speaks for people.
    """
    p, variance = shares.mean_variance(dict(sums))
    names = ("y", "f", "n", "yy", "ff", "nn", "yf", "yn", "fn")
    own = {name: gold[f"w_{name}"] for name in names}
    y, f = _ratio(own["y"], own["n"]), _ratio(own["f"], own["n"])
    with_y = with_f = np.zeros_like(p)
    if "all_w_y" in gold:
        joint = gold["all_w_n"] - p * own["n"]
        with_y = gold["all_w_y"] - p * own["y"] - y * joint
        with_f = gold["all_w_f"] - p * own["f"] - f * joint
    size = sums["group_people"] * own["n"]
    return _joined(p, variance, own, (_ratio(with_y, size), _ratio(with_f, size)), lam)


def _joined(
    p: Floats,
    variance: Floats,
    own: Sums,
    covariance: tuple[Floats, Floats],
    lam: "Floats | float | None",
) -> Rectified:
    """Return theta, its variance and the sample's effective people.

    Args:
        p: Labeller's share of all messages.
        variance: Of it.
        own: Sums of the sample.
        covariance: Of p with people's share of the sample, and with the labeller's share of it.
        lam: See ``rectified``.
    """
    n = own["n"]
    y, f = _ratio(own["y"], n), _ratio(own["f"], n)
    people = _ratio(n**2, own["nn"])
    known = people > 1.5
    scale = np.where(known, _ratio(people, (people - 1) * n**2), np.nan)
    yy = scale * np.maximum(own["yy"] - 2 * y * own["yn"] + y**2 * own["nn"], 0)
    ff = scale * np.maximum(own["ff"] - 2 * f * own["fn"] + f**2 * own["nn"], 0)
    yf = scale * (own["yf"] - f * own["yn"] - y * own["fn"] + y * f * own["nn"])
    with_y, with_f = covariance
    spread = variance + ff - 2 * with_f
    gain = yf - with_y
    if lam is None:
        # Where the sample is all of the logs nothing is left to gain, and rounding decides.
        some = spread > 1e-9 * (variance + ff)
        lam = np.clip(np.where(some, _ratio(gain, spread), 0.0), 0, 1)
    theta = y + lam * (p - f)
    apart = lam**2 * spread - 2 * lam * gain + yy
    # A sample without an error shows no variance of errors, but not that there are none: the
    # variance is at least that of one person wrong in each direction (close to 3/n as the upper
    # end of a rate of which nothing was seen; Hanley and Lippman-Hand, JAMA 249, 1983).
    least = _ratio(np.full_like(people, 2.0), people**2)
    return (
        np.where(known, np.clip(theta, 0, 1), np.nan),
        np.where(known, np.maximum(apart, least), np.nan),
        np.where(known, people, np.nan),
    )


def interval(
    share: Floats, variance: Floats, people: Floats, level: float = LEVEL
) -> tuple[Floats, Floats]:
    """Return the ends of a symmetric interval by Student's t on people - 1 degrees of freedom.

    Not Wilson's, which takes a share near 0 to be that of a small sample: a corrected share may
    be near 0 with a variance that comes from the labeller's errors. Ends are cut to [0, 1].

    >>> low, high = interval(np.array([0.5]), np.array([0.0001]), np.array([1000.0]))
    >>> print(low.round(3), high.round(3))
    [0.48] [0.52]
    """
    from scipy.special import stdtrit

    reach = stdtrit(np.maximum(people - 1, 0.5), 0.5 + level / 2) * np.sqrt(variance)
    return np.clip(share - reach, 0, 1), np.clip(share + reach, 0, 1)


def supported(sums: Sums, gold: Sums, fewest: int = 10) -> NDArray[np.bool_]:
    """Return which cells' answers of the sample come from enough people, or from nobody at all.

    With fewer a corrected share could be those few people's answer itself. The number of people
    is the effective one, (sum Y)^2 / sum Y^2, which is never above the true one. Where neither
    people nor the labeller found the value there is nothing to tell.
    """
    nobody = (gold["y"] == 0) & (gold["f"] == 0) & (sums["messages"] == 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        people = np.nan_to_num(gold["y"] ** 2 / gold["yy"])
    return np.asarray(nobody | (people >= fewest))


def beside(keys: Sequence[tuple[str, ...]], gold: ReleasedGoldCells) -> dict[str, Floats]:
    """Lay the sample's sums beside cells.

    Args:
        keys: The cells' names, by ``dimensions.KEYS``.
        gold: The sample.

    Returns:
        (cells,) arrays by the names of ``goldcells.SCHEMA``; NaN where the sample has no cell.
    """
    names = [name for name in SCHEMA.names if name not in KEYS]
    listed = zip(*(gold.table[name].to_pylist() for name in KEYS), strict=True)
    place = {key: row for row, key in enumerate(listed)}
    at = np.array([place.get(tuple(key), -1) for key in keys], dtype=np.intp)
    found = {}
    for name in names:
        column = np.append(gold.table[name].to_numpy().astype(np.float64), np.nan)
        found[name] = column[at]
    return found


def _ratio(above: Floats, below: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(above / below)
