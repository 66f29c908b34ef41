"""The arrays of an index -> places side by side: values, gaps, and who is before whom."""

import math
from collections.abc import Sequence

import numpy as np

from uptake.index.chain import Built
from uptake.index.framework import Floats
from uptake.index.problem import Problem
from uptake.model.composite import Cell, Side


def sides(found: Problem, built: Built, order: Sequence[int]) -> tuple[Side, ...]:
    """Return the indicators of all places.

    Args:
        found: Numbers and hierarchy.
        built: The index.
        order: Rows of the places as they are shown.
    """
    hierarchy = found.framework
    ends = [found.denominated(found.numbers.low), found.denominated(found.numbers.high)]
    if found.logs.any():  # shown as they are reported, not as they are counted
        value, low, high = (np.where(found.logs, np.exp(x), x) for x in (built.denominated, *ends))
    else:
        value, low, high = built.denominated, *ends
    return tuple(
        Side(
            code=one.code,
            name=hierarchy.names[at],
            unit=one.unit,
            part=hierarchy.names[hierarchy.parents[at]],
            cells=tuple(
                Cell(
                    number(value[row, at]),
                    number(low[row, at]),
                    number(high[row, at]),
                    number(built.normalised[row, at]),
                )
                for row in order
            ),
        )
        for at, one in enumerate(found.spec.indicators)
    )


def pairs(pairwise: Floats, order: Sequence[int]) -> tuple[tuple[float | None, ...], ...]:
    """Return how often each place is before each other, in the order in which they are shown."""
    return tuple(tuple(number(pairwise[row, other]) for other in order) for row in order)


def number(value: float) -> float | None:
    """Return a number, None for a gap."""
    return float(value) if math.isfinite(value) else None
