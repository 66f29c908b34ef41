import json
from pathlib import Path
from typing import Any

import pytest

from uptake.catalog import facet
from uptake.label.training.examples import load
from uptake.label.training.read_labels import digest, folder, rows
from uptake.model.errors import UnknownNameError, UnreadableInputError

LABEL = {"intent": "asking", "work": "personal", "topic": "recipes"}


def lines(path: Path, items: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(item) + "\n" for item in items), encoding="utf-8")


def label(root: Path, source: str, *ids: str) -> Path:
    items = [{"id": one, "source": source, **LABEL} for one in ids]
    lines(root / "labels" / f"{source}.jsonl", items)
    return root / "labels"


def test_a_message_is_told_by_what_came_before_it() -> None:
    once = digest([("user", "plov?")], "and without meat?")
    assert once == digest([("user", "plov?")], "and without meat?")
    assert once != digest([("assistant", "plov?")], "and without meat?")
    assert once != digest([], "and without meat?")
    assert len(digest([], "half an emoji \ud83d")) == 16


def test_labels_find_their_text_and_ten_turns_before_it(tmp_path: Path) -> None:
    said = [{"role": ("user", "assistant")[n % 2], "content": f"turn {n}"} for n in range(13)]
    place = tmp_path / "conversations"
    lines(place / "sharegpt_sample" / "conversations.jsonl", [{"id": "c", "messages": said}])
    turns = [(turn["role"], turn["content"]) for turn in said]
    labels = label(tmp_path, "sharegpt_sample", digest(turns[2:12], "turn 12"))
    (row,) = rows(labels, place)
    assert row["text"] == "turn 12"
    assert [turn["text"] for turn in row["context"]] == [f"turn {n}" for n in range(2, 12)]
    assert row["context"][0]["role"] == "user"
    assert {name: row[name] for name in LABEL} == LABEL
    assert row["source"] == "sharegpt_sample"


def test_each_shape_of_source_is_read(tmp_path: Path) -> None:
    place = tmp_path / "conversations"
    lines(place / "chatbot_arena_convotopo" / "user_turns.jsonl", [{"user_turns": ["a", "b"]}])
    lines(place / "wildchat_hard_ru" / "prompts.jsonl", [{"instruction": "борщ"}])
    tree: list[dict[str, Any]] = [
        {"message_id": "1", "parent_id": None, "role": "user", "text": "root"},
        {"message_id": "2", "parent_id": "1", "role": "assistant", "text": "reply"},
        {"message_id": "3", "parent_id": "2", "role": "user", "text": "leaf"},
        {"message_id": "5", "parent_id": "4", "role": "user", "text": "orphan"},
    ]
    lines(place / "oasst1_en_validation" / "messages.jsonl", tree)
    label(tmp_path, "chatbot_arena_convotopo", digest([("user", "a")], "b"))
    label(tmp_path, "wildchat_hard_ru", digest([], "борщ"))
    leaf = digest([("user", "root"), ("assistant", "reply")], "leaf")
    labels = label(tmp_path, "oasst1_en_validation", leaf)
    assert [row["text"] for row in rows(labels, place)] == ["b", "leaf", "борщ"]


def test_a_message_without_its_ancestors_has_no_id(tmp_path: Path) -> None:
    place = tmp_path / "conversations"
    orphan = {"message_id": "5", "parent_id": "4", "role": "user", "text": "orphan"}
    lines(place / "oasst1_en_validation" / "messages.jsonl", [orphan])
    with pytest.raises(UnreadableInputError, match="1 of 1 labelled messages are not in it"):
        rows(label(tmp_path, "oasst1_en_validation", digest([], "orphan")), place)


def test_an_absent_source_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match=r"prompts\.jsonl: no such file"):
        rows(label(tmp_path, "wildchat_hard_ru", "0" * 16), tmp_path)
    with pytest.raises(UnknownNameError, match="'elsewhere'"):
        rows(label(tmp_path / "other", "elsewhere", "0" * 16), tmp_path)


def test_packaged_labels_hold_no_text_and_only_values_of_the_codebook() -> None:
    files = sorted(folder().glob("*.jsonl"))
    assert files
    for path in files:
        found = load(path)
        assert len({row["id"] for row in found}) == len(found)
        for row in found:
            assert set(row) == {"id", "source", "intent", "work", "topic"}
            assert row["source"] == path.stem
            assert len(row["id"]) == 16
            assert int(row["id"], 16) >= 0
            for name in ("intent", "work", "topic"):
                assert row[name] in facet(name).ids


def test_all_packaged_labels_find_their_text(shared: Path) -> None:
    found = rows(folder(), shared / "data" / "conversations")
    assert len(found) == sum(len(load(path)) for path in folder().glob("*.jsonl"))
    assert all(row["text"].strip() and len(row["context"]) <= 10 for row in found)


def test_no_packaged_label_is_on_a_message_that_was_labelled_before(shared: Path) -> None:
    before = {row["text"] for row in load(shared / "data" / "labels" / "dev.jsonl")}
    found = rows(folder(), shared / "data" / "conversations")
    assert not before & {row["text"] for row in found}
