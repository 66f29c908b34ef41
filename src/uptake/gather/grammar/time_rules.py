"""Which sequences of words of time are times, and what each is in the calendar.

The patterns are over the letters of ``time_words``: one grammar for all languages, as broad as the
orders in which they put day, month and year.
"""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from uptake.gather.grammar import periods
from uptake.gather.grammar.periods import Period
from uptake.gather.grammar.time_words import Token

_YEAR = r"(?:Y-?y?|oYy?|oRy|Ry|D)"
_WEEKDAY = r"(?:o?R?W[.,]?[-(]?i?o?)?"
_UNIT = "[dwktqhyec]"


def _rules(comma: str) -> dict[str, str]:
    """Return the rules by name, the longest first; ``comma`` may stand before a year."""
    year = rf"(?:{comma}o*{_YEAR})?"
    return {
        "iso": r"Y-[NM]-N|Y/[NM]/N|Y\.N\.N|W?i?Y-N-N",
        "numeric": r"W?,?N\.N\.Y|W?,?N/N[/,]Y|W?,?N-N-Y|N/N,Y",
        "short": r"W?N/N[/,][Nn]|W?N-N-[Nn]|Wi?N[-/.]N",
        "days_md": rf"[FB]?o?{_WEEKDAY}[Mm]\.?o*[NO](?:-|Z)o?[NO](?![-/]?[NOMm]){year}",
        "days_dm": rf"[FB]?o?[NO](?:-|Z|F)o?[NO][-.]?o*[Mm]\.?{year}",
        "days_between": rf"Bo?(?:[Mm]o?[NO]&o?[NO]|[NO]&o?[NO]o*[Mm]){year}",
        "days_ydm": rf"{_YEAR}{comma}[NO]-[NO]-?[Mm]",
        "ydm": rf"{_YEAR}{comma}[NO]-?[Mm]",
        "dmy": rf"{_WEEKDAY}[NO][.-]?o*[Mm][.)]?{year}",
        "mdy": rf"{_WEEKDAY}[Mm][.,/-]?o*[NO](?![-.]?[qh]|-?[Mm]|\.N){year}\)?",
        "quarter": rf"o?(?:[NO][-.]?[qh]|qN|hN)(?:,?-?o*{_YEAR})?|{_YEAR},?o*(?:[NO][-.]?[qh]|qN)",
        "edge": rf"o?E-?o*(?:o?to?)?(?:[Mm],?o*{_YEAR}|{_YEAR}|[Mm]|R{_UNIT}|{_UNIT}(?!o?[Mm]))"
        rf"|(?:{_YEAR}[Mm]|{_YEAR}|[Mm]|R{_UNIT})E|{_UNIT}-?E",
        "school": r"Y[/-][YN]-?s?y?|Y[/-]n-?s?y",
        "month": rf"o?(?:to)?[Mm][.,]?o*{_YEAR}|{_YEAR},?o?[Mm]|o?Ro?[Mm]|o?to[Mm]|(?<=i)m|M",
        "weekday": r"Wi?o?Rw|WoRw|o?Rwi?W|o?R?W",
        "ago": rf"(?:[NOnf]{_UNIT}&?)+[AL]",
        "recent": rf"o?R[NOnf]{_UNIT}|RfR?{_UNIT}",
        "relative": rf"o?Ro?{_UNIT}",
        "today": r"o?T",
        "years_ago": r"D",
        "season": rf"o?[S](?:o*{_YEAR})|{_YEAR}S|RS",
        "year": r"Y-?y?",
    }


def _compiled(comma: str) -> re.Pattern[str]:
    rules = _rules(comma).items()
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in rules))


PATTERN = _compiled("")
PATTERN_WITH_COMMA = _compiled(",?")
"""Of a language that writes a comma before the year."""
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}


@dataclass(frozen=True, slots=True)
class Context:
    """What times are told from.

    Attributes:
        today: The document's date, if it states one to the day.
        year: The year of the document's date, or one that a range gives to its beginning.
        given: Whether ``year`` comes from a range.
        month_first: Whether ``4/5`` is the fifth of April.
    """

    today: dt.date | None
    year: int | None
    given: bool = False
    month_first: bool = False


def interpret(rule: str, found: Sequence[Token], context: Context) -> Period | None:
    """Return what the tokens of a rule are in the calendar; None if they are no time after all."""
    return _READERS[rule](_Parts(found), context)


