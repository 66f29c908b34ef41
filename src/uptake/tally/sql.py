"""The SQL that ends the tally: the zeros of closed lists, and each cell's group beside it."""

from uptake.model.dimensions import KEYS, TOTAL
from uptake.tally.sums import UNIT_BITS

UNIT = 1 << UNIT_BITS

_GROUP = ", ".join(k for k in KEYS if k not in {"facet", "value"})

FINISHED = f"""
WITH grp AS (SELECT * FROM merged WHERE facet = '{TOTAL}'),
whole AS (SELECT * FROM crossed WHERE facet = '{TOTAL}'),
grid AS (
  SELECT {_GROUP}, closed.facet, closed.value FROM grp CROSS JOIN closed
  UNION SELECT {_GROUP}, facet, value FROM merged
)
SELECT {_GROUP}, grid.facet, grid.value,
  coalesce(m.messages, 0)::BIGINT AS messages,
  coalesce(m.messages_squared, 0)::BIGINT AS messages_squared,
  coalesce(m.messages_cross, 0)::BIGINT AS messages_cross,
  coalesce(m.people, 0)::BIGINT AS people,
  coalesce(m.conversations, 0)::BIGINT AS conversations,
  coalesce(m.weight::DOUBLE / {UNIT}::DOUBLE, 0) AS weight,
  coalesce((m.high_squared::HUGEINT * {UNIT} + m.cross_squared::HUGEINT * {1 << 16}
    + m.low_squared)::DOUBLE / ({UNIT}::DOUBLE * {UNIT}::DOUBLE), 0) AS weight_squared,
  coalesce(m.messages_low, 0)::BIGINT AS messages_low,
  coalesce(m.messages_middle, 0)::BIGINT AS messages_middle,
  coalesce(m.weight_low::DOUBLE / {UNIT}::DOUBLE, 0) AS weight_low,
  coalesce(m.weight_middle::DOUBLE / {UNIT}::DOUBLE, 0) AS weight_middle,
  coalesce(g.messages, 0)::BIGINT AS group_messages,
  coalesce(g.messages_squared, 0)::BIGINT AS group_messages_squared,
  coalesce(g.people, 0)::BIGINT AS group_people,
  coalesce(g.conversations, 0)::BIGINT AS group_conversations,
  coalesce(b.both_messages, 0)::BIGINT AS both_messages,
  coalesce(b.both_cross, 0)::BIGINT AS both_cross,
  coalesce(b.both_before, 0)::BIGINT AS both_before,
  coalesce(w.both_messages, 0)::BIGINT AS group_both
FROM grid
LEFT JOIN merged AS m USING ({_GROUP}, facet, value)
LEFT JOIN grp AS g USING ({_GROUP})
LEFT JOIN crossed AS b USING ({_GROUP}, facet, value)
LEFT JOIN whole AS w USING ({_GROUP})
ORDER BY {_GROUP}, grid.facet, grid.value
"""  # noqa: S608 (names are our own closed lists)
# ``closed`` lists each facet's values: one that nobody in a group chose is a zero, not a gap.
