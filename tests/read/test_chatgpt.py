"""A ChatGPT data export, constructed to the layout of the real one."""

from typing import Any

from uptake.model.conversation import Conversation
from uptake.read import recognise

Desk = Any
"""The fixture of conftest.py: writes inputs and reads them."""

IMAGE = {"content_type": "image_asset_pointer", "asset_pointer": "file-service://x", "width": 1}
SPOKEN = {"content_type": "audio_transcription", "text": "said aloud", "direction": "in"}
SOUND = {"content_type": "audio_asset_pointer", "asset_pointer": "sediment://y", "format": "wav"}


def one(desk: Desk, *nodes: dict[str, Any]) -> tuple[Conversation, dict[str, int]]:
    """Read one conversation of these nodes; also count the issues."""
    conversations, issues, _ = desk.read(desk.array([desk.chatgpt("c1", *nodes)]))
    codes = {issue.code: int(issue.detail.split()[0]) if issue.detail else 1 for issue in issues}
    return conversations[0], codes


def said(conversation: Conversation) -> list[tuple[str, str, int]]:
    return [(turn.role, turn.id, turn.parent) for turn in conversation.turns]


def test_the_export_with_its_companions_is_one_persons(desk: Desk) -> None:
    path = desk.zip(
        {
            "conversations-000.json": [desk.chatgpt("c1"), desk.chatgpt("c2")],
            "conversations-001.json": [desk.chatgpt("c3")],
            "user.json": {
                "id": "user-1",
                "email": "a@example.org",
                "chatgpt_plus_user": False,
                "phone_number": "+77010000000",
                "birth_year": 1990,
            },
            "message_feedback.json": [{"id": "f", "rating": "thumbs_up", "content": "{}"}],
            "shared_conversations.json": [{"id": "s", "conversation_id": "c1", "title": "t"}],
            "chat.html": b"<html><body>all of it once more</body></html>",
            "file-abc-photo.png": b"\x89PNG\r\n\x1a\n" + bytes(99),
            "dalle-generations/x.webp": b"RIFF" + bytes(99),
        }
    )
    conversations, issues, reading = desk.read(path)
    assert issues == []
    assert recognise(path) == "chatgpt"
    assert [c.id for c in conversations] == ["c1", "c2", "c3"]
    assert {(c.person.id, c.person.birth_year, c.person.country) for c in conversations} == {
        ("user-1", 1990, None)
    }
    assert [(f.file, f.format, f.conversations, f.messages) for f in reading.files] == [
        ("a.zip!conversations-000.json", "chatgpt", 2, 2),
        ("a.zip!conversations-001.json", "chatgpt", 1, 1),
    ]


def test_the_exports_of_two_people_may_lie_in_one_archive(desk: Desk) -> None:
    path = desk.zip(
        {
            "anna/conversations.json": [desk.chatgpt("c1")],
            "anna/user.json": {"id": "anna"},
            "bota/user.json": {"id": "bota"},
            "bota/conversations.json": [desk.chatgpt("c2")],
        }
    )
    conversations, _, _ = desk.read(path)
    assert [(c.id, c.person.id) for c in conversations] == [("c1", "anna"), ("c2", "bota")]


def test_an_export_that_names_nobody_is_one_person_all_the_same(desk: Desk) -> None:
    first, _, _ = desk.read(desk.array([desk.chatgpt("c1"), desk.chatgpt("c2")], "x.json"))
    other, _, _ = desk.read(desk.array([desk.chatgpt("c1")], "y.json"))
    shards = [
        desk.read(desk.array([desk.chatgpt(f"c{n}")], f"conversations-00{n}.json"))[0][0]
        for n in range(2)
    ]
    assert first[0].person == first[1].person
    assert first[0].person != other[0].person
    assert shards[0].person == shards[1].person


def test_a_plain_conversation_keeps_times_and_order(desk: Desk) -> None:
    conversation, codes = one(desk)
    assert codes == {}
    assert said(conversation) == [("user", "u1", -1), ("assistant", "a1", 0)]
    assert [turn.time for turn in conversation.turns] == [1_740_000_000.0, 1_740_000_005.0]
    assert conversation.time == 1_740_000_000.0


def test_edited_prompts_and_retries_keep_their_own_branch(desk: Desk) -> None:
    node = desk.node
    conversation, codes = one(
        desk,
        node("root", None),
        node("u1", "root", "user"),
        node("a1", "u1", "assistant"),
        node("a1-retry", "u1", "assistant"),
        node("u1-edit", "root", "user"),
        node("a2", "u1-edit", "assistant"),
        node("u2", "a1-retry", "user"),
    )
    assert codes == {}
    assert said(conversation) == [
        ("user", "u1", -1),
        ("assistant", "a1", 0),
        ("assistant", "a1-retry", 0),
        ("user", "u1-edit", -1),
        ("assistant", "a2", 3),
        ("user", "u2", 2),
    ]


