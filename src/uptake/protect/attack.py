"""What an attacker learns of withheld cells from all sums together, by linear programming.

Whoever has the published figures knows of the withheld ones that they make the sums right, which
is that they leave of each sum what the true ones leave, and that they are not below zero. A cell is
in doubt if there are other numbers that do, and among them one more than a tenth away from the true
one.
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

FEW = 200
"""So many open cells are worth no program between the small ones and that of all cells."""

_EPSILON = 1e-6


@dataclass(frozen=True, slots=True)
class System:
    """The sums in which cells are withheld: (E,) equations of (H,) withheld cells.

    Attributes:
        cells: (H,) number of each withheld cell.
        matrix: (E, H) sparse, of 1, of -1 where the sum itself is withheld, and of 0.
        true: (H,) the true values.
    """

    cells: NDArray[np.intp]
    matrix: Any
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
    used, rows = np.unique(row[unknown], return_inverse=True)
    matrix = csr_array(
        (sign[unknown], (rows, place[member[unknown]])), shape=(len(used), len(cells))
    )
    return System(cells, matrix, numbers[cells].astype(np.float64))


def known_cells(told: System, asked: Flags, split: NDArray[np.int64]) -> NDArray[np.intp]:
    """Return the numbers of withheld cells that are not shown to be in doubt.

    Each program moves all cells that are still open as far down, or up, as they go together; those
    that move by a tenth are in doubt. The programs begin small: in the first only cells of one
    split move and all others stay as they are, then what shares a sum with an open cell, then what
    shares one with that, and at last all. What is in doubt in a small one is so in all. Zeros are
    not asked: that nobody did something says nothing of anybody.

    Args:
        told: What is known.
        asked: (H,) which of the cells matter.
        split: (H,) by which dimensions each is split, as bits.
    """
    positive = told.true > 0
    open_ = asked & positive
    every = np.unique(split[open_]).tolist()
    for one in every:
        _ask(told, open_, positive & (split == one), only=split == one)
    _ask(told, open_, positive & _near(told, open_, 1))
    if int(open_.sum()) > FEW:
        _ask(told, open_, positive & _near(told, open_, 2))
    _ask(told, open_, positive)
    return told.cells[open_]


def _near(told: System, cells: Flags, steps: int) -> Flags:
    """Return cells, and those that share a sum with one of them, so many times."""
    uses = abs(told.matrix)
    near = cells
    for _ in range(steps):
        near = uses.T @ (uses @ near.astype(np.float64)) > 0
    return near


def _ask(told: System, open_: Flags, moving: Flags, only: Flags | None = None) -> None:
    """Close the open cells that move by a tenth where some cells may move, down and then up."""
    for up in (False, True):
        wanted = open_ if only is None else open_ & only
        if not wanted.any():
            return
        found = _moved(told, wanted, np.flatnonzero(moving), up=up)
        open_ &= ~(np.abs(found - told.true) > DOUBT * told.true + _EPSILON)


def _moved(told: System, wanted: Flags, moving: NDArray[np.intp], *, up: bool) -> Floats:
    """Return numbers that make the sums right, with the wanted ones as small, or large, as they go.

    Args:
        told: What is known.
        wanted: (H,) which cells are to move.
        moving: Numbers of the cells that may; the others stay as they are.
        up: Whether up.
    """
    from scipy.optimize import linprog

    true, aim = told.true[moving], wanted[moving]
    matrix = told.matrix[:, moving]
    used = np.flatnonzero(np.diff(matrix.indptr))
    matrix = matrix[used]
    most = np.full(len(moving), np.inf)
    if up:
        most[aim] = 2 * true[aim]  # far enough; without an end one cell could go for all
    solved = linprog(
        np.where(aim, (-1 if up else 1) / true, 0),
        A_eq=matrix,
        b_eq=matrix @ true,
        bounds=[(0.0, end) for end in most.tolist()],
        method="highs-ipm",
    )
    found = told.true.copy()
    if solved.status == 0:
        found[moving] = solved.x
    return found
