"""Times that a text states."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from uptake.gather.grammar import periods
from uptake.gather.grammar.periods import Period
from uptake.gather.grammar.shadow import shadow
from uptake.gather.grammar.spans import TimeSpan
from uptake.gather.grammar.time_rules import PATTERN, PATTERN_WITH_COMMA, Context, interpret
from uptake.gather.grammar.time_words import Token, Words, time_words, tokens

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
                stated=made.span(listed[time.low].start, listed[time.high - 1].end),
            )
        )
    return tuple(spans)


@lru_cache(maxsize=4)
def masked(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """Return where a shadow has times that are stated by numbers: no quantities are there."""
    found, listed = _found(text, language, None)
    return tuple(
        (listed[t.low].start, listed[t.high - 1].end)
        for t in found
        if t.rule not in {"ago", "recent", "relative", "today", "weekday"}
        and not (t.rule == "year" and text[listed[t.low].start].isalpha())
    )


def _found(text: str, language: str, date: str | None) -> tuple[list[Found], list[Token]]:
    listed = tokens(text, language)
    context = _context(date, time_words(language))
    return list(_ranges(list(_points(listed, context)), listed, context)), listed


def _context(date: str | None, words: Words) -> Context:
    today = dt.date.fromisoformat(date) if date and len(date) == 10 else None
    year = int(date[:4]) if date else None
    return Context(today, year, month_first=bool(words.raw.get("month_first", False)))


def _points(listed: Sequence[Token], context: Context) -> Iterator[Found]:
    codes = "".join(token.code for token in listed)
    at = 0
    pattern = PATTERN_WITH_COMMA if context.month_first else PATTERN
    while match := pattern.search(codes, at):
        low, high, rule = match.start(), match.end(), match.lastgroup or ""
        at = high
        while high > low and listed[high - 1].code in ".,)":
            high -= 1
        while low < high and listed[low].code in "oiF" and rule != "relative":
            low += 1
        period = (
            interpret(rule, listed[low:high], context) if _stands(rule, listed, low, high) else None
        )
        if period is None:
            at = match.start() + 1
            continue
        yield Found(low, high, rule, period)


def _stands(rule: str, listed: Sequence[Token], low: int, high: int) -> bool:
    """Return whether the surroundings allow a time: a bare year is none after a currency's sign."""
    if rule != "year" or high - low > 1:
        return True
    before = listed[low - 1] if low else None
    return before is None or not (before.code in "-/." and before.end == listed[low].start)


def _ranges(found: Sequence[Found], listed: Sequence[Token], context: Context) -> Iterator[Found]:
    """Yield times, two that are the ends of a period as one."""
    number = 0
    while number < len(found):
        this = found[number]
        following = found[number + 1] if number + 1 < len(found) else None
        joined = _joined(this, following, listed, context) if following else None
        yield joined or this
        number += 2 if joined else 1


def _joined(this: Found, other: Found, listed: Sequence[Token], context: Context) -> Found | None:
    between = "".join(token.code for token in listed[this.high : other.low])
    before = listed[this.low - 1].code if this.low else ""
    if not (between.strip("o,") in _JOINS or (before == "B" and between.strip("o,") == "&")):
        return None
    low = this.low - (before in {"B", "F"})
    first = this.period
    if other.period.first and (first.unknown or first.relative):
        told = replace(context, year=int(other.period.first[:4]), given=True)
        first = interpret(this.rule, listed[this.low : this.high], told) or first
    period = periods.span(first, other.period)
    return Found(low, other.high, "range", period) if period else None


def _relation(listed: Sequence[Token], time: Found, words: Words) -> tuple[int, int, str]:
    """Return a time's stretch with the words of its relation, and the relation."""
    low, high, relation = time.low, time.high, ""
    period = time.period
    is_range = time.rule in {"range", "days_md", "days_dm", "days_between", "days_ydm"} or (
        period.last is not None and period.granularity == "year"
    )
    if high < len(listed) and listed[high].code in "jL" and listed[high].value:
        relation, high = listed[high].value, high + 1
        relation = "during" if is_range and relation == "in" else relation
    elif any(listed[high - 1].ending.endswith(e) for e in words.raw.get("until_endings", ())):
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
    if not relation:
        relation = "during" if is_range else "in"
    if relation == "in" and time.rule == "edge" and period.granularity == "day":
        relation = "as_of"
    return low, high, relation
