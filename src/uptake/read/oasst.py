"""OpenAssistant messages: rows with parents, or whole trees; prompts and answers by many people.

A tree is one prompt with other people's alternative answers and further prompts. Each person who
prompts in it gets one conversation (``rows.threads``); those who answered as the assistant, and
deleted or synthetic messages, are nobody's prompts.
"""

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from uptake.model.conversation import Conversation, Person
from uptake.read.people import identifier, word
from uptake.read.record import NOBODY, Cursor, Format, MessageRow
from uptake.read.rows import threads
from uptake.read.texts import role_of, spoken


class Message(msgspec.Struct):
    """One message; within a tree its replies hang below it."""

    message_id: Any = None
    parent_id: Any = None
    message_tree_id: Any = None
    user_id: Any = None
    created_date: Any = None
    role: str | None = None
    text: Any = None
    lang: Any = None
    deleted: Any = None
    synthetic: Any = None
    replies: list["Message"] = []


class Record(Message):
    """A row, or a tree under its first prompt."""

    prompt: Message | None = None


def fits(record: dict[str, Any]) -> bool:
    """Return whether an object is a message or a tree of OpenAssistant."""
    prompt = record.get("prompt")
    if isinstance(prompt, dict):
        return "message_id" in prompt
    return all(key in record for key in ("message_id", "parent_id", "role", "text"))


def read(record: Record, cursor: Cursor) -> Iterator[Conversation | MessageRow]:
    """Turn a row into a row to be joined, a tree into its people's conversations."""
    if record.prompt is None:
        key = identifier(record.message_tree_id) or identifier(record.message_id) or ""
        yield _row(record, key, identifier(record.parent_id), cursor)
        return
    key = identifier(record.message_tree_id) or identifier(record.prompt.message_id) or ""
    rows: list[MessageRow] = []
    waiting: list[tuple[Message, str | None]] = [(record.prompt, None)]
    while waiting:
        message, parent = waiting.pop()
        row = _row(message, key, parent, cursor)
        rows.append(row)
        waiting.extend((reply, row.id) for reply in reversed(message.replies))
    yield from threads(rows, cursor)


def _row(message: Message, key: str, parent: str | None, cursor: Cursor) -> MessageRow:
    role, text = role_of(message.role), spoken(message.text)
    if message.deleted is True or message.synthetic is True or text is None:
        role = None
    user = identifier(message.user_id)
    return MessageRow(
        key,
        identifier(message.message_id) or "",
        parent,
        role,
        cursor.cut(text or ""),
        NOBODY if user is None or role != "user" else Person(user),
        cursor.time(message.created_date),
        word(message.lang, cursor),
        cursor.offset,
    )


FORMAT: Final = Format(
    name="oasst",
    title="OpenAssistant messages and trees",
    fits=fits,
    shape=Record,
    read=read,
    identity=("message_tree_id",),
    holds=lambda record: record.prompt is not None or record.message_id is not None,
    columns=Record.__struct_fields__,
    rows=True,
)
