"""The lines of a page -> its text: columns one after another, cells apart, paragraphs whole."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from statistics import median

from uptake.gather.extract import grid
from uptake.gather.extract.grid import CELL
from uptake.gather.extract.printed import HYPHEN, Piece

_GAP = 1.35
"""So many times the usual drop from line to line parts paragraphs."""
_SIZE = 1.15
_SHORT, _VERY_SHORT = 0.15, 0.25
_WORDS_OF_A_COLUMN = 4
_LINES_OF_COLUMNS = 3
_LEAST_ROWS = 2
_LETTERS_OF_A_CELL = 30
_ENDS = (".", "!", "?", "…", ":", "”", "»", '"')
_ITEM = re.compile(r"(?:[•*·▪◦●○■□–—-]|\(?\w{1,2}[.)]|\d+(?:\.\d+)+\.?|\[\d+\])\s")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line to be written, its box, and whether it is a row of a table."""

    text: str
    piece: Piece
    row: bool = False


@dataclass(frozen=True, slots=True)
class _Usual:
    """What is usual on a page.

    Attributes:
        drop: From one line of a paragraph to the next, in points.
        gapped: Whether gaps part paragraphs; if not, short lines and indents do.
        rights: By where lines begin, in tens of points: where the longest of them ends.
    """

    drop: float
    gapped: bool
    rights: dict[int, float]

    def right(self, line: Piece) -> float:
        """Return where the longest line ends that begins about where a line does."""
        at = _place(line)
        return max(self.rights.get(near, 0.0) for near in (at - 1, at, at + 1))


def text(rows: Sequence[Sequence[Piece]], language: str = "") -> str:
    """Return the text of a page: a paragraph a line, blank lines between, rows with their cells.

    Cells carry the heads of their columns where all rows of a table have as many cells; the
    language tells which units stand in these.
    """
    lines = [line for line in _in_order(rows, language) if line.text]
    usual = _usual(lines)
    out: list[str] = []
    for number, line in enumerate(lines):
        if number:
            out.append(_between(lines[number - 1], line, usual))
        out.append(line.text)
    return _hyphens_closed("".join(out))


def _hyphens_closed(words: str) -> str:
    return re.sub(rf"(?<={HYPHEN}) (?=[^\W\d_])", "", words)


def _in_order(rows: Sequence[Sequence[Piece]], language: str) -> Iterator[_Line]:
    """Yield lines as they are read; of lines that gaps part, tell columns from rows of a table."""
    rows = list(_rebuilt(rows))
    number = 0
    while number < len(rows):
        if len(rows[number]) == 1:
            yield _Line(rows[number][0].text, rows[number][0])
            number += 1
            continue
        stop = _run(rows, number)
        block = rows[number:stop]
        columns = _columns(block)
        if columns:
            yield from (_Line(piece.text, piece) for column in columns for piece in column)
        else:
            yield from _table(block, language)
        number = stop


