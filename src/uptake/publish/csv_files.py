"""Release -> CSV files, UTF-8, one a table, safe to open in a spreadsheet."""

import csv
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

from uptake.model.release import Release
from uptake.publish.columns import NOTICE, Column, Field, Row, Table
from uptake.publish.edition import Edition
from uptake.publish.tables import notice_of

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def guarded(cell: Field) -> Field:
    """Put an apostrophe before a text that a spreadsheet would run as a formula.

    >>> guarded("=1+1"), guarded(" plain"), guarded(-1)
    ("'=1+1", ' plain', -1)
    """
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return cell


def text_of(columns: Sequence[Column], rows: Sequence[Row], notice: str) -> str:
    """Return rows as CSV with a header and the column ``notice``."""
    buffer = StringIO()
    # RFC 4180. With "\n" alone the writer would leave a lone carriage return unquoted.
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([*(column.name for column in columns), NOTICE.name])
    shown = guarded(notice)
    writer.writerows([*map(guarded, row), shown] for row in rows)
    return buffer.getvalue()


def write_table(table: Table, release: Release, folder: Path) -> None:
    """Write one table."""
    notice = notice_of(release, usage=table.usage)
    path = folder / f"{table.name}.csv"
    path.write_text(text_of(table.columns, table.rows, notice), encoding="utf-8", newline="")


def write_csv(edition: Edition, folder: Path) -> None:
    """Write ``folder/csv/<table>.csv`` for each table of the release."""
    target = folder / "csv"
    target.mkdir(parents=True, exist_ok=True)
    for table in edition.tables:
        write_table(table, edition.release, target)
