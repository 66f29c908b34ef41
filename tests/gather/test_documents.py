"""A file becomes a document with everything that it states, and nothing that it does not."""

import hashlib
import json
import os
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from uptake.gather import CODES, gather_document
from uptake.model.errors import MissingExtraError
from uptake.model.evidence import Document
from uptake.model.issue import Issue

Gather = Callable[..., tuple[Document, str]]
Refuse = Callable[..., Issue]

TEXT = "A plan for schools\n\nKazakhstan will train teachers, and the ministry in Astana pays.\n"
SIDECAR = """
title = "The plan"
date = 2025-10-03
[source]
producer = "A ministry"
title = "Plan for schools"
url = "https://example.org/plan"
licence = "CC BY 4.0"
note = "Draft."
"""


def test_a_document_is_named_by_the_hash_of_its_bytes(gather: Gather) -> None:
    document, text = gather("plan.txt", TEXT)
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    assert (document.id, document.sha256, document.source.sha256) == (sha256[:16], sha256, sha256)
    assert document.text_sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert document.extractor == "text 2"
    assert (document.title, document.language, document.places) == (
        "A plan for schools", "en", ("KAZ",),
    )  # fmt: skip


def test_passages_are_verbatim_stretches_of_the_stored_text(gather: Gather) -> None:
    source = (
        "Ibıd. [iii]\n\n26–30 Sep\u00a0tember:\u00a0“12\u202f480” – İstanbul, ığdır, O‘zbekiston.\n"
    )
    document, text = gather("odd.txt", source)
    assert text == source
    quotes = [text[p.start : p.end] for p in document.passages]
    assert quotes == [
        "Ibıd. [iii]",
        "26–30 Sep\u00a0tember:\u00a0“12\u202f480” – İstanbul, ığdır, O‘zbekiston.",
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"One plan\r\n\r\nTwo plans\rThree plans\r\n",
        b"\xef\xbb\xbfOne plan\n\nTwo plans\nThree plans",
        b"---\r\nlanguage: en\r\n---\r\nOne plan\r\n\r\nTwo plans\r\nThree plans",
    ],
    ids=["line-ends", "mark", "block"],
)
def test_a_text_file_is_stored_as_decoded(gather: Gather, tmp_path: Path, data: bytes) -> None:
    """Spans must hold in the very file, opened with its line ends and its mark kept."""
    path = tmp_path / "kept.txt"
    path.write_bytes(data)
    found = gather_document(path, name="kept.txt")
    assert not isinstance(found, Issue)
    document, text = found
    with path.open(encoding="utf-8", newline="") as file:
        read = file.read()
    assert text == read
    first, last = document.passages[0], document.passages[-1]
    assert document.title == "One plan"
    assert read[first.start : first.end] == "One plan"
    assert read[last.start : last.end].endswith("Three plans")


def test_the_same_file_gives_the_same_document_whatever_its_folder_and_time(
    gather: Gather, tmp_path: Path
) -> None:
    first = gather("plan.txt", TEXT)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    copy = elsewhere / "renamed.txt"
    copy.write_text(TEXT, encoding="utf-8")
    os.utime(copy, (1, 1))
    assert gather_document(copy, name="plan.txt") == first


def test_a_document_without_a_date_has_none(gather: Gather) -> None:
    assert gather("plan.txt", TEXT)[0].date is None
    assert gather("plan.txt", TEXT)[0].source.published is None


def test_what_nobody_states_is_said_not_to_be_stated(gather: Gather) -> None:
    source = gather("plan.txt", TEXT)[0].source
    assert (source.producer, source.licence, source.url) == ("not stated", "not stated", "")
    assert source.title == "A plan for schools"


def test_the_file_beside_a_document_says_where_it_comes_from(gather: Gather) -> None:
    document, _ = gather("plan.txt", TEXT, SIDECAR)
    source = document.source
    assert (document.title, document.date, document.kind) == ("The plan", "2025-10-03", "document")
    assert (source.producer, source.url, source.licence, source.note) == (
        "A ministry", "https://example.org/plan", "CC BY 4.0", "Draft.",
    )  # fmt: skip
    assert source.citation == "A ministry (2025). Plan for schools."
    assert source.published == "2025-10-03"


