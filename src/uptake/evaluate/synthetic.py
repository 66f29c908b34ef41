"""Synthetic control (Abadie, Diamond and Hainmueller 2010, 2015), with placebos in space."""

import numpy as np
from scipy import optimize

from uptake.evaluate import assumptions
from uptake.evaluate.effects import LEVEL, Found, effect, steps
from uptake.evaluate.inference import ranked
from uptake.evaluate.trends import FEWEST_PLACEBOS
from uptake.evaluate.verdict import number
from uptake.model.effect import Assumption, Effect, Light
from uptake.model.errors import ConfigError
from uptake.model.panel import Floats, Ints, Panel

CLOSE_FIT, LOOSE_FIT = 0.25, 0.5
FLOOR = 0.25
ONE = 1e3
"""How hard weights are held to a sum of one, against predictors scaled to a spread of one."""


def simplex_weights(target: Floats, donors: Floats) -> Floats:
    """Weights from zero to one that sum to one and bring donors nearest to the target.

    Args:
        target: (k,).
        donors: (k, n).

    >>> simplex_weights(np.array([1.0, 2.0]), np.array([[0.0, 2.0], [0.0, 4.0]])).round(3)
    array([0.5, 0.5])
    """
    hold = ONE * max(1.0, float(np.abs(donors).max(initial=0.0)))
    a = np.vstack([donors, np.full((1, donors.shape[1]), hold)])
    w, _ = optimize.nnls(a, np.append(target, hold), maxiter=50 * donors.shape[1])
    return np.asarray(w / w.sum())


def fitted(panel: Panel, unit: int, donors: Ints, start: int) -> Floats:
    """Return the weights of donor units for one unit.

    Without covariates every outcome before the start is a predictor. With them, their relative
    weights are chosen so that the outcome is followed best in the training periods.

    Args:
        panel: Complete before the start.
        unit: Whose synthetic twin is made.
        donors: Indices, (n,).
        start: First period that is not used.
    """
    at = donors
    first, last = panel.fit or (0, start - 1)
    y = panel.y
    if not panel.covariates:
        return simplex_weights(y[unit, first : last + 1], y[at, first : last + 1].T)
    rows = np.stack([c.values for c in panel.covariates])
    training = np.stack([c.values if c.training is None else c.training for c in panel.covariates])
    low, high = panel.training or (first, last)
    scale = _spread(training[:, np.append(at, unit)])
    x = training / scale
    goal, have = y[unit, low : high + 1], y[at, low : high + 1].T

    def loss(logits: Floats) -> float:
        v = np.exp(logits - logits.max())[:, None] ** 0.5
        w = simplex_weights((v[:, 0] * x[:, unit]), v * x[:, at])
        return float(np.mean((goal - have @ w) ** 2))

    best = min(
        (
            optimize.minimize(
                loss, begin, method="Nelder-Mead", options={"maxfev": 300, "fatol": 1e-9}
            )
            for begin in _starts(x, at, unit, have, goal)
        ),
        key=lambda found: float(found.fun),
    )
    v = np.exp(best.x - best.x.max()) ** 0.5
    x = rows / _spread(rows[:, np.append(at, unit)])
    return simplex_weights(v * x[:, unit], v[:, None] * x[:, at])


def _spread(rows: Floats) -> Floats:
    return np.asarray(np.maximum(rows.std(1, ddof=1), 1e-12)[:, None])


def _starts(x: Floats, at: Ints, unit: int, have: Floats, goal: Floats) -> list[Floats]:
    """Equal weights, and weights by how well each predictor goes with the outcome."""
    z = np.column_stack([have, goal])
    both = x[:, np.append(at, unit)]
    b, *_ = np.linalg.lstsq(np.vstack([np.ones(both.shape[1]), both]).T, z.T, rcond=None)
    size = (b[1:] ** 2).sum(1)
    return [np.zeros(len(x)), np.log(np.maximum(size / size.sum(), 1e-6))]


