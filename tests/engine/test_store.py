"""What is on disk is whole, or is not there."""

import os
import subprocess
import sys
from pathlib import Path

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


def test_a_lock_of_a_process_that_is_gone_is_taken_over(tmp_path: Path) -> None:
    code = (
        "import os, pathlib, sys\n"
        "from uptake.engine.store import one_writer\n"
        "with one_writer(pathlib.Path(sys.argv[1])):\n"
        "    os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert (tmp_path / "lock.json").exists()
    with one_writer(tmp_path):
        pass
    assert not (tmp_path / "lock.json").exists()


def test_an_empty_lock_is_a_writer_that_died_at_once(tmp_path: Path) -> None:
    (tmp_path / "lock.json").touch()
    with one_writer(tmp_path):
        pass


def test_an_unfinished_line_spoils_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    append_line(path, b"one")
    with path.open("ab") as file:
        file.write(b"hal")  # as an interrupted write leaves it
    append_line(path, b"two")
    assert path.read_bytes().split(b"\n") == [b"one", b"hal", b"two", b""]
