"""Noisy tables -> cells of the splits that margins answer, each marked by noisy counts only.

Post-processing: nothing here sees an exact count. What is published is decided by the tables of
people and the sums over the region, which are not published; the figures come from the tables of
messages and the numbers of people, whose noise is another. So a cell that passes by a lucky draw
does not read high.
"""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from uptake.model.dimensions import ALL, DIMENSIONS, PERIOD, TOTAL
from uptake.model.joint import KeySpace
from uptake.model.releasedcells import PUBLISHED, SCHEMA, WITHHELD
from uptake.protect.margins import AXES, Facet, Floats, Margin, Shape
from uptake.protect.noisy import Noisy, Parameters

Flags = NDArray[np.bool_]

SAFE = 3.0
"""Standard deviations of noise that a published count of people lies above the threshold's share
of noise: fewer than 2 in 1,000 empty cells are published."""

CLEAR = 1.0
"""Standard deviations of noise that a cell's messages lie above none, by its people. Counts below
zero are made none, which lifts the mean of the others: from here on by under a tenth of that noise,
which the interval holds."""

GROUP_CLEAR = 5.0
"""The same of a group, by whose messages its cells' are divided."""

MOST_NOISE = 0.1
"""Largest standard deviation of the noise in a share of its group, by the group's people: ten
points. A figure with more says nothing that is not said by the interval around it."""


Period = tuple[str, ...]
"""The months of one of two periods that are compared, in order."""

COMPARED = ("total", "intent", "work", "topic_group", "topic")
"""Facets whose cells are compared between two periods."""


def stacked(months: Mapping[str, Noisy], keys: KeySpace) -> Shape:
    """Lay months side by side."""
    names = tuple(sorted(months))
    if not names:
        raise ValueError("a release has one month at least")
    return Shape(
        names,
        {name: np.stack([months[m].tables[name] for m in names]) for name in keys.shapes},
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
    return Shape(
        tuple(f"{period[0]}{PERIOD}{period[-1]}" for period in periods),
        {
            name: np.stack([table[which].sum(axis=0) for which in order])
            for name, table in shape.tables.items()
        },
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
    blocks = [
        block
        for split in splits
        if answerable(split)
        for block in _split(Margin(shape, keys, parameters, split), people, facets)
    ]
    return pa.concat_tables([SCHEMA.empty_table(), *blocks])


def _split(margin: Margin, least: int, facets: Collection[str] | None) -> Iterator[pa.Table]:
    """Yield the rows of one facet after the other, the values of a group side by side."""
    name = "+".join(d for d in DIMENSIONS if d in margin.split)
    for facet, values in {TOTAL: (ALL,), **margin.facets, **margin.compositions}.items():
        if facets is not None and facet not in facets:
            continue
        found = margin.facet(facet, values)
        shape = found.messages.shape
        columns = _columns(found, least)
        rows = found.messages.size
        named = {"split": name, "facet": facet} | dict.fromkeys(DIMENSIONS, ALL)
        columns |= {column: pa.array([text] * rows) for column, text in named.items()}
        columns["value"] = pa.array(
            np.array([*values], dtype=object)[np.indices(shape)[-1].ravel()]
        )
        for axis, names in margin.named.items():
            at = margin.split.index(axis)
            columns[axis] = pa.array(
                np.array([*names], dtype=object)[np.indices(shape)[at].ravel()]
            )
        made = [columns[column].cast(SCHEMA.field(column).type) for column in SCHEMA.names]
        yield pa.Table.from_arrays(made, schema=SCHEMA)


def _columns(found: Facet, least: int) -> dict[str, "pa.Array[Any]"]:
    """Return the columns of a facet's cells that are no names."""
    shape = found.messages.shape

    def spread(of_group: Floats) -> Floats:
        return np.broadcast_to(of_group[..., None], shape)

    def enough(people: Floats, noise: float) -> Flags:
        return np.asarray(people >= least + SAFE * math.sqrt(noise))

    # of a value's messages, what does not go along with its group's
    own = max(found.noise - found.cross_noise**2 / found.group_noise, 0.0)
    clear = max(GROUP_CLEAR * math.sqrt(found.group_noise), math.sqrt(own) / MOST_NOISE)
    group = enough(found.group_seen, found.group_seen_noise) & (found.group_expected >= clear)
    shown = (
        enough(found.seen, found.seen_noise)
        & (found.expected >= CLEAR * math.sqrt(found.noise))
        & group[..., None]
    ).ravel()
    n = spread(np.maximum(found.group_messages, 0))
    y = np.clip(found.messages, 0, n)
    low = np.clip(found.low, 0, y)
    whole = {
        "messages": y,
        "messages_squared": found.squared,
        "messages_cross": found.cross,
        "people": found.people,
        "messages_low": low,
        "messages_middle": np.clip(found.middle, 0, y - low),
        "group_messages": n,
        "group_messages_squared": spread(found.group_squared),
        "group_people": spread(found.group_people),
        **dict.fromkeys(("both_messages", "both_cross", "both_before", "group_both"), 0.0 * y),
    }
    noisy = {
        "noisy_low": None if found.banded is None else found.banded[..., 0],
        "noisy_middle": None if found.banded is None else found.banded[..., 1],
        "band_noise": None if found.banded is None else np.full(shape, found.band_noise),
        "noisy_messages": found.messages,
        "noisy_group_messages": spread(found.group_messages),
        "noisy_people": found.people,
        "noisy_group_people": spread(found.group_people),
        "people_noise": None if found.people is None else np.full(shape, found.people_noise),
        "group_people_noise": np.full(shape, found.group_people_noise),
        "messages_noise": np.full(shape, found.noise),
        "cross_noise": np.full(shape, found.cross_noise),
        "group_messages_noise": np.full(shape, found.group_noise),
    }
    nothing = pa.nulls(len(shown))
    columns: dict[str, pa.Array[Any]] = dict.fromkeys(SCHEMA.names, nothing)
    columns |= {
        name: pa.array(np.maximum(np.rint(values.ravel()), 0).astype(np.int64), mask=~shown)
        for name, values in whole.items()
        if values is not None
    }
    columns |= {n: pa.array(v.ravel()) for n, v in noisy.items() if v is not None}
    return columns | {"status": pa.array(np.where(shown, PUBLISHED, WITHHELD))}
