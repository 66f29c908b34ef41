"""Reading logs: the same labels and issues, whatever the processes and however files are cut."""

import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.flow.conftest import CONFIG, conversation, write_lines
from tests.flow.test_build import bytes_of, quiet, released

from uptake.flow import logs, pieces
from uptake.flow.logs import Ingest, LogFile, record
from uptake.model.errors import UnreadableInputError
from uptake.model.estimate import Key

Make = Callable[..., Path]
UNLABELLED = CONFIG + '[usage]\nlabeller = "none"\n'


@pytest.fixture
def in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have small files treated as large ones are."""
    monkeypatch.setattr(pieces, "SMALL_FILE", 100)
    monkeypatch.setattr(pieces, "BLOCK", 4_000)
    monkeypatch.setattr(logs, "WORTH_A_POOL", 0)


def ingested(path: Path, jobs: int = 1) -> tuple[pa.Table, logs.LogRecord, bytes]:
    """Return labels by message, the record and the issues of a file."""
    place = path.parent / f"store-{len(list(path.parent.iterdir()))}"
    ingest = Ingest(place / "labels", place / "quarantine", b"k" * 32, "none", jobs=jobs)
    ingest.run([LogFile(path, path.name, "sha", "key")], quiet)
    found = record(place / "labels", "key")
    assert found is not None
    table = pq.read_table(sorted((place / "labels" / "key").glob("*.parquet")))
    issues = (place / "quarantine" / "key" / "issues.jsonl").read_bytes()
    return table.sort_by("message"), found, issues


@pytest.mark.usefixtures("in_blocks")
@pytest.mark.parametrize("config", [CONFIG, UNLABELLED], ids=["labelled", "unlabelled"])
def test_one_process_and_two_give_the_same_bytes_of_a_large_file(
    observatory: Make, config: str
) -> None:
    one, two = observatory("one", config), observatory("two", config)
    released(one, jobs=1)
    released(two, jobs=2)
    assert bytes_of(one) == bytes_of(two)


def test_blocks_give_what_a_whole_file_gives(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path = tmp_path / "a.jsonl"
    write_lines(path, [conversation(n) for n in range(200)])
    with path.open("a", encoding="utf-8") as file:
        file.write('not json\n{"messages": [\n')
    whole = ingested(path)
    request.getfixturevalue("in_blocks")
    assert ingested(path) == whole
    assert whole[1].members == (("a.jsonl", "openai", 200, 400, 2),)
    assert whole[1].rejected == 2


def test_a_file_that_mixes_conversations_with_rows_is_read_as_one(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path = tmp_path / "a.jsonl"
    rows: list[dict[str, object]] = [
        {"text": f"Hello {n}", "user": "u", "conversation": "c", "role": "user", "message": f"m{n}"}
        for n in range(40)
    ]
    write_lines(path, [conversation(0), *rows, *(conversation(n) for n in range(1, 90))])
    whole = ingested(path)
    request.getfixturevalue("in_blocks")
    assert ingested(path) == whole
    (member,) = whole[1].members
    assert member[2:] == (91, 220, 0)


def test_an_array_is_read_in_one_process(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([conversation(n) for n in range(90)]), encoding="utf-8")
    whole = ingested(path)
    request.getfixturevalue("in_blocks")
    assert ingested(path) == whole


def test_a_small_file_that_holds_much_is_read_as_a_large_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.jsonl"
    write_lines(path, [conversation(n) for n in range(90)])
    whole = ingested(path)
    monkeypatch.setattr(pieces, "MOST_ROWS", 50)
    assert ingested(path) == whole


@pytest.mark.usefixtures("in_blocks")
def test_an_unreadable_file_is_named_by_any_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "SMALL_FILE", 1 << 20)
    path = tmp_path / "a.jsonl"
    path.write_text('{"a": 1}\n')
    with pytest.raises(UnreadableInputError, match=r"a\.jsonl: no conversations"):
        ingested(path, jobs=2)


def test_without_labels_only_who_when_and_where_are_published(observatory: Make) -> None:
    folder = observatory("none", UNLABELLED)
    release = released(folder)
    assert {key.facet for key in release.estimates.shares} == {"place", "age_band", "gender"}
    assert release.estimates.get(Key("place", "KAZ", "message_share")).value == pytest.approx(0.5)  # type: ignore[union-attr]
    assert release.estimates.groups["all", "all", "all", "all", "all"].messages == 240
    assert {key[4] for key in release.estimates.groups} == {"all"}
    assert "not labelled" in (folder / "build" / "site" / "methods.html").read_text("utf-8")
    assert (folder / "build" / "site" / "usage.html").is_file()
