"""One document: its bytes to stored text, passages, language, places and source, or an issue."""

import hashlib
import re
from pathlib import Path

from uptake import catalog
from uptake.gather import dates, frontmatter, language, mentions, passages
from uptake.gather.encodings import refuse_misread
from uptake.gather.extract import EXTRACTORS, Extracted
from uptake.gather.extract.extracted import refuse_too_long
from uptake.gather.extract.html import web_address
from uptake.gather.frontmatter import NOTHING, Stated
from uptake.gather.plain import plain
from uptake.gather.reasons import NotADocumentError
from uptake.gather.recognition import recognise
from uptake.gather.wrapped import unwrapped
from uptake.model.evidence import Document, Source
from uptake.model.issue import Issue

STAGE = "gather"
MOST_BYTES = {"text": 20_000_000, "markdown": 20_000_000, "pdf": 300_000_000}
"""Largest file by kind; ``extract.html`` has its own, smaller limit."""

_LARGEST = max(MOST_BYTES.values())
_SURROGATES = re.compile("[\ud800-\udfff]")
NOT_STATED = "not stated"


def gather_document(path: Path, *, name: str) -> tuple[Document, str] | Issue:
    """Read one document and what the file ``<name>.source.toml`` beside it says of its source.

    The result depends on these two files, the catalogue and the versions of the extractors, on
    nothing else: no clock, no folder, no other document.

    Args:
        path: The file.
        name: Its name as shown, relative to the documents folder.

    Returns:
        The document and its stored text, on which its passages are spans; or the reason why the
        file gives none.

    Raises:
        MissingExtraError: A library for this kind of file is not installed.
    """
    data = b""
    try:
        data = _bytes(path)
        beside = _beside(path)
        kind = recognise(data, name)
        if len(data) > MOST_BYTES.get(kind, _LARGEST):
            raise _too_large(len(data), MOST_BYTES[kind])
        extracted = EXTRACTORS[kind](data, beside.encoding if beside else "")
        return _document(data, name, extracted, beside)
    except NotADocumentError as error:
        sha256 = hashlib.sha256(data).hexdigest() if data else ""
        return Issue(STAGE, name, -1, error.code, error.detail, len(data), sha256)


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise NotADocumentError("document-unreadable", "it is no regular file")
        size = path.stat().st_size
        if size > _LARGEST:
            raise _too_large(size, _LARGEST)
        return path.read_bytes()
    except OSError as error:
        raise NotADocumentError(
            "document-unreadable", error.strerror or type(error).__name__
        ) from None


def _too_large(size: int, limit: int) -> NotADocumentError:
    return NotADocumentError("document-too-large", f"{size:,} bytes; the limit is {limit:,}")


def _beside(path: Path) -> Stated | None:
    sidecar = path.with_name(path.name + frontmatter.SIDECAR)
    try:
        text = sidecar.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise NotADocumentError("document-source", f"{sidecar.name}: {reason}") from None
    except UnicodeDecodeError:
        raise NotADocumentError("document-source", f"{sidecar.name} is not UTF-8") from None
    return frontmatter.from_toml(text, sidecar.name)


def _document(
    data: bytes, name: str, extracted: Extracted, beside: Stated | None
) -> tuple[Document, str]:
    text = _SURROGATES.sub("\ufffd", extracted.text)
    refuse_too_long(text)
    body = unwrapped(plain(text, extracted.begin))
    if not body.strip():
        raise NotADocumentError("document-without-text", "the file holds no text")
    if not extracted.extractor.startswith("pypdfium2"):
        refuse_misread(body)
    stated = beside or extracted.stated or NOTHING
    code = _language(stated, body)
    title = stated.title or extracted.title
    sha256 = hashlib.sha256(data).hexdigest()
    date = stated.date or extracted.date
    if date is None and stated.kind == "document":
        date = stated.source.published or dates.stated(body, code)
    found = {*mentions.named_places(body, code), *mentions.named_places(title, code)}
    document = Document(
        id=sha256[:16],
        file=name,
        sha256=sha256,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        extractor=extracted.extractor,
        title=title,
        date=date,
        language=code,
        kind=stated.kind,
        source=_source(sha256, title or name, date, extracted, stated),
        places=tuple(sorted(found)),
        passages=passages.split(body),
    )
    return document, text


def _language(stated: Stated, text: str) -> str:
    if not stated.language:
        return language.detect(text)
    return stated.language if stated.language in catalog.names("languages") else language.OTHER


def _source(
    sha256: str, title: str, date: str | None, extracted: Extracted, stated: Stated
) -> Source:
    """Return where a document comes from; what nobody states is said not to be stated."""
    origin = stated.source
    producer = origin.producer or extracted.producer or NOT_STATED
    shown = origin.title or title
    published = origin.published or (date if stated.kind == "document" else None)
    when = f" ({published[:4]})" if published else ""
    return Source(
        id=f"document-{sha256[:16]}",
        producer=producer,
        title=shown,
        url=web_address(origin.url) or extracted.url,
        licence=origin.licence or NOT_STATED,
        citation=origin.citation or f"{producer}{when}. {shown}.",
        published=published,
        accessed=origin.accessed,
        sha256=sha256,
        note=origin.note,
    )
