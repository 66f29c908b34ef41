"""Cells of a table in running text whose unit only the head of their column states."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from uptake.gather.claims.lexicon import lexicon, plain
from uptake.gather.claims.reading import Reading
from uptake.gather.grammar.quantities import quantities
from uptake.gather.grammar.spans import Quantity

_BETWEEN = re.compile(r"[ \u00a0]+[–—|-][ \u00a0]+|[ \u00a0]*[|\t][ \u00a0]*")
_RULE = re.compile(r"[\s|:–—-]*")
_BRACKETS = re.compile(r"\(([^()]+)\)\s*\Z")
_MOST_ROWS = 40
_LEAST_CELLS = 2
_TITLED = re.compile(r"([^\W\d_][^:|\n]{2,60}):[ \u00a0]")
_BRACKETED = re.compile(r"\(\s*\d[\d\s.,\u00a0\u202f]*\)")
_VALUE = re.compile(r"[-+–−~≈<>≥≤(]?\s?\d[\d\s.,\u00a0\u202f]*%?\)?")
_OF_A_YEAR = re.compile(r"[(\[]?(?<!\d)(?:19|20)\d\d(?!\d)[\w'’-]*[)\]]?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_Unit = tuple[float, str, str | None, tuple[str, ...]]


class _Cell(NamedTuple):
    """Where a cell lies, the title of its column, and all cells of its row."""

    start: int
    end: int
    title: tuple[int, int]
    row: tuple[tuple[int, int], ...]


def with_columns(reading: Reading, found: Sequence[Quantity]) -> list[Quantity]:
    """Return quantities, bare ones in a table's row with the unit and scale of their column.

    A table is rows of as many cells as the line above them, whose cells hold no digits: parted by
    dashes, bars or tabs ("Company – revenue, $m – growth").
    """
    kept = []
    for quantity in found:
        cell = _cell(reading, quantity) if quantity.unit == "count" else None
        told = _in_column(reading, quantity, cell) if cell and not quantity.ordinal else quantity
        if told is not None:
            kept.append(told)
    return kept


def is_loss(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a number in brackets stands behind a word of money: "USD (12.0) million"."""
    text, (first, last) = reading.analysis.text, quantity.number
    before = text[reading.sentence.start : first].rstrip()
    if not before.endswith("(") or text[last : last + 1] != ")":
        return False
    words = before[:-1].split()
    unit = _unit(words[-1], reading.language) if words else None
    return unit is not None and unit[1] == "currency"


def column_title(reading: Reading, quantity: Quantity) -> tuple[int, int] | None:
    """Return where the title stands of the column whose cell a quantity fills, None if in none."""
    cell = _cell(reading, quantity)
    if cell is None or _YEAR.fullmatch(reading.analysis.text[slice(*cell.title)].strip()):
        return None
    return cell.title


def _cell(reading: Reading, quantity: Quantity) -> _Cell | None:
    """Return the cell that a quantity opens, but for that which says what its row is about."""
    text, at = reading.analysis.text, quantity.number[0]
    line = text.rfind("\n", 0, at) + 1
    cells = _cells(text, line)
    if len(cells) < _LEAST_CELLS:
        return None
    number = next((n for n, (a, b) in enumerate(cells) if a <= at < b), 0)
    start, end = cells[number]
    barred = number and "|" in text[line:start]
    titled = _TITLED.match(text, start, at) if barred else None
    if titled is not None and titled.end() == at:
        return _Cell(titled.end(), end, titled.span(1), tuple(cells))
    alone = not text[start:at].strip(" +<>~≈(-−\u00a0")
    head = _head(text, line, len(cells)) if number and alone else []
    return _Cell(start, end, head[number], tuple(cells)) if head else None


def _in_column(reading: Reading, quantity: Quantity, cell: _Cell) -> Quantity | None:
    """Return a quantity in the unit of its column, or else of its row; None if that is not clear.

    A number in brackets is one below nought where it is money: so losses are printed.
    """
    text = reading.analysis.text
    unit = _unit(text[slice(*cell.title)], reading.language) or _unit_of_row(reading, cell)
    bracketed = _BRACKETED.fullmatch(text[cell.start : cell.end].strip()) is not None
    if bracketed and (unit is None or unit[1] != "currency"):
        return None
    if unit is None:
        return quantity
    factor, name, currency, currencies = unit
    return replace(
        quantity,
        value=round(quantity.value * factor, 6) * (-1 if bracketed else 1),
        unit=name,
        currency=currency,
        currencies=currencies,
    )


def _unit_of_row(reading: Reading, cell: _Cell) -> _Unit | None:
    """Return the unit that a cell of a row states for all its numbers: "Budget | UZS billion"."""
    text = reading.analysis.text
    for start, end in cell.row[1:]:
        words = text[start:end].strip()
        if end <= cell.start and words and not any(c.isdigit() for c in words):
            unit = _unit(words, reading.language)
            if unit is not None and unit[1] != "count":
                return unit
    return None


def _cells(text: str, start: int) -> list[tuple[int, int]]:
    """Return where the cells of the line that begins at a place lie."""
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    low, high = start, end
    while low < high and text[low] in " |\t\u00a0":
        low += 1
    while high > low and text[high - 1] in " |\t\r\u00a0":
        high -= 1
    found, at = [], low
    for match in _BETWEEN.finditer(text, low, high):
        if match.start() > at:
            found.append((at, match.start()))
        at = match.end()
    return [*found, (at, high)] if at < high else found


def _head(text: str, start: int, count: int) -> list[tuple[int, int]]:
    """Return where the titles of a row's columns stand.

    They are the cells of the nearest line above it without digits, else of the first line of the
    table, if no cell of that is a number other than a year ("Budget 2026, $m").
    """
    top: list[tuple[int, int]] = []
    for _ in range(_MOST_ROWS):
        if start == 0:
            break
        start = text.rfind("\n", 0, start - 1) + 1
        line = text[start : text.find("\n", start)]
        if _RULE.fullmatch(line) and line.strip():
            continue
        cells = _cells(text, start)
        if len(cells) != count:
            break
        if not any(c.isdigit() for c in line):
            return cells
        top = cells
    told = [text[slice(*cell)].strip() for cell in top]
    return [] if any(_VALUE.fullmatch(t) and not _YEAR.fullmatch(t) for t in told) else top


@lru_cache(maxsize=256)
def _unit(title: str, language: str) -> _Unit | None:
    """Return what one in a column is: the value of ``1`` with its unit, as its title tells."""
    title = _OF_A_YEAR.sub("", title).strip(" ,;–—-")
    ranks, words = lexicon(language, "indicators", "rank_words"), plain(title)
    if ranks.match(words, 0) or ranks.match(words, words.rfind(" ") + 1):
        return 1.0, "rank", None, ()
    bracket = _BRACKETS.search(title)
    for tail in (bracket[1] if bracket else "", title.rpartition(",")[2].strip(), title):
        read = [q for printed in _with_one(tail) for q in quantities(printed, language)]
        told = [q for q in read if q.unit != "count" or q.value > 1]
        if told:
            one = max(told, key=lambda q: (q.unit != "count", q.value))
            return one.value, one.unit, one.currency, one.currencies
    return None


def _with_one(tail: str) -> list[str]:
    """Return ways to print one of what a title says: ``1 млн долл.``, ``$1m``."""
    if not tail:
        return []
    word, _, rest = tail.partition(" ")
    return [f"1 {tail}", f"{tail[0]}1{tail[1:]}", f"{word} 1 {rest}"]
