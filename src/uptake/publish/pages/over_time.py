"""The page of small multiples: places beside each other over time, each figure on one scale."""

from uptake.publish import over_time, words
from uptake.publish.edition import Edition
from uptake.publish.pages import Page
from uptake.publish.pages.compared import INDICES

PATH = "over-time.html"


def page(edition: Edition) -> Page | None:
    """Make the page; None where nothing is known of several periods."""
    usage, published = over_time.usage(edition), over_time.indicators(edition)
    figures = {figure.id: figure for figure in (*usage, *published)}
    if not figures:
        return None
    return Page(
        PATH,
        "over_time.html",
        "Over time",
        dict(figures),
        {
            "usage": usage,
            "meanings": words.definitions(over_time.FACET),
            "published": published,
            "heads": bool(edition.release.per_head),
            "index": f"{INDICES}.html" if edition.release.indices else "",
        },
    )
