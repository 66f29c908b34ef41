"""Bytes of a document -> its text, one module a kind of file.

In come the bytes and the encoding that the file beside it names (empty if none); out comes an
``Extracted``, or a ``NotADocumentError`` says why not. A new kind is one module here, a line in
``EXTRACTORS`` and its signs in ``gather.recognition``.
"""

from collections.abc import Callable
from typing import Final

from uptake.gather.extract import html, markdown, pdf, text
from uptake.gather.extract.extracted import Extracted

EXTRACTORS: Final[dict[str, Callable[[bytes, str], Extracted]]] = {
    "text": text.extract,
    "markdown": markdown.extract,
    "html": html.extract,
    "pdf": pdf.extract,
}
"""How each kind of file is read. What is heavy is imported when a file of the kind comes."""

__all__ = ["EXTRACTORS", "Extracted"]
