"""Sum a labelled sample by the groups of the tally, beside what its people have in the logs."""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from uptake.catalog import facet
from uptake.engine.duck import Duck, duck
from uptake.model.dimensions import ALL, DIMENSIONS, KEYS
from uptake.model.goldcells import SCHEMA
from uptake.model.labels import LANGUAGES
from uptake.model.labels import SCHEMA as LABELS
from uptake.model.messages import PARTITIONS
from uptake.model.rawgoldcells import RawGoldCells
from uptake.tally import sql
from uptake.tally.bounding import MINORS, bounded, distinct, settle
from uptake.tally.cells import Plan
from uptake.tally.rows import Rows, Source, dense
from uptake.tally.selection import Parts, opened
from uptake.tally.selection import settled as settled_months
from uptake.tally.splits import FACETS, Split

ANSWERED = (*FACETS, "language")
"""Facets that people can label. A topic's group is labelled where its topic is."""

_TRUTH: list[tuple[str, pa.DataType]] = [(f"true_{name}", pa.string()) for name in ANSWERED]
SAMPLE = pa.schema([*LABELS, *(pa.field(name, kind) for name, kind in _TRUTH)])
"""Labels of the sample's messages, and beside them what people said; null where they did not."""

INDEX = pa.int64()

FOUND = 0.9
"""Share of the labelled messages whose people must be in the logs to speak for people."""

SAMPLED = """
CREATE TEMP TABLE sampled AS
SELECT * EXCLUDE (who, known),
  coalesce(known, -dense_rank() OVER (ORDER BY who))::INTEGER AS person
FROM (
  SELECT g.{unit} AS who, w.person AS known, g.conversation, {columns},
    CASE WHEN g.month = 0 THEN 'unknown'
      ELSE format('{{:04d}}-{{:02d}}', g.month // 100, g.month % 100) END AS month,
    CASE WHEN s.user IS NULL THEN {stranger} ELSE s.place END AS place,
    CASE WHEN s.user IS NULL THEN g.age_band::VARCHAR ELSE s.age_band END AS age_band,
    CASE WHEN s.user IS NULL THEN g.gender::VARCHAR ELSE s.gender END AS gender
  FROM sample AS g
  LEFT JOIN (SELECT DISTINCT user, yyyymm, place, age_band, gender FROM logs) AS s
    ON g.user = s.user AND g.month = s.yyyymm
  LEFT JOIN (SELECT DISTINCT {unit} AS who, person FROM logs WHERE kept) AS w ON g.{unit} = w.who
) WHERE {inside} AND age_band NOT IN {minors}
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


def tally_gold(sample: pa.Table, parts: Parts, plan: Plan, *, threads: int = 2) -> RawGoldCells:
    """Sum a sample by every split of the plan and every facet that it is labelled with.

    Args:
        sample: Rows by ``SAMPLE``, one a labelled message.
        parts: Parquet files of the labels that the sample was drawn from; only what the sample's
            people wrote is looked at.
        plan: As of the tally of the same files.
        threads: Worker threads.
    """
    logs = _logs(sample, parts, plan)
    with duck(threads=threads) as db:
        _lay_out(db, sample, logs, plan)
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


def _logs(sample: pa.Table, parts: Parts, plan: Plan) -> pa.Table:
    """Bound what the sample's people wrote as the tally does, and settle who they are.

    Returns:
        Their distinct messages: pseudonyms, attributes and labels as text, ``person`` (a number),
        and whether each is ``kept`` under the cap and in some figure.
    """
    import pyarrow.compute as pc
    import pyarrow.dataset as ds

    theirs = opened(parts).to_table(filter=pc.field("user").isin(sample["user"].unique()))
    source = Source(ds.dataset(theirs), FACETS, settled_months(parts))

    def read(*, vectors: bool = False) -> Rows:
        return source.read(0, PARTITIONS - 1, vectors=vectors)

    rows = read()
    one = distinct(rows, lambda: read(vectors=True), source.precedence)

    def wide() -> Rows:
        whole = read(vectors=True)
        return whole if one is None else whole.take(one)

    settled = settle(
        rows if one is None else rows.take(one), source.vocabulary, plan.places, plan.protected
    )
    kept = bounded(settled, plan.cap, wide) & ~settled.minor
    person, _ = dense(settled.rows.ids[plan.unit])
    codes = settled.rows.codes
    named: dict[str, Any] = {
        name: pa.array(source.vocabulary.of(name), pa.string()).take(pa.array(codes[name], INDEX))
        for name in (*DIMENSIONS, *FACETS)
    }
    months = np.asarray(source.vocabulary.months, dtype=np.int64)
    return pa.table(
        {
            "user": _bytes(settled.rows.ids["user"]),
            "conversation": _bytes(settled.rows.ids["conversation"]),
            "person": pa.array(person, pa.int32()),
            "kept": pa.array(kept),
            "yyyymm": pa.array(months[codes["month"]], pa.int32()),
            **named,
        }
    )


def _bytes(ids: NDArray[np.uint64]) -> "pa.Array[Any]":
    raw = ids.astype(">u8").tobytes()
    return pa.Array.from_buffers(pa.binary(16), len(ids), [None, pa.py_buffer(raw)])


def _lay_out(db: Duck, sample: pa.Table, logs: pa.Table, plan: Plan) -> None:
    """Make the tables that every query reads: ``sampled`` and ``counted``."""
    told = [f"g.{name}::VARCHAR AS {name}" for name in ANSWERED]
    told += [f"g.true_{name} AS true_{name}" for name in ANSWERED]
    places = None if plan.places is None else (*plan.places, "unknown")
    inside = "true" if places is None else f"place IN {places}"
    inside += "".join(f" AND place != '{code}'" for code in plan.protected.withheld)
    coarsened = "".join(f" WHEN '{code}' THEN 'unknown'" for code in plan.protected.coarsened)
    own = "g.place::VARCHAR"
    db.run(
        SAMPLED.format(
            unit=plan.unit,
            columns=", ".join(told),
            stranger=f"CASE {own}{coarsened} ELSE {own} END" if coarsened else own,
            inside=inside,
            minors=MINORS,
        ),
        sample=sample.select(SAMPLE.names),
        logs=logs,
    )
    columns = ", ".join(("person", *DIMENSIONS, *FACETS))
    db.run(
        f"CREATE TEMP TABLE counted AS SELECT {columns} FROM logs WHERE kept",  # noqa: S608 (ours)
        logs=logs,
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
