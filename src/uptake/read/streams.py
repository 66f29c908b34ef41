"""Files -> chunks of unpacked bytes: plain, gzip and Zstandard, told apart by their first bytes."""

import codecs
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from uptake.model.errors import UnreadableInputError
from uptake.read.inflate import CHUNK, GZIP, Inflater
from uptake.read.limits import Limits

_ZSTD_PIECE: Final = 1024  # a piece of Zstandard unpacks to at most some 32 MB

_MAGIC: Final = (
    (b"\x1f\x8b", "gzip"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PAR1", "parquet"),
    (b"PARE", "encrypted Parquet"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"%PDF", "PDF"),
    (b"ARROW1", "Arrow"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"RIFF", "media"),
    (b"ORC", "ORC"),
)
PACKED: Final = frozenset(("gzip", "zstd", "zip", "bzip2", "xz", "7-Zip", "RAR"))

_MARKS: Final = (  # UTF-32 before UTF-16: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def kind_of(head: bytes) -> str:
    r"""Name what the first bytes of a file are; empty for text and whatever else is unknown.

    >>> kind_of(b"PK\x03\x04..."), kind_of(b'{"id": 1}')
    ('zip', '')
    """
    return next((kind for magic, kind in _MAGIC if head.startswith(magic)), "")


def unreadable(file: str, error: OSError) -> UnreadableInputError:
    """Say why the system did not let a file be read."""
    reason = error.strerror or type(error).__name__
    return UnreadableInputError(file, reason, "give a file that exists and may be read")


def open_file(path: Path, file: str) -> BinaryIO:
    """Open a file for reading.

    Raises:
        UnreadableInputError: There is none, or it may not be read, or is no file.
    """
    try:
        if path.exists() and not path.is_file():
            raise UnreadableInputError(file, "is not a file", "give a file")
        return path.open("rb", buffering=0)
    except OSError as error:
        raise unreadable(file, error) from None


class Stream:
    """Unpacked bytes of one file or member, in chunks; trouble ends them and is kept.

    Attributes:
        problems: Codes of what was wrong, to be reported once the good part is read.
    """

    def __init__(self, chunks: Iterator[bytes], problems: list[str] | None = None) -> None:
        """Read from ``chunks``, which may report to the same list of problems."""
        self.problems: list[str] = [] if problems is None else problems
        self._chunks = chunks
        self._head: list[bytes] = []

    def __iter__(self) -> Iterator[bytes]:
        """Return itself."""
        return self

    def __next__(self) -> bytes:
        """Return the next chunk, never an empty one."""
        if self._head:
            return self._head.pop(0)
        for chunk in self._chunks:
            if chunk:
                return chunk
        raise StopIteration

    def peek(self, size: int) -> bytes:
        """Return the first bytes, at least ``size`` if there are so many, and keep them."""
        held = sum(map(len, self._head))
        while held < size:
            chunk = next((chunk for chunk in self._chunks if chunk), None)
            if chunk is None:
                break
            self._head.append(chunk)
            held += len(chunk)
        if len(self._head) > 1:
            self._head = [b"".join(self._head)]
        return self._head[0] if self._head else b""

    def as_utf8(self, stated: str = "") -> None:
        """Drop a byte order mark; transcode what has another one, or is stated to be no UTF-8."""
        head = self.peek(4)
        if head.startswith(codecs.BOM_UTF8):
            self._head = [head[3:]] if len(head) > 3 else []
            return
        marked = next((name for mark, name in _MARKS if head.startswith(mark)), "")
        if marked:
            self.problems.append("transcoded")
        if marked or stated:
            self._chunks = _transcoded([*self._head], self._chunks, marked or stated)
            self._head = []


def _transcoded(head: list[bytes], chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for chunk in head:
        yield decoder.decode(chunk).encode()
    for chunk in chunks:
        yield decoder.decode(chunk).encode()
    yield decoder.decode(b"", final=True).encode()


def plain(source: BinaryIO, problems: list[str]) -> Iterator[bytes]:
    """Yield the bytes of a file as they are."""
    while True:
        try:
            chunk = source.read(CHUNK)
        except OSError:
            problems.append("read-failed")
            return
        if not chunk:
            return
        yield chunk


def gunzipped(source: BinaryIO, problems: list[str]) -> Iterator[bytes]:
    """Yield the unpacked bytes of all members of a gzip file, and all that a damaged one gives."""
    inflater = Inflater(GZIP)
    for packed in plain(source, problems):
        data = packed
        while data:
            if inflater.is_complete:
                data = data.lstrip(b"\x00")  # tape padding
                if not data:
                    break
                if not data.startswith(b"\x1f\x8b"):
                    problems.append("trailing-bytes")
                    return
                inflater = Inflater(GZIP)
            yield from inflater.feed(data)
            if inflater.is_damaged:
                problems.append("damaged-file")
                return
            data = inflater.rest
    if not inflater.is_complete:
        yield inflater.flush()
        problems.append("truncated-file")


def unzstd(source: BinaryIO, problems: list[str]) -> Iterator[bytes]:
    """Yield the unpacked bytes of all frames of a Zstandard file, in pieces of bounded size."""
    import zstandard

    packer = zstandard.ZstdDecompressor(max_window_size=1 << 27)
    frame = packer.decompressobj()
    begun = False
    for packed in plain(source, problems):
        for at in range(0, len(packed), _ZSTD_PIECE):
            data = packed[at : at + _ZSTD_PIECE]
            while data:
                if frame.eof:
                    frame = packer.decompressobj()
                try:
                    unpacked = frame.decompress(data)
                except zstandard.ZstdError:
                    problems.append("damaged-file" if begun else "trailing-bytes")
                    return
                begun = True
                yield from sliced(unpacked)
                data = frame.unused_data if frame.eof else b""
    if not frame.eof:
        problems.append("truncated-file")


def sliced(data: bytes) -> Iterator[bytes]:
    """Yield data in chunks of at most ``CHUNK`` bytes."""
    if len(data) <= CHUNK:
        yield data
        return
    for at in range(0, len(data), CHUNK):
        yield data[at : at + CHUNK]


def bounded(
    chunks: Iterator[bytes], packed: int, limits: Limits, problems: list[str]
) -> Iterator[bytes]:
    """Pass unpacked chunks on until there are too many; remark on a suspicious ratio."""
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > limits.unpacked_bytes:
            problems.append("too-large")
            return
        yield chunk
    if total > limits.ratio * max(packed, 1) and total > CHUNK:
        problems.append("high-ratio")


UNPACKERS: Final[dict[str, Callable[[BinaryIO, list[str]], Iterator[bytes]]]] = {
    "": plain,
    "gzip": gunzipped,
    "zstd": unzstd,
}
"""How the bytes of a file that is one stream are unpacked."""
