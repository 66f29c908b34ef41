"""Make each released cell a share with its interval, or leave it withheld."""

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from uptake.estimate import noisy_correction, ppi, shares
from uptake.estimate.correction import Ends, Measured, corrected
from uptake.estimate.shares import LEVEL, Floats
from uptake.model.calibration import SIZE, Calibration
from uptake.model.dimensions import DIMENSIONS, KEYS, TOTAL
from uptake.model.estimate import Correction, Estimate, Estimates, Group, Key, Measure
from uptake.model.goldcells import ReleasedGoldCells
from uptake.model.releasedcells import PUBLISHED, WITHHELD, ReleasedCells

Variance = Callable[[dict[str, Floats]], tuple[Floats, Floats]]

MEASURED: dict[Measure, Variance] = {
    "message_share": shares.ratio_variance,
    "people_share": shares.mean_variance,
    "reach": shares.reach_variance,
}

CLUSTERS: dict[Measure, Callable[[dict[str, Floats]], Floats]] = {
    "message_share": shares.effective_people,
}
"""From how many people a measure's variance is estimated, where it is not all of them."""

NOISE: dict[Measure, Callable[[dict[str, Floats], Floats], Floats]] = {
    "message_share": shares.message_noise,
}
"""What the noise of a release adds to the variance of a measure that it has."""

RECTIFIED = {"message_share": ppi.rectified, "people_share": ppi.rectified_people}
"""Measures that the owner's labelled sample corrects."""

BANDED: dict[Measure, str] = {"message_share": "messages", "people_share": "weight"}
"""Measures that are corrected, and the sum that splits by the band of the stored probability."""

SEED = 20261130
"""Of the bootstrap's draws: the same cells give the same figures."""

STATED = ("place", "age_band", "gender")
"""Facets that the labeller has no part in. A person has one value, so that reach would repeat the
people share."""

_ELSEWHERE = "people who use other assistants"
COVERS: dict[str, str] = {
    "stated": f"sampling of people (users as clusters, 95%); not covered: {_ELSEWHERE}",
    "none": (
        "sampling of people (users as clusters, 95%); not covered: errors of the labeller "
        f"(uncorrected) and {_ELSEWHERE}"
    ),
    "shipped": (
        "sampling of people (users as clusters) and errors of the labeller, corrected by its "
        "calibration on other people's messages (95%, both together); not covered: these messages "
        f"being confused more or less than those, and {_ELSEWHERE}"
    ),
    "unfit": (
        "sampling of people (users as clusters, 95%) and what the labeller's calibration would "
        "make of the share, which does not fit these messages: the share is as labelled "
        f"(uncorrected); not covered: other errors of the labeller and {_ELSEWHERE}"
    ),
    "gold": ppi.COVERS,
}
"""What an interval covers, by where its correction comes from."""


def covered(source: str, *, noise: bool) -> str:
    """Return what an interval covers, in a release with noise or without.

    >>> covered("stated", noise=True)[:58]
    'the noise of the release and sampling of people (users as '
    """
    said = COVERS[source]
    return (
        said.replace("sampling of", "the noise of the release and sampling of", 1)
        if noise
        else said
    )


def estimate(
    cells: ReleasedCells,
    calibration: Calibration | None = None,
    gold: ReleasedGoldCells | None = None,
    *,
    seed: int = SEED,
) -> Estimates:
    """Return all shares of a release, in the order of its cells.

    Args:
        cells: What passed the door.
        calibration: How the labeller errs; None leaves all shares as labelled.
        gold: The owner's labelled sample; it corrects the groups that have enough of it, a facet
            as a whole, and comes before the calibration.
        seed: Of the bootstrap's draws.
    """
    table = cells.table
    total = pc.equal(table["facet"], pa.scalar(TOTAL))
    groups = _groups(table.filter(total))
    answers = table.filter(pc.invert(total))
    out: dict[Key, Estimate | None] = {}
    keys = list(zip(*(answers[name].to_pylist() for name in KEYS), strict=True))
    beside = ppi.beside(keys, gold) if gold else None
    measured = _measured(answers, calibration, beside, seed)
    # bounding leaves cells of people out, so that reach would be too low in a release with noise
    untold = () if weighted(answers) else ("people_share", "reach")
    for row, (_, *dimensions, facet, value) in enumerate(keys):
        for measure, estimates in measured.items():
            if (measure == "reach" and facet in STATED) or measure in untold:
                continue
            out[Key(facet, value, measure, *dimensions)] = estimates[row]
    return Estimates(out, groups)


def weighted(cells: pa.Table) -> bool:
    """Return whether people's own shares were summed.

    A release with noise does not sum them: no share of people is published, which is not the same
    as withheld.
    """
    published = cells.filter(pc.equal(cells["status"], pa.scalar(PUBLISHED)))
    return not len(published) or published["weight"].null_count < len(published)


