"""What an attacker learns of withheld cells from all sums together, by linear programming.

Whoever has the published figures knows of the withheld ones that they make the sums right and are
not below zero. A cell is in doubt if there are other numbers that do, and among them one more than
a tenth away from the true one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

DOUBT = 0.1
"""Share of a withheld cell within which nobody may know it."""

ROUNDS = 4
"""Most programs that are solved; a cell that none of them shows in doubt is taken to be known."""

_EPSILON = 1e-6


@dataclass(frozen=True, slots=True)
class System:
    """The sums in which cells are withheld: (E,) equations of (H,) withheld cells.

    Attributes:
        cells: (H,) number of each withheld cell.
        matrix: (E, H) sparse, of 1, of -1 where the sum itself is withheld, and of 0.
        right: (E,) what the published cells leave.
        true: (H,) the true values.
    """

    cells: NDArray[np.intp]
    matrix: Any
    right: Floats
    true: Floats


def system(sums: Sequence[Sequence[int]], numbers: NDArray[np.int64], withheld: Flags) -> System:
    """Return what sums say of withheld cells.

    Args:
        sums: Numbers of cells, of which the last is the sum of the others.
        numbers: (N,) true values.
        withheld: (N,) which of them are.
    """
    from scipy.sparse import csr_array

    cells = np.flatnonzero(withheld)
    place = np.full(len(withheld), -1)
    place[cells] = np.arange(len(cells))
    sizes = np.array([len(members) for members in sums], dtype=np.int64)
    row = np.repeat(np.arange(len(sums)), sizes)
    member = np.array([cell for members in sums for cell in members], dtype=np.int64)
    sign = np.ones(len(member))
    sign[np.cumsum(sizes) - 1] = -1
    unknown = withheld[member]
    known = np.where(unknown, 0.0, sign * numbers[member])
    used, rows = np.unique(row[unknown], return_inverse=True)
    left = np.asarray(np.bincount(row, known, minlength=len(sums)), dtype=np.float64)
    matrix = csr_array(
        (sign[unknown], (rows, place[member[unknown]])), shape=(len(used), len(cells))
    )
    return System(cells, matrix, -left[used], numbers[cells].astype(np.float64))


def known_cells(told: System, asked: Flags) -> NDArray[np.intp]:
    """Return the numbers of withheld cells that are not shown to be in doubt.

    Each program moves all cells that are still open as far down, or up, as they go together; those
    that move by a tenth are in doubt. Zeros are not asked: that nobody did something says nothing
    of anybody.

    Args:
        told: What is known.
        asked: (H,) which of the cells matter.
    """
    open_ = asked & (told.true > 0)
    at, before = 0, len(open_) + 1
    while open_.any() and at < ROUNDS:
        if at % 2 == 0:
            if int(open_.sum()) == before:
                break
            before = int(open_.sum())
        found = _moved(told, open_, up=at % 2 == 1)
        open_ &= np.abs(found - told.true) <= DOUBT * told.true + _EPSILON
        at += 1
    return told.cells[open_]


def _moved(told: System, which: Flags, *, up: bool) -> Floats:
    """Return numbers that make the sums right, with some cells as small, or large, as they go."""
    from scipy.optimize import linprog

    scale = np.maximum(told.true, 1)
    most = np.full(len(scale), np.inf)
    if up:
        most[which] = 2 * scale[which]  # far enough; without an end one cell could go for all
    solved = linprog(
        np.where(which, (-1 if up else 1) / scale, 0),
        A_eq=told.matrix,
        b_eq=told.right,
        bounds=[(0.0, end) for end in most.tolist()],
        method="highs-ipm",
    )
    return np.asarray(solved.x) if solved.status == 0 else told.true
