"""Noisy tables -> cells of the splits that margins answer, each marked by noisy counts only.

Post-processing: nothing here sees an exact count. What is published is decided by the tables of
people and the sums over the region, which are not published; the figures come from the tables of
messages and the numbers of people, whose noise is another. So a cell that passes by a lucky draw
does not read high.
"""

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa

from uptake.model.dimensions import ALL, DIMENSIONS, TOTAL
from uptake.model.joint import KeySpace
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

GROUP_CLEAR = 3.0
"""The same of a group, by whose messages its cells' are divided."""


def stacked(months: Mapping[str, Noisy], keys: KeySpace) -> Shape:
    """Lay months side by side."""
    names = tuple(sorted(months))
    if not names:
        raise ValueError("a release has one month at least")
    return Shape(
        names,
        {name: np.stack([months[m].tables[name] for m in names]) for name in keys.shapes},
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
) -> pa.Table:
    """Return rows by ``releasedcells.SCHEMA`` for every split that can be answered.

    Args:
        shape: Noisy vectors.
        keys: Of what.
        parameters: Of the noise.
        splits: Dimensions of each.
        people: Fewest people of a published cell; the margin's noise comes on top.
    """
    rows = [
        row
        for split in splits
        if answerable(split)
        for row in _split(shape, keys, parameters, split, people)
    ]
    columns = {name: [row.get(name) for row in rows] for name in SCHEMA.names}
    return pa.table(columns, schema=SCHEMA)


def _split(
    shape: Shape, keys: KeySpace, parameters: Parameters, split: tuple[str, ...], least: int
) -> Iterator[dict[str, object]]:
    margin = Margin(shape, keys, parameters, split)
    name = "+".join(d for d in DIMENSIONS if d in split)
    for facet, values in {TOTAL: (ALL,), **keys.facets, **margin.compositions}.items():
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
    if not shown:
        return {"status": WITHHELD}
    whole = {
        "messages": found.messages[at],
        "messages_squared": found.squared[at],
        "messages_cross": found.cross[at],
        "messages_low": found.low[at],
        "messages_middle": found.middle[at],
        "group_messages": found.group_messages[group],
        "group_messages_squared": found.group_squared[group],
        "group_people": found.group_people[group],
    }
    if found.people is not None:
        whole["people"] = found.people[at]
    return {
        "status": PUBLISHED,
        **{name: max(0, round(float(value))) for name, value in whole.items()},
        **dict.fromkeys(("both_messages", "both_cross", "both_before", "group_both"), 0),
        "people_noise": found.people_noise,
        "group_people_noise": found.group_people_noise,
    }
