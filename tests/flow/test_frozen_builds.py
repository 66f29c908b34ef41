"""The differencing game over two internal releases, by the command line: nobody is told by it."""

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.flow.conftest import CONFIG, conversation, write_lines

from uptake.cli import main
from uptake.engine import store
from uptake.flow.build import Built, Options, build
from uptake.model.errors import Exit
from uptake.protect import ledger

SETTINGS = CONFIG + '[usage]\nsplits = ["", "month", "place", "place+month"]\n'

Capture = pytest.CaptureFixture[str]
Row = dict[str, object]


def uptake(*words: object) -> int:
    """Run a command in this process; return its exit state."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["uptake", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
    return int(str(ended.value.code))


def figures(folder: Path) -> dict[str, bytes]:
    """Return the tables of the release in force, without those of what was read and set aside."""
    manifest = json.loads((folder / "build" / "store" / "manifest.json").read_bytes())
    release = folder / "build" / "release" / manifest["release"] / "csv"
    read = {"log-files.csv", "issues.csv"}
    return {path.name: path.read_bytes() for path in release.iterdir() if path.name not in read}


def rows_of(table: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.decode())))


def shown(rows: list[dict[str, str]]) -> dict[tuple[str, ...], tuple[str, str]]:
    """Return what is published of months that are over."""
    return {
        tuple(row[n] for n in ("place", "month", "facet", "value", "measure")): (
            row["share"],
            row["people"],
        )
        for row in rows
        if row["month"] < "2025-05" and row["status"] == "published"
    }


def running(number: int) -> Row:
    """Return a conversation of the month that runs now."""
    return conversation(number) | {"created_at": int(datetime.now(UTC).timestamp()) - 60}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Release months that are over, once for all tests."""
    folder = tmp_path_factory.mktemp("first")
    (folder / "observatory.toml").write_text(SETTINGS, encoding="utf-8")
    rows = [conversation(n) for n in range(120)]
    write_lines(folder / "logs" / "a.jsonl", rows[:90])
    write_lines(folder / "logs" / "b.jsonl", rows[90:])
    assert uptake("build", folder, "--jobs", 1) == Exit.FINE
    return folder


@pytest.fixture(scope="module")
def other(first: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Release them again with the month that runs, and with nobody late or gone."""
    folder = Path(shutil.copytree(first, tmp_path_factory.mktemp("other") / "obs"))
    write_lines(folder / "logs" / "new.jsonl", [running(n) for n in range(300, 312)])
    assert uptake("build", folder, "--jobs", 1) == Exit.FINE
    return folder


@pytest.fixture
def world(first: Path, tmp_path: Path) -> Callable[[str], Path]:
    """Return copies of the first release's observatory."""

    def copied(name: str) -> Path:
        return Path(shutil.copytree(first, tmp_path / name))

    return copied


def left(folder: Path) -> None:
    """One person leaves a log file, as if erased."""
    rows = [conversation(n) for n in range(90, 120) if n % 40 != 15]
    write_lines(folder / "logs" / "b.jsonl", rows)


def late(folder: Path) -> None:
    """One person's messages come late."""
    write_lines(folder / "logs" / "late.jsonl", [conversation(n) for n in (135, 255, 295)])


def removed(folder: Path) -> None:
    (folder / "logs" / "b.jsonl").unlink()


@pytest.mark.parametrize("change", [late, left, removed])
def test_two_worlds_that_differ_in_one_person_have_the_same_figures(
    other: Path, world: Callable[[str], Path], capsys: Capture, change: Callable[[Path], None]
) -> None:
    """Frozen months are as released; totals over all months agree to the byte in both worlds."""
    one = world("one")
    before = figures(one)
    shutil.copy(other / "logs" / "new.jsonl", one / "logs")
    change(one)
    capsys.readouterr()
    assert uptake("build", one, "--jobs", 1) == Exit.FINE_WITH_WARNING
    said = capsys.readouterr().err
    assert f"uptake build {one} --reopen" in said
    assert figures(one) == figures(other)
    after = figures(one)
    assert after["groups.csv"] != before["groups.csv"], "the month that runs came in"
    for name in ("shares-by-month.csv", "shares-by-place-month.csv"):
        then, now = (shown(rows_of(tables[name])) for tables in (before, after))
        assert now.items() <= then.items(), "the same figure or none"
        assert len(now) > len(then) / 2 > 0


def test_a_reopened_month_is_counted_anew_and_every_text_says_so(
    world: Callable[[str], Path], capsys: Capture
) -> None:
    folder = world("obs")
    before = figures(folder)
    late(folder)
    assert uptake("build", folder, "--jobs", 1) == Exit.FINE_WITH_WARNING
    assert figures(folder) == before
    capsys.readouterr()
    assert uptake("build", folder, "--reopen", "2025-03", "--reopen", "2025-02") == 2
    said = capsys.readouterr().err
    assert "late.jsonl: " in said
    assert "of 2025-04" in said
    assert figures(folder) != before
    assert uptake("ledger", folder) == Exit.FINE
    words = capsys.readouterr().out
    assert "Frozen: 2025-02 (60 messages of 2 log files)" in words
    assert "Reopened, to be counted anew: 2025-02, 2025-03." in words
    assert uptake("explain", folder) == Exit.FINE
    words = capsys.readouterr().out
    assert "Frozen: 2025-02 to 2025-04." in words
    assert "counted anew: 2025-02 to 2025-03" in words
    page = (folder / "build" / "site" / "methods.html").read_text(encoding="utf-8")
    assert "2025-02 to 2025-04" in page
    assert "who holds an earlier release can tell" in page
    assert uptake("build", folder) == Exit.FINE, "nothing has changed"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--reopen", "2025-13"), "frozen: 2025-02, 2025-03, 2025-04"),
        (("--reopen", "2025-02", "--mode", "public"), "privacy."),
    ],
)
def test_what_can_not_be_reopened_is_refused(
    first: Path, capsys: Capture, words: tuple[str, ...], said: str
) -> None:
    assert uptake("build", first, *words) == Exit.REFUSED
    assert said in capsys.readouterr().err


