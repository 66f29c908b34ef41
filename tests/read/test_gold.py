"""Labelled files as people write them, good and bad."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake.model.errors import QuarantineError, UnreadableInputError
from uptake.read.gold import GoldFile, clusters, read_gold, require_usable
from uptake.read.goldlabels import UnknownLabelError, allowed, truth_of

Row = dict[str, object]


def read(path: Path, *rows: Row | str) -> GoldFile:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_gold(path, name=path.name)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return tmp_path / "gold.jsonl"


def test_a_row_ends_with_its_message_and_keeps_ten_turns_of_both_sides(gold: Path) -> None:
    context = [{"role": r, "text": f"{r} {n}"} for n in range(9) for r in ("user", "assistant")]
    file = read(
        gold,
        {
            "text": "and now?",
            "context": [*context, {"role": "system", "text": "no"}],
            "intent": "asking",
            "user": 7,
            "time": "2025-03-01T00:00:00Z",
            "country": "KZ",
            "birth_year": 1990,
        },
    )
    (row,) = file.rows
    said = row.conversation
    assert len(said.turns) == 11
    assert (said.turns[-1].role, said.turns[-1].text) == ("user", "and now?")
    assert said.turns[-2].text == "assistant 8"
    assert [turn.parent for turn in said.turns] == list(range(-1, 10))
    assert (said.person.id, said.person.country, said.person.birth_year) == ("7", "KZ", 1990)
    assert said.time == said.turns[-1].time == 1_740_787_200
    assert file.issues == []


def test_lines_are_numbered_as_an_editor_numbers_them(gold: Path) -> None:
    file = read(gold, {"text": "a", "intent": "doing"}, "", "   ", "{broken", {"intent": "doing"})
    assert [row.line for row in file.rows] == [1]
    assert [(i.offset, i.code) for i in file.issues] == [
        (4, "invalid-json"),
        (5, "gold-without-text"),
    ]
    assert file.lines == 3


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"text": "", "intent": "doing"}, "gold-without-text"),
        ({"text": 5, "intent": "doing"}, "gold-without-text"),
        ({"text": "x"}, "gold-without-label"),
        ({"text": "x", "language": "kk"}, "gold-without-label"),
        ({"text": "x", "intent": None, "topic": " "}, "gold-without-label"),
        ({"text": "x", "topic": "recipes", "topic_group": "writing"}, "gold-contradiction"),
        ({"text": "x", "intent": "doing", "context": "before"}, "wrong-shape"),
        ("[1]", "not-an-object"),
        ("null", "not-an-object"),
        ("NaN", "not-an-object"),
        ("[" * 100_000, "invalid-json"),
    ],
)
def test_an_unusable_row_is_set_aside_with_its_reason(
    gold: Path, row: Row | str, code: str
) -> None:
    file = read(gold, {"text": "good", "intent": "asking"}, row)
    assert [row_.line for row_ in file.rows] == [1]
    assert [i.code for i in file.issues] in ([code], ["too-deep"])
    assert file.rejected == 1


def test_the_same_message_twice_counts_once(gold: Path) -> None:
    one: Row = {"text": "x", "user": "a", "intent": "asking"}
    file = read(gold, one, one, {**one, "intent": "doing"}, {**one, "user": "b"}, {**one, "id": 3})
    assert [row.line for row in file.rows] == [1, 4, 5]
    assert file.set_aside == {"gold-labelled-twice": 1, "gold-row-twice": 1}
    assert file.rejected == 1  # the same row twice is a warning


def test_an_unknown_label_refuses_the_file_and_names_line_value_and_mend(gold: Path) -> None:
    rows: list[Row] = [{"text": "x", "intent": "doing"} for _ in range(4)]
    rows[2] = {"text": "secret words", "topic": "programing"}
    rows[3] = {"text": "y", "work": "job"}
    with pytest.raises(UnreadableInputError) as refused:
        read(gold, *rows)
    said = str(refused.value)
    for part in (
        "gold.jsonl, line 3",
        "topic is 'programing'",
        "did you mean 'programming'?",
        "allowed: edit_text",
        "1 more: line 4",
    ):
        assert part in said
    assert "secret" not in said


def test_a_text_in_the_wrong_column_is_not_shown() -> None:
    with pytest.raises(UnknownLabelError, match="a text of 41 characters") as refused:
        truth_of({"intent": "my landlord is called Bolat and lives in "})
    assert "Bolat" not in str(refused.value)


@given(st.one_of(st.integers(), st.booleans(), st.lists(st.integers()), st.floats()))
def test_a_label_that_is_no_word_is_unknown(value: object) -> None:
    with pytest.raises(UnknownLabelError, match=r"intent is .*allowed: asking"):
        truth_of({"intent": value})


@pytest.mark.parametrize("field", ["intent", "work", "topic", "topic_group", "language"])
def test_each_allowed_word_is_read_in_any_case(field: str) -> None:
    for value in allowed(field):
        spelled = f" {value.upper().replace('_', ' ')} "
        assert truth_of({field: spelled})[field] == value


def test_languages_are_codes_or_names_and_the_rest_of_the_world_is_other() -> None:
    assert truth_of({"lang": "Kazakh"}) == {"language": "kk"}
    assert truth_of({"language": "de"}) == {"language": "other"}
    with pytest.raises(UnknownLabelError, match=r"did you mean 'kk'|allowed: en"):
        truth_of({"language": "kz"})


def test_rows_are_clustered_by_person_else_conversation_else_row(gold: Path) -> None:
    base: Row = {"intent": "doing"}
    file = read(
        gold,
        {**base, "text": "a", "user": "u", "conversation": "c"},
        {**base, "text": "b", "user_id": "u"},
        {**base, "text": "c", "conversation": "c"},
        {**base, "text": "d", "conversation_id": "c"},
        {**base, "text": "e"},
    )
    assert clusters(file.rows) == ["uu", "uu", "cc", "cc", "r5"]


def test_an_empty_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n \n")
    with pytest.raises(UnreadableInputError, match="is empty"):
        read_gold(tmp_path / "empty.jsonl", name="empty.jsonl")
    with pytest.raises(UnreadableInputError, match="not a file"):
        read_gold(tmp_path, name="folder")
    with pytest.raises(UnreadableInputError, match="nowhere"):
        read_gold(tmp_path / "nowhere", name="nowhere")


def test_a_packed_file_is_read_like_a_plain_one(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"text": "x", "intent": "doing"}\n'))
    assert len(read_gold(path, name="gold").rows) == 1


def test_few_rows_no_labels_and_many_bad_rows_are_refused_with_the_reason(gold: Path) -> None:
    good: list[Row] = [{"text": str(n), "intent": "doing"} for n in range(60)]
    plain: list[Row] = [{"text": str(n)} for n in range(60)]
    require_usable(read(gold, *good), 0.05)
    with pytest.raises(UnreadableInputError, match="has 49 usable rows, fewer than 50"):
        require_usable(read(gold, *good[:49]), 0.05)
    with pytest.raises(UnreadableInputError, match=r"no row has a label.*intent, work, topic"):
        require_usable(read(gold, *plain), 0.05)
    with pytest.raises(QuarantineError, match=r"4 of 64 rows.*5%.*line 1: The record is not valid"):
        require_usable(read(gold, *["{broken"] * 4, *good), 0.05)


@given(st.binary(max_size=200))
def test_any_bytes_give_rows_issues_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "gold.jsonl"
    path.write_bytes(raw)
    try:
        file = read_gold(path, name="gold.jsonl")
    except UnreadableInputError:
        return
    assert file.issues or file.rows
