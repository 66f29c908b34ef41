"""Sum a labelled sample by the groups of the tally, beside what its people have in the logs."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from uptake.catalog import facet
from uptake.engine.duck import Duck, duck
from uptake.model.dimensions import ALL, DIMENSIONS, KEYS
from uptake.model.goldcells import SCHEMA
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

NUMBERED = """
CREATE TEMP TABLE numbered AS
SELECT {unit} AS who, row_number() OVER (ORDER BY {unit}) AS person
FROM (SELECT DISTINCT {unit} FROM settled WHERE {inside})
"""
# ``bounded`` numbers people in the order of their pseudonyms: the same numbers name them again.

COUNTED = """
CREATE TEMP TABLE counted AS
SELECT person::INTEGER AS person, {month} AS month, {columns} FROM bounded WHERE NOT minor
"""

SAMPLED = """
CREATE TEMP TABLE sampled AS
SELECT * EXCLUDE (month, who, known), {month} AS month,
  coalesce(known, -dense_rank() OVER (ORDER BY who))::INTEGER AS person
FROM (
  SELECT g.{unit} AS who, w.person AS known, g.conversation, g.month, {columns},
    CASE WHEN s.user IS NULL THEN g.place::VARCHAR ELSE s.place END AS place,
    CASE WHEN s.user IS NULL THEN g.age_band::VARCHAR ELSE s.age_band END AS age_band,
    CASE WHEN s.user IS NULL THEN g.gender::VARCHAR ELSE s.gender END AS gender
  FROM sample AS g
  LEFT JOIN (SELECT DISTINCT user, month, place, age_band, gender FROM settled) AS s
    ON g.user = s.user AND g.month = s.month
  LEFT JOIN numbered AS w ON g.{unit} = w.who
) WHERE ({inside}) AND age_band NOT IN {minors}
"""
# A person has one place, age band and gender a month: the one that the logs settled on. Strangers
# to the logs have numbers below zero.

CELLS = """
WITH base AS (
  SELECT {by}, n, c, all_n, {fixed_n} AS wn FROM (
    SELECT {by}, count(*) AS n, count(DISTINCT conversation) AS c
    FROM sampled WHERE {truth} IS NOT NULL GROUP BY ALL
  ) LEFT JOIN (SELECT {by}, count(*) AS all_n FROM counted GROUP BY ALL) USING ({by})
),
person AS (
  SELECT {by}, value, sum(y)::BIGINT AS y, sum(f)::BIGINT AS f, sum(all_f)::BIGINT AS all_f FROM (
    SELECT {by}, {truth} AS value, 1 AS y, 0 AS f, 0 AS all_f
    FROM sampled WHERE {truth} IS NOT NULL
    UNION ALL SELECT {by}, {facet}, 0, 1, 0 FROM sampled WHERE {truth} IS NOT NULL
    UNION ALL SELECT {by}, {facet}, 0, 0, 1 FROM counted
  ) GROUP BY ALL
),
scaled AS (
  SELECT *, {fixed_y} AS wy, {fixed_f} AS wf, {fixed_all} AS share
  FROM person JOIN base USING ({by})
),
answers AS (SELECT {group} value, {sums} FROM scaled GROUP BY {group} value),
groups AS (SELECT {group} {group_sums} FROM base {group_by})
SELECT {keys}, '{facet}' AS facet, closed.value, messages, people, conversations, {found}
FROM groups CROSS JOIN (SELECT value FROM closed WHERE facet = '{facet}') AS closed
LEFT JOIN answers USING ({group} value)
"""
# Whole numbers, and fractions in units of ``sql.UNIT``: sums do not depend on their order.


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
        (strangers,) = db.row("SELECT count(*) FROM sampled WHERE person < 0")
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
    db.run(NUMBERED.format(unit=plan.unit, inside=inside))
    db.run(COUNTED.format(month=sql.MONTH, columns=named))
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


BY_VALUE = ("y", "f", "yy", "ff", "yf", "yn", "fn")
BY_GROUP = ("n", "nn")
BESIDE = {
    "all_f_y": "all_f * y",
    "all_f_f": "all_f * f",
    "all_f_n": "all_f * n",
    "all_n_y": "all_n * y",
    "all_n_f": "all_n * f",
}


def _cells(split: Split, name: str) -> str:
    """Return the query of one split and facet: a row a cell by ``goldcells.SCHEMA``."""
    keys = [f"'{split.name}' AS split"] + [
        d if d in split.dimensions else f"'{ALL}' AS {d}" for d in DIMENSIONS
    ]
    # A name is its own formula: "yf" sums the products of y and f.
    own = {sums: " * ".join(sums) for sums in (*BY_VALUE, *BY_GROUP)}
    fixed = {f"w_{sums}": " * ".join(f"w{letter}" for letter in sums) for sums in own}
    beside = {f"all_w_{letter}": f"share * w{letter}" for letter in ("y", "f", "n")}
    of_group = {sums: own[sums] for sums in BY_GROUP} | {
        "all_n_n": "CASE WHEN all_n IS NULL THEN 0 ELSE all_n * n END",
        **{f"w_{sums}": fixed[f"w_{sums}"] for sums in BY_GROUP},
    }
    of_value = {**own, **fixed, **BESIDE, **beside}
    by = ", ".join((*split.dimensions, "person"))
    group = "".join(f"{d}, " for d in split.dimensions)
    counts = ("sum(n)::BIGINT AS messages", "count(*) AS people", "sum(c)::BIGINT AS conversations")
    known = f"sum(n) FILTER (all_n IS NOT NULL) >= {FOUND} * sum(n) AS speaks"
    summed = [f"sum({formula}) AS {sums}" for sums, formula in of_group.items()]
    return CELLS.format(
        by=by,
        group=group,
        group_by=f"GROUP BY {group.rstrip(', ')}" if group else "",
        truth=f"true_{name}",
        facet=name,
        keys=", ".join(keys),
        sums=", ".join(f"sum({of_value[s]}) AS {s}" for s in of_value if s not in of_group),
        group_sums=", ".join([*counts, known, *summed]),
        found=", ".join(_found(sums) for sums in (*of_value, "all_n_n")),
        **{f"fixed_{v[0] if v != 'all_f' else 'all'}": _fixed(v) for v in ("y", "f", "n", "all_f")},
    )


def _fixed(column: str) -> str:
    return f"(({column} * {sql.UNIT}) // all_n)::HUGEINT"


def _found(sums: str) -> str:
    """Return a sum as it is stored; one that speaks for people is null where it can not."""
    if not sums.startswith(("w_", "all_w_")):
        return f"coalesce({sums}, 0)::DOUBLE AS {sums}"
    single = sums in {"w_y", "w_f", "w_n"}
    scale = f"{sql.UNIT}::DOUBLE" if single else f"({sql.UNIT}::DOUBLE * {sql.UNIT}::DOUBLE)"
    return f"CASE WHEN speaks THEN coalesce({sums}, 0)::DOUBLE / {scale} END AS {sums}"
