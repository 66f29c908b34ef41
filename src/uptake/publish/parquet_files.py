"""Release -> Parquet files: the shares in one, every other table in its own."""

from collections.abc import Sequence
from pathlib import Path

from uptake.publish.columns import NOTICE, Column, Row, Table
from uptake.publish.edition import Edition
from uptake.publish.tables import notice_of


def write_parquet(edition: Edition, folder: Path) -> None:
    """Write ``folder/parquet/<table>.parquet``; all splits of the shares go into ``shares``."""
    target = folder / "parquet"
    target.mkdir(parents=True, exist_ok=True)
    for table in merged(edition.tables):
        _write(table, notice_of(edition.release, usage=table.usage), target)


def merged(given: Sequence[Table]) -> list[Table]:
    """Join the tables of shares, which differ by their split only, into the first."""
    shares = [table for table in given if table.name.startswith("shares")]
    others = [table for table in given if not table.name.startswith("shares")]
    if not shares:
        return others
    rows = [row for table in shares for row in table.rows]
    first = shares[0]
    return [Table("shares", first.title, first.columns, first.key, rows), *others]


def _write(table: Table, notice: str, folder: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {"integer": pa.int64(), "number": pa.float64()}
    columns: Sequence[Column] = (*table.columns, NOTICE)
    schema = pa.schema(
        [
            pa.field(
                c.name, types.get(c.type, pa.string()), metadata={"description": c.description}
            )
            for c in columns
        ],
        metadata={"title": table.title, "notice": notice},
    )
    arrays = [
        pa.array(values, type=types.get(c.type, pa.string()))
        for c, values in zip(columns, _columns(table.rows, notice), strict=True)
    ]
    data = pa.Table.from_arrays(arrays, schema=schema)
    pq.write_table(data, folder / f"{table.name}.parquet", compression="zstd")


def _columns(rows: Sequence[Row], notice: str) -> list[Sequence[object]]:
    return [*zip(*rows, strict=True), [notice] * len(rows)]
