"""uptake desk listens on this machine only, unless told otherwise, and answers until stopped."""

import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from uptake.cli.desk import desk
from uptake.model.errors import ConfigError

EVERY = "0.0.0.0"  # noqa: S104 (it is refused)
CONFIG = """
[observatory]
title = "Test observatory"
[region]
name = "Here"
places = ["KAZ"]
"""


@pytest.fixture
def observatory(tmp_path: Path) -> Path:
    (tmp_path / "observatory.toml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "rail.txt").write_text("A rail pilot opened in 2025.\n")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--host", "192.0.2.7"], "add --allow-remote"),
        (["--host", EVERY], "means every address"),
        (["--host", EVERY, "--allow-remote"], "means every address"),
        (["--host", "::"], "means every address"),
        (["--host", "desk.example"], "give an IP address"),
    ],
)
def test_an_address_that_others_reach_is_refused(
    observatory: Path, arguments: list[str], reason: str
) -> None:
    with pytest.raises(ConfigError, match=re.escape(reason)):
        CliRunner().invoke(desk, [str(observatory), *arguments], catch_exceptions=False)


def test_a_taken_port_is_said_to_be(observatory: Path) -> None:
    import socket

    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        with pytest.raises(ConfigError, match="name another --port"):
            CliRunner().invoke(desk, [str(observatory), "--port", port], catch_exceptions=False)


def test_the_printed_address_opens_the_desk(observatory: Path) -> None:
    command = [sys.executable, "-m", "uptake", "desk", str(observatory), "--jobs", "1"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout
            address = process.stdout.readline().strip()
            assert re.fullmatch(r"http://127\.0\.0\.1:\d+/t/[\w-]{40,}/", address)
            with urllib.request.urlopen(f"{address}?who=Ayla", timeout=30) as answer:  # noqa: S310
                page = answer.read().decode()
            assert "1 documents" in page
            assert (observatory / "build" / "store" / "documents").is_dir()
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=30)
    assert process.returncode == 0
