"""What a table's TOML says: its origin, where its columns are, what must hold of it."""

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal

import msgspec

from uptake import catalog
from uptake.model.errors import UptakeError
from uptake.model.evidence import Indicator

FOLDER = "sources"


class TableError(UptakeError):
    """A table, or what describes it, is not what it should be: nothing is published from it."""

    def __init__(self, place: str, reason: str, mend: str) -> None:
        """Name the file, the row and the column; what is wrong there; how to mend it."""
        super().__init__(f"{place}: {reason}; {mend}")


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the file: an unknown key is refused, as it is most often a misspelt one."""


class Origin(_Part, frozen=True):
    """Where the figures come from; see ``Source``."""

    producer: str
    title: str
    url: str
    licence: str
    citation: str = ""
    published: str | None = None
    accessed: str | None = None
    note: str = ""


class Columns(_Part, frozen=True):
    """Headings of the columns that hold what an observation needs; empty if none does."""

    indicator: str = "indicator"
    place: str = "place"
    period: str = "period"
    value: str = "value"
    unit: str = "unit"
    original_value: str = "original_value"
    status: str = "status"
    comparator: str = "comparator"
    note: str = "note"


class Layout(_Part, frozen=True):
    r"""How the file is written.

    Attributes:
        file: Name of the CSV beside the TOML; empty for the same name with ``.csv``.
        layout: ``long``: one observation a row; ``wide``: one column a period.
        periods: Regular expression that a wide table's period headings match in full; a group in
            it is the period (``(\d{4}) \[YR\d{4}\]``).
        heading_row: Which row holds the headings; those above it are left out, blank ones count.
        encoding: Of the file; a byte order mark is honoured.
        delimiter: Between cells.
        decimal: Sign before the decimals.
        thousands: Sign between groups of three digits; spaces are understood anyway.
        missing: Cells that say that there is no value.
        indicator: Id, where no column holds it.
        unit: Unit, where no column holds it.
        period: Period, where no column holds it.
        unknown_places: ``refuse`` a row whose place is not known, or ``skip`` it (aggregates).
    """

    file: str = ""
    layout: Literal["long", "wide"] = "long"
    periods: str = r"\d{4}"
    heading_row: int = 1
    encoding: str = "utf-8"
    delimiter: str = ","
    decimal: Literal[".", ","] = "."
    thousands: str = ""
    missing: tuple[str, ...] = ("", "..", "…")
    indicator: str = ""
    unit: str = ""
    period: str = ""
    unknown_places: Literal["refuse", "skip"] = "refuse"


class Expectation(_Part, frozen=True):
    """What must hold of one indicator of the table; what is not stated is not checked.

    Attributes:
        rows: How many observations, or fewest and most.
        places: Codes that must each have at least one.
        range: Lowest and highest value, in the indicator's unit.
        statuses: Allowed statuses.
        periods: Allowed periods.
    """

    rows: int | tuple[int, int] | None = None
    places: tuple[str, ...] = ()
    range: tuple[float, float] | None = None
    statuses: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()


class _File(_Part, frozen=True):
    origin: Origin
    id: str = ""
    table: Layout = Layout()
    columns: Columns = Columns()
    expect: dict[str, Expectation] = {}
    indicators: tuple[Indicator, ...] = ()


@dataclass(frozen=True, slots=True)
class Spec:
    """A table's description and its CSV.

    Attributes:
        id: Id of the source.
        name: Of the TOML, for messages.
        csv: The table.
        indicators: Those that the file itself defines (a user's own).
    """

    id: str
    name: str
    csv: Traversable
    origin: Origin
    layout: Layout
    columns: Columns
    expect: dict[str, Expectation]
    indicators: tuple[Indicator, ...]


def read_spec(name_or_path: str | Path) -> Spec:
    """Read what describes a table: a name in the catalogue, or the path of a TOML file.

    Raises:
        UnknownNameError: The catalogue has no such table.
        TableError: The file can not be read or says what it may not.
    """
    if isinstance(name_or_path, Path):
        raw, name, stem = _own(name_or_path), name_or_path.name, name_or_path.stem
        folder: Traversable = name_or_path.parent
    else:
        raw, stem = catalog.entry(FOLDER, name_or_path), name_or_path
        name, folder = f"{stem}.toml", files("uptake.catalog") / FOLDER
    try:
        file = msgspec.convert(raw, _File)
        re.compile(file.table.periods)
    except msgspec.ValidationError as error:
        raise TableError(name, str(error), "see the reference of table files") from None
    except re.error as error:
        raise TableError(name, f"table.periods: {error}", "write a regular expression") from None
    csv_name = file.table.file or f"{stem}.csv"
    if Path(csv_name).name != csv_name:
        raise TableError(name, f"table.file is {csv_name!r}", "name a file beside this one")
    _check_layout(name, file.table)
    if isinstance(name_or_path, Path) and (file.id or stem) in catalog.names(FOLDER):
        raise TableError(
            name, f"{file.id or stem!r} is a source of the catalogue", "rename the file or set id"
        )
    return Spec(
        id=file.id or stem,
        name=name,
        csv=folder / csv_name,
        origin=file.origin,
        layout=file.table,
        columns=file.columns,
        expect=file.expect,
        indicators=file.indicators,
    )


def _check_layout(name: str, layout: Layout) -> None:
    if len(layout.delimiter) != 1:
        raise TableError(name, "table.delimiter is not one character", "write one, such as ';'")
    if layout.heading_row < 1:
        raise TableError(name, "table.heading_row is less than 1", "count rows from 1")


def _own(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        reason = error.strerror or "can not be read"
        raise TableError(path.name, reason, "check the file and its permissions") from None
    except UnicodeDecodeError:
        raise TableError(path.name, "is not UTF-8", "save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise TableError(path.name, f"is no TOML: {error}", "mend that line") from None
