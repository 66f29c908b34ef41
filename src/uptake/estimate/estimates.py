"""Make each released cell a share with its interval, or leave it withheld."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from uptake.estimate import shares
from uptake.estimate.shares import LEVEL, Floats
from uptake.model.dimensions import DIMENSIONS, KEYS, TOTAL
from uptake.model.estimate import Estimate, Estimates, Group, Key, Measure
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

COVERS = (
    "sampling of people (users as clusters, 95%); not covered: errors of the labeller "
    "(uncorrected) and people who use other assistants"
)

ONE_VALUE_A_PERSON = ("place", "age_band", "gender")
"""Facets of which a person has one value, so that reach would repeat the people share."""


def estimate(cells: ReleasedCells) -> Estimates:
    """Return all shares of a release, in the order of its cells."""
    table = cells.table
    total = pc.equal(table["facet"], pa.scalar(TOTAL))
    groups = _groups(table.filter(total))
    answers = table.filter(pc.invert(total))
    out: dict[Key, Estimate | None] = {}
    measured = {measure: _measure(answers, measure) for measure in MEASURED}
    keys = zip(*(answers[name].to_pylist() for name in KEYS[1:]), strict=True)
    for row, (*dimensions, facet, value) in enumerate(keys):
        for measure, estimates in measured.items():
            if measure == "reach" and facet in ONE_VALUE_A_PERSON:
                continue
            out[Key(facet, value, measure, *dimensions)] = estimates[row]
    return Estimates(out, groups)


def _measure(table: pa.Table, measure: Measure) -> list[Estimate | None]:
    withheld = np.asarray([status == WITHHELD for status in table["status"].to_pylist()])
    sums = {
        name: np.asarray(table[name].to_numpy(), dtype=np.float64)
        for name in table.column_names
        if name not in KEYS and name != "status"
    }
    share, variance = MEASURED[measure](sums)
    clusters = CLUSTERS.get(measure, _people)(sums)
    low, high = shares.interval(share, variance, clusters)
    n = np.nan_to_num(sums["group_people"]).astype(np.int64)
    rows = zip(
        withheld.tolist(), share.tolist(), low.tolist(), high.tolist(), n.tolist(), strict=True
    )
    return [
        None if hidden else Estimate(value, under, over, LEVEL, people, COVERS)
        for hidden, value, under, over, people in rows
    ]


def _people(sums: dict[str, Floats]) -> Floats:
    return sums["group_people"]


def _groups(totals: pa.Table) -> dict[tuple[str, str, str, str, str], Group]:
    names = (*DIMENSIONS, "people", "conversations", "messages")
    rows = zip(*(totals[name].to_pylist() for name in names), strict=True)
    return {
        (place, month, age, gender, language): Group(people, conversations, messages)
        for place, month, age, gender, language, people, conversations, messages in rows
    }
