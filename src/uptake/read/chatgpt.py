"""ChatGPT data export: a conversation is a tree of nodes in ``mapping``.

What is shown in the product is the path from ``current_node`` up. Here all branches are read: each
message that the person wrote counts once, an edited prompt is a message of its own, and each
keeps its own branch as context through ``Turn.parent``. Repeated answers to one prompt do not
repeat the prompt. System, tool and hidden nodes, thoughts, and calls of tools are passed through.

The export does not name its person in the conversations: ``user.json`` beside them does, with the
year of birth. Where that is missing the whole export still is one person's.
"""

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from uptake.model.conversation import Conversation, Person, Role
from uptake.read.people import identifier
from uptake.read.record import Cursor, Format
from uptake.read.texts import role_of, spoken
from uptake.read.tree import Node, grown

_SAID: Final = frozenset(("text", "multimodal_text", None))
"""Types of content that a person or the assistant says; the rest is machinery."""


class Author(msgspec.Struct, gc=False):
    """Who a node is by."""

    role: str | None = None


class Content(msgspec.Struct, gc=False):
    """What a node holds."""

    content_type: str | None = None
    parts: Any = None
    text: Any = None


class Details(msgspec.Struct, gc=False):
    """The metadata that decide whether a node was said."""

    is_visually_hidden_from_conversation: Any = None
    is_user_system_message: Any = None
    attachments: Any = None


class Message(msgspec.Struct, gc=False):
    """The message of a node."""

    author: Author | None = None
    content: Content | None = None
    create_time: Any = None
    metadata: Details | None = None
    recipient: Any = None


class MappedNode(msgspec.Struct, gc=False):
    """One node; a root has no message."""

    message: Message | None = None
    parent: str | None = None


class Exported(msgspec.Struct):
    """One conversation of an export."""

    mapping: dict[str, MappedNode | None]
    id: Any = None
    conversation_id: Any = None
    create_time: Any = None
    user_id: Any = None


def fits(record: dict[str, Any]) -> bool:
    """Return whether an object is a conversation of a ChatGPT export."""
    return isinstance(record.get("mapping"), dict)


def read(record: Exported, cursor: Cursor) -> tuple[Conversation, ...]:
    """Turn an exported conversation into one of ours, with all its branches."""
    user = identifier(record.user_id)
    person = cursor.owner() if user is None or cursor.account is not None else Person(user)
    turns = grown(list(_nodes(record, cursor)), cursor)
    id_ = identifier(record.conversation_id) or identifier(record.id)
    return cursor.conversation(id_, person, turns, cursor.time(record.create_time))


def _nodes(record: Exported, cursor: Cursor) -> Iterator[Node]:
    for key, node in record.mapping.items():
        if node is None:
            yield Node(key, None)
            continue
        said = node.message
        if said is None or (role := _speaker(said)) is None:
            yield Node(key, node.parent)
            continue
        text = _text(said)
        if text is None or (not text and role == "assistant"):
            if role == "user":
                cursor.warn("empty-message")
            yield Node(key, node.parent)
            continue
        yield Node(key, node.parent, role, cursor.cut(text), cursor.time(said.create_time))


def _speaker(said: Message) -> Role | None:
    """Return who says a message, None if it was not said."""
    role = None if said.author is None else role_of(said.author.role)
    if role is None or said.content is None or said.content.content_type not in _SAID:
        return None
    details = said.metadata
    if details is not None and (
        details.is_visually_hidden_from_conversation or details.is_user_system_message
    ):
        return None
    if role == "assistant" and said.recipient not in (None, "all"):
        return None
    return role


def _text(said: Message) -> str | None:
    """Return the text, empty if there is only an image or a file, None if there is nothing."""
    content = said.content
    if content is None:
        return None
    parts = content.parts
    if type(parts) is list and len(parts) == 1:  # almost all
        text = spoken(parts[0])
    else:
        text = spoken(parts if parts is not None else content.text)
    if text is None and said.metadata is not None and said.metadata.attachments:
        return ""
    return text


FORMAT: Final = Format(
    name="chatgpt",
    title="ChatGPT data export",
    fits=fits,
    shape=Exported,
    read=read,
    identity=("conversation_id", "mapping"),
    columns=Exported.__struct_fields__,
)
