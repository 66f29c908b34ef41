"""Lines that a writer's program broke -> lines as they were meant, sign for sign as long."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

WIDEST = 120
"""Longest line of a text that breaks its lines."""
_NARROWEST = 40
"""Shortest measure to which texts are broken; a shorter line ends where its writer ended it."""
_SOFT_HYPHEN = "\u00ad"
_FEW = 3
_MOST = 0.6
"""Share of lines that are full in a text that breaks its lines."""

_BEGINS = re.compile(r"\s*(?:[-–—•*·▪◦>#©|]|\d{1,3}[.)]\s|\[\w{1,6}\]|\(?\w\)\s)")
"""What begins a line of its own: an item of a list, a note, a heading, a row."""
_ROW = re.compile(r"^\s*\||\s\|\s|\t|\S {3,}\S")
_WORD = re.compile(r"\s*(\S+)")
_ENDS = re.compile(r"[.!?…:;][\"'»”’)\]]*\s*$")


def is_row(line: str) -> bool:
    """Return whether a line is a row of a table: its cells stand apart.

    >>> is_row("Kazakhstan | 178 | 214"), is_row("Kazakhstan or Uzbekistan")
    (True, False)
    """
    return _ROW.search(line.strip("\n")) is not None


def unwrapped(text: str) -> str:
    r"""Return a text of the same length in which the lines of a paragraph are joined by spaces.

    Lines are broken ones of a paragraph if the next word had no room: in most lines of the text,
    or in all of a paragraph; or if the next line goes on in small letters. Headings, items of
    lists, rows of tables and short lines end where they end.

    >>> unwrapped("The plan\nThe ministry of digital development of the\nrepublic has one.\n- One")
    'The plan\nThe ministry of digital development of the republic has one.\n- One'
    """
    lines = text.split("\n")
    stretches = list(_stretches(lines))
    width = _width([lines[low:high] for low, high in stretches])
    joined = set[int]()
    for low, high in stretches:
        own = _own_width(lines[low:high])
        measure = min(width or own, own or width)
        for number in range(low, high - 1):
            line = lines[number]
            if line.endswith(_SOFT_HYPHEN):  # the shadow joins what it parts
                continue
            item = _is_small(line) and number - 1 not in joined
            if _goes_on(line, lines[number + 1], measure, small=not item):
                joined.add(number)
    if not joined:
        return text
    last = len(lines) - 1
    return "".join(
        line + ("" if number == last else " " if number in joined else "\n")
        for number, line in enumerate(lines)
    )


def _stretches(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield runs of at least two lines of which none but the first begins anything."""
    low = 0
    for number in range(1, len(lines) + 1):
        if number < len(lines) and _may_go_on(lines[number - 1], lines[number]):
            continue
        if number - low > 1:
            yield low, number
        low = number


def _may_go_on(above: str, line: str) -> bool:
    if not above or not line or above.isspace() or line.isspace() or len(above) > WIDEST:
        return False
    if _BEGINS.match(line) or is_row(above) or is_row(line):
        return False
    indented = line[:2].isspace() and not above[:1].isspace() and not _BEGINS.match(above)
    return not indented and above.isupper() == line.isupper()


def _is_full(line: str, following: str, width: int) -> bool:
    """Return whether the first word of the following line had no room in a line."""
    word = _WORD.match(following)
    return word is not None and len(line.rstrip()) + 1 + len(word[1]) > width


def _width(stretches: Sequence[Sequence[str]]) -> int:
    """Return the measure to which a text is broken, 0 if it is not."""
    pairs = [pair for lines in stretches for pair in pairwise(lines)]
    lengths = sorted(len(line.rstrip()) for lines in stretches for line in lines)
    if len(pairs) < _FEW or lengths[-1] < _NARROWEST:
        return 0
    width = lengths[-1 - len(lengths) // 20]
    full = sum(_is_full(line, following, width) for line, following in pairs)
    return width if full >= _FEW and full >= _MOST * len(pairs) else 0


def _own_width(lines: Sequence[str]) -> int:
    """Return the measure of one paragraph of several lines, 0 if its lines end anywhere."""
    width = max(len(line.rstrip()) for line in lines)
    full = all(_is_full(line, following, width) for line, following in pairwise(lines))
    return width if full and len(lines) >= _FEW and width >= _NARROWEST else 0


def _goes_on(line: str, following: str, width: int, *, small: bool) -> bool:
    """Return whether a line goes on in the following one; ``small``: letters may tell it too."""
    if width and _is_full(line, following, width):
        return True
    long = len(line.rstrip()) >= _NARROWEST
    return small and long and _is_small(following) and not _ENDS.search(line)


def _is_small(line: str) -> bool:
    return line.lstrip()[:1].islower()
