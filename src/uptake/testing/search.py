"""Find strings in files wherever they hide: in containers, in other encodings, in names."""

import base64
import bz2
import contextlib
import gzip
import io
import lzma
import re
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import BinaryIO, cast

_DEEPEST = 6
_SHORTEST = 9


@dataclass(frozen=True, slots=True)
class Found:
    """One string in one place.

    Attributes:
        string: What was looked for.
        file: The file.
        member: The way inside, parts separated by ``!``; empty for the file's own bytes.
        encoding: ``utf-8``, ``utf-16``, ``utf-32``, ``base64``, ``hex`` or ``name``.
    """

    string: str
    file: Path
    member: str
    encoding: str


def find(places: Iterable[Path], strings: Iterable[str]) -> list[Found]:
    """Return where any of the strings stands, in files and folders, sorted; case is ignored.

    Looked into are zip, gzip, zstd, bzip2, xz, Parquet (decoded values and metadata), DuckDB
    databases (every value of every table), compressed texts of PNG files, and these inside each
    other. Not looked into: pixels, and encryption.

    Args:
        places: Files, or folders with all that is below them.
        strings: ASCII letters and digits, 9 or more.

    Raises:
        ValueError: A string is too short or holds other characters.
    """
    needles = _Needles.of(tuple(dict.fromkeys(strings)))
    found: set[Found] = set()
    for place in places:
        files = [place] if place.is_file() else sorted(p for p in place.rglob("*") if p.is_file())
        for file in files:
            name = str(file.relative_to(place)) if file != place else file.name
            for string, _ in needles.search(name.encode()):
                found.add(Found(string, file, "", "name"))
            for member, content in _unpacked(file.read_bytes(), "", 0):
                for string, encoding in needles.search(content):
                    found.add(Found(string, file, member, encoding))
    return sorted(found, key=lambda one: (str(one.file), one.member, one.string, one.encoding))


@dataclass(frozen=True, slots=True)
class _Needles:
    patterns: tuple[tuple[str, re.Pattern[bytes], dict[bytes, str]], ...]

    @staticmethod
    def of(strings: tuple[str, ...]) -> "_Needles":
        for string in strings:
            if len(string) < _SHORTEST or not (string.isascii() and string.isalnum()):
                raise ValueError("look for strings of 9 or more ASCII letters and digits")
        patterns = []
        for encoding, spell in _SPELLINGS:
            meanings: dict[bytes, str] = {}
            for string in strings:
                for spelled in spell(string.lower().encode()):
                    meanings.setdefault(spelled.lower(), string)
            if meanings:
                patterns.append((encoding, _pattern(sorted(meanings)), meanings))
        return _Needles(tuple(patterns))

    def search(self, content: bytes) -> Iterator[tuple[str, str]]:
        lowered = content.lower()
        for encoding, pattern, meanings in self.patterns:
            for spelled in sorted(set(pattern.findall(lowered))):
                yield meanings[spelled], encoding


def _pattern(words: list[bytes]) -> re.Pattern[bytes]:
    """Return a pattern with the words' common beginning in front, which re searches fast."""
    ends = zip(words[0], words[-1], strict=False)  # of sorted words, these share what all share
    start = words[0][: sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], ends))]
    rests = b"|".join(re.escape(word[len(start) :]) for word in reversed(words))
    return re.compile(re.escape(start) + b"(?:" + rests + b")")


