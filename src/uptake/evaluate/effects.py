"""What a method found -> an effect with interval and verdict, in the same way for all methods."""

from typing import Any, NamedTuple

import numpy as np

from uptake.evaluate.verdict import verdict
from uptake.model.effect import Assumption, Effect, Step
from uptake.model.panel import Floats, Panel

LEVEL = 0.95
"""Nominal coverage of all intervals."""


class Found(NamedTuple):
    """An estimate and how far it may be off.

    Attributes:
        estimate: Mean effect, in units of the outcome.
        half: Half the width of its interval.
        p: Of no effect, two-sided.
        se: Standard error; None where the method has none.
    """

    estimate: float
    half: float
    p: float
    se: float | None = None


def effect(
    method: str, panel: Panel, found: Found, held: tuple[Assumption, ...], **more: Any
) -> Effect:
    """Return an effect; ``more`` are attributes of it, also such that a method counts otherwise."""
    low, high = found.estimate - found.half, found.estimate + found.half
    said: dict[str, Any] = {
        "n_units": len(panel.units),
        "n_periods": len(panel.periods),
        "n_treated": int(panel.treated.sum()),
        "n_clusters": len(panel.clusters),
        "pre_trend_p": None,
    }
    return Effect(
        method=method,
        estimate=found.estimate,
        se=found.se,
        low=low,
        high=high,
        p=found.p,
        level=LEVEL,
        verdict=verdict(found.estimate, low, high, LEVEL, held),
        assumptions=held,
        **(said | more),
    )


def steps(panel: Panel, treated: Floats, expected: Floats, start: int) -> tuple[Step, ...]:
    """Return the treated and the expected outcome of each period, None where one is missing."""
    return tuple(
        Step(name, known(a), known(b), i >= start)
        for i, (name, a, b) in enumerate(zip(panel.periods, treated, expected, strict=True))
    )


def known(x: float) -> float | None:
    """Return a number, or None for what is missing."""
    return float(x) if np.isfinite(x) else None
