"""Which sequences of words of time are times, and what each is in the calendar.

The patterns are over the letters of ``time_words``: one grammar for all languages, as broad as the
orders in which they put day, month and year.
"""

import re
from collections.abc import Callable, Sequence

from uptake.gather.grammar.periods import Period
from uptake.gather.grammar.time_parts import Context, Parts
from uptake.gather.grammar.time_stated import (
    read_century,
    read_day,
    read_days,
    read_decade,
    read_edge,
    read_iso,
    read_month,
    read_month_number,
    read_numeric,
    read_numeric_month,
    read_quarter,
    read_school,
    read_season,
    read_short,
    read_short_range,
    read_year,
)
from uptake.gather.grammar.time_told import (
    read_ago,
    read_date_only,
    read_day_of,
    read_days_told,
    read_recent,
    read_relative,
    read_rest,
    read_today,
    read_told_from,
    read_week_in,
    read_week_number,
    read_week_of,
    read_weekday,
    read_weekday_ahead,
    read_weekday_day,
    read_weekday_in,
    read_weekdays_in,
    read_within,
)
from uptake.gather.grammar.time_words import Token

_YEAR = r"(?:Y(?:-?y)?|oYy?|oRy|Ry|D)"
_WEEKDAY = r"(?:o?R?[Wv][dj]?[.,]?[-(]?i?o?)?"
_BEHIND = r"(?:,?[Wv][dj]?)?"
_UNIT = "[dwktqhyec]"


def _rules(comma: str) -> dict[str, str]:
    """Return the rules by name, the longest first; ``comma`` may stand before a year."""
    year = rf"(?:{comma}o*{_YEAR})?"
    date = rf"(?:[Mm]\.?o?[NO]|[NO]o?[Mm]){year}"
    amount = rf"[NOnf1]{_UNIT}"
    return {
        "iso": r"Y-[NMm]-N|Y/[NMm]/N|Y\.N\.N|W?i?Y-N-N",
        "numeric": rf"(?:W,?)?(?:N\.N\.Y|N/N[/,]Y|N-N-Y){_BEHIND}|N/N,Y",
        "short_range": r"FN[/.]NZN[/.]N|N/NN/N",
        "short": r"W?N/N[/,][Nn]|W?N-N-[Nn]|Wi?N[-/.]N|(?<=i)N[-/.]N(?=[.,;)]|$)"
        r"|(?<![-/.])N/N(?=[.,;)]|$)",
        "numeric_month": r"Y[-/]N(?![-/.]|s)|(?<![-/.])N[-/]Y(?![-/.])",
        "weekdays_in": r"Rw[BF][Wv][&Z-][Wv]|R[Wv]&[Wv](?=j)",
        "week_of": rf"o?w[oiE]*(?:{date}|oO)|[NO][Mm]w",
        "week_in": rf"o?(?:[NO]|R)wo*(?:[Mm](?:{_YEAR})?|R[ty]|Yy?)|(?:{_YEAR}|Rt|[Mm])(?:[NO]|R)w",
        "week_number": r"w[Nn]",
        "days_md": rf"[FB]?o?{_WEEKDAY}[Mm]\.?o*[NO](?:-|Z|&)o?[NO](?![-/]?[NOMm]){year}",
        "days_dm": rf"[FB]?o?[NO](?:-|Z|F|&)o?[NO][-.]?o*[Mm]\.?{year}",
        "days_nmd": rf"[FB]?o?[NO]Zo?[Mm]o?[NO]{year}",
        "days_between": rf"Bo?(?:[Mm]o?[NO]&o?[NO]|[NO]&o?[NO]o*[Mm]){year}",
        "days_ydm": rf"{_YEAR}{comma}[NO](?:-|&)[NO]-?[Mm]",
        "days_told": r"(?:[FB]?o?[NO](?:-|Z|&)o?[NO]o*Rt)|Rt[NO](?:-|Z|&)?[NO](?=j)"
        rf"|[Mm][NO][NO&Z][NO]?(?=j)|(?:{_YEAR})?[NO][Mm][NO](?=j)",
        "ymd": rf"{_YEAR}[Mm][NO](?![-.]?[qhNOMm]|[-/.,]N)",
        "ydm": rf"{_YEAR}{comma}[NO]-?[Mm](?!,?Y){_BEHIND}",
        "dmy": rf"{_WEEKDAY}[NO][.-]?o*[Mm][.)]?{year}{_BEHIND}",
        "month_number": rf"{_YEAR}[NO]\.?t",
        "mdy": rf"{_WEEKDAY}[Mm][.,/-]?o*(?:N|O(?![Wv]))(?![-.]?[qh]|-?[Mm]|\.N){year}\)?",
        "quarter": rf"o?(?:[NO][-.]?[qh]|qN|hN)(?:,?-?o*{_YEAR})?|{_YEAR},?o*(?:[NO][-.]?[qh]|qN)",
        "century": r"o?[NO]-?c",
        "decade": r"o?K",
        "edge": rf"o?E-?o*(?:o?to?)?(?:[Mm],?o*{_YEAR}|{_YEAR}|[Mm]|R{_UNIT}|{_UNIT}(?!o?[Mm]))"
        rf"|(?:{_YEAR}[Mm]|{_YEAR}|[Mm]|R{_UNIT})E|{_UNIT}-?E",
        "school": r"Y[/-][YN]-?s?y?|Y[/-]n-?s?y",
        "weekday_in": rf"o?[NO][Wv][oi]*(?:R?t|[Mm](?:{_YEAR})?)|(?:[Mm]|Rt)[NO][Wv][dj]?|o?O[Wv]",
        "weekday_ahead": r"[NO][Wv][LAj]",
        "weekday_day": r"[Wv]o?O|[Wv]o?[NO]|[NO][Wv][dj]?",
        "day_of": r"o?[NO]o*Rt|Rto?[NO](?!-)",
        "month": rf"o?(?:to)?[Mm][.,]?o*{_YEAR}|(?:{_YEAR},?o?|R)?[Mm]t|{_YEAR},?o?[Mm]"
        r"|o?Ro?[Mm]|o?to[Mm]|(?<=i)m|m(?=[Z&][Mm]|j)|M",
        "weekday": r"Wi?o?Rw|WoRw|o?Rwi?[Wv]|o?Rv|o?R?W|R?v[dj]|Rv",
        "told": rf"{amount}[Fi]T|T[Fj]?{amount}[LAj]",
        "ago": rf"(?:{amount},?&?)+(?:[ALj]|R(?!o*[dwktqhyecMmWv]))",
        "rest": rf"[rLA]o*R?{_UNIT}|R?{_UNIT}r",
        "within": rf"I(?:oR|R)?{amount}(?:{amount})*|(?<=i)[NO]{_UNIT}(?=[.,;)]|$)",
        "recent": rf"o?R{amount}|RfR?{_UNIT}",
        "relative": rf"o?Ro?{_UNIT}|o?k",
        "today": r"o?T",
        "years_ago": r"D",
        "season": rf"o?[S](?:o*{_YEAR})|{_YEAR}S|RS",
        "date_only": r"(?<=i)(?:o[NO]|O)(?=[,;)]|\.(?![NnO])|$)",
        "year": r"Y(?:-?y)?",
    }


