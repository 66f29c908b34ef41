"""Times of a clause that are not those of a figure: of a level before, a later phase, an aside."""

from itertools import pairwise

from uptake.gather.claims.clauses import Piece
from uptake.gather.claims.reading import Reading
from uptake.gather.grammar.spans import Quantity, TimeSpan

_RELATIVE_WORDS = 4
_PHASE_SIGNS = 60


def of_another(reading: Reading, piece: Piece, time: TimeSpan) -> bool:
    """Tell whether a time of a clause belongs to something else than a figure of it."""
    return (
        _is_of_the_level_before(reading, piece.quantity, time)
        or _is_of_a_later_phase(reading, piece.quantity, time)
        or _is_in_an_aside(reading, piece.quantity, time)
    )


def elsewhere(reading: Reading, piece: Piece) -> list[TimeSpan]:
    """Return the times of a clause whose figure is of an earlier phase than they tell of."""
    low, high = piece.segment
    return [
        t
        for t in reading.times
        if low <= t.start < high and _is_of_a_later_phase(reading, piece.quantity, t)
    ]


def _is_of_the_level_before(reading: Reading, quantity: Quantity, time: TimeSpan) -> bool:
    """Tell whether a time is that of what a figure is compared with: "62%, from 38% a year ago".

    It is the nearest one's of two in one unit.
    """
    low, high = reading.sentence.start, reading.sentence.end
    if not any(a < time.end and time.start < b for a, b in reading.spans("prior", low, high)):
        return False
    away = _distance(quantity, time)
    return any(
        q.unit == quantity.unit and q.currency == quantity.currency and _distance(q, time) < away
        for q in reading.quantities
    )


def _distance(quantity: Quantity, time: TimeSpan) -> int:
    return max(time.start - quantity.end, quantity.start - time.end, 0)


def _is_of_a_later_phase(reading: Reading, quantity: Quantity, time: TimeSpan) -> bool:
    """Tell whether a figure is of a phase, and a time of what another part of the clause says."""
    at, until = quantity.start, quantity.end
    phases = reading.spans(
        "phases",
        max(reading.sentence.start, at - _PHASE_SIGNS),
        min(reading.sentence.end, until + _PHASE_SIGNS),
    )
    for first, last in phases:
        begin, end = max(until, last), time.start
        if time.start < last or begin >= end:
            continue
        parted = "," in reading.folded[begin:end] or reading.has("and", begin, end)
        if parted and not time.relative and first < time.start:
            return True
    return False


def _is_in_an_aside(reading: Reading, quantity: Quantity, time: TimeSpan) -> bool:
    """Tell whether a time stands between two commas, in what begins with "which"."""
    text, low, high = reading.folded, reading.sentence.start, reading.sentence.end
    commas = [n for n in range(low, high) if text[n] == "," and not text[n + 1 : n + 2].isdigit()]
    for first, last in pairwise(commas):
        if not (first < time.start and time.end <= last) or first < quantity.start < last:
            continue
        opening = text[first + 1 : last].split()[:_RELATIVE_WORDS]
        end = first + 1 + sum(len(word) + 1 for word in opening)
        return reading.has("relatives", first, min(end, last))
    return False
