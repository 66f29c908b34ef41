"""A text to its sentences, each within one paragraph."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from uptake import catalog
from uptake.gather.grammar.shadow import fold
from uptake.gather.grammar.spans import Sentence
from uptake.gather.language import OTHER, detect
from uptake.gather.passages import split
from uptake.gather.wrapped import is_row

_OWN_LANGUAGE = 60
"""Fewest characters by which a paragraph's language is told; a shorter one has the document's."""
_LONGEST_HEADING = 160
_MARK = r"\[(?:\d{1,3}|[ivxlc]{1,6})\]|[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]{1,3}"
_NOTE = re.compile(rf"[.!?…][\"'»”’)]*(?:{_MARK})+\s+(?=[^\W\d_])")
_ITEM = re.compile(r"\s*(?:[-–—•*·▪◦]|\d{1,2}[.)]|\[\d{1,3}\]|\(?[a-zа-я]\))[^\S\n]")
_LAST = re.compile(r"([^\W\d_]+(?:[.'ʻʼ‘’][^\W\d_]+)*|\d+)\s?\.$")
_ENDS = re.compile(r"[.!?…:;][\"'»”’)\]]*$")
_MARKUP = re.compile(r"#{1,6}\s")


@dataclass(frozen=True, slots=True)
class _Abbreviations:
    """Words with a full stop that is not a sentence's.

    Attributes:
        never: End no sentence.
        followed: Word to what may follow it in the same sentence, though it starts large.
        ordinal: Whether a number's full stop makes it an ordinal (``24. sıra``).
    """

    never: frozenset[str]
    followed: dict[str, tuple[str, ...]]
    ordinal: bool


def sentences(text: str, language: str) -> tuple[Sentence, ...]:
    r"""Return the sentences of a text in order; ``language`` is the document's main one.

    A paragraph that is long enough to tell has its own language. A line of a list is a sentence of
    its own, and so is a heading.

    >>> text = "Results\n\nDr. Lee spent 1.5 mln. tenge. It works."
    >>> [text[s.start : s.end] for s in sentences(text, "en")]
    ['Results', 'Dr. Lee spent 1.5 mln. tenge.', 'It works.']
    """
    found: list[Sentence] = []
    for number, passage in enumerate(split(text)):
        paragraph = text[passage.start : passage.end]
        own = _language(paragraph, language)
        for start, end in _items(paragraph):
            item = paragraph[start:end]
            heading = _is_heading(item, alone=end - start == len(paragraph))
            spans = [(0, len(item))] if heading else _merged(item, own)
            found.extend(
                Sentence(passage.start + start + a, passage.start + start + b, number, own, heading)
                for a, b in spans
            )
    return tuple(found)


def _language(paragraph: str, language: str) -> str:
    if len(paragraph) < _OWN_LANGUAGE:
        return language
    own = detect(paragraph, language)
    return language if own == OTHER else own


def _items(paragraph: str) -> Iterator[tuple[int, int]]:
    """Yield the lines of a list and the rows of a table, or the whole paragraph."""
    start = offset = 0
    above = ""
    for line in paragraph.split("\n") if "\n" in paragraph else ():
        if offset and (_ITEM.match(line) or is_row(line) or is_row(above)):
            yield start, start + len(paragraph[start:offset].rstrip())
            start = offset + len(line) - len(line.lstrip())
        offset += len(line) + 1
        above = line
    yield start, len(paragraph)


def _is_heading(item: str, *, alone: bool) -> bool:
    if _MARKUP.match(item):
        return "\n" not in item
    short = alone and len(item) <= _LONGEST_HEADING
    return short and not _ENDS.search(item) and not is_row(item)


def _merged(item: str, language: str) -> list[tuple[int, int]]:
    """Return spans of sentences, those that an abbreviation parted joined again."""
    import razdel

    known = _abbreviations(language)
    spans: list[tuple[int, int]] = []
    for piece in razdel.sentenize(item):
        if (spans and item[spans[-1][1] - 1] == ";") or (
            spans and _goes_on(item[spans[-1][0] : spans[-1][1]], item[piece.start :], known)
        ):
            spans[-1] = (spans[-1][0], piece.stop)
        elif piece.start < piece.stop:
            spans.append((piece.start, piece.stop))
    return [part for span in spans for part in _parted(item, *span)]


def _parted(item: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence, or the two between which the mark of a note stands: ``had 64.[1] It``."""
    for match in _NOTE.finditer(item, start, end):
        following = item[match.end()]
        if following.isupper():
            yield start, start + len(item[start : match.end()].rstrip())
            start = match.end()
    yield start, end


def _goes_on(left: str, right: str, known: _Abbreviations) -> bool:
    last = _LAST.search(left[-40:])
    if last is None:
        return False
    word = fold(last[1])
    if word.isdigit():
        return known.ordinal and len(word) <= 3 and not right[:1].isdigit() and len(left) > 3
    following = fold(right[:24])
    return word in known.never or following.startswith(known.followed.get(word, ("\0",)))


@cache
def _abbreviations(language: str) -> _Abbreviations:
    listed = language in catalog.names("languages")
    raw = catalog.entry("languages", language).get("sentences", {}) if listed else {}
    return _Abbreviations(
        frozenset(map(fold, raw.get("never_end", ()))),
        {fold(w): tuple(map(fold, after)) for w, after in raw.get("followed_by", {}).items()},
        raw.get("ordinal_point", False),
    )
