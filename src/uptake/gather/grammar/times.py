"""Times that a text states."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from uptake.gather.grammar import periods
from uptake.gather.grammar.lexicon import Lexicon, lexicon
from uptake.gather.grammar.periods import Period
from uptake.gather.grammar.shadow import shadow
from uptake.gather.grammar.spans import TimeSpan
from uptake.gather.grammar.time_parts import Context
from uptake.gather.grammar.time_rules import PATTERN, PATTERN_WITH_COMMA, interpret
from uptake.gather.grammar.time_words import Token, Words, time_words, tokens

_UNMASKED = frozenset(
    {"ago", "recent", "relative", "today", "weekday", "within", "date_only", "told", "rest"}
)
"""Rules whose numbers are of durations: these stay quantities."""
_WITH_ARTICLE = frozenset(
    {
        "relative",
        "week_in",
        "weekday_in",
        "week_of",
        "day_of",
        "decade",
        "recent",
        "date_only",
        "days_md",
        "days_dm",
        "days_nmd",
        "days_told",
        "days_between",
        "short_range",
    }
)
_RANGES = frozenset(
    {"range", "days_md", "days_dm", "days_nmd", "days_between", "days_ydm", "days_told"}
)
_DAY_WORDS = frozenset("dj")
_AMOUNTS = {">", ">=", "<"}
_BARE_YEAR = 1900
"""Earliest year that needs no word that says so."""
_JOINS = frozenset("-Z")


@dataclass(frozen=True, slots=True)
class Found:
    """A time among the tokens of a shadow: ``tokens[low:high]``."""

    low: int
    high: int
    rule: str
    period: Period


def times(text: str, language: str, date: str | None) -> tuple[TimeSpan, ...]:
    """Return the times that a text states, in order.

    Args:
        text: As stored.
        language: Code; of a language without data only dates in digits are read.
        date: The document's, ISO, if it states one: what ``yesterday`` and a day without a year
            are told from. Without it their ``first`` is None.

    >>> [found] = times("It opened on 5 May 2026.", "en", None)
    >>> found.first, found.granularity, found.relation
    ('2026-05-05', 'day', 'in')
    """
    made = shadow(text)
    found, listed = _found(made.text, language, date)
    words = time_words(language)
    spans = []
    for time in found:
        low, high, relation = _relation(listed, time, words)
        start, end = made.span(listed[low].start, listed[high - 1].end)
        spans.append(
            TimeSpan(
                start=start,
                end=end,
                first=time.period.first,
                last=time.period.last,
                granularity=time.period.granularity,
                relation=relation,
                relative=time.period.relative,
                stated=made.span(
                    listed[time.low].start, _without_case(made.text, time, listed, words)
                ),
            )
        )
    return tuple(spans)


def _without_case(text: str, time: Found, listed: Sequence[Token], words: Words) -> int:
    """Return where a time ends before an ending that only says where it stands."""
    last = listed[time.high - 1]
    if time.rule == "edge":
        return last.end
    if last.code in _DAY_WORDS and last.ending and time.high - time.low > 1:
        return last.end - len(last.ending)
    ending = words.loose.search(text, last.start, last.end)
    return ending.start() if ending and ending.start() > last.start else last.end


@lru_cache(maxsize=4)
def masked(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """Return where a shadow has times that are stated by numbers: no quantities are there."""
    found, listed = _found(text, language, None)
    return tuple(
        (listed[t.low].start, listed[t.high - 1].end)
        for t in found
        if t.rule not in _UNMASKED
        and not (t.rule == "year" and text[listed[t.low].start].isalpha())
    )


@lru_cache(maxsize=4)
def _found(text: str, language: str, date: str | None) -> tuple[Sequence[Found], Sequence[Token]]:
    listed = tokens(text, language)
    words = time_words(language)
    context = _context(date, words)
    points = [
        _without_count(text, point, listed, context, language)
        for point in _points(text, listed, context, words)
        if not _is_measured(text, point, listed, language)
    ]
    return tuple(_ranges(points, listed, context, words)), listed


def _context(date: str | None, words: Words) -> Context:
    today = dt.date.fromisoformat(date) if date and len(date) == 10 else None
    year = int(date[:4]) if date else None
    return Context(today, year, month_first=bool(words.raw.get("month_first", False)))


def _points(text: str, listed: Sequence[Token], context: Context, words: Words) -> Iterator[Found]:
    codes = "".join(token.code for token in listed)
    at = 0
    pattern = PATTERN_WITH_COMMA if context.month_first else PATTERN
    while match := pattern.search(codes, at):
        low, high, rule = match.start(), match.end(), match.lastgroup or ""
        at = high
        opened = any(token.code == "(" for token in listed[low:high])
        while high > low and listed[high - 1].code in (".," if opened else ".,)"):
            high -= 1
        while low < high and listed[low].code in "oiF" and rule not in _WITH_ARTICLE:
            low += 1
        period = (
            interpret(rule, listed[low:high], context)
            if _stands(rule, text, listed, low, high, words)
            else None
        )
        if period is None:
            at = match.start() + 1
            continue
        yield Found(low, high, rule, period)


def _without_count(
    text: str, time: Found, listed: Sequence[Token], context: Context, language: str
) -> Found:
    """Return a month without the number behind it if that has a unit: ``in March 5 percent``."""
    if time.rule != "mdy" or time.high == len(listed) or listed[time.high - 1].code != "N":
        return time
    behind = listed[time.high]
    word = text[behind.start : behind.end]
    if word != "%" and not (behind.code == "x" and word in lexicon(language).units):
        return time
    high = next(n for n in range(time.low, time.high) if listed[n].code in "Mm") + 1
    period = interpret("month", listed[time.low : high], context)
    return Found(time.low, high, "month", period) if period else time


def _is_measured(text: str, time: Found, listed: Sequence[Token], language: str) -> bool:
    """Return whether a bare number that could be a year has a unit behind it: ``2026 km``."""
    if time.rule != "year" or time.high - time.low > 1 or time.high == len(listed):
        return False
    behind = listed[time.high]
    known = lexicon(language)
    word = text[behind.start : behind.end]
    if behind.code == "x" and (word in known.units or known.has("counters", word)):
        return True
    if known.currencies.find([word, *(text[t.start : t.end] for t in listed[time.high + 1 :][:2])]):
        return True
    return _is_bounded(text, listed[time.low], listed[time.high :], known)


def _is_bounded(text: str, number: Token, behind: Sequence[Token], known: Lexicon) -> bool:
    """Return whether words make a number that could be a year an amount: ``more than 2000``."""
    amounts = _AMOUNTS | {"~"} if number.value % 100 == 0 else _AMOUNTS
    before = text[max(0, number.start - 24) : number.start].split()
    phrases = [" ".join(before[-count:]) for count in (1, 2, 3)]
    if any(known.before.get(phrase) in amounts for phrase in phrases):
        return True
    words = [text[t.start : t.end] for t in behind[:3]]
    signs = {known.after.get(" ".join(words[:count])) for count in (1, 2)}
    return bool(signs & amounts)


def _stands(
    rule: str, text: str, listed: Sequence[Token], low: int, high: int, words: Words
) -> bool:
    """Return whether the surroundings allow a time: a bare year is none after a currency's sign."""
    if rule == "within" and listed[low].code not in "I":
        before = text[listed[low - 1].start : listed[low - 1].end] if low else ""
        return before in words.raw.get("in_is_ahead", ())
    if rule != "year" or high - low > 1:
        return True
    if listed[low].value < _BARE_YEAR:
        return False
    sign = listed[low - 1] if low else None
    return sign is None or not (sign.code in "-/." and sign.end == listed[low].start)