def _measured(
    table: pa.Table, calibration: Calibration | None, gold: ppi.Sums | None, seed: int
) -> dict[Measure, list[Estimate | None]]:
    """Return the estimates of each measure, a row each."""
    sums, withheld = sums_of(table), withheld_of(table)
    plain: dict[Measure, tuple[Floats, Floats, Floats]] = {}
    before: dict[Measure, Measured] = {}
    made: dict[Measure, list[tuple[str, Ends]]] = {measure: [] for measure in MEASURED}
    for measure, variance_of in MEASURED.items():
        share, variance = variance_of(sums)
        share = np.where(withheld, np.nan, share)
        clusters = CLUSTERS.get(measure, _people)(sums)
        noise = NOISE[measure](sums, share) if measure in NOISE else 0.0
        low, high = shares.interval(share, variance, clusters, noise=noise)
        plain[measure] = (share, low, high)
        if measure in BANDED:
            quantile = shares.widening(clusters)
            banded, ends_of = bands(sums, BANDED[measure]), np.stack([low, high], axis=1)
            before[measure] = Measured(share, variance, quantile, banded, ends_of)
        if gold is not None and measure in RECTIFIED:
            found = RECTIFIED[measure](sums, gold)
            found = (np.where(ppi.supported(sums, gold), found[0], np.nan), *found[1:])
            made[measure].append(("gold", _rectified(table, found, withheld)))
    if calibration is not None and noisy_correction.with_noise(sums):
        found_noisy = noisy_correction.corrected(
            table, sums, before["message_share"], calibration.facets
        )
        made["message_share"].append((calibration.source, found_noisy))
    elif calibration is not None:
        ends = corrected(table, list(before.values()), calibration.facets, seed)
        for measure, found_ends in zip(before, ends, strict=True):
            made[measure].append((calibration.source, found_ends))
    people = sums["group_people"]
    noise = noisy_correction.with_noise(sums)
    return {m: _estimates(table, plain[m], people, made[m], noise=noise) for m in MEASURED}


def _rectified(table: pa.Table, found: ppi.Rectified, withheld: NDArray[np.bool_]) -> Ends:
    """Return shares corrected by the sample, for facets of which it has all published values.

    A group's shares of one facet must not come from two corrections.
    """
    low, high = ppi.interval(*found)
    share = np.where(withheld, np.nan, found[0])
    names = (*DIMENSIONS, "facet")
    rows = _keys(table, names)
    group = {key: n for n, key in enumerate(dict.fromkeys(rows))}
    number = np.array([group[key] for key in rows], dtype=np.intp)
    short = np.zeros(len(group), dtype=np.bool_)
    np.logical_or.at(short, number, np.isnan(found[0]) & ~withheld)
    share[short[number]] = np.nan
    return Ends(share, np.minimum(low, share), np.maximum(high, share))


def _keys(table: pa.Table, names: Sequence[str]) -> list[tuple[str, ...]]:
    return list(zip(*(table[name].to_pylist() for name in names), strict=True))


def sums_of(table: pa.Table) -> dict[str, Floats]:
    """Return released cells' sums by name, (R,) each; NaN where withheld."""
    names = [name for name in table.column_names if name not in KEYS and name != "status"]
    return {name: np.asarray(table[name].to_numpy(), dtype=np.float64) for name in names}


def withheld_of(table: pa.Table) -> NDArray[np.bool_]:
    """Return which released cells are withheld, (R,)."""
    return np.asarray(pc.equal(table["status"], pa.scalar(WITHHELD)).to_numpy(zero_copy_only=False))


def bands(sums: Mapping[str, Floats], of: str) -> Floats:
    """Return how each row's sum splits by the band of the stored probability: (R, SIZE)."""
    low, middle, whole = sums[f"{of}_low"], sums[f"{of}_middle"], sums[of]
    parts = np.stack([low, middle, np.maximum(whole - low - middle, 0)], axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        split = parts / whole[:, None]
    return np.where(np.isfinite(split), split, 1 / SIZE)


def _estimates(
    table: pa.Table,
    counted: tuple[Floats, Floats, Floats],
    people: Floats,
    made: Sequence[tuple[str, Ends]],
    *,
    noise: bool,
) -> list[Estimate | None]:
    """Choose the first correction that a row has, and say which it is."""
    n = np.nan_to_num(people).astype(np.int64).tolist()
    plain = list(zip(*(part.tolist() for part in counted), strict=True))
    after = [
        (source, list(zip(e.share.tolist(), e.low.tolist(), e.high.tolist(), strict=True)))
        for source, e in made
    ]
    out: list[Estimate | None] = []
    for row, facet in enumerate(table["facet"].to_pylist()):
        share, low, high = plain[row]
        if math.isnan(share):
            out.append(None)
            continue
        chosen = next(((s, ends[row]) for s, ends in after if not math.isnan(ends[row][0])), None)
        if chosen is None:
            said = covered("stated" if facet in STATED else "none", noise=noise)
            out.append(Estimate(share, low, high, LEVEL, n[row], said))
        else:
            source, (value, under, over) = chosen
            if value == share and source != "gold":  # what was counted, to the bit: see correction
                said = covered("unfit", noise=noise)
                out.append(Estimate(share, under, over, LEVEL, n[row], said))
                continue
            how: Correction = "gold" if source == "gold" else "calibration"
            said = covered(source, noise=noise)
            out.append(Estimate(value, under, over, LEVEL, n[row], said, how, share))
    return out


def _people(sums: dict[str, Floats]) -> Floats:
    return sums["group_people"]


def _groups(totals: pa.Table) -> dict[tuple[str, str, str, str, str], Group]:
    sizes = ("people", "conversations", "messages")
    at = _keys(totals, DIMENSIONS)
    numbers = zip(*(totals[name].to_pylist() for name in sizes), strict=True)
    variances = (totals[name].to_pylist() for name in ("people_noise", "messages_noise"))
    noise = (tuple(math.sqrt(one or 0.0) for one in both) for both in zip(*variances, strict=True))
    return {
        (where[0], where[1], where[2], where[3], where[4]): Group(*size, *errors)
        for where, size, errors in zip(at, numbers, noise, strict=True)
    }
