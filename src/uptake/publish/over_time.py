"""Small multiples over time: usage by month, and published indicators of several periods."""

import re
from collections.abc import Sequence
from dataclasses import replace

from uptake.model.estimate import Estimate
from uptake.model.evidence import Observation
from uptake.publish import numbers
from uptake.publish.charts import multiples
from uptake.publish.charts.multiples import Curve, Point, Scale
from uptake.publish.drawings import first_and_last
from uptake.publish.edition import Edition
from uptake.publish.figure import Drawing, Figure, share_rows
from uptake.publish.grid import shares
from uptake.publish.indicator_figures import FROM_ZERO, places_of
from uptake.publish.indicators import (
    WORLD,
    Series,
    by_period,
    csv_of,
    series,
    source_line,
    title_of,
)
from uptake.publish.slices import Cell, Mark, Where
from uptake.publish.titles import month_title

FACET = "intent"

FEWEST = 2
"""Periods that an indicator must have of some place to be drawn over time."""

_PERIOD = re.compile(r"(\d{4})(?:-(?:Q([1-4])|H([12])|(\d{2})(?:-(\d{2}))?)|/\d{4})?")
_SHORT = 3.0
"""Years up to which each year begins with a mark of its own on the axis of time."""

_APART = 0.4
"""Years that two marks need between them to be read."""


def when(period: str) -> float | None:
    """Return the middle of a period in years; None for what is no period.

    >>> when("2024"), when("2025-H1"), when("2025-07"), when("soon"), when("2025-13")
    (2024.5, 2025.25, 2025.5416666666667, None, None)
    """
    found = _PERIOD.fullmatch(period)
    if found is None:
        return None
    year, quarter, half, month, day = found.groups()
    if quarter:
        return int(year) + (int(quarter) - 0.5) / 4
    if half:
        return int(year) + (int(half) - 0.5) / 2
    if month:
        inside = (int(month) - 1 + (min(int(day), 31) / 31 if day else 0.5)) / 12
        return int(year) + inside if 1 <= int(month) <= 12 else None
    return int(year) + (1.0 if "/" in period else 0.5)


def usage(edition: Edition, facet: str = FACET) -> list[Figure]:
    """Draw each value of a facet by month, a panel a place; nothing without months by place."""
    slices = edition.slices
    places = [p.iso3 for p in edition.release.places]
    months = sorted(
        {m for place in places for m in slices.values("month", Where(place))} - {"unknown"}
    )
    at = {month: middle for month in months if (middle := when(month)) is not None}
    if len(at) < FEWEST or not slices.has(facet, Where(places[0], months[0])):
        return []
    made = []
    for value in slices.answers(facet):
        cells = {
            place: [(m, slices.share(Where(place, m).key(facet, value))) for m in at]
            for place in places
        }
        whole = [(m, slices.share(Where(month=m).key(facet, value))) for m in at]
        made.append(_usage(edition, (facet, value), cells, whole, at))
    return made


def _usage(
    edition: Edition,
    what: tuple[str, str],
    cells: dict[str, list[tuple[str, Cell]]],
    whole: list[tuple[str, Cell]],
    at: dict[str, float],
) -> Figure:
    title = edition.titles.value(*what)
    names = {place: edition.titles.place(place) for place in cells}
    known = [c for row in cells.values() for _, c in row if isinstance(c, Estimate)]
    most = max((cell.high for cell in known), default=1.0)
    ticks = multiples.steps(0.0, most)
    scale = Scale(*_times(list(at)), (0.0, ticks[-1]), ticks, "share")
    others = [(at[m], c.value if isinstance(c, Estimate) else None) for m, c in whole]
    compared = any(value is not None for _, value in others)
    drawings = tuple(
        Drawing(
            multiples.draw(Curve(names[place], [_share(at[m], c) for m, c in row], others), scale),
            f"{names[place]}: {first_and_last(row)}{_missing(row)}",
        )
        for place, row in cells.items()
    )
    keys = [Where(place, month).key(*what) for place in cells for month in at]
    columns, rows = share_rows(edition.release, keys)
    region = edition.group_title(Where())
    signs = [f"Dashed: {region}."] if compared else []
    if any(c is Mark.WITHHELD for row in cells.values() for _, c in row):
        signs.append("Cross: a month that is withheld; the line has a gap there, it is not zero.")
    caveat = edition.caveat(keys)
    return Figure(
        f"over-time-{what[0]}-{what[1]}",
        f"{title}: share of messages by month, each place",
        f"All places on one scale; bands are {edition.level} intervals",
        drawings,
        shares(
            f"{title}, share of the messages of each month, by place",
            ("Place and month", "Share of messages"),
            [
                (f"{names[place]}, {month_title(m)}", [cell])
                for place, row in cells.items()
                for m, cell in row
            ],
        ),
        edition.source(Where()),
        " ".join([f"Bands: {caveat}" if caveat else "", *signs]).strip(),
        " ".join([*signs, "What the intervals cover: see the methods."]),
        columns,
        rows,
        3,
        small=True,
    )


def _share(at: float, cell: Cell) -> Point:
    if isinstance(cell, Mark):
        return Point(at, None, withheld=cell is Mark.WITHHELD)
    return Point(at, cell.value, cell.low, cell.high, numbers.value(cell))


