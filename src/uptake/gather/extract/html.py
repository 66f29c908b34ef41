"""HTML: the main text of a page by trafilatura, and the date that its metadata state."""

import json
import re
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from uptake.gather import dates
from uptake.gather.encodings import decode
from uptake.gather.extract.extracted import Extracted
from uptake.gather.reasons import NotADocumentError
from uptake.model.errors import MissingExtraError

MOST_BYTES = 10_000_000
"""Of a page: trafilatura's time and memory grow faster than the page (measured, see the tests)."""

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_XML_ENCODING = re.compile(rb"\A\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)")
_META_DATES = (
    "article:published_time", "og:published_time", "datepublished", "date", "pubdate",
    "publishdate", "publish-date", "publish_date", "publication_date", "dc.date", "dc.date.issued",
    "dcterms.date", "dcterms.issued", "dcterms.created", "citation_publication_date",
    "citation_date", "parsely-pub-date", "sailthru.date",
)  # fmt: skip
"""Names under which pages state when they were published; those of a change are not among them."""


def extract(data: bytes, encoding: str) -> Extracted:
    """Read a page.

    Raises:
        MissingExtraError: trafilatura is not installed.
        NotADocumentError: The page is too large, in no stated encoding, or holds no text.
    """
    try:
        import trafilatura
        from lxml import html  # type: ignore[import-untyped]
    except ImportError:
        raise MissingExtraError("reading HTML documents", "documents") from None
    if len(data) > MOST_BYTES:
        raise NotADocumentError(
            "document-too-large", f"{len(data):,} bytes of HTML; the limit is {MOST_BYTES:,}"
        )
    page = _XML.sub("", decode(data, encoding or _declared(data)))
    try:
        found: Any = trafilatura.bare_extraction(
            page,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "max_date": "9999-12-31"},
        )
        text = found.text if found is not None and found.text else trafilatura.html2txt(page)
        tree = html.document_fromstring(page) if page.strip() else None
    except Exception as error:
        # Whatever a page does to the libraries, it costs this page only; their words may quote it.
        raise NotADocumentError("document-damaged", f"not parsed: {type(error).__name__}") from None
    if not text or not text.strip():
        raise NotADocumentError("document-without-text", "the page holds no text")
    return Extracted(
        text=_paragraphs(text),
        extractor=f"trafilatura {version('trafilatura')}",
        title=_plain(found.title if found is not None else ""),
        date=_date(tree),
        producer=_plain(found.sitename if found is not None else ""),
        url=_plain(found.url if found is not None else ""),
    )


def _declared(data: bytes) -> str:
    head = data[:2048]
    match = _XML_ENCODING.search(head) or _CHARSET.search(head)
    return match[1].decode("ascii", "replace") if match else ""


def _plain(value: object) -> str:
    return " ".join(str(value).split()) if value else ""


def _paragraphs(text: str) -> str:
    """Part paragraphs, which come a line each, by blank lines; rows of a table stay together."""
    out: list[str] = []
    for line in text.split("\n"):
        row = line.startswith("|") and bool(out) and out[-1].startswith("|")
        out += [line] if row or not out else ["", line]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).strip("\n") + "\n"


def _date(tree: Any) -> str | None:
    """Return the date of publication in a page's metadata: the first that is a date."""
    if tree is None:
        return None
    for value in _stated_dates(tree):
        if found := dates.iso(value):
            return found[:10]
    return None


def _stated_dates(tree: Any) -> Iterator[str]:
    named: dict[str, str] = {}
    for meta in tree.iter("meta"):
        for key in ("property", "name", "itemprop"):
            named.setdefault((meta.get(key) or "").lower(), meta.get("content") or "")
    yield from (named[name] for name in _META_DATES if named.get(name))
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            yield from _linked(script.text or "")
    for element in tree.iter():
        if (element.get("itemprop") or "").lower() == "datepublished":
            yield element.get("datetime") or element.get("content") or ""
    for element in tree.iter("time"):
        if element.get("pubdate") is not None:
            yield element.get("datetime") or ""


def _linked(script: str) -> Iterator[str]:
    try:
        data = json.loads(script)
    except (ValueError, RecursionError):
        return
    items = data if isinstance(data, list) else [data]
    for item in items:
        if isinstance(item, dict):
            graph = item.get("@graph")
            for node in [item, *(graph if isinstance(graph, list) else [])]:
                if isinstance(node, dict) and isinstance(node.get("datePublished"), str):
                    yield node["datePublished"]
