"""WildChat rows: one conversation a row, with the address it came from and its country.

The user is ``hashed_ip``: an address, not a person. People behind one address count as one, and a
person with two addresses as two; there is nothing better in these data. Where messages carry an
address of their own, that of the person's first message holds for the conversation.
"""

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from uptake.model.conversation import Conversation, Person
from uptake.read.people import identifier, word
from uptake.read.record import NOBODY, Cursor, Format
from uptake.read.turns import Said, in_a_row


class Message(msgspec.Struct, gc=False):
    """One message; what of it is not read is not decoded."""

    role: str | None = None
    content: Any = None
    timestamp: Any = None
    country: Any = None
    hashed_ip: Any = None
    turn_identifier: Any = None


class Row(msgspec.Struct):
    """One conversation of WildChat or LMSYS-Chat-1M."""

    conversation: list[Message]
    conversation_hash: Any = None
    conversation_id: Any = None
    timestamp: Any = None
    country: Any = None
    language: Any = None
    hashed_ip: Any = None


def fits(record: dict[str, Any]) -> bool:
    """Return whether an object is a row of WildChat."""
    turns = record.get("conversation")
    return isinstance(turns, list) and ("conversation_hash" in record or "hashed_ip" in record)


def read(row: Row, cursor: Cursor) -> tuple[Conversation, ...]:
    """Turn a row into a conversation."""
    address, country = row.hashed_ip, row.country
    if address is None or country is None:
        first = next((said for said in row.conversation if said.role == "user"), None)
        if first is not None:
            address = first.hashed_ip if address is None else address
            country = first.country if country is None else country
    who, where = identifier(address), word(country, cursor)
    person = NOBODY if who is None and where is None else Person(who, where)
    id_ = identifier(row.conversation_hash) or identifier(row.conversation_id)
    time = cursor.time(row.timestamp)
    turns = in_a_row(_said(row), cursor)
    return cursor.conversation(id_, person, turns, time, word(row.language, cursor))


def _said(row: Row) -> Iterator[Said]:
    for said in row.conversation:
        key = said.turn_identifier
        yield said.role, said.content, said.timestamp, str(key) if type(key) is int else ""


FORMAT: Final = Format(
    name="wildchat",
    title="WildChat rows",
    fits=fits,
    shape=Row,
    read=read,
    identity=("conversation_hash", "hashed_ip"),
    each="hashed_ip",
    columns=Row.__struct_fields__,
)
