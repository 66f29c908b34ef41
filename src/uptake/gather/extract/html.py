"""HTML: the main text of a page by trafilatura, and what its metadata state."""

import re
from functools import cache
from importlib.metadata import version
from typing import Any

from uptake.gather.encodings import decode, lines
from uptake.gather.extract import flat, page, tables
from uptake.gather.extract.extracted import Extracted, refuse_too_long
from uptake.gather.reasons import NotADocumentError
from uptake.model.errors import MissingExtraError

MOST_BYTES = 20_000_000
MOST_ELEMENTS = 20_000
DEEPEST = 200
"""The search for the main text takes time with the square of a page's elements, 15 s for so many;
of a larger page, or one nested deeper, all text is taken, 1 s for ten times as many."""

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"\A\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)")
_XML = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_TABLE_RULE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")
_WEB = re.compile(r"https?://[^\s<>\"]+\Z", re.IGNORECASE)
_ROOT = re.compile(r"<(?:html|body)\b", re.IGNORECASE)


def extract(data: bytes, encoding: str) -> Extracted:
    """Read a page.

    Its date is the one of publication in its metadata (meta elements, linked data, microdata);
    trafilatura's own, which may be any date found in the page, is not used.

    Raises:
        MissingExtraError: trafilatura is not installed.
        NotADocumentError: The page is too large, in no stated encoding, or holds no text.
    """
    try:
        import trafilatura
    except ImportError:
        raise MissingExtraError("reading HTML documents", "documents") from None
    if len(data) > MOST_BYTES:
        raise NotADocumentError(
            "document-too-large", f"{len(data):,} bytes of HTML; the limit is {MOST_BYTES:,}"
        )
    source = _XML.sub("", lines(decode(data, encoding or _declared(data))))
    try:
        tree, whole = _parsed(source)
        tables.write_heads_into_rows(tree)
        elements = sum(1 for _ in tree.iter())
        plain = Extracted(
            text=page.text(tree) if whole else flat.text(source),
            extractor=f"lxml {_version('lxml')}",
            title=page.title(tree),
            date=page.date(tree),
        )
        refuse_too_long(plain.text)
        found: Any = None
        if whole and elements <= MOST_ELEMENTS and page.depth(tree) <= DEEPEST:
            found = trafilatura.bare_extraction(
                tree,
                include_comments=False,
                with_metadata=True,
                date_extraction_params={"extensive_search": False, "max_date": "9999-12-31"},
            )
    except NotADocumentError:
        raise
    except Exception as error:
        # Whatever a page does to the libraries, it costs this page only; their words may quote it.
        raise NotADocumentError("document-damaged", f"not parsed: {type(error).__name__}") from None
    if not plain.text.strip() and not (found and found.text):
        raise NotADocumentError("document-without-text", "the page holds no text")
    return _main(found, plain) if found is not None and found.text else plain


def _declared(data: bytes) -> str:
    head = data[:2048]
    match = _XML_ENCODING.search(head) or _CHARSET.search(head)
    return match[1].decode("ascii", "replace") if match else ""


def _parsed(source: str) -> tuple[Any, bool]:
    """Return a page as a tree, and whether all of it is in the tree: it may be nested too deep."""
    from lxml import html  # type: ignore[import-untyped]

    if not _ROOT.search(source):
        source = f"<html><body>{source}</body></html>"
    parser = html.HTMLParser(huge_tree=True)
    tree = html.document_fromstring(source, parser=parser)
    return tree, all(entry.type_name != "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


def _main(found: Any, plain: Extracted) -> Extracted:
    return Extracted(
        text=_paragraphs(found.text),
        extractor=f"trafilatura {_version('trafilatura')}",
        title=_line(found.title) or plain.title,
        date=plain.date,
        producer=_line(found.sitename),
        url=web_address(_line(found.url)),
    )


def web_address(url: str) -> str:
    """Return an address if it is one of the web, else nothing: a page may state a script there.

    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)")
    ('https://example.org/a', '')
    """
    return url if _WEB.match(url) else ""


@cache
def _version(library: str) -> str:
    return version(library)


def _line(value: object) -> str:
    return " ".join(str(value).split()) if value else ""


def _paragraphs(text: str) -> str:
    """Part paragraphs, which come a line each, by blank lines; rows of a table stay together."""
    out: list[str] = []
    for line in text.split("\n"):
        if _TABLE_RULE.fullmatch(line.strip()):
            continue
        row = line.startswith("|") and bool(out) and out[-1].startswith("|")
        out += [line] if row or not out else ["", line]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).strip("\n") + "\n"
