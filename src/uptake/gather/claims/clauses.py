"""A sentence to the stretches that its quantities belong to: segments, and pieces within them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from uptake.gather.claims.lexicon import lexicon
from uptake.gather.claims.reading import Reading
from uptake.gather.grammar.spans import Quantity, Sentence

_HARD = re.compile(r";(?:\[\w{1,4}\])*\s|\n|[.!?]\[\w{1,4}\](?=\s)")
_TOPIC_WORDS = 4
_NOTE_SIGNS = 12
_NOTE = re.compile(r"[.!?](?:\[\w{1,4}\])+\Z")
_COMMA = re.compile(r",\s")
_OPEN = re.compile(r"\((?=[^)]{4,})")


@dataclass(frozen=True, slots=True)
class Piece:
    """Where one quantity stands: ``segment`` is its clause, ``start`` to ``end`` its own part."""

    quantity: Quantity
    start: int
    end: int
    segment: tuple[int, int]


def pieces(reading: Reading, quantities: Sequence[Quantity]) -> list[Piece]:
    """Return each quantity with its clause, and the part of it that no other quantity has.

    Clauses are parted by semicolons and by words of contrast ("while", "isə"); parts of one by the
    first comma, bracket or "and" between two quantities. What has none of them is shared.
    """
    cuts = _segment_cuts(reading)
    found: list[Piece] = []
    edges = [reading.sentence.start, *cuts, reading.sentence.end]
    for low, high in pairwise(edges):
        inside = [q for q in quantities if low <= q.number[0] < high]
        found += _parted(reading, inside, low, high)
    return found


def _segment_cuts(reading: Reading) -> list[int]:
    """Return where a sentence falls apart into clauses."""
    text, sentence = reading.folded, reading.sentence
    cuts = {m.end() for m in _HARD.finditer(text, sentence.start, sentence.end)}
    contrast = lexicon(reading.language, "indicators", "contrast")
    for comma in _COMMA.finditer(text, sentence.start, sentence.end):
        if contrast.match(text, comma.end(), sentence.end) or _topic(reading, comma.end()):
            cuts.add(comma.start() + 1)
    return sorted(cuts)


def _topic(reading: Reading, position: int) -> bool:
    """Tell whether one of the first words behind a comma is one of contrast (``isə``, ``esa``)."""
    topic = lexicon(reading.language, "indicators", "contrast_after")
    first = islice(reading.words_after(position), 1, _TOPIC_WORDS)
    return any(topic.match(reading.folded, word.start(), word.end()) for word in first)


def _parted(reading: Reading, inside: Sequence[Quantity], low: int, high: int) -> list[Piece]:
    cuts = [_cut(reading, left.end, right.start) for left, right in pairwise(inside)]
    starts = _filled(low, cuts)
    ends = _filled(high, cuts[::-1])[::-1]
    return [
        Piece(quantity, start, end, (low, high))
        for quantity, start, end in zip(inside, starts, ends, strict=False)
    ]


def _filled(edge: int, cuts: Sequence[int | None]) -> list[int]:
    """Return the cut before each quantity: the last one known, at first the edge."""
    found = [edge]
    for cut in cuts:
        found.append(found[-1] if cut is None else cut)
    return found


def _cut(reading: Reading, start: int, end: int) -> int | None:
    """Return where the stretch between two quantities parts them, None where they share all."""
    text = reading.folded
    bracket = _OPEN.search(text, start, end)
    if bracket:
        return bracket.start()
    comma = _COMMA.search(text, start, end)
    if comma:
        return comma.start() + 1
    joined = lexicon(reading.language, "indicators", "and").search(text, start, end)
    return joined.start() if joined else None


def asks(text: str, sentence: Sentence) -> bool:
    """Tell whether a sentence is a question, which says nothing of what is."""
    return text[sentence.start : sentence.end].rstrip(' »”"\u00a0').endswith("?")


def without_speaker(reading: Reading, start: int, end: int, at: int) -> int:
    """Return where a stretch ends without a last part behind a place that only says who said it.

    As in "up from 34 in December, Minister Aliyev told reporters": a person is named.
    """
    text = reading.folded
    comma = text.rfind(",", max(start, at), end)
    if comma < 0 or any(comma < q.start < end for q in reading.quantities):
        return end
    speaks = any(n.kind == "person" and comma < n.start < end for n in reading.analysis.names)
    told = lexicon(reading.language, "attribution", "verbs").search(text, comma, end)
    return comma if speaks and told is not None else end


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch without spaces, commas and other signs at its ends."""
    while start < end and (text[start].isspace() or text[start] in ",;–—:"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in ",;–—:"):
        end -= 1
    if note := _NOTE.search(text[max(start, end - _NOTE_SIGNS) : end]):
        end -= len(note[0]) - 1
    return start, end
