"""Figures on indicators: places below each other, and one place among its neighbours."""

from collections.abc import Sequence

from uptake.model.evidence import Observation
from uptake.publish import numbers
from uptake.publish.charts import observed
from uptake.publish.edition import Edition
from uptake.publish.figure import Drawing, Figure
from uptake.publish.grid import Grid, Printed
from uptake.publish.indicators import (
    WORLD,
    Series,
    by_period,
    csv_of,
    ranked_places,
    source_line,
    title_of,
)
from uptake.publish.tables import OBSERVATION_COLUMNS

FROM_ZERO = ("percent", "people", "count", "usd", "usd_ppp", "ratio")
"""Units of which a bar from zero tells the truth."""


def places_of(edition: Edition) -> list[str]:
    """Return the places that indicators are shown for: region, comparators, world."""
    release = edition.release
    return [*(p.iso3 for p in (*release.places, *release.comparators)), WORLD]


def by_place(edition: Edition, one: Series, id: str) -> Figure | None:
    """Draw the latest value of each place."""
    places = [p for p in places_of(edition) if any(o.place == p for o in one.observations)]
    found = list(ranked_places(one, places))
    if not found:
        return None
    own = {p.iso3 for p in edition.release.places}
    values = [
        observed.Value(
            edition.titles.place(seen.place),
            seen.value,
            _text(one, seen),
            hollow=seen.status != "actual",
            soft=seen.place not in own,
        )
        for seen in found
    ]
    columns, rows = csv_of(one)
    zero = one.indicator.unit in FROM_ZERO
    return Figure(
        id,
        f"{title_of(one)}, {one.period}",
        one.indicator.description,
        (Drawing(observed.draw_places(values, zero=zero), ranks(edition, one, found)),),
        by_period(one, places, edition.titles),
        source_line(one),
        *_note(zero=zero),
        columns,
        rows,
        1,
        usage=False,
    )


def _note(*, zero: bool) -> tuple[str, str]:
    said = "Hollow points are imputed by the publisher, not measured. Grey: comparators."
    return (said if zero else f"{said} The scale does not begin at zero.",) * 2


def _text(one: Series, seen: Observation) -> str:
    when = "" if seen.period == one.period else f" ({seen.period})"
    return numbers.observed(seen) + when


def ranks(edition: Edition, one: Series, found: Sequence[Observation]) -> str:
    """Say each place's value, the highest first."""
    order = sorted(found, key=lambda seen: -seen.value)
    said = [
        f"{edition.titles.place(seen.place)} {numbers.observed(seen)}"
        + (" (imputed)" if seen.status == "imputed" else "")
        for seen in order
    ]
    return f"{one.indicator.title}, {one.period}, highest value first: {', '.join(said)}."


def neighbours(edition: Edition, found: Sequence[Series], place: str, id: str) -> Figure | None:
    """Draw one place among all places on each indicator that has it."""
    strips, rows, csv = [], [], []
    places = [p for p in places_of(edition) if p != WORLD]
    for one in found:
        seen = one.latest.get(place)
        others = [o for o in ranked_places(one, places) if o.place != place]
        if seen is None or not others or one.indicator.unit == "people":
            continue
        text = numbers.observed(seen) + ("*" if seen.status == "imputed" else "")
        strips.append(
            observed.Strip(one.indicator.title, seen.value, tuple(o.value for o in others), text)
        )
        low = min((seen, *others), key=lambda o: o.value)
        high = max((seen, *others), key=lambda o: o.value)
        rows.append((f"{title_of(one)}, {one.period}", _beside(edition, seen, low, high)))
        csv += [row for row in csv_of(one)[1] if row[1] in places]
    if not strips:
        return None
    name = edition.titles.place(place)
    head = ("Indicator and period", name, "Lowest of the places shown", "Highest")
    return Figure(
        id,
        f"{name} beside its neighbours",
        "Each line runs from the lowest to the highest value of the places shown",
        (Drawing(observed.draw_strips(strips), _standing(name, strips)),),
        Grid(f"Indicators of {name} and the range of all places shown", head, tuple(rows)),
        "Source: see the table of indicators for the producer of each row.",
        *(f"Filled: {name}. Hollow: the other places. A star: imputed by the publisher.",) * 2,
        OBSERVATION_COLUMNS,
        tuple(csv),
        1,
        usage=False,
    )


def _beside(
    edition: Edition, own: Observation, low: Observation, high: Observation
) -> tuple[Printed, ...]:
    note = "imputed" if own.status == "imputed" else ""
    return (
        Printed(numbers.observed(own), note=note),
        *(
            Printed(numbers.observed(seen), note=edition.titles.place(seen.place))
            for seen in (low, high)
        ),
    )


def _standing(name: str, strips: Sequence[observed.Strip]) -> str:
    said = [
        f"{strip.label} {strip.text}, {sum(other > strip.own for other in strip.others)} of "
        f"{len(strip.others)} places higher"
        for strip in strips
    ]
    return f"{name}: {'; '.join(said)}."
