"""Stored documents, tables and judgements to what is published of them."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from uptake import gather
from uptake.config import Config
from uptake.flow.documents import StoredDocument, stored_text
from uptake.flow.excerpts import excerpts
from uptake.model.claim import Claim
from uptake.model.evidence import Document, Observation
from uptake.model.issue import Issue
from uptake.model.knowledge import Knowledge

REGION = "all"


class Texts(Mapping[str, str]):
    """Stored texts by document id, read when they are asked for: they may not all fit in memory."""

    def __init__(self, stored: Path, documents: Sequence[Document]) -> None:
        """Read nothing yet."""
        self._stored = stored
        self._documents = {document.id: document for document in documents}

    def __getitem__(self, key: str) -> str:
        """Read one text."""
        return stored_text(self._stored, self._documents[key])

    def __iter__(self) -> Iterator[str]:
        """Iterate over the ids."""
        return iter(self._documents)

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self._documents)


def judgements_path(folder: Path, config: Config) -> Path:
    """Return where an observatory's judgements lie."""
    return folder / config.documents.judgements


def known(
    folder: Path,
    config: Config,
    stored: Path,
    read: Sequence[StoredDocument],
    claims: Sequence[Claim],
    observations: Sequence[Observation],
) -> tuple[Knowledge, tuple[Issue, ...]]:
    """Return what an observatory's documents claim, as judged, and what is shown of it.

    Args:
        folder: Of the observatory.
        config: Its settings.
        stored: Folder of the stored texts.
        read: All document files.
        claims: Of rules and, if one was asked, of a language model.
        observations: Rows of the tables.
    """
    documents = [each.document for each in read if each.document]
    if not documents:
        return Knowledge(threshold=config.documents.confidence), ()
    judged, issues = gather.load_judgements(judgements_path(folder, config))
    texts = Texts(stored, documents)
    found = gather.knowledge(
        documents, texts, claims, observations, judged, config.documents.confidence
    )
    shown: dict[str, list[Claim]] = {}
    for claim in found.claims:
        shown.setdefault(claim.doc, []).append(claim)
    return (
        msgspec.structs.replace(
            found,
            excerpts=dict(
                excerpt
                for each in read
                if each.document and each.document.id in shown
                for excerpt in excerpts(each, texts[each.document.id], shown[each.document.id])
            ),
            views={
                REGION: gather.views(found, documents),
                **{p: gather.views(found, documents, p) for p in config.region.places},
            },
        ),
        issues,
    )
