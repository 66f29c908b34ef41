"""Own mode: one person's own export, for that person, by his or her own choice."""

from uptake.model.rawcells import RawCells
from uptake.model.releasedcells import ReleasedCells
from uptake.protect.internal import Settled
from uptake.protect.marks import marked
from uptake.protect.thresholds import Thresholds

NOBODY_ELSE = 0


def release(
    cells: RawCells, thresholds: Thresholds, settled: Settled | None = None
) -> ReleasedCells:
    """Show each cell that holds anything: there is nobody to protect from the only reader.

    The caller makes sure that all logs are one person's and that the person asked for it. The
    thresholds do not apply, and nothing was ever withheld.
    """
    nothing = cells.table["group_messages"].to_numpy() == NOBODY_ELSE
    return marked(cells, nothing, mode="own", thresholds=(1, 1))
