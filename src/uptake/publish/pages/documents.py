"""Documents: where they come from, and on a page of its own each with the claims that it makes."""

from collections.abc import Iterator
from dataclasses import dataclass

from uptake.model.evidence import Document
from uptake.publish.edition import Edition
from uptake.publish.evidence.archive import document_path
from uptake.publish.evidence.quotes import all_quoted, producer_of, tag, title_of
from uptake.publish.pages import Page
from uptake.publish.tables import linkable


@dataclass(frozen=True, slots=True)
class Listed:
    """One document.

    Attributes:
        title: As stated, else that of its source.
        language: Code, for who reads it aloud; empty if not known.
        kind: ``document`` or ``digest``.
        date: As stated; empty if the document states none.
        producer: Who made its source.
        source: Title of its source.
        url: Where its publisher keeps it; empty if that is no web address.
        licence: Of the source.
        note: What a reader must know.
        file: Name of the file.
        path: Of its page.
        claims: How many claims of it are published.
    """

    title: str
    language: str
    kind: str
    date: str
    producer: str
    source: str
    url: str
    licence: str
    note: str
    file: str
    path: str
    claims: int


def listed(edition: Edition, document: Document) -> Listed:
    """Return one document as pages list it."""
    return Listed(
        title=title_of(document),
        language=tag(document.language),
        kind=document.kind,
        date=document.date or "",
        producer=producer_of(document),
        source=document.source.title,
        url=document.source.url if linkable(document.source.url) else "",
        licence=document.source.licence,
        note=document.source.note,
        file=document.file,
        path=document_path(document),
        claims=len(edition.archive.by_document.get(document.id, ())),
    )


def documents_of(edition: Edition, place: str) -> list[Listed]:
    """Return the documents that name a place, in the order of the release."""
    return [
        listed(edition, document)
        for document in edition.release.evidence.documents
        if place in document.places
    ]


def document_pages(edition: Edition) -> Iterator[Page]:
    """Make the page of each document: its claims in the order of the text, never the text."""
    archive = edition.archive
    for document in edition.release.evidence.documents:
        story = archive.story.get(document.id)
        told = [d for d in edition.release.evidence.documents if archive.story.get(d.id) == story]
        copies = [listed(edition, d) for d in told if story and d.id != document.id]
        yield Page(
            document_path(document),
            "document.html",
            title_of(document),
            {},
            {
                "document": listed(edition, document),
                "stored": document,
                "places_named": [edition.titles.place(place) for place in document.places],
                "language_name": edition.titles.value("language", document.language),
                "quotes": all_quoted(archive, archive.by_document.get(document.id, ())),
                "reserved": document.id in archive.reserved,
                "copies": copies,
            },
        )