@pytest.mark.parametrize(
    "block",
    [
        '+++\ntitle = "The plan"\nkind = "digest"\n[source]\nproducer = "A ministry"\n+++\n',
        "---\ntitle: 'The plan'\nkind: digest\ntags:\n - a\nsource:\n  producer: A ministry\n---\n",
    ],
    ids=["toml", "dashes"],
)
def test_a_block_at_its_head_says_so_too_and_is_no_part_of_the_text(
    gather: Gather, block: str
) -> None:
    document, text = gather("plan.md", f"{block}\n{TEXT}")
    assert (document.title, document.kind) == ("The plan", "digest")
    assert document.source.producer == "A ministry"
    assert text.startswith("A plan for schools")


def test_the_file_beside_a_document_stands_before_the_block_at_its_head(gather: Gather) -> None:
    document, text = gather("plan.md", f'+++\ntitle = "Other"\n+++\n{TEXT}', SIDECAR)
    assert document.title == "The plan"
    assert "Other" not in text


def test_a_digest_has_no_date_but_a_stated_one(gather: Gather) -> None:
    text = "Title\n\nAstana, 3 October 2025 - The forum opens, and the minister speaks to it.\n"
    assert gather("a.md", text)[0].date == "2025-10-03"
    assert gather("b.md", f'+++\nkind = "digest"\n+++\n{text}')[0].date is None


def test_a_place_in_the_title_is_named_too(gather: Gather) -> None:
    stated = 'title = "Notes from Tashkent"\nlanguage = "en"'
    assert gather("a.txt", "Nothing else is said.", stated)[0].places == ("UZB",)


@pytest.mark.parametrize(
    ("name", "data", "beside", "code"),
    [
        ("empty.txt", b"", "", "document-without-text"),
        ("blank.md", b" \n\t\n", "", "document-without-text"),
        ("only-block.md", b"+++\ntitle = 'x'\n+++\n", "", "document-without-text"),
        ("latin.txt", "ёж".encode("cp1251"), "", "document-encoding"),
        ("wrong.txt", "ёж".encode("cp1251"), 'encoding = "utf-8"', "document-encoding"),
        ("none.txt", "ёж".encode("cp1251"), 'encoding = "klingon"', "document-encoding"),
        ("misread.txt", "Казахстан".encode("cp1251"), 'encoding = "latin-1"', "document-encoding"),
        ("koi.txt", "Казахстан и".encode("koi8-r"), 'encoding = "cp1251"', "document-encoding"),
        ("cut.txt", b"\xff\xfeK\x00a", "", "document-encoding"),
        ("binary.txt", b"text\x00\x01\x02", "", "document-format"),
        ("paper.docx", b"PK\x03\x04rest", "", "document-format"),
        ("paper.txt", b"PK\x03\x04rest", "", "document-format"),
        ("old.doc", b"\xd0\xcf\x11\xe0rest", "", "document-format"),
        ("photo.md", b"\x89PNGrest", "", "document-format"),
        ("what.xyz", b"text", "", "document-format"),
        ("noname", b"text", "", "document-format"),
        ("not.pdf", b"text", "", "document-format"),
        ("plan.txt", b"text", "title = ", "document-source"),
        ("plan.txt", b"text", 'titel = "x"', "document-source"),
        ("plan.txt", b"text", 'date = "soon"', "document-source"),
        ("plan.txt", b"text", 'date = "2025-02-30"', "document-source"),
        ("plan.txt", b"text", 'kind = "rumour"', "document-source"),
        ("plan.txt", b"text", "[source]\nproducer = 3", "document-source"),
        ("plan.md", b"+++\ntitle = \n+++\ntext", "", "document-source"),
    ],
)
def test_bad_input_is_an_issue_with_its_reason(
    refuse: Refuse, name: str, data: bytes, beside: str, code: str
) -> None:
    issue = refuse(name, data, beside)
    assert (issue.stage, issue.file, issue.code) == ("gather", name, code)
    assert issue.detail
    assert issue.length == len(data)
    assert issue.sha256 == (hashlib.sha256(data).hexdigest() if data else "")
    assert code in CODES


