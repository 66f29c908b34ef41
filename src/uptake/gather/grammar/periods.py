"""Days, months, quarters and years of the calendar in ISO form, and those told from a day."""

import calendar
import datetime as dt
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Period:
    """A time of the calendar.

    Attributes:
        first: ISO to its precision; None if only a document's date could tell.
        last: End of a period that is more than one unit of its granularity, else None.
        granularity: As in ``TimeSpan``.
        relative: Told from a document's date.
    """

    first: str | None
    last: str | None
    granularity: str
    relative: bool = False

    @property
    def unknown(self) -> bool:
        """Return whether only a document's date could tell it."""
        return self.first is None


def day(year: int, month: int, number: int) -> Period | None:
    """Return a day; None if the calendar has none such."""
    try:
        return Period(dt.date(year, month, number).isoformat(), None, "day")
    except ValueError:
        return None


def of_day(date: dt.date) -> Period:
    """Return the period of one day told from another."""
    return Period(date.isoformat(), None, "day", relative=True)


def month(year: int, number: int) -> Period:
    """Return a month."""
    return Period(f"{year:04}-{number:02}", None, "month")


def quarter(year: int, number: int) -> Period:
    """Return a quarter of a year."""
    return Period(f"{year:04}-Q{number}", None, "quarter")


def half(year: int, number: int) -> Period:
    """Return a half of a year, told by its first and last month."""
    months = ("01", "06") if number == 1 else ("07", "12")
    return Period(f"{year:04}-{months[0]}", f"{year:04}-{months[1]}", "half-year")


def year(number: int) -> Period:
    """Return a year."""
    return Period(f"{number:04}", None, "year")


def years(first: int, last: int, granularity: str = "year") -> Period:
    """Return a span of years; a school year has its own granularity."""
    return Period(f"{first:04}", f"{last:04}", granularity)


def days(first: dt.date, last: dt.date) -> Period:
    """Return a span of days."""
    return Period(first.isoformat(), last.isoformat(), "day")


def week(date: dt.date) -> Period:
    """Return the week from Monday to Sunday that holds a day."""
    monday = date - dt.timedelta(days=date.weekday())
    return days(monday, monday + dt.timedelta(days=6))


def unknown(granularity: str) -> Period:
    """Return a period that only a document's date would tell."""
    return Period(None, None, granularity, relative=True)


def relative(period: Period | None) -> Period | None:
    """Return a period marked as told from a document's date."""
    return replace(period, relative=True) if period else None


def bounds(period: Period) -> tuple[dt.date, dt.date] | None:
    """Return the first and last day of a known period.

    >>> bounds(quarter(2026, 3))
    (datetime.date(2026, 7, 1), datetime.date(2026, 9, 30))
    """
    if period.first is None:
        return None
    first, _ = _days_of(period.first)
    return first, _days_of(period.last or period.first)[1]


def _days_of(iso: str) -> tuple[dt.date, dt.date]:
    number = int(iso[:4])
    if len(iso) == 4:
        return dt.date(number, 1, 1), dt.date(number, 12, 31)
    if iso[5] == "Q":
        last = int(iso[6]) * 3
        return dt.date(number, last - 2, 1), _month_end(number, last)
    if len(iso) == 7:
        return dt.date(number, int(iso[5:]), 1), _month_end(number, int(iso[5:]))
    return dt.date.fromisoformat(iso), dt.date.fromisoformat(iso)


def _month_end(number: int, of_month: int) -> dt.date:
    return dt.date(number, of_month, calendar.monthrange(number, of_month)[1])


def edge(period: Period, which: str) -> Period:
    """Return the last day of a period (``end``), or all of it: its start is not one day."""
    days_of = bounds(period)
    if days_of is None or which != "end":
        return period
    return Period(days_of[1].isoformat(), None, "day", period.relative)


def span(first: Period, last: Period) -> Period | None:
    """Return the period from one to another; None if the second is not the later."""
    if first.first is None or last.first is None:
        return unknown(last.granularity)
    finer = first if len(first.first) > len(last.first) else last
    ends = bounds(first), bounds(last)
    if ends[0] is None or ends[1] is None or ends[0][0] > ends[1][0]:
        return None
    return Period(
        first.first, last.last or last.first, finer.granularity, first.relative or last.relative
    )


def nearest_day(today: dt.date, of_month: int, number: int) -> Period | None:
    """Return the day of a month that is nearest to another; None if no year has it."""
    options = []
    for candidate in range(today.year - 4, today.year + 5):
        try:
            at = dt.date(candidate, of_month, number)
        except ValueError:
            continue
        options.append((abs((at - today).days), at))
    return of_day(min(options)[1]) if options else None


def nearest_year(today: dt.date, of_month: int, number: int = 15) -> int:
    """Return the year that brings a month and day nearest to another day."""
    options = []
    for candidate in (today.year - 1, today.year, today.year + 1):
        at = dt.date(candidate, of_month, min(number, calendar.monthrange(candidate, of_month)[1]))
        options.append((abs((at - today).days), candidate))
    return min(options)[1]


def shifted(date: dt.date, unit: str, count: int) -> dt.date:
    """Return a day some days, weeks, months or years away; a month's end stays one.

    >>> shifted(dt.date(2026, 1, 31), "month", 1)
    datetime.date(2026, 2, 28)
    """
    if unit in {"day", "week"}:
        return date + dt.timedelta(days=count * (7 if unit == "week" else 1))
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}[unit]
    total = date.year * 12 + date.month - 1 + count * months
    number, of_month = divmod(total, 12)
    return dt.date(
        number, of_month + 1, min(date.day, calendar.monthrange(number, of_month + 1)[1])
    )


def around(date: dt.date, unit: str, count: int = 0) -> Period:
    """Return the unit that holds a day, or the one ``count`` further: last, this, next week."""
    at = shifted(date, "week" if unit == "weekend" else unit, count) if unit != "day" else date
    if unit == "day":
        return of_day(date + dt.timedelta(days=count))
    found = {
        "week": lambda: week(at),
        "weekend": lambda: days(*_weekend(at)),
        "month": lambda: month(at.year, at.month),
        "quarter": lambda: quarter(at.year, (at.month + 2) // 3),
        "half": lambda: half(at.year, 1 if at.month <= 6 else 2),
        "year": lambda: year(at.year),
        "decade": lambda: years(at.year // 10 * 10, at.year // 10 * 10 + 9),
        "century": lambda: years(at.year // 100 * 100, at.year // 100 * 100 + 99),
    }[unit]()
    return replace(found, relative=True)


def _weekend(date: dt.date) -> tuple[dt.date, dt.date]:
    monday = date - dt.timedelta(days=date.weekday())
    return monday + dt.timedelta(days=5), monday + dt.timedelta(days=6)
