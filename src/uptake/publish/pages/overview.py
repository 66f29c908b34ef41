"""The region overview: headline, maps, places side by side, indicators side by side."""

from collections.abc import Sequence

from uptake.publish import words
from uptake.publish.drawings import Asked, by_group, by_month, parts
from uptake.publish.edition import Edition
from uptake.publish.figure import Figure
from uptake.publish.grid import Grid, printed, size
from uptake.publish.indicator_figures import places_of
from uptake.publish.indicators import Series, series, side_by_side, title_of
from uptake.publish.indicators import printed as latest
from uptake.publish.map_figures import indicator_map, people_map
from uptake.publish.pages import Page, place_path
from uptake.publish.slices import Where
from uptake.publish.titles import words as titled

COMPARED = (("intent", None), ("work", "work"))
"""Facets of the comparison table: all values, or one."""


def overview(edition: Edition) -> Page:
    """Make the first page."""
    found = series(edition.release.evidence)
    chosen = mapped(found)
    figures: dict[str, Figure | None] = {
        "indicator_map": indicator_map(edition, chosen, "map-indicator") if chosen else None,
        "people_map": people_map(edition, "map-people"),
        "intent": parts(edition, Asked("overview-intent", "intent", Where())),
        "intent_by_place": by_group(
            edition, Asked("overview-intent-by-place", "intent", Where()), ["place"]
        ),
        "intent_by_month": by_month(edition, Asked("overview-intent-by-month", "intent", Where())),
    }
    return Page(
        "index.html",
        "overview.html",
        "Overview",
        figures,
        {
            "headline": words.headline(edition, Where()),
            "behind": edition.behind(Where()),
            "cards": words.cards(edition, Where()),
            "meanings": meanings(edition),
            "comparison": comparison(edition, chosen),
            "paths": {
                edition.titles.place(place.iso3): place_path(place.iso3)
                for place in edition.release.places
            },
            "indicators": side_by_side(found, shown_places(edition, found), edition.titles)
            if found
            else None,
            "told": edition.archive.counts(list(edition.archive.claims.values())),
            "sources": [one.source for one in found if one.source],
        },
    )


def meanings(edition: Edition) -> tuple[tuple[str, str], ...]:
    """Return what the intents mean, where shares of them are shown."""
    return words.definitions("intent") if edition.slices.answers("intent") else ()


def mapped(found: Sequence[Series]) -> Series | None:
    """Return the indicator that the first map shows: a listed one, else the first in percent."""
    wanted = titled()["map"]["indicators"]
    order = [one for name in wanted for one in found if one.indicator.id == name]
    order += [one for one in found if one.indicator.unit == "percent"]
    return order[0] if order else None


def shown_places(edition: Edition, found: Sequence[Series]) -> list[str]:
    """Return the places that any indicator has."""
    held = {seen.place for one in found for seen in one.observations}
    return [place for place in places_of(edition) if place in held]


def comparison(edition: Edition, chosen: Series | None) -> Grid | None:
    """Lay the places side by side; None where nothing is split by place."""
    slices, titles = edition.slices, edition.titles
    places = [p.iso3 for p in edition.release.places]
    if not places or not slices.values("place"):
        return None
    columns = [
        (facet, value)
        for facet, only in COMPARED
        for value in slices.answers(facet)
        if only in (None, value)
    ]
    band = words.top_age(edition)
    if band:
        columns.append(("age_band", band))
    head = ["Place", f"People{edition.monthly}", "Messages"]
    head += [
        f"Aged {titles.value(facet, value)}" if facet == "age_band" else titles.value(facet, value)
        for facet, value in columns
    ]
    if chosen:
        head.append(f"{title_of(chosen)}, {chosen.period}")
    rows = []
    for place in places:
        where = Where(place)
        group = slices.group(where)
        cells = [size(group, "people"), size(group, "messages")]
        cells += [printed(slices.share(where.key(facet, value))) for facet, value in columns]
        if chosen:
            cells.append(latest(chosen, place))
        rows.append((titles.place(place), tuple(cells)))
    return Grid("Places side by side: shares of messages", tuple(head), tuple(rows))
