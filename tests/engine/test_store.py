"""What is on disk is whole, or is not there."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

import pytest

from uptake.engine.store import append_line, folder_aside, one_writer, sha256, write_bytes
from uptake.model.errors import UptakeError


def test_a_failing_writer_leaves_the_old_folder_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "site"
    with folder_aside(target) as aside:
        (aside / "page").write_text("old")

    def fail() -> None:
        with folder_aside(target) as aside:
            (aside / "page").write_text("new")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert (target / "page").read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_a_folder_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "site"
    for name in ("one", "two"):
        with folder_aside(target) as aside:
            (aside / name).write_text(name)
    assert [p.name for p in target.iterdir()] == ["two"]


def test_leftovers_of_a_killed_writer_are_no_part_of_the_next(tmp_path: Path) -> None:
    (tmp_path / ".site.new").mkdir()
    (tmp_path / ".site.new" / "half").write_text("half")
    with folder_aside(tmp_path / "site") as aside:
        (aside / "page").write_text("whole")
    assert [p.name for p in (tmp_path / "site").iterdir()] == ["page"]


def test_write_bytes_replaces_and_leaves_nothing_aside(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "manifest.json"
    write_bytes(path, b"1")
    write_bytes(path, b"2")
    assert path.read_bytes() == b"2"
    assert [p.name for p in path.parent.iterdir()] == ["manifest.json"]


def test_a_link_stays_and_its_file_is_replaced(tmp_path: Path) -> None:
    file, link = tmp_path / "kept" / "file", tmp_path / "link"
    link.symlink_to(file)  # at first it names nothing
    for data in (b"1", b"2"):
        write_bytes(link, data)
        assert link.is_symlink()
        assert file.read_bytes() == data
    assert [p.name for p in file.parent.iterdir()] == ["file"]


def test_a_pipe_is_written_through_and_stays_one(tmp_path: Path) -> None:
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    for path in (pipe, link):
        reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        try:
            write_bytes(path, b"claims")
            assert os.read(reader, 100) == b"claims"
        finally:
            os.close(reader)
    assert pipe.is_fifo()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["link", "pipe"]


def test_a_folder_is_written_behind_its_link_and_in_place_of_nothing_else(tmp_path: Path) -> None:
    folder, link, pipe = tmp_path / "folder", tmp_path / "link", tmp_path / "pipe"
    folder.mkdir()
    link.symlink_to(folder)
    with folder_aside(link) as aside:
        (aside / "page").write_text("whole")
    assert link.is_symlink()
    assert (folder / "page").read_text() == "whole"
    os.mkfifo(pipe)
    with pytest.raises(UptakeError, match="pipe: is there already"), folder_aside(pipe):
        pass
    assert pipe.is_fifo()


def test_sha256_is_that_of_the_tool_of_the_same_name(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"abc" * 100_000)
    tool = subprocess.run(["sha256sum", str(path)], capture_output=True, text=True, check=True)
    assert sha256(path) == tool.stdout.split()[0]


def test_a_second_writer_is_refused_and_told_who_writes(tmp_path: Path) -> None:
    with (
        one_writer(tmp_path),
        pytest.raises(UptakeError, match=rf"process {os.getpid()} "),
        one_writer(tmp_path),
    ):
        pass


HOLD = """
import pathlib, sys
from uptake.engine.store import one_writer
with one_writer(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Run a process that holds a folder until its input ends."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as it:
        assert it.stdout is not None
        assert it.stdout.readline() == "held\n"
        try:
            yield it
        finally:
            it.kill()


def test_a_process_killed_while_it_holds_blocks_nobody(tmp_path: Path) -> None:
    with holder(tmp_path) as it:
        with pytest.raises(UptakeError, match=rf"process {it.pid} "), one_writer(tmp_path):
            pass
        it.send_signal(signal.SIGKILL)
        it.wait()
        assert (tmp_path / "lock.json").exists()
        with one_writer(tmp_path):
            pass
    assert not (tmp_path / "lock.json").exists()


RACE = """
import pathlib, sys
from uptake.engine.store import one_writer
from uptake.model.errors import UptakeError
folder = pathlib.Path(sys.argv[1])
print("ready", flush=True)
for line in sys.stdin:
    try:
        with one_writer(folder):
            (folder / "inside").mkdir()
            (folder / "inside").rmdir()
            said = "entered"
    except UptakeError:
        said = "refused"
    except FileExistsError:
        said = "two inside"
    print(said, flush=True)
"""


def test_of_many_writers_at_a_stale_lock_one_at_a_time_gets_it(tmp_path: Path) -> None:
    """Processes that start together, again and again: never are two inside."""
    here = socket.gethostname().encode()
    with ExitStack() as stack:
        racers = [stack.enter_context(_talking(RACE, tmp_path)) for _ in range(4)]
        for left in (b"", b'{"pid":', b'{"pid":1,"host":"%b"}' % here) * 25:
            (tmp_path / "lock.json").write_bytes(left)
            for to, _ in racers:
                to.write("go\n")
                to.flush()
            said = {back.readline().strip() for _, back in racers}
            assert "entered" in said
            assert said <= {"entered", "refused"}


@contextmanager
def _talking(code: str, folder: Path) -> Iterator[tuple[IO[str], IO[str]]]:
    with subprocess.Popen(
        [sys.executable, "-c", code, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as it:
        assert it.stdin is not None
        assert it.stdout is not None
        assert it.stdout.readline() == "ready\n"
        try:
            yield it.stdin, it.stdout
        finally:
            it.kill()


def test_a_lock_of_another_host_is_explained_and_left(tmp_path: Path) -> None:
    (tmp_path / "lock.json").write_text('{"pid":7,"host":"elsewhere.example"}')
    for _ in range(2):
        with (
            pytest.raises(UptakeError, match=r"process 7 on elsewhere\.example .* delete the file"),
            one_writer(tmp_path),
        ):
            pass
    (tmp_path / "lock.json").unlink()
    with one_writer(tmp_path):
        pass


def test_an_unfinished_line_spoils_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    append_line(path, b"one")
    with path.open("ab") as file:
        file.write(b"hal")  # as an interrupted write leaves it
    append_line(path, b"two")
    assert path.read_bytes().split(b"\n") == [b"one", b"hal", b"two", b""]
