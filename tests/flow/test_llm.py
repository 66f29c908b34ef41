"""A language model behind the commands: a file and a build, on a server of this machine."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.endpoint import Response, Server, completion
from tests.endpoint import server as serving
from tests.flow.conftest import CONFIG, conversation, write_lines
from tests.label.llm.conftest import GOOD, server

from uptake.flow import llm
from uptake.flow.build import Built, Options, build
from uptake.label import LABELLERS
from uptake.model.errors import ConfigError, UptakeError
from uptake.model.estimate import Key
from uptake.testing import find, plant

__all__ = ["server", "serving"]

SETTINGS = """
[usage]
labeller = "llm"
[usage.llm]
url = "{url}"
model = "m"
fallback = "{fallback}"
attempts = 1
"""

LIMIT = "[logs]\nquarantine_limit = 1.0\n[tables]"

ROWS: list[dict[str, object]] = [
    {"id": "a", "text": "Translate the letter, my card is 4111 1111 1111 1111"},
    {"id": 7, "text": "shorter", "context": [{"role": "user", "text": "Write me a poem"}]},
    {"text": "Сәлем, қалайсың?"},
    {"id": "no text"},
]


def uptake(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "uptake", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **environment},
    )


def quiet(what: str, done: int, total: int) -> None:
    """Show nothing."""


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_label_asks_a_language_model_once_it_is_told_to(server: Server, tmp_path: Path) -> None:
    write_lines(tmp_path / "in.jsonl", ROWS)
    out = tmp_path / "out.jsonl"
    command = ["label", tmp_path / "in.jsonl", "-o", out, "--labeller", "llm"]
    command += ["--endpoint", server.url, "--model", "m", "--price-in", "2"]
    done = uptake(*command)
    assert done.returncode == 3
    assert "--yes" in done.stderr
    assert "3 of 3 messages" in done.stderr
    assert "USD" in done.stderr
    assert not out.exists()
    assert server.bodies == []
    done = uptake(*command, "--yes")
    assert done.returncode == 2, done.stderr  # one line holds no text
    assert [row["id"] for row in lines(out)] == ["a", 7, 3]
    assert {row["topic"]["value"] for row in lines(out)} == {"translate"}
    assert [row["language"]["value"] for row in lines(out)][::2] == ["en", "kk"]
    assert len(server.bodies) == 3  # the context is not labelled itself
    assert "4111" not in json.dumps(server.bodies)
    assert uptake(*command).returncode == 2  # all is known: nothing to confirm, nothing asked
    assert len(server.bodies) == 3
    for path in (tmp_path / "out.jsonl.llm.sqlite", out):
        assert not any(word in path.read_bytes() for word in (b"letter", b"poem", b"4111"))


@pytest.mark.parametrize("fallback", ["shipped", "none"])
def test_a_message_without_a_valid_answer_falls_back_or_stays_unlabelled(
    server: Server, tmp_path: Path, fallback: str
) -> None:
    def picky(body: dict[str, Any]) -> Response:
        strange = "shorter" in body["messages"][1]["content"]
        return completion("astrology" if strange else json.dumps(GOOD))

    server.answer = picky
    write_lines(tmp_path / "in.jsonl", ROWS[:3])
    out = tmp_path / "out.jsonl"
    done = uptake(
        "label", tmp_path / "in.jsonl", "-o", out, "--labeller", "llm", "--endpoint", server.url,
        "--model", "m", "--fallback", fallback, "--yes", "--cache", tmp_path / "c",
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "in.jsonl, line 2: llm-invalid-answer" in done.stderr
    row = lines(out)[1]
    assert (row["topic"] is None) == (fallback == "none")
    assert row["language"] is not None


def test_another_machine_is_refused_on_the_command_line(tmp_path: Path) -> None:
    write_lines(tmp_path / "in.jsonl", ROWS[:1])
    command = ["label", tmp_path / "in.jsonl", "-o", tmp_path / "o", "--labeller", "llm", "--yes"]
    done = uptake(*command, "--endpoint", "http://192.0.2.1/v1", "--model", "m")
    assert done.returncode == 3
    assert "--allow-remote" in done.stderr
    assert uptake(*command).returncode == 3
    done = uptake(*command, "--endpoint", "http://127.0.0.1:9/v1")
    assert done.returncode == 3
    assert "model" in done.stderr


Make = Callable[..., Path]

KINDS = {
    "thank you": {"intent": "expressing", "work": "personal", "topic": "chitchat"},
    "capital": {"intent": "asking", "work": "study", "topic": "specific_information"},
    "letter": {"intent": "doing", "work": "work", "topic": "write_message"},
}


def by_kind(body: dict[str, Any]) -> Response:
    """Label the three kinds of message of the small observatory as a person would."""
    message = json.loads(body["messages"][1]["content"])["message"]
    return completion(json.dumps(next(v for k, v in KINDS.items() if k in message)))


def run(folder: Path, *, yes: bool = True) -> Built:
    return build(folder, Options(confirm=lambda said: yes), quiet)


def configured(server: Server, fallback: str = "shipped") -> str:
    return CONFIG + SETTINGS.format(url=server.url, fallback=fallback)


def test_a_build_counts_what_the_model_says(observatory: Make, server: Server) -> None:
    server.answer = by_kind
    folder = observatory(config=configured(server))
    with pytest.raises(UptakeError, match="--yes"):
        run(folder, yes=False)
    assert server.bodies == []
    release = run(folder).release
    assert release is not None
    assert release.quality.messages == 240
    share = release.estimates.get(Key("topic", "write_message", "message_share"))
    assert share is not None
    assert share.value == pytest.approx(1 / 3)
    assert "uncorrected" in share.covers
    assert release.labeller["name"] == "llm"
    assert run(folder).release is None
    assert len(server.bodies) <= 240


def test_a_build_that_broke_off_asks_only_for_the_rest(observatory: Make, server: Server) -> None:
    server.answer = by_kind
    folder = observatory(config=configured(server))
    server.script = [completion(json.dumps(GOOD))] * 30 + [Response(401)] * 8
    with pytest.raises(UptakeError, match="401"):
        run(folder)
    broken = len(server.bodies)
    server.script.clear()
    said: list[str] = []

    def confirm(words: str) -> bool:
        said.append(words)
        return True

    build(folder, Options(confirm=confirm), quiet)
    distinct = len({json.dumps(body["messages"][1]) for body in server.bodies})
    assert len(server.bodies) - broken == distinct - 30
    assert f"{distinct - 30} of 240 messages" in said[0]


def test_messages_without_a_label_are_left_out_and_counted(
    observatory: Make, server: Server
) -> None:
    config = configured(server, "none").replace("[tables]", LIMIT)

    def picky(body: dict[str, Any]) -> Response:
        thanks = "thank you" in json.loads(body["messages"][1]["content"])["message"]
        return completion("no") if thanks else by_kind(body)

    server.answer = picky
    release = run(observatory(config=config)).release
    assert release is not None
    met = {code: (n, meaning) for _, code, n, meaning in release.quality.issues}
    n, meaning = met["llm-invalid-answer"]
    assert release.quality.messages == 240 - n
    assert n == 80
    assert meaning


def test_a_model_without_settings_or_on_another_machine_is_refused(
    observatory: Make, server: Server
) -> None:
    with pytest.raises(ConfigError, match=r"\[usage.llm\]"):
        run(observatory(config=CONFIG + '\n[usage]\nlabeller = "llm"\n'))
    away = configured(server).replace("127.0.0.1", "192.0.2.1")
    with pytest.raises(ConfigError, match="allow_remote"):
        run(observatory("away", config=away))
    with pytest.raises(ConfigError, match="concurrency"):
        run(observatory("odd", config=configured(server) + "concurrency = 0\n"))


def test_the_language_model_is_no_labeller_of_plain_text() -> None:
    """``LABELLERS`` take text as it is; who asks a model must go through the masking."""
    assert llm.NAME not in LABELLERS


def test_no_planted_string_is_in_a_build_with_a_language_model(
    server: Server, tmp_path: Path
) -> None:
    folder = tmp_path / "observatory"
    folder.mkdir()
    config = configured(server).replace("[tables]", LIMIT)
    (folder / "observatory.toml").write_text(config, encoding="utf-8")
    planted = plant(folder / "logs", np.random.default_rng(11))
    write_lines(folder / "logs" / "more.jsonl", [conversation(n) for n in range(40)])
    server.answer = lambda body: completion(body["messages"][1]["content"])
    done = uptake("build", folder, "--yes")
    assert done.returncode in {0, 2}, done.stderr
    assert len(server.bodies) > 40
    (tmp_path / "said.txt").write_text(done.stdout + done.stderr, encoding="utf-8")
    strings = [c.string for c in planted]
    assert find([folder / "build", tmp_path / "said.txt"], strings) == []