def _base64(word: bytes) -> Iterator[bytes]:
    for shift in range(3):
        coded = base64.b64encode(b"\0" * shift + word)
        # The characters at both ends depend on what stands around the word.
        yield coded[(0, 2, 3)[shift] : (len(word) + shift) * 4 // 3]


_SPELLINGS: tuple[tuple[str, Callable[[bytes], Iterable[bytes]]], ...] = (
    ("utf-8", lambda word: (word,)),
    ("utf-16", lambda word: (b"\0".join(word[i : i + 1] for i in range(len(word))),)),
    ("utf-32", lambda word: (b"\0\0\0".join(word[i : i + 1] for i in range(len(word))),)),
    ("base64", _base64),
    ("hex", lambda word: (word.hex().encode(),)),
)


def _unpacked(content: bytes, way: str, depth: int) -> Iterator[tuple[str, bytes]]:
    """Yield these bytes and all that is packed in them."""
    yield way, content
    if depth >= _DEEPEST:
        return
    for kind, marked, unpack in _CONTAINERS:
        if not marked(content):
            continue
        for name, inner in unpack(content):
            yield from _unpacked(inner, f"{way}!{name or kind}".lstrip("!"), depth + 1)


def _zip(content: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                if not entry.flag_bits & 1 and not entry.is_dir():
                    yield entry.filename, archive.read(entry)
    except (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError):
        return


def _whole(stream: BinaryIO, *damage: type[Exception]) -> Iterator[tuple[str, bytes]]:
    """Yield all that a stream gives; what comes before a damage is searched all the same."""
    whole = bytearray()
    with contextlib.suppress(OSError, EOFError, zlib.error, *damage):
        while chunk := stream.read(1 << 16):
            whole += chunk
    yield "", bytes(whole)


def _gzip(content: bytes) -> Iterator[tuple[str, bytes]]:
    return _whole(cast("BinaryIO", gzip.GzipFile(fileobj=io.BytesIO(content))))


def _bz2(content: bytes) -> Iterator[tuple[str, bytes]]:
    return _whole(cast("BinaryIO", bz2.BZ2File(io.BytesIO(content))))


def _xz(content: bytes) -> Iterator[tuple[str, bytes]]:
    return _whole(cast("BinaryIO", lzma.LZMAFile(io.BytesIO(content))), lzma.LZMAError)


def _zstd(content: bytes) -> Iterator[tuple[str, bytes]]:
    import zstandard

    reader = zstandard.ZstdDecompressor().stream_reader(content, read_across_frames=True)
    return _whole(cast("BinaryIO", reader), zstandard.ZstdError)


def _parquet(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the values of each row group, written again without compression or dictionary."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(io.BytesIO(content))
        for group in range(file.num_row_groups):
            plain = io.BytesIO()
            rows = file.read_row_group(group)
            pq.write_table(rows, plain, compression="none", use_dictionary=False)
            # Without its magic number, lest it be unpacked again.
            yield f"row group {group}", plain.getvalue()[4:]
    except pa.ArrowException:
        return


def _duckdb(content: bytes) -> Iterator[tuple[str, bytes]]:
    import duckdb

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "copy.duckdb"
        path.write_bytes(content)
        try:
            with duckdb.connect(str(path), read_only=True) as connection:
                named = (
                    "SELECT table_schema, table_name FROM information_schema.tables ORDER BY ALL"
                )
                for schema, name in connection.execute(named).fetchall():
                    with contextlib.suppress(duckdb.Error):  # a view whose files are elsewhere
                        rows = connection.execute(f'SELECT * FROM "{schema}"."{name}"').fetchall()  # noqa: S608
                        yield name, repr(rows).encode("utf-8", "replace")
        except duckdb.Error:
            return


def _png(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the compressed texts."""
    at = 8
    while at + 8 <= len(content):
        length, kind = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        data = content[at + 8 : at + 8 + length]
        if kind in (b"zTXt", b"iTXt"):
            for start in (i + 1 for i, byte in enumerate(data) if byte == 0):
                with contextlib.suppress(zlib.error):
                    yield kind.decode(), zlib.decompressobj().decompress(data[start:].lstrip(b"\0"))
        at += length + 12


_CONTAINERS: tuple[
    tuple[str, Callable[[bytes], bool], Callable[[bytes], Iterator[tuple[str, bytes]]]], ...
] = (
    ("zip", lambda content: zipfile.is_zipfile(io.BytesIO(content)), _zip),
    ("gzip", lambda content: content.startswith(b"\x1f\x8b"), _gzip),
    ("bzip2", lambda content: content.startswith(b"BZh"), _bz2),
    ("xz", lambda content: content.startswith(b"\xfd7zXZ\0"), _xz),
    ("zstd", lambda content: content.startswith(b"\x28\xb5\x2f\xfd"), _zstd),
    ("parquet", lambda content: content.startswith(b"PAR1"), _parquet),
    ("duckdb", lambda content: content[8:12] == b"DUCK", _duckdb),
    ("png", lambda content: content.startswith(b"\x89PNG"), _png),
)