class _Parts:
    """The tokens of one time by their letters."""

    def __init__(self, found: Sequence[Token]) -> None:
        self.all = found
        self.codes = "".join(t.code for t in found)

    def values(self, codes: str) -> list[int]:
        return [t.value for t in self.all if t.code in codes]

    def first(self, codes: str) -> int | None:
        values = self.values(codes)
        return values[0] if values else None

    def unit(self) -> str:
        return next(t.value for t in reversed(self.all) if t.code in "dwktqhyec")

    def year(self, context: Context) -> tuple[int | None, bool]:
        """Return the year that is stated or told by a word, and whether the latter."""
        if (stated := self.first("Y")) is not None:
            return stated, False
        shift = self.first("D")
        if shift is None and re.search("Ro?y", self.codes):
            shift = self.first("R")
        if shift is not None and context.year is not None and not context.given:
            return context.year + shift, True
        return None, shift is not None


def _dated(of_month: int, number: int, parts: _Parts, context: Context) -> Period | None:
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
    nearest = periods.nearest_year(context.today, of_month, number)
    return periods.relative(periods.day(nearest, of_month, number))


def _day(parts: _Parts, context: Context) -> Period | None:
    of_month, number = parts.first("Mm"), parts.first("NO")
    if of_month is None or number is None or _sentence_ends(parts):
        return None
    return _dated(of_month, number, parts, context)


def _sentence_ends(parts: _Parts) -> bool:
    """Return whether the point behind a month's name is that of a sentence."""
    for token, following in zip(parts.all, parts.all[1:], strict=False):
        if token.code in "Mm" and following.code == "." and token.end - token.start > 4:
            return True
    return False


def _spaced_alike(parts: _Parts) -> bool:
    """Return whether the signs in a date in digits stand alike: ``2.1. 2025`` is a heading."""
    numbers = [t for t in parts.all if t.code in "NYn"]
    gaps = {after.start - before.end for before, after in zip(numbers, numbers[1:], strict=False)}
    return len(gaps) <= 1


def _iso(parts: _Parts, context: Context) -> Period | None:
    numbers = parts.values("YNM")
    return periods.day(*numbers[:3]) if len(numbers) == 3 else None


def _numeric(parts: _Parts, context: Context) -> Period | None:
    one, two, year = parts.values("NYn")
    if not _spaced_alike(parts):
        return None
    year += 0 if year > 99 else 2000 if year < 50 else 1900
    return periods.day(year, *_ordered(one, two, parts, context))


def _short(parts: _Parts, context: Context) -> Period | None:
    numbers = parts.values("Nn")
    if len(numbers) == 3:
        return _numeric(parts, context)
    of_month, number = _ordered(*numbers, parts, context)
    return _dated(of_month, number, parts, context) if of_month <= 12 else None


def _ordered(one: int, two: int, parts: _Parts, context: Context) -> tuple[int, int]:
    """Return month and day of two numbers."""
    month_first = context.month_first and "." not in parts.codes
    if (month_first and one <= 12) or two > 12:
        return one, two
    return two, one


def _days(parts: _Parts, context: Context) -> Period | None:
    of_month, numbers = parts.first("Mm"), parts.values("NO")
    if of_month is None or len(numbers) != 2 or _sentence_ends(parts):
        return None
    first = _dated(of_month, numbers[0], parts, context)
    last = _dated(of_month, numbers[1], parts, context)
    return periods.span(first, last) if first and last else None


def _quarter(parts: _Parts, context: Context) -> Period | None:
    number = parts.first("NO")
    unit = "quarter" if "q" in parts.codes else "half"
    if number is None or number > (4 if unit == "quarter" else 2):
        return None
    year, told = parts.year(context)
    make = periods.quarter if unit == "quarter" else periods.half
    name = "quarter" if unit == "quarter" else "half-year"
    if year is None and not told:
        year, told = context.year, not context.given
    if year is None:
        return periods.unknown(name)
    return replace(make(year, number), relative=told)


def _edge(parts: _Parts, context: Context) -> Period | None:
    which = next(t.value for t in parts.all if t.code == "E")
    inner = [t for t in parts.all if t.code != "E"]
    rest = _Parts(inner)
    unit = next((t.value for t in inner if t.code in "dwktqhec"), None)
    if rest.first("Mm") is not None:
        found = _month(rest, context)
    elif unit and not rest.values("Y"):
        found = _around(unit, rest.first("R") or 0, context)
    else:
        year, told = rest.year(context)
        if year is None:
            year, told = (None if told else context.year), True
        found = replace(periods.year(year), relative=told) if year else periods.unknown("day")
    return periods.edge(found, which) if found else None


