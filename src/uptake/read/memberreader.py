"""One stream of records -> conversations and issues."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from uptake.model.conversation import Conversation
from uptake.model.errors import UptakeError
from uptake.model.issue import Issue
from uptake.read.csvrows import Rows
from uptake.read.dispatch import Dispatcher, Raw
from uptake.read.issues import BadRecordError, issue, rejected
from uptake.read.jsonlines import Lines
from uptake.read.layout import layout_of
from uptake.read.limits import Limits
from uptake.read.members import Member
from uptake.read.record import Cursor, Format, MessageRow
from uptake.read.rows import Window, threads

_MOST_NAMED: Final = 12


class MixedRecordsError(UptakeError):
    """A record of a block is no whole conversation: the file must be read in one process."""


@dataclass(slots=True)
class FileInfo:
    """What one file, or one member of an archive, has given so far.

    Attributes:
        file: As issues call it; members of archives after ``!``.
        format: Name of its first record's format, empty as long as none was recognised.
        conversations: Conversations given.
        messages: Messages by people in them.
        rejected: Records lost.
    """

    file: str
    format: str = ""
    conversations: int = 0
    messages: int = 0
    rejected: int = 0


class Records(Protocol):
    """A layout: where records begin and end."""

    cut: bool

    def reject(self) -> int:
        """Take note that the last record is no JSON; return how much of it was one, -1 all."""

    def __iter__(self) -> Iterator[tuple[int, Raw] | Issue]:
        """Yield offset and record."""


class MemberReader:
    """Reads one stream of records."""

    def __init__(
        self, member: Member, formats: Sequence[Format], delimiter: str | None, limits: Limits
    ) -> None:
        """Prepare; ``formats`` are asked in their order."""
        self.info = FileInfo(member.file)
        self.seen = ""
        self._has_layout = False
        self._rows: Rows | None = None
        self._member = member
        self._delimiter = delimiter
        self._limits = limits
        self._cursor = Cursor(member.file, limits, member.export)
        self._cursor.account = member.account
        self._cursor.accounts = member.accounts
        self._dispatcher = Dispatcher(formats)
        self._window: Window | None = Window(limits.window_chars)
        self._held: list[Issue] | None = []  # issues before the first record is recognised
        self._codes: Counter[str] = Counter()

    def __iter__(self) -> Iterator[Conversation | Issue]:
        """Yield conversations and issues; nothing at all if no record is recognised."""
        records = self._records()
        if records is not None:
            yield from self._counted(records)

    def lines(self, lines: Lines) -> Iterator[Conversation | Issue]:
        """Yield what lines from the midst of a file give, of which something was recognised.

        Raises:
            MixedRecordsError: A record is one message of a conversation; others may lie elsewhere.
        """
        self._held, self._window = None, None
        yield from self._counted(lines)

    def _counted(self, records: Records) -> Iterator[Conversation | Issue]:
        for found in self._all(records):
            if isinstance(found, Issue):
                if self._held is not None:
                    self._hold(found)
                    if len(self._held) > self._limits.give_up_after:
                        return
                    continue
                self.info.rejected += found.severity == "error"
            else:
                self.info.conversations += 1
                self.info.messages += [turn.role for turn in found.turns].count("user")
            yield found

    @property
    def is_empty(self) -> bool:
        """Whether there was no record, neither good nor bad."""
        if self._rows is not None and not self._dispatcher.knows(self._rows.header()):
            return False  # a line of text is no table without rows
        lost = self._codes or self._member.stream.problems
        return self._has_layout and not self.info.format and not lost

    @property
    def holds_data(self) -> bool:
        """Whether there were records, though of no known format."""
        return self._has_layout and bool(self._codes)

    @property
    def why(self) -> str:
        """Say what was seen, where nothing was recognised: of names only those we know."""
        counts = ", ".join(f"{code} {count}" for code, count in sorted(self._codes.items()))
        fields = ", ".join(sorted(self._dispatcher.fields)[:_MOST_NAMED])
        counts = counts or ", ".join(self._member.stream.problems)
        said = f"{self.seen} ({counts})" if counts else self.seen
        return f"{said}, with the fields {fields}, but no messages" if fields else said

    def _hold(self, found: Issue) -> None:
        stopped = found.code == "parquet-stopped"
        self._codes[f"{found.code}: {found.detail}" if stopped else found.code] += 1
        if self._held is not None:
            self._held.append(found)

    def _records(self) -> Records | None:
        stream, file, limits = self._member.stream, self._member.file, self._limits
        if self._member.rows is not None:
            self.seen = "Parquet"
            self._has_layout = True
            return self._member.rows
        layout = layout_of(stream, limits)
        self.seen = layout.seen
        self._has_layout = layout.name != "unknown"
        records: Records | None = None
        if layout.name == "lines":
            records = Lines(stream, limits.line_bytes, file)
        elif layout.name in ("array", "values"):
            from uptake.read.jsonvalues import Values  # numpy, which others need not wait for

            records = Values(stream, int(layout.name == "array"), limits.record_bytes, file)
        elif layout.name == "csv":
            records = self._rows = Rows(stream, limits.line_bytes, file, self._delimiter)
        return records

    def _all(self, records: Records) -> Iterator[Conversation | Issue]:
        """Yield what the records give, then what is wrong with the stream as a whole."""
        cursor = self._cursor
        for item in records:
            if isinstance(item, Issue):
                yield item
                continue
            cursor.offset, raw = item
            try:
                form, record = self._dispatcher.take(raw, cursor)
                if self._held is not None:
                    yield from self._recognised(form)
                for made in form.read(record, cursor):
                    if isinstance(made, MessageRow):
                        yield from self._windowed(made)
                    else:
                        yield made
            except BadRecordError as error:
                yield self._rejected(error.code, raw, records)
            yield from cursor.warnings()
        for group in self._window.rest() if self._window else ():
            yield from self._joined(group)
        for code in self._member.stream.problems:
            yield issue(code, self.info.file)

    def _recognised(self, form: Format) -> Iterator[Issue]:
        """Give the issues that were held back until something was recognised."""
        held, self._held = self._held or [], None
        self.info.format = form.name
        yield from held

    def _windowed(self, row: MessageRow) -> Iterator[Conversation | Issue]:
        """Hold a row; give the conversations that had to be closed to make room."""
        if self._window is None:
            raise MixedRecordsError(f"{self.info.file}: holds rows among conversations")
        for group in self._window.add(row):
            yield from self._joined(group)

    def _joined(self, group: list[MessageRow]) -> Iterator[Conversation | Issue]:
        yield from threads(group, self._cursor)
        yield from self._cursor.warnings()

    def _rejected(self, code: str, raw: Raw, records: Records) -> Issue:
        data = raw if isinstance(raw, bytes) else repr(raw).encode("utf-8", "replace")
        if code == "invalid-json":
            if records.cut:
                code = "truncated-record"
            good = records.reject()
            data = data if good < 0 else data[:good]
        return rejected(code, self.info.file, self._cursor.offset, data)