def _compiled(comma: str) -> re.Pattern[str]:
    rules = _rules(comma).items()
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in rules))


PATTERN = _compiled("")
PATTERN_WITH_COMMA = _compiled(",?")
"""Of a language that writes a comma before the year."""


def interpret(rule: str, found: Sequence[Token], context: Context) -> Period | None:
    """Return what the tokens of a rule are in the calendar; None if they are no time after all."""
    try:
        return _READERS[rule](Parts(found), context)
    except (ValueError, OverflowError):  # beyond the calendar: a million years ago
        return None


_READERS: dict[str, Callable[[Parts, Context], Period | None]] = {
    "iso": read_iso,
    "numeric": read_numeric,
    "short": read_short,
    "short_range": read_short_range,
    "month_number": read_month_number,
    "numeric_month": read_numeric_month,
    "weekdays_in": read_weekdays_in,
    "week_of": read_week_of,
    "week_in": read_week_in,
    "week_number": read_week_number,
    "days_nmd": read_days,
    "days_told": read_days_told,
    "day_of": read_day_of,
    "date_only": read_date_only,
    "weekday_day": read_weekday_day,
    "weekday_in": read_weekday_in,
    "weekday_ahead": read_weekday_ahead,
    "told": read_told_from,
    "rest": read_rest,
    "within": read_within,
    "century": read_century,
    "decade": read_decade,
    "days_md": read_days,
    "days_dm": read_days,
    "days_between": read_days,
    "days_ydm": read_days,
    "ymd": read_day,
    "ydm": read_day,
    "dmy": read_day,
    "mdy": read_day,
    "quarter": read_quarter,
    "edge": read_edge,
    "school": read_school,
    "month": read_month,
    "weekday": read_weekday,
    "ago": read_ago,
    "recent": read_recent,
    "relative": read_relative,
    "today": read_today,
    "years_ago": read_year,
    "season": read_season,
    "year": read_year,
}
