"""Exact sums over a labelled sample: inside the door."""

from dataclasses import dataclass

import pyarrow as pa

from uptake.model.goldcells import SCHEMA


@dataclass(frozen=True, slots=True)
class RawGoldCells:
    """Exact sums. Only ``uptake.tally`` makes them, only ``uptake.protect`` reads them.

    Attributes:
        table: Rows by ``goldcells.SCHEMA``.
        strangers: Labelled messages of people who are not in the logs.
    """

    table: pa.Table
    strangers: int = 0

    def __post_init__(self) -> None:
        """Refuse any other schema."""
        if not self.table.schema.equals(SCHEMA):
            raise TypeError("RawGoldCells hold the columns of goldcells.SCHEMA and no other")
