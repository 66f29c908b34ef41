"""Count: Parquet parts of labels in, exact cells out, a few partitions of people at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pyarrow as pa

from uptake.catalog import facet
from uptake.engine.duck import Duck, duck
from uptake.model.cells import SCHEMA as CELLS
from uptake.model.errors import ConfigError
from uptake.model.messages import PARTITIONS
from uptake.model.rawcells import RawCells
from uptake.tally import sql
from uptake.tally.counts import Counts
from uptake.tally.splits import DEFAULT_SPLITS, Split

PASS_MESSAGES = 120_000
"""About how many messages one pass holds: memory depends on this, not on the size of the logs."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to count.

    Attributes:
        cap: Most messages of one person counted in one month.
        places: The region; None counts every place.
        splits: By which dimensions.
        unit: Whose accident the intervals cover: that of the ``user``, or of the ``conversation``
            where all logs are one person's.
    """

    cap: int = 30
    places: tuple[str, ...] | None = None
    splits: tuple[Split, ...] = DEFAULT_SPLITS
    unit: Literal["user", "conversation"] = "user"

    def __post_init__(self) -> None:
        """Refuse a cap below one."""
        if self.cap < 1:
            raise ConfigError(f"messages_cap is {self.cap}; set it to 1 or more")


def tally(parts: Sequence[Path], plan: Plan, *, threads: int = 2) -> tuple[RawCells, Counts]:
    """Count the labels of these Parquet files.

    The result does not depend on the order of files or rows, nor on the pseudonyms' key.
    """
    with duck(threads=threads) as db:
        listed = ", ".join("'" + str(part).replace("'", "''") + "'" for part in parts)
        source = f"read_parquet([{listed}])" if parts else "empty_labels"
        from uptake.model.labels import SCHEMA as LABELS

        empty = {"empty_labels": LABELS.empty_table()} if not parts else {}
        db.run(f"CREATE VIEW labels AS SELECT * FROM {source}", **empty)  # noqa: S608
        return _count(db, plan)


def tally_table(labels: pa.Table, plan: Plan) -> tuple[RawCells, Counts]:
    """Count labels held in memory: the same result as ``tally`` on a file of them."""
    with duck() as db:
        db.run("CREATE TEMP TABLE labels AS SELECT * FROM given", given=labels)
        return _count(db, plan)


def _count(db: Duck, plan: Plan) -> tuple[RawCells, Counts]:
    (rows,) = db.row("SELECT count(*) FROM labels")
    step = max(1, PARTITIONS // max(1, -(-int(str(rows)) // PASS_MESSAGES)))
    db.run(sql.PART)
    for statement in sql.enumerations():
        db.run(statement)
    counts = Counts(rows=int(str(rows)))
    for first in range(0, PARTITIONS, step):
        db.run(sql.distinct(first, min(first + step, PARTITIONS) - 1))
        for dimension in ("place", "age_band", "gender"):
            db.run(sql.person_month(dimension))
        db.run(sql.SETTLED)
        db.run(sql.bounded(plan.cap, plan.places, plan.unit))
        counts = counts.plus(_totals(db, plan))
        for split in plan.splits:
            db.run(f"INSERT INTO part {sql.cells(split)}")
    db.run(sql.MERGED)
    cells = db.table(sql.FINISHED, closed=_closed_values())
    return RawCells(cells.cast(CELLS), plan.cap), counts


def _closed_values() -> pa.Table:
    rows = [(name, value) for name in ("intent", "work", "topic") for value in facet(name).ids]
    rows += [("topic_group", group.id) for group in facet("topic").groups]
    return pa.table({"facet": [f for f, _ in rows], "value": [v for _, v in rows]})


def _totals(db: Duck, plan: Plan) -> Counts:
    inside = sql.inside(plan.places)
    unknown = ", ".join(
        f"count(*) FILTER ({dimension} = 'unknown')"
        for dimension in ("place", "age_band", "gender")
    )
    row = db.row(
        f"""SELECT count(*), count(DISTINCT conversation),
          count(DISTINCT user) FILTER (user_known),
          count(DISTINCT conversation) FILTER (NOT user_known),
          count(*) FILTER (NOT ({inside})),
          count(*) FILTER (({inside}) AND age_band IN {sql.MINORS}),
          count(*) FILTER ({inside}) - (SELECT count(*) FROM bounded),
          min(month) FILTER (month > 0), max(month) FILTER (month > 0),
          {unknown},
          count(*) FILTER (month = 0)
        FROM settled"""  # noqa: S608 (our own closed lists)
    )
    numbers = [int(str(value)) if value is not None else 0 for value in row]
    languages = db.table("SELECT language, count(*) AS n FROM settled GROUP BY ALL ORDER BY ALL")
    return Counts(
        messages=numbers[0],
        conversations=numbers[1],
        people=numbers[2],
        anonymous=numbers[3],
        elsewhere=numbers[4],
        minors=numbers[5],
        capped=numbers[6],
        months=(numbers[7], numbers[8]) if numbers[7] else None,
        unknown=dict(zip(("place", "age_band", "gender", "month"), numbers[9:], strict=True)),
        languages={str(row["language"]): int(row["n"]) for row in languages.to_pylist()},
    )
