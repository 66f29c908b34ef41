"""Tables of somebody's own, read as a mapping says."""

import json
from typing import Any

import pytest

from uptake.model.errors import UnreadableInputError
from uptake.model.mapping import ColumnMapping
from uptake.read import recognise

Desk = Any
"""The fixture of conftest.py: writes inputs and reads them."""

SURVEY = ColumnMapping(
    name="survey",
    files=("survey/*", "*.csv", "*.jsonl", "input"),
    text="Вопрос",
    user="Кто.id",
    conversation="Кто.беседа",
    role="роль",
    user_roles=("пользователь",),
    assistant_roles=("бот",),
    time="Когда",
    time_format="%d.%m.%Y %H:%M",
    country="Кто.страна",
    birth_year="Кто.рождение",
    gender="Кто.пол",
    language="язык",
)


def row(number: int, role: str, text: str) -> dict[str, Any]:
    who = {"id": 7, "беседа": "b1", "страна": "Қазақстан", "рождение": "1990-05-01", "пол": "ж"}
    when = f"19.02.2025 21:{20 + number}"
    return {"Кто": who, "роль": role, "Вопрос": text, "Когда": when, "язык": "ru"}


def test_rows_of_one_message_are_joined_by_their_conversation(desk: Desk) -> None:
    rows = [
        row(2, "бот", "ответ"),
        row(1, "Пользователь", "вопрос"),
        row(3, "система", "?"),
        row(4, "пользователь", "ещё"),
    ]
    path = desk.lines(rows)
    assert recognise(path, [SURVEY]) == "columns"
    conversations, issues, reading = desk.read(path, SURVEY)
    assert issues == []
    (conversation,) = conversations
    assert [(t.role, t.text, t.parent) for t in conversation.turns] == [
        ("user", "вопрос", -1),
        ("assistant", "ответ", 0),
        ("user", "ещё", 1),
    ]
    person = conversation.person
    assert (person.id, person.country, person.birth_year, person.gender) == (
        "7",
        "Қазақстан",
        1990,
        "ж",
    )
    assert (conversation.id, conversation.language) == ("b1", "ru")
    assert conversation.time == conversation.turns[0].time == 1_740_000_060.0
    assert reading.files[0].format == "columns"


def test_csv_of_another_encoding_and_delimiter(desk: Desk) -> None:
    mapping = ColumnMapping(
        name="old", text="Вопрос", user="Кто", age="Лет", encoding="cp1251", delimiter=";"
    )
    data = "Кто;Лет;Вопрос\n1;30;Сәлем? нет, привет\n2;;Пока\n".replace("ә", "а").encode("cp1251")
    conversations, issues, _ = desk.data(data, mapping)
    assert issues == []
    assert [(c.person.id, c.person.age, c.turns[0].text) for c in conversations] == [
        ("1", 30, "Салем? нет, привет"),
        ("2", None, "Пока"),
    ]


@pytest.mark.parametrize("as_text", [False, True])
def test_rows_of_one_conversation_hold_a_list_or_its_json(desk: Desk, as_text: bool) -> None:
    mapping = ColumnMapping(
        name="chats",
        messages="chat.said",
        message_role="by",
        message_text="what.text",
        message_time="at",
        user="uid",
        conversation="cid",
    )
    said = [
        {"by": "human", "what": {"text": "hello"}, "at": 1_740_000_000},
        {"by": "model", "what": {"text": "hi"}, "at": 1_740_000_001},
        {"by": "tool", "what": {"text": "42"}},
    ]
    record = {"uid": "u", "cid": "c", "chat": {"said": json.dumps(said) if as_text else said}}
    conversations, issues, _ = desk.read(desk.lines([record]), mapping)
    assert issues == []
    (conversation,) = conversations
    assert [(t.role, t.text, t.time) for t in conversation.turns] == [
        ("user", "hello", 1_740_000_000.0),
        ("assistant", "hi", 1_740_000_001.0),
    ]
    assert (conversation.id, conversation.person.id) == ("c", "u")


def test_context_is_read_for_what_the_assistant_said(desk: Desk) -> None:
    mapping = ColumnMapping(name="m", text="q", context="before", message_text="text")
    before = [{"role": "user", "text": "first"}, {"role": "assistant", "text": "second"}]
    conversations, _, _ = desk.read(desk.lines([{"q": "third", "before": before}]), mapping)
    assert [(t.role, t.text) for t in conversations[0].turns] == [
        ("assistant", "second"),
        ("user", "third"),
    ]


def test_a_mapping_that_does_not_fit_leaves_the_formats_to_it(desk: Desk) -> None:
    path = desk.lines([desk.records["openai"]("c1", "hello")])
    assert recognise(path, [SURVEY]) == "openai"
    conversations, _, _ = desk.read(path, SURVEY)
    assert len(conversations) == 1


def test_a_mapping_applies_to_its_files_only(desk: Desk) -> None:
    path = desk.lines([row(1, "пользователь", "вопрос")], "survey/a.txt")
    assert recognise(path, [SURVEY]) == "columns"
    other = desk.lines([row(1, "пользователь", "вопрос")], "other/a.txt")
    with pytest.raises(UnreadableInputError):
        recognise(other, [SURVEY])


def test_bad_cells_are_issues_of_their_row(desk: Desk) -> None:
    mapping = ColumnMapping(name="m", messages="m", time="t", age="a")
    rows = [
        {"m": [{"role": "user", "content": "good"}], "t": "2025-01-01", "a": 30},
        {"m": "no json"},
        {"m": 7},
        {"m": [None, 5, {"role": 3}, "spoken"], "t": "31 June", "a": "old"},
    ]
    conversations, issues, _ = desk.read(desk.lines(rows), mapping)
    assert [t.text for c in conversations for t in c.turns] == ["good", "spoken"]
    assert [issue.code for issue in issues] == [
        "wrong-shape",
        "wrong-shape",
        "bad-value",
        "bad-time",
    ]


@pytest.mark.parametrize(
    "stated",
    [
        {},
        {"text": "a", "messages": "b"},
        {"text": "a", "delimiter": ";;"},
        {"text": "a", "encoding": "x"},
    ],
)
def test_a_mapping_that_can_not_work_is_refused_when_it_is_stated(stated: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="mapping 'm'"):
        ColumnMapping(name="m", **stated)
