"""Units over periods, with who was treated from when; the outcome may not have been read yet."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Covariate:
    """A predictor of the outcome that the programme does not change, one figure a unit.

    Attributes:
        name: As a reader knows it.
        values: (units,), for the fit.
        training: (units,), for choosing how much each predictor matters; None: as ``values``.
    """

    name: str
    values: Floats
    training: Floats | None = None


@dataclass(frozen=True)
class Panel:
    """One row a unit, one column a period.

    Attributes:
        units: Names, (units,).
        periods: Names in their order, (periods,).
        y: The outcome, (units, periods); NaN where it is missing.
        start: Index of the first treated period of each unit; the number of periods for never.
        cluster: Index of each unit's cluster, (units,).
        clusters: Names of the clusters.
        covariates: Predictors, for the methods that use them.
        fit: First and last index (inclusive) of the periods that a synthetic unit is fitted on;
            None: all before the treatment.
        training: First and last index of those by which predictors are weighted; None: as ``fit``.
        noise: Standard error of each outcome in the release that it is from, (units, periods); None
            for outcomes that are counted as they are.
        withheld: Where a release withholds the outcome, (units, periods); None for nowhere.
    """

    units: tuple[str, ...]
    periods: tuple[str, ...]
    y: Floats
    start: Ints
    cluster: Ints
    clusters: tuple[str, ...]
    covariates: tuple[Covariate, ...] = field(default=())
    fit: tuple[int, int] | None = None
    training: tuple[int, int] | None = None
    noise: Floats | None = None
    withheld: Bools | None = None

    @property
    def hidden(self) -> Bools:
        """Where the outcome is withheld and not known, (units, periods)."""
        if self.withheld is None:
            return np.zeros(self.y.shape, dtype=np.bool_)
        return self.withheld & ~self.seen

    @property
    def never(self) -> int:
        """The start of a unit that is never treated."""
        return len(self.periods)

    @cached_property
    def seen(self) -> Bools:
        """Where the outcome is known, (units, periods)."""
        return np.isfinite(self.y)

    @cached_property
    def filled(self) -> Floats:
        """The outcome with zeros where it is missing, for sums whose weight is zero there."""
        return np.where(self.seen, self.y, 0.0)

    @cached_property
    def treated(self) -> Bools:
        """Units that are treated at some time, (units,)."""
        return self.start < self.never

    @cached_property
    def under(self) -> Bools:
        """Where a unit is under treatment, (units, periods)."""
        return np.arange(self.never) >= self.start[:, None]

    @property
    def cohorts(self) -> list[int]:
        """Distinct first treated periods, in order."""
        return [int(g) for g in np.unique(self.start[self.treated])]

    @property
    def staggered(self) -> bool:
        """Whether treatment starts at several times."""
        return len(self.cohorts) > 1
