"""Indicator tables -> a source and its observations, each cell understood or refused by name."""

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar, cast, get_args

from uptake.gather.expectations import Placed, check
from uptake.gather.figures import CellError, number, period, place_reader, shown
from uptake.gather.indicators import catalogue_indicators
from uptake.gather.table_spec import Spec, TableError, read_spec
from uptake.model.evidence import Comparator, Observation, Source

_Status = Literal["actual", "target", "imputed"]
_Word = TypeVar("_Word", bound=str)
_STATUSES: tuple[_Status, ...] = get_args(_Status)
_COMPARATORS: tuple[Comparator, ...] = get_args(Comparator)


def gather_table(name_or_path: str | Path) -> tuple[Source, tuple[Observation, ...]]:
    """Read an indicator table: a name in the catalogue, or the path of a TOML with a CSV beside it.

    A row without a value gives no observation. Nothing else is left out: a cell that can not be
    understood, a value that is not finite or out of its expected range, a cell stated twice or a
    missed expectation refuses the whole table.

    Raises:
        UnknownNameError: The catalogue has no such table.
        TableError: The message names file, row, column and mend.
    """
    spec = read_spec(name_or_path)
    data = _bytes(spec)
    rows = list(_observations(spec, _decoded(spec, data)))
    _refuse_duplicates(spec, rows)
    check(spec, rows)
    origin = spec.origin
    source = Source(
        id=spec.id,
        producer=origin.producer,
        title=origin.title,
        url=origin.url,
        licence=origin.licence,
        citation=origin.citation or f"{origin.producer}: {origin.title}",
        published=origin.published,
        accessed=origin.accessed,
        sha256=hashlib.sha256(data).hexdigest(),
        note=origin.note,
    )
    return source, tuple(observation for _, observation in rows)


def _bytes(spec: Spec) -> bytes:
    try:
        return spec.csv.read_bytes()
    except OSError as error:
        raise TableError(
            spec.csv.name, error.strerror or "can not be read", f"{spec.name} expects it beside it"
        ) from None


_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def _decoded(spec: Spec, data: bytes) -> str:
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), spec.layout.encoding)
    try:
        return data.decode(encoding)
    except LookupError:
        raise TableError(
            spec.name, f"table.encoding {encoding!r} is not known", "write one, such as cp1251"
        ) from None
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise TableError(
            f"{spec.csv.name}, row {row}",
            f"is not {encoding}",
            f"save it as UTF-8 or set table.encoding in {spec.name}",
        ) from None


