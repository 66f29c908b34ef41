"""Labels to exact cells over bounded contributions: in goes Parquet, out come ``RawCells``.

Contributions are bounded before anything is counted: at most ``cap`` messages of one person in
one month. A new split is an entry of the configuration; a new facet is a column of the labels.
"""

from uptake.model.rawcells import RawCells
from uptake.tally.cells import Plan, tally, tally_table
from uptake.tally.counts import Counts
from uptake.tally.splits import DEFAULT_SPLITS, Split, split

__all__ = ["DEFAULT_SPLITS", "Counts", "Plan", "RawCells", "Split", "split", "tally", "tally_table"]
