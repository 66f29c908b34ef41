"""Tables of a page: those of values are written as lines that carry their heads.

The lines stand in the tree instead of the table, so that whoever looks for the main text of the
page keeps or drops them as any other paragraphs. Trees are lxml's, which has no types.
"""

from collections.abc import Iterator
from typing import Any

from uptake.gather.extract import grid, page
from uptake.gather.language import detect

_MOST_SPAN = 100
_MOST_CELLS = 20_000
_SAMPLE = 20_000


def write_heads_into_rows(tree: Any) -> None:
    """Put paragraphs in the place of each table of values; other tables stay as they are."""
    found = [t for t in tree.iter("table") if next(t.iterdescendants("table"), None) is None]
    language = ""
    for table in found:
        heads, rows = _grid(table)
        if not rows:
            continue
        language = language or detect(page.text(tree)[:_SAMPLE])
        lines = grid.written(heads, rows, _caption(table), language)
        if lines:
            _replace(table, lines)


def _grid(table: Any) -> tuple[list[str], list[list[str]]]:
    """Return the heads of a table's columns and the rows below; no rows if it has no heads."""
    rows, head_rows = _rows(table)
    if not rows or len(rows) <= head_rows or sum(map(len, rows)) > _MOST_CELLS:
        return [], []
    width = max(map(len, rows))
    rows = [row + [""] * (width - len(row)) for row in rows]
    if not head_rows:
        if any(cell[:1].isdigit() and not grid.is_period(cell) for cell in rows[0]):
            return [], []
        head_rows = 1
    stacked = [
        list(dict.fromkeys(row[n] for row in rows[:head_rows] if row[n])) for n in range(width)
    ]
    return [", ".join(cells) for cells in stacked], rows[head_rows:]


def _rows(table: Any) -> tuple[list[list[str]], int]:
    """Return rows of cells, those over several columns or rows repeated, and how many are heads."""
    rows: list[list[str]] = []
    heads = 0
    below: dict[int, tuple[str, int]] = {}
    for row in table.iter("tr"):
        cells: list[str] = []
        elements = [e for e in row if e.tag in ("td", "th")]
        for element in elements:
            _fill(cells, below)
            words = " ".join(element.text_content().split())
            down = _span(element, "rowspan")
            for _ in range(_span(element, "colspan")):
                if down > 1:
                    below[len(cells)] = (words, down - 1)
                cells.append(words)
        _fill(cells, below)
        if not any(cells):
            continue
        in_head = row.getparent().tag == "thead" or all(e.tag == "th" for e in elements)
        heads += in_head and heads == len(rows)
        rows.append(cells)
    return rows, heads


def _fill(cells: list[str], below: dict[int, tuple[str, int]]) -> None:
    """Add the cells that reach down from the rows above, as long as one stands next."""
    while len(cells) in below:
        words, left = below.pop(len(cells))
        if left > 1:
            below[len(cells)] = (words, left - 1)
        cells.append(words)


def _span(element: Any, name: str) -> int:
    told = (element.get(name) or "1").strip()
    return min(_MOST_SPAN, max(1, int(told))) if told.isdecimal() else 1


def _caption(table: Any) -> str:
    caption = next(table.iter("caption"), None)
    return "" if caption is None else " ".join(caption.text_content().split())


def _replace(table: Any, lines: list[str]) -> None:
    from lxml import etree  # type: ignore[import-untyped]

    parent = table.getparent()
    block = etree.Element("div")
    block.tail = table.tail
    for line in _with_caption(table, lines):
        paragraph = etree.SubElement(block, "p")
        paragraph.text = line
    parent.replace(table, block)


def _with_caption(table: Any, lines: list[str]) -> Iterator[str]:
    if caption := _caption(table):
        yield caption
    yield from lines