def _rows(spec: Spec, text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield line number and cells of each row that is not blank; the first is the heading."""
    lines = io.StringIO(text, newline="")
    above = spec.layout.heading_row - 1
    for _ in range(above):
        lines.readline()
    reader = csv.reader(lines, delimiter=spec.layout.delimiter, strict=True)
    try:
        for cells in reader:
            if any(cells):
                yield above + reader.line_num, cells
    except csv.Error as error:
        where = f"{spec.csv.name}, row {above + reader.line_num}"
        raise TableError(where, f"{error}", "mend its quotes and line ends") from None


@dataclass(frozen=True, slots=True)
class _Heading:
    """Where the columns stand; -1 for one that is not there."""

    at: dict[str, int]
    periods: tuple[tuple[int, str], ...]
    width: int


def _heading(spec: Spec, cells: Sequence[str]) -> _Heading:
    titles = [cell.strip() for cell in cells]
    where = f"{spec.csv.name}, heading"
    at = {}
    for role in spec.columns.__struct_fields__:
        title = getattr(spec.columns, role)
        if title and titles.count(title) > 1:
            raise TableError(where, f"column {title!r} stands twice", "leave one of them")
        at[role] = titles.index(title) if title in titles else -1
    periods: tuple[tuple[int, str], ...] = ()
    if spec.layout.layout == "wide":
        pattern = re.compile(spec.layout.periods)
        matches = ((i, pattern.fullmatch(title)) for i, title in enumerate(titles))
        periods = tuple((i, m[m.lastindex or 0]) for i, m in matches if m)
        if not periods:
            raise TableError(
                where, "no column is a period", f"set table.periods in {spec.name} to match them"
            )
    for role in ("place", *(() if periods else ("period", "value")), "indicator", "unit"):
        if at[role] < 0 and not getattr(spec.layout, role, ""):
            raise TableError(
                where,
                f"no column {getattr(spec.columns, role)!r}; there is: {', '.join(titles)}",
                f"set columns.{role} (or table.{role}) in {spec.name}",
            )
    return _Heading(at, periods, len(titles))


def _observations(spec: Spec, text: str) -> Iterator[Placed]:
    rows = _rows(spec, text)
    first = next(rows, None)
    if first is None:
        raise TableError(spec.csv.name, "is empty", "put the table there")
    heading = _heading(spec, first[1])
    reader = _Reader(spec, heading)
    for line, cells in rows:
        if len(cells) != heading.width:
            raise TableError(
                f"{spec.csv.name}, row {line}",
                f"has {len(cells)} cells where the heading has {heading.width}",
                "mend its quotes, or set table.delimiter",
            )
        yield from reader.row(line, cells)


class _Reader:
    """Reads row after row of one table; keeps what is the same for all of them."""

    def __init__(self, spec: Spec, heading: _Heading) -> None:
        self.spec = spec
        self.heading = heading
        self.place = place_reader()
        self.missing = frozenset(spec.layout.missing)
        self.units = {i.id: i.unit for i in (*catalogue_indicators(), *spec.indicators)}

    def row(self, line: int, cells: Sequence[str]) -> Iterator[Placed]:
        at, periods = self.heading.at, self.heading.periods
        for column, printed in periods or ((at["value"], ""),):
            if cells[column].strip() in self.missing:
                continue
            found = self._observation(line, cells, column, printed)
            if found:
                title = printed or self.spec.columns.value
                yield f"row {line}, column {title!r}", found

    def _observation(
        self, line: int, cells: Sequence[str], column: int, printed: str
    ) -> Observation | None:
        spec, at = self.spec, self.heading.at
        title = "place"
        try:
            try:
                place = self.place(cells[at["place"]])
            except CellError:
                if spec.layout.unknown_places == "skip":
                    return None
                raise
            title = "period"
            when = period(printed or self._text(cells, "period", spec.layout.period))
            title = "unit"
            indicator = self._text(cells, "indicator", spec.layout.indicator)
            unit = self._unit(indicator, self._text(cells, "unit", spec.layout.unit))
            title = "status"
            status = self._one_of(self._text(cells, "status"), _STATUSES, "actual")
            title = "value"
            value, bound = number(cells[column], spec.layout, unit)
            title = "comparator"
            comparator = self._one_of(self._text(cells, "comparator"), _COMPARATORS, bound)
        except CellError as error:
            name = printed if title == "value" and printed else getattr(spec.columns, title)
            raise TableError(
                f"{spec.csv.name}, row {line}, column {name!r}", error.reason, error.mend
            ) from None
        return Observation(
            indicator=indicator,
            place=place,
            period=when,
            value=value,
            unit=unit,
            source=spec.id,
            original_value=self._text(cells, "original_value") or cells[column].strip(),
            comparator=comparator,
            status=status,
            note=self._text(cells, "note"),
        )

    def _text(self, cells: Sequence[str], role: str, otherwise: str = "") -> str:
        column = self.heading.at[role]
        return cells[column].strip() if column >= 0 else otherwise

    def _unit(self, indicator: str, unit: str) -> str:
        if not indicator or not unit:
            raise CellError("indicator or unit is empty", "state both")
        known = self.units.setdefault(indicator, unit)
        if unit != known:
            raise CellError(
                f"unit {shown(unit)} is not that of {indicator}, {known}",
                "convert the figures, or give the indicator another id",
            )
        return unit

    @staticmethod
    def _one_of(text: str, allowed: Sequence[_Word], default: _Word) -> _Word:
        if not text:
            return default
        if text not in allowed:
            raise CellError(f"{shown(text)} is not known", f"write one of {', '.join(allowed)}")
        return cast("_Word", text)


def _refuse_duplicates(spec: Spec, rows: Sequence[Placed]) -> None:
    """Refuse two observations of one cell: within one source they can not both be right."""
    seen: dict[tuple[str, ...], str] = {}
    for where, o in rows:
        key = (o.indicator, o.place, o.period, o.status)
        if key in seen:
            raise TableError(
                f"{spec.csv.name}, {where}",
                f"states {' '.join(key)} again, after {seen[key]}",
                "keep one of them, or write two tables for two sources",
            )
        seen[key] = where
