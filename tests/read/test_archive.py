"""Archives, guard by guard; the bombs are made here, small, against small limits."""

import gzip
import io
import json
import stat
import struct
import zipfile
from typing import Any

import numpy as np
import pytest
import zstandard

from uptake.model.errors import UnreadableInputError
from uptake.read import Limits

Desk = Any
"""The fixture of conftest.py: writes inputs and reads them."""


def lines(desk: Desk, count: int = 20, start: int = 0) -> bytes:
    made = [desk.records["openai"](f"c{n}", f"text {n}") for n in range(start, start + count)]
    return b"".join(json.dumps(record).encode() + b"\n" for record in made)


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_compressed_files_are_read_whole(desk: Desk, pack: Any) -> None:
    conversations, issues, _ = desk.data(pack(lines(desk)))
    assert len(conversations) == 20
    assert issues == []
    two = pack(lines(desk, 3)) + pack(lines(desk, 3, 3))
    assert len(desk.data(two)[0]) == 6


@pytest.mark.parametrize("pack", [gzip.compress, lambda data: zstandard.compress(data, 1)])
def test_a_truncated_file_keeps_its_good_lines_and_says_so(desk: Desk, pack: Any) -> None:
    noise = np.random.default_rng(1).integers(97, 123, 600_000, np.uint8).tobytes().decode()
    made = [desk.records["openai"](f"c{n}", noise[n * 3000 :][:3000]) for n in range(200)]
    packed = pack(b"".join(json.dumps(record).encode() + b"\n" for record in made))
    conversations, issues, _ = desk.data(packed[: len(packed) * 9 // 10])
    codes = {issue.code for issue in issues}
    assert "truncated-file" in codes
    assert codes <= {"truncated-file", "truncated-record"}
    assert len(conversations) > (175 if pack is gzip.compress else 100)  # blocks of 128 KB


def test_a_damaged_gzip_keeps_what_came_before(desk: Desk) -> None:
    packed = bytearray(gzip.compress(lines(desk, 2000)))
    packed[-6] ^= 0xFF  # the checksum
    conversations, issues, _ = desk.data(bytes(packed))
    assert len(conversations) == 2000
    assert [issue.code for issue in issues] == ["damaged-file"]


def test_other_bytes_after_the_packed_data_are_remarked_on(desk: Desk) -> None:
    conversations, issues, _ = desk.data(gzip.compress(lines(desk)) + b"\x00" * 9 + b"junk")
    assert len(conversations) == 20
    assert [issue.code for issue in issues] == ["trailing-bytes"]


def test_a_bomb_ends_at_the_byte_limit(desk: Desk) -> None:
    limits = Limits(unpacked_bytes=1_000_000)
    bomb = lines(desk) + b" " * 50_000_000 + b"\n" + lines(desk)
    for packed in (gzip.compress(bomb), zstandard.compress(bomb)):
        conversations, issues, _ = desk.data(packed, limits=limits)
        assert len(conversations) == 20
        assert "too-large" in {issue.code for issue in issues}
    conversations, issues, _ = desk.read(desk.zip({"a.jsonl": bomb}), limits=limits)
    assert len(conversations) == 20
    assert "too-large" in {issue.code for issue in issues}


def test_all_members_together_have_a_byte_limit_too(desk: Desk) -> None:
    data = lines(desk)
    path = desk.zip({f"{number}.jsonl": data for number in range(10)})
    conversations, issues, _ = desk.read(path, limits=Limits(unpacked_bytes=len(data) * 3))
    assert len(conversations) == 60
    assert {issue.code for issue in issues} == {"too-large"}


def test_a_suspicious_ratio_is_a_warning_only(desk: Desk) -> None:
    data = lines(desk, 1) + b"\n" * 2_000_000
    conversations, issues, _ = desk.data(gzip.compress(data))
    assert len(conversations) == 1
    assert [(issue.code, issue.severity) for issue in issues] == [("high-ratio", "warning")]


@pytest.mark.parametrize("name", ["../a.jsonl", "/a.jsonl", "x/../../a.jsonl", "..\\a", "C:/a"])
def test_names_that_leave_the_archive_are_refused(desk: Desk, name: str) -> None:
    info = zipfile.ZipInfo("placeholder")
    info.filename = name
    path = desk.folder / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(info, lines(desk))
        archive.writestr("good.jsonl", lines(desk, 2))
    conversations, issues, _ = desk.read(path)
    assert len(conversations) == 2
    assert [issue.code for issue in issues] == ["unsafe-name"]
    assert not (desk.folder.parent / "a.jsonl").exists()


def test_links_are_not_followed(desk: Desk) -> None:
    link = zipfile.ZipInfo("link.jsonl")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = desk.folder / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/hostname")
        archive.writestr("good.jsonl", lines(desk, 2))
    conversations, issues, _ = desk.read(path)
    assert len(conversations) == 2
    assert [issue.code for issue in issues] == ["symlink-member"]


def test_encrypted_members_are_named(desk: Desk) -> None:
    data = bytearray(desk.zip({"a.jsonl": lines(desk)}).read_bytes())
    data[6] |= 1
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    with pytest.raises(UnreadableInputError, match="encrypted-member 1"):
        desk.data(bytes(data))


@pytest.mark.parametrize("name", ["inner.zip", "inner.gz", "inner.zst"])
def test_nested_archives_are_refused(desk: Desk, name: str) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.jsonl", lines(desk))
    packed = {
        "inner.zip": inner.getvalue(),
        "inner.gz": gzip.compress(lines(desk)),
        "inner.zst": zstandard.compress(lines(desk)),
    }[name]
    conversations, issues, _ = desk.read(desk.zip({name: packed, "b.jsonl": lines(desk, 2)}))
    assert len(conversations) == 2
    assert [(issue.code, issue.file) for issue in issues] == [("nested-archive", f"a.zip!{name}")]
    with pytest.raises(UnreadableInputError, match="within gzip"):
        desk.data(gzip.compress(packed))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_two_members_of_one_name_the_first_is_read(desk: Desk) -> None:
    path = desk.folder / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.jsonl", lines(desk, 2))
        archive.writestr("a.jsonl", lines(desk, 3))
    conversations, issues, _ = desk.read(path)
    assert len(conversations) == 2
    assert [issue.code for issue in issues] == ["duplicate-member"]


def overlap_bomb(data: bytes, count: int) -> bytes:
    """A zip whose members all point at the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", data)
    whole = packed.getvalue()
    at = whole.index(b"PK\x01\x02")
    local, central = whole[:at], whole[at : whole.index(b"PK\x05\x06")]
    directory = b"".join(
        central[:46] + bytes([ord("a") + number]) + central[47:] for number in range(count)
    )
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(local), 0)
    return local + directory + end


def test_members_that_share_bytes_are_refused(desk: Desk) -> None:
    bomb = overlap_bomb(b" " * 1_000_000, 20)
    with pytest.raises(UnreadableInputError, match="overlapping-members 20"):
        desk.data(bomb)


def test_a_list_of_too_many_members_is_not_even_read(desk: Desk) -> None:
    path = desk.zip({f"{number}": b"" for number in range(50)})
    with pytest.raises(UnreadableInputError, match="lists 50 members"):
        desk.read(path, limits=Limits(members=49))
    with pytest.raises(UnreadableInputError, match="lists 50 members"):
        desk.read(path, limits=Limits(directory_bytes=100))


def test_an_unsupported_packing_is_named(desk: Desk) -> None:
    path = desk.folder / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.jsonl", lines(desk))
    with pytest.raises(UnreadableInputError, match="unsupported-packing 1"):
        desk.read(path)


def test_a_member_with_a_wrong_checksum_is_read_and_reported(desk: Desk) -> None:
    data = bytearray(desk.zip({"a.jsonl": lines(desk)}).read_bytes())
    data[14] ^= 0xFF
    at = data.index(b"PK\x01\x02")
    data[at + 16] ^= 0xFF
    conversations, issues, _ = desk.data(bytes(data))
    assert len(conversations) == 20
    assert [issue.code for issue in issues] == ["damaged-file"]


def test_a_zip_cut_off_before_its_list_is_read_as_far_as_it_goes(desk: Desk) -> None:
    account = {"id": "user-1", "birth_year": 1990}
    whole = desk.zip(
        {
            "user.json": account,
            "conversations.json": [desk.chatgpt(f"c{n}") for n in range(300)],
            "more.jsonl": lines(desk),
        }
    ).read_bytes()
    cut = whole.index(b"more.jsonl") - 50
    conversations, issues, _ = desk.data(whole[:cut])
    assert len(conversations) > 250
    assert {c.person.id for c in conversations} == {"user-1"}
    assert {issue.code for issue in issues} >= {"truncated-file"}
    # Without its list alone, nothing of the members is lost.
    conversations, issues, _ = desk.data(whole[: whole.index(b"PK\x01\x02")])
    assert len(conversations) == 320
    assert [issue.code for issue in issues] == ["truncated-file"]


def test_an_archive_without_conversations_is_refused(desk: Desk) -> None:
    with pytest.raises(UnreadableInputError, match="an archive of 2 members"):
        desk.read(desk.zip({"a.png": b"\x89PNG....", "b.html": b"<html></html>"}))
