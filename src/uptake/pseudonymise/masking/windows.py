"""The pieces of long texts in which identifiers may stand, so that the rest need not be read."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from uptake.pseudonymise.masking.gate import NOTHING, Look, gate, suspicious

STEP = 256
"""Characters from one segment of a text to the next."""

OVERLAP = 96
"""Characters that a segment shares with the next: more than any pattern of the gate spans."""

MARGIN = 128
"""Characters around a segment that are read with it: words that announce, names before a sign."""

_SPACE = re.compile(r"\s")


class Window(NamedTuple):
    """Characters ``start`` to ``end`` of a text, and what may stand there."""

    start: int
    end: int
    look: Look


def windows(texts: Sequence[str]) -> list[list[Window]]:
    """Return for each text the pieces that must be read, in order and apart from each other.

    They begin and end at white space, so that no identifier but one with spaces is cut, and that
    one stands further inside.
    """
    found: list[list[Window]] = [[] for _ in texts]
    segments: list[tuple[int, int]] = []
    might: list[Look] = []
    for row, look in enumerate(suspicious(texts)):
        if any(look):
            starts = range(0, max(1, len(texts[row]) - OVERLAP), STEP)
            segments += ((row, start) for start in starts)
            might += [look] * len(starts)
    if not segments:
        return found
    looks = gate([texts[row][start : start + STEP + OVERLAP] for row, start in segments], might)
    for (row, start), look in zip(segments, looks, strict=True):
        if any(look):
            end = start + STEP + OVERLAP + MARGIN
            found[row].append(Window(max(0, start - MARGIN), end, look))
    for row in {row for row, _ in segments}:
        found[row] = list(_merged(texts[row], found[row]))
    return found


def together(found: Sequence[Window]) -> Look:
    """Return what may stand in any of some windows."""
    return (
        Look(*map(any, zip(*(window.look for window in found), strict=True))) if found else NOTHING
    )


def _merged(text: str, found: Sequence[Window]) -> Iterator[Window]:
    """Stretch windows to white space, and join those that meet."""
    start = end = 0
    look = NOTHING
    for window in found:
        if any(look) and window.start <= end:
            end = max(end, _end(text, window.end))
            look = together((Window(start, end, look), window))
            continue
        if any(look):
            yield Window(start, end, look)
        start, end, look = _start(text, window.start), _end(text, window.end), window.look
    if any(look):
        yield Window(start, end, look)


def _start(text: str, place: int) -> int:
    while place > 0 and not text[place - 1].isspace():
        place -= 1
    return place


def _end(text: str, place: int) -> int:
    space = _SPACE.search(text, place) if place < len(text) else None
    return space.start() if space else len(text)
