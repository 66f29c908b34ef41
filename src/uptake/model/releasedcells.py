"""Cells that passed the door: what may be published is computed from these alone."""

from dataclasses import dataclass

import pyarrow as pa

from uptake.model.cells import SCHEMA as RAW_SCHEMA
from uptake.model.dimensions import KEYS

PUBLISHED = "published"
WITHHELD = "withheld"
"""The marks of a cell: ``withheld`` is neither zero nor missing."""

NOISE = (
    "people_noise",
    "group_people_noise",
    "messages_noise",
    "cross_noise",
    "group_messages_noise",
)
"""Variances of the noise in a cell's people and messages and in its group's, and the covariance of
that in its messages with that in its group's; 0 in a mode without noise."""

NOISY = (
    "noisy_low",
    "noisy_middle",
    "noisy_messages",
    "noisy_group_messages",
    "noisy_people",
    "noisy_group_people",
    "band_noise",
)
"""Sums of a mode with noise before counts below zero are made none, also of withheld cells: what is
withheld there is too noisy to show, and sums of many cells may be less so. For estimates alone,
never shown; null in other modes. How surely messages were labelled (``noisy_low`` and
``noisy_middle``) is told of the whole region alone; ``band_noise`` is the variance of the noise in
a band before the bands of a value were made to add up to it."""

SCHEMA = pa.schema(
    [
        *(field for field in RAW_SCHEMA if field.name in KEYS),
        pa.field("status", pa.string()),
        *(field for field in RAW_SCHEMA if field.name not in KEYS),
        *(pa.field(name, pa.float64()) for name in (*NOISE, *NOISY)),
    ]
)
"""A raw cell's columns behind a ``status``; a withheld cell's sums are null, and so is what a mode
does not publish. Second moments are those of sampling, without noise; ``NOISE`` has its own."""


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