def test_a_file_that_is_not_there_or_may_not_be_read_is_an_issue(tmp_path: Path) -> None:
    found = gather_document(tmp_path / "gone.txt", name="gone.txt")
    assert isinstance(found, Issue)
    assert found.code == "document-unreadable"
    found = gather_document(tmp_path, name="folder.txt")
    assert isinstance(found, Issue)
    assert found.code == "document-unreadable"


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(400_000_000)
    found = gather_document(path, name="huge.txt")
    assert isinstance(found, Issue)
    assert (found.code, found.length) == ("document-too-large", 0)


def test_content_stands_before_the_extension(gather: Gather) -> None:
    page = "<!DOCTYPE html><html><body><p>Kazakhstan builds a data centre.</p></body></html>"
    document, text = gather("saved.txt", page)
    assert document.extractor.startswith(("trafilatura", "lxml"))
    assert "<" not in text


@pytest.mark.parametrize(
    ("name", "data", "module"),
    [
        ("a.html", b"<html><body>x</body></html>", "trafilatura"),
        ("a.pdf", b"%PDF-1.7", "pypdfium2"),
    ],
)
def test_a_missing_library_is_said_with_the_extra_that_brings_it(
    gather: Gather, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, module: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=r"uptake\[documents\]"):
        gather(name, data)


def test_text_and_markdown_need_no_extra(gather: Gather, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("trafilatura", "pypdfium2", "lxml"):
        monkeypatch.setitem(sys.modules, module, None)
    assert gather("a.txt", TEXT)[0].language == "en"
    assert gather("a.md", TEXT)[0].language == "en"


Constructed = list[tuple[dict[str, object], Document, str]]


@pytest.fixture(scope="module")
def constructed(shared: Path) -> Constructed:
    """Twelve invented documents in six languages with their annotations."""
    folder = shared / "data" / "documents" / "constructed"
    out: Constructed = []
    for line in (folder / "documents.jsonl").read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        found = gather_document(folder / f"{said['doc']}.txt", name=f"{said['doc']}.txt")
        assert not isinstance(found, Issue)
        out.append((said, *found))
    return out


def test_offsets_are_those_of_the_annotated_files(shared: Path, constructed: Constructed) -> None:
    gold = shared / "data" / "documents" / "constructed" / "gold.jsonl"
    texts = {said["doc"]: (document, text) for said, document, text in constructed}
    for line in gold.read_text(encoding="utf-8").splitlines():
        claim = json.loads(line)
        document, text = texts[claim["doc"]]
        start, end = claim["start"], claim["end"]
        assert text[start:end] == claim["quote"]
        assert any(p.start <= start < p.end for p in document.passages)


def test_languages_are_those_annotated_and_titles_are_right_or_empty(
    constructed: Constructed,
) -> None:
    exact = 0
    for said, document, _ in constructed:
        assert document.language == said["language"]
        title = said["title"]
        assert isinstance(title, dict)
        assert document.title in (title["quote"], "")
        exact += document.title != ""
    assert exact >= 9


def test_a_date_is_the_stated_one_or_none(shared: Path, constructed: Constructed) -> None:
    dates = [(document.date, said["published"]) for said, document, _ in constructed]
    assert all(found in (stated, None) for found, stated in dates)
    assert sum(found is not None for found, _ in dates) >= 9
    for path in sorted((shared / "data" / "documents" / "real").glob("*.txt")):
        found = gather_document(path, name=path.name)
        assert not isinstance(found, Issue)
        assert found[0].date is None


def test_the_places_that_annotators_found_by_name_are_found(
    shared: Path, constructed: Constructed
) -> None:
    wanted: dict[str, set[str]] = defaultdict(set)
    gold = shared / "data" / "documents" / "constructed" / "gold.jsonl"
    for line in gold.read_text(encoding="utf-8").splitlines():
        claim = json.loads(line)
        if claim.get("country_basis") == "explicit":
            wanted[claim["doc"]] |= set(claim["countries"])
    for said, document, _ in constructed:
        assert wanted[str(said["doc"])] <= set(document.places)
