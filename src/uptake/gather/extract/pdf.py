"""PDF: the text of each page by PDFium, words and paragraphs whole again, cells and columns apart.

Pages are parted by a form feed, so that a passage can be traced to its page.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from itertools import islice
from typing import Any

from uptake.gather.extract import layout, printed
from uptake.gather.extract.extracted import Extracted
from uptake.gather.extract.printed import HYPHEN, Piece
from uptake.gather.extract.text import first_line
from uptake.gather.language import detect
from uptake.gather.reasons import NotADocumentError
from uptake.model.errors import MissingExtraError

MOST_PAGES = 5_000
_PASSWORD = 4
"""PDFium's code for a file that opens with a password only."""
_SCAN = 10
"""A page of text has more letters than this; a scan has none, or a stamp's."""
_SAMPLE = 400
"""Lines by which the language is told in which the heads of tables state units."""

_PARTED = re.compile(r"([^\W\d_]+)\ufffe([^\W\d_]+)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_JUNK_TITLE = re.compile(
    r"(?:microsoft \w+ - .*|untitled.*|document\d*|.*\.(?:docx?|pdf|indd|qxd|rtf|odt|tex|pptx?))",
    re.IGNORECASE,
)


def extract(data: bytes, encoding: str) -> Extracted:
    """Read a PDF file; ``encoding`` is of no use here.

    Its title is that of its metadata unless a program's file name stands there, else its first
    line. Its metadata's dates are of the file, not of the document, and are not used.

    Raises:
        MissingExtraError: pypdfium2 is not installed.
        NotADocumentError: It is encrypted, damaged, a scan, or has too many pages.
    """
    del encoding
    try:
        import pypdfium2
    except ImportError:
        raise MissingExtraError("reading PDF documents", "documents") from None
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise NotADocumentError("document-encrypted", "save it without a password") from None
        raise NotADocumentError("document-damaged", "PDFium can not open it") from None
    try:
        printed_pages = list(_pages(document))
        title = _title(document)
    except (pypdfium2.PdfiumError, ValueError):
        raise NotADocumentError("document-damaged", "PDFium can not read its pages") from None
    finally:
        document.close()
    language = detect(_sample(printed_pages))
    pages = [layout.text(rows, language) for rows in printed_pages]
    text = _whole_words("\n\f\n".join(pages))
    letters = sum(sign.isalpha() for sign in text)
    if letters <= _SCAN * max(1, len(pages)):
        raise NotADocumentError(
            "document-without-text", f"{len(pages)} pages without text: recognise its text first"
        )
    if not title or _JUNK_TITLE.fullmatch(title):
        title = first_line(text)
    return Extracted(
        text.strip() + "\n", f"pypdfium2 {version('pypdfium2')}", title=printed.clean(title)
    )


def _title(document: Any) -> str:
    """Return the title in a file's metadata, empty if its bytes are no text."""
    try:
        return str(document.get_metadata_value("Title") or "").strip()
    except UnicodeDecodeError:
        return ""


def _sample(pages: Sequence[Sequence[Sequence[Piece]]]) -> str:
    """Return some of a document's text, enough to tell its language."""
    pieces = (piece.text for rows in pages for row in rows for piece in row)
    return " ".join(islice(pieces, _SAMPLE))


def _pages(document: Any) -> Iterator[list[list[Piece]]]:
    if len(document) > MOST_PAGES:
        raise NotADocumentError(
            "document-too-large", f"{len(document):,} pages; the limit is {MOST_PAGES:,}"
        )
    for number in range(len(document)):
        page = document[number]
        textpage = page.get_textpage()
        try:
            yield printed.lines(textpage)
        finally:
            textpage.close()
            page.close()


def _whole_words(text: str) -> str:
    r"""Undo hyphens at line ends: none, unless the word is written with one elsewhere or looks so.

    >>> _whole_words("digital trans\ufffeformation, e\ufffegovernment, Kara\ufffeBalta")
    'digital transformation, e-government, Kara-Balta'
    """
    if HYPHEN not in text:
        return text
    written = Counter(word.lower() for word in _WORD.findall(text.replace(HYPHEN, " ")))

    def joined(match: re.Match[str]) -> str:
        first, second = match.groups()
        whole, parted = (first + second).lower(), f"{first}-{second}".lower()
        looks_so = len(first) == 1 or (second[0].isupper() and not first.isupper())
        hyphen = written[parted] > written[whole] or (looks_so and not written[whole])
        return f"{first}-{second}" if hyphen else first + second

    return _PARTED.sub(joined, text).replace(HYPHEN, "-")
