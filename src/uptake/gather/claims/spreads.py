"""Two quantities that are the ends of one range, not of a change: "costs range from 5% to 7%"."""

from collections.abc import Sequence
from dataclasses import replace

from uptake.gather.claims.reading import Reading
from uptake.gather.grammar.spans import Quantity

_NEAR = 60
_BETWEEN = 40


def with_spreads(reading: Reading, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Return quantities, a pair as one range where a word says so and none says that it changed."""
    found: list[Quantity] = []
    for quantity in quantities:
        before = found[-1] if found else None
        if before is not None and _is_spread(reading, before, quantity):
            found[-1] = _joined(before, quantity)
        else:
            found.append(quantity)
    return found


def _is_spread(reading: Reading, low: Quantity, high: Quantity) -> bool:
    if low.unit not in {"count", high.unit} or low.currency not in {None, high.currency}:
        return False
    if {low.comparator, high.comparator} - {"=", "<="} or low.ordinal or high.ordinal:
        return False
    if not 0 < low.value < high.value or not 0 < high.start - low.number[1] <= _BETWEEN:
        return False
    if not (reading.precedes("from", low.start) and reading.precedes("to", high.start)):
        return False
    near = (max(reading.sentence.start, low.start - _NEAR), min(reading.sentence.end, high.end))
    changed = reading.has("grew", *near) or reading.has("fell", *near)
    return not changed and reading.has("spread", *near)


def _joined(low: Quantity, high: Quantity) -> Quantity:
    return replace(
        high,
        start=low.start,
        number=(low.number[0], high.number[1]),
        stated=(low.stated[0] if low.stated[1] else low.start, max(high.stated[1], high.number[1])),
        value=low.value,
        value_max=high.value,
        comparator="range",
    )
