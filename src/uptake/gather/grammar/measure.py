"""A number of a shadow with what belongs to it, before it is known to be a quantity."""

from dataclasses import dataclass

from uptake.gather.grammar.number import Number
from uptake.gather.grammar.spans import Comparator


@dataclass(frozen=True, slots=True)
class Measure:
    """A number of a shadow with what belongs to it; offsets are the shadow's.

    Attributes:
        start, end: All of it.
        stated_start, stated_end: Without the comparator.
        number_end: Of the last number, if it is a range.
    """

    number: Number
    number_end: int
    start: int
    end: int
    stated_start: int
    stated_end: int
    unit: str = "count"
    currencies: tuple[str, ...] = ()
    high: float | None = None
    comparator: Comparator = "="
    ordinal: bool = False
    approximate: bool = False
