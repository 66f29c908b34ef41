"""Figures on a map of the region: an indicator, and how many people stand behind the logs."""

from collections.abc import Mapping, Sequence

from uptake.model.estimate import Estimate
from uptake.model.evidence import Observation
from uptake.publish import numbers
from uptake.publish.charts import maps
from uptake.publish.charts.theme import STEPS
from uptake.publish.columns import Column, Field
from uptake.publish.edition import Edition
from uptake.publish.figure import Drawing, Figure, share_rows
from uptake.publish.grid import Grid, Printed, marked, printed, size
from uptake.publish.indicator_figures import by_place, ranks
from uptake.publish.indicators import WORLD, Series, ranked_places
from uptake.publish.slices import Mark, Where

BOUNDARIES = (
    "Boundaries: Natural Earth, generalised; they imply no opinion on the status of any territory."
)
SIZES = ("people", "conversations", "messages")


def indicator_map(edition: Edition, one: Series, id: str) -> Figure | None:
    """Draw an indicator on the map of the region."""
    region = [p.iso3 for p in edition.release.places]
    shown = {
        place: maps.Shown(
            seen.value, _short(seen), seen.status != "actual", beside=place not in region
        )
        for place, seen in one.latest.items()
        if place != WORLD
    }
    for place in region:
        shown.setdefault(place, maps.Shown(Mark.NOT_PUBLISHED, "[x]"))
    panel = maps.draw(region, shown, _legend(shown, one.indicator.unit == "percent"))
    figure = by_place(edition, one, id)
    if panel is None or figure is None:
        return None
    found = list(ranked_places(one, region))
    return Figure(
        id,
        figure.title,
        figure.subtitle,
        (Drawing(panel, "Map. " + ranks(edition, one, found)),),
        figure.grid,
        figure.source,
        *(f"Slanted lines: imputed by the publisher, not measured. {BOUNDARIES}",) * 2,
        figure.columns,
        figure.rows,
        1,
        usage=False,
    )


def _short(seen: Observation) -> str:
    if abs(seen.value) >= 1e6:
        return f"{seen.value / 1e6:.1f}m"
    return numbers.observed(seen)


def _legend(shown: Mapping[str, maps.Shown], percent: bool) -> list[str]:
    span = maps.ends(shown)
    if span is None or span[0] == span[1]:
        return []
    low, high = span
    bounds = [low + (high - low) * i / len(STEPS) for i in range(len(STEPS) + 1)]
    digits = 0 if high - low >= 10 else 1 if high - low >= 1 else 2
    return [f"{bound:,.{digits}f}{'%' if percent else ''}" for bound in bounds]


def people_map(edition: Edition, id: str) -> Figure | None:
    """Draw how many people of each place stand behind the usage figures."""
    region = [p.iso3 for p in edition.release.places]
    if not edition.slices.values("place"):
        return None
    shown = {place: _people(edition, place) for place in region}
    panel = maps.draw(region, shown, _legend(shown, percent=False))
    if panel is None:
        return None
    said = "; ".join(f"{edition.titles.place(p)} {_said(edition, p)}" for p in region)
    keys = [Where().key("place", place) for place in region]
    columns, csv = share_rows(edition.release, keys)
    counts = tuple(
        Column(f"place_{of}", "integer", f"{of.capitalize()} of the place; empty if withheld.")
        for of in SIZES
    )
    head = ("Place", f"People{edition.monthly}", "Conversations", "Messages", "Share of messages")
    return Figure(
        id,
        "People in the conversation logs",
        f"How many people{edition.monthly} of each place stand behind the figures on usage: a "
        "property of the logs, no estimate of how many people use assistants",
        (Drawing(panel, f"Map. People in the logs: {said}."),),
        Grid("What stands behind the figures on usage, by place", head, _rows(edition, region)),
        edition.source(Where()),
        *(f"Slanted lines and [c]: withheld. {BOUNDARIES}",) * 2,
        (*columns, *counts),
        tuple((*row, *_counts(edition, row[6])) for row in csv),
        1,
    )


def _people(edition: Edition, place: str) -> maps.Shown:
    people = _counts(edition, place)[0]
    if people is None:
        group = edition.slices.group(Where(place))
        mark = group if isinstance(group, Mark) else Mark.WITHHELD
        return maps.Shown(mark, marked(mark).text)
    return maps.Shown(people, numbers.count(people))


def _said(edition: Edition, place: str) -> str:
    shown = _people(edition, place)
    if isinstance(shown.value, Mark):
        return marked(shown.value).meaning
    share = edition.slices.share(Where().key("place", place))
    sent = f" ({numbers.share(share)} of messages)" if isinstance(share, Estimate) else ""
    return f"{shown.text}{sent}"


def _rows(edition: Edition, places: Sequence[str]) -> tuple[tuple[str, tuple[Printed, ...]], ...]:
    out = []
    for place in places:
        group = edition.slices.group(Where(place))
        share = edition.slices.share(Where().key("place", place))
        cells = (*(size(group, of) for of in SIZES), printed(share))
        out.append((edition.titles.place(place), cells))
    return tuple(out)


def _counts(edition: Edition, place: Field) -> tuple[int | None, int | None, int | None]:
    group = edition.slices.group(Where(str(place)))
    if isinstance(group, Mark):
        return None, None, None
    return group.people, group.conversations, group.messages
