"""Sum a labelled sample by the groups of the tally, beside what its people have in the logs."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from uptake.catalog import facet
from uptake.engine.duck import Duck, duck
from uptake.model.dimensions import ALL, DIMENSIONS, KEYS
from uptake.model.goldcells import OWN, SCHEMA
from uptake.model.labels import LANGUAGES
from uptake.model.labels import SCHEMA as LABELS
from uptake.model.messages import PARTITIONS
from uptake.model.rawgoldcells import RawGoldCells
from uptake.tally import sql
from uptake.tally.cells import Plan
from uptake.tally.splits import FACETS, Split

ANSWERED = (*FACETS, "language")
"""Facets that people can label. A topic's group is labelled where its topic is."""

_TRUTH: list[tuple[str, pa.DataType]] = [(f"true_{name}", pa.string()) for name in ANSWERED]
SAMPLE = pa.schema([*LABELS, *(pa.field(name, kind) for name, kind in _TRUTH)])
"""Labels of the sample's messages, and beside them what people said; null where they did not."""

FOUND = 0.9
"""Share of the labelled messages whose people must be in the logs to speak for people."""

KNOWN = """
CREATE TEMP VIEW labels AS SELECT * FROM {source}
WHERE user IN (SELECT user FROM sample)
"""

COUNTED = """
CREATE TEMP TABLE counted AS
WITH who AS (
  SELECT {unit} AS who, row_number() OVER (ORDER BY {unit}) AS person
  FROM (SELECT DISTINCT {unit} FROM settled WHERE {inside})
)
SELECT who, {month} AS month, {columns}
FROM bounded JOIN who USING (person) WHERE NOT minor
"""
# ``bounded`` numbers people in the order of their pseudonyms: the same numbers name them again.

SAMPLED = """
CREATE TEMP TABLE sampled AS
SELECT * EXCLUDE (month), {month} AS month FROM (
  SELECT g.{unit} AS who, g.conversation, g.month, {columns},
    CASE WHEN s.user IS NULL THEN g.place::VARCHAR ELSE s.place END AS place,
    CASE WHEN s.user IS NULL THEN g.age_band::VARCHAR ELSE s.age_band END AS age_band,
    CASE WHEN s.user IS NULL THEN g.gender::VARCHAR ELSE s.gender END AS gender
  FROM sample AS g
  LEFT JOIN (SELECT DISTINCT user, month, place, age_band, gender FROM settled) AS s
    ON g.user = s.user AND g.month = s.month
) WHERE ({inside}) AND age_band NOT IN {minors}
"""
# A person has one place, age band and gender a month: the one that the logs settled on.

CELLS = """
WITH base AS (
  SELECT {by}, count(*) AS n, count(DISTINCT conversation) AS c
  FROM sampled WHERE {truth} IS NOT NULL GROUP BY ALL
),
said AS (
  SELECT {by}, value, sum(y)::BIGINT AS y, sum(f)::BIGINT AS f FROM (
    SELECT {by}, {truth} AS value, 1 AS y, 0 AS f FROM sampled WHERE {truth} IS NOT NULL
    UNION ALL SELECT {by}, {facet}, 0, 1 FROM sampled WHERE {truth} IS NOT NULL
  ) GROUP BY ALL
),
whole AS (SELECT {by}, count(*) AS all_n FROM counted GROUP BY ALL),
part AS (SELECT {by}, {facet} AS value, count(*) AS all_f FROM counted GROUP BY ALL),
person AS (
  SELECT {group} v.value, b.n, b.c, coalesce(s.y, 0) AS y, coalesce(s.f, 0) AS f,
    w.all_n, coalesce(p.all_f, 0) AS all_f
  FROM base AS b CROSS JOIN (SELECT value FROM closed WHERE facet = '{facet}') AS v
  LEFT JOIN said AS s USING ({by}, value)
  LEFT JOIN whole AS w USING ({by})
  LEFT JOIN part AS p USING ({by}, value)
),
scaled AS (
  SELECT *, ((y * {one}) // all_n)::HUGEINT AS wy, ((f * {one}) // all_n)::HUGEINT AS wf,
    ((n * {one}) // all_n)::HUGEINT AS wn, ((all_f * {one}) // all_n)::HUGEINT AS share
  FROM person
)
SELECT {keys}, '{facet}' AS facet, value, sum(n)::BIGINT AS messages,
  count(*)::BIGINT AS people, sum(c)::BIGINT AS conversations,
  {own},
  coalesce(sum(all_f * y) FILTER (all_n IS NOT NULL), 0)::DOUBLE AS all_f_y,
  coalesce(sum(all_f * f) FILTER (all_n IS NOT NULL), 0)::DOUBLE AS all_f_f,
  coalesce(sum(all_f * n) FILTER (all_n IS NOT NULL), 0)::DOUBLE AS all_f_n,
  coalesce(sum(all_n * y), 0)::DOUBLE AS all_n_y,
  coalesce(sum(all_n * f), 0)::DOUBLE AS all_n_f,
  coalesce(sum(all_n * n), 0)::DOUBLE AS all_n_n,
  {weighted}
FROM scaled GROUP BY {group} value
"""


