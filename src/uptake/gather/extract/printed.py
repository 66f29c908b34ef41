"""A page of a PDF as it is printed: its lines, and in each the pieces that wide gaps part.

A gap tells what a text layer does not: the cells of a row, and the columns of a page.
"""

import ctypes
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

HYPHEN = "\ufffe"
"""What PDFium leaves of a hyphen at the end of a line; all others there become it."""
_AT_LINE_ENDS = str.maketrans({"\x02": HYPHEN, "\u2010": HYPHEN, "\u00ad": HYPHEN, "-": HYPHEN})
_MARKS = str.maketrans({"\x02": HYPHEN, "\u00ad": None})
"""Within a line a hyphen stays one, a soft one does not show."""
_SURROGATES = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile("[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]")
_MARKER = re.compile(r"[•*·▪◦●○■□–—-]|\(?\w{1,3}[.)]|\d+(?:\.\d+)+\.?|\[\d+\]")
_CELL = re.compile(r"[-–+(]?\d[\d.,]*[%)]?")

_WIDE = 1.6
_RATHER_WIDE = 0.9
_NUMBERS_APART = 0.5
"""Gaps in heights of a line: one that always parts, one that does among usual gaps, and one
between two numbers, which no space parts so far."""
_MOST_STRETCHED = 3.5
_ALIKE = 1.3
_TIMES_USUAL = 2.5
_TIMES_BETWEEN_NUMBERS = 1.8
_NARROWEST_SPACE, _WIDEST_SPACE = 0.12, 0.4
_OTHER_LINE = 0.7
_SAME_LINE = 0.35


class Piece(NamedTuple):
    """A stretch of a line without a wide gap, and its box in points."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """Return how high its letters stand, in points."""
        return self.top - self.bottom


def lines(textpage: Any) -> list[list[Piece]]:
    """Return the lines of a page in PDFium's order, each as its pieces from left to right."""
    rows = [words for words in _lines(textpage) if words]
    gaps = sorted(
        gap / b.height
        for words in rows
        for a, b in pairwise(words)
        if b.height > 0 and (gap := b.left - a.right) > 0
    )
    usual = gaps[len(gaps) // 4] if gaps else _NARROWEST_SPACE
    usual = min(_WIDEST_SPACE, max(_NARROWEST_SPACE, usual))
    return _one_row_each([_pieces(words, usual) for words in rows])


def clean(text: str) -> str:
    """Return a text without control signs and halves of signs."""
    if _SURROGATES.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _CONTROLS.sub("", text)


def _lines(textpage: Any) -> Iterator[list[Piece]]:
    """Yield the words of each line; one that a hyphen joins to the next ends there too."""
    words: list[Piece] = []
    signs: list[tuple[str, tuple[float, float, float, float] | None]] = []
    for sign, box in _signs(textpage):
        if sign.isspace():
            words += _word(signs)
            signs = []
            if sign in "\r\n" and words:
                yield words
                words = []
        elif signs and box and signs[-1][0] in {HYPHEN, "\x02"} and _below(signs, box):
            yield [*words, *_word(signs)]
            words, signs = [], [(sign, box)]
        else:
            signs.append((sign, box))
    yield [*words, *_word(signs)]


def _signs(
    textpage: Any,
) -> Iterator[tuple[str, tuple[float, float, float, float] | None]]:
    """Yield each sign with its box; what PDFium put in has none."""
    from pypdfium2 import raw

    unicode_of, box_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    handle, rectangle = textpage.raw, raw.FS_RECTF()
    reference = ctypes.byref(rectangle)
    for index in range(textpage.count_chars()):
        code = unicode_of(handle, index)
        sign = chr(code) if 0 < code < 0x110000 else " "
        if sign.isspace() or not box_of(handle, index, reference):
            yield sign, None
        elif rectangle.right > rectangle.left and rectangle.top > rectangle.bottom:
            yield sign, (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
        else:
            yield sign, None


def _below(
    signs: Sequence[tuple[str, tuple[float, float, float, float] | None]],
    box: tuple[float, float, float, float],
) -> bool:
    """Return whether a sign stands on another line than those before it."""
    last = next((b for _, b in reversed(signs[:-1]) if b), None)
    return last is not None and abs(box[1] - last[1]) > _OTHER_LINE * (box[3] - box[1])


def _word(
    signs: Sequence[tuple[str, tuple[float, float, float, float] | None]],
) -> list[Piece]:
    boxes = [box for _, box in signs if box]
    text = "".join(sign for sign, _ in signs)
    if not text or not boxes:
        return []
    tallest = max(boxes, key=lambda box: box[3] - box[1])
    right = max(box[2] for box in boxes)
    return [Piece(text, boxes[0][0], tallest[1], right, tallest[3])]


def _pieces(words: Sequence[Piece], usual: float) -> list[Piece]:
    """Join the words of a line but where a gap parts them; ``usual`` is a space, in heights."""
    gaps = [(b.left - a.right) / max(b.height, 0.1) for a, b in pairwise(words)]
    own = max(usual, sorted(gaps)[len(gaps) // 4]) if len(gaps) > 1 else usual
    if _is_stretched(words, gaps):
        return [_joined(words)]
    parts: list[list[Piece]] = [[words[0]]]
    for number, word in enumerate(words[1:]):
        before = words[number]
        marked = number == 0 and _MARKER.fullmatch(before.text) is not None
        if not marked and _is_apart(gaps[number], before.text, word.text, usual, own):
            parts.append([word])
        else:
            parts[-1].append(word)
    return [_joined(part) for part in parts]


def _is_stretched(words: Sequence[Piece], gaps: Sequence[float]) -> bool:
    """Return whether a line was stretched to the margin: its gaps are alike, none beside a cell."""
    alike = len(gaps) > 1 and 0 < max(gaps) < min(_MOST_STRETCHED, _ALIKE * min(gaps))
    return alike and not any(_CELL.fullmatch(word.text) for word in words)


def _is_apart(gap: float, before: str, after: str, usual: float, own: float) -> bool:
    if gap > _WIDE or gap < -1:
        return True
    if gap > max(_NUMBERS_APART, _TIMES_BETWEEN_NUMBERS * usual) and (
        _CELL.fullmatch(before) and _CELL.fullmatch(after)
    ):
        return True
    return gap > max(_RATHER_WIDE, _TIMES_USUAL * own)


def _joined(words: Sequence[Piece]) -> Piece:
    """Return words as one piece; its height is that of most, so that no sign alone sets it."""
    heights = sorted(words, key=lambda w: w.height)
    typical = heights[len(heights) // 2]
    text = " ".join(word.text for word in words)
    last = text[-1:].translate(_AT_LINE_ENDS) if text[-2:-1].isalpha() else text[-1:]
    text = clean(text[:-1].translate(_MARKS)) + clean(last)
    return Piece(
        text,
        min(w.left for w in words),
        typical.bottom,
        max(w.right for w in words),
        typical.top,
    )


def _one_row_each(rows: Sequence[list[Piece]]) -> list[list[Piece]]:
    """Put lines together that stand beside one another, as cells that were written apart."""
    found: list[list[Piece]] = []
    for row in rows:
        above = found[-1][-1] if found else None
        first = row[0]
        if (
            above
            and abs(first.bottom - above.bottom) < _SAME_LINE * max(first.height, above.height)
            and first.left >= above.right
        ):
            found[-1].extend(row)
        else:
            found.append(list(row))
    return found
