"""Noisy joint vectors -> cells of the splits that margins answer, each marked by noisy counts only.

Post-processing: nothing here sees an exact count. What is published is decided by the table of
people and the sums over the region, which are not published; the figures come from the table of
messages and the numbers of people, whose noise is another. So a cell that passes by a lucky draw
does not read high.
"""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa

from uptake.model.dimensions import ALL, DIMENSIONS, PERIOD, TOTAL
from uptake.model.joint import Ints, KeySpace
from uptake.model.releasedcells import PUBLISHED, SCHEMA, WITHHELD
from uptake.protect.margins import AXES, Facet, Margin, Shape
from uptake.protect.noisy import Noisy, Parameters

SAFE = 3.0
"""Standard deviations of noise that a published count of people lies above the threshold's share
of noise: fewer than 2 in 1,000 empty cells are published."""

CLEAR = 1.0
"""Standard deviations of noise that a cell's messages lie above none, by its people. Counts below
zero are made none, which lifts the mean of the others: from here on by under a tenth of that noise,
which the interval holds."""

GROUP_CLEAR = 5.0
"""The same of a group, by whose messages its cells' are divided."""


Period = tuple[str, ...]
"""The months of one of two periods that are compared, in order."""

COMPARED = ("total", "intent", "work", "topic_group", "topic")
"""Facets whose cells are compared between two periods."""


def stacked(months: Mapping[str, Noisy], keys: KeySpace) -> Shape:
    """Lay months side by side."""
    axes = (len(keys.places), len(keys.age_bands), len(keys.genders), -1)
    names = tuple(sorted(months))
    if not names:
        raise ValueError("a release has one month at least")
    return Shape(
        names,
        np.stack([months[m].people.reshape(axes) for m in names]),
        np.stack([months[m].messages.reshape(axes) for m in names]),
        np.sum([months[m].moments for m in names], axis=0),
        np.stack([months[m].totals for m in names]),
        np.stack([months[m].heads.reshape(axes[:-1]) for m in names]),
    )


def summed(months: Mapping[str, Noisy], keys: KeySpace, periods: tuple[Period, Period]) -> Shape:
    """Lay two periods of equally many months side by side, each the sum of its months.

    Raises:
        ValueError: They are not equally long, or share a month.
    """
    earlier, later = periods
    if len(earlier) != len(later) or not earlier or set(earlier) & set(later):
        raise ValueError("two periods have equally many months, none of them in common")
    shape = stacked({month: months[month] for month in (*earlier, *later)}, keys)
    order = [[shape.months.index(month) for month in period] for period in periods]

    def added(values: Ints) -> Ints:
        return np.stack([values[which].sum(axis=0) for which in order])

    return Shape(
        tuple(f"{period[0]}{PERIOD}{period[-1]}" for period in periods),
        added(shape.people),
        added(shape.messages),
        shape.moments,
        added(shape.totals),
        added(shape.heads),
        length=len(earlier),
    )


def answerable(dimensions: Sequence[str]) -> bool:
    """Return whether margins of the joint tables answer a split.

    >>> answerable(("place", "month")), answerable(("language",))
    (True, False)
    """
    return set(dimensions) <= set(AXES)


def cells(
    shape: Shape,
    keys: KeySpace,
    parameters: Parameters,
    splits: Sequence[tuple[str, ...]],
    people: int,
    facets: Collection[str] | None = None,
) -> pa.Table:
    """Return rows by ``releasedcells.SCHEMA`` for every split that can be answered.

    Args:
        shape: Noisy vectors.
        keys: Of what.
        parameters: Of the noise.
        splits: Dimensions of each.
        people: Fewest people of a published cell; the margin's noise comes on top.
        facets: Which facets; None for all.
    """
    rows = [
        row
        for split in splits
        if answerable(split)
        for row in _split(Margin(shape, keys, parameters, split), people, facets)
    ]
    columns = {name: [row.get(name) for row in rows] for name in SCHEMA.names}
    return pa.table(columns, schema=SCHEMA)


def _split(
    margin: Margin, least: int, facets: Collection[str] | None
) -> Iterator[dict[str, object]]:
    name = "+".join(d for d in DIMENSIONS if d in margin.split)
    for facet, values in {TOTAL: (ALL,), **margin.facets, **margin.compositions}.items():
        if facets is not None and facet not in facets:
            continue
        found = margin.facet(facet, values)
        for place in np.ndindex(found.messages.shape[:-1]):
            group = dict.fromkeys(DIMENSIONS, ALL) | margin.named(place)
            for number, value in enumerate(values):
                row = _row(found, (*place, number), place, least)
                yield row | group | {"split": name, "facet": facet, "value": value}


def _row(
    found: Facet, at: tuple[int, ...], group: tuple[int, ...], least: int
) -> dict[str, object]:
    def enough(people: float, noise: float) -> bool:
        return people >= least + SAFE * math.sqrt(noise)

    shown = (
        enough(found.seen[at], found.seen_noise)
        and enough(found.group_seen[group], found.group_seen_noise)
        and found.expected[at] >= CLEAR * math.sqrt(found.noise)
        and found.group_expected[group] >= GROUP_CLEAR * math.sqrt(found.group_noise)
    )
    noisy = {
        "noisy_low": found.low[at],
        "noisy_middle": found.middle[at],
        "noisy_messages": found.messages[at],
        "noisy_group_messages": found.group_messages[group],
        "noisy_people": None if found.people is None else found.people[at],
        "noisy_group_people": found.group_people[group],
        "people_noise": found.people_noise,
        "group_people_noise": found.group_people_noise,
        "messages_noise": found.noise,
        "cross_noise": found.cross_noise,
        "group_messages_noise": found.group_noise,
    }
    if not shown:
        return {"status": WITHHELD, **noisy}
    n = max(0.0, float(found.group_messages[group]))
    y = min(max(0.0, float(found.messages[at])), n)
    low = min(max(0.0, float(found.low[at])), y)
    whole = {
        "messages": y,
        "messages_squared": found.squared[at],
        "messages_cross": found.cross[at],
        "messages_low": low,
        "messages_middle": min(max(0.0, float(found.middle[at])), y - low),
        "group_messages": n,
        "group_messages_squared": found.group_squared[group],
        "group_people": found.group_people[group],
    }
    if found.people is not None:
        whole["people"] = found.people[at]
    return {
        "status": PUBLISHED,
        **{name: max(0, round(float(value))) for name, value in whole.items()},
        **dict.fromkeys(("both_messages", "both_cross", "both_before", "group_both"), 0),
        **noisy,
    }
