"""Zip archives -> members as streams; nothing is unpacked to disk, and hostile ones are refused."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, Final

from uptake.model.errors import UnreadableInputError
from uptake.model.issue import Issue
from uptake.read import streams
from uptake.read.inflate import CHUNK, RAW, Inflater
from uptake.read.issues import issue
from uptake.read.limits import Limits

_PACKINGS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED: Final = 0x1
_LOCAL_HEADER: Final = 30
_END: Final = b"PK\x05\x06"
_END64_LOCATOR: Final = b"PK\x06\x07"
_BROKEN: Final = (
    zipfile.BadZipFile,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    struct.error,
    OSError,
)


class BrokenArchiveError(UnreadableInputError):
    """The list of members is not there, or not readable."""


class Archive:
    """An opened zip.

    Attributes:
        members: Those that may be read, in the order of the archive.
        issues: What was refused and why.
    """

    def __init__(self, source: BinaryIO, file: str, limits: Limits) -> None:
        """Read the list of members and judge each.

        Raises:
            UnreadableInputError: The list is too long.
            BrokenArchiveError: It is no list.
        """
        self._source = source
        self._limits = limits
        entries, size = _directory(source)
        if entries > limits.members or size > limits.directory_bytes:
            raise UnreadableInputError(
                file, f"lists {entries} members in {size} bytes", "repack it with fewer files"
            )
        try:
            self._zip = zipfile.ZipFile(source)
        except _BROKEN:
            raise BrokenArchiveError(
                file, "is no whole zip archive", "export or copy it once more"
            ) from None
        self._left = limits.unpacked_bytes
        self.issues: list[Issue] = []
        self.members: list[zipfile.ZipInfo] = []
        overlapping = _overlapping(self._zip.infolist())
        seen: set[str] = set()
        for info in self._zip.infolist():
            if info.filename.endswith("/"):  # a folder; ``is_dir`` fails on an empty name
                continue
            code = _refusal(info) or ("overlapping-members" if info in overlapping else "")
            if not code and info.filename in seen:
                code = "duplicate-member"
            seen.add(info.filename)
            if code:
                self.issues.append(issue(code, member_name(file, info.filename)))
            else:
                self.members.append(info)

    def open(self, info: zipfile.ZipInfo) -> streams.Stream:
        """Return a member's bytes; their number is bounded for it and for all members."""
        problems: list[str] = []
        chunks = streams.bounded(
            self._chunks(info, problems), info.compress_size, self._limits, problems
        )
        return streams.Stream(chunks, problems)

    def small(self, info: zipfile.ZipInfo) -> bytes | None:
        """Return the whole of a small member, None if it is large or damaged."""
        stream = self.open(info)
        data = stream.peek(self._limits.account_bytes + 1)
        return None if stream.problems or len(data) > self._limits.account_bytes else data

    def _chunks(self, info: zipfile.ZipInfo, problems: list[str]) -> Iterator[bytes]:
        checksum = 0
        for chunk in self._unpacked(info, problems):
            self._left -= len(chunk)
            if self._left < 0:
                problems.append("too-large")
                return
            checksum = zlib.crc32(chunk, checksum)
            yield chunk
        if not problems and checksum != info.CRC:
            problems.append("damaged-file")

    def _unpacked(self, info: zipfile.ZipInfo, problems: list[str]) -> Iterator[bytes]:
        """Unpack a member from its place: the standard library keeps back what fails its check."""
        packed = self._packed(info, problems)
        if info.compress_type == zipfile.ZIP_STORED:
            yield from packed
            return
        inflater = Inflater(RAW)
        for piece in packed:
            yield from inflater.feed(piece)
            if inflater.is_damaged or inflater.is_complete:
                break
        if not inflater.is_complete and not problems:
            problems.append("damaged-file" if inflater.is_damaged else "truncated-file")

    def _packed(self, info: zipfile.ZipInfo, problems: list[str]) -> Iterator[bytes]:
        try:
            self._source.seek(info.header_offset)
            header = self._source.read(_LOCAL_HEADER)
            if len(header) < _LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
                problems.append("damaged-file")
                return
            at = info.header_offset + _LOCAL_HEADER + sum(struct.unpack_from("<HH", header, 26))
            left = info.compress_size
            while left:
                self._source.seek(at)
                piece = self._source.read(min(left, CHUNK))
                if not piece:
                    problems.append("truncated-file")
                    return
                at, left = at + len(piece), left - len(piece)
                yield piece
        except (OSError, ValueError):
            problems.append("read-failed")


def member_name(file: str, member: str) -> str:
    """Name a member in an issue, with whatever could garble a terminal replaced.

    >>> member_name("a.zip", "b/c.json")
    'a.zip!b/c.json'
    """
    shown = "".join(letter if letter.isprintable() else "?" for letter in member[:200])
    return f"{file}!{shown}"


def is_safe(name: str) -> bool:
    r"""Return whether a member's name stays within the archive.

    >>> is_safe("a/b.json"), is_safe("../b.json"), is_safe("/b"), is_safe(r"a\b"), is_safe("C:b")
    (True, False, False, False, False)
    """
    path = PurePosixPath(name)
    return not (
        not name
        or path.is_absolute()
        or ".." in path.parts
        or "\\" in name
        or "\x00" in name
        or (len(name) > 1 and name[1] == ":")
    )


def _refusal(info: zipfile.ZipInfo) -> str:
    if not is_safe(info.orig_filename):  # ``filename`` is already cut at a NUL
        return "unsafe-name"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "symlink-member"
    if info.flag_bits & _ENCRYPTED:
        return "encrypted-member"
    if info.compress_type not in _PACKINGS:
        return "unsupported-packing"
    return ""


def _overlapping(infos: list[zipfile.ZipInfo]) -> set[zipfile.ZipInfo]:
    """Return the members whose bytes reach into the next one's.

    The local header's extra field is not counted, so that this errs on the side of the archive
    by the length of that field; a bomb shares whole members.
    """
    ordered = sorted(infos, key=lambda info: info.header_offset)
    bad: set[zipfile.ZipInfo] = set()
    reach, widest = -1, None
    for info in ordered:
        if widest is not None and info.header_offset < reach:
            bad.update((widest, info))
        name = len(info.orig_filename)
        end = info.header_offset + _LOCAL_HEADER + name + info.compress_size
        if end > reach:
            reach, widest = end, info
    return bad


def _directory(source: BinaryIO) -> tuple[int, int]:
    """Return how many members the archive claims, and the bytes of their list.

    The standard library reads the whole list at once, however long it is.
    """
    end = source.seek(0, 2)
    start = max(0, end - 22 - 65_535 - 20)
    source.seek(start)
    tail = b""
    while piece := source.read(CHUNK):
        tail += piece
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        return 0, 0
    entries, size = struct.unpack_from("<HI", tail, at + 10)
    if (entries == 0xFFFF or size == 0xFFFFFFFF) and tail[at - 20 : at - 16] == _END64_LOCATOR:
        (where,) = struct.unpack_from("<Q", tail, at - 12)
        source.seek(min(where, end))
        record = source.read(56)
        if len(record) == 56:
            entries, size = struct.unpack_from("<QQ", record, 32)
    return entries, size
