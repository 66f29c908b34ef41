"""What a record format is to the reader, and where the reader stands while it converts one."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from uptake.model.conversation import Conversation, Person, Role, Turn
from uptake.model.issue import Issue
from uptake.read import times
from uptake.read.issues import issue
from uptake.read.limits import Limits

NOBODY: Final = Person()
_YEAR: Final = 31_556_952  # seconds, on average; exact enough to tell 2030 from 1990


class MessageRow(msgspec.Struct, frozen=True, gc=False):
    """One message of a conversation whose rows are still to be put together.

    Attributes:
        conversation: Key of the rows that belong together.
        id: Of the message; empty if it has none.
        parent: Id of the message before it; None if it is the first, or if rows have no ids.
        role: Who speaks; None for rows that are neither (system prompts).
        text: What was said.
        person: Who wrote it, for messages by people.
        time: Seconds since 1970 in UTC.
        language: Language hint.
        offset: Where the row is.
    """

    conversation: str
    id: str
    parent: str | None
    role: Role | None
    text: str
    person: Person = NOBODY
    time: float | None = None
    language: str | None = None
    offset: int = -1


class Cursor:
    """Where the reader stands, what it knows from outside of the record, and what it met in it.

    Attributes:
        file: What issues call the input.
        offset: Of the record that is being converted.
        limits: How much is believed.
        account: The person whose export this is, where the archive says so.
        accounts: People by identifier, where the archive lists them.
        export: What a one-person export is called if it does not say whose it is.
    """

    __slots__ = (
        "_earliest",
        "_latest",
        "_warnings",
        "account",
        "accounts",
        "export",
        "file",
        "limits",
        "offset",
    )

    def __init__(self, file: str, limits: Limits, export: str = "") -> None:
        """Stand at the beginning of a file."""
        self.file = file
        self.offset = -1
        self.limits = limits
        self.account: Person | None = None
        self.accounts: dict[str, Person] = {}
        self.export = export or file
        self._warnings: dict[str, int] = {}
        self._earliest, self._latest = limits.earliest, limits.latest

    def warn(self, code: str) -> None:
        """Count something that is wrong with a part of the record."""
        self._warnings[code] = self._warnings.get(code, 0) + 1

    def warnings(self) -> Iterator[Issue]:
        """Yield what was wrong with the record, one issue a code, and forget it."""
        if self._warnings:
            met, self._warnings = self._warnings, {}
            for code, count in met.items():
                yield issue(code, self.file, self.offset, f"{count} times" if count > 1 else "")

    def time(self, value: object) -> float | None:
        """Read a time; one that is stated but not understood is counted."""
        if value is None:
            return None
        kind = type(value)
        if (kind is float or kind is int) and self._earliest <= value < self._latest:  # type: ignore[operator]
            return float(value)  # type: ignore[arg-type]
        seconds, code = times.parse(value, self._earliest, self._latest)
        if code:
            self.warn(code)
        return seconds

    def cut(self, text: str) -> str:
        """Cut a text to the limit; a text that is cut is counted."""
        if len(text) <= self.limits.text_chars:
            return text
        self.warn("text-cut")
        return text[: self.limits.text_chars]

    def owner(self) -> Person:
        """Return the one person whose export this is.

        An export that does not say whose it is still is one person's, so that its conversations
        must not pass for those of many people: the export's own name stands for them.
        """
        if self.account is None:
            self.account = Person(id=f"export {self.export}")
        return self.account

    def conversation(
        self,
        id: str | None,
        person: Person,
        turns: tuple[Turn, ...],
        time: float | None = None,
        language: str | None = None,
    ) -> tuple[Conversation, ...]:
        """Return a conversation, or nothing (and count it) if no person speaks in it.

        A conversation without a time of its own began with its first message that has one.
        """
        for turn in turns:
            if turn.role == "user":
                break
        else:
            self.warn("no-user-message")
            return ()
        if time is None:
            time = next((turn.time for turn in turns if turn.time is not None), None)
        if person.birth_year is not None and time is not None:
            person = self._born_by(person, person.birth_year, time)
        return (Conversation(id, person, turns, time, language, self.offset),)

    def _born_by(self, person: Person, year: int, time: float) -> Person:
        """Forget a year of birth behind that of the conversation, and count it."""
        if year <= 1970 + time / _YEAR:
            return person
        self.warn("bad-value")
        return msgspec.structs.replace(person, birth_year=None)


Read = Callable[[Any, Cursor], Iterable[Conversation | MessageRow]]


@dataclass(frozen=True, slots=True)
class Format:
    """One record format.

    Attributes:
        name: Key in the registry.
        title: As shown to people.
        fits: Whether a decoded object is a record of this format.
        shape: The type that a record is decoded into.
        read: Record -> conversations, or rows of conversations to be put together.
        identity: Keys that must not occur twice on one record.
        each: The one of these that each message of a record has too.
        holds: Asked of each decoded record where the shape alone would take any object.
        columns: Keys that are read; of a Parquet file only these columns are decoded.
        rows: Whether a record is one message, to be put together with others.
    """

    name: str
    title: str
    fits: Callable[[dict[str, Any]], bool]
    shape: Any
    read: Read
    identity: tuple[str, ...] = ()
    each: str = ""
    holds: Callable[[Any], bool] | None = None
    columns: tuple[str, ...] = ()
    rows: bool = False
