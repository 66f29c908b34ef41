"""The claims of a release, found by id, place and document, and how many stories tell them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from uptake.model.claim import Claim
from uptake.model.evidence import Document
from uptake.model.knowledge import Excerpt
from uptake.model.release import Release

MOST_PRINTED = 0.75
"""Share of a text by others that its sentences may add up to; beyond, quotes stand alone."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Copies of one text are one story and several articles; what they repeat is one claim."""

    stories: int = 0
    articles: int = 0
    claims: int = 0


@dataclass(frozen=True)
class Archive:
    """A release's claims.

    Attributes:
        release: What is published.
        quotes: Claims made ready for pages, by id: several pages show the same (``quotes.quoted``).
    """

    release: Release
    quotes: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """Return the claims by id, in the order of the release."""
        return {claim.id: claim for claim in self.release.knowledge.claims}

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Return the documents by id."""
        return {document.id: document for document in self.release.evidence.documents}

    @cached_property
    def by_place(self) -> dict[str, list[Claim]]:
        """Return the claims of each place; a claim on two stands in both, on none under ``""``."""
        out: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims.values():
            for place in dict.fromkeys(claim.countries) or ("",):
                out[place].append(claim)
        return out

    @cached_property
    def by_document(self) -> dict[str, list[Claim]]:
        """Return the claims of each document, in the order of their quotes."""
        out: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims.values():
            out[claim.doc].append(claim)
        return {doc: sorted(found, key=lambda c: (c.start, c.end)) for doc, found in out.items()}

    @cached_property
    def story(self) -> dict[str, str]:
        """Return the story of each document that is told more than once."""
        return {doc: s.id for s in self.release.knowledge.stories for doc in s.documents}

    @cached_property
    def copies(self) -> dict[str, list[Claim]]:
        """Return by the id of a claim those of its story's other documents that repeat it."""
        out: dict[str, list[Claim]] = defaultdict(list)
        for id, first in self.release.knowledge.copies.items():
            if id in self.claims:
                out[first].append(self.claims[id])
        return out

    def once(self, claims: Iterable[Claim]) -> list[Claim]:
        """Return claims without those that repeat another one of them in a copy of its text."""
        found = list(claims)
        ids = {claim.id for claim in found}
        first = self.release.knowledge.copies
        return [claim for claim in found if first.get(claim.id) not in ids]

    def given(self, ids: Iterable[str]) -> list[Claim]:
        """Return the claims of these ids that are published, each once."""
        return [self.claims[id] for id in dict.fromkeys(ids) if id in self.claims]

    def counts(self, claims: Sequence[Claim]) -> Counts:
        """Count claims, the documents that make them and the stories that these tell."""
        return self._counts({claim.doc for claim in claims}, len(self.once(claims)))

    def counts_of_documents(self, documents: Sequence[Document]) -> Counts:
        """Count documents, with or without claims."""
        found = {document.id for document in documents}
        told = [claim for doc in found for claim in self.by_document.get(doc, ())]
        return self._counts(found, len(self.once(told)))

    def _counts(self, articles: set[str], claims: int) -> Counts:
        return Counts(len({self.story.get(doc, doc) for doc in articles}), len(articles), claims)

    def excerpt(self, claim: Claim) -> Excerpt | None:
        """Return the sentence around a quote; None where none is known, or it may not be printed.

        Printed is what fits the claim, and of a text by others no more than ``MOST_PRINTED``.
        """
        found = self.release.knowledge.excerpts.get(claim.id)
        if found is None or claim.doc in self.reserved:
            return None
        at = claim.start - found.start
        held = at >= 0 and found.text[at : claim.end - found.start] == claim.quote
        return found if held else None

    @cached_property
    def reserved(self) -> frozenset[str]:
        """Return the documents by others whose sentences would add up to most of their text."""
        return frozenset(
            doc
            for doc, document in self.documents.items()
            if document.kind != "digest" and self._printed_share(document) > MOST_PRINTED
        )

    def _printed_share(self, document: Document) -> float:
        length = max((passage.end for passage in document.passages), default=0)
        excerpts = self.release.knowledge.excerpts
        spans = sorted(
            (found.start, found.end)
            for claim in self.by_document.get(document.id, ())
            if (found := excerpts.get(claim.id))
        )
        printed, end = 0, 0
        for start, stop in spans:
            printed += max(0, stop - max(start, end))
            end = max(end, stop)
        return printed / length if length else 0.0


def anchor(claim: Claim) -> str:
    """Return the id of a claim's place on its document's page."""
    return f"claim-{_plain(claim.id)}"


def document_path(document: Document) -> str:
    """Return the path of a document's page."""
    return f"documents/{_plain(document.id)}.html"


def _plain(id: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]", "-", id)
