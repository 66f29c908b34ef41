"""A figure: panels, what they say, the table with the same numbers, and its files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from uptake.model.estimate import Estimate, Key
from uptake.model.release import Release
from uptake.publish.charts.render import Panel, Sheet, sheet_svg
from uptake.publish.columns import Column, Row
from uptake.publish.csv_files import text_of
from uptake.publish.grid import Grid
from uptake.publish.tables import SHARE_COLUMNS, notice_of, share_row

COVERS = Column("covers", "string", "Which errors the interval covers, and which not.")


@dataclass(frozen=True, slots=True)
class Drawing:
    """One panel with what it says in words."""

    panel: Panel
    says: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a page.

    Attributes:
        id: Name of its files and anchor, unique in a site.
        title: Over it.
        subtitle: What is counted, in which group.
        drawings: Its panels.
        grid: The same numbers as a table.
        source: Where they come from, and the n.
        note: How to read it: what is drawn, and what the intervals cover.
        key: The short form of it, for a picture that travels alone.
        columns: Of the CSV file.
        rows: Of the CSV file.
        across: Panels side by side in the download.
        usage: Whether it shows usage; else it shows what others have published.
        small: Whether its panels are small multiples, two abreast on a phone.
    """

    id: str
    title: str
    subtitle: str
    drawings: tuple[Drawing, ...]
    grid: Grid
    source: str
    note: str
    key: str
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = field(default=(), repr=False)
    across: int = 3
    usage: bool = True
    small: bool = False

    @property
    def says(self) -> str:
        """Return what the figure says, in words."""
        return " ".join(drawing.says for drawing in self.drawings)

    @property
    def svgs(self) -> tuple[str, ...]:
        """Return the panels for a page."""
        return tuple(
            drawing.panel.svg(f"{self.id}-{number}", drawing.says)
            for number, drawing in enumerate(self.drawings)
        )


def share_rows(release: Release, keys: Sequence[Key]) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    """Return the columns and rows of shares for a figure's own CSV; it says what intervals cover.

    A share that was not computed has no row.
    """
    columns = (*SHARE_COLUMNS[:-1], COVERS)
    rows = []
    for key in dict.fromkeys(keys):
        if key in release.estimates.shares:
            found = release.estimates.shares[key]
            said = found.covers if isinstance(found, Estimate) else None
            rows.append((*share_row(key, found, {})[:-1], said))
    return columns, tuple(rows)


def write_files(figures: Iterable[Figure], release: Release, folder: Path) -> dict[Path, str]:
    """Write each figure's CSV and SVG into a folder; return the SVG of each PNG to be drawn."""
    pictures: dict[Path, str] = {}
    for figure in figures:
        notice = notice_of(release, usage=figure.usage)
        text = text_of(figure.columns, figure.rows, notice)
        (folder / f"{figure.id}.csv").write_text(text, encoding="utf-8", newline="")
        svg = _sheet(figure, release)
        (folder / f"{figure.id}.svg").write_text(svg, encoding="utf-8", newline="")
        pictures[folder / f"{figure.id}.png"] = svg
    return pictures


def _sheet(figure: Figure, release: Release) -> str:
    sheet = Sheet(
        figure.title,
        figure.subtitle,
        f"{figure.source} {figure.key}".strip(),
        " ".join(stamps(release, usage=figure.usage)),
        figure.across,
    )
    return sheet_svg([drawing.panel for drawing in figure.drawings], sheet)


def stamps(release: Release, *, usage: bool = True) -> tuple[str, ...]:
    """Return what each picture must carry when it travels alone.

    Indicators are no figures of ours: they are neither synthetic nor for closed use.
    """
    notice = notice_of(release, usage=usage)
    out = [f"{notice[:1].upper()}{notice[1:].rstrip('.')}."] if notice else []
    if usage and release.mode == "own":
        out.append("One person's own logs: n counts conversations.")
    elif usage and release.mode != "public":
        out.append("For closed use: no differential privacy.")
    return tuple(out)
