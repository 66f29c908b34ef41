"""Nobody moves a private release's vectors by more than its bounds say, whatever is in the logs."""

from collections import Counter, defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.tally.test_tally import row, table

from uptake.catalog import facet
from uptake.model.joint import Bounds, JointCells, KeySpace
from uptake.tally.joint import joint_table

KEYS = KeySpace(
    places=("KAZ", "UZB", "unknown"),
    age_bands=("18-24", "25-34", "unknown"),
    genders=("feminine", "masculine", "unknown"),
    facets={
        "intent": facet("intent").ids,
        "work": facet("work").ids,
        "topic": facet("topic").ids,
        "topic_group": tuple(group.id for group in facet("topic").groups),
        "language": ("kk", "ru", "other"),
    },
)
SECRET = b"0123456789abcdef"
MONTHS = ("2025-01", "2025-02")

logs = st.lists(
    st.builds(
        row,
        user=st.integers(1, 5),
        message=st.integers(1, 30),
        time=st.integers(0, 100),
        month=st.sampled_from([0, 202501, 202502]),
        place=st.sampled_from(["KAZ", "UZB", "TJK", "unknown"]),
        age_band=st.sampled_from(["18-24", "25-34", "13-17", "unknown"]),
        gender=st.sampled_from(["feminine", "masculine", "unknown"]),
        language=st.sampled_from(["kk", "ru", "tg"]),
        intent=st.sampled_from(facet("intent").ids),
        work=st.sampled_from(facet("work").ids),
        topic=st.sampled_from(facet("topic").ids[:6]),
        band=st.integers(0, 2),
    ),
    max_size=40,
)
bounds = st.builds(Bounds, cells=st.integers(2, 6), messages=st.integers(1, 4))


def counted(given_rows: list[dict[str, object]], limits: Bounds) -> dict[str, JointCells]:
    return joint_table(table(given_rows), KEYS, limits, SECRET, MONTHS)


@given(logs, bounds, st.integers(1, 5))
def test_one_person_moves_no_vector_further_than_its_bound(
    given_rows: list[dict[str, object]], limits: Bounds, user: int
) -> None:
    without = [r for r in given_rows if r["user"] != user.to_bytes(16, "little")]
    whole, rest = counted(given_rows, limits), counted(without, limits)
    k = limits.messages
    for month, cells in whole.items():
        other = rest.get(month)
        for name, most in (
            ("people", np.sqrt(limits.cells)),
            ("messages", np.sqrt(len(KEYS.facets)) * k),
            ("moments", np.sqrt((1 + len(KEYS.facets)) * (k**4 + k**2))),
        ):
            ours = getattr(cells, name)
            theirs = getattr(other, name) if other else np.zeros_like(ours)
            assert np.linalg.norm(ours - theirs) <= most + 1e-9, name
        theirs = other.people if other else np.zeros_like(cells.people)
        assert np.abs(cells.people - theirs).max() <= 1


@given(logs)
def test_without_bounds_the_vectors_are_a_plain_count(given_rows: list[dict[str, object]]) -> None:
    whole = counted(given_rows, Bounds(1000, 1000))
    once = {(r["user"], r["message"]): r for r in given_rows if _only(r, given_rows)}
    for month, cells in whole.items():
        said = [
            r
            for r in once.values()
            if r["month"] == int(month.replace("-", "")) and _lone(r, given_rows)
        ]
        people = {r["user"] for r in said}
        present = cells.people.reshape(KEYS.blocks, -1)[:, 0].sum()
        assert present >= len(people)
        intents = Counter(str(r["intent"]) for r in said)
        table_of = cells.messages.reshape(KEYS.blocks, -1).sum(axis=0)
        for value, n in intents.items():
            which = [f[:2] == ("intent", value) for f in KEYS.message_features]
            assert table_of[which].sum() >= n


def _only(r: dict[str, object], rows: list[dict[str, object]]) -> bool:
    same = [o for o in rows if (o["user"], o["message"]) == (r["user"], r["message"])]
    return len(same) == 1


def _lone(r: dict[str, object], rows: list[dict[str, object]]) -> bool:
    """Whether a person's month has one value of each attribute, of the region and adult."""
    own = [o for o in rows if (o["user"], o["month"]) == (r["user"], r["month"])]
    values = defaultdict(set)
    for o in own:
        for name in ("place", "age_band", "gender"):
            values[name].add(o[name])
    plain = all(len(v) == 1 for v in values.values())
    return plain and r["place"] != "TJK" and r["age_band"] != "13-17"


@given(logs, bounds)
def test_moments_are_of_the_counted_messages(
    given_rows: list[dict[str, object]], limits: Bounds
) -> None:
    for cells in counted(given_rows, limits).values():
        messages = cells.messages.reshape(KEYS.blocks, -1).sum(axis=0)
        intent = [f[0] == "intent" for f in KEYS.message_features]
        total = int(messages[intent].sum())
        assert total <= cells.moments[0] <= total * limits.messages
        present = cells.people.reshape(KEYS.blocks, -1)[:, 0].sum()
        assert total <= present * limits.messages


def test_the_key_of_the_choice_chooses_and_the_order_of_rows_does_not() -> None:
    many = [row(user=1, message=n, topic=facet("topic").ids[n % 24]) for n in range(1, 60)]
    first = joint_table(table(many), KEYS, Bounds(4, 5), SECRET, MONTHS)["2025-01"]
    again = joint_table(table(many[::-1]), KEYS, Bounds(4, 5), SECRET, MONTHS)["2025-01"]
    other = joint_table(table(many), KEYS, Bounds(4, 5), SECRET[::-1], MONTHS)["2025-01"]
    assert (first.people == again.people).all()
    assert (first.messages == again.messages).all()
    assert (first.messages != other.messages).any()
    assert first.people.sum() == 4


def test_months_are_those_asked_for_whatever_the_logs_hold() -> None:
    """Which months have messages is nobody's to know."""
    asked = ("2024-12", "2025-01")
    found = joint_table(table([row(user=1, message=1)]), KEYS, Bounds(4, 5), SECRET, asked)
    assert tuple(found) == asked
    assert found["2024-12"].people.sum() == 0
    assert found["2025-01"].people.sum() > 0
