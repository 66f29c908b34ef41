"""Exact sums over bounded contributions: inside the door, never published."""

from dataclasses import dataclass

import pyarrow as pa

from uptake.model.cells import SCHEMA


@dataclass(frozen=True, slots=True)
class RawCells:
    """Exact cells. Only ``uptake.tally`` makes them, only ``uptake.protect`` reads them.

    Attributes:
        table: Rows by ``cells.SCHEMA``.
        messages_cap: Most messages of one person counted in one month.
    """

    table: pa.Table
    messages_cap: int

    def __post_init__(self) -> None:
        """Refuse any other schema."""
        if not self.table.schema.equals(SCHEMA):
            raise TypeError("RawCells hold the columns of cells.SCHEMA and no other")
