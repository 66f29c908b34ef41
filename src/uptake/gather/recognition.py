"""What kind of document a file is: by its content where that tells, else by its extension."""

import codecs
import re
from pathlib import PurePosixPath

from uptake.gather.reasons import NotADocumentError

SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
}
"""Kinds by extension; content that tells its kind stands before it."""

_OTHERS = (
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "rich text"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"II*\x00", "an image"),
    (b"MM\x00*", "an image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"AT&TFORM", "a DjVu scan"),
)
_HTML = re.compile(
    r"(?:\s|<!--.*?-->|<\?xml[^>]*\?>)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_HEAD = 4096


def recognise(data: bytes, name: str) -> str:
    """Return the name of the extractor for a file.

    >>> recognise(b"%PDF-1.7 ...", "report.txt"), recognise(b"# Plan", "plan.md")
    ('pdf', 'markdown')

    Raises:
        NotADocumentError: It is empty, of another kind, or its extension says nothing.
    """
    if not data.strip():
        raise NotADocumentError("document-without-text", "the file is empty")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    for mark, what in _OTHERS:
        if data.startswith(mark):
            raise NotADocumentError(
                "document-format", f"is {what}; save it as PDF, HTML, Markdown or text"
            )
    if _HTML.match(_head(data)):
        return "html"
    suffix = PurePosixPath(name).suffix.lower()
    kind = SUFFIXES.get(suffix)
    if kind is None or kind == "pdf":
        known = ", ".join(SUFFIXES)
        reason = "is no PDF" if kind else f"has the extension {suffix[:12]!r}"
        raise NotADocumentError("document-format", f"{reason}; known are {known}")
    return kind


def _head(data: bytes) -> str:
    head = data[:_HEAD]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")
