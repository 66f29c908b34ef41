"""Times of the calendar: what a sequence of words of time states."""

from dataclasses import replace
from itertools import pairwise

from uptake.gather.grammar import periods
from uptake.gather.grammar.periods import Period
from uptake.gather.grammar.time_parts import Context, Parts

_ALWAYS = [24, 7]
"""Round the clock, and no day."""
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}


def dated(of_month: int, number: int, parts: Parts, context: Context) -> Period | None:
    """Return a day of a month in the year stated or told, or nearest to the document's date."""
    year, told = parts.year(context)
    if year is not None:
        found = periods.day(year, of_month, number)
        return periods.relative(found) if told else found
    if told:
        return periods.unknown("day")
    if context.given and context.year is not None:
        return periods.day(context.year, of_month, number)
    if context.today is None:
        return periods.unknown("day") if periods.day(2024, of_month, number) else None
    return periods.nearest_day(context.today, of_month, number)


def read_day(parts: Parts, context: Context) -> Period | None:
    """Return a day and month, with or without year."""
    of_month, number = parts.first("Mm"), parts.first("NO")
    if of_month is None or number is None or _sentence_ends(parts):
        return None
    return dated(of_month, number, parts, context)


def _sentence_ends(parts: Parts) -> bool:
    """Return whether the point behind a month's name is that of a sentence."""
    for number, (token, point) in enumerate(pairwise(parts.all)):
        if token.code in "Mm" and point.code == "." and token.end - token.start > 4:
            behind = parts.all[number + 2 :]
            return not (behind and behind[0].start == point.end)
    return False


def _spaced_alike(parts: Parts) -> bool:
    """Return whether the signs in a date in digits stand alike: ``2.1. 2025`` is a heading."""
    numbers = [t for t in parts.all if t.code in "NYn"]
    gaps = {after.start - before.end for before, after in pairwise(numbers)}
    return len(gaps) <= 1


def read_iso(parts: Parts, context: Context) -> Period | None:
    """Return year, month and day in this order."""
    numbers = parts.values("YNMm")
    return periods.day(*numbers[:3]) if len(numbers) == 3 else None


def read_numeric(parts: Parts, context: Context) -> Period | None:
    """Return a day in digits with its year (``13.5.2015``); a year of two digits is completed."""
    one, two, year = parts.values("NYn")
    if not _spaced_alike(parts):
        return None
    year += 0 if year > 99 else 2000 if year < 50 else 1900
    return periods.day(year, *_ordered(one, two, parts, context))


def read_short(parts: Parts, context: Context) -> Period | None:
    """Return a day in digits without a century or year (``21/04/16``, ``4/22``)."""
    numbers = parts.values("Nn")
    if len(numbers) == 3:
        return read_numeric(parts, context)
    alone = "/" in parts.codes and not any(t.code in "Wi" for t in parts.all)
    if alone and (max(numbers) <= 12 or numbers == _ALWAYS):  # 3/4 is a fraction
        return None
    of_month, number = _ordered(numbers[0], numbers[1], parts, context)
    return dated(of_month, number, parts, context) if of_month <= 12 else None


def _ordered(one: int, two: int, parts: Parts, context: Context) -> tuple[int, int]:
    """Return month and day of two numbers."""
    month_first = context.month_first and "." not in parts.codes
    if (month_first and one <= 12) or two > 12:
        return one, two
    return two, one


def read_days(parts: Parts, context: Context) -> Period | None:
    """Return two days of one month."""
    of_month, numbers = parts.first("Mm"), parts.values("NO")
    if of_month is None or len(numbers) != 2 or _sentence_ends(parts):
        return None
    first = dated(of_month, numbers[0], parts, context)
    last = dated(of_month, numbers[1], parts, context)
    return periods.span(first, last) if first and last else None


def read_numeric_month(parts: Parts, context: Context) -> Period | None:
    """Return a month in digits with its year."""
    year, number = parts.first("Y"), parts.first("N")
    if year is None or number is None or number > 12 or not _spaced_alike(parts):
        return None
    return periods.month(year, number)


def read_short_range(parts: Parts, context: Context) -> Period | None:
    """Return the days between two in digits."""
    one, two, three, four = parts.values("N")
    if "Z" not in parts.codes and not parts.all[2].ending:
        return None
    ends = (_ordered(one, two, parts, context), _ordered(three, four, parts, context))
    found = [dated(m, d, parts, context) if m <= 12 else None for m, d in ends]
    return periods.span(found[0], found[1]) if found[0] and found[1] else None


