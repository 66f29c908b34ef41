"""A month that was released without noise never changes again, whatever becomes of the logs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tally.test_tally import row, table

from uptake.engine import store
from uptake.flow import freezing, frozen
from uptake.flow.freezing import Counting
from uptake.flow.late import command
from uptake.flow.logs import LogFile, write_parts
from uptake.flow.secret import Secret
from uptake.model.errors import ConfigError, ReleaseRefusedError
from uptake.protect import Thresholds, ledger, protect
from uptake.tally import Plan, split, tally

Row = dict[str, object]
Cells = list[dict[str, Any]]

KEY = Secret(b"k" * 32, "given")
PLAN = Plan(3, ("KAZ", "UZB"), tuple(map(split, ("", "month", "place", "month+age_band"))))
SETTINGS = {"usage.messages_cap": "3"}


def day(month: int) -> datetime:
    return datetime(month // 100, month % 100, 15, tzinfo=UTC)


def sent(user: int, message: int, month: int, **more: Any) -> Row:
    """Return a message whose time lies in its month."""
    time = -1 if month == 0 else month * 10_000 + message
    return row(user=user, message=message, conversation=message, month=month, time=time, **more)


@dataclass
class World:
    """An observatory's store; logs are given as labels, which is what is frozen."""

    folder: Path
    key: Secret = KEY
    labelled_by: str = "shipped-1"
    files: dict[str, list[Row]] = field(default_factory=dict)

    @property
    def labels(self) -> Path:
        return self.folder / "build" / "store" / "labels"

    def log(self, name: str) -> LogFile:
        rows = self.files[name]
        sha256 = store.fingerprint([(r["message"].hex(), r["month"]) for r in rows])  # type: ignore[attr-defined]
        key = f"{sha256}-{store.fingerprint(self.labelled_by, self.key.name)}"
        if not (self.labels / key).is_dir():
            with store.folder_aside(self.labels / key) as aside:
                write_parts([table(rows)] if rows else [], aside)
        return LogFile(self.folder / name, name, sha256, key)

    def build(self, month: int, *reopened: str, settings: dict[str, str] | None = None) -> Counting:
        """Count and commit as a build does."""
        target = self.folder / "build"
        known = ledger.read(target / "ledger.jsonl")
        before = freezing.standing(target, known, reopened, self.folder)
        logs = [self.log(name) for name in sorted(self.files)]
        counted = freezing.counting(
            before, self.folder, logs, self.key, settings or SETTINGS, day(month)
        )
        raw, _ = tally(counted.selection, PLAN, threads=1)
        released = protect(raw, mode="internal", thresholds=Thresholds(), settled=counted.settled)
        freezing.commit(target, before, counted, released, day(month))
        freezing.tidy(target)
        return counted

    def cells(self, counted: Counting, name: str = "") -> Cells:
        cells, _ = tally(counted.selection, PLAN, threads=1)
        return [c for c in cells.table.to_pylist() if c["split"] == name]


def of(cells: Cells, month: str) -> Cells:
    return [cell for cell in cells if cell["month"] == month]


def messages(cells: Cells) -> int:
    return sum(int(cell["messages"]) for cell in cells if cell["facet"] == "total")


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


MONTHS = (0, 202501, 202502, 202503, 202504)


def of_message(message: int, **more: Any) -> Row:
    """Return a message; a pseudonym of a message stands for one of its person as well."""
    return sent(1 + message % 5, message, **more)


logs = st.lists(
    st.builds(
        of_message,
        message=st.integers(1, 25),
        month=st.sampled_from(MONTHS),
        place=st.sampled_from(["KAZ", "UZB", "unknown", "USA"]),
        age_band=st.sampled_from(["18-24", "25-34", "13-17"]),
        intent=st.sampled_from(["asking", "doing"]),
    ),
    max_size=12,
)
steps = st.lists(
    st.tuples(st.frozensets(st.integers(0, 4), max_size=5), st.integers(0, 1)),
    min_size=2,
    max_size=4,
)


@given(files=st.lists(logs, min_size=5, max_size=5), steps=steps)
@settings(max_examples=12)
def test_no_sequence_of_files_changes_a_frozen_month(
    tmp_path_factory: pytest.TempPathFactory, files: list[list[Row]], steps: Sequence[Any]
) -> None:
    """Files come, go and are replaced, months pass, copies lie in other months and have no time."""
    world = World(tmp_path_factory.mktemp("world"))
    first: dict[str, Cells] = {}
    month = 202502
    for there, passed in steps:
        month += passed
        world.files = {f"{number}.jsonl": files[number] for number in there}
        counted = world.build(month)
        found = world.cells(counted, "month")
        for name in counted.months:
            assert first.setdefault(name, of(found, name)) == of(found, name)
        assert first.keys() == {*counted.months}


