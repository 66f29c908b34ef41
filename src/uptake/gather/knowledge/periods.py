"""Stated times as stretches of days: what lies in the same period, and what is still to come."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from uptake.model.claim import ClaimTime

CLOSE_DAYS = 31
"""Two points in time at most so far apart are one moment: 31 December and 1 January."""

SAME_SHARE = 0.6
"""Two stretches are one period if they share more than this of all the days that they cover."""

_YEAR = re.compile(r"([12][0-9]{3})")
_SCHOOL_YEAR = re.compile(r"([12][0-9]{3})/((?:[12][0-9])?[0-9]{2})")
_PART = re.compile(r"([12][0-9]{3})-([QH])([1-4])")
_MONTH = re.compile(r"([12][0-9]{3})-(0[1-9]|1[0-2])")
_DAY = re.compile(r"([12][0-9]{3}-[01][0-9]-[0-3][0-9])")
_MONTHS = {"Q": 3, "H": 6}
_WHOLE = ((_YEAR, 1, 12), (_MONTH, 0, 1), (_SCHOOL_YEAR, 9, 12))
"""Form, first month (0 where the form has it as its second part), how many months."""


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days.

    Attributes:
        first, last: Days, both in it; ``last`` is None for a stretch without a stated end.
        kind: ``point`` (a day, as of), ``deadline`` (by: only the end counts), ``stretch``.
    """

    first: date
    last: date | None
    kind: str = "stretch"

    @property
    def days(self) -> int:
        """Return how many days it has; a stretch without an end has none that can be counted."""
        return (self.last - self.first).days + 1 if self.last else 0


def days_of(stated: str) -> tuple[date, date] | None:
    """Return the first and the last day of a stated time; None for what is none.

    Args:
        stated: ``2026``, ``2026-09``, ``2026-Q3``, ``2026-H1``, ``2026-04-14``, or a school year
            ``2025/2026`` (September to August).

    >>> [str(day) for day in days_of("2026-Q3")]
    ['2026-07-01', '2026-09-30']
    >>> days_of("2026-Q5"), days_of("2026-02-30"), days_of("soon")
    (None, None, None)
    """
    if _DAY.fullmatch(stated):
        try:
            day = date.fromisoformat(stated)
        except ValueError:
            return None
        return day, day
    if match := _PART.fullmatch(stated):
        length = _MONTHS[match[2]]
        first = (int(match[3]) - 1) * length + 1
        return _months(int(match[1]), first, length) if first <= 12 else None
    for pattern, first, length in _WHOLE:
        if match := pattern.fullmatch(stated):
            return _months(int(match[1]), first or int(match[2]), length)
    return None


def _months(year: int, month: int, length: int) -> tuple[date, date]:
    end = month + length - 1
    last_year, last_month = year + (end - 1) // 12, (end - 1) % 12 + 1
    last_day = calendar.monthrange(last_year, last_month)[1]
    return date(year, month, 1), date(last_year, last_month, last_day)


def period(time: ClaimTime | None) -> Period | None:
    """Return the period of a claim; None where the document states none that can be read.

    >>> period(ClaimTime(text="by 2030", start="2030", relation="by"))
    Period(first=datetime.date(2030, 1, 1), last=datetime.date(2030, 12, 31), kind='deadline')
    """
    if time is None:
        return None
    first = days_of(time.start) if time.start else None
    last = days_of(time.end) if time.end else None
    if time.relation == "by":
        due = last or first
        return Period(due[0], due[1], "deadline") if due else None
    if first is None:
        return None
    if time.relation in ("since", "after") and last is None:
        return Period(first[0], None)
    stretch = Period(first[0], max(first[1], last[1]) if last else first[1])
    point = stretch.days == 1 or time.relation == "as_of"
    return Period(stretch.first, stretch.last, "point") if point else stretch


def same(a: Period | None, b: Period | None) -> bool:
    """Return whether values of two periods may contradict each other.

    Points are one moment if at most ``CLOSE_DAYS`` apart, deadlines if their ends are, stretches
    if they share more than ``SAME_SHARE`` of their days, a deadline and a stretch if both end
    together. A point and a longer stretch are not: a value at a day is no value of a year. What
    is not stated is the same as nothing.

    >>> end, new = Period(date(2025, 12, 31), date(2025, 12, 31), "point"), date(2026, 1, 1)
    >>> same(end, Period(new, new, "point")), same(end, Period(date(2025, 1, 1), end.last))
    (True, False)
    """
    if a is None or b is None:
        return False
    if a.last is None or b.last is None:
        return a.last is b.last and abs((a.first - b.first).days) <= CLOSE_DAYS
    if "deadline" in (a.kind, b.kind):
        points = "point" in (a.kind, b.kind) and a.kind != b.kind
        return not points and abs((a.last - b.last).days) <= CLOSE_DAYS
    if a.kind == b.kind == "point":
        return _apart(a, b) <= CLOSE_DAYS
    shared = (min(a.last, b.last) - max(a.first, b.first)).days + 1
    covered = (max(a.last, b.last) - min(a.first, b.first)).days + 1
    return shared > SAME_SHARE * covered


def _apart(a: Period, b: Period) -> int:
    """Return how many days lie between two points; 0 if one lies in the other (a month)."""
    if a.last is None or b.last is None:
        return CLOSE_DAYS + 1
    return max(0, (b.first - a.last).days, (a.first - b.last).days)


def overlapping(a: Period | None, b: Period | None) -> bool:
    """Return whether two periods share a day, or are the same; both not stated are, too."""
    if a is None or b is None:
        return a is b
    never = date.max
    return same(a, b) or (a.first <= (b.last or never) and b.first <= (a.last or never))


def shown(a: Period | None) -> str:
    """Write a period: ``2025``, ``2024 to 2025``, ``2025-12-31``, ``by 2030``, ``from 2024-01-01``.

    >>> shown(Period(date(2024, 1, 1), date(2025, 12, 31))), shown(None)
    ('2024 to 2025', '')
    """
    if a is None:
        return ""
    if a.last is None:
        return f"from {a.first.isoformat()}"
    first, last = _edges(a.first, a.last)
    if a.kind == "deadline":
        return f"by {last}"
    return first if first == last else f"{first} to {last}"


def _edges(first: date, last: date) -> tuple[str, str]:
    """Write both ends as years, months or days, whichever are whole; a day stays a day."""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year), str(last.year)
    if first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]:
        return first.isoformat()[:7], last.isoformat()[:7]
    return first.isoformat(), last.isoformat()


def after(stated: str, newest: date) -> bool:
    """Return whether a stated time is still to come, or to end, after a day.

    >>> after("2026", date(2026, 6, 11)), after("2026-05", date(2026, 6, 11))
    (True, False)
    """
    days = days_of(stated)
    return days is not None and days[1] > newest