def test_children_may_stand_before_their_parents(desk: Desk) -> None:
    node = desk.node
    conversation, codes = one(
        desk,
        node("u2", "a1", "user"),
        node("a1", "u1", "assistant"),
        node("u1", "root", "user"),
        node("root", None),
    )
    assert codes == {}
    assert said(conversation) == [("user", "u1", -1), ("assistant", "a1", 0), ("user", "u2", 1)]


def test_machinery_is_passed_through_and_not_said(desk: Desk) -> None:
    node = desk.node
    hidden = {"is_visually_hidden_from_conversation": True}
    conversation, codes = one(
        desk,
        node("root", None),
        node("sys", "root", "system", parts=["be kind"]),
        node("about", "sys", "user", content_type="user_editable_context", parts=None),
        node("hid", "about", "user", metadata=hidden),
        node("u1", "hid", "user"),
        node("think", "u1", "assistant", content_type="thoughts", parts=None),
        node("call", "think", "assistant", content_type="code", recipient="python"),
        node("plan", "call", "assistant", recipient="canmore.create_textdoc"),
        node("out", "plan", "tool", content_type="execution_output", parts=None),
        node("a1", "out", "assistant"),
        {"id": "null", "message": None, "parent": "a1", "children": []},
        node("u2", "null", "user"),
    )
    assert codes == {}
    assert said(conversation) == [("user", "u1", -1), ("assistant", "a1", 0), ("user", "u2", 1)]


def test_images_and_recordings_are_messages_with_the_text_they_have(desk: Desk) -> None:
    node = desk.node
    conversation, codes = one(
        desk,
        node("u1", None, "user", content_type="multimodal_text", parts=[IMAGE, "what is it?"]),
        node("u2", "u1", "user", content_type="multimodal_text", parts=[IMAGE]),
        node("u3", "u2", "user", content_type="multimodal_text", parts=[SPOKEN, SOUND]),
        node("u4", "u3", "user", parts=[""], metadata={"attachments": [{"name": "a.pdf"}]}),
        node("u5", "u4", "user", parts=[""]),
        node("a1", "u5", "assistant", content_type="multimodal_text", parts=[IMAGE]),
    )
    assert [turn.text for turn in conversation.turns] == ["what is it?", "", "said aloud", ""]
    assert codes == {"empty-message": 1}


def test_cycles_and_orphans_begin_anew_and_are_counted(desk: Desk) -> None:
    node = desk.node
    conversation, codes = one(
        desk,
        node("u1", "a2", "user"),
        node("a2", "u1", "assistant"),
        node("self", "self", "user"),
        node("orphan", "nowhere", "user"),
        node("u2", "orphan", "user"),
    )
    assert codes == {"broken-tree": 3}
    assert {turn.id for turn in conversation.turns} == {"u1", "a2", "self", "orphan", "u2"}
    assert all(turn.parent < index for index, turn in enumerate(conversation.turns))


def test_missing_times_parts_and_nodes_are_unknown(desk: Desk) -> None:
    node = desk.node
    record = desk.chatgpt(
        "c1",
        node("root", None),
        node("u1", "root", "user", create_time=None),
        node("gone", "u1", "user", content=None),
        node("late", "u1", "user", create_time=99_999_999_999_999),
    )
    record["mapping"]["null"] = None
    record["create_time"] = None
    conversations, issues, _ = desk.read(desk.array([record]))
    assert [turn.time for turn in conversations[0].turns] == [None, None]
    assert conversations[0].time is None
    assert {issue.code for issue in issues} == {"time-out-of-range"}


def test_a_deep_thread_of_ten_thousand_messages_is_read(desk: Desk) -> None:
    node = desk.node
    nodes = [node("n0", None, "user")]
    nodes += [node(f"n{n}", f"n{n - 1}", "user") for n in range(1, 10_000)]
    conversation, codes = one(desk, *reversed(nodes))
    assert codes == {}
    assert len(conversation.turns) == 10_000
    assert conversation.turns[-1].parent == 9_998


def test_conversations_without_a_person_are_counted_and_skipped(desk: Desk) -> None:
    empty = desk.chatgpt("c0", desk.node("root", None))
    conversations, issues, _ = desk.read(desk.array([empty, desk.chatgpt("c1")]))
    assert [c.id for c in conversations] == ["c1"]
    assert [(i.code, i.severity, i.offset) for i in issues] == [("no-user-message", "warning", 1)]


def test_an_account_without_conversations_is_empty_not_wrong(desk: Desk) -> None:
    path = desk.zip({"conversations.json": [], "user.json": {"id": "u"}})
    conversations, issues, _ = desk.read(path)
    assert conversations == []
    assert [issue.code for issue in issues] == ["empty-file"]
