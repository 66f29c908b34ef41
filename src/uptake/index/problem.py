"""The numbers of an index: places by indicators, their denominators, intervals and groups."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from uptake.index.framework import Floats, Framework, Ints
from uptake.index.normalise import Scale
from uptake.index.spec import IndexInputError, Spec


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the table says; a gap is not a number.

    Attributes:
        file: Name of the table, for messages.
        places: (P,) ids.
        names: (P,) names.
        groups: (P,) number of each place's group.
        values: (P, I) as reported.
        denominators: (P, I); 1 where an indicator has none.
        low: (P, I) lower ends of intervals.
        high: (P, I) upper ends.
        notes: What a reader must know of the numbers, a sentence each.
    """

    file: str
    places: tuple[str, ...]
    names: tuple[str, ...]
    groups: Ints
    values: Floats
    denominators: Floats
    low: Floats
    high: Floats
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything a score is computed from."""

    spec: Spec
    framework: Framework
    numbers: Numbers
    scale: Scale
    logs: NDArray[np.bool_]

    def denominated(self, values: Floats | None = None) -> Floats:
        """Return values (..., P, I) over their denominators, in logarithms where the spec says."""
        x = (self.numbers.values if values is None else values) / self.numbers.denominators
        if not self.logs.any():
            return x
        positive = np.where(self.logs & (x > 0), x, 1.0)
        return np.where(self.logs, np.where(x > 0, np.log(positive), np.nan), x)


def problem(spec: Spec, framework: Framework, numbers: Numbers) -> Problem:
    """Join them.

    Raises:
        IndexInputError: A place stands twice, a column has no value or is constant, a value can
            not be divided or has no logarithm, or an interval does not hold its value.
    """
    logs = np.array([one.transform == "log" for one in spec.indicators])
    goalposts = np.array(
        [one.goalposts or (np.nan, np.nan) for one in spec.indicators], dtype=np.float64
    ).T
    goalposts = np.where(logs, np.log(np.where(goalposts > 0, goalposts, np.nan)), goalposts)
    targets = np.array(
        [np.nan if one.target is None else one.target for one in spec.indicators],
        dtype=np.float64,
    )
    targets = np.where(logs, np.log(np.where(targets > 0, targets, np.nan)), targets)
    scale = Scale(
        direction=np.array([one.direction for one in spec.indicators], dtype=np.float64),
        ends=spec.steps.range,
        goalposts=goalposts,
        targets=targets,
    )
    found = Problem(spec, framework, numbers, scale, logs)
    _check_places(numbers)
    _check_cells(found)
    _check_columns(found)
    return found


def _check_places(numbers: Numbers) -> None:
    first: dict[str, int] = {}
    for row, place in enumerate(numbers.places):
        if place in first:
            raise IndexInputError(
                f"{numbers.file}, place {place}",
                f"stands twice (places {first[place] + 1} and {row + 1} of the table)",
                "keep one row of it, or choose rows with table.where",
            )
        first[place] = row
    if len(numbers.places) < 2:
        raise IndexInputError(numbers.file, "has fewer than two places", "nothing to compare")


def _check_cells(found: Problem) -> None:
    n, codes = found.numbers, found.framework.codes
    for bad, reason, mend in (
        (n.denominators == 0, "its denominator is 0", "mend that cell or leave it empty"),
        (
            found.logs & (n.values <= 0),
            "has no logarithm, as it is not above 0",
            "leave the cell empty or drop transform",
        ),
        (
            (n.low > n.values) | (n.high < n.values),
            "its interval does not hold the value",
            "check low and high (they may be exchanged)",
        ),
    ):
        if bad.any():
            row, column = np.argwhere(bad)[0]
            raise IndexInputError(
                f"{n.file}, place {n.places[row]}, column {codes[column]}", reason, mend
            )


def _check_columns(found: Problem) -> None:
    """Refuse columns that tell no place from another; fixed ends (goalposts) need no spread."""
    x, n = found.denominated(), found.numbers
    relative = found.spec.steps.normalise not in {"goalposts", "none"}
    for column, code in enumerate(found.framework.codes[: x.shape[1]]):
        there = x[np.isfinite(x[:, column]), column]
        where = f"{n.file}, column {code}"
        if not there.size:
            raise IndexInputError(where, "has no value at all", "leave the indicator out")
        if relative and np.all(there == there[0]):
            raise IndexInputError(
                where,
                f"is {there[0]:g} for every place",
                "leave it out: it tells no place from another",
            )
