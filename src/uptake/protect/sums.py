"""Which cells add up to which: the sums that link the cells of all tables of a release.

The values of a facet add up to their group's messages, topics to their topic group, and the cells
along a dimension to the cell that is not split by it.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from uptake.catalog import facet
from uptake.model.dimensions import ALL, DIMENSIONS, PERIOD, TOTAL

Cell = tuple[str, ...]
"""The values of ``DIMENSIONS``, the facet and its value."""

MONTH = DIMENSIONS.index("month")

WITH_PERIODS = "months and "
"""Begins the name of a sum of periods and the months outside of them."""

UNSUMMED = ("13-17", "under-13")
"""Age bands that no total includes, so that no sum can reveal them."""


@dataclass(frozen=True, slots=True)
class Linked:
    """The N different numbers of a table, and how they are linked.

    Attributes:
        row: (rows,) which number each row of the table shows.
        messages: (N,) the numbers.
        group: (N,) the number of each one's group: its row names that too. A group's is its own.
        split: (N,) which set of dimensions each is split by, as bits in their order.
        sums: Numbers of which the last is the sum of the others.
    """

    row: NDArray[np.intp]
    messages: NDArray[np.int64]
    group: NDArray[np.intp]
    split: NDArray[np.int64]
    sums: list[list[int]]


def linked(table: pa.Table) -> Linked:
    """Return the numbers of a table of cells and their sums."""
    cells = _canonical(table)
    number = {cell: index for index, cell in enumerate(dict.fromkeys(cells))}
    row = np.asarray([number[cell] for cell in cells], dtype=np.intp)
    messages = np.zeros(len(number), dtype=np.int64)
    messages[row] = table["messages"].to_numpy()
    bits = [[value != ALL for value in cell[: len(DIMENSIONS)]] for cell in number]
    split = np.asarray(bits, dtype=np.int64).reshape(-1, len(DIMENSIONS))
    weight = 2 ** np.arange(len(DIMENSIONS))
    return Linked(row, messages, _group_of(number), split @ weight, _sums(number))


def months_apart(month: str, period: str) -> bool:
    """Return whether a month lies outside a period.

    >>> months_apart("2025-03", "2025-01/2025-03"), months_apart("2025-04", "2025-01/2025-03")
    (False, True)
    """
    first, _, last = period.partition(PERIOD)
    return not first <= month <= last


def _wholes(position: int, value: str, spans: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the sums that a dimension's value is part of: a name of each, and its total's value.

    All months add up to their group; so do the months of a period to the period; and hence also
    any of the periods and the months outside of them to the group.
    """
    if PERIOD in value:
        for kept in _kept_periods(spans):
            if value in kept:
                yield WITH_PERIODS + " ".join(kept), ALL
        return
    yield DIMENSIONS[position], ALL
    if position != MONTH:
        return
    for period in spans:
        if not months_apart(value, period):
            yield "period", period
    for kept in _kept_periods(spans):
        if all(months_apart(value, period) for period in kept):
            yield WITH_PERIODS + " ".join(kept), ALL


def _kept_periods(spans: list[str]) -> list[tuple[str, ...]]:
    """List the sets of periods that may stand for their months.

    >>> _kept_periods(["a", "b"])
    [('a',), ('b',), ('a', 'b')]
    """
    return [chosen for n in range(1, len(spans) + 1) for chosen in combinations(spans, n)]


def _canonical(table: pa.Table) -> list[Cell]:
    """Name each cell so that the same number has the same name in every table.

    The share of women in a place is the total of the place's women: one number, two tables.
    """
    columns = [table[name].to_pylist() for name in (*DIMENSIONS, "facet", "value")]
    cells = []
    for *dimensions, name, value in zip(*columns, strict=True):
        if name in DIMENSIONS:
            dimensions[DIMENSIONS.index(name)] = value
            cells.append((*dimensions, TOTAL, ALL))
        else:
            cells.append((*dimensions, name, value))
    return cells


def _group_of(number: dict[Cell, int]) -> NDArray[np.intp]:
    """Return the node of each cell's group total (a total is its own)."""
    groups = [number.get((*cell[:-2], TOTAL, ALL), index) for cell, index in number.items()]
    return np.asarray(groups, dtype=np.intp)


def _sums(number: dict[Cell, int]) -> list[list[int]]:
    """List the sums as nodes: the members, and the total where it is a cell of its own."""
    group_of_topic = {value.id: value.group for value in facet("topic").values}
    members: defaultdict[Cell, list[int]] = defaultdict(list)
    spans = sorted({cell[MONTH] for cell in number if PERIOD in cell[MONTH]})
    for cell, index in number.items():
        *dimensions, name, value = cell
        if any(d in UNSUMMED for d in dimensions):
            continue
        if name != TOTAL:
            members[(name, *dimensions, TOTAL, ALL)].append(index)
        if name == "topic":
            members[("topics", *dimensions, "topic_group", group_of_topic[value])].append(index)
        for position, dimension in enumerate(dimensions):
            if dimension == ALL:
                continue
            before, after = dimensions[:position], dimensions[position + 1 :]
            for sum_name, whole in _wholes(position, dimension, spans):
                members[(sum_name, *before, whole, *after, name, value)].append(index)
    period = np.asarray([PERIOD in cell[MONTH] for cell in number], dtype=np.int64)
    return [
        [*nodes, number[key[1:]]]
        for key, nodes in sorted(members.items())
        if key[1:] in number and _is_whole(key[0], int(period[nodes].sum()))
    ]


def _is_whole(name: str, periods: int) -> bool:
    """Return whether a sum has its periods: where these are not counted there is no such sum."""
    if not name.startswith(WITH_PERIODS):
        return True
    return periods == len(name.removeprefix(WITH_PERIODS).split())
