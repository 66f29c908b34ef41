import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from uptake.testing import find, plant
from uptake.testing.canaryfiles import FILES

WORD = "zqk3v9wphd2mxtna"
TEXT = f"before {WORD} after".encode()


def _zip(content: bytes, name: str = "inner.txt") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def _tar(content: bytes) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        entry = tarfile.TarInfo("inner.txt")
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
    return buffer.getvalue()


def _parquet(content: bytes) -> bytes:
    buffer = io.BytesIO()
    values = pa.table({"plain": ["x"] * 3, "nested": [[{"text": content.decode()}]] * 3})
    pq.write_table(values, buffer, compression="zstd", use_dictionary=True)
    return buffer.getvalue()


def _png(content: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    text = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(content))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes(13)) + text + chunk(b"IEND", b"")


CONTAINERS: dict[str, Callable[[bytes], bytes]] = {
    "plain": bytes,
    "zip": _zip,
    "gzip": gzip.compress,
    "two gzip members": lambda content: gzip.compress(b"first") + gzip.compress(content),
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "zstd": zstandard.ZstdCompressor().compress,
    "tar.gz": _tar,
    "parquet": _parquet,
    "parquet in zip": lambda content: _zip(_parquet(content), "part.parquet"),
    "zip in gzip in zip": lambda content: _zip(gzip.compress(_zip(content))),
    "png text": _png,
}


@pytest.mark.parametrize("name", sorted(CONTAINERS))
def test_a_string_is_found_in_each_container(tmp_path: Path, name: str) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_bytes(CONTAINERS[name](TEXT))
    found = find([tmp_path], [WORD, "zqanotherwordnotthere"])
    assert {one.string for one in found} == {WORD}
    assert {one.file for one in found} == {tmp_path / "deep" / "file"}


def test_a_compressed_string_is_hidden_from_a_plain_search() -> None:
    hidden = {name for name in CONTAINERS if WORD.encode() not in CONTAINERS[name](TEXT)}
    assert hidden >= {"zip", "gzip", "bzip2", "parquet in zip", "png text"}


@pytest.mark.parametrize(
    ("encoding", "content"),
    [
        ("utf-8", TEXT.upper()),
        ("utf-16", TEXT.decode().encode("utf-16")),
        ("utf-16", TEXT.decode().encode("utf-16-be")),
        ("utf-32", TEXT.decode().encode("utf-32")),
        ("hex", TEXT.hex().encode()),
        ("base64", b64encode(TEXT)),
        ("base64", b64encode(b"x" + TEXT)),
        ("base64", b64encode(b"xy" + TEXT)),
    ],
)
def test_a_string_is_found_in_each_encoding(tmp_path: Path, encoding: str, content: bytes) -> None:
    (tmp_path / "file.bin").write_bytes(b"\x00\xff" + content + b"\xfe")
    assert encoding in {one.encoding for one in find([tmp_path], [WORD])}


def test_a_string_is_found_in_a_database_and_in_file_names(tmp_path: Path) -> None:
    base = tmp_path / "base.duckdb"
    with duckdb.connect(str(base)) as connection:
        connection.execute("CREATE TABLE t AS SELECT range AS n, ? AS word FROM range(9)", [WORD])
        connection.execute("CREATE VIEW v AS SELECT * FROM t")
    (tmp_path / f"{WORD}.txt").touch()
    found = find([tmp_path], [WORD])
    assert ("t", "utf-8") in {(one.member, one.encoding) for one in found}
    assert "name" in {one.encoding for one in found}


def test_names_inside_archives_are_searched(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(_zip(b"nothing", f"{WORD}.txt"))
    assert find([tmp_path / "a.zip"], [WORD])


def test_damaged_containers_are_searched_as_far_as_they_go(tmp_path: Path) -> None:
    content = TEXT + bytes(np.random.default_rng(1).integers(0, 256, 200_000, dtype=np.uint8))
    (tmp_path / "cut.gz").write_bytes(gzip.compress(content)[:-50_000])
    (tmp_path / "cut.parquet").write_bytes(_parquet(TEXT)[:-20])
    (tmp_path / "cut.zip").write_bytes(_zip(TEXT)[:-9])
    (tmp_path / "odd.duckdb").write_bytes(b"\0" * 8 + b"DUCK" + b"\0" * 99)
    (tmp_path / "odd.zst").write_bytes(b"\x28\xb5\x2f\xfd" + b"\xff" * 99)
    assert {one.file.name for one in find([tmp_path], [WORD])} >= {"cut.gz"}


def test_short_or_odd_strings_are_refused() -> None:
    for odd in ("short", "with space inside", "қазақшасөзбар"):
        with pytest.raises(ValueError, match="9 or more ASCII"):
            find([], [odd])


@given(
    before=st.binary(max_size=40),
    after=st.binary(max_size=40),
    word=st.text("abcdefghijk23456789", min_size=9, max_size=20),
)
def test_a_string_is_found_wherever_it_stands(
    tmp_path_factory: pytest.TempPathFactory, before: bytes, after: bytes, word: str
) -> None:
    file = tmp_path_factory.getbasetemp() / "anywhere"
    for coded in (word.encode(), b64encode(before + word.encode() + after)):
        file.write_bytes(before + coded + after)
        assert word in {one.string for one in find([file], [word])}


def test_every_planted_string_is_in_its_file_and_in_no_other(tmp_path: Path) -> None:
    planted = plant(tmp_path, np.random.default_rng(3))
    assert len({one.string for one in planted}) == len(planted) > 150
    found = find([tmp_path], [one.string for one in planted])
    assert {(one.string, one.file.name) for one in found} == {
        (one.string, one.file) for one in planted
    }
    assert {one.file for one in planted} == set(FILES) == {p.name for p in tmp_path.iterdir()}


def test_planting_is_determined_by_its_seed(tmp_path: Path) -> None:
    first = plant(tmp_path / "a", np.random.default_rng(3))
    assert first == plant(tmp_path / "b", np.random.default_rng(3))
    assert {one.string for one in first}.isdisjoint(
        one.string for one in plant(tmp_path / "c", np.random.default_rng(4))
    )
    for name in FILES:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
