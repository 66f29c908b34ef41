"""Invented documents and claims, and the constructed development documents where they are."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest

from uptake.gather.claims import identified
from uptake.model.claim import Attribution, Claim, ClaimTime
from uptake.model.evidence import Document, Passage, Source

CONSTRUCTED = Path(__file__).parents[4] / "shared/data/documents/constructed"

MakeDocument = Callable[..., Document]
MakeClaim = Callable[..., Claim]


def document(identifier: str, date: str | None = None, **more: Any) -> Document:
    source = Source(id=identifier, producer="", title="", url="", licence="", citation="")
    made = Document(
        id=identifier,
        file=f"{identifier}.txt",
        sha256="",
        text_sha256="",
        extractor="",
        title="",
        date=date,
        language="en",
        kind="document",
        source=source,
        places=(),
        passages=(),
    )
    return msgspec.structs.replace(made, **more)


def claim(doc: str, quote: str, /, type: Any = "indicator", **more: Any) -> Claim:
    """Make a claim; its ``time`` may be (start, end, relation), other words are its fields."""
    time = more.pop("time", None)
    if isinstance(time, tuple):
        start, end, relation = time
        time = ClaimTime(text=str(start), start=start, end=end, relation=relation)
    own = set(Claim.__struct_fields__)
    fields = {key: more.pop(key) for key in list(more) if key not in own}
    fields |= more.pop("fields", {})
    said = {"start": 0, "end": len(quote), "type": type, "quote": quote, "doc": doc, **more}
    return identified(msgspec.convert({**said, "time": time, "fields": fields}, Claim))


@dataclass(frozen=True)
class Constructed:
    """The constructed development set: claims by their gold id."""

    documents: list[Document]
    texts: dict[str, str]
    claims: dict[str, Claim]
    relations: list[dict[str, str]]

    def gold(self, identifier: str) -> str:
        return next(name for name, found in self.claims.items() if found.id == identifier)

    def related(self, relation: str) -> set[frozenset[str]]:
        return {frozenset((r["a"], r["b"])) for r in self.relations if r["relation"] == relation}


@pytest.fixture(scope="session")
def constructed() -> Constructed:
    if not CONSTRUCTED.is_dir():
        pytest.skip("the constructed development documents are not there")
    documents = [document(r["doc"], r["published"]) for r in _rows("documents")]
    texts = {d.id: (CONSTRUCTED / f"{d.id}.txt").read_bytes().decode("utf-8") for d in documents}
    claims = {row["id"]: _gold(row) for row in _rows("gold")}
    return Constructed(documents, texts, claims, list(_rows("relations")))


def _rows(name: str) -> Iterator[dict[str, Any]]:
    for line in (CONSTRUCTED / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _gold(row: dict[str, Any]) -> Claim:
    said = row["attribution"]
    return identified(
        Claim(
            doc=row["doc"],
            type=row["type"],
            quote=row["quote"],
            start=row["start"],
            end=row["end"],
            countries=tuple(sorted(row["countries"])),
            sectors=tuple(row["sectors"]),
            time=msgspec.convert(row["time"], ClaimTime | None),
            modality=row["modality"],
            attribution=msgspec.convert(said, Attribution) if said else None,
            fields=row["fields"],
            evidence={
                role: tuple(Passage(s["start"], s["end"]) for s in spans)
                for role, spans in row["evidence"].items()
            },
        )
    )
