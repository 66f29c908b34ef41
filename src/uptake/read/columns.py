"""Tables of somebody's own: rows read by a ``ColumnMapping``."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from fnmatch import fnmatch
from typing import Any, Final

import msgspec

from uptake.model.conversation import Conversation, Person, Role
from uptake.model.mapping import ColumnMapping
from uptake.read import times
from uptake.read.issues import BadRecordError
from uptake.read.people import FIELDS, identifier, stated, word
from uptake.read.record import Cursor, Format, MessageRow
from uptake.read.texts import spoken
from uptake.read.turns import Said, in_a_row

NAME: Final = "columns"
_MISSING: Final = object()


def look_up(record: Any, path: str) -> Any:
    """Follow a dotted path; a key that is spelled like the whole path comes first.

    >>> look_up({"user": {"ids": ["a", "b"]}, "x.y": 1}, "user.ids.1")
    'b'
    >>> look_up({"user": {"ids": ["a", "b"]}, "x.y": 1}, "x.y")
    1
    """
    found = _follow(record, path)
    return None if found is _MISSING else found


def _follow(record: Any, path: str) -> Any:
    if isinstance(record, dict) and path in record:
        return record[path]
    at = record
    for step in path.split("."):
        if isinstance(at, dict) and step in at:
            at = at[step]
        elif isinstance(at, list) and step.isdecimal() and int(step) < len(at):
            at = at[int(step)]
        else:
            return _MISSING
    return at


def applies(mapping: ColumnMapping, file: str) -> bool:
    """Return whether a mapping is meant for a file of that name.

    >>> applies(ColumnMapping(name="s", text="t", files=("survey/*.csv",)), "a/survey/b.csv")
    True
    """
    return any(fnmatch(file, pattern) or fnmatch(file, f"*/{pattern}") for pattern in mapping.files)


def format_of(mapping: ColumnMapping) -> Format:
    """Make the record format that a mapping describes."""
    reader = _Reader(mapping)
    return Format(
        name=NAME,
        title=f"columns by the mapping {mapping.name}",
        fits=reader.fits,
        shape=dict[str, Any],
        read=reader.read,
        holds=reader.fits,
        columns=tuple(sorted({name for path in _paths(mapping) for name in _tops(path)})),
        rows=True,
    )


def _paths(mapping: ColumnMapping) -> Iterator[str]:
    named = ("text", "messages", "context", "role", "user", "conversation", "message", "parent")
    for field in (*named, "time", *FIELDS):
        path = getattr(mapping, field)
        if path is not None:
            yield path


def _tops(path: str) -> tuple[str, str]:
    return path, path.partition(".")[0]


class _Reader:
    """A mapping, ready for use."""

    def __init__(self, mapping: ColumnMapping) -> None:
        self._mapping = mapping
        self._roles: dict[str, Role] = {
            **{word.lower(): "assistant" for word in mapping.assistant_roles},
            **{word.lower(): "user" for word in mapping.user_roles},
        }
        self._time: Callable[[object], object] = (
            times.with_format(mapping.time_format) if mapping.time_format else lambda value: value
        )

    def fits(self, record: dict[str, Any]) -> bool:
        """Return whether a record has the columns that the mapping can not do without."""
        mapping = self._mapping
        needed = (mapping.text or mapping.messages, mapping.user, mapping.conversation)
        return all(path is None or any(name in record for name in _tops(path)) for path in needed)

    def read(self, record: dict[str, Any], cursor: Cursor) -> Iterable[Conversation | MessageRow]:
        mapping = self._mapping
        if mapping.messages is not None:
            said = _listed(look_up(record, mapping.messages))
            return self._conversation(record, self._said(said), cursor)
        role = self._role(record, mapping.role)
        key = identifier(self._get(record, mapping.conversation))
        if key is None:
            text = look_up(record, mapping.text or "")
            said = [*self._context(record), (role, text, None, "")]
            return self._conversation(record, said, cursor)
        return self._row(record, role, key, cursor)

    def _conversation(
        self, record: dict[str, Any], said: Iterable[Said], cursor: Cursor
    ) -> tuple[Conversation, ...]:
        return cursor.conversation(
            identifier(self._get(record, self._mapping.conversation)),
            self._person(record, cursor),
            in_a_row(said, cursor),
            cursor.time(self._time(self._get(record, self._mapping.time))),
            word(self._get(record, self._mapping.language), cursor),
        )

    def _row(
        self, record: dict[str, Any], role: Role | None, key: str, cursor: Cursor
    ) -> Iterator[MessageRow]:
        mapping = self._mapping
        text = spoken(look_up(record, mapping.text or ""))
        if not text and role == "user":
            cursor.warn("empty-message")
        yield MessageRow(
            key,
            identifier(self._get(record, mapping.message)) or "",
            identifier(self._get(record, mapping.parent)),
            role if text else None,
            cursor.cut(text or ""),
            self._person(record, cursor) if role == "user" else Person(),
            cursor.time(self._time(self._get(record, mapping.time))),
            word(self._get(record, mapping.language), cursor),
            cursor.offset,
        )

    def _person(self, record: dict[str, Any], cursor: Cursor) -> Person:
        fields = {
            field: self._get(record, getattr(self._mapping, field))
            for field in FIELDS
            if field != "language"
        }
        return stated(fields, identifier(self._get(record, self._mapping.user)), cursor)

    def _get(self, record: dict[str, Any], path: str | None) -> Any:
        return None if path is None else look_up(record, path)

    def _role(self, record: Any, path: str | None) -> Role | None:
        if path is None:
            return "user"
        said_by = look_up(record, path)
        return self._roles.get(said_by.strip().lower()) if isinstance(said_by, str) else None

    def _said(self, messages: list[Any]) -> Iterator[Said]:
        mapping = self._mapping
        for said in messages:
            if isinstance(said, str):
                yield "user", said, None, ""
                continue
            role = self._role(said, mapping.message_role)
            when = self._time(self._get(said, mapping.message_time))
            yield role, look_up(said, mapping.message_text), when, ""

    def _context(self, record: dict[str, Any]) -> Iterator[Said]:
        """Give what the assistant said before; the person's own messages have their own rows."""
        if self._mapping.context is None:
            return
        for said in self._said(_listed(look_up(record, self._mapping.context))):
            if said[0] == "assistant":
                yield said


def _listed(messages: Any) -> list[Any]:
    """Return a list of messages, out of JSON text if it must be."""
    if messages is None or messages == "":
        return []
    if isinstance(messages, str):
        try:
            messages = msgspec.json.decode(messages)
        except (msgspec.DecodeError, RecursionError):
            raise BadRecordError("wrong-shape") from None
    if not isinstance(messages, list):
        raise BadRecordError("wrong-shape")
    return messages


def _table_fits(record: dict[str, Any]) -> bool:
    keys = ("conversation", "role", "text")
    return all(isinstance(record.get(key), str) for key in keys)


TABLE: Final = replace(
    format_of(
        ColumnMapping(
            name="table",
            text="text",
            role="role",
            user="user",
            conversation="conversation",
            message="message",
            parent="parent",
            time="time",
            country="country",
            birth_year="birth_year",
            age="age",
            given_name="given_name",
            family_name="family_name",
            gender="gender",
            language="language",
        )
    ),
    name="table",
    title="tables with columns conversation, role and text",
    fits=_table_fits,
    holds=_table_fits,
)
"""Rows whose columns are named as the fields of a mapping are: these need no mapping."""
