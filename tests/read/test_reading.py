"""What is wrong with inputs, kind by kind: counted, never fatal, never with content."""

import gzip
import hashlib
import json
import random
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from uptake.model.conversation import Conversation
from uptake.model.errors import UnreadableInputError, UptakeError
from uptake.model.issue import Issue
from uptake.read import CODES, READERS, Limits, read_file, recognise

Desk = Any
"""The fixture of conftest.py: writes inputs and reads them."""

GOOD = b'{"messages": [{"role": "user", "content": "good"}]}\n'
ROW = b'{"messages": [{"role": "user", "content": %s}]}'
A = json.dumps(["x"])


def codes(issues: list[Issue]) -> list[str]:
    return [issue.code for issue in issues]


BAD_RECORDS: dict[str, tuple[bytes, str]] = {
    "not JSON": (b"{oops", "invalid-json"),
    "cut off": (b'{"messages": [{"role": "us', "invalid-json"),
    "trailing comma": (b'{"messages": [],}', "invalid-json"),
    "raw control character": (ROW % b'"a\x00b"', "invalid-json"),
    "invalid UTF-8": (ROW % b'"\xff\xfe"', "invalid-utf8"),
    "overlong UTF-8": (ROW % b'"\xc0\xaf"', "invalid-utf8"),
    "surrogates in UTF-8": (ROW % b'"\xed\xa0\x80"', "invalid-utf8"),
    "cp1251": (ROW % '"привет"'.encode("cp1251"), "invalid-utf8"),
    "a bare null": (b"null", "not-an-object"),
    "a bare array": (b"[1, 2]", "not-an-object"),
    "another object": (b'{"hello": "world"}', "other-schema"),
    "messages of another type": (b'{"messages": {"a": 1}}', "other-schema"),
    "a message of another type": (
        b'{"messages": [{"role": "user", "content": "a"}, "b"]}',
        "wrong-shape",
    ),
    "deep nesting": (ROW % (b"[" * 100_000 + b"]" * 100_000), "too-deep"),
    "deep nesting beside": (
        b'{"x": ' + b"[" * 100_000 + b"]" * 100_000 + b"," + (ROW % b'"a"')[1:],
        "too-deep",
    ),
    "who it is, twice": (
        b'{"user": "a", "messages": [{"role": "user", "content": "x"}], "user": "b"}',
        "duplicate-key",
    ),
    "which it is, twice": (
        b'{"id": "a", "messages": [{"role": "user", "content": "x"}], "id" : "b"}',
        "duplicate-key",
    ),
}


@pytest.mark.parametrize("kind", BAD_RECORDS)
@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_a_bad_line_is_one_issue_and_its_neighbours_are_read(
    desk: Desk, kind: str, place: str
) -> None:
    raw, code = BAD_RECORDS[kind]
    before = {"first": b"", "middle": GOOD, "last": GOOD * 2}[place]
    after = {"first": GOOD * 2, "middle": GOOD, "last": b""}[place]
    conversations, issues, reading = desk.data(before + raw + b"\n" + after)
    assert len(conversations) == 2
    assert issues == [
        Issue("read", "input", len(before), code, "", len(raw), hashlib.sha256(raw).hexdigest())
    ]
    assert (reading.files[0].conversations, reading.files[0].rejected) == (2, 1)


MENDED: dict[str, tuple[bytes, str, str]] = {
    "half a character": (ROW % b'"a \\ud83d b"', "a \ufffd b", "lone-surrogate"),
    "the other half": (ROW % b'"\\udc00"', "\ufffd", "lone-surrogate"),
    "two first halves": (ROW % b'"\\ud83d\\ud83d\\ude00"', "\ufffd😀", "lone-surrogate"),
    "NaN beside": (b'{"age": NaN, ' + (ROW % b'"NaN"')[1:], "NaN", "not-a-number"),
    "infinity beside": (b'{"x": -Infinity, ' + (ROW % b'"a"')[1:], "a", "not-a-number"),
}


@pytest.mark.parametrize("kind", MENDED)
def test_what_careless_writers_do_is_mended_and_counted(desk: Desk, kind: str) -> None:
    raw, text, code = MENDED[kind]
    for data in (raw, GOOD + raw):
        conversations, issues, _ = desk.data(data)
        assert conversations[-1].turns[0].text == text
        assert [(issue.code, issue.severity) for issue in issues] == [(code, "warning")]


