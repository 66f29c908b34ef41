"""Cells that passed the door: what may be published is computed from these alone."""

from dataclasses import dataclass

import pyarrow as pa

from uptake.model.cells import SCHEMA as RAW_SCHEMA
from uptake.model.dimensions import KEYS

PUBLISHED = "published"
WITHHELD = "withheld"
"""The marks of a cell: ``withheld`` is neither zero nor missing."""

SCHEMA = pa.schema(
    [
        *(field for field in RAW_SCHEMA if field.name in KEYS),
        pa.field("status", pa.string()),
        *(field for field in RAW_SCHEMA if field.name not in KEYS),
        pa.field("people_noise", pa.float64()),
        pa.field("group_people_noise", pa.float64()),
    ]
)
"""A raw cell's columns behind a ``status``; a withheld cell's sums are null, and so is what a mode
does not publish. ``*_noise`` are variances of the noise in a count of people, 0 where there is
none; that of messages is part of their second moments (``messages_squared`` and so on)."""

NOISE = ("people_noise", "group_people_noise")


@dataclass(frozen=True, slots=True)
class ReleasedCells:
    """Cells fit for publication. Only ``uptake.protect`` makes them.

    Attributes:
        table: Rows by ``SCHEMA``.
        mode: ``internal`` (thresholds, no differential privacy) or ``public`` (noise; the
            thresholds are of noisy counts).
        min_people: Fewest distinct people of a published cell.
        min_conversations: Fewest distinct conversations of a published cell.
        messages_cap: Most messages of one person counted in one month.
    """

    table: pa.Table
    mode: str
    min_people: int
    min_conversations: int
    messages_cap: int

    def __post_init__(self) -> None:
        """Refuse any other schema."""
        if not self.table.schema.equals(SCHEMA):
            raise TypeError("ReleasedCells hold the columns of releasedcells.SCHEMA and no other")
