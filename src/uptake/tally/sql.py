"""The SQL of the tally, a step each; every query is local to a set of partitions of people."""

from uptake.model.dimensions import ALL, DIMENSIONS, KEYS, TOTAL
from uptake.tally.splits import FACETS, Split

MINORS = ("13-17", "under-13")
"""Age bands that enter no figure: their people are counted as withheld, nothing else."""

UNIT = 1 << 30
"""Fixed-point one for per-person weights: integer sums do not depend on their order."""

DISTINCT = """
CREATE OR REPLACE TEMP TABLE distinct_message AS
SELECT * EXCLUDE (copy) FROM (
  SELECT *, row_number() OVER (
    PARTITION BY message
    ORDER BY time, month, place, age_band, gender, language, intent, work, topic, topic_p
  ) AS copy
  FROM labels WHERE bucket BETWEEN {first} AND {last}
) WHERE copy = 1
"""
# A message read twice counts once. Which copy is kept can only matter if the copies differ
# (their context was cut elsewhere); then the order of all that is counted decides, not chance.

PERSON_MONTH = """
CREATE OR REPLACE TEMP TABLE person_month AS
WITH stated AS (
  SELECT user, month, {dimension} AS value, count(*) AS messages
  FROM distinct_message WHERE {dimension} <> 'unknown' GROUP BY ALL
)
SELECT user, month, max_by(value, (messages, value)) AS value FROM stated GROUP BY ALL
"""
# One value per person and month: the most frequent stated one, the last in the alphabet on a tie.

SETTLED = """
CREATE OR REPLACE TEMP TABLE settled AS
SELECT m.* EXCLUDE (place, age_band, gender),
  coalesce(p.value, 'unknown') AS place,
  coalesce(a.value, 'unknown') AS age_band,
  coalesce(g.value, 'unknown') AS gender
FROM distinct_message AS m
LEFT JOIN person_place AS p USING (user, month)
LEFT JOIN person_age_band AS a USING (user, month)
LEFT JOIN person_gender AS g USING (user, month)
"""

BOUNDED = """
CREATE OR REPLACE TEMP TABLE bounded AS
WITH ranked AS (
  SELECT *,
    row_number() OVER (
      PARTITION BY user, month
      ORDER BY time, intent, work, topic, language, topic_p, intent_p, work_p, message
    ) - 1 AS rank,
    count(*) OVER (PARTITION BY user, month) AS sent
  FROM settled WHERE {inside}
)
SELECT
  dense_rank() OVER (ORDER BY {unit})::INTEGER AS person,
  dense_rank() OVER (ORDER BY conversation)::INTEGER AS conversation,
  month, {columns}, age_band IN {minors} AS minor
FROM ranked
WHERE sent <= {cap} OR (rank + 1) * {cap} // sent > rank * {cap} // sent
"""
# A systematic sample in the order of time: exactly min(sent, cap) messages of a person's month,
# spread evenly over it, and the same ones whatever the pseudonyms' key was.


MONTH = """CASE WHEN month = 0 THEN 'unknown'
    ELSE format('{:04d}-{:02d}', month // 100, month % 100) END"""

CODED = ("place", "age_band", "gender", "language", *FACETS)
"""Columns held as enumerations while counting: grouping by text costs three times as much."""

EVERY = """
WITH n AS (SELECT {by}, count(*) AS all_sent FROM bounded WHERE NOT minor GROUP BY ALL)
"""

ANSWERS = """
SELECT {keys}, '{facet}' AS facet, {value} AS value,
  sum(sent)::BIGINT AS messages,
  sum(sent * sent)::BIGINT AS messages_squared,
  sum(sent * all_sent)::BIGINT AS messages_cross,
  count(*)::BIGINT AS people,
  sum(conversations)::BIGINT AS conversations,
  sum(weight)::HUGEINT AS weight,
  sum(weight::HUGEINT * weight)::HUGEINT AS weight_squared
FROM (
  SELECT y.*, n.all_sent, (y.sent * {unit}) // n.all_sent AS weight
  FROM (
    SELECT {by}{column}, count(*) AS sent, count(DISTINCT conversation) AS conversations
    FROM bounded WHERE NOT minor GROUP BY ALL
  ) AS y JOIN n USING ({by_person})
) GROUP BY {group} HAVING count(*) > 0
"""

MINORS_APART = """
SELECT {keys}, 'age_band' AS facet, age_band::VARCHAR AS value,
  count(*)::BIGINT, 0, 0, count(DISTINCT person)::BIGINT, count(DISTINCT conversation)::BIGINT, 0, 0
FROM bounded WHERE minor GROUP BY {group}
"""
# Minors are a cell of their own, to be withheld; no group's total includes them.


