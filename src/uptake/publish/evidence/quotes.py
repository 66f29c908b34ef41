"""A claim beside the sentence that it rests on, ready for a page."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from uptake.model.claim import Claim
from uptake.model.evidence import Document
from uptake.publish.evidence import wording
from uptake.publish.evidence.archive import Archive, anchor, document_path
from uptake.publish.evidence.wording import Fact

NOT_STATED = "not stated"
"""A source's producer where nobody states one."""

ROOM = 320
"""Characters of a sentence printed on each side of a quote; paragraphs of digests are not cut."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """One claim as shown.

    Attributes:
        id: Of the claim; ``anchor`` is its place on the document's page.
        type: Of the claim, in words.
        subject: What it is about, as its document has it.
        subject_language: Code, where these are the document's words; empty for a name of ours.
        says: What it claims of it, in ours.
        facts: What it tells besides.
        before, after: The sentence around the quote; empty where it may not be printed.
        parts: The quote in parts, and whether each is the stated value: one sentence may state
            several.
        language: Code of the quote's language; empty if not known.
        path: Of the quote in the document's page; empty if the release lacks the document.
        title, title_language: Of the document.
        origin: Producer and date, or that it is undated.
        digest: Whether the document is a summary in other words than its source's.
        status: ``accepted``, also as edited, or ``proposed`` with its confidence.
        again: How many more times the document prints it.
        copies: Path, title, language and origin of its place in each copy of the document.
    """

    id: str
    anchor: str
    type: str
    subject: str
    subject_language: str
    says: str
    facts: tuple[Fact, ...]
    before: str
    parts: tuple[tuple[str, bool], ...]
    after: str
    language: str
    path: str
    title: str
    title_language: str
    origin: str
    digest: bool
    status: str
    again: int
    copies: tuple[tuple[str, str, str, str], ...] = ()

    @property
    def quote(self) -> str:
        """Return the quote as it stands in the text."""
        return "".join(text for text, _ in self.parts)


def quoted(archive: Archive, claim: Claim) -> Quoted:
    """Put a claim beside its sentence."""
    found: Quoted | None = archive.quotes.get(claim.id)
    if found is None:
        found = archive.quotes[claim.id] = _quoted(archive, claim)
    return found


def _quoted(archive: Archive, claim: Claim) -> Quoted:
    document = archive.documents.get(claim.doc)
    before, after = _around(archive, claim, document)
    excerpt = archive.release.knowledge.excerpts.get(claim.id)
    spoken = document.language if document else ""
    called = archive.release.knowledge.called.get(claim.id)
    subject = wording.subject(claim) if called is None else called
    language = tag((excerpt.language if excerpt else "") or spoken)
    printed = f"{claim.quote}\n{excerpt.text if excerpt else ''}".casefold()
    return Quoted(
        id=claim.id,
        anchor=anchor(claim),
        type=wording.counted(claim.type, 1).partition(" ")[2],
        subject=subject,
        subject_language=language if subject.casefold().split(" – ")[0] in printed else "",
        says=wording.says(claim),
        facts=wording.facts(claim),
        before=before,
        parts=_parts(claim),
        after=after,
        language=language,
        path=f"{document_path(document)}#{anchor(claim)}" if document else "",
        title=title_of(document) if document else claim.doc,
        title_language=tag(spoken) if document and document.title else "",
        origin=_origin(document) if document else "document not in this release",
        digest=bool(document and document.kind == "digest"),
        status=_status(archive, claim),
        again=len(claim.also_at),
        copies=tuple(_place(archive, copy) for copy in archive.copies.get(claim.id, ())),
    )


def all_quoted(archive: Archive, claims: Iterable[Claim]) -> list[Quoted]:
    """Put each claim beside its sentence; one that copies of a text repeat stands once."""
    return [quoted(archive, claim) for claim in archive.once(claims)]


def in_turn(archive: Archive, claims: Iterable[Claim]) -> list[Quoted]:
    """Put claims beside their sentences, to be read one after another.

    A sentence that stands around the claim before, too, is not printed again: the quote is.
    """
    out: list[Quoted] = []
    last: tuple[str, int, int] | None = None
    for claim in archive.once(claims):
        found = archive.excerpt(claim)
        around = (claim.doc, found.start, found.end) if found else None
        shown = quoted(archive, claim)
        out.append(replace(shown, before="", after="") if around and around == last else shown)
        last = around
    return out


def _place(archive: Archive, claim: Claim) -> tuple[str, str, str, str]:
    document = archive.documents.get(claim.doc)
    if document is None:
        return "", claim.doc, "", "document not in this release"
    path = f"{document_path(document)}#{anchor(claim)}"
    language = tag(document.language) if document.title else ""
    return path, title_of(document), language, _origin(document)


def title_of(document: Document) -> str:
    """Return a document's title: as stated, else that of its source."""
    return document.title or document.source.title or document.file


def tag(language: str) -> str:
    """Return a language as the attribute ``lang`` takes it; empty if it is not known.

    >>> tag("kk"), tag("other"), tag('"><x')
    ('kk', '', '')
    """
    known = language.replace("-", "").isalnum() and language.isascii()
    return language if known and language not in ("other", "unknown") else ""


def producer_of(document: Document) -> str:
    """Return who published a document, or that nobody states it."""
    named = document.source.producer
    return named if named not in ("", NOT_STATED) else "publisher not stated"


def _origin(document: Document) -> str:
    return f"{producer_of(document)}, {document.date or 'undated'}"


def _parts(claim: Claim) -> tuple[tuple[str, bool], ...]:
    """Cut a quote where its value begins and ends."""
    out, at = [], claim.start
    for span in sorted(claim.evidence.get("value", ()), key=lambda s: s.start):
        if at <= span.start < span.end <= claim.end:
            out += [(span.start, False), (span.end, True)]
            at = span.end
    ends = [*out, (claim.end, False)]
    starts = [claim.start, *(end for end, _ in out)]
    cut = [
        (claim.quote[start - claim.start : end - claim.start], value)
        for start, (end, value) in zip(starts, ends, strict=True)
    ]
    return tuple(part for part in cut if part[0])


def _status(archive: Archive, claim: Claim) -> str:
    status = archive.release.knowledge.status.get(claim.id, "proposed")
    if status != "accepted":
        return f"{status}, confidence {claim.confidence:.2f}"
    edited = claim.id in archive.release.knowledge.edited
    return "accepted, as edited by an analyst" if edited else status


def _around(archive: Archive, claim: Claim, document: Document | None) -> tuple[str, str]:
    """Return what stands before and after a quote in its sentence, of long ones the near part."""
    found = archive.excerpt(claim)
    if found is None:
        return "", ""
    before = found.text[: claim.start - found.start]
    after = found.text[claim.end - found.start :]
    if document is None or document.kind != "digest":
        before = before if len(before) <= ROOM else f"…{before[-ROOM:].partition(' ')[2]}"
        after = after if len(after) <= ROOM else f"{after[:ROOM].rpartition(' ')[0]}…"
    return before, after
