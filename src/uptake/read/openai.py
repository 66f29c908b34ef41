"""OpenAI-style records: ``messages`` of ``role`` and ``content``, with what a gateway adds.

Also the form in which uptake's own simulator writes: ``id``, ``user``, ``created_at``, and
``metadata`` with country, birth_year, age, given_name, family_name, gender, language. Batch files
wrap the request in ``body``. The same fields are read where data sets put them on the record
itself (``conversation_hash``, ``timestamp``, ``country``).
"""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any, Final

import msgspec

from uptake.model.conversation import Conversation, Person
from uptake.read.people import FIELDS, identifier, stated, word
from uptake.read.record import NOBODY, Cursor, Format
from uptake.read.turns import Said, in_a_row


class Message(msgspec.Struct, gc=False):
    """One message; contents are a string or a list of parts."""

    role: str | None = None
    content: Any = None
    id: Any = None
    created_at: Any = None
    timestamp: Any = None
    create_time: Any = None


class Body(msgspec.Struct):
    """The request within a line of a batch file."""

    messages: list[Message]
    user: Any = None
    metadata: Any = None


class Record(msgspec.Struct):
    """One conversation, or one request."""

    messages: list[Message] | None = None
    body: Body | None = None
    id: Any = None
    conversation_id: Any = None
    conversation_hash: Any = None
    custom_id: Any = None
    user: Any = None
    user_id: Any = None
    hashed_ip: Any = None
    metadata: Any = None
    created_at: Any = None
    created: Any = None
    create_time: Any = None
    timestamp: Any = None
    time: Any = None
    country: Any = None
    birth_year: Any = None
    age: Any = None
    given_name: Any = None
    family_name: Any = None
    gender: Any = None
    language: Any = None


_facts = attrgetter(*FIELDS)


def fits(record: dict[str, Any]) -> bool:
    """Return whether an object is an OpenAI-style record."""
    body = record.get("body")
    messages = (body if isinstance(body, dict) else record).get("messages")
    if not isinstance(messages, list):
        return False
    return not messages or (isinstance(messages[0], dict) and "role" in messages[0])


def read(record: Record, cursor: Cursor) -> tuple[Conversation, ...]:
    """Turn a record into a conversation."""
    request = record.body
    messages = record.messages if request is None else request.messages
    metadata = record.metadata if request is None or record.metadata else request.metadata
    user = _first(record.user, record.user_id, record.hashed_ip, request and request.user)
    facts = metadata if isinstance(metadata, dict) else {}
    if isinstance(user, dict):
        facts = {**user, **facts}
        user = _first(user.get("id"), user.get("user_id"))
    if user is None and facts:
        user = _first(facts.get("user"), facts.get("user_id"))
    id_ = _first(record.id, record.conversation_id, record.conversation_hash, record.custom_id)
    time = _first(
        record.created_at, record.timestamp, record.create_time, record.created, record.time
    )
    language = _first(record.language, facts.get("language"))
    return cursor.conversation(
        identifier(id_),
        _person(record, facts, identifier(user), cursor),
        in_a_row(_said(messages or ()), cursor),
        cursor.time(time),
        word(language, cursor),
    )


def _first(*values: Any) -> Any:
    for value in values:
        if value is not None:
            return value
    return None


def _person(record: Record, facts: dict[str, Any], user: str | None, cursor: Cursor) -> Person:
    on_record = {
        field: value
        for field, value in zip(FIELDS, _facts(record), strict=True)
        if value is not None
    }
    if not facts and not on_record:
        return NOBODY if user is None else Person(user)
    return stated({**on_record, **facts} if on_record else facts, user, cursor)


def _said(messages: Iterable[Message]) -> list[Said]:
    return [
        (
            said.role,
            said.content,
            said.created_at if said.created_at is not None else _time(said),
            "" if said.id is None else identifier(said.id) or "",
        )
        for said in messages
    ]


def _time(said: Message) -> Any:
    return said.timestamp if said.timestamp is not None else said.create_time


FORMAT: Final = Format(
    name="openai",
    title="OpenAI-style messages",
    fits=fits,
    shape=Record,
    read=read,
    identity=("user", "user_id", "conversation_id", "conversation_hash", "id"),
    holds=lambda record: record.messages is not None or record.body is not None,
    columns=Record.__struct_fields__,
)
