"""Each format, in each layout it comes in, gives what its record says."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from uptake.model.conversation import Conversation, Person, Turn
from uptake.read import READERS, recognise

Desk = Any
"""The fixture of conftest.py: writes inputs and reads them."""

T0 = 1_740_000_000.0
FORMATS = [name for name in READERS if name != "table"]


def read_one(desk: Desk, record: dict[str, Any]) -> Conversation:
    conversations, issues, _ = desk.read(desk.lines([record]))
    assert issues == []
    (conversation,) = conversations
    assert isinstance(conversation, Conversation)
    return conversation


def test_every_format_has_a_sample(records: dict[str, Any]) -> None:
    assert sorted(records) == sorted(FORMATS)
    assert all(READERS[name].name == name for name in READERS)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("layout", ["lines", "array", "indented", "objects", "one", "utf-16"])
def test_every_format_is_recognised_by_content_in_every_layout(
    desk: Desk, name: str, layout: str
) -> None:
    made = [desk.records[name](f"k{number}", f"text {number}") for number in range(3)]
    if layout == "one":
        made = made[:1]
    data = {
        "lines": "\n".join(map(json.dumps, made)),
        "array": json.dumps(made),
        "indented": json.dumps(made, indent=2, ensure_ascii=False),
        "objects": "\n".join(json.dumps(record, indent=2) for record in made),
        "one": json.dumps(made[0]),
        "utf-16": "\n".join(map(json.dumps, made)),
    }[layout].encode("utf-16" if layout == "utf-16" else "utf-8")
    path = desk.write("misleading.csv", data)
    assert recognise(path) == name
    conversations, issues, reading = desk.read(path)
    assert [i.code for i in issues] == (["transcoded"] if layout == "utf-16" else [])
    assert [t.text for c in conversations for t in c.turns if t.role == "user"] == [
        f"text {number}" for number in range(len(made))
    ]
    assert [c.id for c in conversations] == [f"k{number}" for number in range(len(made))]
    (info,) = reading.files
    assert (info.format, info.conversations, info.messages) == (name, len(made), len(made))


def test_claude(desk: Desk, records: dict[str, Callable[[str, str], Any]]) -> None:
    conversation = read_one(desk, records["claude"]("c1", "hello"))
    assert conversation.person == Person("acc-1")
    assert conversation.turns == (
        Turn("user", "hello", T0, -1, "c1-1"),
        Turn("assistant", "an answer", T0 + 5, 0, "c1-2"),
    )
    assert conversation.time == pytest.approx(T0 + 0.123456)


def test_claude_branches_and_people_of_users_json(desk: Desk, records: dict[str, Any]) -> None:
    record = records["claude"]("c1", "hello")
    first, second = record["chat_messages"]
    first["parent_message_uuid"] = "00000000-0000-4000-8000-000000000000"
    second["parent_message_uuid"] = first["uuid"]
    edit = {**first, "uuid": "c1-3", "content": [], "text": "hello again"}
    upload = {**first, "uuid": "c1-4", "content": [], "text": "", "parent_message_uuid": "c1-2"}
    record["chat_messages"] += [edit, upload]
    users = [
        {"uuid": "acc-0", "full_name": "Somebody Else"},
        {"uuid": "acc-1", "full_name": "Bota Serikqyzy Akhmetova", "email_address": "b@x.org"},
    ]
    path = desk.zip(
        {"conversations.json": [record], "users.json": users, "projects.json": [{"uuid": "p"}]}
    )
    conversations, issues, _ = desk.read(path)
    assert issues == []
    (conversation,) = conversations
    assert conversation.person == Person(
        "acc-1", given_name="Bota", family_name="Serikqyzy Akhmetova"
    )
    assert [(turn.text, turn.parent) for turn in conversation.turns] == [
        ("hello", -1),
        ("an answer", 0),
        ("hello again", -1),
        ("", 1),
    ]


def test_open_webui_tree_and_flat_list(desk: Desk, records: dict[str, Any]) -> None:
    record = records["openwebui"]("c1", "hello")
    tree = read_one(desk, record)
    assert tree.person == Person("w-7")
    assert [(t.role, t.parent, t.time) for t in tree.turns] == [
        ("user", -1, T0),
        ("assistant", 0, T0 + 5),
    ]
    del record["chat"]["history"]
    assert read_one(desk, record).turns == tree.turns
    record["chat"]["history"] = {"messages": {}, "currentId": None}
    assert read_one(desk, record).turns == tree.turns


def test_wildchat(desk: Desk, records: dict[str, Any]) -> None:
    record = records["wildchat"]("c1", "hello")
    conversation = read_one(desk, record)
    assert conversation.person == Person("a" * 64, "Kazakhstan")
    assert (conversation.language, conversation.time) == ("Kazakh", T0)
    assert [turn.time for turn in conversation.turns] == [None, T0]
    del record["hashed_ip"], record["country"]
    assert read_one(desk, record).person == conversation.person


def test_lmsys_names_nobody(desk: Desk, records: dict[str, Any]) -> None:
    conversation = read_one(desk, records["lmsys"]("c1", "hello"))
    assert (conversation.person, conversation.language) == (Person(), "Uzbek")


def test_sharegpt_in_either_spelling(desk: Desk, records: dict[str, Any]) -> None:
    record = records["sharegpt"]("c1", "hello")
    conversation = read_one(desk, record)
    assert [(turn.role, turn.text) for turn in conversation.turns] == [
        ("user", "hello"),
        ("assistant", "an answer"),
    ]
    items = {"id": "c1", "items": record["conversations"]}
    assert read_one(desk, items).turns == conversation.turns


def test_openai_with_all_that_a_gateway_adds(desk: Desk, records: dict[str, Any]) -> None:
    record = records["openai"]("c1", "hello")
    conversation = read_one(desk, record)
    assert conversation.person == Person("u-3", "KAZ", 1990, None, "Aigerim", "Akhmetova", "female")
    assert conversation.time == T0
    assert [(turn.role, turn.text) for turn in conversation.turns] == [
        ("user", "hello"),
        ("assistant", "an answer"),
    ]
    body = {"model": "m", "messages": record["messages"], "user": "u-4", "metadata": {"age": "31"}}
    wrapped = {"custom_id": "r1", "method": "POST", "url": "/v1/chat/completions", "body": body}
    inner = read_one(desk, wrapped)
    assert (inner.id, inner.person) == ("r1", Person("u-4", age=31))
    assert inner.turns == conversation.turns


def test_openai_messages_with_times_tools_and_pictures(desk: Desk) -> None:
    messages = [
        {"role": "developer", "content": "be kind"},
        {"role": "user", "content": "look", "created_at": "2025-02-19T21:20:00Z", "id": "m1"},
        {"role": "assistant", "content": None, "tool_calls": [{"id": "t"}]},
        {"role": "tool", "content": "42", "tool_call_id": "t"},
        {"role": "assistant", "content": [{"type": "output_text", "text": "42"}]},
        {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:..."}}]},
        {"role": "user", "content": [{"type": "input_audio", "input_audio": {"transcript": "hi"}}]},
    ]
    conversation = read_one(desk, {"messages": messages})
    assert [(t.role, t.text, t.parent) for t in conversation.turns] == [
        ("user", "look", -1),
        ("assistant", "42", 0),
        ("user", "", 1),
        ("user", "hi", 2),
    ]
    assert (conversation.turns[0].id, conversation.time) == ("m1", T0)


def test_rows_with_messages_beside_metadata_of_wildchat(desk: Desk) -> None:
    record = {
        "conversation_hash": "h1",
        "timestamp": "2025-02-19T21:20:00+00:00",
        "country": "Tajikistan",
        "language": "Tajik",
        "messages": [{"role": "user", "content": "hello"}],
    }
    conversation = read_one(desk, record)
    assert (conversation.id, conversation.person.country) == ("h1", "Tajikistan")
    assert (conversation.language, conversation.time) == ("Tajik", T0)


@pytest.mark.parametrize("key", ["text", "prompt", "instruction", "question", "user_turns"])
def test_prompts_under_the_names_they_commonly_have(desk: Desk, key: str) -> None:
    value = ["one", "two"] if key == "user_turns" else "one"
    row = {"id": 7, key: value, "Country": "UZB", "Age": 30, "response": "an answer"}
    conversation = read_one(desk, row)
    assert conversation.person == Person(None, "UZB", None, 30)
    assert conversation.id == "7"
    assert [t.text for t in conversation.turns if t.role == "user"] == (
        ["one", "two"] if key == "user_turns" else ["one"]
    )
    assert conversation.turns[-1].role == "assistant"


def test_what_the_person_said_before_a_prompt_does_not_count_once_more(desk: Desk) -> None:
    context = [{"role": "user", "text": "earlier"}, {"role": "assistant", "text": "answer"}]
    conversation = read_one(desk, {"text": "now", "context": context})
    assert [(turn.role, turn.text) for turn in conversation.turns] == [
        ("assistant", "answer"),
        ("user", "now"),
    ]


def test_prompts_in_csv(desk: Desk) -> None:
    data = b'\xef\xbb\xbfUser ID;Prompt;Age;Country\n1;hello;30;KAZ\n2;"two\nlines";;\n'
    conversations, issues, reading = desk.data(data)
    assert issues == []
    assert reading.files[0].format == "prompts"
    assert [(c.person.id, c.person.age, c.turns[0].text) for c in conversations] == [
        ("1", 30, "hello"),
        ("2", None, "two\nlines"),
    ]


def test_a_table_of_messages_with_our_column_names(desk: Desk) -> None:
    data = b"conversation,role,text,user\na,user,hello,u\na,assistant,hi,u\nb,user,bye,v\n"
    conversations, issues, reading = desk.data(data)
    assert issues == []
    assert reading.files[0].format == "table"
    assert [(c.id, c.person.id, len(c.turns)) for c in conversations] == [
        ("a", "u", 2),
        ("b", "v", 1),
    ]
