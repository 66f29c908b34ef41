"""Open WebUI chat export: a tree in ``chat.history.messages``, or a list in ``chat.messages``."""

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from uptake.model.conversation import Conversation, Person
from uptake.read.people import identifier
from uptake.read.record import NOBODY, Cursor, Format
from uptake.read.texts import role_of, spoken
from uptake.read.tree import Node, grown


class Message(msgspec.Struct, gc=False, rename="camel"):
    """One message."""

    id: Any = None
    parent_id: str | None = None
    role: str | None = None
    content: Any = None
    timestamp: Any = None
    files: Any = None


class History(msgspec.Struct):
    """The tree."""

    messages: dict[str, Message] | None = None


class Body(msgspec.Struct):
    """What the interface keeps of a chat."""

    history: History | None = None
    messages: list[Message] | None = None
    timestamp: Any = None


class Chat(msgspec.Struct):
    """One chat of an export."""

    chat: Body
    id: Any = None
    user_id: Any = None
    created_at: Any = None


def fits(record: dict[str, Any]) -> bool:
    """Return whether an object is a chat of Open WebUI."""
    chat = record.get("chat")
    return isinstance(chat, dict) and ("history" in chat or isinstance(chat.get("messages"), list))


def read(record: Chat, cursor: Cursor) -> tuple[Conversation, ...]:
    """Turn a chat into a conversation, with all its branches."""
    chat = record.chat
    tree = chat.history.messages if chat.history is not None else None
    nodes = _tree(tree, cursor) if tree else _list(chat.messages or [], cursor)
    user = identifier(record.user_id)
    time = record.created_at if record.created_at is not None else chat.timestamp
    return cursor.conversation(
        identifier(record.id),
        NOBODY if user is None else Person(user),
        grown(list(nodes), cursor),
        cursor.time(time),
    )


def _tree(messages: dict[str, Message], cursor: Cursor) -> Iterator[Node]:
    for key, said in messages.items():
        yield _node(key, said.parent_id or None, said, cursor, is_named=True)


def _list(messages: list[Message], cursor: Cursor) -> Iterator[Node]:
    before: str | None = None
    for at, said in enumerate(messages):
        id_ = identifier(said.id)
        key = id_ or f"message {at}"
        yield _node(key, before, said, cursor, is_named=id_ is not None)
        before = key


def _node(key: str, parent: str | None, said: Message, cursor: Cursor, *, is_named: bool) -> Node:
    role, text = role_of(said.role), spoken(said.content)
    if text is None and said.files:
        text = ""
    if role is None or text is None or (not text and role == "assistant"):
        if role == "user":
            cursor.warn("empty-message")
        return Node(key, parent)
    time = cursor.time(said.timestamp)
    return Node(key, parent, role, cursor.cut(text), time, is_named)


FORMAT: Final = Format(
    name="openwebui",
    title="Open WebUI chat export",
    fits=fits,
    shape=Chat,
    read=read,
    identity=("user_id",),
    columns=Chat.__struct_fields__,
)