def _around(unit: str, shift: int, context: Context) -> Period:
    if context.today is not None and not context.given:
        return periods.around(context.today, unit, shift)
    if unit == "year" and context.year is not None and not context.given:
        return replace(periods.year(context.year + shift), relative=True)
    return periods.unknown({"week": "day", "weekend": "day", "half": "half-year"}.get(unit, unit))


def _school(parts: _Parts, context: Context) -> Period | None:
    first = parts.first("Y")
    assert first is not None  # noqa: S101 - the rule has one
    second = parts.values("YNn")[1]
    last = second if second > 99 else first // 100 * 100 + second
    if last != first + 1 and ("/" in parts.codes or second <= 99):
        return None
    if "-" in parts.codes and "s" not in parts.codes:
        return periods.years(first, last) if last > first else None
    return periods.years(first, last, "school-year")


def _month(parts: _Parts, context: Context) -> Period | None:
    number = parts.first("Mm")
    if number is None or _sentence_ends(parts) and "Y" in parts.codes:
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


def _weekday(parts: _Parts, context: Context) -> Period | None:
    if context.today is None or context.given:
        return periods.unknown("day")
    number, shift, today = (parts.first("W") or 1) - 1, parts.first("R"), context.today
    monday = today - dt.timedelta(days=today.weekday())
    if shift is not None:
        return periods.of_day(monday + dt.timedelta(days=7 * shift + number))
    return periods.of_day(today - dt.timedelta(days=(today.weekday() - number) % 7))


def _ago(parts: _Parts, context: Context) -> Period | None:
    if context.today is None:
        return periods.unknown("day")
    sign = -1 if "A" in parts.codes else 1
    at, pairs = context.today, [t for t in parts.all if t.code not in "&AL"]
    smallest = "year"
    for count, unit in zip(pairs[::2], pairs[1::2], strict=True):
        if count.code == "f":
            return periods.unknown(unit.value)
        at = periods.shifted(at, unit.value, sign * count.value)
        smallest = unit.value
    if smallest in {"year", "month"} and len(pairs) == 2:
        return periods.around(at, smallest)
    return periods.of_day(at)


def _recent(parts: _Parts, context: Context) -> Period | None:
    unit, count, shift = parts.unit(), parts.first("NOn"), parts.first("R")
    if context.today is None or count is None or not shift:
        return periods.unknown(unit if unit in {"day", "month", "year"} else "day")
    other = periods.shifted(context.today, unit, shift * count)
    first, last = sorted((context.today, other))
    if unit == "year":
        return replace(periods.years(first.year, last.year), relative=True)
    return replace(periods.days(first, last), relative=True)


def _relative(parts: _Parts, context: Context) -> Period | None:
    return _around(parts.unit(), parts.first("R") or 0, context)


def _today(parts: _Parts, context: Context) -> Period | None:
    shift = parts.first("T") or 0
    if context.today is None or context.given:
        return periods.unknown("day")
    return periods.of_day(context.today + dt.timedelta(days=shift))


def _year(parts: _Parts, context: Context) -> Period | None:
    year, told = parts.year(context)
    if year is None:
        return periods.unknown("year")
    return replace(periods.year(year), relative=told)


def _season(parts: _Parts, context: Context) -> Period | None:
    name = next(t.value for t in parts.all if t.code == "S")
    year, told = parts.year(context)
    if year is None and (shift := parts.first("R")) is not None and context.year is not None:
        year, told = context.year + shift, True
    if year is None:
        return periods.unknown("month")
    first, last = _SEASONS[name]
    end = year + (last < first)
    return Period(f"{year:04}-{first:02}", f"{end:04}-{last:02}", "month", told)


_READERS: dict[str, Callable[[_Parts, Context], Period | None]] = {
    "iso": _iso,
    "numeric": _numeric,
    "short": _short,
    "days_md": _days,
    "days_dm": _days,
    "days_between": _days,
    "days_ydm": _days,
    "ydm": _day,
    "dmy": _day,
    "mdy": _day,
    "quarter": _quarter,
    "edge": _edge,
    "school": _school,
    "month": _month,
    "weekday": _weekday,
    "ago": _ago,
    "recent": _recent,
    "relative": _relative,
    "today": _today,
    "years_ago": _year,
    "season": _season,
    "year": _year,
}
