"""The indices and the programmes of an observatory: a page that lists them, and a page each."""

from collections.abc import Sequence
from functools import lru_cache

from uptake.model.composite import Ranking
from uptake.model.errors import MissingExtraError
from uptake.model.programme import Programme
from uptake.publish import composite
from uptake.publish.edition import Edition
from uptake.publish.pages import Page
from uptake.publish.programme import METHODS, Drawn, Shown, context, plots

INDICES, PROGRAMMES = "indices", "programmes"


def index_path(one: Ranking) -> str:
    """Return the path of an index's page; its files lie beside it."""
    return f"{INDICES}/{one.slug}/index.html"


def programme_path(one: Programme) -> str:
    """Return the path of a programme's page; its files lie beside it."""
    return f"{PROGRAMMES}/{one.slug}/index.html"


def lists(edition: Edition) -> list[Page]:
    """Make the pages of the navigation; none for what an observatory has not."""
    release, made = edition.release, []
    if release.indices:
        rankings = [
            {
                "id": f"index-{one.slug}",
                "found": one.found,
                "lead": composite.lead(one.found),
                "sure": composite.sure(one.found),
                "chart": composite.bars(one.found),
                "path": index_path(one),
            }
            for one in release.indices
        ]
        made.append(Page(f"{INDICES}.html", "indices.html", "Index", {}, {"rankings": rankings}))
    if release.programmes:
        listed = [
            {
                "id": f"programme-{one.slug}",
                "name": one.name,
                "notice": one.notice,
                "status": one.status,
                "places": [edition.titles.place(place) for place in one.places],
                "said": one.said,
                "path": programme_path(one),
            }
            for one in release.programmes
        ]
        title = "Programmes"
        made.append(
            Page(f"{PROGRAMMES}.html", "programmes.html", title, {}, {"programmes": listed})
        )
    return made


def each(edition: Edition) -> list[Page]:
    """Make a page for each index and each programme."""
    release = edition.release
    return [
        *(
            Page(
                index_path(one),
                "index_page.html",
                one.found.title,
                {},
                {
                    **composite.shown(one.found, [name for name, _, _ in one.steps]),
                    **_picked(one, edition),
                },
            )
            for one in release.indices
        ),
        *(
            Page(programme_path(one), "programme_page.html", one.name, {}, _shown(one, edition))
            for one in release.programmes
        ),
    ]


def _picked(one: Ranking, edition: Edition) -> dict[str, list[str]]:
    """Place the region's own places side by side first, if the index has two of them."""
    own = {place.iso3 for place in edition.release.places}
    found = [place.name for place in one.found.places if place.id in own]
    return {"picked": found} if len(found) > 1 else {}


def shown_of(one: Programme, version: str) -> Shown:
    """Return what a page says of a programme besides its figures."""
    return Shown(
        one.name, one.outcome, one.notice, one.digest, one.changed, version, one.description
    )


@lru_cache(maxsize=32)
def drawn_of(one: Programme) -> Sequence[Drawn]:
    """Return the plots of a programme, drawn once for its page and the files beside it."""
    try:
        return plots(one.effect) if one.effect else ()
    except MissingExtraError:  # pragma: no cover (a site is not made without it)
        return ()


def standings(edition: Edition, place: str) -> list[dict[str, str]]:
    """Say where a place stands in each index that compares it."""
    return [
        {"title": one.found.title, "said": said, "path": index_path(one)}
        for one in edition.release.indices
        if (said := composite.standing(one.found, place))
    ]


def programmes(edition: Edition, place: str) -> list[dict[str, str]]:
    """Say what programmes of a place are planned, and what was seen of the others."""
    return [
        {
            "name": one.name,
            "status": one.status,
            "said": one.said,
            "notice": one.notice,
            "path": programme_path(one),
        }
        for one in edition.release.programmes
        if place in one.places
    ]


def _shown(one: Programme, edition: Edition) -> dict[str, object]:
    release = edition.release
    made = context(one.effect, one.plan, shown_of(one, release.version), drawn_of(one))
    places = ", ".join(edition.titles.place(place) for place in one.places)
    return {
        **made,
        "method": METHODS.get(one.method, one.method),
        "kicker": f"Programme, {one.status}{f': {places}' if places else ''}",
    }
