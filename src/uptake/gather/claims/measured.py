"""Which quantities measure something, and in which unit: no labels, bases, ratios, totals, ages."""

import re
from dataclasses import replace

from uptake.gather.claims.reading import Reading
from uptake.gather.grammar.spans import Quantity

_DURATIONS = frozenset({"second", "minute", "hour", "day", "week", "month"})
_NEVER = frozenset({"age", "year", "times", "ratio", "ordinal", "decade", "percentage_point"})
_SMALL = 12
"""Counts up to this, in words, are mostly how a story is told ("two regions", "five people")."""
_TINY = 1
_AGE_GAP = 8
_OLDEST = 120
_BOUNDS = frozenset({"<", ">", "<=", ">="})
_LAST_RANK = 300
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_BARE_YEAR = re.compile(r"\d{4}")
_QUOTES = {"«": "»", "“": "”", "„": "“", '"': '"'}
_SHORT_QUOTE = 48
_COMPOUND = re.compile(r"-[^\W\d_]+-\d")
_LIST_MARK = re.compile(r"\s*(?:\d+[.)])+\s*")


def measured(reading: Reading) -> list[Quantity]:
    """Return the quantities of a sentence that measure something, in their unit, in order."""
    found = []
    years = set(ages(reading))
    for quantity in reading.quantities:
        unit = _unit(reading, quantity) if quantity not in years else ""
        if unit == "percent" and quantity.unit == "share":
            quantity = replace(quantity, value=round(100 * quantity.value, 1))  # noqa: PLW2901
        if unit:
            found.append(replace(quantity, unit=unit))
    return found


def ages(reading: Reading) -> list[Quantity]:
    """Return the quantities of a sentence that are ages: they tell of whom, not how many."""
    found: list[Quantity] = []
    last = -_AGE_GAP
    for quantity in reading.quantities:
        if quantity.unit not in {"age", "count", "year"}:
            continue
        told = (
            quantity.unit == "age"
            or reading.precedes("ages_before", quantity.start)
            or reading.follows("ages_after", quantity.number[1])
            or (bool(found) and quantity.start - last < _AGE_GAP)
            or (
                quantity.comparator in _BOUNDS
                and reading.precedes("ages_bounded", quantity.start)
                and not reading.follows("counted", quantity.end, within=1)
            )
        )
        if told and quantity.value <= _OLDEST:
            found.append(quantity)
            last = quantity.number[1]
    return found


def _unit(reading: Reading, quantity: Quantity) -> str:
    """Return the unit in which a quantity measures something; empty if it does not."""
    if quantity.unit in _NEVER or _in_a_time(reading, quantity) or _in_a_name(reading, quantity):
        return ""
    if quantity.ordinal or quantity.unit == "rank" or _ranks(reading, quantity):
        return "rank" if _is_rank(reading, quantity) else ""
    if quantity.unit in _DURATIONS:
        return quantity.unit if _takes_time(reading, quantity) else ""
    if quantity.unit == "share":
        return "percent" if _is_share(reading, quantity) else ""
    if quantity.unit != "count":
        return quantity.unit
    return _count(reading, quantity)


