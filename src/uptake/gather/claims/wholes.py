"""Numbers that a text writes in several parts, as one: "1 million 536 thousand 633"."""

from dataclasses import replace

from uptake.gather.claims.labels import FIRST_YEAR, LAST_YEAR
from uptake.gather.claims.reading import Reading
from uptake.gather.grammar.spans import Quantity

_THOUSAND = 1000
_SUM_OF_A_YEAR = 10


def whole_numbers(reading: Reading) -> list[Quantity]:
    """Return quantities with those in digits and words of scale as one ("1 тысяча 997")."""
    found: list[Quantity] = []
    for quantity in reading.quantities:
        before = found[-1] if found else None
        if before is not None and _continues(reading, before, quantity):
            found[-1] = replace(
                quantity,
                start=before.start,
                number=(before.number[0], quantity.number[1]),
                stated=(before.number[0], max(quantity.stated[1], quantity.number[1])),
                value=before.value + quantity.value,
                comparator=before.comparator,
            )
        else:
            found.append(_without_year(quantity))
    return found


def _continues(reading: Reading, before: Quantity, quantity: Quantity) -> bool:
    """Tell whether a number is the rest of one that ends in a word of scale."""
    text = reading.folded
    scale = text[before.number[1] - 1].isalpha() and any(
        c.isdigit() for c in text[slice(*before.number)]
    )
    gap = text[before.number[1] : quantity.number[0]]
    whole = before.value >= _THOUSAND and before.value % _THOUSAND == 0
    return (
        scale
        and whole
        and before.unit == "count"
        and before.value_max is None
        and gap.strip(" \u00a0") == ""
        and len(gap) == 1
        and _fits_below(before.value, quantity.value)
    )


def _fits_below(value: float, rest: float) -> bool:
    """Tell whether a number is smaller than the last place that another one fills."""
    place = float(_THOUSAND)
    while value % (place * _THOUSAND) == 0:
        place *= _THOUSAND
    return 0 < rest < place


def _without_year(quantity: Quantity) -> Quantity:
    """Return a sum whose range only begins with a year ("in 2020 to $70 million") without it."""
    begins = quantity.comparator == "range" and FIRST_YEAR <= quantity.value <= LAST_YEAR
    if not begins or quantity.unit != "currency" or quantity.value_max is None:
        return quantity
    if quantity.value_max < _SUM_OF_A_YEAR * quantity.value:
        return quantity
    return replace(quantity, value=quantity.value_max, value_max=None, comparator="=")
