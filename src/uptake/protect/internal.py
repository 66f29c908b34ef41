"""Internal mode: thresholds with complementary suppression, for closed use, without noise."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from uptake.model.dimensions import KEYS
from uptake.model.rawcells import RawCells
from uptake.model.releasedcells import WITHHELD, ReleasedCells
from uptake.protect.complementary import Flags, withhold_complements
from uptake.protect.marks import marked
from uptake.protect.sums import UNSUMMED
from uptake.protect.thresholds import Thresholds

Names = pa.StringArray
"""A text for each of some cells, see ``names``."""

_BETWEEN = "\x1f"


@dataclass(frozen=True, slots=True)
class Settled:
    """What earlier releases settled.

    Attributes:
        months: Months whose cells hold the same in every release, as cells name them.
        withheld: Names of the cells of such months that a release withheld.
    """

    months: frozenset[str]
    withheld: Names


def release(
    cells: RawCells, thresholds: Thresholds, settled: Settled | None = None
) -> ReleasedCells:
    """Publish a cell if enough people and conversations stand behind it.

    A zero of a closed list in a published group stays a zero: it says that nobody did, and
    nothing of anybody. A cell between zero and the thresholds is withheld, and so are as many
    others as it takes that no withheld one is told by a sum to a tenth (``complementary``).
    Under-18s are withheld always; no sum includes them.

    A settled cell that a release withheld stays withheld: published now, it would tell the one
    that it hid then.

    Args:
        cells: Exact cells.
        thresholds: Of a published cell.
        settled: By earlier releases.
    """
    table = cells.table
    primary = _primary(table, thresholds)
    withheld = withhold_complements(table, primary, thresholds.attacked)
    if settled is not None:
        withheld = _with(table, (primary, withheld), settled, thresholds)
    return marked(
        cells, withheld, mode="internal", thresholds=(thresholds.people, thresholds.conversations)
    )


def _with(
    table: pa.Table, now: tuple[Flags, Flags], settled: Settled, thresholds: Thresholds
) -> Flags:
    """Withhold what was withheld before, and what hides it; asked again, the same is the answer.

    Args:
        table: Cells.
        now: What is withheld for its own sake, and what is without earlier releases.
        settled: By these.
        thresholds: Of a published cell.
    """
    primary, withheld = now
    kept: Flags = pc.is_in(names(table), value_set=settled.withheld).to_numpy(zero_copy_only=False)
    if not (kept & ~withheld).any():
        return withheld
    within: Flags = _within(table, settled.months).to_numpy(zero_copy_only=False)
    while True:
        withheld = withhold_complements(table, primary | kept, thresholds.attacked)
        if not (within & withheld & ~kept).any():
            return withheld
        kept = kept | (within & withheld)


def names(table: pa.Table) -> Names:
    """Return a text for each cell that no other cell has.

    Args:
        table: With the columns ``KEYS``.
    """
    columns: list[Any] = [table[name] for name in KEYS]
    found: Names = pc.binary_join_element_wise(*columns, _BETWEEN).combine_chunks()
    return found


def withheld_in(released: ReleasedCells, months: frozenset[str]) -> Names:
    """Return the names of the withheld cells of some months."""
    table = released.table
    hidden = pc.is_in(table["status"], value_set=pa.array([WITHHELD]))
    return names(table.filter(pc.and_(_within(table, months), hidden)))


def of_months(found: Names, months: frozenset[str]) -> Names:
    """Return those of some names whose cells are of these months."""
    month = pc.list_element(pc.split_pattern(found, _BETWEEN), KEYS.index("month"))
    kept: Names = found.filter(pc.is_in(month, value_set=pa.array(sorted(months), pa.string())))
    return kept


def _within(table: pa.Table, months: frozenset[str]) -> Any:
    return pc.is_in(table["month"], value_set=pa.array(sorted(months), pa.string()))


def _primary(table: pa.Table, thresholds: Thresholds) -> Flags:
    def small(prefix: str) -> Flags:
        people = table[f"{prefix}people"].to_numpy()
        conversations = table[f"{prefix}conversations"].to_numpy()
        return np.asarray((people < thresholds.people) | (conversations < thresholds.conversations))

    nobody = table["people"].to_numpy() == 0
    facets, values = table["facet"].to_pylist(), table["value"].to_pylist()
    minors = np.asarray(
        [f == "age_band" and v in UNSUMMED for f, v in zip(facets, values, strict=True)],
        dtype=bool,
    )
    return np.asarray(minors | small("group_") | (small("") & ~nobody))
