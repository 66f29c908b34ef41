"""Names of a document for its claims: what each mention quotes, and where it lies."""

from collections.abc import Sequence

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.boilerplate import in_boilerplate
from uptake.gather.grammar.spans import Name, Sentence, starting
from uptake.model.evidence import Passage

_OPENING = '«“„"‹'
_CLOSING = '»”“"›'
_CLOSES_ONLY = "»”)"
_TRIMMED = " ,;:–—-\u00a0\n\t"


def quoted(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch without loose signs at its ends, and with both marks of a quotation.

    >>> text = 'the firm «Тоо Софт», which'
    >>> text[slice(*quoted(text, 10, 20))]
    '«Тоо Софт»'
    """
    while start < end and text[start] in _TRIMMED + _CLOSES_ONLY:
        start += 1
    while end > start and text[end - 1] in _TRIMMED:
        end -= 1
    inside = text[start:end]
    opened = sum(inside.count(c) for c in "«„") - inside.count("»")
    if opened > 0 and end < len(text) and text[end] in _CLOSING:
        end += 1
    closes = any(c in inside for c in _CLOSING) and not any(c in inside for c in _OPENING[:3])
    if closes and start > 0 and text[start - 1] in _OPENING:
        start -= 1
    return start, end


def mentions(analysis: Analysis, kind: str) -> dict[str, list[Name]]:
    """Return the mentions of one kind by name, those in boilerplate left out, in order."""
    found: dict[str, list[Name]] = {}
    for name in analysis.names:
        if name.kind == kind and not in_boilerplate(analysis, name.start, name.end):
            found.setdefault(name.name, []).append(name)
    return found


def within(names: Sequence[Name], start: int, end: int) -> list[Name]:
    """Return the names that lie in a stretch."""
    return [n for n in starting(names, start, end + 1) if n.end <= end]


def span(name: Name) -> Passage:
    """Return where a name itself stands."""
    return Passage(name.start, name.end)


def body(text: str, sentence: Sentence) -> tuple[int, int]:
    """Return a sentence without the full stop at its end."""
    start, end = sentence.start, sentence.end
    while end > start and text[end - 1] in ".!? \n\u00a0":
        end -= 1
    return start, end


def of_company(analysis: Analysis, low: int, high: int) -> bool:
    """Tell whether a stretch is the name of a company beside its legal form or noun."""
    return any(
        n.kind == "organisation"
        and n.organisation_type == "company"
        and n.end <= high + 1
        and n.phrase != (n.start, n.end)
        for n in starting(analysis.names, low, high)
    )
