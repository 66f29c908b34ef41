"""Documents that name a place: what they are called, by whom, and of when if they say so."""

from dataclasses import dataclass

from uptake.publish.edition import Edition
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


def documents_of(edition: Edition, place: str) -> list[Listed]:
    """Return the documents that name a place, in the order of the release."""
    return [
        Listed(
            title=document.title or document.source.title or document.file,
            language=document.language if document.language.isalpha() else "",
            kind=document.kind,
            date=document.date or "",
            producer=document.source.producer,
            source=document.source.title,
            url=document.source.url if linkable(document.source.url) else "",
            licence=document.source.licence,
            note=document.source.note,
            file=document.file,
        )
        for document in edition.release.evidence.documents
        if place in document.places
    ]
