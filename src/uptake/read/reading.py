"""A file on its way from bytes to conversations."""

from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path

from uptake.model.conversation import Conversation
from uptake.model.errors import UnreadableInputError
from uptake.model.issue import Issue
from uptake.model.mapping import ColumnMapping
from uptake.read.issues import issue
from uptake.read.limits import Limits
from uptake.read.memberreader import FileInfo, MemberReader
from uptake.read.members import Member, Opening, members_of
from uptake.read.record import Format


class Reading(Iterator[Conversation | Issue]):
    """The conversations and issues of a file, as they are read.

    Attributes:
        files: The file, or each member of it that held records, with what it has given so far.
        opening: How the file is opened.
    """

    def __init__(
        self,
        path: Path,
        name: str,
        formats: Sequence[Format],
        limits: Limits,
        mapping: ColumnMapping | None = None,
    ) -> None:
        """Prepare; nothing is opened before the first item is asked for."""
        self.files: list[FileInfo] = []
        self._name = name
        self._formats = formats
        self._limits = limits
        self._delimiter = None if mapping is None else mapping.delimiter
        wanted = {column for form in formats for column in form.columns}
        self.opening = Opening(
            path,
            name,
            limits,
            tuple(sorted(wanted)),
            "" if mapping is None or mapping.encoding == "utf-8" else mapping.encoding,
        )
        self._refused: Counter[str] = Counter()
        self._items = self._read()

    def __next__(self) -> Conversation | Issue:
        """Return the next conversation or issue."""
        return next(self._items)

    def close(self) -> None:
        """Read no further: close the file, end the decoding process."""
        self._items.close()

    def recognise(self) -> str:
        """Return the name of the first record's format, and read no further.

        Raises:
            UnreadableInputError: No record has one.
        """
        try:
            for _ in self:
                for info in self.files:
                    if info.format:
                        return info.format
        finally:
            self.close()
        found = next((info.format for info in self.files if info.format), "")
        if not found:
            raise self._refusal("an empty file")
        return found

    def _read(self) -> Generator[Conversation | Issue]:
        seen: list[str] = []
        empty = False
        for member in members_of(self.opening):
            if isinstance(member, Issue):
                self._refused[member.code] += 1
                yield member
                continue
            reader = MemberReader(member, self._formats, self._delimiter, self._limits)
            self.files.append(reader.info)
            yield from reader
            if reader.info.format:
                continue
            self.files.pop()
            seen.append(reader.why)
            empty = empty or reader.is_empty
            if member.in_archive:
                yield from _unrecognised(member, reader)
        if any(info.format for info in self.files):
            return
        if not empty:
            raise self._refusal(self._summary(seen))
        yield issue("empty-file", self._name)

    def _summary(self, seen: list[str]) -> str:
        """Say what was seen in a file, or in the members of an archive."""
        counts = ", ".join(f"{code} {count}" for code, count in sorted(self._refused.items()))
        if len(seen) == 1 and not counts:
            return seen[0]
        members = f"an archive of {len(seen) + sum(self._refused.values())} members"
        return f"{members} ({counts})" if counts else members

    def _refusal(self, seen: str) -> UnreadableInputError:
        titles = "; ".join(dict.fromkeys(form.title for form in self._formats))
        return UnreadableInputError(
            self._name,
            f"no conversations in a known format; seen: {seen}",
            f"give one of: {titles}; or state its columns by a mapping",
        )


def _unrecognised(member: Member, reader: MemberReader) -> Iterator[Issue]:
    """Count a member without conversations, unless exports bring such a member along."""
    for code in member.stream.problems:
        yield issue(code, member.file)
    if reader.holds_data and not member.is_companion:
        yield issue("unrecognised-member", member.file, detail=reader.why)
