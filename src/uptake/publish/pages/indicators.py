"""The page of indicators: each with its figure, all its values and its sources."""

from uptake.publish.edition import Edition
from uptake.publish.indicator_figures import by_place
from uptake.publish.indicators import Series, series, title_of
from uptake.publish.pages import Page
from uptake.publish.tables import linkable


def indicators(edition: Edition) -> Page | None:
    """Make the page of indicators; None if the release has none."""
    found = series(edition.release.evidence)
    titles = [one.indicator.title for one in found]
    entries = []
    figures = {}
    for number, one in enumerate(found, 1):
        id = f"indicator-{number}-{_slug(one.indicator.id)}"
        figure = by_place(edition, one, id)
        figures[id] = figure
        entries.append(
            {
                "id": f"series-{number}",
                "title": _heading(one, alone=titles.count(one.indicator.title) == 1),
                "indicator": one.indicator,
                "source": one.source,
                "link": one.source.url if one.source and linkable(one.source.url) else "",
                "figure": figure,
            }
        )
    if not entries:
        return None
    return Page("indicators.html", "indicators.html", "Indicators", figures, {"entries": entries})


def _heading(one: Series, *, alone: bool) -> str:
    """Return a heading; where sources stand side by side, it names the producer."""
    producer = f", {one.source.producer}" if one.source and not alone else ""
    return f"{title_of(one)}{producer}"


def _slug(text: str) -> str:
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in text.lower()).strip("-")
