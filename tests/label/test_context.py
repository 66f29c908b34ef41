import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from uptake.label.context import DECAY, DEPTH, context
from uptake.label.features import DENSE

TREES = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=40)


def _walk(parents: list[int], is_user: list[bool], turn: int) -> list[tuple[int, float]]:
    """The rule, written turn by turn."""
    found, nearer, above = [], {True: 0, False: 0}, parents[turn]
    for _ in range(DEPTH):
        if above < 0:
            break
        side = is_user[above]
        found.append((above, DECAY ** nearer[side]))
        nearer[side] += 1
        above = parents[above]
    return found


@given(TREES)
def test_every_ancestor_counts_by_its_distance_on_its_side(
    drawn: list[tuple[float, bool]],
) -> None:
    parents = [int(at * (turn + 1)) - 1 for turn, (at, _) in enumerate(drawn)]
    parents = [min(parent, turn - 1) for turn, parent in enumerate(parents)]
    is_user = [user for _, user in drawn]
    dense = np.zeros((len(drawn), len(DENSE)), dtype=np.float32)
    mask = np.array(is_user, dtype=np.bool_)
    found = context(np.array(parents, dtype=np.int32), mask, dense)
    sides = {True: found.user.toarray(), False: found.other.toarray()}
    place = np.where(mask, np.cumsum(mask), np.cumsum(~mask)) - 1
    expected = {side: np.zeros_like(matrix) for side, matrix in sides.items()}
    for row, turn in enumerate(np.flatnonzero(mask).tolist()):
        for above, weight in _walk(parents, is_user, turn):
            expected[is_user[above]][row, place[above]] = weight
        assert found.dense[row, 0] == np.float32(len(_walk(parents, is_user, turn)) / DEPTH)
    for side, matrix in sides.items():
        assert np.allclose(matrix, expected[side])
