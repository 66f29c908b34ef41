"""A cell's text -> a number, a period, a place: understood exactly, or refused with the reason."""

import math
import re
from collections.abc import Callable
from functools import cache

from uptake.catalog.gazetteer import WORLD, fold, known_places, place_names
from uptake.gather.table_spec import Layout
from uptake.model.evidence import Comparator

SPACES = "\u00a0\u2009\u202f\u2007 "
"""Spaces that stand between groups of digits."""

_PLAIN = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_COMPARATORS: dict[str, Comparator] = {"=": "=", ">": ">", "<": "<", "~": "~", "≈": "~"}
_PERIOD = re.compile(r"[12][0-9]{3}(?:-(?:H[12]|Q[1-4]|(?:0[1-9]|1[0-2])(?:-[0-3][0-9])?))?")
_SPAN = re.compile(r"[12][0-9]{3}/[12]?[0-9]{1,3}")
_NOT_FINITE = frozenset({"nan", "inf", "infinity", "-inf", "+inf", "-infinity", "1.#inf", "-nan"})


class CellError(ValueError):
    """What is wrong with a cell and how to mend it; the reader of the table adds where it is."""

    def __init__(self, reason: str, mend: str) -> None:
        """Keep both apart."""
        super().__init__(reason)
        self.reason = reason
        self.mend = mend


def shown(cell: str) -> str:
    """Write a cell for a message: quoted, cut at 40 characters.

    >>> shown("x" * 50)
    "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…'"
    """
    return repr(cell if len(cell) <= 40 else cell[:40] + "…")


def number(cell: str, layout: Layout, unit: str) -> tuple[float, Comparator]:
    """Read a figure and the bound that may stand before it.

    Args:
        cell: As printed.
        layout: Says which sign is decimal and which groups thousands.
        unit: A percent sign may follow where this is ``percent``.

    Raises:
        CellError: It is no number, not finite, or could be read in two ways.

    >>> number("< 1 234,5", Layout(decimal=","), "people")
    (1234.5, '<')
    """
    text = cell.strip(SPACES + "\t")
    comparator: Comparator = "="
    if text[:1] in _COMPARATORS:
        text, comparator = text[1:].lstrip(SPACES), _COMPARATORS[text[0]]
    if unit == "percent":
        text = text.removesuffix("%").rstrip(SPACES)
    if text.lower() in _NOT_FINITE:
        raise CellError(f"{shown(cell)} is not finite", "leave the cell empty if there is no value")
    plain = text.replace("\u2212", "-")
    if layout.decimal == "," or not _PLAIN.fullmatch(plain):
        plain = _ungrouped(plain, layout)
    if not _PLAIN.fullmatch(plain):
        raise CellError(f"{shown(cell)} is no number", _mend(text, layout))
    value = float(plain)
    if not math.isfinite(value):
        raise CellError(f"{shown(cell)} is too large", "correct the figure")
    return value, comparator


def _ungrouped(text: str, layout: Layout) -> str:
    """Return a figure in plain notation; what does not fit the layout is left as it is."""
    whole, point, fraction = text.partition(layout.decimal)
    pattern, signs = _grouping(layout.thousands)
    if pattern.fullmatch(whole):
        for sign in signs:
            whole = whole.replace(sign, "")
    elif not whole.lstrip("+-").isdigit() and whole.lstrip("+-"):
        return text if layout.decimal == "." else text.replace(".", "?")
    return f"{whole}.{fraction}" if point else whole


@cache
def _grouping(thousands: str) -> tuple[re.Pattern[str], str]:
    signs = SPACES + thousands
    return re.compile(
        rf"[-+]?[0-9]{{1,3}}(?:([{re.escape(signs)}])[0-9]{{3}}(?:\1[0-9]{{3}})*)"
    ), signs


def _mend(text: str, layout: Layout) -> str:
    if "," in text and layout.decimal == ".":
        return 'set decimal = "," or thousands = "," under [table] if commas mean that'
    if "." in text and layout.decimal == ",":
        return 'set decimal = "." or thousands = "." under [table] if points mean that'
    return "write a number, leave the cell empty, or list it under table.missing"


def period(cell: str) -> str:
    """Check a period: ``2024``, ``2025-H1``, ``2026-Q1``, ``2025-08``, a day, or ``2022/23``.

    >>> period(" 2025-H1 ")
    '2025-H1'

    Raises:
        CellError: It is none of these.
    """
    text = cell.strip()
    if not (_PERIOD.fullmatch(text) or _SPAN.fullmatch(text)):
        raise CellError(
            f"{shown(cell)} is no period", "write it as 2024, 2025-H1, 2026-Q1, 2025-08 or 2022/23"
        )
    return text


def place_reader() -> Callable[[str], str]:
    """Return a function from a cell to an ISO 3166-1 alpha-3 code, which remembers what it met.

    Text is read as text: ``NA`` is Namibia. The function raises CellError for no known place.
    """
    known, by_name = known_places(), place_names()

    @cache
    def read(cell: str) -> str:
        text = cell.strip()
        if text in known or text == WORLD:
            return text
        folded = fold(text)
        if folded == "world":
            return WORLD
        if folded not in by_name:
            raise CellError(
                f"{shown(cell)} is no known place",
                'write its ISO 3166-1 alpha-3 code, or set unknown_places = "skip" under [table]',
            )
        return by_name[folded]

    return read
