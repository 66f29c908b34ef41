"""Claims that a language model proposes, beside those of the rules."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from uptake.flow.documents import stored_text
from uptake.flow.llm import Confirm
from uptake.model.claim import Claim
from uptake.model.endpoint import Endpoint
from uptake.model.errors import UptakeError
from uptake.model.evidence import Document
from uptake.model.issue import Issue

CHARACTERS_A_TOKEN = 3.0
"""Rough, over languages: for the estimate only."""


def proposed(
    endpoint: Endpoint,
    stored: Path,
    documents: Sequence[Document],
    ruled: Sequence[Claim],
    confirm: Confirm,
) -> tuple[tuple[Claim, ...], tuple[Issue, ...]]:
    """Return the verified proposals about documents that no rule has made, and what was dropped.

    Args:
        endpoint: Where and how.
        stored: Folder of the stored texts; the answers are kept in it.
        documents: All of them.
        ruled: Claims that rules made.
        confirm: Asked before anything is sent.

    Raises:
        UptakeError: It may not start, or the endpoint can not be used.
    """
    from uptake.gather.llm.extractor import LanguageModelExtractor

    it = LanguageModelExtractor(endpoint, stored / "claims.llm.sqlite")
    claims: list[Claim] = []
    issues: list[Issue] = []
    try:
        requests, characters = it.missing(_with_text(stored, documents))
        if requests and not confirm(_said(endpoint, requests, characters)):
            raise UptakeError("not started: confirm the estimate with --yes")
        for document, text in _with_text(stored, documents):
            found, dropped = it.claims(document, text)
            claims += found
            issues += dropped
    finally:
        it.close()
    return tuple(_further(claims, ruled)), tuple(issues)


def _with_text(stored: Path, documents: Sequence[Document]) -> Iterator[tuple[Document, str]]:
    for document in documents:
        yield document, stored_text(stored, document)


def _said(endpoint: Endpoint, requests: int, characters: int) -> str:
    read = characters / CHARACTERS_A_TOKEN
    where = "this machine" if endpoint.is_local else "another machine, where the documents go"
    price = "no price set"
    if endpoint.price_in:
        price = f"{read * endpoint.price_in / 1e6:,.2f} {endpoint.currency}"
    minutes = requests * endpoint.seconds_per_message / endpoint.concurrency / 60
    return (
        f"{requests:,} requests about documents to {endpoint.model} on {where}: about {read:,.0f} "
        f"tokens in ({price}), about {minutes:,.0f} minutes"
    )


def _further(claims: Iterable[Claim], ruled: Sequence[Claim]) -> Iterator[Claim]:
    """Leave out what a rule has said of the same words."""
    by_place: dict[tuple[str, str], list[Claim]] = {}
    for claim in ruled:
        by_place.setdefault((claim.doc, claim.type), []).append(claim)
    for claim in claims:
        if not any(_same(claim, other) for other in by_place.get((claim.doc, claim.type), ())):
            yield claim


def _same(claim: Claim, other: Claim) -> bool:
    overlap = claim.start < other.end and other.start < claim.end
    return overlap and claim.fields.get("value") == other.fields.get("value")
