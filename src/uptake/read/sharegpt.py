"""ShareGPT: ``conversations`` or ``items`` of ``from`` and ``value``; no user, no time."""

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from uptake.model.conversation import Conversation
from uptake.read.people import identifier
from uptake.read.record import NOBODY, Cursor, Format
from uptake.read.turns import Said, in_a_row


class Message(msgspec.Struct, gc=False):
    """One message; ``text`` is what some collections call ``value``."""

    speaker: str | None = msgspec.field(default=None, name="from")
    value: Any = None
    text: Any = None


class Shared(msgspec.Struct):
    """One shared conversation."""

    conversations: list[Message] | None = None
    items: list[Message] | None = None
    id: Any = None


def fits(record: dict[str, Any]) -> bool:
    """Return whether an object is a ShareGPT conversation."""
    said = record.get("conversations") or record.get("items")
    if not isinstance(said, list):
        return "conversations" in record and record["conversations"] == []
    return isinstance(said[0], dict) and "from" in said[0]


def read(record: Shared, cursor: Cursor) -> tuple[Conversation, ...]:
    """Turn a record into a conversation of nobody known."""
    turns = in_a_row(_said(record.conversations or record.items or []), cursor)
    return cursor.conversation(identifier(record.id), NOBODY, turns)


def _said(messages: list[Message]) -> Iterator[Said]:
    for said in messages:
        yield said.speaker, said.value if said.value is not None else said.text, None, ""


FORMAT: Final = Format(
    name="sharegpt",
    title="ShareGPT conversations",
    fits=fits,
    shape=Shared,
    read=read,
    holds=lambda record: record.conversations is not None or record.items is not None,
    columns=("id", "conversations", "items"),
)