FINE: dict[str, bytes] = {
    "an escaped NUL": ROW % b'"a\\u0000b"',
    "direction marks": ROW % '"\u202eabc\u2066"'.encode(),
    "a line separator": ROW % '"a\u2028b"'.encode(),
    "a pair of surrogates": ROW % b'"\\ud83d\\ude00"',
    "a backslash before letters": ROW % b'"\\\\ud83d"',
    "carriage returns": ROW % b'"a"' + b"\r",
    "formulas": ROW % b"\"=cmd|' /C calc'!A0\"",
    "bad bytes in a field that nobody reads": b'{"junk": "\xff", ' + (ROW % b'"a"')[1:],
    "a number that no float holds": b'{"junk": 1e999, ' + (ROW % b'"a"')[1:],
    "50,000 keys": b"{" + b"".join(b'"k%d": 1, ' % n for n in range(50_000)) + (ROW % b'"a"')[1:],
}


@pytest.mark.parametrize("kind", FINE)
def test_what_is_odd_but_right_is_read_without_a_word(desk: Desk, kind: str) -> None:
    for data in (FINE[kind] + b"\n", GOOD + FINE[kind] + b"\n"):
        conversations, issues, _ = desk.data(data)
        assert issues == []
        conversations[-1].turns[0].text.encode()


def test_a_line_of_a_gigabyte_would_not_be_loaded(desk: Desk) -> None:
    path = desk.write("a.gz", gzip.compress(GOOD + b"x" * 60_000_000 + b"\n" + GOOD, 1))
    tracemalloc.start()
    conversations, issues, _ = desk.read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(conversations) == 2
    assert [(i.code, i.length) for i in issues if i.severity == "error"] == [
        ("too-long", 60_000_000)
    ]
    assert peak < 30_000_000


def big_array(path: Path, size: int) -> None:
    record = json.dumps({"id": "c", "messages": [{"role": "user", "content": 'a "b" \\ {[ ' * 90}]})
    with path.open("w") as file:
        file.write("[" + record)
        for _ in range(size // len(record)):
            file.write(", " + record)
        file.write("]")


def test_memory_does_not_grow_with_an_array(desk: Desk) -> None:
    path = desk.folder / "big.json"
    big_array(path, 30_000_000)
    count = 0
    tracemalloc.start()
    for item in read_file(path, name="big.json"):
        assert isinstance(item, Conversation)
        count += 1
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count > 20_000
    assert peak < 5_000_000


def test_a_text_over_the_limit_is_cut_and_counted(desk: Desk) -> None:
    conversations, issues, _ = desk.data(
        ROW % json.dumps("é" * 100).encode(), limits=Limits(text_chars=10)
    )
    assert conversations[0].turns[0].text == "é" * 10
    assert codes(issues) == ["text-cut"]


def test_what_is_stated_of_a_person_but_can_not_be_is_unknown(desk: Desk) -> None:
    record = desk.records["openai"]("c1", "hello")
    for facts in ({"birth_year": 1850}, {"birth_year": 2030}, {"age": 200}, {"country": ["KAZ"]}):
        record["metadata"] = facts
        conversations, issues, _ = desk.read(desk.lines([record]))
        assert conversations[0].person == type(conversations[0].person)("u-3")
        assert codes(issues) == ["bad-value"]


@pytest.mark.parametrize("country", ["UK", "KAZ", "XX", "ＫＺ", "Қазақстан"])
def test_a_country_is_passed_on_as_stated(desk: Desk, country: str) -> None:
    record = {**desk.records["openai"]("c1", "hello"), "metadata": {"country": country}}
    assert desk.read(desk.lines([record]))[0][0].person.country == country


def test_bad_times_are_counted_once_a_record_with_their_number(desk: Desk) -> None:
    messages = [{"role": "user", "content": "a", "created_at": "2024-02-30"} for _ in range(3)]
    data = json.dumps({"messages": messages, "created_at": "9999-01-01"}).encode()
    conversations, issues, _ = desk.data(data)
    assert conversations[0].time is None
    assert sorted((i.code, i.detail) for i in issues) == [
        ("bad-time", "3 times"),
        ("time-out-of-range", ""),
    ]


def test_mixed_formats_in_one_file_are_all_read(desk: Desk) -> None:
    made = [desk.records[name](f"k{name}", "hello") for name in desk.records]
    for order in (made, made[::-1], made[3:] + made[:3]):
        conversations, issues, _ = desk.read(desk.lines(order))
        assert issues == []
        assert {c.id for c in conversations} == {f"k{name}" for name in desk.records}


@pytest.mark.parametrize("name", [name for name in READERS if name != "table"])
def test_shuffled_lines_give_the_same_conversations(desk: Desk, name: str) -> None:
    made = [desk.records[name](f"k{n}", f"text {n}") for n in range(20)]
    lines = [json.dumps(record).encode() for record in made] + [b"broken", b'{"a": 1}', b"null"]

    def found(order: list[bytes]) -> tuple[list[str], list[str]]:
        conversations, issues, _ = desk.data(b"\n".join(order))
        said = [repr((c.id, c.person, c.turns, c.time, c.language)) for c in conversations]
        return sorted(said), sorted(codes(issues))

    straight = found(lines)
    assert len(straight[0]) == 20
    for seed in range(3):
        shuffled = lines[:]
        random.Random(seed).shuffle(shuffled)  # noqa: S311
        assert found(shuffled)[0] == straight[0]


CANARY = "zqcanary7f3a"
EVERYWHERE = st.recursive(
    st.just(CANARY) | st.integers() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.just(CANARY), inner),
    max_leaves=5,
)


