"""Randomised assignment: a difference in means, and its distribution under other draws."""

import numpy as np
from scipy import stats

from uptake.evaluate import assumptions
from uptake.evaluate.effects import LEVEL, Found, effect
from uptake.evaluate.inference import Linear
from uptake.evaluate.verdict import light_of
from uptake.model.effect import Assumption, Effect
from uptake.model.errors import ConfigError
from uptake.model.panel import Bools, Floats, Panel

DRAWS = 1_999
SEED = 20_260_101


def randomised(panel: Panel) -> Effect:
    """Compare mean outcomes from the start on; clusters are what was drawn by lot.

    The error is Welch's with the critical value of ``inference`` for sides of these sizes, the p is
    from randomisation inference: how often a draw of other clusters would differ as much if the
    programme did nothing (in standard errors; Chung and Romano 2013).

    Raises:
        ConfigError: Starts differ, a cluster is on both sides, or a side has less than two.
    """
    y, side, before = cluster_means(panel)
    estimate, se = welch(y, side)
    half = critical(int(side.sum()), int((~side).sum())) * se
    p = permuted_p(y, side)
    held = (
        _balanced(before, side),
        assumptions.enough_clusters(panel),
        assumptions.complete(panel),
        assumptions.no_spillover(),
    )
    return effect(
        "randomised",
        panel,
        Found(estimate, half, p, se),
        held,
        n_clusters=len(y),
        inference=(
            f"interval by Welch's error over {len(y)} clusters, critical value {half / se:.2f} as "
            f"for sides of these sizes; p from {DRAWS:,} draws of the assignment"
        ),
    )


def cluster_means(panel: Panel) -> tuple[Floats, Bools, Floats]:
    """Return each cluster's mean outcome from the start on, its side, and its mean before."""
    if panel.staggered:
        raise ConfigError(
            "method: 'randomised' is for one start and there are "
            f"{len(panel.cohorts)}; use 'callaway-santanna'"
        )
    start = panel.cohorts[0]
    k = len(panel.clusters)
    y, before, side = np.full(k, np.nan), np.full(k, np.nan), np.zeros(k, dtype=np.bool_)
    for c in range(k):
        units = panel.cluster == c
        if len(set(panel.treated[units])) > 1:
            raise ConfigError(
                f"cluster {panel.clusters[c]!r} has treated and comparison units; "
                "leave out 'cluster' if units were drawn, or name what was"
            )
        side[c] = bool(panel.treated[units][0])
        for into, part in ((y, panel.y[units, start:]), (before, panel.y[units, :start])):
            if np.isfinite(part).any():
                into[c] = float(part[np.isfinite(part)].mean())
    has = np.isfinite(y)
    if min(int(side[has].sum()), int((~side[has]).sum())) < 2:
        raise ConfigError(
            "treated: 'randomised' needs two treated and two comparison clusters with an outcome; "
            "add some, or use 'synthetic-control'"
        )
    return y[has], side[has], before[has]


def critical(treated: int, other: int) -> float:
    """Return how many standard errors wide half an interval is.

    >>> round(critical(40, 40), 2), round(critical(2, 22), 2)
    (1.99, 4.22)
    """
    parts, of = np.array([[1 / treated, 1 / other]]), np.array([[treated - 1.0, other - 1.0]])
    found = Linear(np.zeros(1), np.ones((1, 1)), parts / parts.sum(), of)
    return float(found.critical(LEVEL)[0])


def welch(y: Floats, side: Bools) -> tuple[float, float]:
    """Return the difference in means and its standard error."""
    a, b = y[side], y[~side]
    va, vb = float(a.var(ddof=1)) / len(a), float(b.var(ddof=1)) / len(b)
    if va + vb == 0:
        raise ConfigError("panel: the outcome does not vary between clusters; check its column")
    return float(a.mean() - b.mean()), float(np.sqrt(va + vb))


def permuted_p(y: Floats, side: Bools) -> float:
    """Return how often another draw of as many clusters differs as much."""
    rng = np.random.default_rng(SEED)
    n, m = len(y), int(side.sum())
    order = rng.random((DRAWS, n)).argsort(1)
    drawn = y[order]
    a, b = drawn[:, :m], drawn[:, m:]
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.abs(a.mean(1) - b.mean(1)) / np.sqrt(
            a.var(1, ddof=1) / m + b.var(1, ddof=1) / (n - m)
        )
    estimate, se = welch(y, side)
    return float(
        (1 + (np.nan_to_num(t, nan=0.0) >= abs(estimate) / se - 1e-12).sum()) / (1 + DRAWS)
    )


def _balanced(before: Floats, side: Bools) -> Assumption:
    name, test = "Balanced by lot", "difference of outcomes before the start (Welch's t)"
    a, b = before[side & np.isfinite(before)], before[~side & np.isfinite(before)]
    if min(len(a), len(b)) < 2:
        return Assumption(name, "amber", test, "Can not be tested: no outcome before the start.")
    p = float(stats.ttest_ind(a, b, equal_var=False).pvalue)
    said = "The sides started alike" if p >= 0.1 else "The sides differed before the start"
    return Assumption(name, light_of(p), test, f"{said} (p = {p:.3f}).")
