"""A conversation as read: holds personal data and text, exists in memory only."""

from typing import Literal

import msgspec

Role = Literal["user", "assistant"]


class Turn(msgspec.Struct, frozen=True, gc=False):
    """One message of a conversation, by the person or by the assistant.

    Attributes:
        role: Who speaks. System prompts and tool output are not turns.
        text: What was said; may be empty where a message held only an image.
        time: Seconds since 1970 in UTC, None where the record has none.
        parent: Index in ``Conversation.turns`` of the turn that this one follows, -1 for none.
            Always smaller than the turn's own index.
        id: The export's own identifier of the message, empty where it has none.
    """

    role: Role
    text: str
    time: float | None = None
    parent: int = -1
    id: str = ""


class Person(msgspec.Struct, frozen=True, gc=False):
    """What a record says of the person who wrote; None is unknown, and nothing is guessed.

    Attributes:
        id: The export's own identifier (account, address, e-mail).
        country: As stated: an ISO code or a name in any language.
        birth_year: Year of birth; ``age`` is used where only that is stated.
        age: Age in years at the time of the conversation.
        given_name: Given name, used for a gender association and dropped.
        family_name: Family name, likewise; a patronymic may stand in either.
        gender: As stated, in the record's own word.
    """

    id: str | None = None
    country: str | None = None
    birth_year: int | None = None
    age: int | None = None
    given_name: str | None = None
    family_name: str | None = None
    gender: str | None = None


class Conversation(msgspec.Struct, frozen=True):
    """One raw conversation. Only ``uptake.read`` makes it; it is never written anywhere.

    Attributes:
        id: The export's own identifier, None where it has none.
        person: Who wrote.
        turns: Messages in the order of the record, parents before children.
        time: Start of the conversation, seconds since 1970 in UTC; None if not stated.
        language: The record's own language hint (code or English name), None if not stated.
        offset: Where the record begins in its (unpacked) file: byte, line or row.
    """

    id: str | None
    person: Person
    turns: tuple[Turn, ...]
    time: float | None = None
    language: str | None = None
    offset: int = -1
