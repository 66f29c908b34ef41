"""Files to claims, as the command does: each quote verbatim, and one bad file stops nothing."""

import json
from pathlib import Path
from typing import Any

import pytest

from uptake.flow.claims import Written, write_claims
from uptake.model.errors import ConfigError

ENGLISH = """Kazakhstan opens a data centre

ASTANA, April 14, 2026 - Kazakhstan's Ministry of Energy spent more than 11.4 billion tenge on AI \
in 2025, Deputy Energy Minister Arman Toleubekov said.

Uzbekistan wants at least 70 percent of schools to use the system by 2028.
"""
KEYS = {
    "doc", "type", "quote", "start", "end", "countries", "sectors", "time", "modality",
    "attribution", "fields", "alternatives", "extractor",
}  # fmt: skip


def run(tmp_path: Path, *files: Path, jobs: int = 1) -> tuple[Written, list[dict[str, Any]]]:
    out = tmp_path / "claims.jsonl"
    done = write_claims(files, out, texts=tmp_path / "texts", jobs=jobs, progress=lambda *_: None)
    return done, [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_rows_have_the_documented_keys_and_quote_the_stored_text(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = []
    for number, ends in enumerate((b"\n", b"\r\n")):
        path = written(tmp_path / f"a{number}.txt", ENGLISH.encode().replace(b"\n", ends))
        _, rows = run(tmp_path, path)
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read()
        assert (tmp_path / "texts" / f"a{number}.txt").read_bytes() == path.read_bytes()
        assert rows
        for row in rows:
            assert set(row) >= KEYS
            assert row["doc"] == f"a{number}"
            assert text[row["start"] : row["end"]] == row["quote"]
    values = {(r["fields"]["value"], r["fields"]["currency"], r["fields"]["comparator"],
               r["fields"]["kind"], tuple(r["countries"]))
              for r in rows if r["type"] == "indicator"}  # fmt: skip
    assert (11_400_000_000, "KZT", ">", "actual", ("KAZ",)) in values
    assert (70, None, ">=", "target", ("UZB",)) in values


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.txt", b"", "document-without-text"),
        ("blank.html", b"<html><body></body></html>", "document-without-text"),
        ("scan.pdf", b"%PDF-1.4\n%broken", "document-damaged"),
        ("wrong.txt", "Казахстан планирует".encode("cp1251"), "document-encoding"),
        ("picture.png", b"\x89PNG\r\n\x1a\n0000", "document-format"),
        (
            "german.txt",
            "Das Ministerium hat im Jahr 2025 mehr als 300 Schulen mit künstlicher Intelligenz "
            "ausgestattet, wie der Minister am Dienstag in Berlin mitteilte.".encode(),
            "claims-language",
        ),
    ],
)
def test_a_file_that_gives_nothing_is_an_issue_and_the_others_go_on(
    tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    bad = written(tmp_path / name, data)
    good = written(tmp_path / "good.txt", ENGLISH.encode())
    done, rows = run(tmp_path, bad, good)
    assert [issue.code for issue in done.issues] == [code]
    assert done.issues[0].detail
    assert {row["doc"] for row in rows} == {"good"}


def test_processes_give_the_same_rows(tmp_path: Path) -> None:
    files = [written(tmp_path / f"f{n}.txt", ENGLISH.encode()) for n in range(10)]
    assert run(tmp_path, *files, jobs=2)[1] == run(tmp_path, *files)[1]


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    first, second = written(tmp_path / "a.txt", b"x"), written(other / "a.md", b"x")
    with pytest.raises(ConfigError, match="rename one"):
        run(tmp_path, first, second)


def test_a_document_is_never_written_over(tmp_path: Path) -> None:
    path = written(tmp_path / "claims.jsonl", ENGLISH.encode())
    with pytest.raises(ConfigError, match="is a document itself"):
        run(tmp_path, path)
    assert path.read_bytes() == ENGLISH.encode()


def test_a_text_of_somebody_else_is_never_written_over(tmp_path: Path) -> None:
    page = written(tmp_path / "a.html", f"<p>{ENGLISH}</p>".encode())
    notes = written(tmp_path / "a.txt", b"notes")
    out = tmp_path / "claims.jsonl"
    with pytest.raises(ConfigError, match=r"a\.txt: is there already"):
        write_claims([page], out, texts=tmp_path, jobs=1, progress=lambda *_: None)
    assert notes.read_bytes() == b"notes"
    assert not out.exists()


def test_texts_of_a_former_run_may_stand_there(tmp_path: Path) -> None:
    path = written(tmp_path / "a.html", f"<p>{ENGLISH}</p>".encode())
    assert run(tmp_path, path) == run(tmp_path, path)


def test_no_document_is_written_over_by_the_text_of_another(tmp_path: Path) -> None:
    page = written(tmp_path / "a.html", f"<p>{ENGLISH}</p>".encode())
    (tmp_path / "texts").mkdir()
    other = written(tmp_path / "b.txt", b"x")
    (tmp_path / "texts" / "a.txt").hardlink_to(other)
    with pytest.raises(ConfigError, match="is a document itself"):
        run(tmp_path, page, other)


def test_claims_go_to_standard_output(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = written(tmp_path / "a.txt", ENGLISH.encode())
    _, rows = run(tmp_path, path)
    write_claims([path], None, texts=None, jobs=1, progress=lambda *_: None)
    assert [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()] == rows
