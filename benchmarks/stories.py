"""How well copies are found: texts of a folder, each copied and edited as a desk would edit it.

    python benchmarks/stories.py FOLDER [--copies 20]

A copy loses a share of its sentences, has a new headline, a share of its words changed, and a line
of its own at the end. What is printed is how many copies join their source (recall) and how many of
all joins are right (precision), by how much was edited. Everything is drawn from a fixed seed.
"""

import argparse
import random
import re
from pathlib import Path

import msgspec

from uptake.gather.knowledge.stories import stories
from uptake.model.evidence import Document, Source

SEED = 20261130
EDITS = ((0.0, 0.0), (0.1, 0.05), (0.2, 0.1), (0.3, 0.1), (0.4, 0.1), (0.3, 0.2))
"""Shares of sentences lost and of words changed."""

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_SOURCE = Source(id="", producer="", title="", url="", licence="", citation="")
_BLANK = Document(
    id="",
    file="",
    sha256="",
    text_sha256="",
    extractor="",
    title="",
    date=None,
    language="",
    kind="document",
    source=_SOURCE,
    places=(),
    passages=(),
)


def edited(text: str, lost: float, changed: float, draw: random.Random, pool: list[str]) -> str:
    sentences = [s for s in _SENTENCE.split(text) if draw.random() >= lost]
    words = " ".join(sentences).split(" ")
    words = [draw.choice(pool) if draw.random() < changed else word for word in words]
    headline = " ".join(draw.sample(pool, 7))
    return f"{headline}\n\n{' '.join(words)}\n{' '.join(draw.sample(pool, 12))}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--copies", type=int, default=20)
    given = parser.parse_args()
    texts = {p.stem: p.read_text(encoding="utf-8") for p in sorted(given.folder.glob("*.txt"))}
    known = {s.id for s in stories([_document(name) for name in texts], texts)}
    sources = {name: text for name, text in texts.items() if name in known}
    draw = random.Random(SEED)
    pool = sorted({word for text in texts.values() for word in text.split()})
    print(f"{len(sources)} texts, {given.copies} copies of each")
    for lost, changed in EDITS:
        copies = {
            f"{name}~{n}": edited(text, lost, changed, draw, pool)
            for name, text in sources.items()
            for n in range(given.copies)
        }
        recall, precision = score(sources, copies)
        print(f"  {lost:.0%} of sentences lost, {changed:.0%} of words changed: ", end="")
        print(f"recall {recall:.3f}, precision {precision:.3f}")


def _document(name: str) -> Document:
    date = None if "~" in name else "2026-01-01"
    return msgspec.structs.replace(_BLANK, id=name, date=date)


def score(sources: dict[str, str], copies: dict[str, str]) -> tuple[float, float]:
    """Return the share of copies that join their source, and of joins that are right."""
    both = {**sources, **copies}
    found = stories([_document(name) for name in both], both)
    joins = [(story.id, copy) for story in found for copy in story.documents[1:]]
    home = sum(copy.partition("~")[0] == lead for lead, copy in joins)
    right = sum(copy.partition("~")[0] == lead.partition("~")[0] for lead, copy in joins)
    return home / len(copies), right / max(1, len(joins))


if __name__ == "__main__":
    main()
