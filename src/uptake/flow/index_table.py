"""A CSV with one row a place -> the numbers of an index; a cell that is no number is named."""

import csv
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from uptake.gather.figures import CellError, number
from uptake.gather.table_spec import Layout
from uptake.index.counts import of_events
from uptake.index.framework import Floats
from uptake.index.problem import Numbers
from uptake.index.spec import IndexInputError, Spec, Table

Row = dict[str, str]


def read_numbers(spec: Spec, folder: Path) -> Numbers:
    """Read the table of a spec.

    Args:
        spec: Names the columns.
        folder: Where its table is looked for.

    Raises:
        IndexInputError: The table lacks a column, a row has too few cells, a place stands twice,
            or a cell is no number; row and column are named.
    """
    table = spec.table
    rows = _rows(folder / table.file, table)
    _check_headings(spec, rows[0][1], table.file)
    places = [row[table.place].strip() for _, row in rows]
    _check_places(places, [line for line, _ in rows], table)
    groups = [row[table.group].strip() for _, row in rows] if table.group else [""] * len(rows)
    shape = (len(rows), len(spec.indicators))
    found = {
        part: np.full(shape, np.nan) for part in ("code", "denominator", "low", "high", "events")
    }
    found["denominator"] = np.ones(shape)
    for at, one in enumerate(spec.indicators):
        for part, column in found.items():
            heading = str(getattr(one, part))
            if heading and (part != "code" or one.tabular):
                column[:, at] = _column(rows, heading, table)
    low, high = of_events(found["code"], found["events"], spec.uncertainty.input_level)
    counted = np.isfinite(found["events"])
    return Numbers(
        file=table.file,
        places=tuple(places),
        names=tuple(row[table.name or table.place].strip() for _, row in rows),
        groups=np.unique(np.array(groups), return_inverse=True)[1].astype(np.intp),
        values=found["code"],
        denominators=found["denominator"],
        low=np.where(counted, low, found["low"]),
        high=np.where(counted, high, found["high"]),
    )


def _rows(path: Path, table: Table) -> list[tuple[int, Row]]:
    """Return the rows that count with their numbers, as a text editor counts lines."""
    if not path.is_file():
        raise IndexInputError(
            f"table.file, {table.file}", f"is no file in {path.parent}", "check the name"
        )
    try:
        text = path.read_text(encoding=table.encoding)
    except (LookupError, UnicodeError):
        raise IndexInputError(
            table.file,
            f"is not {table.encoding.removesuffix('-sig')}",
            "save it as CSV UTF-8, or set encoding under [table] (utf-16, cp1251 ...)",
        ) from None
    reader = csv.reader(text.splitlines(keepends=True), delimiter=table.delimiter)
    headings = [cell.strip() for cell in next(reader, [])]
    _check_unique(headings, table.file)
    try:
        lines = [(reader.line_num, cells) for cells in reader]
    except csv.Error as error:
        raise IndexInputError(
            f"{table.file} row {reader.line_num}", str(error), "check quotes and the delimiter"
        ) from None
    rows = []
    for line, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(headings):
            raise IndexInputError(
                f"{table.file} row {line}",
                f"has {len(cells)} cells under {len(headings)} headings",
                "check quotes and the delimiter",
            )
        row = dict(zip(headings, cells, strict=True))
        if all(row.get(k, "").strip() == v for k, v in table.where.items()):
            rows.append((line, row))
    if not rows:
        wanted = " where " + str(table.where) if table.where else ""
        raise IndexInputError(table.file, f"has no row{wanted}", "check table.file and table.where")
    return rows


def _check_unique(headings: Sequence[str], file: str) -> None:
    for heading, times in Counter(headings).items():
        if heading and times > 1:
            raise IndexInputError(
                file, f"has {times} columns called {heading!r}", "rename all but one"
            )


def _check_headings(spec: Spec, row: Row, file: str) -> None:
    table = spec.table
    wanted = [table.place, table.name, table.group, *table.where]
    for one in spec.indicators:
        wanted += [one.code if one.tabular else "", one.denominator, one.low, one.high, one.events]
    for heading in wanted:
        if heading and heading not in row:
            there = ", ".join(row)
            other = next((s for s in (";", "\t", "|") if s in there and table.delimiter != s), "")
            hint = f" (or set delimiter = {json.dumps(other)} under [table])" if other else ""
            raise IndexInputError(file, f"has no column {heading!r}", f"there are: {there}{hint}")


def _check_places(places: Sequence[str], lines: Sequence[int], table: Table) -> None:
    first: dict[str, int] = {}
    for place, line in zip(places, lines, strict=True):
        where = f"{table.file} row {line}, column {table.place}"
        if not place:
            raise IndexInputError(where, "names no place", "fill it or delete the row")
        if place in first:
            raise IndexInputError(
                where,
                f"{place!r} stands in row {first[place]} already",
                "keep one of the rows, or choose rows with table.where",
            )
        first[place] = line


def _column(rows: Sequence[tuple[int, Row]], heading: str, table: Table) -> Floats:
    layout = Layout(decimal=table.decimal, thousands=table.thousands)
    column = np.full(len(rows), np.nan)
    for at, (line, row) in enumerate(rows):
        cell = row[heading].strip()
        if cell in table.missing:
            continue
        try:
            column[at], comparator = number(cell, layout, "")
        except CellError as error:
            place = row[table.place].strip()
            raise IndexInputError(
                f"{table.file} row {line} ({place}), column {heading}", error.reason, error.mend
            ) from None
        if comparator not in {"=", "~"}:
            raise IndexInputError(
                f"{table.file} row {line} ({row[table.place].strip()}), column {heading}",
                f"{cell!r} is a bound, not a value",
                "write a value, and the bound in the columns of low and high",
            )
    return column