@given(files=st.lists(logs, min_size=3, max_size=3))
@settings(max_examples=4)
def test_the_first_build_counts_all_that_is_there(
    tmp_path_factory: pytest.TempPathFactory, files: list[list[Row]]
) -> None:
    world = World(tmp_path_factory.mktemp("world"))
    world.files = {f"{number}.jsonl": rows for number, rows in enumerate(files)}
    counted = world.build(202503)
    whole, _ = tally(sorted(world.labels.glob("*/part-*.parquet")), PLAN, threads=1)
    found, _ = tally(counted.selection, PLAN, threads=1)
    assert found.table == whole.table
    assert counted.said.warnings == ()


def two_months(world: World) -> Counting:
    world.files["a.jsonl"] = [sent(n, n, 202501 + n % 2) for n in range(20)]
    return world.build(202503)


def test_what_came_late_is_left_out_counted_and_said(world: World) -> None:
    first = two_months(world)
    late = [sent(9, 100 + n, 202501) for n in range(3)]
    world.files["b.jsonl"] = [*late, *world.files["a.jsonl"][:6]]
    second = world.build(202503)
    assert world.cells(second) == world.cells(first)
    assert world.cells(second, "month") == world.cells(first, "month")
    [warning] = second.said.warnings
    assert warning.startswith("b.jsonl: 3 messages of 2025-01 came after")
    assert warning.endswith(f"uptake build {world.folder} --reopen 2025-01")
    assert second.said.numbers == {("tally", "late-messages"): 3}


def test_what_left_still_counts_and_is_said(world: World) -> None:
    first = two_months(world)
    world.files["a.jsonl"] = world.files["a.jsonl"][2:]
    second = world.build(202503)
    assert world.cells(second, "month") == world.cells(first, "month")
    assert second.said.numbers == {("tally", "frozen-messages-gone"): 2}
    assert "still count" in second.said.warnings[0]
    assert "--reopen all" in second.said.warnings[0]
    del world.files["a.jsonl"]
    third = world.build(202503)
    assert world.cells(third, "month") == world.cells(first, "month")
    assert third.said.numbers == {("tally", "frozen-messages-gone"): 20}


def test_a_month_that_runs_stays_open_and_is_frozen_once_it_is_over(world: World) -> None:
    world.files["a.jsonl"] = [sent(1, 1, 202501), sent(1, 2, 202502)]
    first = world.build(202502)
    assert (first.months, first.found.open) == (("2025-01",), (202502,))
    world.files["b.jsonl"] = [sent(2, 3, 202501), sent(2, 4, 202502)]
    second = world.build(202502)
    assert messages(world.cells(second)) == 3
    third = world.build(202503)
    assert (third.months, third.found.open) == (("2025-01", "2025-02"), ())
    world.files["c.jsonl"] = [sent(3, 5, 202502), sent(3, 6, 202412)]
    fourth = world.build(202503)
    assert fourth.months == ("2024-12", "2025-01", "2025-02")
    assert messages(world.cells(fourth)) == 4


def test_messages_without_a_time_are_frozen_with_their_first_release(world: World) -> None:
    world.files["a.jsonl"] = [sent(1, 1, 0)]
    assert world.build(202502).months == ("unknown",)
    world.files["b.jsonl"] = [sent(2, 2, 0)]
    second = world.build(202502)
    assert messages(world.cells(second)) == 1
    assert "1 messages without a time" in second.said.warnings[0]
    assert messages(world.cells(world.build(202502, "unknown"))) == 2


def test_a_copy_in_an_earlier_month_takes_no_message_out_of_a_frozen_one(world: World) -> None:
    world.files["a.jsonl"] = [sent(1, 1, 202502), sent(1, 2, 202502)]
    first = world.build(202503)
    world.files["b.jsonl"] = [sent(1, 1, 202501), sent(1, 1, 0), sent(2, 7, 202501)]
    second = world.build(202503)
    assert of(world.cells(second, "month"), "2025-02") == of(world.cells(first, "month"), "2025-02")
    assert messages(world.cells(second)) == 3


def test_a_reopened_month_counts_what_is_there_and_is_frozen_again(world: World) -> None:
    two_months(world)
    world.files["b.jsonl"] = [sent(9, 100, 202501), sent(9, 101, 202502)]
    second = world.build(202503, "2025-01")
    assert messages(of(world.cells(second, "month"), "2025-01")) == 11
    assert messages(of(world.cells(second, "month"), "2025-02")) == 10
    assert (second.months, second.reopened) == (("2025-01", "2025-02"), ("2025-01",))
    world.files["c.jsonl"] = [sent(8, 200, 202501)]
    third = world.build(202503)
    assert messages(of(world.cells(third, "month"), "2025-01")) == 11
    assert third.reopened == ("2025-01",), "later releases say so too"


def test_only_frozen_months_are_reopened(world: World) -> None:
    two_months(world)
    with pytest.raises(ConfigError, match=r"2025-07.*frozen: 2025-01, 2025-02"):
        world.build(202503, "2025-07")


