"""The key of the pseudonyms comes back while its log file is there, if only as a beginning."""

import hashlib
from pathlib import Path

from uptake.flow.secret import anchored, choose_anchor, find_anchor


def named(path: Path) -> tuple[Path, str]:
    return path, hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_log_that_grows_or_is_renamed_gives_the_same_key(tmp_path: Path) -> None:
    log, small = tmp_path / "log.jsonl", tmp_path / "small.jsonl"
    log.write_bytes(b"line\n" * 40)
    small.write_bytes(b"other\n")
    first = choose_anchor([named(small), named(log)], "", 0)
    assert first is not None
    key = anchored(first)
    assert (key.name, key.size) == (named(log)[1], 200)
    log.rename(tmp_path / "new.jsonl")
    grown = tmp_path / "new.jsonl"
    grown.write_bytes(grown.read_bytes() + b"more\n")
    (tmp_path / "larger.jsonl").write_bytes(b"x" * 1000)
    files = [named(tmp_path / name) for name in ("larger.jsonl", "new.jsonl", "small.jsonl")]
    again = choose_anchor(files, key.name, key.size)
    assert again is not None
    assert again.path == grown
    assert anchored(again) == key


def test_a_log_that_was_rewritten_gives_another_key(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    log.write_bytes(b"line\n" * 40)
    before = anchored(choose_anchor([named(log)], "", 0))  # type: ignore[arg-type]
    log.write_bytes(b"lime\n" * 41)
    assert find_anchor([named(log)], before.name, before.size) is None
    after = choose_anchor([named(log)], before.name, before.size)
    assert after is not None
    assert anchored(after).key != before.key
    assert choose_anchor([], before.name, before.size) is None
