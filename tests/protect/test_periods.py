"""A period is a sum of months: it must not tell a month that is withheld."""

from collections import defaultdict

import numpy as np
import pyarrow as pa
import pytest

from uptake.model.dimensions import ALL, PERIOD
from uptake.protect import Thresholds, protect
from uptake.tally import Plan, split, tally_table
from uptake.testing import draw_labels, example_spec

Cell = tuple[str, str, str, str]


@pytest.mark.parametrize("months", [7, 8])
@pytest.mark.parametrize("seed", [0, 1])
def test_no_withheld_cell_follows_from_all_sums_together(months: int, seed: int) -> None:
    """Solve the linear system of all sums for the withheld cells: none may be determined."""
    rng = np.random.default_rng(seed)
    labels = draw_labels(example_spec(), 700, rng)
    month = np.array(labels["month"])
    first, *_ = known = sorted(set(month.tolist()))[:months]
    thin = (month == first) & (rng.random(len(month)) > 0.15)  # logs that have just begun
    kept = labels.filter(pa.array(np.isin(month, known) & ~thin))
    plan = Plan(splits=tuple(split(s) for s in ("", "month", "place", "place+month")))
    cells, _ = tally_table(kept, plan)
    table = protect(cells, mode="internal", thresholds=Thresholds()).table
    rows = table.select(["place", "month", "facet", "value", "status"]).to_pylist()
    status: dict[Cell, bool] = {
        (r["place"], r["month"], r["facet"], r["value"]): r["status"] == "withheld"
        for r in rows
        if r["facet"] in {"total", "intent"}
    }
    hidden = {cell: index for index, cell in enumerate(c for c, h in status.items() if h)}
    equations = [
        [(hidden[m], 1.0) for m in members if m in hidden]
        + ([(hidden[total], -1.0)] if total in hidden else [])
        for total, members in sums(status)
        if total in status
    ]
    matrix = np.zeros((len(equations), len(hidden)))
    for row, terms in enumerate(equations):
        for column, sign in terms:
            matrix[row, column] += sign
    assert any(PERIOD in cell[1] for cell in status)
    assert hidden
    _, strength, directions = np.linalg.svd(matrix, full_matrices=True)
    free = directions[int((strength > 1e-9).sum()) :]
    determined = [c for c, at in hidden.items() if np.abs(free[:, at]).max(initial=0) < 1e-9]
    assert determined == []


def sums(status: dict[Cell, bool]) -> list[tuple[Cell, list[Cell]]]:
    """List what adds up to what: places, months, months of a period, and values of a facet."""
    periods = {month for _, month, *_ in status if PERIOD in month}
    members: defaultdict[tuple[str, Cell], list[Cell]] = defaultdict(list)
    for cell in status:
        place, month, facet, value = cell
        if place != ALL:
            members["place", (ALL, month, facet, value)].append(cell)
        if facet != "total":
            members["facet", (place, month, "total", ALL)].append(cell)
        if month != ALL and PERIOD not in month:
            members["month", (place, ALL, facet, value)].append(cell)
            for period in periods:
                begin, _, end = period.partition(PERIOD)
                if begin <= month <= end:
                    members["period", (place, period, facet, value)].append(cell)
    return [(total, found) for (_, total), found in members.items()]
