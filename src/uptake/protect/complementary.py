"""Complementary suppression: no cell withheld for its own sake may follow from published sums.

Sums link the cells of all tables: the values of a facet add up to their group's messages, topics
to their topic group, and the cells along a dimension to the cell that is not split by it. In each
sum with exactly one withheld member (the total counts as a member) the smallest published
non-zero one is withheld too, until nothing changes: the hypercube idea in its simplest form
(Willenborg and de Waal, Elements of Statistical Disclosure Control, 2001, ch. 6). Then
the sums are attacked together (``attack``), and where they leave no doubt of a cell that was
withheld for its own sake, more is withheld beside it. The complements pass the thresholds by
themselves: that one of them can be told nearly says nothing of few people.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from uptake.catalog import facet
from uptake.model.dimensions import ALL, DIMENSIONS, PERIOD, TOTAL
from uptake.protect.attack import DOUBT, known_cells, system

Cell = tuple[str, ...]
Flags = NDArray[np.bool_]

MONTH = DIMENSIONS.index("month")

WITH_PERIODS = "months and "
"""Begins the name of a sum of periods and the months outside of them."""

UNSUMMED = ("13-17", "under-13")
"""Age bands that no total includes, so that no sum can reveal them."""


def withhold_complements(table: pa.Table, withheld: Flags) -> Flags:
    """Return which cells to withhold: the given ones and their complements.

    Args:
        table: Cells by ``cells.SCHEMA``.
        withheld: (rows,) bool; withheld for their own sake.

    Returns:
        (rows,) bool.
    """
    cells = _canonical(table)
    number = {cell: index for index, cell in enumerate(dict.fromkeys(cells))}
    node = np.asarray([number[cell] for cell in cells], dtype=np.intp)
    messages = np.zeros(len(number), dtype=np.int64)
    messages[node] = table["messages"].to_numpy()
    hidden = np.zeros(len(number), dtype=bool)
    np.logical_or.at(hidden, node, withheld)
    group = _group_of(number)
    sums = _sums(number)
    asked, linked = hidden.copy(), _sums_by_member(sums)
    while True:
        _complete_all(sums, group, messages, hidden)
        told = system(sums, messages, hidden)
        exposed = known_cells(told, asked[told.cells]).tolist()
        # more withheld cells leave more doubt: what is in doubt stays so
        asked[:] = False
        asked[exposed] = True
        covered = [_cover(cell, linked[cell], messages, hidden) for cell in exposed]
        if not any(covered):
            return hidden[node]


def _complete_all(
    sums: list[list[int]], group: NDArray[np.intp], messages: NDArray[np.int64], hidden: Flags
) -> None:
    while True:
        before = int(hidden.sum())
        hidden |= hidden[group]  # a cell's row names its group's size
        for members in sums:
            _complete(members, messages, hidden)
        if int(hidden.sum()) == before:
            return


def _sums_by_member(sums: list[list[int]]) -> defaultdict[int, list[list[int]]]:
    linked: defaultdict[int, list[list[int]]] = defaultdict(list)
    for members in sums:
        for cell in members:
            linked[cell].append(members)
    return linked


def _cover(exposed: int, sums: list[list[int]], messages: NDArray[np.int64], hidden: Flags) -> bool:
    """Withhold, in each sum of a cell that follows, the smallest published cell that hides it."""
    found = False
    for members in sums:
        published = [c for c in members if not hidden[c] and messages[c] > 0]
        large = [c for c in published if messages[c] >= DOUBT * messages[exposed]] or published
        if large:
            hidden[min(large, key=lambda cell: (messages[cell], cell))] = True
            found = True
    return found


def months_apart(month: str, period: str) -> bool:
    """Return whether a month lies outside a period.

    >>> months_apart("2025-03", "2025-01/2025-03"), months_apart("2025-04", "2025-01/2025-03")
    (False, True)
    """
    first, _, last = period.partition(PERIOD)
    return not first <= month <= last


def _complete(members: list[int], messages: NDArray[np.int64], hidden: Flags) -> None:
    # a withheld zero hides nothing: who knows or guesses it has the other one
    unknown = [cell for cell in members if hidden[cell] and messages[cell] > 0]
    if len(unknown) != 1:
        return
    published = [cell for cell in members if not hidden[cell] and messages[cell] > 0]
    if published:
        hidden[min(published, key=lambda cell: (messages[cell], cell))] = True


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
