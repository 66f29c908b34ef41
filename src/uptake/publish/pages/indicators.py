"""The page of indicators: each with its figure, all its values and its sources."""

from uptake.publish.edition import Edition
from uptake.publish.indicator_figures import by_place
from uptake.publish.indicators import Series, by_whom, series, title_of
from uptake.publish.pages import Page
from uptake.publish.tables import linkable


def indicators(edition: Edition) -> Page | None:
    """Make the page of indicators; None if the release has none."""
    found = series(edition.release.evidence)
    entries = []
    figures = {}
    for number, one in enumerate(found, 1):
        id = f"indicator-{number}-{_slug(one.indicator.id)}"
        figure = by_place(edition, one, id)
        figures[id] = figure
        entries.append(
            {
                "id": f"series-{number}",
                "title": _heading(one, found),
                "indicator": one.indicator,
                "source": one.source,
                "link": one.source.url if one.source and linkable(one.source.url) else "",
                "figure": figure,
            }
        )
    if not entries:
        return None
    return Page("indicators.html", "indicators.html", "Indicators", figures, {"entries": entries})


def _heading(one: Series, found: list[Series]) -> str:
    """Return a heading; where sources stand side by side, it names them."""
    alone = sum(other.indicator.id == one.indicator.id for other in found) == 1
    return title_of(one) if alone else f"{title_of(one)}. {by_whom(one, found)}"


def _slug(text: str) -> str:
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in text.lower()).strip("-")