def distinct(first: int, last: int) -> str:
    """Return the statement that keeps one copy of each message of these partitions."""
    return DISTINCT.format(first=first, last=last)


def person_month(dimension: str) -> str:
    """Return the statement that settles one value of a dimension per person and month."""
    name = f"person_{dimension}"
    return PERSON_MONTH.format(dimension=dimension).replace("TABLE person_month", f"TABLE {name}")


def inside(places: tuple[str, ...] | None) -> str:
    """Return the condition that keeps messages of the region and unlocated ones."""
    if places is None:
        return "true"
    listed = ", ".join(f"'{place}'" for place in (*places, "unknown"))
    return f"place IN ({listed})"


def enumerations() -> list[str]:
    """Return the statements that make each text column's values an enumeration."""
    return [
        f"CREATE TYPE coded_{c} AS ENUM (SELECT DISTINCT {c}::VARCHAR AS v FROM labels "  # noqa: S608
        "UNION SELECT 'unknown' ORDER BY v)"
        for c in CODED
    ]


def bounded(cap: int, places: tuple[str, ...] | None, unit: str) -> str:
    """Return the statement that bounds each person's month to ``cap`` messages.

    ``unit`` is the column whose values count as people: ``user``, or ``conversation``.
    """
    columns = ", ".join(f"{c}::coded_{c} AS {c}" for c in CODED)
    return BOUNDED.format(cap=cap, inside=inside(places), minors=MINORS, columns=columns, unit=unit)


def cells(split: Split) -> str:
    """Return the query that sums one split: a row a cell, columns as in ``PART``.

    People are numbered within the partitions at hand, so that sums of several runs over
    disjoint partitions add up exactly.
    """
    by = [*split.dimensions, "person"]
    text = {d: MONTH if d == "month" else f"{d}::VARCHAR" for d in DIMENSIONS}
    keys = ", ".join(
        [f"'{split.name}' AS split"]
        + [f"{text[d] if d in split.dimensions else repr(ALL)} AS {d}" for d in DIMENSIONS]
    )
    queries = []
    for facet in split.facets:
        whole = facet == TOTAL
        group = [*split.dimensions, *([] if whole else [facet])]
        queries.append(
            ANSWERS.format(
                keys=keys,
                facet=facet,
                value=repr(ALL) if whole else f"{facet}::VARCHAR",
                by=", ".join(by),
                column="" if whole else f", {facet}",
                by_person=", ".join(by),
                group=", ".join(group) or "()",
                unit=UNIT,
            )
        )
    if "age_band" in split.facets:
        group = [*split.dimensions, "age_band"]
        queries.append(MINORS_APART.format(keys=keys, group=", ".join(group)))
    return EVERY.format(by=", ".join(by)) + " UNION ALL ".join(queries)


PART = """
CREATE OR REPLACE TEMP TABLE part (
  split VARCHAR, place VARCHAR, month VARCHAR, age_band VARCHAR, gender VARCHAR, language VARCHAR,
  facet VARCHAR, value VARCHAR, messages BIGINT, messages_squared BIGINT, messages_cross BIGINT,
  people BIGINT, conversations BIGINT, weight HUGEINT, weight_squared HUGEINT
)
"""

MERGED = f"""
CREATE OR REPLACE TEMP TABLE merged AS
SELECT {", ".join(KEYS)},
  sum(messages) AS messages, sum(messages_squared) AS messages_squared,
  sum(messages_cross) AS messages_cross, sum(people) AS people,
  sum(conversations) AS conversations,
  sum(weight) AS weight, sum(weight_squared) AS weight_squared
FROM part GROUP BY ALL
"""  # noqa: S608 (names are our own closed lists)

_GROUP = ", ".join(k for k in KEYS if k not in {"facet", "value"})

FINISHED = f"""
WITH grp AS (SELECT * FROM merged WHERE facet = '{TOTAL}'),
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
  coalesce(m.weight_squared::DOUBLE / ({UNIT}::DOUBLE * {UNIT}::DOUBLE), 0) AS weight_squared,
  coalesce(g.messages, 0)::BIGINT AS group_messages,
  coalesce(g.messages_squared, 0)::BIGINT AS group_messages_squared,
  coalesce(g.people, 0)::BIGINT AS group_people,
  coalesce(g.conversations, 0)::BIGINT AS group_conversations
FROM grid
LEFT JOIN merged AS m USING ({_GROUP}, facet, value)
LEFT JOIN grp AS g USING ({_GROUP})
ORDER BY {_GROUP}, grid.facet, grid.value
"""  # noqa: S608 (names are our own closed lists)
# ``closed`` lists each facet's values: one that nobody in a group chose is a zero, not a gap.
