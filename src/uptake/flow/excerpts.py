"""What is printed around a quote: its sentences, and of our own digests the paragraph."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from uptake.flow.documents import StoredDocument
from uptake.model.claim import Claim
from uptake.model.knowledge import Excerpt

LONGEST = 1_500
"""Code points of an excerpt: a page is no copy of somebody's text."""


def excerpts(
    stored: StoredDocument, text: str, claims: Iterable[Claim]
) -> Iterator[tuple[str, Excerpt]]:
    """Yield the excerpt of each of a document's claims, by its id.

    Args:
        stored: The document with its sentences.
        text: Its stored text.
        claims: Of this document.
    """
    document = stored.document
    if document is None:
        return
    own = document.kind == "digest"
    spans = [(p.start, p.end) for p in document.passages]
    if not own and stored.sentences:
        spans = [(start, end) for start, end, _ in stored.sentences]
    starts, ends = [s for s, _ in spans], [e for _, e in spans]
    spoken = [(start, language) for start, _, language in stored.sentences]
    for claim in claims:
        first = bisect_right(ends, claim.start)
        last = bisect_left(starts, claim.end) - 1
        start = min(claim.start, starts[first]) if first < len(starts) else claim.start
        end = max(claim.end, ends[last]) if last >= 0 else claim.end
        if end - start > LONGEST:
            start, end = claim.start, claim.end
        yield (
            claim.id,
            Excerpt(start=start, end=end, text=text[start:end], language=_language(spoken, claim)),
        )


def _language(spoken: list[tuple[int, str]], claim: Claim) -> str:
    number = bisect_right([start for start, _ in spoken], claim.start) - 1
    return spoken[number][1] if number >= 0 else ""