def _table(block: Sequence[Sequence[Piece]], language: str) -> Iterator[_Line]:
    """Yield the rows of a table; a first row that is none of its values is that of the heads."""
    cells = [[piece.text for piece in row] for row in block]
    lines = grid.written(cells[0], cells[1:], "", language) if _is_headed(block) else []
    for number, line in enumerate(lines):
        at = block[1 + number * (len(block) - 1) // len(lines)]
        yield _Line(line, _row(at).piece, row=True)
    if not lines:
        yield from (_row(row) for row in block)


def _is_headed(block: Sequence[Sequence[Piece]]) -> bool:
    """Return whether each cell stands below one of the first row, and this has no values."""
    heads = block[0]
    if any(head.text[:1].isdigit() and not grid.is_period(head.text) for head in heads):
        return False
    return len(block) > 1 and all(
        len(row) == len(heads)
        and all(c.right >= h.left - h.height and c.left <= h.right + h.height for c, h in pairs)
        for row in block[1:]
        for pairs in [list(zip(row, heads, strict=False))]
    )


def _row(row: Sequence[Piece]) -> _Line:
    box = Piece("", row[0].left, row[0].bottom, row[-1].right, row[0].top)
    return _Line(CELL.join(piece.text for piece in row), box, row=True)


def _run(rows: Sequence[Sequence[Piece]], first: int) -> int:
    """Return where the lines end that gaps part; one between two of them may have one piece."""
    stop = first + 1
    for number in range(first + 1, len(rows)):
        if len(rows[number]) > 1:
            stop = number + 1
        elif number > stop or rows[number][0].top > rows[number - 1][0].top:
            break
    return stop


def _columns(block: Sequence[Sequence[Piece]]) -> list[list[Piece]]:
    """Return the columns of text that lines stand in, none if they are rows of a table.

    In columns of text each line is a part of a sentence: there are several words in it, and one
    gutter goes down through all lines.
    """
    parted = [row for row in block if len(row) > 1]
    count = max(len(row) for row in parted)
    if len(parted) < _LINES_OF_COLUMNS or any(len(row) != len(parted[0]) for row in parted):
        return []
    lefts = [min(row[n].left for row in parted) for n in range(count)]
    rights = [max(row[n].right for row in parted) for n in range(count)]
    if any(right > left for right, left in zip(rights, lefts[1:], strict=False)):
        return []
    words = [median(len(row[n].text.split()) for row in parted) for n in range(count)]
    if min(words) < _WORDS_OF_A_COLUMN:
        return []
    columns: list[list[Piece]] = [[] for _ in range(count)]
    for row in block:
        for piece in row:
            at = max((n for n in range(count) if lefts[n] <= piece.left + piece.height), default=0)
            if piece.right > rights[at] + piece.height and at + 1 < count:
                return []
            columns[at].append(piece)
    return columns


def _rebuilt(rows: Sequence[Sequence[Piece]]) -> Iterator[Sequence[Piece]]:
    """Yield lines, cells that were written column by column put into their rows again."""
    runs: list[list[Sequence[Piece]]] = []
    for row in rows:
        if not runs or row[0].bottom >= runs[-1][-1][0].top:
            runs.append([row])
        else:
            runs[-1].append(row)
    for run in _merged(runs):
        yield from run


def _merged(runs: Sequence[list[Sequence[Piece]]]) -> list[list[Sequence[Piece]]]:
    found: list[list[Sequence[Piece]]] = []
    for run in runs:
        cells = list(takewhile(lambda row: len(row) == 1 and _is_cell(row[0]), run))
        low = _beside(found[-1], cells) if found else None
        if low is None:
            found.append(run)
        else:
            above, high = found[-1], low + len(cells)
            table = [[*row, *_level(row, cells)] for row in above[low:high]]
            found[-1] = [*above[:low], *table, *above[high:], *run[len(cells) :]]
    return found


def _beside(above: Sequence[Sequence[Piece]], run: Sequence[Sequence[Piece]]) -> int | None:
    """Return from which line on a run of cells stands to the right of the lines before it."""
    if len(run) < _LEAST_ROWS:
        return None
    for low in range(len(above) - len(run), -1, -1):
        lines = above[low : low + len(run)]
        if all(
            _level(row, [cell]) and row[-1].right <= cell[0].left and all(map(_is_cell, row))
            for row, cell in zip(lines, run, strict=True)
        ):
            return low
    return None


def _is_cell(piece: Piece) -> bool:
    return len(piece.text) <= _LETTERS_OF_A_CELL


def _level(row: Sequence[Piece], run: Sequence[Sequence[Piece]]) -> list[Piece]:
    """Return the pieces of a run that stand on the line of a row."""
    return [
        piece for other in run for piece in other
        if abs(piece.bottom - row[0].bottom) < piece.height / 2
    ]  # fmt: skip


def _usual(lines: Sequence[_Line]) -> _Usual:
    drops = sorted(
        d for a, b in pairwise(lines) if (d := _drop(a.piece, b.piece)) > 0.8 * a.piece.height
    )
    usual = drops[len(drops) // 4] if drops else 0.0
    rights: dict[int, float] = {}
    for line in lines:
        if not line.row:
            at = _place(line.piece)
            rights[at] = max(rights.get(at, 0.0), line.piece.right)
    gapped = any(_GAP * usual < drop < 3 * usual for drop in drops)
    return _Usual(usual, gapped, rights)


def _place(line: Piece) -> int:
    return int(line.left // 10)


def _drop(above: Piece, below: Piece) -> float:
    """Return how far a line lies below another, less than 0 if it is above."""
    return above.top - below.top


def _between(above: _Line, line: _Line, usual: _Usual) -> str:
    """Return what stands between two lines: a space in a paragraph, or its end."""
    if above.row and line.row:
        far = _drop(above.piece, line.piece) > 3 * max(above.piece.height, line.piece.height)
        return "\n\n" if far else "\n"
    if above.row or line.row or _begins(above, line, usual):
        return "\n\n"
    if above.text.endswith(HYPHEN):
        return " "
    if _ITEM.match(line.text):
        return "\n"
    width = usual.right(above.piece) - above.piece.left
    short = above.piece.right < above.piece.left + (1 - _VERY_SHORT) * width
    return "\n" if short and not line.text[0].islower() else " "


def _begins(above: _Line, line: _Line, usual: _Usual) -> bool:
    """Return whether a paragraph begins with a line: by gap, size of type, or a short line above.

    A line further up than the one before begins a new column, which may go on with a sentence.
    """
    ends = above.text.endswith(_ENDS)
    drop = _drop(above.piece, line.piece)
    if drop < 0:
        return ends or not (above.text.endswith(HYPHEN) or line.text[0].islower())
    heights = (above.piece.height, line.piece.height)
    if max(heights) > _SIZE * min(heights) or drop > max(_GAP * usual.drop, 1.5 * max(heights)):
        return True
    if usual.gapped or not ends:
        return False
    indented = line.piece.left - above.piece.left > 0.6 * heights[1]
    right = usual.right(above.piece)
    return indented or above.piece.right < right - _SHORT * (right - above.piece.left)
