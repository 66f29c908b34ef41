"""A large file of JSON lines -> blocks of whole lines, that any process may read on its own.

Cutting costs a search for line ends and nothing else: what decodes, converts and labels a block
is the process that it is given to. Only records that are whole conversations can be cut so; rows
of one message each, arrays, archives and tables are read in one process (``Reading``).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from uptake.model.conversation import Conversation
from uptake.model.issue import Issue
from uptake.read.issues import issue
from uptake.read.jsonlines import Held, Lines
from uptake.read.layout import layout_of
from uptake.read.limits import Limits
from uptake.read.memberreader import FileInfo, MemberReader
from uptake.read.members import Member, Opening, members_of
from uptake.read.record import Format
from uptake.read.streams import Stream


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines of one file: raw text, handed from process to process in memory only.

    Attributes:
        file: As issues call it.
        export: What a one-person export is called that does not say whose it is.
        offset: Where the block begins in the unpacked file.
        data: Its bytes, as UTF-8.
    """

    file: str
    export: str
    offset: int
    data: bytes

    def __repr__(self) -> str:
        """Show nothing of the content."""
        return f"Block({self.file!r}, {self.offset}, {len(self.data)} bytes)"


def blocks(opening: Opening, size: int) -> Iterator[Block | Issue] | None:
    """Cut a file of JSON lines; None if its records do not lie in lines.

    Raises:
        UnreadableInputError: While iterating: the file can not be read.
    """
    members = members_of(opening)
    member = next(members, None)
    if (
        not isinstance(member, Member)
        or member.in_archive
        or member.rows is not None
        or layout_of(member.stream, opening.limits).name != "lines"
    ):
        members.close()
        return None
    return _cut(member, members, opening.limits.line_bytes, size)


def _cut(
    member: Member, members: Iterator[Member | Issue], longest: int, size: int
) -> Iterator[Block | Issue]:
    """Yield blocks; a line that is longer than any line may be is an issue between them."""
    for start, cut in _pieces(member.stream, longest, size):
        if isinstance(cut, Held):
            yield cut.issue(member.file, start)
        else:
            yield Block(member.file, member.export, start, cut)
    for code in member.stream.problems:
        yield issue(code, member.file)
    yield from (item for item in members if isinstance(item, Issue))  # closes the file


def _pieces(stream: Stream, longest: int, size: int) -> Iterator[tuple[int, bytes | Held]]:
    """Yield offset and either lines of about ``size`` bytes or a line that is too long."""
    offset, lines, tail = 0, Held(1 << 62), Held(longest)
    for chunk in stream:
        end = chunk.rfind(b"\n") + 1
        if not end:
            tail.add(chunk)
            continue
        first = chunk.index(b"\n") + 1
        tail.add(chunk[: first - 1])
        if tail.is_too_long:
            if lines.size:
                yield offset, lines.record()
            yield offset + lines.size, tail
            offset += lines.size + tail.size + 1
            lines = Held(1 << 62)
            lines.add(chunk[first:end])
        else:
            lines.add(tail.record())
            lines.add(chunk[first - 1 : end])
        tail = Held(longest)
        tail.add(chunk[end:])
        if lines.size >= size:
            yield offset, lines.record()
            offset += lines.size
            lines = Held(1 << 62)
    if tail.is_too_long:
        if lines.size:
            yield offset, lines.record()
        yield offset + lines.size, tail
        return
    lines.add(tail.record())
    if lines.size:
        yield offset, lines.record()


class BlockReading(Iterator[Conversation | Issue]):
    """The conversations and issues of a block, as they are read.

    Attributes:
        info: What the block has given so far.
    """

    def __init__(self, block: Block, formats: Sequence[Format], limits: Limits) -> None:
        """Prepare."""
        member = Member(block.file, Stream(iter((block.data,))), block.export)
        reader = MemberReader(member, formats, None, limits)
        lines = Lines(member.stream, limits.line_bytes, block.file, start=block.offset)
        self.info: FileInfo = reader.info
        self._items = reader.lines(lines)

    def __next__(self) -> Conversation | Issue:
        """Return the next conversation or issue.

        Raises:
            MixedRecordsError: A record is one message of a conversation.
        """
        return next(self._items)
