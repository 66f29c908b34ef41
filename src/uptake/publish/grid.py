"""Tables for a page: what stands in a cell is printed here, with its interval or its mark."""

from collections.abc import Sequence
from dataclasses import dataclass

from uptake.model.estimate import Estimate, Group
from uptake.publish import numbers
from uptake.publish.slices import Cell, Mark

MARKS = {Mark.WITHHELD: "[c]", Mark.NOT_PUBLISHED: "[x]"}
"""As official statistics write them: confidential, and not available."""

MEANINGS = {Mark.WITHHELD: "withheld", Mark.NOT_PUBLISHED: "not published"}


@dataclass(frozen=True, slots=True)
class Printed:
    """One cell of a table.

    Attributes:
        text: The figure, or the mark.
        interval: Behind it, in brackets; empty for none.
        meaning: What a mark means; empty for a figure.
        note: A word below, such as the period of an indicator.
    """

    text: str
    interval: str = ""
    meaning: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """One table of a page.

    Attributes:
        caption: What it shows, for who reads it alone.
        head: Titles of the columns, that of the row headings first.
        rows: Each row's heading and its cells; what follows a line break is set small.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Printed, ...]], ...]


def printed(cell: Cell) -> Printed:
    """Print a share with its interval, or its mark."""
    if isinstance(cell, Mark):
        return marked(cell)
    return Printed(numbers.value(cell), numbers.interval(cell))


def marked(mark: Mark) -> Printed:
    """Print a mark."""
    return Printed(MARKS[mark], meaning=MEANINGS[mark])


def people(cell: Cell) -> Printed:
    """Print how many people stand behind a share."""
    return Printed(numbers.count(cell.n)) if isinstance(cell, Estimate) else marked(cell)


def size(group: Group | Mark, of: str) -> Printed:
    """Print one size of a group: ``people``, ``conversations`` or ``messages``."""
    if isinstance(group, Mark):
        return marked(group)
    number = getattr(group, of)
    if number is None:
        return marked(Mark.WITHHELD if group.people is None else Mark.NOT_PUBLISHED)
    return Printed(numbers.count(number))


def shares(caption: str, head: Sequence[str], rows: Sequence[tuple[str, Sequence[Cell]]]) -> Grid:
    """Lay shares out, a column each, and behind them the people of the row's group."""
    laid = []
    for label, cells in rows:
        known = next((cell for cell in cells if isinstance(cell, Estimate)), cells[0])
        laid.append((label, (*map(printed, cells), people(known))))
    return Grid(caption, (*head, "People"), tuple(laid))
