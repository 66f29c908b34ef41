"""Which quantities measure something, and in which unit: no labels, bases, ratios, totals, ages."""

import re
from dataclasses import replace

from uptake.gather.claims.columns import with_columns
from uptake.gather.claims.labels import (
    BOUNDS,
    ages,
    in_a_name,
    in_a_time,
    is_group,
    is_label,
)
from uptake.gather.claims.rankings import (
    is_base,
    is_cardinal_rank,
    is_rank,
    is_round,
    is_scale,
    is_score,
    is_total,
)
from uptake.gather.claims.reading import Reading
from uptake.gather.claims.samples import is_page_counter, is_sample, is_size_class
from uptake.gather.claims.shared_units import is_earlier, shared_currency, shared_unit
from uptake.gather.claims.spreads import with_spreads
from uptake.gather.claims.wholes import whole_numbers
from uptake.gather.grammar.spans import Quantity

_DURATIONS = frozenset({"second", "minute", "hour", "day", "week", "month"})
_NEVER = frozenset(
    {"age", "year", "times", "ratio", "ordinal", "decade", "place", "percentage_point"}
)
_SMALL = 12
"""Counts up to this, in words, are mostly how a story is told ("two regions", "five people")."""
_TINY = 1
_RATIO_WORDS = 3
"""Words of a share that names its whole ("two in five") and so needs no "of"."""
_ORDER_DOT = re.compile(r"\.(?=[,\s])")
_SCALE_SIGNS = 8
_BRACKET_SIGNS = 24
_STEP_SIGNS = 40
_OFTEN = 1000
"""So many times or more is how often something was done, not how much larger it is."""


def measured(reading: Reading) -> list[Quantity]:
    """Return the quantities of a sentence that measure something, in their unit, in order."""
    found: list[Quantity] = []
    years = set(ages(reading))
    for quantity in with_columns(reading, whole_numbers(reading)):
        unit = _unit(reading, quantity) if quantity not in years else ""
        if not unit and found and found[-1].unit == "count" and is_earlier(reading, quantity):
            unit = "count"
        if unit == "percent" and quantity.unit == "share":
            quantity = replace(quantity, value=round(100 * quantity.value, 1))  # noqa: PLW2901
        if not unit and found and found[-1].unit == "rank" and _is_bare_order(reading, quantity):
            unit = "rank"
        if unit == "count":
            unit = shared_unit(reading, found, quantity)
        if unit == "count" and (money := shared_currency(reading, found, quantity)):
            quantity, unit = replace(quantity, currency=money), "currency"  # noqa: PLW2901
        if unit == "count" and any(is_base(reading, q) for q in reading.quantities):
            unit = "per_capita"
        if unit and not _is_denied(reading, quantity):
            found.append(replace(quantity, unit=unit))
    return with_spreads(reading, _ranked_before(reading, found))


