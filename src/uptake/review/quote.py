"""Move a quote over its document: by words at either end, or to another sentence; never typed."""

import re
from collections.abc import Sequence
from typing import Final

from uptake.model.evidence import Passage

WORD: Final = re.compile(r"\w+(?:[.,'’ʻʼ\-]\w+)*|[^\w\s]")
"""A word with what belongs inside it (1,5; oʻ; e-gov), or one sign."""

REACH: Final = 400
"""Code points either way in which the next word is looked for."""

MOVES: Final = {
    "start-left": "Start one word earlier",
    "start-right": "Start one word later",
    "end-left": "End one word earlier",
    "end-right": "End one word later",
    "previous": "Previous sentence",
    "next": "Next sentence",
}


def moved(
    text: str, span: tuple[int, int], move: str, sentences: Sequence[Passage]
) -> tuple[int, int]:
    """Return where a quote lies after a move; where it can not move it stays.

    Args:
        text: As stored.
        span: Start and end now.
        move: A key of ``MOVES``; anything else moves nothing.
        sentences: Of the text, in order.

    >>> moved("Two small words", (4, 9), "end-right", ())
    (4, 15)
    """
    start, end = span
    if move == "start-left":
        before = list(WORD.finditer(text, max(0, start - REACH), start))
        return (before[-1].start(), end) if before else span
    if move == "end-right":
        after = WORD.search(text, end, min(len(text), end + REACH))
        return (start, after.end()) if after else span
    if move in {"start-right", "end-left"}:
        return _shrunk(text, span, move)
    if move == "next":
        later = [s for s in sentences if s.start > start]
        return (later[0].start, later[0].end) if later else span
    if move == "previous":
        earlier = [s for s in sentences if s.end <= start]
        return (earlier[-1].start, earlier[-1].end) if earlier else span
    return span


def _shrunk(text: str, span: tuple[int, int], move: str) -> tuple[int, int]:
    start, end = span
    words = list(WORD.finditer(text, start, end))
    if len(words) < 2:
        return span
    return (words[1].start(), end) if move == "start-right" else (start, words[-2].end())


def allowed(text: str, start: int, end: int) -> bool:
    """Return whether a span may be a quote: inside the text, with a sign at both ends.

    Neither end may cut a word in two, so that a number can not lose a digit.

    >>> allowed("grew by 14%", 8, 11), allowed("grew by 14%", 9, 11), allowed("grew", 0, 9)
    (True, False, False)
    """
    if not 0 <= start < end <= len(text):
        return False
    if text[start].isspace() or text[end - 1].isspace():
        return False
    return not _inside_word(text, start) and not _inside_word(text, end)


def _inside_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and _of_word(text[at - 1]) and _of_word(text[at])


def _of_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"
