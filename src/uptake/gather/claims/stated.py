"""Times and parties beside what a claim rests on."""

from bisect import bisect_left
from collections.abc import Sequence

from uptake.gather.claims.analysis import Analysis
from uptake.gather.grammar.spans import Name, TimeSpan
from uptake.model.claim import ClaimTime, Relation
from uptake.model.evidence import Passage

_FAR = 200
_RELATIONS: dict[str, Relation] = {
    "in": "in",
    "by": "by",
    "as_of": "as_of",
    "since": "since",
    "after": "after",
    "between": "between",
    "during": "during",
}


def times_within(analysis: Analysis, start: int, end: int) -> list[TimeSpan]:
    """Return the stated times in a stretch, in order, without those that cannot be told."""
    times = analysis.times
    low = bisect_left(times, start, key=lambda t: t.start)
    high = bisect_left(times, end, key=lambda t: t.start)
    return [t for t in times[low:high] if t.end <= end and t.first is not None]


def time_beside(analysis: Analysis, start: int, end: int, at: int) -> TimeSpan | None:
    """Return the stated time in a stretch that stands nearest to a position of it."""
    inside = times_within(analysis, start, end)
    return min(inside, key=lambda t: abs(t.start - at), default=None)


def is_ahead(analysis: Analysis, time: TimeSpan) -> bool:
    """Tell whether a time lies behind the document's date, or may where the date is not stated."""
    last = time.last or time.first or ""
    return analysis.date is None or (f"{last}~" > analysis.date and last != analysis.date)


def is_behind(analysis: Analysis, time: TimeSpan) -> bool:
    """Tell whether a time had begun by the document's date, or may have where none is stated."""
    return analysis.date is None or (time.first or "") <= analysis.date


def claim_time(analysis: Analysis, time: TimeSpan | None) -> ClaimTime | None:
    """Return a time as claims hold it."""
    if time is None or time.first is None:
        return None
    return ClaimTime(
        text=analysis.text[time.start : time.end],
        start=time.first,
        end=time.last or (None if time.relation == "since" else time.first),
        granularity=time.granularity,
        relation=_RELATIONS.get(time.relation, "in"),
    )


def organisations(analysis: Analysis, start: int, end: int) -> list[Name]:
    """Return the organisations that a stretch names, in order, each once."""
    names = analysis.names
    low = bisect_left(names, start, key=lambda n: n.start)
    found: dict[str, Name] = {}
    for name in names[low:]:
        if name.start >= end:
            break
        if name.kind == "organisation" and name.end <= end:
            found.setdefault(name.name, name)
    return list(found.values())


def spans(*found: tuple[int, int] | None) -> tuple[Passage, ...]:
    """Return stretches as evidence holds them, without those that are not told."""
    return tuple(Passage(*each) for each in found if each is not None and each[1] > each[0])


def evidence(**roles: Sequence[Passage]) -> dict[str, tuple[Passage, ...]]:
    """Return the spans of each role that has any."""
    return {role: tuple(found) for role, found in roles.items() if found}