def _ranges(
    found: Sequence[Found], listed: Sequence[Token], context: Context, words: Words
) -> Iterator[Found]:
    """Yield times, two that are the ends of a period as one."""
    number = 0
    while number < len(found):
        this = found[number]
        following = found[number + 1] if number + 1 < len(found) else None
        joined = _joined(this, following, listed, context, words) if following else None
        yield joined or this
        number += 2 if joined else 1


def _joined(
    this: Found, other: Found, listed: Sequence[Token], context: Context, words: Words
) -> Found | None:
    between = "".join(token.code for token in listed[this.high : other.low]).strip("o,")
    before = listed[this.low - 1].code if this.low else ""
    behind = listed[other.high] if other.high < len(listed) else None
    closed = behind is not None and behind.code == "j" and behind.value == "between"
    until = _is_until(other, listed, words)
    from_ending = _ends(listed[this.high - 1], words, "from_endings")
    if not (
        between in _JOINS
        or (between in {"&", "Z"} and (before == "B" or closed))
        or (not between and from_ending and until)
        or (not between and closed)
    ):
        return None
    low = this.low - (before in {"B", "F"})
    first = this.period
    if other.period.first and (first.unknown or first.relative):
        told = replace(context, year=int(other.period.first[:4]), given=True)
        first = interpret(this.rule, listed[this.low : this.high], told) or first
        first = this.period if first.unknown else first
    last = other.period
    period = periods.span(first, last)
    if period is None and last.relative and last.first:  # the next such day is meant
        told = replace(context, year=int(last.first[:4]) + 1, given=True)
        last = interpret(other.rule, listed[other.low : other.high], told) or last
        period = periods.span(first, last)
    return Found(low, other.high, "range", period) if period else None


def _ends(token: Token, words: Words, key: str) -> bool:
    return any(token.word.endswith(ending) for ending in words.raw.get(key, ()))


def _is_until(time: Found, listed: Sequence[Token], words: Words) -> bool:
    """Return whether what stands behind a time, or its ending, makes it the end of a period."""
    if time.high < len(listed) and listed[time.high].code == "j":
        return bool(listed[time.high].value == "by")
    return _ends(listed[time.high - 1], words, "until_endings")


def _relation(listed: Sequence[Token], time: Found, words: Words) -> tuple[int, int, str]:
    """Return a time's stretch with the words of its relation, and the relation."""
    low, high, relation = time.low, time.high, ""
    period = time.period
    is_range = time.rule in _RANGES or (time.rule == "school" and period.granularity == "year")
    if high < len(listed) and listed[high].code in "jL" and listed[high].value:
        relation, high = listed[high].value, high + 1
        relation = "during" if is_range and relation in {"in", "by", "between"} else relation
    elif _ends(listed[high - 1], words, "until_endings"):
        relation = "by"
    before = low
    while before and listed[before - 1].code == "o":
        before -= 1
    leads = "iFZI" if words.raw.get("to_is_until", False) else "iFI"
    if before and listed[before - 1].code in leads:
        token = listed[before - 1]
        low = before - 1
        told = {"F": "since", "Z": "by", "I": "in"}.get(token.code, token.value)
        relation = relation or ("during" if is_range and told == "since" else told)
        relation = (
            "during" if is_range and relation == "in" and period.granularity != "day" else relation
        )
    elif before < low:
        low = before
    if is_range and listed[time.low].code == "B":
        relation = "between"
    if not relation:
        relation = "during" if is_range else "in"
    if relation == "in" and time.rule == "edge" and period.granularity == "day":
        relation = "as_of"
    return low, high, relation
