"""What stands in a document without being its text: credits, contacts, references, adverts."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.lexicon import Lexicon, lexicon, plain
from uptake.model.evidence import Passage

_SECTION = "attribution"
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_IN_BRACKETS = re.compile(r"\([^()\n]*\)")
_MARKER = re.compile(
    r"\s*(?:\[\s*[\divxlcm]{1,5}\s*\]|[\divxlcm]{1,4}[.)]\s|\d{1,3}\s*↑)", re.IGNORECASE
)
_BRACKET_MARKER = re.compile(r"\s*\[\s*[\divxlcm]{1,5}\s*\]", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_PHONE = re.compile(
    r"(?<![\w,.])(?:(?:\+\d|\(\d|0\d)[\d\s()\-]{5,}\d(?![\w,.%]*\d)"
    r"|8[ (-]{1,2}\d{3}[) -]{1,2}\d{3}[ -]\d\d[ -]?\d\d(?!\d)"
    r"|\d{2,3}-\d\d-\d\d(?![\d-]))"
)
"""Begins as telephone numbers do: sums and spans of years are rows of digits too."""
_SHORT_LINE = 240
_SHORT_LABEL = 60
_LABEL = 24
_LEAST_REPEATED = 20
_LONGEST_LINK = 140
_SENTENCE_ENDS = frozenset(".!…;,")
_LETTERS = re.compile(r"[^\W\d_]")


@lru_cache(maxsize=8)
def boilerplate(analysis: Analysis) -> tuple[Passage, ...]:
    """Return the stretches of a document that carry no claim of its own, in order.

    The headline printed again, bylines and credits, contact lines, lists of references, adverts of
    newsletters, links to other stories, "about the company" lines, labels of releases. Spans are
    whole lines, or a whole bracket at the end of one.
    """
    spans = {*_repeated(analysis), *_lines(analysis), *_references(analysis), *_links(analysis)}
    return tuple(sorted(spans, key=lambda p: (p.start, p.end)))


def in_boilerplate(analysis: Analysis, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` lies within boilerplate."""
    starts, reach = _reach(analysis)
    number = bisect_right(starts, start)
    return number > 0 and end <= reach[number - 1]


@lru_cache(maxsize=8)
def _reach(analysis: Analysis) -> tuple[list[int], list[int]]:
    """Return where stretches of boilerplate begin, and how far all up to each of them reach."""
    found = boilerplate(analysis)
    return [p.start for p in found], list(accumulate((p.end for p in found), max))


def _split(analysis: Analysis) -> list[Passage]:
    return [
        Passage(m.start() + len(m[0]) - len(m[0].lstrip()), m.start() + len(m[0].rstrip()))
        for m in _LINE.finditer(analysis.text)
    ]


def _repeated(analysis: Analysis) -> Iterator[Passage]:
    seen: set[str] = set()
    folded = plain(analysis.text)
    for span in _split(analysis):
        line = " ".join(folded[span.start : span.end].split()).strip(".…")
        if len(line) >= _LEAST_REPEATED and line in seen:
            yield span
        seen.add(line)


def _lines(analysis: Analysis) -> Iterator[Passage]:
    folded = plain(analysis.text)
    language = analysis.language
    credit = _starting(language, "credits")
    for number, span in enumerate(_split(analysis)):
        line = folded[span.start : span.end]
        if len(line) <= _SHORT_LINE and _is_boilerplate(language, line, credit, number):
            yield span
            continue
        for match in _IN_BRACKETS.finditer(folded, span.start, span.end):
            inside = match[0][1:-1].strip()
            if credit.match(inside, 0) is not None and len(inside) > len("a b c"):
                yield Passage(match.start(), match.end())


def _is_boilerplate(language: str, line: str, credit: Lexicon, number: int) -> bool:
    bare = line.strip("()[]*—–-•·|#> \u00a0")
    if _starts(bare, credit, signs=":-–—©") or _starts(
        bare, _starting(language, "adverts"), signs=""
    ):
        return True
    reached = _EMAIL.search(bare) is not None or _PHONE.search(bare) is not None
    contact = _starts(bare, _starting(language, "contacts"), signs=":.+")
    if contact or (reached and len(_LETTERS.findall(bare)) < _SHORT_LABEL):
        return contact or reached
    if _starts(bare, _starting(language, "labels"), signs="") and len(bare) < _SHORT_LABEL:
        return True
    return number > 0 and _about_us(language, bare)


def _starting(language: str, key: str) -> Lexicon:
    return lexicon(language, _SECTION, key)


def _starts(line: str, words: Lexicon, signs: str) -> bool:
    """Whether a line begins with one of some words, and one of some signs near behind them."""
    match = words.match(line, 0)
    if match is None:
        return False
    if not signs:
        return True
    behind = line[match.end() : match.end() + _LABEL]
    label, colon, _ = behind.partition(":")
    labelled = bool(colon) and "." not in label
    return labelled or behind.lstrip()[:1] in (*signs, "") or match[0] == "©"


def _about_us(language: str, line: str) -> bool:
    """Whether a line says who the publisher is: "About X: ...", "X hakkında: ..."."""
    label, colon, _ = line.partition(":")
    if not colon or len(label) > _SHORT_LABEL:
        return False
    found = _starting(language, "about_us").spans(label)
    return any(start == 0 or end == len(label.rstrip()) for start, end in found)


def _links(analysis: Analysis) -> Iterator[Passage]:
    """Yield the headlines below a line such as "Read next:", up to one that is a sentence."""
    folded = plain(analysis.text)
    adverts = _starting(analysis.language, "adverts")
    below = False
    for span in _split(analysis):
        line = folded[span.start : span.end].strip("()[]*—–-•·|#> \u00a0")
        if _starts(line, adverts, signs=""):
            below = line.endswith(":") or len(line) <= _LABEL
        elif below and len(line) <= _LONGEST_LINK and line[-1:] not in _SENTENCE_ENDS:
            yield span
        else:
            below = False


def _references(analysis: Analysis) -> Iterator[Passage]:
    """Yield the lines of a list of notes: behind its heading, or with markers in brackets."""
    folded = plain(analysis.text)
    headings = _starting(analysis.language, "references")
    listed = False
    for span in _split(analysis):
        line = folded[span.start : span.end]
        bare = line.strip(" :.#*")
        match = headings.match(bare, 0)
        if match is not None and match.end() == len(bare):
            listed = True
            yield span
            continue
        marked = _MARKER.match(line) is not None
        if _BRACKET_MARKER.match(line) is not None or (listed and marked):
            yield span
        elif listed and not marked:
            listed = False
