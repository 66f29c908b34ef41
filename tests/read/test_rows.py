"""Messages in rows and trees, by one person or by many."""

import json
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from uptake.model.conversation import Conversation, Person
from uptake.read import Limits, read_file
from uptake.read.record import Cursor, MessageRow
from uptake.read.rows import threads
from uptake.read.tree import Node, grown

Desk = Any
"""The fixture of conftest.py: writes inputs and reads them."""

T0 = 1_740_000_000


def message(
    key: str, parent: str | None, user: str, role: str = "prompter", at: int = 0
) -> dict[str, Any]:
    return {
        "message_id": key,
        "parent_id": parent,
        "message_tree_id": "tree",
        "user_id": user,
        "created_date": f"2025-02-19T21:20:{at:02d}+00:00",
        "role": role,
        "text": f"text of {key}",
        "lang": "en",
    }


TREE = [
    message("p1", None, "anna", at=0),
    message("a1", "p1", "cyrus", "assistant", at=1),
    message("a2", "p1", "dana", "assistant", at=2),
    message("p2", "a1", "bota", at=3),
    message("p3", "a2", "anna", at=4),
    message("a3", "p2", "dana", "assistant", at=5),
    message("p4", "a3", "anna", at=6),
]


def by_person(conversations: list[Conversation]) -> dict[str | None, list[tuple[str, str, int]]]:
    return {c.person.id: [(t.role, t.id, t.parent) for t in c.turns] for c in conversations}


EXPECTED = {
    "anna": [
        ("user", "p1", -1),
        ("assistant", "a1", 0),
        ("assistant", "a2", 0),
        ("user", "p3", 2),
        ("assistant", "a3", 1),
        ("user", "p4", 4),
    ],
    "bota": [("assistant", "a1", -1), ("user", "p2", 0)],
}
"""Each prompts in a conversation of their own, with what the assistant said above as context;
what another person prompted is passed through; answers that nobody went on from are left out."""


def test_each_person_who_prompts_in_a_tree_has_one_conversation(desk: Desk) -> None:
    conversations, issues, reading = desk.read(desk.lines(TREE))
    assert issues == []
    assert by_person(conversations) == EXPECTED
    assert len({c.id for c in conversations}) == 2
    assert reading.files[0].messages == 4


def test_every_prompt_counts_once_whatever_the_order_of_the_rows(desk: Desk) -> None:
    straight, _, _ = desk.read(desk.lines(TREE))
    mirrored, _, _ = desk.read(desk.lines(TREE[::-1]))
    assert by_person(mirrored) == by_person(straight)


def test_a_nested_tree_gives_the_same_as_its_rows(desk: Desk) -> None:
    nested: dict[str, dict[str, Any]] = {row["message_id"]: {**row, "replies": []} for row in TREE}
    for row in TREE[1:]:
        nested[row["parent_id"]]["replies"].append(nested[row["message_id"]])
    tree = {"message_tree_id": "tree", "tree_state": "ready_for_export", "prompt": nested["p1"]}
    conversations, issues, _ = desk.read(desk.lines([tree]))
    assert issues == []
    assert by_person(conversations) == EXPECTED


def test_deleted_and_synthetic_messages_are_nobodys(desk: Desk) -> None:
    rows = [
        {**message("p1", None, "anna"), "deleted": True},
        {**message("p2", "p1", "bota"), "synthetic": True},
        message("p3", "p2", "anna"),
    ]
    conversations, _, _ = desk.read(desk.lines(rows))
    assert by_person(conversations) == {"anna": [("user", "p3", -1)]}


def test_a_tree_that_is_too_deep_is_refused_and_its_neighbours_read(desk: Desk) -> None:
    deep = json.dumps({"message_id": "p", "text": "x", "role": "prompter", "user_id": "u"})
    for _ in range(12):
        deep = deep[:-1] + ', "replies": [' + deep + "]}"
    data = json.dumps(message("p1", None, "anna")).encode() + b"\n"
    nest = b'{"prompt": ' + b'{"message_id": "m", "replies": [' * 50_000
    conversations, issues, _ = desk.data(data + nest + b"]}" * 50_000 + b"}\n" + data)
    assert len(conversations) == 1  # both rows have the same id
    assert {issue.code for issue in issues} == {"too-deep", "duplicate-message"}


def test_far_apart_rows_lose_their_context_but_none_is_lost(desk: Desk) -> None:
    rows = [
        {"conversation": f"c{n % 10}", "role": "user", "text": f"text {n} " * 20, "user": "u"}
        for n in range(300)
    ]
    conversations, _, _ = desk.read(desk.lines(rows), limits=Limits(window_chars=5_000))
    assert sorted(t.text for c in conversations for t in c.turns) == sorted(
        row["text"].strip() + " " for row in rows
    )
    assert {c.id for c in conversations} == {f"c{n}" for n in range(10)}
    together, _, _ = desk.read(desk.lines(rows))
    assert len(together) == 10
    assert all(len(c.turns) == 30 for c in together)


def test_what_rows_say_of_a_person_is_joined() -> None:
    rows = [
        MessageRow("c", "1", None, "user", "a", Person("u", country="KAZ"), offset=4),
        MessageRow("c", "2", "1", "user", "b", Person("u", "UZB", age=30), offset=9),
    ]
    (conversation,) = threads(rows, Cursor("f", Limits()))
    assert conversation.person == Person("u", "KAZ", age=30)
    assert conversation.offset == 4


NODES = st.lists(
    st.builds(
        Node,
        id=st.sampled_from("abcdefgh"),
        parent=st.none() | st.sampled_from("abcdefghxy"),
        role=st.sampled_from([None, "user", "assistant"]),
        text=st.text(max_size=3),
    ),
    max_size=10,
)


@given(NODES)
def test_any_graph_becomes_a_forest_with_parents_first(nodes: list[Node]) -> None:
    turns = grown(nodes, Cursor("f", Limits()))
    first = {node.id: node for node in reversed(nodes)}
    assert sorted(turn.id for turn in turns) == sorted(n.id for n in first.values() if n.role)
    assert all(-1 <= turn.parent < index for index, turn in enumerate(turns))


def test_the_real_trees_give_each_prompt_once(shared: Path) -> None:
    path = shared / "data/conversations/oasst1_en_validation/messages.jsonl"
    rows = [json.loads(line) for line in path.read_bytes().split(b"\n") if line]
    prompts = sorted(row["message_id"] for row in rows if row["role"] == "user")
    conversations = [c for c in read_file(path, name="a") if isinstance(c, Conversation)]
    mine = [t.id for c in conversations for t in c.turns if t.role == "user"]
    assert sorted(mine) == prompts
    writer = {row["message_id"]: row["user_id"] for row in rows}
    assert all(
        writer[t.id] == c.person.id for c in conversations for t in c.turns if t.role == "user"
    )
