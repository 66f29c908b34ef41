"""A file read in blocks gives what it gives when it is read in one process."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uptake.model.conversation import Conversation
from uptake.model.errors import UnreadableInputError
from uptake.model.issue import Issue
from uptake.model.mapping import ColumnMapping
from uptake.read import Block, Limits, MixedRecordsError, cut_file, read_block, read_file


def line(number: int, text: str = "How do I bake bread?") -> bytes:
    row = {"id": f"c{number}", "user": "u", "messages": [{"role": "user", "content": text}]}
    return json.dumps(row, ensure_ascii=False).encode()


def in_one(path: Path, limits: Limits) -> tuple[list[Conversation | Issue], int, int]:
    reading = read_file(path, name="a.jsonl", limits=limits)
    items = list(reading)
    (info,) = reading.files
    return items, info.messages, info.rejected


def in_blocks(path: Path, limits: Limits, size: int) -> tuple[list[Conversation | Issue], int, int]:
    cut = cut_file(path, name="a.jsonl", size=size, limits=limits)
    assert cut is not None
    form, blocks = cut
    assert form == "openai"
    items: list[Conversation | Issue] = []
    messages = rejected = 0
    for block in blocks:
        if isinstance(block, Issue):
            items.append(block)
            rejected += block.severity == "error"
            continue
        reading = read_block(block, limits)
        items += reading
        messages += reading.info.messages
        rejected += reading.info.rejected
    return items, messages, rejected


LINES = st.one_of(
    st.integers(0, 99).map(line),
    st.sampled_from(
        [
            b"",
            b"  ",
            b"not json",
            b'{"messages": 3}',
            b"[1]",
            '{"messages": [{"role": "user", "content": "\\ud83d \u2028 ё"}]}'.encode(),
            line(7, "x" * 3000),
        ]
    ),
)


@given(st.lists(LINES, max_size=30), st.integers(1, 4000), st.sampled_from([b"", b"\n", b"\r\n"]))
@settings(max_examples=60)
def test_blocks_of_any_size_give_the_conversations_and_issues_of_the_whole(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], size: int, end: bytes
) -> None:
    path = tmp_path_factory.mktemp("a") / "a.jsonl"
    path.write_bytes(b"\n".join([line(0), *lines]) + end)
    assert in_blocks(path, Limits(), size) == in_one(path, Limits())


@pytest.mark.parametrize("place", ["between", "at the end"])
def test_a_line_longer_than_any_may_be_is_an_issue_between_blocks(
    tmp_path: Path, place: str
) -> None:
    path = tmp_path / "a.jsonl"
    long = line(1, "x" * 900_000)
    parts = [line(0), long, line(2)] if place == "between" else [line(0), line(2), long]
    path.write_bytes(b"\n".join(parts))
    limits = Limits(line_bytes=300_000)
    found = in_blocks(path, limits, 100)
    assert found == in_one(path, limits)
    (lost,) = (item for item in found[0] if isinstance(item, Issue))
    assert (lost.code, lost.length) == ("too-long", len(long))
    assert found[2] == 1


def test_packed_lines_and_byte_order_marks_are_cut_as_well(tmp_path: Path) -> None:
    lines = b"\n".join(line(n) for n in range(500))
    for name, data in (("z", gzip.compress(lines)), ("bom", b"\xef\xbb\xbf" + lines)):
        path = tmp_path / name
        path.write_bytes(data)
        assert in_blocks(path, Limits(), 2000) == in_one(path, Limits())


def test_what_a_damaged_end_leaves_is_read_and_the_damage_told(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b"\n".join(line(n) for n in range(5000)))[:-40])
    found = in_blocks(path, Limits(), 10_000)
    assert found == in_one(path, Limits())
    assert [item.code for item in found[0] if isinstance(item, Issue)][-1] == "truncated-file"


def test_what_is_no_row_of_whole_conversations_is_not_cut(tmp_path: Path) -> None:
    array, rows, table = tmp_path / "a.json", tmp_path / "b.jsonl", tmp_path / "c.csv"
    array.write_bytes(b"[" + line(0) + b",\n" + line(1) + b"]")
    rows.write_text('{"text": "Hello", "user": "u", "conversation": "c", "role": "user"}\n')
    table.write_text("text,user\nHello,u\n")
    for path in (array, rows, table):
        assert cut_file(path, name=path.name, size=100) is None
    lines = tmp_path / "d.jsonl"
    lines.write_bytes(line(0))
    mapping = ColumnMapping(name="m", text="messages", files=("d.jsonl",))
    assert cut_file(lines, name="d.jsonl", size=100, mappings=(mapping,)) is None


def test_nothing_known_is_refused_before_anything_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"a": 1}\n')
    with pytest.raises(UnreadableInputError):
        cut_file(path, name="a.jsonl", size=100)


def test_a_row_among_conversations_says_that_the_file_must_be_read_in_one(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        line(0)
        + b'\n{"text": "Hello", "user": "u", "conversation": "c", "role": "user", "message": "m"}\n'
    )
    cut = cut_file(path, name="a.jsonl", size=100_000)
    assert cut is not None
    (block,) = cut[1]
    assert isinstance(block, Block)
    with pytest.raises(MixedRecordsError, match=r"a\.jsonl"):
        list(read_block(block))


def test_a_block_shows_nothing_of_its_content(tmp_path: Path) -> None:
    assert "secret" not in repr(Block("a", "a", 0, b"secret"))
