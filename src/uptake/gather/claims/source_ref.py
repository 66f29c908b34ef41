"""Endnotes and footnotes: marker, title, publisher, address, when it was read, "Ibid."."""

import re
from collections.abc import Iterator

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.lexicon import plain
from uptake.model.claim import Claim
from uptake.model.evidence import Passage

_NOTE = re.compile(r"(?m)^[^\S\n]*(\[[\divxlcm]{1,6}\])[^\S\n]+(\S[^\n]*)", re.IGNORECASE)
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"'»”)\]]+")
_IBID = re.compile(r"^(?:ibid|ib[iı]d|там же|a\.?g\.?e|ay\.?\s?es)\b\.?", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"«„]([^”\"»“]{4,}),?[”\"»“]")
_ACCESSED = re.compile(
    r"\((?:[^()]{0,40}?[:\s])?([^():]*\d{4}|\d{1,2}[./]\d{1,2}[./]\d{2,4})\)|"
    r"[Aa]ccessed:?\s+(?:on\s+)?([^.;)]*?\d{1,2}[./]\d{1,2}[./]\d{2,4}|[^.;)]*?\d{4})"
)
_TRAILING = ".,;:!?"
_FULL = 0.8
_PARTIAL = 0.6


def source_ref(analysis: Analysis) -> Iterator[Claim]:
    """Yield the notes of a document in order; "Ibid." resolves to the note before it.

    The day on which a source was read is kept as printed in ``accessed``: it dates no claim.
    """
    before: str | None = None
    for match in _NOTE.finditer(analysis.text):
        marker = match[1]
        start, end = match.start(1), match.start(2) + len(match[2].rstrip())
        same = _IBID.match(plain(match[2])) is not None
        yield _claim(analysis, start, end, marker, before if same else None)
        before = before if same and before is not None else marker


def _claim(analysis: Analysis, start: int, end: int, marker: str, same_as: str | None) -> Claim:
    text = analysis.text
    note = start + len(marker)
    url = _URL.search(text, note, end)
    title = _QUOTED.search(text, note, end)
    accessed = _ACCESSED.search(text, url.end() if url else note, end)
    evidence: dict[str, tuple[Passage, ...]] = {"marker": (Passage(start, start + len(marker)),)}
    address = url[0].rstrip(_TRAILING) if url else None
    if url and address:
        evidence["url"] = (Passage(url.start(), url.start() + len(address)),)
    publisher = _publisher(text, title.end(), url.start() if url else end) if title else None
    if title:
        evidence["title"] = (Passage(*title.span(1)),)
    return Claim(
        type="source_ref",
        quote=text[start:end],
        start=start,
        end=end,
        fields={
            "marker": marker,
            "title": (title[1].rstrip(",") if title else _plain_title(text, note, url, end)),
            "publisher": publisher,
            "url": address,
            "accessed": next((g.strip() for g in accessed.groups() if g), None)
            if accessed
            else None,
            "resolves_to": same_as,
        },
        evidence=evidence,
        confidence=_FULL if address or same_as else _PARTIAL,
    )


def _publisher(text: str, start: int, end: int) -> str | None:
    between = text[start:end].strip(" ,.;()\u00a0")
    first = re.split(r"[,(;]", between)[0].strip(" .") if between else ""
    return first if first and not first.isdigit() else None


def _plain_title(text: str, start: int, url: re.Match[str] | None, end: int) -> str | None:
    stretch = text[start : url.start() if url else end].strip(" ,.;\u00a0")
    return None if not stretch or _IBID.match(plain(stretch)) else stretch
