"""Times that one figure may belong to: "in 2024 and 2025 ... exceeded 400 million"."""

from collections.abc import Sequence
from dataclasses import replace

from uptake.gather.claims.clauses import Piece
from uptake.gather.claims.lexicon import lexicon
from uptake.gather.claims.reading import Reading
from uptake.gather.grammar.spans import TimeSpan

_JOINED_SIGNS = 12
_POINTS = frozenset({"in", "as_of", "during"})


def joint(
    reading: Reading, time: TimeSpan | None, piece: Piece, listed: Sequence[Piece]
) -> tuple[TimeSpan | None, tuple[str, ...]]:
    """Return the time of a figure with its other readings, where a text names several at once.

    Several times in a row that each figure may belong to are one stretch, and each of them is
    another reading; with "respectively" they belong to the figures in order.

    Args:
        reading: The sentence.
        time: As chosen for the figure.
        piece: The figure.
        listed: All figures of the sentence, in order.
    """
    if time is None or time.relative or time.first is None:
        return time, ()
    row = _row(reading, time)
    if len(row) < 2:
        return time, ()
    beside = [p for p in listed if p.segment == piece.segment]
    if len(beside) == len(row) and reading.has("respectively", *piece.segment):
        return row[[p.quantity for p in beside].index(piece.quantity)], ()
    names = tuple(t.first or "" for t in row)
    whole = replace(row[0], end=row[-1].end, last=row[-1].last or row[-1].first)
    return whole, (*names, f"{names[0]}/{names[-1]}")


def _row(reading: Reading, time: TimeSpan) -> list[TimeSpan]:
    """Return the times that only commas and "and" part from a time, in order, with itself."""
    times = [t for t in reading.times if t.first and not t.relative]
    at = times.index(time) if time in times else -1
    if at < 0 or time.relation not in _POINTS or time.last is not None:
        return [time]
    low, high = at, at
    while low and _joined(reading, times[low - 1], times[low]):
        low -= 1
    while high + 1 < len(times) and _joined(reading, times[high], times[high + 1]):
        high += 1
    return times[low : high + 1]


def _joined(reading: Reading, left: TimeSpan, right: TimeSpan) -> bool:
    """Tell whether two times of one kind stand beside each other in a list."""
    between = reading.folded[left.end : right.start].strip()
    if left.granularity != right.granularity or len(between) > _JOINED_SIGNS:
        return False
    if left.last is not None or right.last is not None or {left.relation, right.relation} - _POINTS:
        return False
    joins = lexicon(reading.language, "indicators", "and")
    rest = between.lstrip("-’'").split(",")[-1].strip()
    return between == "," or (
        bool(rest)
        and any(
            joins.spans(rest) == [(0, len(rest))] or joins.spans(word)
            for word in [rest.split()[-1]]
        )
    )