def _missing(row: Sequence[tuple[str, Cell]]) -> str:
    hidden = sum(cell is Mark.WITHHELD for _, cell in row)
    return f" {numbers.counted(hidden, 'month', 'months')} withheld." if hidden else ""


def indicators(edition: Edition) -> list[Figure]:
    """Draw each indicator that a producer published of several periods, a panel a place."""
    found = joined(series(edition.release.evidence))
    made = (_indicator(edition, one, f"published-{_slug(one, found)}") for one in found)
    return [figure for figure in made if figure]


def joined(found: Sequence[Series]) -> list[Series]:
    """Join the tables of one producer on one indicator: editions of one series.

    Of two values of one place and period the later edition's stands. Producers are never joined.
    """
    order = sorted(found, key=lambda one: (one.source and one.source.published) or "")
    held: dict[tuple[str, str], dict[tuple[str, str], Observation]] = {}
    newest: dict[tuple[str, str], Series] = {}
    for one in order:
        key = (one.indicator.id, one.source.producer if one.source else "")
        newest[key] = one
        for seen in one.observations:
            if seen.status != "target":
                held.setdefault(key, {})[seen.place, seen.period] = seen
    keys = dict.fromkeys(
        (one.indicator.id, one.source.producer if one.source else "") for one in found
    )
    return [
        replace(newest[key], observations=tuple(held[key].values())) for key in keys if key in held
    ]


def _indicator(edition: Edition, one: Series, id: str) -> Figure | None:
    at = {period: middle for period in one.periods if (middle := when(period)) is not None}
    values = {(seen.place, seen.period): seen for seen in one.observations if seen.period in at}
    most = max((sum((p, t) in values for t in at) for p in places_of(edition)), default=0)
    if most < FEWEST or one.indicator.unit == "people":
        return None
    places = [place for place in places_of(edition) if place != WORLD]
    shown = [seen.value for (place, _), seen in values.items() if place in places]
    low = 0.0 if one.indicator.unit in FROM_ZERO else min(shown)
    ticks = multiples.steps(low, max(shown))
    unit = "percent" if one.indicator.unit == "percent" else ""
    scale = Scale(*_times(list(at)), (ticks[0], ticks[-1]), ticks, unit)
    whole = [(at[t], values[WORLD, t].value) for t in at if (WORLD, t) in values]
    own = {place.iso3 for place in edition.release.places}
    drawings = []
    for place in places:
        row = [values.get((place, period)) for period in at]
        name = edition.titles.place(place)
        points = [_seen(middle, seen) for middle, seen in zip(at.values(), row, strict=True)]
        curve = Curve(name, points, whole, place not in own)
        drawings.append(Drawing(multiples.draw(curve, scale), f"{name}: {_told(row)}"))
    columns, rows = csv_of(one)
    note = "A dot is a value; the line has a gap where a place has none in a period that others "
    note += "have. The publisher states no intervals. Grey: comparators."
    note += " Dashed: the world." if whole else ""
    note += " Hollow: imputed by the publisher, not measured." if _imputed(one) else ""
    note += "" if low == 0 else " The scale does not begin at zero."
    return Figure(
        id,
        f"{title_of(one)}, {min(at, key=at.__getitem__)} to {max(at, key=at.__getitem__)}",
        one.indicator.description,
        tuple(drawings),
        by_period(one, [*places, *([WORLD] if whole else [])], edition.titles),
        source_line(one),
        note,
        note,
        columns,
        rows,
        4,
        usage=False,
        small=True,
    )


def _seen(at: float, seen: Observation | None) -> Point:
    if seen is None:
        return Point(at, None)
    text = numbers.observed(seen)
    return Point(at, seen.value, text=text, hollow=seen.status != "actual")


def _told(row: Sequence[Observation | None]) -> str:
    known = [seen for seen in row if seen]
    if not known:
        return "no value."
    said = [f"{numbers.observed(seen)} in {seen.period}" for seen in known]
    return said[0] + (f", {said[-1]}." if len(said) > 1 else ".")


def _imputed(one: Series) -> bool:
    return any(seen.status == "imputed" for seen in one.observations)


def _times(
    periods: Sequence[str],
) -> tuple[tuple[float, float], tuple[tuple[float, str], ...]]:
    """Return both ends of the axis of time and its marks: the years that begin on it."""
    at = {period: middle for period in periods if (middle := when(period)) is not None}
    start, end = min(at.values()), max(at.values())
    if all(len(period) == 4 for period in at):
        edges = {min(at): start, max(at): end}
        return (start, end), tuple((middle, period) for period, middle in edges.items())
    later = [year for year in range(int(start) + 1, int(end) + 1) if year - start > _APART]
    if end - start > _SHORT:
        later = later[-1:]
    return (start, end), ((start, str(int(start))), *((float(y), str(y)) for y in later))


def _slug(one: Series, found: Sequence[Series]) -> str:
    """Return the name of a figure's files; producers of one indicator are numbered."""
    same = [other for other in found if other.indicator.id == one.indicator.id]
    name = "".join(c if c.isascii() and c.isalnum() else "-" for c in one.indicator.id.lower())
    return f"{name}-{same.index(one) + 1}" if len(same) > 1 else name
