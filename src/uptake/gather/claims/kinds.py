"""Whether a quantity is a target or an actual value, how it is said, and for when."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from uptake.gather.claims.clauses import Piece
from uptake.gather.claims.lexicon import lexicon
from uptake.gather.claims.modality import governing
from uptake.gather.claims.reading import Reading
from uptake.gather.grammar.spans import Sentence, TimeSpan
from uptake.model.claim import ClaimTime, Modality, Relation

_AHEAD: frozenset[Modality] = frozenset({"planned", "expected", "recommended", "discussed"})
_AHEAD_IN = frozenset({"in", "by", "as_of", "during"})
_LIST_LINES = 12
_RELATIONS: dict[str, Relation] = {
    "in": "in",
    "by": "by",
    "as_of": "as_of",
    "since": "since",
    "after": "after",
    "between": "between",
    "during": "during",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How a quantity stands.

    Attributes:
        kind: ``target`` or ``actual``; ``other`` is the one that it may be read as too.
        other_times: Readings of its time besides ``time``.
    """

    kind: str
    other: str
    modality: Modality
    time: TimeSpan | None
    other_times: tuple[str, ...] = ()


def standing(reading: Reading, piece: Piece, beside: Sequence[Piece]) -> Standing:
    """Return how a quantity stands.

    Args:
        reading: Its sentence.
        piece: Its part of it.
        beside: The parts whose verb it shares if it has none, the nearest first: in languages
            whose verb comes last the next ones, else those before.
    """
    time, at = time_of(reading, piece), piece.quantity.start
    if reading.precedes("baseline", at, within=1):
        return Standing("actual", "", "asserted", time)
    said = governing(reading.analysis, piece.start, piece.end, at)
    for other in beside:
        if said is None:
            said = governing(reading.analysis, other.start, other.end, at)
    intro = _intro(reading) if said in (None, "asserted") else None
    if intro is not None:
        ahead = time_in(reading, intro)
        if time is None or not _earlier(time, ahead):
            return Standing("target", "", "planned", time or ahead)
    if time is not None and _is_ahead(reading, time):
        stated = time.relation in _AHEAD_IN and not time.relative
        own = stated and reading.analysis.date is not None and piece.start <= time.start < piece.end
        said = "planned" if said is None or (said == "asserted" and own) else said
    happened = said == "asserted"
    said = said or "asserted"
    if said in _AHEAD:
        return Standing("target", "" if said == "planned" else "actual", said, time)
    if said == "possible":
        return Standing("actual", "target", said, time)
    if not happened and piece.quantity.unit == "count" and reading.has("agreed", *piece.segment):
        return Standing("target", "actual", "planned", time)
    return Standing("actual", "", said, time)


def time_of(reading: Reading, piece: Piece) -> TimeSpan | None:
    """Return the time of a quantity: in its part, else the first of its clause, then sentence."""
    own = [t for t in reading.times if piece.start <= t.start and t.end <= piece.end]
    if own:
        start, end = piece.quantity.start, piece.quantity.end
        return min(own, key=lambda t: t.start - end if t.start >= end else start - t.end)
    low, high = piece.segment
    shared = [t for t in reading.times if not _in_brackets(reading, t)]
    before = [t for t in shared if low <= t.start and t.end <= piece.start]
    after = [t for t in shared if piece.end <= t.start and t.end <= high]
    first = [t for t in shared if t.end <= low and not _apart(reading, t.end, low)]
    for times in (before[-1:], after[:1], first[:1]):
        if times:
            return times[0]
    return None


def _apart(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a line's end or a semicolon parts a time from a clause."""
    return any(sign in reading.folded[start:end] for sign in ";\n")


def _in_brackets(reading: Reading, time: TimeSpan) -> bool:
    opened = reading.folded.rfind("(", reading.sentence.start, time.start)
    return opened >= 0 and ")" not in reading.folded[opened : time.start]


def time_in(reading: Reading, sentence: Sentence) -> TimeSpan | None:
    """Return the first time of a sentence."""
    for time in reading.analysis.times:
        if sentence.start <= time.start and time.end <= sentence.end:
            return time
    return None


def claim_time(reading: Reading, time: TimeSpan | None) -> ClaimTime | None:
    """Return a time as claims hold it."""
    if time is None:
        return None
    return ClaimTime(
        text=reading.analysis.text[time.start : time.end],
        start=time.first,
        end=time.last,
        granularity=time.granularity,
        relation=_RELATIONS.get(time.relation, "in"),
    )


def _intro(reading: Reading) -> Sentence | None:
    """Return what opens the list in which a sentence stands, if it names goals or a term."""
    sentences = reading.analysis.sentences
    for number in range(reading.number - 1, max(-1, reading.number - 1 - _LIST_LINES), -1):
        line = sentences[number]
        if reading.folded[line.start : line.end + 1].rstrip().endswith(":"):
            ahead = time_in(reading, line)
            goal = _has_goal(reading, line) or (ahead is not None and ahead.relation == "by")
            return line if goal and _is_item(reading) else None
        if line.heading and not _is_item(reading, line):
            return line if _is_item(reading) and _has_goal(reading, line) else None
        if not _is_item(reading, line):
            return None
    return None


_ITEM = re.compile(r"\s*(?:\d{1,2}[.)]|[-–—•*·]|[a-zа-я]\))\s")


def _is_item(reading: Reading, line: Sentence | None = None) -> bool:
    line = line or reading.sentence
    start = reading.folded.rfind("\n", 0, line.start) + 1
    return _ITEM.match(reading.folded, start) is not None or reading.folded[
        line.end - 1 : line.end + 1
    ].strip().endswith(";")


def _has_goal(reading: Reading, line: Sentence) -> bool:
    for key in ("goals", "planned"):
        if lexicon(line.language, "modality", key).search(reading.folded, line.start, line.end):
            return True
    return False


def _earlier(time: TimeSpan, other: TimeSpan | None) -> bool:
    return bool(other and time.first and other.first and time.first[:4] < other.first[:4])


def _is_ahead(reading: Reading, time: TimeSpan) -> bool:
    """Tell whether a time lies after the year in which the document says it was written."""
    date = reading.analysis.date
    last = time.last or time.first
    if not last or not last[:4].isdigit():
        return False
    return last[:4] > date[:4] if date else time.relation == "by"
