"""A file -> the streams of records within it: itself, or the members of an archive."""

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final

from uptake.model.conversation import Person
from uptake.model.errors import UnreadableInputError
from uptake.model.issue import Issue
from uptake.read import accounts, streams
from uptake.read.archive import Archive, BrokenArchiveError, member_name
from uptake.read.issues import issue
from uptake.read.limits import Limits
from uptake.read.parquet import ParquetRows
from uptake.read.record import Cursor
from uptake.read.salvage import Salvage

_SHARD: Final = re.compile(r"-\d+(?=\.json\Z)")
_NESTED: Final = streams.PACKED | {"parquet"}


@dataclass(slots=True)
class Member:
    """One stream of records.

    Attributes:
        file: As issues call it.
        stream: Its unpacked bytes, as UTF-8.
        export: What a one-person export is called that does not say whose it is.
        account: The person whose export it is, if the archive says so.
        accounts: People by identifier, if the archive lists them.
        rows: The rows, where the file is Parquet; ``stream`` is empty then.
        is_companion: Whether exports bring such a member along, without any conversation.
        in_archive: Whether other members may hold what this one does not.
    """

    file: str
    stream: streams.Stream
    export: str
    account: Person | None = None
    accounts: dict[str, Person] = field(default_factory=dict)
    rows: ParquetRows | None = None
    is_companion: bool = False
    in_archive: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """How a file is to be opened.

    Attributes:
        path: Where it lies.
        file: What issues call it.
        limits: How much is believed.
        columns: Columns of Parquet worth decoding.
        encoding: Of its text, empty for UTF-8 or what its byte order mark says.
    """

    path: Path
    file: str
    limits: Limits
    columns: tuple[str, ...] = ()
    encoding: str = ""


def members_of(opening: Opening) -> Generator[Member | Issue]:
    """Yield the streams within a file; read each before the next one is asked for.

    Raises:
        UnreadableInputError: The file can not be read, or is packed more than once.
    """
    with streams.open_file(opening.path, opening.file) as source:
        problems: list[str] = []
        head = streams.Stream(streams.plain(source, problems)).peek(8)
        if problems:
            raise UnreadableInputError(opening.file, "can not be read", "check the disk")
        source.seek(0)
        kind = streams.kind_of(head)
        if kind == "zip":
            yield from _archived(opening, source)
        elif kind == "parquet":
            rows = ParquetRows(opening.path, opening.file, opening.limits, opening.columns)
            yield Member(opening.file, streams.Stream(iter(())), opening.file, rows=rows)
        else:
            yield _single(opening, source, kind if kind in streams.UNPACKERS else "")


def _single(opening: Opening, source: BinaryIO, kind: str) -> Member:
    problems: list[str] = []
    chunks = streams.UNPACKERS[kind](source, problems)
    if kind:
        size = opening.path.stat().st_size
        chunks = streams.bounded(chunks, size, opening.limits, problems)
    stream = streams.Stream(chunks, problems)
    if kind:
        inner = streams.kind_of(stream.peek(8))
        if inner in _NESTED:
            raise UnreadableInputError(
                opening.file, f"holds {inner} within {kind}", "unpack it once"
            )
    stream.as_utf8(opening.encoding)
    return Member(opening.file, stream, _SHARD.sub("", opening.file))


def _archived(opening: Opening, source: BinaryIO) -> Iterator[Member | Issue]:
    try:
        archive = Archive(source, opening.file, opening.limits)
    except BrokenArchiveError as error:
        yield from _salvaged(opening, source, error)
        return
    yield from archive.issues
    known = _Known(opening)
    for info in archive.members:
        if _base(info.filename) in accounts.NAMES and (data := archive.small(info)) is not None:
            known.learn(info.filename, data)
    for info in archive.members:
        yield known.member(info.filename, archive.open(info))


def _salvaged(
    opening: Opening, source: BinaryIO, error: BrokenArchiveError
) -> Iterator[Member | Issue]:
    """Read what is left of an archive that is cut off; its members come in their order."""
    found = False
    known = _Known(opening)
    for name, stream in Salvage(source, opening.limits).members():
        if not found:
            yield issue("truncated-file", opening.file, detail="the list of members is missing")
            found = True
        if _base(name) in accounts.NAMES:
            known.learn(name, stream.peek(opening.limits.account_bytes))
        yield known.member(name, stream)
    if not found:
        raise error


class _Known:
    """What an archive says of its people, by the folder within it."""

    def __init__(self, opening: Opening) -> None:
        self._opening = opening
        self._people: dict[str, dict[str, Person]] = {}

    def learn(self, name: str, data: bytes) -> None:
        cursor = Cursor(member_name(self._opening.file, name), self._opening.limits)
        listed = {person.id: person for person in accounts.people(data, cursor)}
        people = self._people.setdefault(_folder(name), {})
        people.update({id_: person for id_, person in listed.items() if id_ is not None})

    def member(self, name: str, stream: streams.Stream) -> Member | Issue:
        opening = self._opening
        file = member_name(opening.file, name)
        if streams.kind_of(stream.peek(8)) in _NESTED:
            return issue("nested-archive", file)
        stream.as_utf8(opening.encoding)
        folder = _folder(name)
        people = self._people.get(folder, {})
        return Member(
            file,
            stream,
            member_name(opening.file, folder) if folder else opening.file,
            account=next(iter(people.values())) if len(people) == 1 else None,
            accounts=people,
            is_companion=_base(name) in accounts.COMPANIONS,
            in_archive=True,
        )


def _base(name: str) -> str:
    return PurePosixPath(name).name


def _folder(name: str) -> str:
    folder = PurePosixPath(name).parent
    return "" if folder == PurePosixPath() else str(folder)
