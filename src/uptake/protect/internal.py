"""Internal mode: thresholds with complementary suppression, for closed use, without noise."""

import numpy as np
import pyarrow as pa

from uptake.model.rawcells import RawCells
from uptake.model.releasedcells import ReleasedCells
from uptake.protect.complementary import Flags, withhold_complements
from uptake.protect.marks import marked
from uptake.protect.sums import UNSUMMED
from uptake.protect.thresholds import Thresholds


def release(cells: RawCells, thresholds: Thresholds) -> ReleasedCells:
    """Publish a cell if enough people and conversations stand behind it.

    A zero of a closed list in a published group stays a zero: it says that nobody did, and
    nothing of anybody. A cell between zero and the thresholds is withheld, and so are as many
    others as it takes that no withheld one is told by a sum to a tenth (``complementary``).
    Under-18s are withheld always; no sum includes them.
    """
    table = cells.table
    withheld = withhold_complements(table, _primary(table, thresholds), thresholds.attacked)
    return marked(
        cells, withheld, mode="internal", thresholds=(thresholds.people, thresholds.conversations)
    )


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
