"""Parquet, of which the damaged and the hostile are decoded in a process of their own."""

import datetime as dt
import subprocess
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from uptake.model.errors import UnreadableInputError
from uptake.model.mapping import ColumnMapping
from uptake.read import Limits, read_file, recognise
from uptake.read.parquet import ParquetRows

Desk = Any
"""The fixture of conftest.py: writes inputs and reads them."""


def write(desk: Desk, table: pa.Table, **how: Any) -> Path:
    path: Path = desk.folder / "a.parquet"
    pq.write_table(table, path, **how)
    return path


@pytest.mark.parametrize("unit", ["ms", "ns"])
def test_rows_of_wildchat_are_read_as_from_json(desk: Desk, unit: Literal["ms", "ns"]) -> None:
    row = desk.records["wildchat"]("c1", "hello")
    from_json, _, _ = desk.read(desk.lines([row]))
    when = dt.datetime(2025, 2, 19, 21, 20, tzinfo=dt.UTC)
    said = [{**s, "timestamp": when if s["timestamp"] else None} for s in row["conversation"]]
    moment = pa.timestamp(unit, "UTC")
    message = pa.struct(
        [
            ("role", pa.string()),
            ("content", pa.large_string()),
            ("hashed_ip", pa.dictionary(pa.int32(), pa.string())),
            ("country", pa.string()),
            ("timestamp", moment),
            ("turn_identifier", pa.int64()),
            ("toxic", pa.bool_()),
        ]
    )
    fields = [field.name for field in message]
    table = pa.table(
        {
            "conversation_hash": ["c1"],
            "timestamp": pa.array([when], moment),
            "conversation": pa.array(
                [[{k: s[k] for k in fields} for s in said]], pa.list_(message)
            ),
            "language": ["Kazakh"],
            "country": ["Kazakhstan"],
            "hashed_ip": ["a" * 64],
            "openai_moderation": [[{"score": 0.5}]],
        }
    )
    path = write(desk, table)
    conversations, issues, reading = desk.read(path)
    assert issues == []
    assert recognise(path) == reading.files[0].format == "wildchat"
    assert [c.turns for c in conversations] == [c.turns for c in from_json]
    assert conversations[0].person == from_json[0].person
    assert conversations[0].time == from_json[0].time == when.timestamp()


def test_a_mapping_reaches_into_structs(desk: Desk) -> None:
    table = pa.table({"said": [{"text": "hello"}, {"text": "bye"}], "who": pa.array([7, 8])})
    mapping = ColumnMapping(name="m", text="said.text", user="who")
    conversations, issues, _ = desk.read(write(desk, table), mapping)
    assert issues == []
    assert [(c.person.id, c.turns[0].text) for c in conversations] == [("7", "hello"), ("8", "bye")]


def test_columns_without_any_value_are_unknown(desk: Desk) -> None:
    said = [{"role": "user", "content": "hello", "timestamp": None}] * 2
    row = {"conversation": said, "hashed_ip": "a", "timestamp": None}
    conversations, issues, _ = desk.read(write(desk, pa.Table.from_pylist([row] * 5)))
    assert issues == []
    assert [len(c.turns) for c in conversations] == [2] * 5


def test_bytes_that_are_no_text_cost_their_row_only(desk: Desk) -> None:
    table = pa.table({"text": pa.array([b"good", b"\xff\xfe", b"fine"], pa.binary())})
    conversations, issues, _ = desk.read(write(desk, table))
    assert [c.turns[0].text for c in conversations] == ["good", "fine"]
    assert [(issue.code, issue.offset) for issue in issues] == [("invalid-utf8", 1)]


def test_many_rows_come_in_order_and_a_reader_may_stop(desk: Desk) -> None:
    path = write(desk, pa.table({"prompt": [f"text {n}" for n in range(3000)]}))
    conversations, _, _ = desk.read(path)
    assert [c.turns[0].text for c in conversations] == [f"text {n}" for n in range(3000)]
    assert [c.offset for c in conversations] == list(range(3000))


def test_every_damaged_file_is_refused_clearly(desk: Desk, shared: Path) -> None:
    files = sorted((shared / "data/bad_inputs/parquet-testing-bad/bad_data").glob("*.parquet"))
    assert len(files) == 8
    for file in files:
        with pytest.raises(UnreadableInputError, match=r"seen: Parquet \(parquet-stopped: "):
            desk.read(file)


def test_flipped_and_missing_bytes_never_do_harm(desk: Desk) -> None:
    path = write(desk, pa.table({"prompt": [f"text {n}" for n in range(500)]}), row_group_size=100)
    whole = path.read_bytes()
    rng = np.random.default_rng(5)
    for _ in range(3):
        data = bytearray(whole)
        for place in rng.integers(4, len(data) - 4, 3).tolist():
            data[place] ^= 0x55
        try:
            conversations, _, _ = desk.data(bytes(data))
            assert len(conversations) <= 500
        except UnreadableInputError:
            pass
    with pytest.raises(UnreadableInputError, match="data are damaged"):
        desk.data(whole[: len(whole) // 2])


def test_a_file_that_needs_too_much_memory_is_stopped(desk: Desk) -> None:
    # One value of 100 MB, stored in a few kilobytes.
    table = pa.table({"prompt": pa.array(["x" * 100_000_000], pa.large_string())})
    path = write(desk, table, compression="zstd")
    assert path.stat().st_size < 200_000
    with pytest.raises(UnreadableInputError, match="needs more memory than the limit"):
        desk.read(path, limits=Limits(parquet_bytes=400 * 1024 * 1024))


def test_a_value_over_the_limit_is_one_issue(desk: Desk) -> None:
    path = write(desk, pa.table({"prompt": ["short", "x" * 200_000, "last"]}))
    conversations, issues, _ = desk.read(path, limits=Limits(line_bytes=100_000))
    assert [c.turns[0].text for c in conversations] == ["short", "last"]
    assert [(issue.code, issue.offset) for issue in issues] == [("too-long", 1)]


def test_a_few_bytes_that_decode_to_endless_rows_are_stopped(desk: Desk) -> None:
    path = write(desk, pa.table({"prompt": pa.array(["same"] * 2_000_000).dictionary_encode()}))
    assert path.stat().st_size < 20_000
    conversations, issues, _ = desk.read(path, limits=Limits(unpacked_bytes=1_000_000))
    assert 10_000 < len(conversations) < 100_000
    assert [issue.code for issue in issues] == ["too-large"]


def test_the_decoding_process_ends_with_its_reader(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []
    start = ParquetRows._start

    def remember(rows: ParquetRows) -> subprocess.Popen[bytes]:
        started.append(start(rows))
        return started[-1]

    monkeypatch.setattr(ParquetRows, "_start", remember)
    reading = read_file(write(desk, pa.table({"prompt": ["text"] * 200_000})), name="a")
    next(reading)
    assert started[0].poll() is None
    reading.close()
    assert started[0].poll() is not None
    assert list(reading) == []


def test_no_row_and_no_known_column_are_told_apart(desk: Desk) -> None:
    _, issues, _ = desk.read(write(desk, pa.table({"prompt": pa.array([], pa.string())})))
    assert [issue.code for issue in issues] == ["empty-file"]
    with pytest.raises(UnreadableInputError, match="none of its columns is known"):
        desk.read(write(desk, pa.table({"x": [1]})))
