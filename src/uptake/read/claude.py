"""Claude data export: ``chat_messages`` by ``human`` and ``assistant``; newer ones have branches.

The text is in the blocks of ``content`` or in ``text``; files that a person attached are not what
the person wrote and are left out. ``users.json`` beside the conversations names the people.
"""

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from uptake.model.conversation import Conversation, Person
from uptake.read.people import identifier
from uptake.read.record import Cursor, Format
from uptake.read.texts import role_of, spoken
from uptake.read.tree import Node, grown

_ROOT: Final = "00000000-0000-"
"""How the identifier begins that stands above the first messages."""


class Message(msgspec.Struct, gc=False):
    """One message."""

    uuid: Any = None
    sender: str | None = None
    text: Any = None
    content: Any = None
    created_at: Any = None
    parent_message_uuid: Any = None
    attachments: Any = None
    files: Any = None


class Chat(msgspec.Struct):
    """One conversation of an export."""

    chat_messages: list[Message]
    uuid: Any = None
    created_at: Any = None
    account: Any = None


def fits(record: dict[str, Any]) -> bool:
    """Return whether an object is a conversation of a Claude export."""
    return isinstance(record.get("chat_messages"), list)


def read(record: Chat, cursor: Cursor) -> tuple[Conversation, ...]:
    """Turn an exported conversation into one of ours, with all its branches."""
    turns = grown(list(_nodes(record.chat_messages, cursor)), cursor)
    return cursor.conversation(
        identifier(record.uuid), _person(record, cursor), turns, cursor.time(record.created_at)
    )


def _person(record: Chat, cursor: Cursor) -> Person:
    account = record.account
    uuid = identifier(account.get("uuid")) if isinstance(account, dict) else None
    if uuid is None:
        return cursor.owner()
    return cursor.accounts.get(uuid) or Person(uuid)


def _nodes(messages: list[Message], cursor: Cursor) -> Iterator[Node]:
    branched = any(isinstance(said.parent_message_uuid, str) for said in messages)
    before: str | None = None
    for at, said in enumerate(messages):
        uuid = identifier(said.uuid)
        key = uuid or f"message {at}"
        parent = identifier(said.parent_message_uuid) if branched else before
        before = key
        if parent is not None and parent.startswith(_ROOT):
            parent = None
        role, text = role_of(said.sender), _text(said)
        if role is None or text is None or (not text and role == "assistant"):
            if role == "user":
                cursor.warn("empty-message")
            yield Node(key, parent)
        else:
            time = cursor.time(said.created_at)
            yield Node(key, parent, role, cursor.cut(text), time, uuid is not None)


def _text(said: Message) -> str | None:
    text = spoken(said.content) or spoken(said.text)
    if text is None and (said.attachments or said.files):
        return ""
    return text


FORMAT: Final = Format(
    name="claude",
    title="Claude data export",
    fits=fits,
    shape=Chat,
    read=read,
    identity=("chat_messages",),
    columns=Chat.__struct_fields__,
)
