"""Nobody moves the exact vectors further than the noise is scaled to; planted faults are seen."""

from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.privacy.worlds import KEYS, Log, count, crowd, heavy, logs, planted, without

from uptake.model.joint import Bounds
from uptake.protect.noisy import Parameters
from uptake.tally import joint

bounds = st.builds(Bounds, cells=st.integers(2, 6), messages=st.integers(1, 4))

COUNTED_TWICE = ("np.flatnonzero(met), width", "np.repeat(np.flatnonzero(met), 2), width")
COPIES_KEPT = ("rows.take(_once(rows)),", "rows,")
ONCE_IN_ALL_MONTHS = ('* months + rows.codes["month"]', "* months")
MERGED_LATE = (
    "_first(person[over], hashed, most - 1)",
    "_first(person[over] * 2 + feature[over] % 2, hashed, most - 1)",
)
RARE_DROPPED = (
    "JointCells(keys, bounds, *vectors)",
    "JointCells(keys, bounds, *(np.where(v < 3, 0, v) for v in vectors))",
)
MESSAGES_UNBOUNDED = ("kept[over] = _first(person, hashed, most)", "pass")


def bounded(rows: Log, limits: Bounds, user: int, module: ModuleType) -> None:
    """Hold the vectors with and without a person apart by no more than the stated bounds."""
    parameters = Parameters(cells=limits.cells, messages=limits.messages)
    most = parameters.sensitivities(len(KEYS.facets))
    whole = count(rows, limits, module=module)
    rest = count(without(rows, user), limits, module=module)
    for month, cells in whole.items():
        for name, bound in most.items():
            moved = cells.tables[name] - rest[month].tables[name]
            assert np.linalg.norm(moved) <= bound + 1e-9, name
        assert np.abs(cells.people - rest[month].people).max() <= 1
        copies = count(rows + rows, limits, module=module)[month]
        assert (copies.messages == cells.messages).all(), "a copy counts once"
        assert (copies.people == cells.people).all()


def a_month_alone(module: ModuleType) -> None:
    """One person's month: the same messages again in the next one move nothing there.

    The unit of the promise is a month of a person. Exports without ids name a message by its
    author, text and place, so that a prompt sent in each month has one name in both.
    """
    limits = Bounds(4, 3)
    january, others = heavy(9, 20), crowd(3)
    february = [one | {"month": 202502} for one in january]
    whole = count(others + january + february, limits, module=module)
    rest = count(others + february, limits, module=module)
    for name, table_of in whole["2025-02"].tables.items():
        assert (table_of == rest["2025-02"].tables[name]).all(), name


def search(module: ModuleType) -> None:
    """Look for logs and a person that break the bound."""

    @settings(
        max_examples=60, database=None, phases=(Phase.generate,), report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(logs, bounds, st.integers(1, 5))
    def attempt(rows: Log, limits: Bounds, user: int) -> None:
        bounded(rows, limits, user, module)

    attempt()
    bounded(crowd(2) + heavy(9, 200), Bounds(4, 3), 9, module)
    a_month_alone(module)
    for alike in range(2, 12):  # the last of some people in a cell: what drops rare cells shows
        rows = [one for user in range(alike) for one in heavy(user, 1, first=1_000 * user)]
        bounded(rows, Bounds(4, 3), 0, module)


def test_one_person_moves_the_vectors_by_the_bound_at_most() -> None:
    search(joint)


@pytest.mark.parametrize(
    "fault",
    [COUNTED_TWICE, COPIES_KEPT, ONCE_IN_ALL_MONTHS, MERGED_LATE, RARE_DROPPED,
     MESSAGES_UNBOUNDED],
    ids=["no de-duplication of cells", "no de-duplication of messages",
         "de-duplication across months", "merging after bounding", "rare true cells dropped",
         "messages unbounded"],
)  # fmt: skip
def test_a_planted_fault_of_bounding_is_seen(fault: tuple[str, str]) -> None:
    with planted(joint, fault) as faulty, pytest.raises(AssertionError):
        search(faulty)


def test_a_fault_that_is_not_planted_is_not_thought_caught() -> None:
    with pytest.raises(AssertionError, match="no single"), planted(joint, ("no such text", "")):
        pass


def test_one_person_with_many_messages_is_one_person() -> None:
    """Poisoned logs: 100,000 messages of one user among 50 people."""
    limits = Bounds(12, 10)
    plain = crowd(50)
    poisoned = plain + heavy(77, 100_000)
    bounded(poisoned, limits, 77, joint)
    ours, theirs = count(poisoned, limits)["2025-01"], count(plain, limits)["2025-01"]
    assert ours.people.sum() - theirs.people.sum() <= limits.cells
    assert ours.messages.sum() - theirs.messages.sum() <= limits.messages * len(KEYS.facets)


def test_many_accounts_of_one_person_are_many_people_and_the_threat_model_says_so() -> None:
    """1,000 accounts move a count by up to 1,000: outside of the promise, and said to be."""
    accounts = [one for n in range(1_000) for one in heavy(1_000 + n, 1, first=10_000_000 + n)]
    plain, poisoned = crowd(50), crowd(50) + accounts
    limits = Bounds(12, 10)
    moved = count(poisoned, limits)["2025-01"].people - count(plain, limits)["2025-01"].people
    assert moved.max() == 1_000
    told = (Path(__file__).parents[2] / "docs/explanation/privacy.md").read_text(encoding="utf-8")
    assert "with several accounts is several users" in " ".join(told.split())
