"""Make each released cell a share with its interval, or leave it withheld."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from uptake.estimate import shares
from uptake.estimate.correction import Ends, Measured, corrected
from uptake.estimate.shares import LEVEL, Floats
from uptake.model.calibration import SIZE, Calibration
from uptake.model.dimensions import DIMENSIONS, KEYS, TOTAL
from uptake.model.estimate import Correction, Estimate, Estimates, Group, Key, Measure
from uptake.model.releasedcells import WITHHELD, ReleasedCells

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
    "gold": (
        "sampling of people (users as clusters) and errors of the labeller, corrected by the "
        f"owner's labelled sample (95%, both together); not covered: {_ELSEWHERE}"
    ),
}
"""What an interval covers, by where its correction comes from."""


def estimate(
    cells: ReleasedCells, calibration: Calibration | None = None, *, seed: int = SEED
) -> Estimates:
    """Return all shares of a release, in the order of its cells.

    Args:
        cells: What passed the door.
        calibration: How the labeller errs; None leaves all shares as labelled.
        seed: Of the bootstrap's draws.
    """
    table = cells.table
    total = pc.equal(table["facet"], pa.scalar(TOTAL))
    groups = _groups(table.filter(total))
    answers = table.filter(pc.invert(total))
    out: dict[Key, Estimate | None] = {}
    measured = {measure: _measure(answers, measure, calibration, seed) for measure in MEASURED}
    keys = zip(*(answers[name].to_pylist() for name in KEYS[1:]), strict=True)
    for row, (*dimensions, facet, value) in enumerate(keys):
        for measure, estimates in measured.items():
            if measure == "reach" and facet in STATED:
                continue
            out[Key(facet, value, measure, *dimensions)] = estimates[row]
    return Estimates(out, groups)


def _measure(
    table: pa.Table, measure: Measure, calibration: Calibration | None, seed: int
) -> list[Estimate | None]:
    sums = {
        name: np.asarray(table[name].to_numpy(), dtype=np.float64)
        for name in table.column_names
        if name not in KEYS and name != "status"
    }
    share, variance = MEASURED[measure](sums)
    withheld = pc.equal(table["status"], pa.scalar(WITHHELD)).to_numpy(zero_copy_only=False)
    share = np.where(withheld, np.nan, share)
    clusters = CLUSTERS.get(measure, _people)(sums)
    low, high = shares.interval(share, variance, clusters)
    ends = None
    if calibration is not None and measure in BANDED:
        quantile = shares.widening(clusters)
        before = Measured(share, variance, quantile, bands(sums, BANDED[measure]))
        ends = corrected(table, before, calibration.facets, seed)
    return _estimates(table, (share, low, high), sums["group_people"], calibration, ends)


def bands(sums: dict[str, Floats], of: str) -> Floats | None:
    """Return how each row's sum splits by the band of the stored probability."""
    if f"{of}_low" not in sums:
        return None
    low, middle, whole = sums[f"{of}_low"], sums[f"{of}_middle"], sums[of]
    parts = np.stack([low, middle, np.maximum(whole - low - middle, 0)], axis=1)
    assert parts.shape[1] == SIZE  # noqa: S101 (three bands are three columns)
    with np.errstate(divide="ignore", invalid="ignore"):
        split = parts / whole[:, None]
    return np.where(np.isfinite(split), split, 1 / SIZE)


def _estimates(
    table: pa.Table,
    counted: tuple[Floats, Floats, Floats],
    people: Floats,
    calibration: Calibration | None,
    ends: Ends | None,
) -> list[Estimate | None]:
    """Choose the corrected figure where there is one, and say which it is."""
    source = "none" if calibration is None else calibration.source
    how: Correction = "gold" if source == "gold" else "calibration"
    n = np.nan_to_num(people).astype(np.int64).tolist()
    rows = zip(*(part.tolist() for part in counted), strict=True)
    after = (
        zip(ends.share.tolist(), ends.low.tolist(), ends.high.tolist(), strict=True)
        if ends
        else [(np.nan,) * 3] * table.num_rows
    )
    out: list[Estimate | None] = []
    facets = table["facet"].to_pylist()
    for facet, size, (share, low, high), (value, under, over) in zip(
        facets, n, rows, after, strict=True
    ):
        if share != share:  # noqa: PLR0124 (NaN: withheld)
            out.append(None)
        elif value == value:  # noqa: PLR0124
            said = COVERS[source]
            out.append(Estimate(value, under, over, LEVEL, size, said, how, share))
        else:
            said = COVERS["stated" if facet in STATED else "none"]
            out.append(Estimate(share, low, high, LEVEL, size, said))
    return out


def _people(sums: dict[str, Floats]) -> Floats:
    return sums["group_people"]


def _groups(totals: pa.Table) -> dict[tuple[str, str, str, str, str], Group]:
    names = (*DIMENSIONS, "people", "conversations", "messages")
    rows = zip(*(totals[name].to_pylist() for name in names), strict=True)
    return {
        (place, month, age, gender, language): Group(people, conversations, messages)
        for place, month, age, gender, language, people, conversations, messages in rows
    }
