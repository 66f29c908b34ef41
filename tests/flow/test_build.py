"""A build as its user sees it: nothing twice, nothing lost, nothing half."""

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.flow.conftest import CONFIG, conversation, write_lines

from uptake.flow.build import Built, Options, build
from uptake.model.errors import ConfigError, QuarantineError, ReleaseRefusedError, UptakeError
from uptake.model.estimate import Key
from uptake.model.release import Release

Make = Callable[..., Path]


def quiet(what: str, done: int, total: int) -> None:
    """Show nothing."""


def run(folder: Path, **options: object) -> Built:
    return build(folder, Options(**options), quiet)  # type: ignore[arg-type]


def released(folder: Path, **options: object) -> Release:
    release = run(folder, **options).release
    assert release is not None
    return release


def bytes_of(folder: Path) -> dict[str, str]:
    """Return the hash of each published file."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for part in ("release", "site")
        for path in sorted((folder / "build" / part).rglob("*"))
        if path.is_file()
    }


def test_a_build_counts_what_is_in_the_logs(observatory: Make) -> None:
    release = released(observatory())
    assert release.quality.people == 40
    assert release.quality.conversations == 120
    assert release.quality.messages == 240
    group = release.estimates.groups["all", "all", "all", "all", "all"]
    assert (group.people, group.conversations, group.messages) == (40, 120, 240)
    assert release.estimates.groups["KAZ", "all", "all", "all", "all"].people == 20
    shares = [
        release.estimates.get(Key("intent", value, "message_share"))
        for value in ("asking", "doing", "expressing")
    ]
    assert sum(s.value for s in shares if s) == pytest.approx(1)


def test_a_second_build_does_nothing_and_a_new_file_costs_only_its_own_work(
    observatory: Make,
) -> None:
    folder = observatory()
    assert run(folder).new_files == 2
    before = bytes_of(folder)
    again = run(folder)
    assert (again.release, again.new_files) == (None, 0)
    assert bytes_of(folder) == before
    # their months are over and were released: they are counted as the owner says so
    write_lines(folder / "logs" / "c.jsonl", [conversation(n) for n in range(200, 220)])
    more = run(folder, reopen=("all",))
    assert more.new_files == 1
    assert more.release
    assert more.release.quality.people == 40  # the same people as in the files read before
    assert more.release.quality.conversations == 140


def test_a_removed_file_is_no_longer_counted_once_its_months_are_reopened(
    observatory: Make,
) -> None:
    folder = observatory()
    run(folder)
    (folder / "logs" / "a.jsonl").unlink()
    assert released(folder).quality.conversations == 120
    assert released(folder, reopen=("all",)).quality.conversations == 50


def test_copies_within_and_across_files_count_once(observatory: Make) -> None:
    first = released(observatory())
    folder = observatory("copies")
    rows = [conversation(n) for n in range(0, 120, 3)]
    write_lines(folder / "logs" / "copies.jsonl", rows + rows)
    (folder / "logs" / "same-bytes.jsonl").write_bytes((folder / "logs" / "a.jsonl").read_bytes())
    second = released(folder)
    assert second.estimates == first.estimates
    assert second.quality.duplicates == 160


def test_shuffled_lines_renamed_files_and_jobs_give_the_same_figures(observatory: Make) -> None:
    one = observatory("one")
    first = released(one)
    other = observatory("other")
    rows = [conversation(n) for n in range(120)]
    random.Random(3).shuffle(rows)  # noqa: S311 (no secret)
    for old in (other / "logs").iterdir():
        old.unlink()
    write_lines(other / "logs" / "z.jsonl", rows)
    second = released(other, jobs=2, key="another key of some length")
    assert second.estimates == first.estimates


def test_two_builds_of_the_same_inputs_give_the_same_bytes(observatory: Make) -> None:
    one, other = observatory("one"), observatory("other")
    run(one)
    run(other, jobs=2)
    assert bytes_of(one) == bytes_of(other)


@pytest.mark.parametrize("after", [0.8, 1.6, 2.6])
def test_a_killed_build_started_again_gives_the_same_bytes(observatory: Make, after: float) -> None:
    whole, killed = observatory("whole"), observatory("killed")
    run(whole)
    code = (
        "import pathlib, sys\n"
        "from uptake.flow.build import Options, build\n"
        "build(pathlib.Path(sys.argv[1]), Options(), lambda *_: None)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(killed)])
    deadline = time.monotonic() + after
    while process.poll() is None and time.monotonic() < deadline:
        os.sched_yield()
    process.send_signal(signal.SIGKILL)
    process.wait()
    site = killed / "build" / "site"
    assert not site.exists() or (site / "index.html").is_file()
    run(killed)
    assert bytes_of(whole) == bytes_of(killed)
    leftovers = [p for p in (killed / "build").rglob(".*") if p.name.endswith((".new", ".old"))]
    assert leftovers == []


def test_bad_records_are_quarantined_without_their_content(observatory: Make) -> None:
    folder = observatory()
    with (folder / "logs" / "a.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"user": "someone", "messages": [{"role": "user", "content": "sécret\n')
        file.write("not json secretword\n")
    built = run(folder)
    assert built.release
    assert any("unreadable" in warning for warning in built.warnings)
    assert sum(n for stage, _, n, _ in built.release.quality.issues if stage == "read") == 2
    kept = b"".join(p.read_bytes() for p in (folder / "build" / "quarantine").rglob("*.jsonl"))
    assert b"secret" not in kept
    assert b"offset" in kept


def test_above_the_limit_nothing_is_published(observatory: Make) -> None:
    folder = observatory()
    with (folder / "logs" / "a.jsonl").open("a", encoding="utf-8") as file:
        file.write("broken\n" * 30)
    with pytest.raises(QuarantineError, match=r"unreadable.*a\.jsonl"):
        run(folder)
    assert not (folder / "build" / "site").exists()
    assert not (folder / "build" / "release").exists()


def test_a_refused_build_leaves_the_last_site_as_it_was(observatory: Make) -> None:
    folder = observatory()
    run(folder)
    before = bytes_of(folder)
    write_lines(folder / "logs" / "c.jsonl", [{"nothing": n} for n in range(50)])
    with (folder / "logs" / "c.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(conversation(1)) + "\n" + "broken\n" * 40)
    with pytest.raises(QuarantineError):
        run(folder)
    assert bytes_of(folder) == before


def test_a_file_that_no_reader_knows_is_named_and_left_out(observatory: Make) -> None:
    folder = observatory()
    (folder / "logs" / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0 not a log")
    (folder / "logs" / "README.md").write_text("Where these logs come from.")
    built = run(folder)
    assert [w for w in built.warnings if "photo.jpg" in w]
    assert not [w for w in built.warnings if "README" in w]


def test_messages_from_outside_the_region_are_counted_on_the_methods_page(
    observatory: Make,
) -> None:
    release = released(observatory(config=CONFIG.replace('["KAZ", "UZB"]', '["KAZ"]')))
    assert ("tally", "outside-the-region", 120) in [row[:3] for row in release.quality.issues]
    assert release.estimates.groups["all", "all", "all", "all", "all"].people == 20


def test_a_file_whose_name_is_no_utf8_is_read_like_any_other(observatory: Make) -> None:
    folder = observatory()
    (folder / "logs" / "a.jsonl").rename(folder / "logs" / "odd\udcff.jsonl")
    release = released(folder)
    assert release.quality.messages == 240
    assert "odd\\udcff.jsonl" in [row[0] for row in release.quality.files]


def test_a_broken_ledger_refuses(observatory: Make) -> None:
    folder = observatory()
    run(folder)
    ledger = folder / "build" / "ledger.jsonl"
    ledger.write_bytes(ledger.read_bytes()[:-1])
    write_lines(folder / "logs" / "c.jsonl", [conversation(n) for n in range(300, 330)])
    with pytest.raises(ReleaseRefusedError, match="line 2"):
        run(folder)


def test_no_stored_byte_tells_the_key_or_an_id(observatory: Make) -> None:
    folder = observatory()
    passphrase = " ".join(["correct", "horse", "battery", "staple"])
    run(folder, key=passphrase)
    stored = b"".join(p.read_bytes() for p in (folder / "build").rglob("*") if p.is_file())
    assert passphrase.encode() not in stored
    assert b"example.org" not in stored
    unkeyed = hashlib.blake2b(b"user-1@example.org", digest_size=16).digest()
    assert unkeyed not in stored


def test_an_empty_observatory_builds_a_site_without_figures(tmp_path: Path) -> None:
    (tmp_path / "observatory.toml").write_text(CONFIG)
    built = run(tmp_path)
    assert built.site.is_file()
    assert built.release
    assert built.release.quality.messages == 0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('places = ["KAZ", "UZB"]', 'places = ["KAZ", "KAZ"]'), "names a place twice"),
        (('places = ["KAZ", "UZB"]', "places = []"), "at least one place"),
        (('places = ["KAZ", "UZB"]', 'places = ["XXX"]'), "XXX"),
        (("[region]", "[regoin]"), "regoin"),
        (("[tables]", "[privacy]\nmin_people = 3\n[tables]"), "min_people is 3"),
        (("[tables]", "[usage]\nmessages_cap = 0\n[tables]"), "messages_cap is 0"),
        (("[tables]", '[usage]\nsplits = ["planet"]\n[tables]'), "planet"),
        (("[tables]", '[usage]\nlabeller = "nobody"\n[tables]'), "shipped"),
        (('title = "Test observatory"', "title = 3"), "title"),
        (("[region]", "[region"), "TOML|toml|Expected|line"),
    ],
)
def test_a_wrong_setting_is_named_with_its_mend(
    observatory: Make, change: tuple[str, str], message: str
) -> None:
    folder = observatory(config=CONFIG.replace(*change))
    with pytest.raises(UptakeError, match=message):
        run(folder)


def test_a_folder_without_settings_says_how_to_start(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="uptake new"):
        run(tmp_path)
