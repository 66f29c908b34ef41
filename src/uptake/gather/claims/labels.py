"""Numbers that name something or belong to a time, a name or an age: they measure nothing."""

import re

from uptake.gather.claims.lexicon import lexicon
from uptake.gather.claims.reading import Reading, number_endings
from uptake.gather.grammar.spans import Quantity

FIRST_YEAR, LAST_YEAR = 1900, 2100
_LAST_DAY = 31
BOUNDS = frozenset({"<", ">", "<=", ">="})
_AGE_GAP = 8
_OLDEST = 120
_BARE_YEAR = re.compile(r"\d{4}")
_QUOTES = {"«": "»", "“": "”", "„": "“", '"': '"'}
_SHORT_QUOTE = 48
_PHONE = re.compile(r"(?<![\w.,])(?:\+|\(?0|\(\d)[\d()]*(?:[ -]\(?\d+\)?){2,}(?![\w,.]\d)")
_PHONE_SIGNS = 24
_COMPOUND = re.compile(r"-[^\W\d_]+-\d")
_LIST_MARK = re.compile(r"\s*(?:\d+[.)])+\s*")
_ADDRESS = re.compile(r"[ \u00a0]+(?:https?://|www\.)")
_OPENING = re.compile(r"(\d{1,2})[.)]?[ \u00a0]")
_LAST_NOTE = 99
_NO_LABEL = 1_000_000
_ORDERED = frozenset({"count", "rank", "second", "minute", "hour", "day", "week", "month"})


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
                quantity.comparator in BOUNDS
                and reading.precedes("ages_bounded", quantity.start)
                and not reading.follows("counted", quantity.end, within=1)
            )
        )
        if told and quantity.value <= _OLDEST:
            found.append(quantity)
            last = quantity.number[1]
    return found


def in_a_time(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a number is part of a stated time."""
    if quantity.unit not in _ORDERED:
        return False
    first, last = quantity.number
    if quantity.comparator == "range":
        first = quantity.start
    return any(t.start < last and first < t.end for t in reading.times) or _is_next_day(
        reading, quantity
    )


def _is_next_day(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a number with an ending is one more day of a date ("mayın 14-dən 16-dək")."""
    first, last = quantity.number
    if quantity.value > _LAST_DAY or reading.folded[last : last + 1] not in {"-", "'"}:
        return False
    day = next((t for t in reversed(reading.times) if t.end <= first), None)
    if day is None or day.granularity != "day":
        return False
    between = reading.folded[day.end : first].strip()
    joins = lexicon(reading.language, "indicators", "and")
    return not between or joins.match(between, 0) is not None


def in_a_name(reading: Reading, quantity: Quantity) -> bool:
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


def is_label(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a number names something: a page, an article, a grade, the top ten, a year."""
    mark = _LIST_MARK.match(reading.folded, reading.sentence.start)
    return (
        _is_compound(reading, quantity)
        or _in_a_phone(reading, quantity)
        or _is_year(reading, quantity)
        or (mark is not None and mark.end() > quantity.number[1])
        or _is_note_mark(reading, quantity)
        or _is_labelled(reading, quantity)
        or reading.follows("labels_after", quantity.number[1])
    )


def _is_compound(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a number only describes a noun that a hyphen binds to it ("12-page")."""
    behind = reading.folded[quantity.number[1] : quantity.number[1] + 2]
    bound = behind[:1] == "-" and behind[1:].isalpha() and not number_endings(reading.language)
    return bound or _COMPOUND.match(reading.folded, quantity.number[1]) is not None


def _is_labelled(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether the word before a number makes it a label; no label is bounded or large."""
    if quantity.comparator in BOUNDS or quantity.value >= _NO_LABEL:
        return False
    return reading.precedes("labels_before", quantity.number[0])


def _is_note_mark(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a small number opens a line as the mark of a note: an address follows it.

    Also where the line before or behind opens with the number before or after it.
    """
    text, (first, last) = reading.folded, quantity.number
    line = text.rfind("\n", 0, first) + 1
    if text[line:first].strip() or quantity.value > _LAST_NOTE or not text[first:last].isdigit():
        return False
    if _ADDRESS.match(text, last):
        return True
    before = _OPENING.match(text, text.rfind("\n", 0, max(0, line - 1)) + 1)
    close = text.find("\n", last)
    behind = _OPENING.match(text, close + 1) if close >= 0 else None
    near = {int(m[1]) for m in (before, behind) if m}
    return int(text[first:last]) + 1 in near or int(text[first:last]) - 1 in near


def _is_year(reading: Reading, quantity: Quantity) -> bool:
    digits = reading.folded[slice(*quantity.number)]
    return (
        _BARE_YEAR.fullmatch(digits) is not None
        and FIRST_YEAR <= quantity.value <= LAST_YEAR
        and not reading.follows("classifiers", quantity.number[1])
        and not reading.follows("counted", quantity.number[1], within=1)
    )


def _in_a_phone(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a number is a group of a longer row of digits, as in a telephone number."""
    first, last = quantity.number
    low = max(reading.sentence.start, first - _PHONE_SIGNS)
    row = _PHONE.finditer(reading.folded, low, min(reading.sentence.end, last + _PHONE_SIGNS))
    return any(m.start() <= first and last <= m.end() for m in row)


def is_group(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a word is made of a number but names a group ("элликталик", the top fifty)."""
    low, high = quantity.number[0], reading.word_end(quantity.number[1])
    return any(a == low and b == high for a, b in reading.spans("groups", low, high))
