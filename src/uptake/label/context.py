"""What came before a message, as coefficients over the turns of a batch."""

from typing import NamedTuple, cast

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from uptake.label.features import DENSE, Rows

DEPTH = 10
"""So many turns before a message are read, as the codebook says."""

DECAY = 0.4
"""Weight of each further turn by the same speaker."""

BEFORE = ("turns before", "has context", "turn before ends with question", "its log length")
"""What a message follows, by name, in the order of ``Context.dense``."""

_LOG_LENGTH, _QUESTION = DENSE.index("log length"), DENSE.index("ends with one")


Step = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]
"""Messages, a turn above each (its number on its side), how many of that side are nearer, and the
side: 1 for the person's."""


class Context(NamedTuple):
    """How the M messages of a person depend on earlier turns.

    Attributes:
        user: (M, M) coefficients over the person's own messages.
        other: (M, T - M) coefficients over the assistant's turns.
        dense: (M, 4) float32 by ``BEFORE``.
    """

    user: Rows
    other: Rows
    dense: NDArray[np.float32]


def context(
    parents: NDArray[np.int32], is_user: NDArray[np.bool_], dense: NDArray[np.float32]
) -> Context:
    """Walk up from every message at once, one step of the whole batch at a time.

    Args:
        parents: (T,) index of the turn before, -1 for none.
        is_user: (T,) True for what the person wrote.
        dense: (T, 14) what each turn looks like, by ``features.DENSE``.
    """
    messages = np.flatnonzero(is_user)
    place = np.where(is_user, np.cumsum(is_user), np.cumsum(~is_user)) - 1
    row = np.arange(len(messages))
    above = parents[messages].astype(np.int64)
    before = above.copy()
    nearer = np.zeros((2, len(messages)), dtype=np.int64)
    found: list[Step] = []
    for _ in range(DEPTH):
        alive = above >= 0
        row, above = row[alive], above[alive]
        if not len(row):
            break
        side = is_user[above].astype(np.int64)
        found.append((row, place[above], nearer[side, row], side))
        nearer[side, row] += 1
        above = parents[above].astype(np.int64)
    has = before >= 0
    looks = np.zeros((len(messages), dense.shape[1]), dtype=np.float32)
    looks[has] = dense[before[has]]
    columns = [nearer.sum(axis=0) / DEPTH, has, looks[:, _QUESTION], looks[:, _LOG_LENGTH]]
    return Context(
        _matrix(found, 1, (len(messages), len(messages))),
        _matrix(found, 0, (len(messages), len(is_user) - len(messages))),
        np.column_stack(columns).astype(np.float32),
    )


def _matrix(found: list[Step], side: int, shape: tuple[int, int]) -> Rows:
    """Collect one side's coefficients."""
    kept = [(r[s == side], p[s == side], DECAY ** n[s == side]) for r, p, n, s in found]
    if not kept:
        return cast("Rows", sp.csr_array(shape, dtype=np.float32))
    row, column, value = (np.concatenate(parts) for parts in zip(*kept, strict=True))
    return cast("Rows", sp.csr_array((value.astype(np.float32), (row, column)), shape=shape))
