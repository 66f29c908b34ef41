"""The cells of a table -> lines that carry their heads: ``Country: Kazakhstan | Users: 93.4 %``.

A row by itself does not say what its numbers are. Each line that is written names what the row is
about, the head of its number, and the number with its unit, so that a quote of it can be read.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from uptake import catalog
from uptake.gather.grammar.quantities import quantities

CELL = " | "
_HEAD = ": "
_NUMBER = re.compile(r"[-+–−~≈<>≥≤]?\s?\d[\d\s.,\u00a0\u202f]*")
_VALUE = re.compile(r"[-+–−~≈<>≥≤]?\s?[$€£₸₽₺₼]?\s?\d[\d\s.,\u00a0\u202f]*(?:\s?%)?[*†‡¹²³⁴]{0,2}")
_YEAR = re.compile(
    r"(?:19|20)\d\d(?:\s?[-–/]\s?(?:(?:19|20)\d\d|\d\d))?\W{0,2}(?:\s?[^\W\d]{1,5}\.?)?"
)
_EMPTY = re.compile(r"[\s\-–—.…*]*|n/?a", re.IGNORECASE)
_PARTS = re.compile(r"\s*[,;()\[\]]\s*")
_LONGEST_CELL = 400
_MOST_CELLS = 20_000
_MOST_WORDS_OF_A_UNIT = 4
_ANY = 7
"""A number to try whether words are a unit behind it."""
_NO_UNITS = frozenset({"count", "rank", "ordinal", "year", "score", "share", "times"})


@dataclass(frozen=True, slots=True)
class Head:
    """What a column's head says, and the unit in it, empty if none."""

    words: str
    unit: str = ""


def written(
    heads: Sequence[str], rows: Sequence[Sequence[str]], caption: str, language: str
) -> list[str]:
    """Return the lines of a table, none if it is no table of values with heads.

    A row of labels and values gives a line for each value; one that has words behind its values
    one line. The unit in a head or caption stands behind its numbers.

    Args:
        heads: One for each column, empty where there is none.
        rows: Cells of the rows below, as many in each as there are heads.
        caption: Empty if there is none.
        language: In which units are told.

    >>> rows = [["Kazakhstan", "93.4", "92.1"]]
    >>> written(["Country", "Users, 2024, %", "Users, 2023, %"], rows, "", "en")
    ['Country: Kazakhstan | Users, 2024: 93.4 %', 'Country: Kazakhstan | Users, 2023: 92.1 %']
    """
    if not _is_table(heads, rows):
        return []
    columns = [[row[n] for row in rows] for n in range(len(heads))]
    values = [n for n, column in enumerate(columns) if _holds_values(column)]
    shown = [n for n, column in enumerate(columns) if not _counts_rows(column)]
    if not values:
        return []
    named = [_head(head, language) if n in values else Head(head) for n, head in enumerate(heads)]
    titled = _titled(named, values, _head(caption, language))
    out: list[str] = []
    for row in rows:
        filled = [n for n in shown if not _EMPTY.fullmatch(row[n])]
        out += _lines(*_with_units(titled, row, filled, values, language), values)
    return out


def is_period(cell: str) -> bool:
    """Return whether a cell is a year, or two.

    >>> is_period("2023/24"), is_period("2023 г."), is_period("20 million")
    (True, True, False)
    """
    return _YEAR.fullmatch(cell) is not None


def _is_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    cells = [cell for row in rows for cell in row]
    return (
        len(heads) > 1
        and not any(_VALUE.fullmatch(head) and not is_period(head) for head in heads)
        and bool(rows)
        and sum(bool(head) for head in heads) >= len(heads) - 1
        and all(len(row) == len(heads) for row in rows)
        and len(cells) <= _MOST_CELLS
        and max(map(len, [*cells, *heads])) <= _LONGEST_CELL
    )


def _holds_values(column: Sequence[str]) -> bool:
    """Return whether most cells of a column are numbers, and not years nor a count of rows."""
    filled = [cell for cell in column if not _EMPTY.fullmatch(cell)]
    numbers = [cell for cell in filled if _VALUE.fullmatch(cell)]
    if not numbers or 2 * len(numbers) <= len(filled):
        return False
    return not (all(is_period(cell) for cell in filled) or _counts_rows(column))


