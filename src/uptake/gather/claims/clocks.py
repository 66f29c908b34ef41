"""The time of a claim among those that its stretch of text states."""

from collections.abc import Sequence
from typing import cast, get_args

import msgspec

from uptake.gather.claims.analysis import Analysis
from uptake.gather.grammar.spans import TimeSpan, starting
from uptake.model.claim import ClaimTime, Relation

_POINTS = ("in", "between", "during", "as_of")
_OPEN = ("since", "after")


def time_in(analysis: Analysis, start: int, end: int, *, near: int) -> ClaimTime | None:
    """Return the stated time of what happens in ``text[start:end]``, None if there is none.

    Args:
        analysis: The document.
        start: Of the stretch.
        end: Of the stretch.
        near: Where the verb stands that the time belongs to; a term ("until 2029") is taken
            only where no date is nearer.
    """
    span = span_in(analysis, start, end, near=near)
    return None if span is None else claim_time(analysis, span)


def span_in(
    analysis: Analysis,
    start: int,
    end: int,
    *,
    near: int,
    outside: tuple[int, int] = (0, 0),
    unknown: bool = False,
) -> TimeSpan | None:
    """Return the time nearest to a place, as the grammar found it; none within ``outside``.

    ``unknown`` times are also those of which no year is known, as the document has no date.
    """
    inside = [
        t
        for t in starting(analysis.times, start, end)
        if t.end <= end and (t.first or unknown)
        if not outside[0] <= t.start < outside[1]
    ]
    points = [t for t in inside if t.relation in _POINTS]
    return _nearest(points, near)


def _nearest(found: Sequence[TimeSpan], near: int) -> TimeSpan | None:
    return min(found, key=lambda t: max(t.start - near, near - t.end, 0), default=None)


def claim_time(analysis: Analysis, span: TimeSpan) -> ClaimTime:
    """Return a time as a claim keeps it: a point or a whole period has both ends."""
    relation = span.relation if span.relation in get_args(Relation) else "in"
    last = span.last or (None if relation in _OPEN else span.first)
    return ClaimTime(
        text=analysis.text[span.start : span.end],
        start=span.first,
        end=last,
        granularity=span.granularity,
        relation=cast("Relation", relation),
    )


def ahead(time: ClaimTime, date: str | None) -> ClaimTime:
    """Return a day or month without a year that is still to come: not one before the document.

    >>> ahead(ClaimTime(text="2-4 October", start="2025-10-02", end="2025-10-04"), "2026-03-10").end
    '2026-10-04'
    """
    if date is None or time.start is None or time.end is None or "-" not in time.start:
        return time
    if time.end >= date[: len(time.end)]:
        return time
    return msgspec.structs.replace(time, start=_next_year(time.start), end=_next_year(time.end))


def _next_year(iso: str) -> str:
    year, rest = iso[:4], iso[4:]
    return f"{int(year) + 1:04d}{rest}" if year.isdecimal() else iso
