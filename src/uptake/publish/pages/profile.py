"""A place's profile: its headline, its usage beside the region's, its indicators and documents."""

from uptake.publish import country_report, women_and_men, words
from uptake.publish import weighted as weighting
from uptake.publish.drawings import Asked, by_group, by_month, composition, parts
from uptake.publish.edition import Edition
from uptake.publish.evidence.taken import taken
from uptake.publish.figure import Figure
from uptake.publish.grid import Grid, Printed, size
from uptake.publish.indicator_figures import neighbours
from uptake.publish.indicators import Series, series, side_by_side
from uptake.publish.over_time import joined
from uptake.publish.pages import Page, place_path
from uptake.publish.pages.compared import programmes, standings
from uptake.publish.pages.documents import documents_of
from uptake.publish.pages.evidence import rule
from uptake.publish.pages.overview import meanings
from uptake.publish.pages.targets import of_place
from uptake.publish.slices import Mark, Where
from uptake.publish.titles import month_title

WHO = ("age_band", "gender", "language")


def profile(edition: Edition, place: str) -> Page:
    """Make the page of one place."""
    where, name = Where(place), edition.titles.place(place)
    found = series(edition.release.evidence)
    slug = place_path(place).removeprefix("places/").removesuffix(".html")
    counted = not isinstance(edition.slices.group(where), Mark)
    return Page(
        place_path(place),
        "profile.html",
        name,
        {**(_usage(edition, where, slug) if counted else {}),
         "neighbours": neighbours(edition, joined(found), place, f"{slug}-neighbours")},
        {
            "place": place,
            "counted": counted,
            "headline": words.headline(edition, where),
            "behind": edition.behind(where),
            "cards": words.cards(edition, where) if counted else [],
            "meanings": meanings(edition) if counted else (),
            "report": country_report.place_grid(edition, where) if counted else None,
            "population": country_report.population_note(edition),
            "women_and_men": women_and_men.section(edition, place) if counted else None,
            "weighted": weighting.section(edition, place) if counted else None,
            "months": _months(edition, where),
            "indicators": _indicators(edition, found, place),
            "standing": standings(edition, place),
            "targets": of_place(edition, place),
            "programmes": programmes(edition, place),
            "documents": documents_of(edition, place),
            "taken": taken(edition, place),
            "rule": rule(edition, place),
        },
    )  # fmt: skip


def _usage(edition: Edition, where: Where, slug: str) -> dict[str, Figure | None]:
    everybody = Where()
    out: dict[str, Figure | None] = {
        "who": composition(edition, Asked(f"{slug}-who", "", where, everybody), WHO),
        "intent": parts(edition, Asked(f"{slug}-intent", "intent", where, everybody)),
        "intent_by_month": by_month(
            edition, Asked(f"{slug}-intent-by-month", "intent", where, everybody)
        ),
    }
    out["intent_by_group"] = by_group(
        edition, Asked(f"{slug}-intent-by-group", "intent", where), WHO
    )
    for facet in ("topic_group", "work"):
        asked = Asked(f"{slug}-{facet.replace('_', '-')}", facet, where, everybody)
        out[facet] = parts(edition, asked)
    return out


def _months(edition: Edition, where: Where) -> Grid | None:
    """Return the group's size by month."""
    months = edition.slices.values("month", where)
    if not months:
        return None
    rows: list[tuple[str, tuple[Printed, ...]]] = []
    for month in months:
        group = edition.slices.group(where.but("month", month))
        cells = tuple(size(group, of) for of in ("people", "conversations", "messages"))
        rows.append((month_title(month), cells))
    head = ("Month", "People", "Conversations", "Messages")
    name = edition.group_title(where)
    return Grid(f"What stands behind the figures of each month, {name}", head, tuple(rows))


def _indicators(edition: Edition, found: list[Series], place: str) -> Grid | None:
    held = [one for one in found if place in one.latest]
    return side_by_side(held, [place], edition.titles) if held else None