def test_other_labels_of_the_same_messages_are_taken_and_old_ones_kept_without_a_file(
    world: World,
) -> None:
    world.files = {"a.jsonl": [sent(1, 1, 202501)], "b.jsonl": [sent(2, 2, 202501)]}
    first = world.build(202502)
    del world.files["b.jsonl"]
    world.labelled_by = "shipped-2"
    second = world.build(202502, settings={"usage.labeller": "shipped 2"})
    assert second.found.kept == (next(k for k in first.found.record.keys if k[:16] == _sha(first)),)
    assert messages(world.cells(second)) == 2
    assert second.again == ("usage.labeller",)
    assert second.said.numbers["tally", "frozen-labels-kept"] == 1
    assert second.said.numbers["tally", "frozen-counted-again"] == 1
    last = frozen.last(ledger.read(world.folder / "build" / "ledger.jsonl"))
    assert last is not None
    assert (last.months, last.again) == ((), ("usage.labeller",))


def _sha(counted: Counting) -> str:
    stands = counted.found.record.months[0].files
    return next(stand.sha256 for stand in stands if stand.file == "b.jsonl")


def test_a_file_that_has_grown_needs_no_old_labels(world: World) -> None:
    two_months(world)
    world.files["a.jsonl"] = [*world.files["a.jsonl"], sent(9, 100, 202503)]
    second = world.build(202503)
    assert (second.found.kept, second.said.warnings) == ((), ())
    assert messages(world.cells(second)) == 21


def test_under_another_key_all_is_counted_again_or_nothing_is_mixed(world: World) -> None:
    two_months(world)
    world.key = Secret(b"x" * 32, "other")
    whole = world.build(202503)
    assert (whole.found.linked, whole.found.record.pseudonyms) == (True, "other")
    world.files["b.jsonl"] = [sent(1, 100, 202501)]
    world.build(202503)
    del world.files["a.jsonl"]
    world.key = KEY
    alone = world.build(202503)
    assert messages(world.cells(alone)) == 20
    assert alone.found.record.pseudonyms == "other"
    assert len(alone.said.warnings) == 2
    world.files["c.jsonl"] = [sent(1, 101, 202503)]
    with pytest.raises(ReleaseRefusedError, match=r"people can not be found again in 2025-03"):
        world.build(202503)
    assert messages(world.cells(world.build(202503, "all"))) == 2


@pytest.mark.parametrize("kind", ["json", "parquet"])
@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (lambda path: path.write_bytes(path.read_bytes()[:-1]), "is damaged"),
        (lambda path: path.write_bytes(b"[" + path.read_bytes()[1:]), "is damaged"),
        (lambda path: path.unlink(), "is missing"),
    ],
)
def test_a_damaged_record_refuses_and_names_the_mend(
    world: World, kind: str, spoil: Callable[[Path], None], what: str
) -> None:
    two_months(world)
    [path] = (world.folder / "build" / "store" / "frozen").glob(f"*.{kind}")
    spoil(path)
    with pytest.raises(ReleaseRefusedError) as refused:
        world.build(202503)
    assert str(refused.value).startswith(f"{path}: the record of the frozen months {what}")
    assert f"uptake build {world.folder} --reopen all" in str(refused.value)
    mended = world.build(202503, "all")
    assert mended.reopened == ("2025-01", "2025-02")
    assert world.build(202503).months == mended.months


def test_labels_that_a_frozen_month_rests_on_are_not_done_without(world: World) -> None:
    first = two_months(world)
    world.files = {}
    world.build(202503)
    [key] = first.found.record.keys
    part = next((world.labels / key).glob("part-*"))
    other = pq.read_table(part).drop_columns(["topic_band"])
    pq.write_table(other, part)
    with pytest.raises(ReleaseRefusedError, match=r"2025-01 rests, are of another version"):
        world.build(202503)
    part.unlink()
    with pytest.raises(ReleaseRefusedError, match=r"of a\.jsonl.*are gone; put that log file back"):
        world.build(202503)


def test_a_record_that_no_ledger_names_freezes_nothing(world: World) -> None:
    """As after a kill between the two."""
    target = world.folder / "build"
    world.files["a.jsonl"] = [sent(1, 1, 202501)]
    logs = [world.log("a.jsonl")]
    counted = freezing.counting(freezing.Standing(), world.folder, logs, KEY, SETTINGS, day(202502))
    frozen.write(target / "store", counted.found.record, pa.array([], pa.string()))
    world.files["b.jsonl"] = [sent(2, 2, 202501)]
    assert messages(world.cells(world.build(202502))) == 2
    assert len(list((target / "store" / "frozen").iterdir())) == 2


def test_the_mend_names_the_folder_as_a_shell_reads_it() -> None:
    said = command(Path("my logs"), [], set())
    assert said.strip() == "uptake build 'my logs'"


def test_a_clock_before_the_last_freeze_is_refused(world: World) -> None:
    from uptake.flow.freeze import require_clock

    two_months(world)
    known = ledger.read(world.folder / "build" / "ledger.jsonl")
    require_clock(known, day(202503))
    with pytest.raises(ReleaseRefusedError, match=r"clock says 2025-02-15.*2025-03-15.*set the"):
        require_clock(known, day(202502))