def tally_gold(
    sample: pa.Table, parts: Sequence[Path], plan: Plan, *, threads: int = 2
) -> RawGoldCells:
    """Sum a sample by every split of the plan and every facet that it is labelled with.

    Args:
        sample: Rows by ``SAMPLE``, one a labelled message.
        parts: Parquet files of the labels that the sample was drawn from; only what the sample's
            people wrote is looked at.
        plan: As of the tally of the same files.
        threads: Worker threads.
    """
    with duck(threads=threads) as db:
        db.run("CREATE TEMP TABLE sample AS SELECT * FROM given", given=sample.select(SAMPLE.names))
        listed = ", ".join("'" + str(part).replace("'", "''") + "'" for part in parts)
        source = f"read_parquet([{listed}])" if parts else "empty_labels"
        empty = {} if parts else {"empty_labels": LABELS.empty_table()}
        db.run(KNOWN.format(source=source), **empty)
        _count(db, plan)
        closed = _closed()
        found = [
            db.table(_cells(split, name), closed=closed)
            for split in plan.splits
            for name in ANSWERED
            if name in split.facets
        ]
        (strangers,) = db.row(
            "SELECT count(*) FROM sampled WHERE who NOT IN (SELECT who FROM counted)"
        )
    tables = [table.select(SCHEMA.names).cast(SCHEMA) for table in found]
    table = pa.concat_tables(tables) if tables else SCHEMA.empty_table()
    ordered = table.sort_by([(name, "ascending") for name in KEYS])
    return RawGoldCells(ordered, int(str(strangers)))


def _count(db: Duck, plan: Plan) -> None:
    """Bound what the sample's people wrote as the tally does, and settle who they are."""
    for statement in sql.enumerations():
        db.run(statement)
    db.run(sql.distinct(0, PARTITIONS - 1))
    for dimension in ("place", "age_band", "gender"):
        db.run(sql.person_month(dimension))
    db.run(sql.SETTLED)
    db.run(sql.bounded(plan.cap, plan.places, plan.unit))
    inside = sql.inside(plan.places)
    named = ", ".join(f"{name}::VARCHAR AS {name}" for name in sql.CODED)
    db.run(COUNTED.format(unit=plan.unit, inside=inside, month=sql.MONTH, columns=named))
    told = ", ".join(
        [f"{name}::VARCHAR AS {name}" for name in ANSWERED] + [f"true_{n}" for n in ANSWERED]
    )
    db.run(
        SAMPLED.format(
            unit=plan.unit, inside=inside, month=sql.MONTH, columns=told, minors=sql.MINORS
        )
    )


def _closed() -> pa.Table:
    rows = [(name, value) for name in ("intent", "work", "topic") for value in facet(name).ids]
    rows += [("topic_group", group.id) for group in facet("topic").groups]
    rows += [("language", code) for code in LANGUAGES]
    return pa.table({"facet": [f for f, _ in rows], "value": [v for _, v in rows]})


def _cells(split: Split, name: str) -> str:
    """Return the query of one split and facet: a row a cell by ``goldcells.SCHEMA``."""
    keys = [f"'{split.name}' AS split"] + [
        d if d in split.dimensions else f"'{ALL}' AS {d}" for d in DIMENSIONS
    ]
    factors = {name: tuple(name) for name in OWN}  # "yf" is the product of y and f
    own = [f"sum({' * '.join(of)})::DOUBLE AS {name}" for name, of in factors.items()]
    one = f"{sql.UNIT}::DOUBLE"
    enough = f"sum(n) FILTER (all_n IS NOT NULL) >= {FOUND} * sum(n)"
    by_people = [
        (f"w_{name}", " * ".join(f"w{f}" for f in of), len(of)) for name, of in factors.items()
    ]
    by_people += [(f"all_w_{f}", f"share * w{f}", 2) for f in ("y", "f", "n")]
    weighted = [
        f"CASE WHEN {enough} THEN sum({of})::DOUBLE / {' / '.join([one] * power)} END AS {name}"
        for name, of, power in by_people
    ]
    return CELLS.format(
        by=", ".join((*split.dimensions, "who")),
        group="".join(f"{d}, " for d in split.dimensions),
        truth=f"true_{name}",
        facet=name,
        one=sql.UNIT,
        keys=", ".join(keys),
        own=", ".join(own),
        weighted=", ".join(weighted),
    )
