"""Sums over a labelled sample, a row a cell: what corrects the labeller's errors in estimates."""

from dataclasses import dataclass, field

import pyarrow as pa

from uptake.model.dimensions import KEYS

OWN = ("y", "f", "n", "yy", "ff", "nn", "yf", "yn", "fn")
"""Sums over the people of the sample."""

BESIDE = ("all_f_y", "all_f_f", "all_f_n", "all_n_y", "all_n_f", "all_n_n")
"""Sums over the people of the sample of products with what they have in the logs."""

WEIGHTED = ("w_y", "w_f", "w_n", "w_yy", "w_ff", "w_nn", "w_yf", "w_yn", "w_fn")
WEIGHTED_BESIDE = ("all_w_y", "all_w_f", "all_w_n")
"""The same for shares in which each person counts once."""

_COLUMNS: list[tuple[str, pa.DataType]] = [
    *((name, pa.string()) for name in KEYS),
    *((name, pa.int64()) for name in ("messages", "people", "conversations")),
    *((name, pa.float64()) for name in (*OWN, *BESIDE, *WEIGHTED, *WEIGHTED_BESIDE)),
]
SCHEMA = pa.schema(_COLUMNS)
"""One row a cell: keys as in ``cells.SCHEMA``. ``messages``, ``people`` and ``conversations`` are
of the labelled messages in the cell's group, whatever their value.

Let Y, F and n be, of one person's labelled messages in the group, those that people gave the value,
those that the labeller gave it, and all; and let F' and N be, of all of the person's counted
messages in the group in the logs, those that the labeller gave the value, and all. Sums run over
people: y = sum Y, yf = sum YF, all_f_y = sum F'Y, all_n_n = sum Nn and so on; a person who is not
in the logs adds nothing to the latter.

Weighted by w = 1/N a sample of messages speaks for people: w_y = sum wY, w_yy = sum (wY)^2,
all_w_y = sum (F'/N)(wY), and so on, over the people who are in the logs; NaN where more than one
labelled message in ten is of nobody there, as then nothing is known of how much they write."""


@dataclass(frozen=True, slots=True)
class ReleasedGoldCells:
    """Sums that may correct released figures. Only ``uptake.protect`` makes them.

    Attributes:
        table: Rows by ``SCHEMA``; a cell under the thresholds is not there.
        mode: As of the released cells.
        min_messages: Fewest labelled messages of a cell's group.
        min_people: Fewest people among them.
        min_conversations: Fewest conversations among them.
        rows: Usable rows of the labelled file.
        set_aside: How often each thing was wrong with a row, by code.
    """

    table: pa.Table
    mode: str
    min_messages: int
    min_people: int
    min_conversations: int
    rows: int
    set_aside: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse any other schema."""
        if not self.table.schema.equals(SCHEMA):
            raise TypeError("ReleasedGoldCells hold the columns of goldcells.SCHEMA and no other")
