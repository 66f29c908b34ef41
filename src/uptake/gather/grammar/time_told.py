"""Times that are told from the document's date: weeks, weekdays, spans from today."""

import datetime as dt
from dataclasses import replace

from uptake.gather.grammar import periods
from uptake.gather.grammar.periods import Period
from uptake.gather.grammar.time_parts import Context, Parts
from uptake.gather.grammar.time_stated import around, read_day, read_days, read_month

_LONGEST_DIGITS = 4
"""Of a day in digits: ``22nd``."""


def _told_month(parts: Parts, context: Context) -> dt.date | None:
    """Return the first day of the month that a word tells: this, last, next."""
    if context.today is None or context.given:
        return None
    return periods.shifted(context.today.replace(day=1), "month", parts.first("R") or 0)


def read_days_told(parts: Parts, context: Context) -> Period | None:
    """Return two days of a month that is told by a word, or that stands before them."""
    if parts.first("Mm") is not None:
        return read_days(parts, context)
    month, numbers = _told_month(parts, context), parts.values("NO")
    if month is None:
        return periods.unknown("day")
    ends = [periods.day(month.year, month.month, n) for n in numbers]
    found = periods.span(ends[0], ends[1]) if ends[0] and ends[1] else None
    return periods.relative(found)


def read_weekdays_in(parts: Parts, context: Context) -> Period | None:
    """Return the days between two weekdays of a week that is told: ``next week, Monday to``."""
    if context.today is None or context.given:
        return periods.unknown("day")
    monday = context.today - dt.timedelta(days=context.today.weekday())
    monday += dt.timedelta(days=7 * (parts.first("R") or 0))
    first, last = (monday + dt.timedelta(days=number - 1) for number in parts.values("Wv"))
    return replace(periods.days(first, last), relative=True) if first < last else None


def read_day_of(parts: Parts, context: Context) -> Period | None:
    """Return a day of a month that is told by a word: ``20th of next month``."""
    month, number = _told_month(parts, context), parts.first("NO")
    if month is None or number is None:
        return periods.unknown("day")
    return periods.relative(periods.day(month.year, month.month, number))


def read_date_only(parts: Parts, context: Context) -> Period | None:
    """Return the latest day of that number on or before the document's date."""
    number = parts.first("NO")
    spelt = parts.all[-1].end - parts.all[-1].start > _LONGEST_DIGITS
    if spelt and "o" not in parts.codes:
        return None
    if context.today is None or context.given or number is None:
        return periods.unknown("day")
    month = context.today.replace(day=1)
    if number > context.today.day:
        month = periods.shifted(month, "month", -1)
    return periods.relative(periods.day(month.year, month.month, number))


def read_weekday_day(parts: Parts, context: Context) -> Period | None:
    """Return the day near the document's that is both that weekday and that number."""
    number, weekday = parts.first("NO"), parts.first("Wv")
    marked = any(t.code in "Oo" or (t.code == "N" and t.ending) for t in parts.all)
    if not marked:
        return None
    if context.today is None or number is None or weekday is None:
        return periods.unknown("day")
    for shift in (0, -1, 1, -2, 2):
        month = periods.shifted(context.today.replace(day=1), "month", shift)
        found = periods.day(month.year, month.month, number)
        if found and found.first and dt.date.fromisoformat(found.first).weekday() == weekday - 1:
            return periods.relative(found)
    return None


def read_weekday_in(parts: Parts, context: Context) -> Period | None:
    """Return the nth weekday of a month."""
    number, weekday = parts.first("NO") or 1, parts.first("Wv") or 1
    month = _first_of_month(parts, context)
    if month is None:
        return periods.unknown("day")
    at = month + dt.timedelta(days=(weekday - 1 - month.weekday()) % 7 + 7 * (number - 1))
    return periods.of_day(at) if at.month == month.month else None


def _first_of_month(parts: Parts, context: Context) -> dt.date | None:
    if parts.first("Mm") is None:
        return _told_month(parts, context)
    found = read_month(parts, context)
    return periods.bounds(found)[0] if found and found.first else None  # type: ignore[index]


def read_week_in(parts: Parts, context: Context) -> Period | None:
    """Return the nth week of a month or year, or its last."""
    number = parts.first("NO")
    of_month = parts.first("Mm") is not None or "t" in parts.codes
    if of_month:
        first = _first_of_month(parts, context)
        whole = periods.month(first.year, first.month) if first else None
    else:
        year, _ = parts.year(context)
        whole = periods.year(year) if year else None
    bounds = periods.bounds(whole) if whole else None
    if bounds is None:
        return periods.unknown("day")
    if number is None:
        monday = bounds[1] - dt.timedelta(days=bounds[1].weekday())
        return periods.week(monday)
    # The first week of a period is the one that holds its first Thursday.
    first_week = bounds[0] + dt.timedelta(days=(3 - bounds[0].weekday()) % 7)
    return periods.week(first_week + dt.timedelta(days=7 * (number - 1)))


def read_week_number(parts: Parts, context: Context) -> Period | None:
    """Return a week of the document's year by its number."""
    number = parts.first("Nn")
    if parts.all[0].ending:  # in a week five times, and not week five
        return None
    if context.year is None or number is None or not 1 <= number <= 52:
        return periods.unknown("day")
    return periods.relative(periods.week(dt.date.fromisocalendar(context.year, number, 1)))


