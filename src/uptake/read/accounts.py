"""The account files of one-person exports: who the person is, as far as the file says."""

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from uptake.model.conversation import Person
from uptake.read.people import identifier, split_name, stated
from uptake.read.record import Cursor

NAMES: Final = frozenset(("user.json", "users.json"))
"""What ChatGPT and Claude call the file; it holds no messages."""

COMPANIONS: Final = NAMES | frozenset(
    (
        "message_feedback.json",
        "model_comparisons.json",
        "shared_conversations.json",
        "shopping.json",
        "sora.json",
        "group_chats.json",
        "user_settings.json",
        "export_manifest.json",
        "projects.json",
        "memories.json",
    )
)
"""Members that exports bring along and that hold no conversations."""


def people(data: bytes, cursor: Cursor) -> Iterator[Person]:
    """Yield the people of an account file: one object, or a list of them.

    The account's id is the identifier, its e-mail address only where it has no id. Telephone
    numbers are not read: a country would be a guess.
    """
    try:
        listed: Any = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return
    for entry in listed if isinstance(listed, list) else [listed]:
        if isinstance(entry, dict):
            keys = ("id", "uuid", "user_id", "email", "email_address")
            user = next((known for key in keys if (known := identifier(entry.get(key)))), None)
            if user is not None:
                given, family = split_name(entry.get("full_name", entry.get("name")))
                yield stated({"given_name": given, "family_name": family, **entry}, user, cursor)
