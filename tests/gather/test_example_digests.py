"""The example's documents: digests in our own words, marked as such, dated only where stated."""

import re
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from uptake.gather import gather_document
from uptake.model.evidence import Document
from uptake.model.issue import Issue

FOLDER = files("uptake.catalog") / "examples" / "central-asia" / "documents"
WANTED = {
    "ankasam-central-asia.md": (
        "USD 1 billion", "2025", "24", "10", "EUR 400 million", "EUR 850 million", "more than 100",
        "26 to 30 September 2025", "DataVolt", "2024", "2026", "Uzum", "EUR 1.38 billion",
        "Digital Bridge", "3 October 2025", "Most universities",
    ),
    "gulf-observer-kazakhstan-openai.md": (
        "Zhaslan Madiyev", "Valerie Focke", "ChatGPT Edu", "42%", "about 32%", "26%", "36.2%",
        "35.8%", "72%",
    ),
    "azerbaijan-explainer.md": ("on trial", "Baku", "Digital Azerbaijan", "expected"),
}  # fmt: skip


@pytest.fixture(scope="module")
def digests() -> dict[str, tuple[Document, str]]:
    """The three documents of the example."""
    out = {}
    with as_file(FOLDER) as folder:
        for path in sorted(folder.glob("*.md")):
            found = gather_document(path, name=path.name)
            assert not isinstance(found, Issue), found
            out[path.name] = found
    return out


def test_there_are_three_and_each_is_marked_in_its_data_and_in_its_text(
    digests: dict[str, tuple[Document, str]],
) -> None:
    assert set(digests) == set(WANTED)
    for document, text in digests.values():
        assert document.kind == "digest"
        assert "digest in our own words" in text[:200]
        assert document.date is None
        assert document.language == "en"
        assert document.source.producer
        assert document.source.note.startswith("A digest")


def test_each_keeps_the_facts_of_its_source(digests: dict[str, tuple[Document, str]]) -> None:
    for name, facts in WANTED.items():
        text = digests[name][1]
        assert [fact for fact in facts if fact not in text] == []


def test_places_are_those_that_the_digests_name(digests: dict[str, tuple[Document, str]]) -> None:
    assert {name: d.places for name, (d, _) in digests.items()} == {
        "ankasam-central-asia.md": ("KAZ", "UZB"),
        "azerbaijan-explainer.md": ("AZE",),
        "gulf-observer-kazakhstan-openai.md": ("KAZ",),
    }


def test_no_eight_words_in_a_row_are_the_sources(
    shared: Path, digests: dict[str, tuple[Document, str]]
) -> None:
    runs: set[tuple[str, ...]] = set()
    for path in sorted((shared / "data" / "documents" / "real").glob("*.txt")):
        runs |= _runs(path.read_text(encoding="utf-8"))
    assert len(runs) > 1_000
    for document, text in digests.values():
        assert not _runs(f"{document.title}. {text}") & runs


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + 8]) for i in range(len(words) - 7)}
