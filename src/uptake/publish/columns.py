"""What a table of a release is: its columns, what they mean, and how a share is rounded."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Field = str | int | float | None
Row = tuple[Field, ...]
Type = Literal["string", "integer", "number", "object", "array"]
"""``object`` and ``array`` are JSON: as text in CSV and Parquet, as it is in JSON files."""
PUBLISHED, WITHHELD = "published", "withheld"
DIGITS = 6
"""Digits after the point of a share in files."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, type and meaning."""

    name: str
    type: Type
    description: str


NOTICE = Column("notice", "string", "What the release says of itself; empty for real data.")


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a release.

    Attributes:
        name: File name without its suffix.
        title: As shown.
        columns: ``notice`` is the last one.
        key: Names of the columns that identify a row.
        rows: One value a column but ``notice``.
        usage: Whether it holds what was counted; else it holds what others have published.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Sequence[Row]
    usage: bool = True


def strings(**described: str) -> tuple[Column, ...]:
    """Describe text columns."""
    return tuple(Column(name, "string", text) for name, text in described.items())


def integers(**described: str) -> tuple[Column, ...]:
    """Describe columns of whole numbers."""
    return tuple(Column(name, "integer", text) for name, text in described.items())


def numbers(**described: str) -> tuple[Column, ...]:
    """Describe columns of numbers."""
    return tuple(Column(name, "number", text) for name, text in described.items())


def objects(**described: str) -> tuple[Column, ...]:
    """Describe columns of JSON objects."""
    return tuple(Column(name, "object", text) for name, text in described.items())


def arrays(**described: str) -> tuple[Column, ...]:
    """Describe columns of JSON lists."""
    return tuple(Column(name, "array", text) for name, text in described.items())


def rounded(number: float) -> float:
    """Round a share for files; a positive one stays positive.

    >>> rounded(0.1234567), rounded(1e-9)
    (0.123457, 1e-09)
    """
    short = round(number, DIGITS)
    return short if short or not number else float(f"{number:.1g}")
