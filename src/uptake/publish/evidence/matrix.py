"""Initiatives by sector and stage: a table of which each cell opens its quotes."""

from collections import defaultdict
from dataclasses import dataclass

from uptake.model.dimensions import ALL
from uptake.model.views import StageCell, Views
from uptake.publish.edition import Edition
from uptake.publish.evidence import wording
from uptake.publish.evidence.quotes import Quoted, all_quoted


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the table.

    Attributes:
        id: Anchor of its quotes; empty for an empty cell.
        number: Initiatives in it; those that copies of a text repeat count once.
        says: What it holds, in words.
        quotes: The claims.
    """

    id: str = ""
    number: int = 0
    says: str = ""
    quotes: tuple[Quoted, ...] = ()


@dataclass(frozen=True, slots=True)
class Matrix:
    """The table: stages across, sectors down."""

    caption: str
    stages: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Return the cells that hold anything, row by row."""
        return tuple(cell for _, row in self.rows for cell in row if cell.number)


def matrix(edition: Edition, views: Views, place: str) -> Matrix | None:
    """Lay initiatives out; None where there are none.

    Every stage of the schema has its column, "not told" only where a document tells none.
    """
    met: dict[tuple[str, str], list[StageCell]] = defaultdict(list)
    for cell in views.stages:
        met[cell.sector, cell.stage].append(cell)
    if not met:
        return None
    known = wording.words()["stages"]
    used = {stage for _, stage in met}
    stages = [s for s in known if s or "" in used]
    stages += sorted(used - set(known))
    order = list(wording.sectors())
    rows = sorted(
        {sector for sector, _ in met},
        key=lambda s: (not s, order.index(s) if s in order else len(order), s),
    )
    name = edition.titles.place(place)
    return Matrix(
        f"Initiatives in documents by sector and stage, {name}",
        tuple(wording.stage_title(stage) for stage in stages),
        tuple(
            (
                wording.sector_title(sector),
                tuple(
                    _cell(edition, met.get((sector, stage), []), (place, sector, stage))
                    for stage in stages
                ),
            )
            for sector in rows
        ),
    )


def _cell(edition: Edition, found: list[StageCell], where: tuple[str, str, str]) -> Cell:
    claims = edition.archive.given(id for cell in found for id in cell.claims)
    if not claims:
        return Cell()
    place, sector, stage = where
    number = len(edition.archive.once(claims))
    stories = edition.archive.counts(claims).stories
    told = "1 story" if stories == 1 else f"{stories:,} stories"
    said = (
        f"{wording.sector_title(sector)}, {wording.stage_title(stage).lower()}: "
        f"{wording.counted('initiative', number)} in {told}"
    )
    return Cell(
        "cell-" + "-".join(_plain(part) for part in (place or ALL, sector, stage)),
        number,
        said,
        tuple(all_quoted(edition.archive, claims)),
    )


def _plain(text: str) -> str:
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in text.lower()) or "untold"
