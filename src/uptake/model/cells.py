"""What a cell sums, as a schema."""

import pyarrow as pa

from uptake.model.dimensions import KEYS

_SUMS: list[tuple[str, pa.DataType]] = [
    ("messages", pa.int64()),
    ("messages_squared", pa.int64()),
    ("messages_cross", pa.int64()),
    ("people", pa.int64()),
    ("conversations", pa.int64()),
    ("weight", pa.float64()),
    ("weight_squared", pa.float64()),
    ("messages_low", pa.int64()),
    ("messages_middle", pa.int64()),
    ("weight_low", pa.float64()),
    ("weight_middle", pa.float64()),
    ("group_messages", pa.int64()),
    ("group_messages_squared", pa.int64()),
    ("group_people", pa.int64()),
    ("group_conversations", pa.int64()),
    ("both_messages", pa.int64()),
    ("both_cross", pa.int64()),
    ("both_before", pa.int64()),
    ("group_both", pa.int64()),
]

SCHEMA = pa.schema([(name, pa.string()) for name in KEYS] + _SUMS)
"""One row a cell. Let Y_u be person u's messages in the cell and N_u in its group (the same split,
any value), both after the cap; sums run over people:

messages = sum Y, messages_squared = sum Y^2, messages_cross = sum Y N, people = #(Y > 0),
conversations = distinct conversations in the cell, weight = sum Y/N, weight_squared = sum (Y/N)^2,
messages_low and weight_low count only messages of which the labeller was least sure (band 0 of
``labels.BANDS``), messages_middle and weight_middle those of band 1; both are 0 for what is stated,
group_messages = sum N, group_messages_squared = sum N^2, group_people = #(N > 0),
group_conversations likewise.

A cell's month may be a period (``2026-04/2026-06``): the later of two that are compared also sums
over people in both, with Y' and N' of the earlier one: both_messages = sum Y Y', both_cross =
sum Y N', both_before = sum Y' N, group_both = sum N N'. All are 0 elsewhere.

From these alone follow shares and their user-clustered variance."""