def read_week_of(parts: Parts, context: Context) -> Period | None:
    """Return the week that holds a day."""
    found = (
        read_day(parts, context)
        if parts.first("Mm") is not None
        else read_date_only(parts, context)
    )
    bounds = periods.bounds(found) if found else None
    return replace(periods.week(bounds[0]), relative=True) if bounds else found


def read_weekday_ahead(parts: Parts, context: Context) -> Period | None:
    """Return the second, third ... such weekday from the document's date."""
    if context.today is None:
        return periods.unknown("day")
    count, weekday = parts.first("NO") or 1, (parts.first("Wv") or 1) - 1
    if "A" in parts.codes:
        back = (context.today.weekday() - weekday) % 7 or 7
        return periods.of_day(context.today - dt.timedelta(days=back + 7 * (count - 1)))
    ahead = (weekday - context.today.weekday()) % 7 or 7
    return periods.of_day(context.today + dt.timedelta(days=ahead + 7 * (count - 1)))


def read_told_from(parts: Parts, context: Context) -> Period | None:
    """Return a day told from a day that is told itself: ``two days after tomorrow``."""
    if context.today is None:
        return periods.unknown("day")
    lead = next((t for t in parts.all if t.code == "i"), None)
    back = "A" in parts.codes or (lead is not None and lead.value == "by")
    count = 1 if "1" in parts.codes else parts.first("NOn")
    if count is None:
        return periods.unknown("day")
    at = context.today + dt.timedelta(days=parts.first("T") or 0)
    return periods.of_day(periods.shifted(at, parts.unit(), -count if back else count))


def read_rest(parts: Parts, context: Context) -> Period | None:
    """Return what is left of a period, or (``earlier``) what has gone."""
    whole = around(parts.unit(), parts.first("R") or 0, context)
    bounds = periods.bounds(whole)
    if bounds is None or context.today is None or not bounds[0] <= context.today <= bounds[1]:
        return whole
    ends = (bounds[0], context.today) if "A" in parts.codes else (context.today, bounds[1])
    return replace(periods.days(*ends), relative=True)


def read_within(parts: Parts, context: Context) -> Period | None:
    """Return the span from the document's date on, or the day at its end."""
    if context.today is None:
        return periods.unknown("day")
    pairs = [t for t in parts.all if t.code not in "IoRi"]
    at = context.today
    for count, unit in zip(pairs[::2], pairs[1::2], strict=True):
        if count.code == "f":
            return periods.unknown("day")
        at = periods.shifted(at, unit.value, 1 if count.code == "1" else count.value)
    if "I" not in parts.codes:
        return periods.of_day(at)
    return replace(periods.days(context.today, at), relative=True)


def read_weekday(parts: Parts, context: Context) -> Period | None:
    """Return the latest such weekday on or before the document's date, or that of a week."""
    if context.today is None or context.given:
        return periods.unknown("day")
    number, shift, today = (parts.first("Wv") or 1) - 1, parts.first("R"), context.today
    monday = today - dt.timedelta(days=today.weekday())
    if shift is not None:
        return periods.of_day(monday + dt.timedelta(days=7 * shift + number))
    return periods.of_day(today - dt.timedelta(days=(today.weekday() - number) % 7))


def read_ago(parts: Parts, context: Context) -> Period | None:
    """Return a day some units before or after the document's date."""
    last = parts.all[-1]
    if (last.code == "j" and last.value not in {"after", "in"}) or last.value == 0:
        return None
    if context.today is None:
        return periods.unknown("day")
    sign = -1 if "A" in parts.codes or (last.code == "R" and last.value < 0) else 1
    at, pairs = context.today, [t for t in parts.all if t.code not in "&ALjR,"]
    smallest = "year"
    for count, unit in zip(pairs[::2], pairs[1::2], strict=True):
        if count.code == "f":
            return periods.unknown(unit.value)
        at = periods.shifted(at, unit.value, sign * (1 if count.code == "1" else count.value))
        smallest = unit.value
    if last.code == "j" and last.value == "in":
        return replace(periods.days(context.today, at), relative=True)
    if smallest in {"year", "month"} and len(pairs) == 2:
        return periods.around(at, smallest)
    return periods.of_day(at)


def read_recent(parts: Parts, context: Context) -> Period | None:
    """Return the last or next so many units."""
    unit, count, shift = parts.unit(), parts.first("NOn"), parts.first("R")
    if context.today is None or count is None or not shift:
        return periods.unknown(unit if unit in {"day", "month", "year"} else "day")
    other = periods.shifted(context.today, unit, shift * count)
    begun = context.today + dt.timedelta(days=1) if shift > 0 and unit != "year" else context.today
    first, last = sorted((begun, other))
    if unit in {"decade", "century"}:
        return periods.unknown("year")
    if unit == "year":
        return replace(periods.years(first.year, last.year), relative=True)
    return replace(periods.days(first, last), relative=True)


def read_relative(parts: Parts, context: Context) -> Period | None:
    """Return last, this or next unit."""
    return around(parts.unit(), parts.first("R") or 0, context)


def read_today(parts: Parts, context: Context) -> Period | None:
    """Return a day told from the document's date by one word."""
    shift = parts.first("T") or 0
    if context.today is None or context.given:
        return periods.unknown("day")
    return periods.of_day(context.today + dt.timedelta(days=shift))
