"""What an extractor makes of a file's bytes."""

from dataclasses import dataclass

from uptake.gather.frontmatter import Stated
from uptake.gather.reasons import NotADocumentError

MOST_SIGNS = 3_000_000
"""Longest text: some 1,500 pages, of which claims take about a minute to find."""


@dataclass(frozen=True, slots=True)
class Extracted:
    r"""Text and what the file states of itself.

    Attributes:
        text: As stored.
        begin: Where in it the document begins, behind a block at its head.
        extractor: Name and version of what made it.
        title: As stated, empty if there is none.
        date: Of publication, ISO, as stated in metadata; None if not stated there.
        producer: As stated in metadata, empty if not.
        url: Likewise.
        stated: The block at its head, None if there is none.
    """

    text: str
    extractor: str
    title: str = ""
    date: str | None = None
    producer: str = ""
    url: str = ""
    stated: Stated | None = None
    begin: int = 0


def refuse_too_long(text: str) -> None:
    """Refuse a text that would take all of a build's time.

    Raises:
        NotADocumentError: It has more than ``MOST_SIGNS``.
    """
    if len(text) > MOST_SIGNS:
        raise NotADocumentError(
            "document-too-large",
            f"{len(text):,} signs of text; the limit is {MOST_SIGNS:,}: split it into parts",
        )
