"""An attacker with all published figures of an internal release knows no small cell to a tenth."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array

from uptake.catalog import facet
from uptake.model.dimensions import ALL, DIMENSIONS
from uptake.protect import Thresholds, protect
from uptake.protect.attack import known_cells, system
from uptake.protect.complementary import Cover
from uptake.protect.sums import Linked
from uptake.tally import Plan, split, tally_table
from uptake.testing import draw_labels, example_spec

Cell = tuple[str, ...]
TOTAL = ("total", ALL)


@pytest.mark.parametrize(
    ("splits", "people", "seed", "every"),
    [
        ("/place/gender/place+gender", 1_500, 2, False),
        ("/age_band/place/place+age_band", 1_500, 1, True),
        ("/place/age_band/gender/place+gender", 900, 3, False),
    ],
)
def test_no_cell_withheld_for_its_own_sake_is_inferred(
    splits: str, people: int, seed: int, every: bool
) -> None:
    """Least and greatest value of each, by linear programs over all linked tables."""
    labels = draw_labels(example_spec(), people, np.random.default_rng(seed))
    plan = Plan(splits=tuple(split(name) for name in splits.split("/")))
    raw, _ = tally_table(labels, plan)
    thresholds = Thresholds(attacked="all" if every else "small")
    status = protect(raw, mode="internal", thresholds=thresholds).table["status"].to_pylist()
    rows = list(_named(raw.table))
    true = {cell: row["messages"] for cell, row in rows}
    withheld = {cell for (cell, _), said in zip(rows, status, strict=True) if said == "withheld"}
    small = {c for c, r in rows if r["messages"] and (r["people"] < 10 or r["conversations"] < 20)}
    assert small <= withheld
    assert len(small) > 100
    attacked = Attack(true, withheld)
    known = [cell for cell in attacked.in_no_doubt(withheld) if attacked.knows(cell)]
    assert [cell for cell in known if cell in small or every] == []
    assert len(known) <= 0.01 * len(withheld), "of those that only hide others few are told"


class Attack:
    """Equations of what is withheld, as somebody sets them up who has the files and the docs."""

    def __init__(self, true: dict[Cell, int], withheld: set[Cell]) -> None:
        self.at = {cell: n for n, cell in enumerate(sorted(withheld))}
        self.true = np.array([true[cell] for cell in self.at], dtype=float)
        entries: list[tuple[int, int, int]] = []
        self.right: list[float] = []
        for total, members in _sums(true):
            terms = [*((m, 1) for m in members), (total, -1)]
            if any(cell in withheld for cell, _ in terms):
                entries += [
                    (len(self.right), self.at[c], sign) for c, sign in terms if c in withheld
                ]
                self.right.append(-sum(sign * true[c] for c, sign in terms if c not in withheld))
        row, column, sign = np.array(entries).T
        self.matrix: Any = csr_array((sign, (row, column)), shape=(len(self.right), len(self.at)))
        assert np.abs(self.matrix @ self.true - self.right).max() < 1e-6

    def moved(self, aim: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return another world in which ``aim`` is least."""
        solved = linprog(aim, A_eq=self.matrix, b_eq=self.right, method="highs")
        assert solved.status == 0, solved.message
        return np.asarray(solved.x)

    def bounds(self, cell: Cell) -> tuple[float, float]:
        aim = np.zeros(len(self.at))
        aim[self.at[cell]] = 1
        return self.moved(aim)[self.at[cell]], self.moved(-aim)[self.at[cell]]

    def knows(self, cell: Cell) -> bool:
        """Return whether least and greatest value are both within a tenth of the true one."""
        low, high = self.bounds(cell)
        true = self.true[self.at[cell]]
        return bool(low >= 0.9 * true and high <= 1.1 * true)

    def in_no_doubt(self, cells: set[Cell]) -> list[Cell]:
        """Return those that two other worlds with the same published figures do not differ in."""
        open_ = {cell for cell in cells if self.true[self.at[cell]] > 0}
        draw = np.random.default_rng(0)
        for _ in range(6):
            aim = np.zeros(len(self.at))
            for cell in open_:
                aim[self.at[cell]] = draw.random() + 0.5
            other = self.moved(aim)
            open_ = {c for c in open_ if abs(other[self.at[c]] / self.true[self.at[c]] - 1) <= 0.1}
        return sorted(open_)


def _named(table: pa.Table) -> Iterator[tuple[Cell, dict[str, int]]]:
    """Name cells so that one number has one name: the women of a place are a place's women."""
    for row in table.to_pylist():
        by = {d: row[d] for d in DIMENSIONS}
        if row["facet"] in DIMENSIONS:
            by[row["facet"]] = row["value"]
            yield (*by.values(), *TOTAL), row
        else:
            yield (*by.values(), row["facet"], row["value"]), row


def _sums(true: dict[Cell, int]) -> list[tuple[Cell, list[Cell]]]:
    """List each total with what adds up to it; minors are in no total."""
    group_of = {value.id: value.group for value in facet("topic").values}
    parts: defaultdict[tuple[str, Cell], list[Cell]] = defaultdict(list)
    for cell in true:
        *by, name, value = cell
        if by[DIMENSIONS.index("age_band")] in {"13-17", "under-13"}:
            continue
        if name != "total":
            parts[name, (*by, *TOTAL)].append(cell)
        if name == "topic":
            parts["in group", (*by, "topic_group", group_of[value])].append(cell)
        for n, dimension in enumerate(DIMENSIONS):
            if by[n] != ALL:
                parts[dimension, (*by[:n], ALL, *by[n + 1 :], name, value)].append(cell)
    return [(total, members) for (_, total), members in parts.items() if total in true]


def test_a_cell_that_two_sums_tell_together_is_known() -> None:
    """12 and 30 hide each other in their row, but 12 alone is withheld of its column."""
    numbers = np.array([12, 30, 8, 42, 20])
    told = system([[0, 1, 3], [0, 2, 4]], numbers, np.arange(5) < 2)
    assert sorted(known_cells(told, np.ones(2, dtype=bool), np.arange(2)).tolist()) == [0, 1]


def test_cells_that_may_change_places_are_in_doubt() -> None:
    """A square of four withheld cells: 12 and 20 can grow by what 30 and 8 lose."""
    numbers = np.array([12, 30, 8, 20, 42, 28, 20, 50])
    sums = [[0, 1, 4], [2, 3, 5], [0, 2, 6], [1, 3, 7]]
    withheld = np.arange(8) < 4
    told = system(sums, numbers, withheld)
    for parts in (np.zeros(4, dtype=np.int64), np.arange(4)):
        assert known_cells(told, np.ones(4, dtype=bool), parts).tolist() == []


def test_a_complement_is_hidden_by_a_tenth_of_itself() -> None:
    """Of 900, 100, 60 and 5 the 5 is withheld: 60 hides it, and needs more than the 5 beside it."""
    cells = Linked(
        np.arange(5), np.array([900, 100, 60, 5, 1_065]), np.full(5, 4), np.zeros(5, int),
        [[0, 1, 2, 3, 4]],
    )  # fmt: skip
    cover = Cover(cells)
    cover.withhold([3])
    assert np.flatnonzero(cover.flags()).tolist() == [1, 2, 3]
