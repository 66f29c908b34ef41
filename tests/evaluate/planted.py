"""Panels with a known effect, drawn anew from a seed."""

from collections.abc import Sequence

import numpy as np

from uptake.model.panel import Floats, Panel


def noise(rng: np.random.Generator, units: int, periods: int, rho: float) -> Floats:
    """Stationary autoregressions of order one, beside effects of units and periods."""
    e = rng.standard_normal((units, periods))
    e[:, 0] /= np.sqrt(1 - rho**2)
    for t in range(1, periods):
        e[:, t] += rho * e[:, t - 1]
    return np.asarray(e + 2 * rng.standard_normal((units, 1)) + rng.standard_normal((1, periods)))


def panel(
    seed: int,
    *,
    units: int = 30,
    periods: int = 7,
    starts: Sequence[int] = (4,),
    treated: int = 12,
    rho: float = 0.5,
    effect: float = 0.0,
) -> Panel:
    """The first units are treated from ``starts`` in turn; the effect is the same for all."""
    y = noise(np.random.default_rng(seed), units, periods, rho)
    start = np.full(units, periods)
    for i in range(treated):
        start[i] = starts[i % len(starts)]
    y += effect * (np.arange(periods) >= start[:, None])
    names = tuple(f"u{i}" for i in range(units))
    return Panel(
        names, tuple(str(2000 + t) for t in range(periods)), y, start, np.arange(units), names
    )