def _is_denied(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether the text says that it is not this number ("not 50 percent but 12")."""
    return reading.precedes("not_before", quantity.start) or reading.follows(
        "not_after", quantity.end
    )


def _ranked_before(reading: Reading, found: list[Quantity]) -> list[Quantity]:
    """Return quantities with orders that only a dot marks as ranks before another rank.

    As in the Turkish "12., ... 27. ve ... 35. sırada".
    """
    ranked = list(found)
    for number in range(len(found) - 2, -1, -1):
        dotted = _ORDER_DOT.match(reading.folded, found[number].number[1])
        if ranked[number].unit == "count" and dotted and ranked[number + 1].unit == "rank":
            ranked[number] = replace(found[number], unit="rank")
    return ranked


def _is_bare_order(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether an order without a noun follows another one ("31st and Georgia 33rd")."""
    return quantity.ordinal and next(reading.words_after(quantity.end), None) is None


def _unit(reading: Reading, quantity: Quantity) -> str:
    """Return the unit in which a quantity measures something; empty if it does not."""
    if quantity.unit == "times" and quantity.value >= _OFTEN:
        return "count"
    if quantity.unit in _NEVER or in_a_time(reading, quantity) or in_a_name(reading, quantity):
        return ""
    if quantity.ordinal or quantity.unit == "rank" or is_cardinal_rank(reading, quantity):
        return "rank" if is_rank(reading, quantity) else ""
    if quantity.unit == "count":
        return _count(reading, quantity)
    unit = "percent" if quantity.unit == "share" else quantity.unit
    return unit if _stands(reading, quantity) else ""


def _stands(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a quantity with a unit of its own is said of something."""
    if quantity.unit in _DURATIONS:
        return _takes_time(reading, quantity)
    if quantity.unit == "share":
        return _is_share(reading, quantity)
    if quantity.unit == "score":
        return not is_scale(reading, quantity) and not _is_step(reading, quantity)
    if quantity.unit == "percent":
        return not reading.follows("sampled", quantity.end)
    if quantity.unit == "currency":
        return quantity.value != 1 and not _is_converted(reading, quantity)
    return True


def _is_step(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether points are by how much a score changed ("rose by 3.1 points")."""
    low, high = max(reading.sentence.start, quantity.start - _STEP_SIGNS), quantity.end
    changed = reading.has("grew", low, high) or reading.has("fell", low, high)
    return changed and reading.precedes("by", quantity.start)


def _is_converted(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a sum only gives the one before it in another currency: in brackets, or "or"."""
    text, start = reading.folded, quantity.start
    before = [q for q in reading.quantities if q.unit == "currency" and q.end <= start]
    if not before or before[-1].currency == quantity.currency:
        return False
    between = text[reading.word_end(before[-1].end) : start].strip(" ,–—-\u00a0")
    if between.startswith("(") and ")" not in between and len(between) <= _BRACKET_SIGNS:
        return True
    spans = reading.spans("converted_by", reading.word_end(before[-1].end), start)
    return bool(between) and any(text[a:b] == between for a, b in spans)


def _takes_time(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a duration is what is measured, not when ("within 15 days")."""
    at = quantity.start
    changes = reading.precedes("from", at) or reading.precedes("to", at)
    if not changes and reading.precedes("adjunct_before", at):
        return False
    return reading.has("time_measures", reading.sentence.start, reading.sentence.end)


def _count(reading: Reading, quantity: Quantity) -> str:
    if is_label(reading, quantity) or _is_aside(reading, quantity):
        return ""
    if is_sample(reading, quantity) or is_size_class(reading, quantity):
        return ""
    if is_page_counter(reading, quantity):
        return ""
    if is_score(reading, quantity):
        return "score"
    in_words = not any(c.isdigit() for c in reading.folded[slice(*quantity.number)])
    told = quantity.value > _TINY or quantity.value not in {0, _TINY}
    told = told and not _ends_scale(reading, quantity) and _counts_something(reading, quantity)
    if in_words:
        small = quantity.value <= _SMALL
        told = told and not is_group(reading, quantity) and (not small or _tells(reading, quantity))
    return "count" if told else ""


def _ends_scale(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a number is the upper end of a scale that begins at nought: "from 0 to 100"."""
    return any(
        q.value == 0 and 0 < quantity.start - q.end <= _SCALE_SIGNS for q in reading.quantities
    )


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


def _is_aside(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a number is a ratio, a move in a ranking, a base, a total or a way to tell."""
    if reading.follows("baseline", quantity.number[1]):
        return False
    return (
        reading.follows("times_more", quantity.number[1])
        or (quantity.value < 100 and reading.follows("moved", quantity.number[1]))
        or is_base(reading, quantity)
        or is_total(reading, quantity)
        or (is_round(quantity.value) and reading.follows("scale_after", quantity.number[1]))
        or reading.follows("not_measured", quantity.number[1], within=0)
        or (
            reading.follows("classifiers", quantity.number[1])
            and reading.follows("not_measured", quantity.number[1], within=1)
        )
    )


def _is_share(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a fraction in words is a share of something, and not of another number."""
    behind = reading.folded[quantity.number[1] : quantity.number[1] + 24]
    if any(c.isdigit() for c in behind) or reading.follows("not_ranked", quantity.number[1]):
        return False
    return (
        reading.follows("share_of", quantity.number[1])
        or reading.precedes("share_before", quantity.start, within=1)
        or reading.has("per_before", *quantity.number)
        or len(reading.folded[slice(*quantity.number)].split()) >= _RATIO_WORDS
        or quantity.comparator in BOUNDS
    )
