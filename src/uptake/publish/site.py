"""Release -> static site: pages, charts and data that work from a folder, without a server."""

from pathlib import Path

from uptake.publish.charts.render import altair, unchecked
from uptake.publish.compared_files import write_compared
from uptake.publish.csv_files import write_csv
from uptake.publish.datapackage import write_datapackage
from uptake.publish.edition import Edition
from uptake.publish.figure import write_files
from uptake.publish.json_api import write_json
from uptake.publish.pages import Page
from uptake.publish.parquet_files import write_parquet
from uptake.publish.pictures import write_pictures
from uptake.publish.rendering import STYLE, render, style


def write_site(edition: Edition, folder: Path) -> None:
    """Write pages, ``charts/`` and ``data/`` into a folder; the first page is ``index.html``.

    Raises:
        MissingExtraError: The extra ``site`` is not installed.
    """
    altair()
    for write in (write_csv, write_parquet, write_json, write_datapackage):
        write(edition, folder / "data")
    charts = folder / "charts"
    charts.mkdir(parents=True, exist_ok=True)
    with unchecked():
        made = pages(edition, folder)
    figures = [figure for page in made for figure in page.figures.values() if figure]
    write_pictures(write_files(figures, edition.release, charts), edition.drawn, edition.jobs)
    for page in made:
        path = folder / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(render(page, edition, made), encoding="utf-8", newline="\n")
    write_compared(edition, folder)
    (folder / STYLE).write_text(style(), encoding="utf-8", newline="\n")


def pages(edition: Edition, folder: Path) -> list[Page]:
    """Return the pages in the order of the navigation, then the profiles, then the documents."""
    from uptake.publish.pages import compared, over_time, targets
    from uptake.publish.pages.documents import document_pages
    from uptake.publish.pages.downloads import downloads
    from uptake.publish.pages.evidence import evidence
    from uptake.publish.pages.indicators import indicators
    from uptake.publish.pages.methods import methods
    from uptake.publish.pages.overview import overview
    from uptake.publish.pages.profile import profile
    from uptake.publish.pages.usage import usage

    found = [indicators(edition), over_time.page(edition), targets.page(edition)]
    return [
        overview(edition),
        usage(edition),
        *(page for page in found if page),
        *compared.lists(edition),
        evidence(edition),
        methods(edition),
        downloads(edition, folder),
        *(profile(edition, place.iso3) for place in edition.release.places),
        *compared.each(edition),
        *document_pages(edition),
    ]
