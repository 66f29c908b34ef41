"""The pieces of long texts in which identifiers may stand, so that the rest need not be read."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from uptake.pseudonymise.masking.column import Column, column
from uptake.pseudonymise.masking.glance import Hits, glance
from uptake.pseudonymise.masking.looks import JOINTS, NAMES, PLAIN

MARGIN, MARGIN_PLAIN, MARGIN_NAMES = 160, 96, 400
"""Characters around a hit that are read with it: words that announce, names before a sign."""

WHOLE = 400
"""Characters of a text that is read as a whole if anything may stand in it."""

_SPACE = re.compile(r"\s")


class Window(NamedTuple):
    """Characters ``start`` to ``end`` of a text, and what may stand there (``looks``)."""

    start: int
    end: int
    look: int


def windows(texts: Sequence[str]) -> dict[int, list[Window]]:
    """Return for texts that must be read their pieces, in order and apart from each other.

    They begin and end at white space, so that no identifier but one with spaces is cut, and that
    one stands further inside.
    """
    if not texts:
        return {}
    laid = column(texts)
    hits = glance(laid)
    rows = np.searchsorted(laid.starts, hits.starts, "right") - 1
    found: dict[int, list[Window]] = {}
    for row, start, end, look in _of_texts(laid, hits, rows):
        text = texts[row]
        if len(text) <= WHOLE:
            before = found.get(row)
            found[row] = [Window(0, len(text), look | before[0].look if before else look)]
        else:
            found.setdefault(row, []).append(Window(start, end, look))
    for row, pieces in found.items():
        if len(texts[row]) > WHOLE:
            found[row] = list(_merged(texts[row], laid, row, pieces))
    return found


def together(found: Sequence[Window]) -> int:
    """Return what may stand in any of some windows."""
    look = 0
    for window in found:
        look |= window.look
    return look


def _of_texts(
    laid: Column, hits: Hits, rows: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> Iterator[tuple[int, int, int, int]]:
    """Yield text, first and last byte, and what may stand there, of each hit."""
    begins = laid.starts[rows]
    return zip(
        rows.tolist(),
        (hits.starts - begins).tolist(),
        (hits.ends - begins).tolist(),
        hits.looks.tolist(),
        strict=True,
    )


def _merged(text: str, laid: Column, row: int, found: Sequence[Window]) -> Iterator[Window]:
    """Widen windows by their margins, stretch them to white space, and join those that meet."""
    size = int(laid.ends[row] - laid.starts[row])
    places = _Places(text, laid, row) if size != len(text) else None
    start = end = look = 0
    for hit in found:
        kind = hit.look
        margin = _margin(hit.look)
        first = max(0, (places.of(hit.start) if places else hit.start) - margin)
        last = (places.of(hit.end) if places else hit.end) + margin
        if look and first <= end:
            if last > end:
                end = _end(text, last)
            look |= kind
            continue
        if look:
            yield Window(start, end, look)
        start, end, look = _start(text, first), _end(text, last), kind
    if look:
        yield Window(start, end, look)


def _margin(look: int) -> int:
    if look & NAMES:
        return MARGIN_NAMES
    return MARGIN if look & ~(PLAIN | JOINTS) else MARGIN_PLAIN


class _Places:
    """Which character of a text a byte belongs to, asked in any order near the last answer."""

    def __init__(self, text: str, laid: Column, row: int) -> None:
        raw = laid.raw[laid.starts[row] : laid.ends[row]]
        self._firsts = np.flatnonzero((raw & 0xC0) != 0x80)

    def of(self, byte: int) -> int:
        """Return the place of the first character at or behind a byte."""
        return int(np.searchsorted(self._firsts, byte))


def _start(text: str, place: int) -> int:
    while place > 0 and not text[place - 1].isspace():
        place -= 1
    return place


def _end(text: str, place: int) -> int:
    space = _SPACE.search(text, place) if place < len(text) else None
    return space.start() if space else len(text)