def read_month_number(parts: Parts, context: Context) -> Period | None:
    """Return a month told by its number in a year (``2015'in 3. ayı``)."""
    number, (year, told) = parts.first("NO") or 0, parts.year(context)
    if year is None or not 1 <= number <= 12:
        return None
    return replace(periods.month(year, number), relative=told)


def read_century(parts: Parts, context: Context) -> Period | None:
    """Return a century."""
    number = parts.first("NO") or 0
    return periods.years(number * 100 - 100, number * 100 - 1) if 1 < number <= 21 else None


def read_decade(parts: Parts, context: Context) -> Period | None:
    """Return a decade."""
    first = parts.first("K") or 0
    return periods.years(first, first + 9)


def read_quarter(parts: Parts, context: Context) -> Period | None:
    """Return a quarter or half of a year; of the document's year if none is stated."""
    number = parts.first("NO")
    unit = "quarter" if "q" in parts.codes else "half"
    if number is None or number > (4 if unit == "quarter" else 2):
        return None
    year, told = parts.year(context)
    make = periods.quarter if unit == "quarter" else periods.half
    name = "quarter" if unit == "quarter" else "half-year"
    if year is None and not told:
        if unit == "half":  # of a match as well as of a year
            return None
        year, told = context.year, not context.given
    if year is None:
        return periods.unknown(name)
    return replace(make(year, number), relative=told)


def read_edge(parts: Parts, context: Context) -> Period | None:
    """Return the first or last day of a month, year or other unit."""
    which = next(t.value for t in parts.all if t.code == "E")
    inner = [t for t in parts.all if t.code != "E"]
    rest = Parts(inner)
    unit = next((t.value for t in inner if t.code in "dwktqhec"), None)
    if rest.first("Mm") is not None:
        found = read_month(rest, context)
    elif unit and not rest.values("Y"):
        found = around(unit, rest.first("R") or 0, context)
    else:
        year, told = rest.year(context)
        if year is None:
            year, told = (None if told else context.year), True
        found = replace(periods.year(year), relative=told) if year else periods.unknown("day")
    return periods.edge(found, which) if found else None


def around(unit: str, shift: int, context: Context) -> Period:
    """Return the unit that holds the document's date, or one some units away."""
    if context.today is not None and not context.given:
        return periods.around(context.today, unit, shift)
    if unit == "year" and context.year is not None and not context.given:
        return replace(periods.year(context.year + shift), relative=True)
    return periods.unknown({"week": "day", "weekend": "day", "half": "half-year"}.get(unit, unit))


def read_school(parts: Parts, context: Context) -> Period | None:
    """Return a school year, or a span of two years."""
    first = parts.first("Y")
    assert first is not None  # noqa: S101 - the rule has one
    second = parts.values("YNn")[1]
    last = second if second > 99 else first // 100 * 100 + second
    if last != first + 1 and ("/" in parts.codes or second <= 99):
        return None
    if "-" in parts.codes and "s" not in parts.codes:
        return periods.years(first, last) if last > first else None
    return periods.years(first, last, "school-year")


def read_month(parts: Parts, context: Context) -> Period | None:
    """Return a month; without a year the nearest, or the last or next that a word tells."""
    number = parts.first("Mm")
    if number is None or (_sentence_ends(parts) and "Y" in parts.codes):
        return None
    year, told = parts.year(context)
    if year is not None:
        return replace(periods.month(year, number), relative=told)
    if context.given and context.year is not None:
        return periods.month(context.year, number)
    if told or context.today is None:
        return periods.unknown("month")
    today, shift = context.today, parts.first("R")
    if shift is None:
        year = periods.nearest_year(today, number)
    elif shift < 0:
        year = today.year - (number >= today.month)
    else:
        year = today.year + (shift > 0 and number <= today.month)
    return replace(periods.month(year, number), relative=True)


def read_year(parts: Parts, context: Context) -> Period | None:
    """Return a year, stated or told (``last year``)."""
    year, told = parts.year(context)
    if year is None:
        return periods.unknown("year")
    if parts.all[-1].ending == "years" and year % 10 == 0:
        return periods.years(year, year + 9)
    return replace(periods.year(year), relative=told)


def read_season(parts: Parts, context: Context) -> Period | None:
    """Return a season of a year as its months."""
    name = next(t.value for t in parts.all if t.code == "S")
    year, told = parts.year(context)
    if year is None and (shift := parts.first("R")) is not None and context.year is not None:
        year, told = context.year + shift, True
    if year is None:
        return periods.unknown("month")
    first, last = _SEASONS[name]
    end = year + (last < first)
    return Period(f"{year:04}-{first:02}", f"{end:04}-{last:02}", "month", told)
