"""Rows of one prompt each, by the names that data sets commonly give their columns.

The most tolerant format, and the last to be asked: ``text``, ``prompt``, ``instruction``,
``question`` and the like, or a list ``user_turns``. A row's ``context`` is read for what the
assistant said: what the person said there would count once more.
"""

from collections.abc import Iterator
from typing import Any, Final

from uptake.model.conversation import Conversation
from uptake.read.people import FIELDS, identifier, stated, word
from uptake.read.record import Cursor, Format
from uptake.read.texts import role_of
from uptake.read.turns import Said, in_a_row

TEXTS: Final = ("text", "prompt", "instruction", "question", "query", "utterance", "user_turns")
_REPLIES: Final = ("response", "completion", "output")
_IDS: Final = ("id", "conversation_id", "message_id", "prompt_id", "conversation_hash")
_USERS: Final = ("user_id", "user", "userid", "hashed_ip")
_TIMES: Final = ("created_at", "timestamp", "time", "date", "created", "created_date")
_LANGUAGES: Final = ("language", "lang")
_OTHERS: Final = ("mapping", "messages", "conversation", "conversations", "chat", "chat_messages")
"""Keys of other formats: a record that has one of them is theirs, or a broken one of theirs."""


def fits(record: dict[str, Any]) -> bool:
    """Return whether an object is a row with a prompt."""
    named = _named(record)
    return not any(key in named for key in _OTHERS) and _text(named) is not None


def read(record: dict[str, Any], cursor: Cursor) -> tuple[Conversation, ...]:
    """Turn a row into a conversation of one message, or of the person's turns."""
    named = _named(record)
    user = _first(named, _USERS)
    turns = in_a_row(_said(named), cursor)
    return cursor.conversation(
        identifier(_first(named, _IDS)),
        stated({field: named.get(field) for field in FIELDS}, identifier(user), cursor),
        turns,
        cursor.time(_first(named, _TIMES)),
        word(_first(named, _LANGUAGES), cursor),
    )


def _named(record: dict[str, Any]) -> dict[str, Any]:
    """Return the record with the names of its columns in small letters."""
    if all(key.islower() for key in record):
        return record
    return {key.strip().lower().replace(" ", "_"): value for key, value in record.items()}


def _first(named: dict[str, Any], keys: tuple[str, ...]) -> Any:
    return next((named[key] for key in keys if named.get(key) is not None), None)


def _text(named: dict[str, Any]) -> str | list[Any] | None:
    """Return the prompt, empty where the row has a place for one and nothing in it."""
    found: str | None = None
    for key in TEXTS:
        value = named.get(key, False)
        if isinstance(value, str):
            return value
        if key == "user_turns" and isinstance(value, list):
            return value
        if value is None:
            found = ""
    return found


def _said(named: dict[str, Any]) -> Iterator[Said]:
    context = named.get("context")
    for said in context if isinstance(context, list) else ():
        if isinstance(said, dict) and role_of(said.get("role")) == "assistant":
            yield "assistant", said.get("text", said.get("content")), None, ""
    text = _text(named)
    role = named.get("role")
    speaker = role if isinstance(role, str) and role else "user"
    for turn in text if isinstance(text, list) else [text]:
        yield speaker, turn, None, ""
    reply = next((named[key] for key in _REPLIES if isinstance(named.get(key), str)), None)
    if reply:
        yield "assistant", reply, None, ""


FORMAT: Final = Format(
    name="prompts",
    title="rows of one prompt each",
    fits=fits,
    shape=dict[str, Any],
    read=read,
    identity=("user_id", "user", "conversation_id"),
    holds=fits,
    columns=(
        *TEXTS,
        *_REPLIES,
        *_IDS,
        *_USERS,
        *_TIMES,
        *_LANGUAGES,
        *FIELDS,
        "context",
        "role",
    ),
)
