import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from uptake.model.issue import Issue
from uptake.read.jsonvalues import Values

TEXTS = st.text(alphabet=st.sampled_from('ab"\\{}[],: \n\té界'), max_size=8)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
INDENTS = st.sampled_from([None, 0, 2])


def chunks(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


def split(data: bytes, size: int = 7, base: int = 1, limit: int = 10_000) -> list[Any]:
    return list(Values(chunks(data, size), base, limit, "a.json"))


@given(st.lists(VALUES, max_size=6), INDENTS, st.booleans(), st.integers(1, 40))
def test_an_array_splits_into_what_the_standard_library_reads(
    values: list[Any], indent: int | None, ascii_only: bool, size: int
) -> None:
    data = json.dumps(values, indent=indent, ensure_ascii=ascii_only).encode()
    got = split(data, size)
    assert [json.loads(raw) for _, raw in got] == json.loads(data)
    assert all(data[offset : offset + len(raw)] == raw for offset, raw in got)


@given(
    st.lists(st.dictionaries(TEXTS, VALUES, max_size=4), max_size=6), INDENTS, st.integers(1, 40)
)
def test_objects_one_after_the_other_split_likewise(
    values: list[Any], indent: int | None, size: int
) -> None:
    data = "\n".join(json.dumps(value, indent=indent) for value in values).encode()
    assert [json.loads(raw) for _, raw in split(data, size, base=0)] == values


@given(st.binary(max_size=60), st.integers(1, 20))
def test_any_bytes_at_all_are_split_the_same_at_any_chunk_size(data: bytes, size: int) -> None:
    whole = split(b"[" + data, 1000)
    parts = split(b"[" + data, size)
    assert [item for item in parts if isinstance(item, tuple)] == [
        item for item in whole if isinstance(item, tuple)
    ]


def elements(count: int) -> list[str]:
    return [json.dumps({"id": number, "text": f"text {number} " * 3}) for number in range(count)]


def read(data: bytes, limit: int = 10_000) -> tuple[list[int], list[str]]:
    """Read as the reader does: reject what does not decode."""
    values = Values(chunks(data, 50), 1, limit, "a.json")
    ids: list[int] = []
    codes: list[str] = []
    for item in values:
        if isinstance(item, Issue):
            codes.append(item.code)
            continue
        try:
            ids.append(json.loads(item[1])["id"])
        except ValueError:
            codes.append("invalid-json")
            values.reject()
    return ids, codes


def test_a_lost_quote_costs_its_own_element_only() -> None:
    whole = elements(20)
    whole[5] = whole[5].replace('"id"', '"id')
    ids, codes = read(("[" + ", ".join(whole) + "]").encode())
    assert ids == [number for number in range(20) if number != 5]
    assert len(codes) == 1


def test_a_lost_bracket_costs_its_own_element_only() -> None:
    whole = elements(20)
    whole[5] = whole[5][:-1]
    ids, codes = read(("[" + ",\n".join(whole) + "]").encode())
    assert ids == [number for number in range(20) if number != 5]
    assert codes


def test_an_extra_bracket_does_not_end_the_file() -> None:
    whole = elements(20)
    whole[5] += "}]}"
    ids, codes = read(("[" + ", ".join(whole) + "]").encode())
    assert ids == list(range(20))
    assert codes == ["trailing-data"]


def test_an_element_over_the_limit_is_passed_over_and_hashed() -> None:
    long = json.dumps({"id": 1, "text": "x" * 5000})
    data = f'[{{"id": 0}}, {long}, {{"id": 2}}]'.encode()
    got = split(data, limit=1000)
    assert [json.loads(item[1])["id"] for item in got if isinstance(item, tuple)] == [0, 2]
    (issue,) = [item for item in got if isinstance(item, Issue)]
    assert (issue.code, issue.offset, issue.length) == ("too-long", 12, len(long))


def test_a_truncated_array_keeps_its_whole_elements() -> None:
    data = ("[" + ", ".join(elements(10)) + "]").encode()
    for end in range(len(data) - 1):
        ids, codes = read(data[:end])
        assert ids == list(range(len(ids)))
        assert codes == [] if end == 0 else len(codes) == 1
