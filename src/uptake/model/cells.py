"""The names of cells: by what figures may be split, and what a cell sums."""

import pyarrow as pa

ALL = "all"
"""A dimension's value in a row that is not split by it."""

DIMENSIONS = ("place", "month", "age_band", "gender", "language")
"""By what figures may be split. Month is text here: ``2025-09`` or ``unknown``."""

KEYS = ("split", *DIMENSIONS, "facet", "value")
"""What names a cell. ``split`` is the dimensions in use joined by ``+``, empty for none."""

TOTAL = "total"
"""The facet with the one value ``all``: the group itself, protected like any other cell."""

_SUMS: list[tuple[str, pa.DataType]] = [
    ("messages", pa.int64()),
    ("messages_squared", pa.int64()),
    ("messages_cross", pa.int64()),
    ("people", pa.int64()),
    ("conversations", pa.int64()),
    ("weight", pa.float64()),
    ("weight_squared", pa.float64()),
    ("group_messages", pa.int64()),
    ("group_messages_squared", pa.int64()),
    ("group_people", pa.int64()),
    ("group_conversations", pa.int64()),
]

SCHEMA = pa.schema([(name, pa.string()) for name in KEYS] + _SUMS)
"""One row a cell. Let Y_u be person u's messages in the cell and N_u in its group (the same split,
any value), both after the cap; sums run over people:

messages = sum Y, messages_squared = sum Y^2, messages_cross = sum Y N, people = #(Y > 0),
conversations = distinct conversations in the cell, weight = sum Y/N, weight_squared = sum (Y/N)^2,
group_messages = sum N, group_messages_squared = sum N^2, group_people = #(N > 0),
group_conversations likewise. From these alone follow shares and their user-clustered variance."""