def synthetic_control(panel: Panel) -> Effect:
    """Compare the treated unit with a weighted mean of others that moved like it before.

    The interval and p are from placebos: the same for each comparison unit without the treated
    one, each gap relative to how well its twin fits before the start.

    Raises:
        ConfigError: More than one unit is treated, an outcome is missing, or there are too few
            units to compare with.
    """
    unit, start = the_treated(panel)
    others = np.flatnonzero(~panel.treated).astype(np.int64)
    w = fitted(panel, unit, others, start)
    gap = panel.y[unit] - w @ panel.y[others]
    estimate = float(gap[start:].mean())
    fit = _rmspe(gap[:start])
    gaps = [
        panel.y[j]
        - fitted(panel, int(j), others[others != j], start) @ panel.y[others[others != j]]
        for j in others
    ]
    fits = np.array([_rmspe(g[:start]) for g in gaps])
    ratios = np.array([_rmspe(g[start:]) for g in gaps]) / fits
    floor = _floor(np.append(fits, fit), panel.y[:, :start])
    drawn = np.array([float(g[start:].mean()) for g in gaps]) / np.maximum(fits, floor)
    half, p = ranked(estimate / max(fit, floor), drawn, LEVEL)
    half *= max(fit, floor)
    ratio = _rmspe(gap[start:]) / fit
    p_ratio = (1 + int((ratios >= ratio).sum())) / (1 + len(ratios))
    held = (
        _close(fit, panel.y[unit, :start]),
        _many(w),
        assumptions.no_spillover(),
        Assumption(
            "Nothing else happened",
            "amber",
            "none: the outcome can not tell",
            f"Say what else changed in {panel.units[unit]!r} from {panel.periods[start]} on.",
        ),
    )
    expected = panel.y[unit] - gap
    order = np.argsort(-w, kind="stable")
    notes = []
    if len(others) < FEWEST_PLACEBOS:
        notes.append(
            f"{len(others)} units to compare with can not bound an effect at {100 * LEVEL:g}%: "
            f"that needs {FEWEST_PLACEBOS}; the smallest p they can give is "
            f"{1 / (1 + len(others)):.3f}"
        )
    return effect(
        "synthetic-control",
        panel,
        Found(estimate, half, p),
        held,
        n_treated=1,
        inference=(
            f"ranks of {len(others)} placebos, each relative to its fit before the start; by the "
            f"ratio of errors after and before, p = {p_ratio:.3f}"
        ),
        steps=steps(panel, panel.y[unit], expected, start),
        weights=tuple((panel.units[others[i]], float(w[i])) for i in order if w[i] > 5e-4),
        notes=tuple(notes),
    )


def the_treated(panel: Panel) -> tuple[int, int]:
    """Return the treated unit and its first treated period.

    Raises:
        ConfigError: See ``synthetic_control``.
    """
    treated = np.flatnonzero(panel.treated)
    if len(treated) != 1:
        raise ConfigError(
            f"method: 'synthetic-control' is for one treated unit and there are {len(treated)}; "
            "evaluate each on its own, or use 'callaway-santanna'"
        )
    unit = int(treated[0])
    for i, t in zip(*np.nonzero(~panel.seen), strict=True):
        raise ConfigError(
            f"panel: the outcome of {panel.units[i]!r} in {panel.periods[t]} is missing; "
            "'synthetic-control' needs them all: fill it in, or leave out the unit or the period"
        )
    if (~panel.treated).sum() < 2:
        raise ConfigError("comparison: 'synthetic-control' needs two units or more; add some")
    for c in panel.covariates:
        bad = np.flatnonzero(
            ~np.isfinite(c.values) | ~np.isfinite(c.values if c.training is None else c.training)
        )
        if len(bad):
            raise ConfigError(
                f"covariates: {c.name!r} of {panel.units[bad[0]]!r} is missing in all its periods; "
                "fill it in, choose other periods, or leave out the unit"
            )
    return unit, int(panel.start[unit])


def _floor(fits: Floats, before: Floats) -> float:
    """Return the closest fit that is believed.

    With more donors than periods a twin fits by chance, and a gap relative to nothing has no
    bound. The floor treats all units alike, so that ranks stay valid.
    """
    changes = float(np.median(np.diff(before, axis=1).std(1))) if before.shape[1] > 2 else 0.0
    floor = max(FLOOR * float(np.median(fits)), FLOOR * changes)
    return floor or float(np.median(before.std(0))) or 1.0


def _rmspe(gap: Floats) -> float:
    return max(float(np.sqrt(np.mean(gap**2))), 1e-12)


def _close(fit: float, before: Floats) -> Assumption:
    spread = float(before.std()) or 1.0
    light: Light = (
        "green" if fit <= CLOSE_FIT * spread else "amber" if fit <= LOOSE_FIT * spread else "red"
    )
    return Assumption(
        "Close fit before the start",
        light,
        "root mean squared gap before the start, against the outcome's own spread",
        f"{number(fit)}, {100 * fit / spread:.0f}% of the spread.",
    )


def _many(w: Floats) -> Assumption:
    top = float(w.max())
    light: Light = "green" if top <= 0.6 else "amber" if top < 0.95 else "red"
    return Assumption(
        "Not one unit alone",
        light,
        "largest weight of a comparison unit",
        f"{top:.2f}; {int((w > 0.01).sum())} units have a weight above 0.01.",
    )
