"""State on disk: written aside, synced and renamed, so that no half-written output is ever seen."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec

from uptake.model.errors import UptakeError

CHUNK = 1 << 20


def sha256(path: Path) -> str:
    """Return the hex digest of a file, read in chunks."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fingerprint(*parts: object) -> str:
    """Return 16 hex digits that change with any of the parts.

    >>> fingerprint("a", 1) == fingerprint("a", 1) != fingerprint("a", 2)
    True
    """
    encoded = msgspec.json.encode(parts, order="deterministic")
    return hashlib.blake2b(encoded, digest_size=8).hexdigest()


@contextmanager
def file_aside(target: Path) -> Iterator[BinaryIO]:
    """Give a file to write into that takes the place of ``target`` when the block ends well.

    A symbolic link stays, and the file that it names is replaced. What is no regular file (a
    pipe, a device) is written through: a file in its place would be no pipe any more.
    """
    if target.exists() and not target.is_file():
        with target.open("wb") as through:
            yield through
        return
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with aside.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old bytes or the new ones, never a part."""
    with file_aside(path) as file:
        file.write(data)
    _sync_folder(path.parent)


def append_line(path: Path, line: bytes) -> None:
    """Append a line and wait until it is on disk.

    A line that an interrupted write left unfinished is closed first, so that it spoils no other.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                line = b"\n" + line
        file.write(line + b"\n")
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def folder_aside(target: Path) -> Iterator[Path]:
    """Give a folder to write into that takes the place of ``target`` when the block ends well.

    An error inside the block leaves ``target`` as it was. A symbolic link to a folder stays, and
    the folder that it names is replaced.

    Raises:
        UptakeError: ``target`` is there and is no folder.
    """
    if target.exists() and not target.is_dir():
        raise UptakeError(f"{target}: is there already and is no folder; name another one")
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.new")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    try:
        yield aside
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    _sync_tree(aside)
    old = target.with_name(f".{target.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    aside.rename(target)
    _sync_folder(target.parent)
    shutil.rmtree(old, ignore_errors=True)


def _sync_tree(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:  # pragma: no cover (some network file systems refuse it)
        pass
    finally:
        os.close(handle)


class Lock(msgspec.Struct, frozen=True):
    """Who holds a build folder."""

    pid: int
    host: str


@contextmanager
def one_writer(folder: Path) -> Iterator[None]:
    """Hold a folder for the length of a block; a second writer is refused.

    What holds it is the system's lock on ``lock.json``, which ends with its process however that
    ends. The file's pid and host are for people to read, and for another host that sees the same
    files: whether locks reach across hosts can not be known, so its file is explained and left.

    Raises:
        UptakeError: Somebody else holds it.
    """
    import socket

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "lock.json"
    mine = Lock(pid=os.getpid(), host=socket.gethostname())
    handle = _locked(path)
    try:
        holder = _holder(path)
        if holder and holder.host != mine.host:
            raise _held(path, holder)
        os.ftruncate(handle, 0)
        os.pwrite(handle, msgspec.json.encode(mine), 0)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)  # while it is held: who has opened it will look anew
    finally:
        os.close(handle)


def _locked(path: Path) -> int:
    """Open a file and lock it; not one that a writer who ended in between has deleted."""
    while True:
        handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o666)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_file(handle, path):
                return handle
        except BlockingIOError:
            os.close(handle)
            raise _held(path, _holder(path)) from None
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _is_file(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _holder(path: Path) -> Lock | None:
    """Return who wrote a lock; None if it is not, or only half, written."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Lock)
    except (msgspec.DecodeError, FileNotFoundError):
        return None


def _held(path: Path, holder: Lock | None) -> UptakeError:
    who = f"process {holder.pid} on {holder.host}" if holder else "another process"
    return UptakeError(
        f"{path}: {who} is building here; wait for it, or, if that process is gone and was on "
        "another host, delete the file"
    )
