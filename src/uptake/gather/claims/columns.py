"""Cells of a table in running text whose unit only the head of their column states."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from uptake.gather.claims.lexicon import lexicon, plain
from uptake.gather.claims.reading import Reading
from uptake.gather.grammar.quantities import quantities
from uptake.gather.grammar.spans import Quantity

_BETWEEN = re.compile(r"[ \u00a0]+[–—|-][ \u00a0]+|[ \u00a0]*[|\t][ \u00a0]*")
_RULE = re.compile(r"[\s|:–—-]*")
_BRACKETS = re.compile(r"\(([^()]+)\)\s*\Z")
_MOST_ROWS = 40
_LEAST_CELLS = 2
_Unit = tuple[float, str, str | None, tuple[str, ...]]


def with_columns(reading: Reading, found: Sequence[Quantity]) -> list[Quantity]:
    """Return quantities, bare ones in a table's row with the unit and scale of their column.

    A table is rows of as many cells as the line above them, whose cells hold no digits: parted by
    dashes, bars or tabs ("Company – revenue, $m – growth").
    """
    return [_in_column(reading, q) if q.unit == "count" and not q.ordinal else q for q in found]


def _in_column(reading: Reading, quantity: Quantity) -> Quantity:
    text = reading.analysis.text
    line = text.rfind("\n", 0, quantity.number[0]) + 1
    cells = _cells(text, line)
    head = _head(text, line, len(cells)) if len(cells) >= _LEAST_CELLS else []
    for (start, end), title in list(zip(cells, head, strict=False))[1:]:
        alone = not text[start : quantity.number[0]].strip(" +<>~≈\u00a0")
        unit = _unit(title, reading.language) if alone else None
        if unit is not None and start <= quantity.number[0] < end:
            factor, name, currency, currencies = unit
            return replace(
                quantity,
                value=round(quantity.value * factor, 6),
                unit=name,
                currency=currency,
                currencies=currencies,
            )
    return quantity


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


def _head(text: str, start: int, count: int) -> list[str]:
    """Return the titles of a row's columns: of the nearest line above it without digits."""
    for _ in range(_MOST_ROWS):
        if start == 0:
            return []
        start = text.rfind("\n", 0, start - 1) + 1
        line = text[start : text.find("\n", start)]
        if _RULE.fullmatch(line) and line.strip():
            continue
        cells = [text[slice(*cell)] for cell in _cells(text, start)]
        if len(cells) != count:
            return []
        if not any(c.isdigit() for c in line):
            return cells
    return []


@lru_cache(maxsize=256)
def _unit(title: str, language: str) -> _Unit | None:
    """Return what one in a column is: the value of ``1`` with its unit, as its title tells."""
    if lexicon(language, "indicators", "rank_words").match(plain(title), 0):
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