def _takes_time(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a duration is what is measured, not when ("within 15 days")."""
    at = quantity.start
    changes = reading.precedes("from", at) or reading.precedes("to", at)
    if not changes and reading.precedes("adjunct_before", at):
        return False
    return reading.has("time_measures", reading.sentence.start, reading.sentence.end)


def _count(reading: Reading, quantity: Quantity) -> str:
    if _is_label(reading, quantity) or _is_aside(reading, quantity):
        return ""
    if _is_score(reading, quantity):
        return "score"
    in_words = not any(c.isdigit() for c in reading.folded[slice(*quantity.number)])
    if in_words and quantity.value <= _SMALL and not _tells(reading, quantity):
        return ""
    if quantity.value <= _TINY and quantity.value == int(quantity.value):
        return ""
    return "count" if _counts_something(reading, quantity) else ""


def _counts_something(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a word says what is counted: behind the number, or before it with a sign."""
    if next(reading.words_after(quantity.end), None) is not None:
        return True
    return quantity.number[0] > reading.sentence.start


def _tells(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a small number in words counts what is measured, not where it happens."""
    if reading.precedes("adjunct_before", quantity.start):
        return False
    if not reading.follows("counted", quantity.end, within=2):
        return False
    noun = next(reading.words_after(quantity.end), None)
    return noun is None or not _ends(reading, "adjunct_endings", noun.end())


def _ends(reading: Reading, key: str, position: int) -> bool:
    low = max(reading.sentence.start, position - 40)
    return any(last == position for _, last in reading.spans(key, low, position))


def _in_a_time(reading: Reading, quantity: Quantity) -> bool:
    if quantity.unit not in {"count", "rank", *_DURATIONS}:
        return False
    first, last = quantity.number
    if quantity.comparator == "range":
        first = quantity.start
    return any(t.start < last and first < t.end for t in reading.times)


def _in_a_name(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a bare number stands within short quotation marks, as in a programme's name."""
    if quantity.unit != "count":
        return False
    text, sentence = reading.folded, reading.sentence
    low = max(sentence.start, quantity.number[0] - _SHORT_QUOTE)
    for position in range(quantity.number[0] - 1, low - 1, -1):
        sign = text[position]
        if sign in "»”":
            return False
        if sign in _QUOTES:
            close = text.find(_QUOTES[sign], quantity.number[1], position + _SHORT_QUOTE)
            return 0 <= close < sentence.end and position > sentence.start
    return False


def _is_label(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a number names something: a page, an article, a grade, the top ten, a year."""
    digits = reading.folded[slice(*quantity.number)]
    if _COMPOUND.match(reading.folded, quantity.number[1]):
        return True
    if (
        _BARE_YEAR.fullmatch(digits)
        and _FIRST_YEAR <= quantity.value <= _LAST_YEAR
        and not reading.follows("classifiers", quantity.number[1])
        and not reading.follows("counted", quantity.number[1], within=1)
    ):
        return True
    if _LIST_MARK.match(reading.folded, reading.sentence.start, quantity.number[1] + 1):
        mark = _LIST_MARK.match(reading.folded, reading.sentence.start)
        if mark and mark.end() > quantity.number[1]:
            return True
    return reading.precedes("labels_before", quantity.number[0]) or reading.follows(
        "labels_after", quantity.number[1]
    )


def _is_aside(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a number is a ratio, a move in a ranking, a base, a total or a way to tell."""
    return (
        reading.follows("times_more", quantity.number[1])
        or (quantity.value < 100 and reading.follows("moved", quantity.number[1]))
        or is_base(reading, quantity)
        or is_total(reading, quantity)
        or reading.follows("not_measured", quantity.number[1], within=0)
        or (
            reading.follows("classifiers", quantity.number[1])
            and reading.follows("not_measured", quantity.number[1], within=1)
        )
    )


def is_base(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a number is the base of a rate: "per 100,000 inhabitants"."""
    value = quantity.value
    while value >= 10 and value % 10 == 0:
        value /= 10
    return (
        quantity.value >= 10
        and value == 1
        and reading.precedes("per_before", quantity.number[0], within=1)
        and reading.follows("people", quantity.number[1], within=2)
    )


def is_total(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a number says out of how many: "among 120 countries", "193 ölkə arasında"."""
    if not reading.follows("totals", quantity.number[1], within=2):
        return bool(
            reading.precedes("out_of", quantity.number[0])
            and reading.has("rank_words", reading.sentence.start, reading.sentence.end)
        )
    return True


def _is_rank(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether an order is a place in a ranking that the text names as such."""
    if reading.follows("not_ranked", quantity.end, within=1):
        return False
    bare = reading.folded[quantity.number[1] : quantity.number[1] + 1].isspace()
    if bare and reading.follows("moved", quantity.number[1]):
        return False
    if quantity.unit == "rank" or not quantity.ordinal:
        return True
    if reading.follows("rank_after", quantity.number[1], within=1):
        return True
    if reading.precedes("rank_before", quantity.start, within=2):
        return True
    sentence = reading.sentence
    return reading.has("rank_words", sentence.start, sentence.end)


def _ranks(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a bare number stands before a word that makes it an order ("63 место")."""
    return (
        quantity.unit == "count"
        and quantity.comparator == "="
        and 1 <= quantity.value <= _LAST_RANK
        and reading.follows("rank_after_cardinal", quantity.number[1])
    )


def _is_score(reading: Reading, quantity: Quantity) -> bool:
    if reading.precedes("score_before", quantity.start, within=1):
        return True
    return reading.follows("score_after", quantity.number[1])


def _is_share(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a fraction in words is a share of something, and not of another number."""
    behind = reading.folded[quantity.number[1] : quantity.number[1] + 24]
    if any(c.isdigit() for c in behind):
        return False
    return reading.follows("share_of", quantity.number[1]) or quantity.comparator in {">", "<", "~"}
