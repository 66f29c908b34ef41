"""PDF: the text of each page by PDFium, words whole again, paragraphs found by their lines' places.

Pages are parted by a form feed, so that a passage can be traced to its page.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from itertools import pairwise
from typing import Any, NamedTuple

from uptake.gather.extract.extracted import Extracted
from uptake.gather.extract.text import first_line
from uptake.gather.reasons import NotADocumentError
from uptake.model.errors import MissingExtraError

MOST_PAGES = 5_000
_PASSWORD = 4
"""PDFium's code for a file that opens with a password only."""
_SCAN = 10
"""A page of text has more letters than this; a scan has none, or a stamp's."""

_GAP = 1.35
"""So many times the usual drop from line to line parts paragraphs."""

_HYPHEN = "\ufffe"
"""What PDFium leaves of a hyphen at the end of a line, the two parts of the word joined by it."""
_PARTED = re.compile(r"([^\W\d_]+)\ufffe([^\W\d_]+)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CONTROLS = re.compile("[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]")
_JUNK_TITLE = re.compile(
    r"(?:microsoft \w+ - .*|untitled.*|document\d*|.*\.(?:docx?|pdf|indd|qxd|rtf|odt|tex|pptx?))",
    re.IGNORECASE,
)


class _Line(NamedTuple):
    """A line of a page and the box of its signs, in points; no box where PDFium gives none."""

    text: str
    box: tuple[float, float, float, float] | None


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
        pages = list(_pages(document))
        title = _title(document)
    except (pypdfium2.PdfiumError, ValueError):
        raise NotADocumentError("document-damaged", "PDFium can not read its pages") from None
    finally:
        document.close()
    text = _whole_words("\n\f\n".join(pages))
    letters = sum(sign.isalpha() for sign in text)
    if letters <= _SCAN * max(1, len(pages)):
        raise NotADocumentError(
            "document-without-text", f"{len(pages)} pages without text: recognise its text first"
        )
    if not title or _JUNK_TITLE.fullmatch(title):
        title = first_line(text)
    return Extracted(text.strip() + "\n", f"pypdfium2 {version('pypdfium2')}", title=_clean(title))


def _title(document: Any) -> str:
    """Return the title in a file's metadata, empty if its bytes are no text."""
    try:
        return str(document.get_metadata_value("Title") or "").strip()
    except UnicodeDecodeError:
        return ""


def _pages(document: Any) -> Iterator[str]:
    if len(document) > MOST_PAGES:
        raise NotADocumentError(
            "document-too-large", f"{len(document):,} pages; the limit is {MOST_PAGES:,}"
        )
    for number in range(len(document)):
        page = document[number]
        textpage = page.get_textpage()
        try:
            yield _paragraphs(_lines(textpage))
        finally:
            textpage.close()
            page.close()


def _lines(textpage: Any) -> list[_Line]:
    from pypdfium2 import raw

    text: str = textpage.get_text_range()
    signs = textpage.count_chars()
    lines: list[_Line] = []
    index = 0
    for printed in text.split("\r\n"):
        length = len(printed.encode("utf-16-le", "surrogatepass")) // 2
        stripped = printed.strip()
        first = index + len(printed) - len(printed.lstrip())
        box = None
        if stripped and index + length <= signs:
            last = first + len(stripped.encode("utf-16-le", "surrogatepass")) // 2 - 1
            if raw.FPDFText_GetUnicode(textpage, first) == ord(stripped[0]) and last < signs:
                box = _box(textpage, first, last)
        lines.append(_Line(_clean(stripped), box))
        index += length + 2
    return lines


def _box(textpage: Any, first: int, last: int) -> tuple[float, float, float, float]:
    """Return the box of a line; a bullet or a quote at its end does not stand for its height."""
    boxes = [textpage.get_charbox(n, loose=True) for n in (first, (first + last) // 2, last)]
    tallest = max(boxes, key=lambda box: box[3] - box[1])
    return boxes[0][0], tallest[1], boxes[2][2], tallest[3]


def _clean(text: str) -> str:
    return _CONTROLS.sub("", text)


class _Layout(NamedTuple):
    """What is usual on a page.

    Attributes:
        drop: From one line of a paragraph to the next, in points.
        right: Where the longest line ends.
        gapped: Whether gaps part paragraphs; if not, short lines and indents do.
    """

    drop: float
    right: float
    gapped: bool


def _paragraphs(lines: Sequence[_Line]) -> str:
    """Join lines, with a blank line where a paragraph begins."""
    shown = [line for line in lines if line.text]
    drops = sorted(d for a, b in pairwise(shown) if (d := _drop(a, b)) > 0.8 * _height(a))
    usual = drops[len(drops) // 4] if drops else 0.0
    layout = _Layout(
        drop=usual,
        right=max((line.box[2] for line in shown if line.box), default=0.0),
        gapped=any(_GAP * usual < drop < 3 * usual for drop in drops),
    )
    out: list[str] = []
    for number, line in enumerate(shown):
        if number:
            out.append("\n\n" if _begins(shown[number - 1], line, layout) else "\n")
        out.append(line.text)
    return "".join(out)


def _height(line: _Line) -> float:
    return line.box[3] - line.box[1] if line.box else 0.0


def _drop(above: _Line, below: _Line) -> float:
    """Return how far a line lies below another, 0 if not known."""
    return above.box[3] - below.box[3] if above.box and below.box else 0.0


def _begins(above: _Line, line: _Line, layout: _Layout) -> bool:
    """Return whether a paragraph begins with a line: by gap, size of type, or a short line above.

    A line further up than the one before begins a new column, which may go on with a sentence.
    """
    if not above.box or not line.box:
        return False
    ends = above.text.endswith((".", "!", "?", "…", ":", "”", "»", '"'))
    drop = _drop(above, line)
    if drop < 0:
        return ends
    heights = (_height(above), _height(line))
    if max(heights) > 1.15 * min(heights) or drop > max(_GAP * layout.drop, 1.5 * max(heights)):
        return True
    if layout.gapped or not ends:
        return False
    indented = line.box[0] - above.box[0] > 0.6 * heights[1]
    return indented or above.box[2] < layout.right - 0.15 * (layout.right - above.box[0])


def _whole_words(text: str) -> str:
    r"""Undo hyphens at line ends: none, unless the word is written with one elsewhere or looks so.

    >>> _whole_words("digital trans\ufffeformation, e\ufffegovernment, Kara\ufffeBalta")
    'digital transformation, e-government, Kara-Balta'
    """
    if _HYPHEN not in text:
        return text
    written = Counter(word.lower() for word in _WORD.findall(text.replace(_HYPHEN, " ")))

    def joined(match: re.Match[str]) -> str:
        first, second = match.groups()
        whole, parted = (first + second).lower(), f"{first}-{second}".lower()
        looks_so = len(first) == 1 or (second[0].isupper() and not first.isupper())
        hyphen = written[parted] > written[whole] or (looks_so and not written[whole])
        return f"{first}-{second}" if hyphen else first + second

    return _PARTED.sub(joined, text).replace(_HYPHEN, "-")
