"""A parsed web page: what its metadata state, and its text block by block.

Trees are lxml's, which has no types.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from uptake.gather import dates

_DATES = (
    "article:published_time", "og:published_time", "datepublished", "date", "pubdate",
    "publishdate", "publish-date", "publish_date", "publication_date", "dc.date", "dc.date.issued",
    "dcterms.date", "dcterms.issued", "dcterms.created", "citation_publication_date",
    "citation_date", "parsely-pub-date", "sailthru.date",
)  # fmt: skip
"""Names under which pages state when they were published; those of a change are not among them."""

BLOCKS = frozenset((
    "address", "article", "blockquote", "body", "caption", "dd", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "html", "li", "main", "ol",
    "p", "pre", "section", "table", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
"""Elements that begin and end a paragraph."""

SILENT = frozenset((
    "aside", "button", "footer", "form", "head", "header", "iframe", "nav", "noscript", "option",
    "script", "select", "style", "svg", "template", "textarea",
))  # fmt: skip
"""Elements whose text is none of the document's."""


def date(tree: Any) -> str | None:
    """Return the date of publication that a page's metadata state, ISO; None if they do not."""
    for value in _stated(tree):
        if found := dates.iso(value):
            return found
    return None


def _stated(tree: Any) -> Iterator[str]:
    named: dict[str, str] = {}
    for meta in tree.iter("meta"):
        for key in ("property", "name", "itemprop"):
            named.setdefault((meta.get(key) or "").lower(), meta.get("content") or "")
    yield from (named[name] for name in _DATES if named.get(name))
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            yield from _linked(script.text or "")
    for element in tree.iter("time", "span", "div", "p"):
        if "datepublished" in (element.get("itemprop") or "").lower():
            yield element.get("datetime") or element.get("content") or ""
        elif element.tag == "time" and element.get("pubdate") is not None:
            yield element.get("datetime") or ""


def _linked(script: str) -> Iterator[str]:
    """Yield the dates of publication in a block of linked data."""
    try:
        data = json.loads(script)
    except (ValueError, RecursionError):
        return
    for item in data if isinstance(data, list) else [data]:
        if isinstance(item, dict):
            graph = item.get("@graph")
            for node in [item, *(graph if isinstance(graph, list) else [])]:
                if isinstance(node, dict) and isinstance(node.get("datePublished"), str):
                    yield node["datePublished"]


def title(tree: Any) -> str:
    """Return a page's title: that of its first heading, else the one in its head."""
    for tag in ("h1", "title"):
        for element in tree.iter(tag):
            if words := " ".join(element.text_content().split()):
                return str(words)
    return ""


def depth(tree: Any) -> int:
    """Return how deep the elements of a page are nested."""
    from lxml import etree  # type: ignore[import-untyped]

    level = deepest = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        level += 1 if event == "start" else -1
        deepest = max(deepest, level)
    return deepest


def text(tree: Any) -> str:
    """Return all text of a page, a blank line between blocks; menus and forms are left out.

    One pass, whatever the page: for pages on which a search for the main text would take too
    long, or finds none.
    """
    out: list[str] = []
    for event, element in _walk(tree):
        if event == "text":
            out.append(element)
        elif element.tag == "br":
            out.append("\n")
        elif element.tag in BLOCKS:
            out.append("\n\n")
    return tidied("".join(out))


def tidied(text: str) -> str:
    """Return text without space at the ends of its lines, one blank line between blocks."""
    lines = (line.strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _walk(tree: Any) -> Iterator[tuple[str, Any]]:
    """Yield text, and each element where it begins and ends, in order; silent ones are skipped."""
    stack: list[tuple[Any, bool]] = [(tree, False)]
    while stack:
        element, done = stack.pop()
        if done:
            yield "element", element
            if element.tail:
                yield "text", _spaced(element.tail)
            continue
        if not isinstance(element.tag, str) or element.tag in SILENT:
            if element.tail:
                yield "text", _spaced(element.tail)
            continue
        yield "element", element
        if element.text:
            yield "text", element.text if element.tag == "pre" else _spaced(element.text)
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))


def _spaced(words: str) -> str:
    """Return text as a browser shows it: runs of plain spaces and line ends are one space."""
    return re.sub(r"[ \t\n\r\f]+", " ", words)
