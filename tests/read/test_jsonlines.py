import hashlib

from hypothesis import given
from hypothesis import strategies as st

from uptake.model.issue import Issue
from uptake.read.jsonlines import Lines


@given(st.binary(max_size=200), st.integers(1, 50))
def test_lines_are_what_split_gives_whatever_the_chunks_are(data: bytes, size: int) -> None:
    chunks = [data[at : at + size] for at in range(0, len(data), size)]
    got = list(Lines(chunks, 1000, "a"))
    assert [raw for _, raw in got if isinstance(raw, bytes)] == [  # type: ignore[misc]
        line for line in data.split(b"\n") if line and not line.isspace()
    ]


@given(st.lists(st.binary(max_size=30).map(lambda b: b.replace(b"\n", b"")), max_size=8))
def test_offsets_point_at_the_lines(lines: list[bytes]) -> None:
    data = b"\n".join(lines)
    for item in Lines([data[:7], data[7:]], 1000, "a"):
        assert isinstance(item, tuple)
        assert data[item[0] : item[0] + len(item[1])] == item[1]


def test_only_line_feeds_part_lines() -> None:
    data = "a\u2028b\x0bc\x85d\re\nf".encode()
    assert len(list(Lines([data], 100, "a"))) == 2


@given(st.integers(1, 60))
def test_a_line_over_the_limit_is_an_issue_and_its_neighbours_are_read(size: int) -> None:
    long = b"x" * 101
    data = b"one\n" + long + b"\ntwo\n" + b"y" * 100 + b"\n" + long
    chunks = [data[at : at + size] for at in range(0, len(data), size)]
    got = list(Lines(chunks, 100, "a"))
    assert [item[1] for item in got if isinstance(item, tuple)] == [b"one", b"two", b"y" * 100]
    issues = [item for item in got if isinstance(item, Issue)]
    assert [(i.code, i.offset, i.length) for i in issues] == [
        ("too-long", 4, 101),
        ("too-long", len(data) - 101, 101),
    ]
    assert {i.sha256 for i in issues} == {hashlib.sha256(long).hexdigest()}
