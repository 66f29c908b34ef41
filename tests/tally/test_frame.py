"""What a sample is drawn from is exactly what the tally counts."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tally.test_tally import row, table

from uptake.tally import Plan, split, tally
from uptake.tally.frame import counted_messages


@given(
    found=st.lists(
        st.builds(
            row,
            user=st.integers(1, 6),
            message=st.integers(1, 40),
            month=st.sampled_from([0, 202501, 202502]),
            place=st.sampled_from(["KAZ", "UZB", "USA", "unknown"]),
            age_band=st.sampled_from(["18-24", "13-17", "unknown"]),
        ),
        min_size=1,
        max_size=60,
        unique_by=lambda one: one["message"],
    ),
    cap=st.integers(1, 5),
)
@settings(max_examples=40)
def test_the_frame_is_what_is_counted(
    tmp_path_factory: pytest.TempPathFactory, found: list[dict[str, object]], cap: int
) -> None:
    path: Path = tmp_path_factory.mktemp("frame") / "part-0.parquet"
    pq.write_table(table(found), path)
    plan = Plan(cap, ("KAZ", "UZB"), splits=(split(""),))
    frame = counted_messages([path], plan)
    raw, _ = tally([path], plan)
    cells = [c for c in raw.table.to_pylist() if c["facet"] == "intent"]
    assert len(frame) == sum(c["messages"] for c in cells)
    assert len({message for message, _ in frame}) == len(frame)
    assert {place for _, place in frame} <= {"KAZ", "UZB", "unknown"}
    sent = {one["message"] for one in found}
    assert {bytes.fromhex(message) for message, _ in frame} <= sent


def test_copies_of_a_message_are_one(tmp_path: Path) -> None:
    path = tmp_path / "part-0.parquet"
    pq.write_table(table([row(user=1, message=7), row(user=1, message=7)]), path)
    assert counted_messages([path], Plan()) == [((7).to_bytes(16, "little").hex(), "KAZ")]


def test_no_labels_are_no_frame() -> None:
    assert counted_messages([], Plan()) == []