def planted(value: Any, at: list[int], into: Any) -> Any:
    """Put something in place of the ``at``-th value of a record."""
    at[0] -= 1
    if at[0] == 0:
        return into
    if isinstance(value, dict):
        return {key: planted(inner, at, into) for key, inner in value.items()}
    if isinstance(value, list):
        return [planted(inner, at, into) for inner in value]
    return value


@given(
    name=st.sampled_from([name for name in READERS if name != "table"]),
    at=st.integers(1, 40),
    into=EVERYWHERE,
    damage=st.integers(0, 300),
    layout=st.sampled_from(["lines", "array", "gzip"]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_no_text_of_a_record_is_in_an_issue_or_an_error(
    desk: Desk, name: str, at: int, into: Any, damage: int, layout: str
) -> None:
    record = planted(desk.records[name]("k", CANARY), [at], into)
    data = json.dumps([record, record] if layout == "array" else record).encode()
    data = data[:damage] + data[damage + 1 :] if damage % 3 else data
    path = desk.write("input", gzip.compress(data) if layout == "gzip" else data)
    try:
        for item in read_file(path, name="input"):
            if isinstance(item, Issue):
                assert CANARY not in repr(item)
                assert item.code in CODES
    except UptakeError as error:
        at_fault: BaseException | None = error
        while at_fault is not None:
            assert CANARY not in str(at_fault)
            if at_fault.__suppress_context__:
                break
            at_fault = at_fault.__cause__ or at_fault.__context__


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
def test_random_damage_never_raises_anything_but_a_refusal(desk: Desk, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([name for name in READERS if name != "table"]))
    made = [desk.records[name](f"k{n}", "hello") for n in range(3)]
    raw = bytearray(
        data.draw(
            st.sampled_from(
                [json.dumps(made).encode(), b"\n".join(json.dumps(r).encode() for r in made)]
            )
        )
    )
    for place in data.draw(st.lists(st.integers(0, len(raw) - 1), max_size=4)):
        raw[place] = data.draw(st.integers(0, 255))
    path = desk.write("input", bytes(raw[: data.draw(st.integers(1, len(raw)))]))
    try:
        for item in read_file(path, name="input", limits=Limits(record_bytes=400)):
            if isinstance(item, Conversation):
                assert all(turn.parent < index for index, turn in enumerate(item.turns))
    except UptakeError:
        pass


REFUSED: dict[str, tuple[bytes, str]] = {
    "prose": (b"Dear all,\nplease find attached\n", "text or CSV of 2 columns"),
    "html": (b"<!doctype html><html></html>", "HTML or XML"),
    "a PDF": (b"%PDF-1.7\n...", "PDF data"),
    "a database": (b"SQLite format 3\x00" + bytes(100), "SQLite data"),
    "bzip2": (b"BZh91AY", "bzip2 data"),
    "a bare null": (b"null", "text or CSV"),
    "zeros": (bytes(1000), "binary data"),
    "UTF-16 without a mark": (GOOD.decode().encode("utf-16-le"), "UTF-16 without"),
    "an array of strings": (b'["a", "b"]', "a JSON array (not-an-object 2)"),
    "broken lines": (b"{a\n{b\n", "JSON lines (invalid-json 2)"),
    "people without messages": (
        b"user_id,Age,Gender,Country\n1,30,F,KAZ\n",
        "with the fields age, country, gender, user_id, but no messages",
    ),
    "an account": (b'{"id": "u", "email": "a@b"}', "with the fields id, but no messages"),
    "a cut zip": (b"PK\x03\x04\x00", "is no whole zip archive"),
    "an empty zip": (b"PK\x05\x06" + bytes(18), "an archive of 0 members"),
    "a cut gzip": (gzip.compress(GOOD)[:12], "truncated-file"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_without_conversations_is_refused_and_says_what_was_seen(
    desk: Desk, kind: str
) -> None:
    data, seen = REFUSED[kind]
    path = desk.write("input", data)
    for attempt in (lambda: desk.read(path), lambda: recognise(path)):
        with pytest.raises(UnreadableInputError) as refusal:
            attempt()
        assert seen in str(refusal.value)
        assert str(refusal.value).startswith("input: ")
        if "seen:" in str(refusal.value):
            assert all(form.title in str(refusal.value) for form in READERS.values())


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"[]", b"[ ]\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_a_warning_to_the_reader_and_of_no_format(desk: Desk, data: bytes) -> None:
    conversations, issues, reading = desk.data(data)
    assert conversations == []
    assert [(issue.code, issue.severity) for issue in issues] == [("empty-file", "warning")]
    assert reading.files == []
    with pytest.raises(UnreadableInputError, match="an empty file"):
        recognise(desk.write("input", data))


def test_a_hopeless_file_is_given_up_early(desk: Desk) -> None:
    data = b'{"a": 1}\n' * 500 + GOOD
    assert len(desk.data(data)[0]) == 1
    with pytest.raises(UnreadableInputError, match="other-schema 11"):
        desk.data(data, limits=Limits(give_up_after=10))


def test_what_can_not_be_opened_is_refused(desk: Desk) -> None:
    with pytest.raises(UnreadableInputError, match="No such file"):
        desk.read(desk.folder / "nowhere")
    with pytest.raises(UnreadableInputError, match="is not a file"):
        desk.read(desk.folder)


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks_are_understood(desk: Desk, mark: str) -> None:
    data = (ROW % '"сәлем"'.encode()).decode().encode(mark)
    conversations, issues, _ = desk.data(data)
    assert conversations[0].turns[0].text == "сәлем"
    assert codes(issues) == ([] if mark == "utf-8-sig" else ["transcoded"])


def test_the_last_line_of_a_cut_file_is_named_so(desk: Desk) -> None:
    conversations, issues, _ = desk.data(GOOD + GOOD[:30])
    assert len(conversations) == 1
    assert codes(issues) == ["truncated-record"]


def test_issues_before_the_first_good_record_are_not_lost(desk: Desk) -> None:
    conversations, issues, reading = desk.data(b"junk {\n" + b'{"a": 1}\n' * 3 + GOOD)
    assert len(conversations) == 1
    assert sorted(codes(issues)) == ["invalid-json"] + ["other-schema"] * 3
    assert reading.files[0].rejected == 4


def test_members_that_are_no_logs_are_remarked_on(desk: Desk) -> None:
    path = desk.zip({"a.jsonl": GOOD, "b.json": [{"x": 1}], "c.png": b"\x89PNG"})
    conversations, issues, _ = desk.read(path)
    assert len(conversations) == 1
    assert [(i.code, i.file) for i in issues] == [("unrecognised-member", "a.zip!b.json")]
    assert issues[0].detail == "a JSON array (other-schema 1)"


def test_every_code_says_what_it_means() -> None:
    for code, meaning in CODES.items():
        assert code == code.lower().replace(" ", "-").replace("_", "-")
        assert meaning.endswith(".")
        assert meaning[0].isupper()


def test_importing_the_package_needs_no_heavy_library() -> None:
    import subprocess
    import sys

    heavy = "{'pyarrow', 'numpy', 'zstandard', 'duckdb', 'scipy', 'pandas'}"
    program = f"import sys, uptake.read; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )
    assert done.stdout.strip() == "[]"


def test_every_real_file_is_read_or_refused_as_expected(shared: Path) -> None:
    expected = {
        "chatbot_arena_convotopo/user_turns.jsonl": ("prompts", 2025, 0),
        "oasst1_en_validation/messages.jsonl": ("oasst", 734, 0),
        "sharegpt_sample/conversations.jsonl": ("openai", 781, 0),
        "wildchat_convotopo/conversations.jsonl": ("openai", 343, 0),
        "wildchat_hard_ru/prompts.jsonl": ("prompts", 967, 0),
    }
    folder = shared / "data/conversations"
    found = {}
    for path in sorted(folder.rglob("*.jsonl")):
        reading = read_file(path, name=path.name)
        for _ in reading:
            pass
        (info,) = reading.files
        found[str(path.relative_to(folder))] = (info.format, info.conversations, info.rejected)
    assert found == expected
    for path in sorted((folder / "gvrkiran_chatgpt4").glob("*.csv")):
        with pytest.raises(UnreadableInputError, match="but no messages"):
            recognise(path)


def test_every_real_bad_input_is_refused_or_empty(shared: Path) -> None:
    files = [p for p in sorted((shared / "data/bad_inputs").rglob("*")) if p.is_file()]
    files = [p for p in files if p.suffix != ".parquet"]  # test_parquet.py has them
    assert len(files) > 30
    for path in files:
        try:
            items = list(read_file(path, name=path.name))
        except UnreadableInputError:
            continue
        assert [item.code for item in items if isinstance(item, Issue)] == ["empty-file"]