def _counts_rows(column: Sequence[str]) -> bool:
    """Return whether a column only counts the rows: 1, 2, 3."""
    counted = [cell.rstrip(".") for cell in column] == [str(n + 1) for n in range(len(column))]
    return counted and len(column) > 1


def _head(printed: str, language: str) -> Head:
    """Return a head parted into its words and its unit."""
    parts = _PARTS.split(printed)
    for part in reversed(parts):
        if unit := _unit(part, language):
            rest = re.sub(rf"\s*[,;(\[]?\s*{re.escape(part)}\s*[)\]]?", "", printed, count=1)
            return Head(rest.strip(" ,;:"), unit)
    return Head(printed.strip(" :"))


@lru_cache(maxsize=4096)
def _unit(part: str, language: str) -> str:
    """Return the unit that a part of a head names as it stands behind a number, empty if none."""
    words = part.split()
    if not 0 < len(words) <= _MOST_WORDS_OF_A_UNIT or any(c.isdigit() for c in part):
        return ""
    small = words[0].lower() in _small_words(language)  # "in percent"
    for tried in (words, words[::-1], words[1:] if small else []):
        text = " ".join([str(_ANY), *tried])
        found = quantities(text, language) if tried else ()
        unit = found[0].unit if len(found) == 1 and found[0].number[0] == 0 else "rank"
        if _is_unit(unit, found[0].value if found else 0):
            scaled = found[0].unit == "count"
            if found[0].end == len(text) or scaled or (tried == words and unit == "percent"):
                return " ".join(tried)
    return ""


@cache
def _small_words(language: str) -> frozenset[str]:
    if language not in catalog.names("languages"):
        return frozenset()
    return frozenset(catalog.entry("languages", language)["function_words"].split())


def _is_unit(unit: str, value: float) -> bool:
    return unit not in _NO_UNITS or (unit == "count" and value != _ANY)


def _titled(named: Sequence[Head], values: Sequence[int], caption: Head) -> list[Head]:
    """Return heads with what only the caption says: of what the years are, and the unit."""
    units = any(named[n].unit for n in values)
    periods = all(is_period(named[n].words) for n in values)
    titled = list(named)
    for n in values:
        words = named[n].words
        if periods and caption.words:
            words = f"{caption.words}, {words}"
        titled[n] = Head(words, named[n].unit or ("" if units else caption.unit))
    return titled


def _with_units(
    heads: list[Head], row: Sequence[str], filled: list[int], values: Sequence[int], language: str
) -> tuple[list[Head], list[str], list[int]]:
    """Return heads, cells and which of these to show, a unit that the row itself states moved.

    It stands in a cell of its own, or in that which says what the row is about.
    """
    cells = list(row)
    if any(heads[n].unit for n in values):
        return heads, cells, filled
    for number, n in enumerate([n for n in filled if n not in values]):
        told = _head(cells[n], language)
        if not told.unit or (told.words and number):
            continue
        cells[n] = told.words
        shown = [m for m in filled if cells[m]]
        return (
            [Head(h.words, told.unit) if m in values else h for m, h in enumerate(heads)],
            (cells),
            shown,
        )
    return heads, cells, filled


def _lines(
    heads: Sequence[Head], row: Sequence[str], filled: Sequence[int], values: Sequence[int]
) -> Iterator[str]:
    numbers = [n for n in filled if n in values]
    words = [n for n in filled if n not in values]
    together = len(numbers) == 1 or not numbers or (words and words[-1] > numbers[0])
    for group in [filled] if together else [sorted([*words, n]) for n in numbers]:
        if group:
            yield CELL.join(_cell(heads[n], row[n]) for n in group)


def _cell(head: Head, cell: str) -> str:
    bare = head.unit and _NUMBER.fullmatch(cell)
    told = f"{cell} {head.unit}" if bare else cell
    words = head.words if bare or not head.unit else f"{head.words}, {head.unit}".strip(", ")
    return f"{words}{_HEAD}{told}" if words else told
