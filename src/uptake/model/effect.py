"""What a programme did: an effect with its interval, and how far each assumption holds."""

from dataclasses import dataclass
from typing import Literal

Light = Literal["green", "amber", "red"]


@dataclass(frozen=True, slots=True)
class Assumption:
    """What must hold for the estimate to be an effect.

    Attributes:
        name: In a few words.
        light: Whether the data speak for it, leave it open, or speak against it.
        test: What was looked at.
        found: What was found, a sentence.
    """

    name: str
    light: Light
    test: str
    found: str


@dataclass(frozen=True, slots=True)
class Point:
    """The effect so many periods after the start; negative before it."""

    time: int
    estimate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Step:
    """The treated outcome in a period, and what is expected of it without the programme."""

    period: str
    observed: float | None
    expected: float | None
    after: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """One programme, one method.

    Attributes:
        method: Its name in ``evaluate.METHODS``.
        estimate: Mean effect on the treated over their treated periods, in units of the outcome.
        se: Standard error; None where the method has none.
        low: Lower end of the interval.
        high: Upper end.
        p: Of no effect, two-sided.
        level: Nominal coverage of the interval.
        n_units: Units used.
        n_periods: Periods used.
        n_treated: Treated units.
        n_clusters: Clusters.
        pre_trend_p: Of equal trends before the start; None where it can not be tested.
        verdict: In plain words.
        inference: Where the interval and p are from, in words.
        assumptions: With a light each.
        points: The event study, if the method has one.
        steps: Treated and expected outcome over time.
        weights: Of the units that a synthetic one is made of, the largest first.
        notes: What a reader must know, a sentence each.
    """

    method: str
    estimate: float
    se: float | None
    low: float
    high: float
    p: float
    level: float
    n_units: int
    n_periods: int
    n_treated: int
    n_clusters: int
    pre_trend_p: float | None
    verdict: str
    inference: str
    assumptions: tuple[Assumption, ...]
    points: tuple[Point, ...] = ()
    steps: tuple[Step, ...] = ()
    weights: tuple[tuple[str, float], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a design can see, before any outcome is read.

    Attributes:
        method: Its name.
        se: Expected standard error, in units of the outcome.
        dof: Degrees of freedom of the interval.
        power: Asked for.
        minimum_detectable: Smallest true effect that is seen with that power.
        effect: The effect that is hoped for, if one is given.
        power_at_effect: How likely an effect of that size is seen.
        n_units: Units.
        n_periods: Periods.
        n_treated: Treated units.
        n_clusters: Clusters.
        words: In plain words.
    """

    method: str
    se: float
    dof: float
    power: float
    minimum_detectable: float
    effect: float | None
    power_at_effect: float | None
    n_units: int
    n_periods: int
    n_treated: int
    n_clusters: int
    words: str