def test_a_damaged_record_refuses_even_if_nothing_changed(
    world: Callable[[str], Path], capsys: Capture
) -> None:
    folder = world("obs")
    [path] = (folder / "build" / "store" / "frozen").glob("*.json")
    path.write_bytes(path.read_bytes()[1:])
    assert uptake("build", folder) == Exit.REFUSED
    said = " ".join(capsys.readouterr().err.split())
    assert str(path) in said
    assert "is damaged" in said
    assert f"uptake build {folder} --reopen all" in said


def quiet(what: str, done: int, total: int) -> None:
    """Draw no progress."""


def at(folder: Path, year: int, month: int, *reopen: str) -> Built:
    def now() -> datetime:
        return datetime(year, month, 15, tzinfo=UTC)

    return build(folder, Options(reopen=reopen, now=now), quiet)


def test_a_month_that_has_ended_is_frozen_though_nothing_came(
    world: Callable[[str], Path],
) -> None:
    """And a clock that goes back is refused, as it would leave it open."""
    folder = world("obs")
    shutil.rmtree(folder / "build")
    open_still = at(folder, 2025, 4).release
    assert open_still is not None
    assert open_still.frozen == ("2025-02", "2025-03")
    before = figures(folder)
    assert at(folder, 2025, 4).release is None
    over = at(folder, 2025, 5).release
    assert over is not None
    assert over.frozen == ("2025-02", "2025-03", "2025-04")
    assert figures(folder) == before
    assert at(folder, 2025, 6).release is None
    with pytest.raises(Exception, match="set the clock right"):
        at(folder, 2025, 4)


def test_public_builds_in_between_keep_what_frozen_months_rest_on(
    world: Callable[[str], Path],
) -> None:
    pytest.importorskip("opendp")
    folder = world("obs")
    before = figures(folder)
    (folder / "logs" / "b.jsonl").unlink()
    settings = SETTINGS + '[privacy]\nsince = "2025-02"\nuntil = "2025-04"\nbudget = 1e9\n'
    (folder / "observatory.toml").write_text(settings, encoding="utf-8")
    assert build(folder, Options(mode="public"), quiet).release is not None
    again = build(folder, Options(), quiet).release
    assert again is not None
    assert figures(folder) == before


KILLED = """
import os, pathlib, signal, sys
from uptake.flow import build, frozen
from uptake.protect import ledger
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
def after(of, name):
    known = getattr(of, name)
    setattr(of, name, lambda *given, **more: (known(*given, **more), die()))
after(*{"record": (frozen, "write"), "entry": (ledger, "freeze")}[sys.argv[2]])
build.build(pathlib.Path(sys.argv[1]), build.Options(), lambda *_: None)
"""


@pytest.mark.parametrize("point", ["record", "entry"])
def test_a_build_killed_as_it_freezes_shows_nothing_half_and_loses_nothing(
    first: Path, world: Callable[[str], Path], point: str
) -> None:
    folder = world("killed")
    shutil.rmtree(folder / "build")
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(folder), point], env=os.environ, check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert not (folder / "build" / "release").exists()
    assert not (folder / "build" / "site").exists()
    known = ledger.read(folder / "build" / "ledger.jsonl").entries
    assert len(known) == {"record": 0, "entry": 1}[point]
    late(folder)  # comes before the build is started again
    release = build(folder, Options(), quiet).release
    assert release is not None
    assert release.frozen == ("2025-02", "2025-03", "2025-04")
    assert (figures(folder) == figures(first)) == (point != "record"), "nothing was entered yet"
    records = list((folder / "build" / "store" / "frozen").iterdir())
    assert len(records) == 2
    assert all(store.sha256(path).startswith(path.stem) for path in records)
