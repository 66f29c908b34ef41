"""A document as a page shows it: its paragraphs, cut where a quote or its evidence begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from uptake.model.claim import Claim
from uptake.model.evidence import Passage
from uptake.review.sources import Case

AROUND = 6
"""Paragraphs before and after a quote that are shown of a long document."""

LONG = 40
"""Paragraphs from which on a document is shown in part."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: in the quote or not, and what it is evidence of there."""

    text: str
    quoted: bool = False
    roles: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """Paragraphs, each as pieces, and how many were left out before and after."""

    paragraphs: tuple[tuple[Piece, ...], ...]
    before: int = 0
    after: int = 0


def shown(case: Case, claim: Claim, *, whole: bool = False) -> Shown:
    """Return the paragraphs around a claim's quote, or all of them."""
    passages = case.document.passages or (Passage(0, len(case.text)),)
    first, last = _around(passages, claim)
    if whole or len(passages) <= LONG:
        first, last = 0, len(passages)
    return Shown(
        tuple(_cut(case.text, passage, claim) for passage in passages[first:last]),
        first,
        len(passages) - last,
    )


def _around(passages: Sequence[Passage], claim: Claim) -> tuple[int, int]:
    touched = [
        i for i, p in enumerate(passages) if p.start < claim.end and claim.start < p.end
    ] or [0]
    return max(0, touched[0] - AROUND), min(len(passages), touched[-1] + AROUND + 1)


def _cut(text: str, passage: Passage, claim: Claim) -> tuple[Piece, ...]:
    """Cut a paragraph wherever the quote or a span of evidence begins or ends."""
    evidence = [(role, s) for role, spans in claim.evidence.items() for s in spans]
    ends = {passage.start, passage.end, claim.start, claim.end}
    ends |= {at for _, span in evidence for at in (span.start, span.end)}
    cuts = sorted(at for at in ends if passage.start <= at <= passage.end)
    return tuple(
        Piece(
            text[start:end],
            claim.start <= start and end <= claim.end,
            ", ".join(sorted({role for role, s in evidence if s.start <= start and end <= s.end})),
        )
        for start, end in pairwise(cuts)
        if start < end
    )
