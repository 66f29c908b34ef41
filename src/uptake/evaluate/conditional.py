"""Group-time effects among units alike in covariates: improved doubly robust differences.

Sant'Anna and Zhao (2020), section 3.1. Comparison units are weighted so that their covariates have
the mean of the treated, exactly (inverse probability tilting), and their change is predicted by
least squares with the same weights. The estimate is right on average if treatment follows a logit
in the covariates or the change is linear in them, and so are its errors: neither model's
estimation adds to them at first order. What it adds in small samples is caught by leaving out each
cluster in turn.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import optimize, special

from uptake.evaluate.inference import Linear
from uptake.evaluate.weights import sides
from uptake.model.errors import ConfigError
from uptake.model.panel import Bools, Floats, Panel

SURE = 0.995
"""A propensity from which a comparison unit would stand for hundreds of treated ones."""
BALANCED = 1e-6
"""How near the weighted means must come to those of the treated, in standard deviations."""


@dataclass(frozen=True)
class Cell:
    """The effect on a cohort in a period.

    Attributes:
        estimate: In units of the outcome.
        influence: By how much it is larger than without each cluster, (clusters,).
        weight: Of each cluster, its treated and its comparison units together, (clusters,).
        treated: How many.
        propensity: Highest of a comparison unit.
        worth: How many comparison units of equal weight would be as exact (Kish).
    """

    estimate: float
    influence: Floats
    weight: Floats
    treated: int
    propensity: float
    worth: float


def cell(panel: Panel, cohort: int, period: int) -> Cell | None:
    """Return a cohort's effect in a period; None where a side is empty.

    Raises:
        ConfigError: A covariate is missing, the cohort is too small for them, or no comparison
            units are like it.
    """
    last = cohort - 1
    treated, control = sides(panel, cohort, period)
    if not treated.any() or not control.any():
        return None
    x = covariates(panel)
    _check(panel, x, treated, control, cohort)
    change = panel.filled[:, period] - panel.filled[:, last]
    share = calibrated(x[treated, 1:], x[control, 1:])
    if share is None:
        raise ConfigError(
            f"covariates: no weighting of the comparison units makes them like those treated from "
            f"{panel.periods[cohort]} on{_beyond(panel, treated, control)}; leave a covariate out, "
            "or add comparison units like the treated"
        )
    w = np.zeros(len(x))
    w[control] = share
    beta = _slopes(x[control], share, change[control])
    off = change - x @ beta
    own = float(off[treated].mean())
    odds = treated.sum() * share.max()
    return Cell(
        estimate=own - float(w @ off),
        influence=_left_out(panel, treated, w, off, x),
        weight=_by_cluster(panel, w + treated / treated.sum()),
        treated=int(treated.sum()),
        propensity=float(odds / (1 + odds)),
        worth=float(1 / (share @ share)),
    )


def covariates(panel: Panel) -> Floats:
    """Return the covariates with a constant, each scaled to a spread of one, (units, k)."""
    rows = np.stack([one.values for one in panel.covariates])
    for one in panel.covariates:
        if not np.isfinite(one.values).all():
            unit = panel.units[int(np.flatnonzero(~np.isfinite(one.values))[0])]
            raise ConfigError(
                f"covariates: {one.name!r} of {unit!r} is missing; fill it in, or leave the unit "
                "out"
            )
    spread = rows.std(axis=1, keepdims=True)
    scaled = (rows - rows.mean(axis=1, keepdims=True)) / np.where(spread > 0, spread, 1.0)
    return np.column_stack([np.ones(len(panel.units)), scaled.T])


def _check(panel: Panel, x: Floats, treated: Bools, control: Bools, cohort: int) -> None:
    need = x.shape[1] + 1
    for name, side in (("treated", treated), ("comparison", control)):
        if int(side.sum()) < need:
            raise ConfigError(
                f"covariates: {int(side.sum())} {name} units from {panel.periods[cohort]} on are "
                f"too few for {x.shape[1] - 1} covariates; that needs {need}: leave some out"
            )


def _beyond(panel: Panel, treated: Bools, control: Bools) -> str:
    """Name a covariate whose mean no comparison unit reaches, if one alone is enough to see it."""
    for one in panel.covariates:
        mean, known = float(one.values[treated].mean()), one.values[control]
        if not known.min() <= mean <= known.max():
            return (
                f" ({one.name!r} is {mean:.4g} on average, and {known.min():.4g} to "
                f"{known.max():.4g} in comparison units)"
            )
    return ""


def calibrated(treated: Floats, control: Floats) -> Floats | None:
    """Return weights of comparison units that sum to one and bring their means to the treated's.

    They are a logit's odds, exp(x b), with b such that means agree (Graham, Pinto and Egel 2012;
    as weights: entropy balancing, Hainmueller 2012). None where no such weights exist.

    Args:
        treated: Covariates, (n, k).
        control: Covariates, (m, k).

    >>> calibrated(np.array([[1.0], [2.0]]), np.array([[0.0], [3.0]])).round(6)
    array([0.5, 0.5])
    >>> calibrated(np.array([[4.0]]), np.array([[0.0], [3.0]])) is None
    True
    """
    z = control - treated.mean(axis=0)

    def share(b: Floats) -> Floats:
        return np.asarray(special.softmax(z @ b))

    def loss(b: Floats) -> tuple[float, Floats]:
        return float(special.logsumexp(z @ b)), np.asarray(share(b) @ z)

    def curve(b: Floats) -> Floats:
        w = share(b)
        return np.asarray((z * w[:, None]).T @ z - np.outer(w @ z, w @ z))

    found = optimize.minimize(
        loss,
        np.zeros(z.shape[1]),
        jac=True,
        hess=curve,
        method="trust-exact",
        options={"gtol": BALANCED / 100, "maxiter": 200},
    )
    w = share(found.x)
    return w if np.abs(w @ z).max() < BALANCED else None


def _slopes(x: Floats, w: Floats, y: Floats) -> Floats:
    normal = (x * w[:, None]).T @ x
    return np.asarray(np.linalg.pinv(normal, hermitian=True) @ (x.T @ (w * y)))


def _by_cluster(panel: Panel, values: Floats) -> Floats:
    out = np.zeros((len(panel.clusters), *values.shape[1:]))
    np.add.at(out, panel.cluster, values)
    return out


def _left_out(panel: Panel, treated: Bools, w: Floats, off: Floats, x: Floats) -> Floats:
    """Return what each cluster adds to an effect, by leaving it out with the weights held.

    A cluster of large weight bends the fit towards itself: its own residual is too small by the
    leverage that this undoes (the jackknife of MacKinnon, Nielsen and Webb 2023, CV3).
    """
    sizes = _by_cluster(panel, treated.astype(np.float64))
    own = off[treated].mean()
    sums = _by_cluster(panel, np.where(treated, off - own, 0.0))
    rest = treated.sum() - sizes
    first = np.divide(sums, rest, where=rest > 0, out=np.zeros_like(sums))
    parts = _by_cluster(panel, np.einsum("ij,ik->ijk", x * w[:, None], x))
    scores = _by_cluster(panel, x * (w * off)[:, None])
    left = np.linalg.pinv(parts.sum(axis=0) - parts, hermitian=True)
    goal = x[treated].mean(axis=0)
    return np.asarray(first - np.einsum("j,cjk,ck->c", goal, left, scores))


def averaged(cells: Sequence[Cell]) -> Cell:
    """Return the mean of cells by their treated units; the sizes of cohorts are taken as given."""
    sizes = np.array([one.treated for one in cells], dtype=np.float64)
    share = sizes / sizes.sum()
    return Cell(
        estimate=float(share @ np.array([one.estimate for one in cells])),
        influence=np.asarray(share @ np.stack([one.influence for one in cells])),
        weight=np.asarray(share @ np.stack([one.weight for one in cells])),
        treated=int(sizes.sum()),
        propensity=max(one.propensity for one in cells),
        worth=min(one.worth for one in cells),
    )


def combined(panel: Panel, cells: Sequence[Cell]) -> Linear:
    """Return estimates with their covariance: a side of clusters at a time (Welch).

    A side counts as many degrees of freedom as clusters of equal weight would be as exact, less
    one: where few comparison units stand for many, their spread is known from few.
    """
    g = np.stack([one.influence for one in cells], axis=1)
    weight = np.stack([one.weight for one in cells], axis=1)
    side = np.zeros(len(panel.clusters), dtype=np.bool_)
    side[panel.cluster[panel.treated]] = True
    covariance = np.zeros((len(cells), len(cells)))
    parts, dof = [], []
    for of in (side, ~side):
        n = int(of.sum())
        if n > 1:
            off = g[of] - g[of].mean(axis=0)
            part = (n - 1) / n * off.T @ off
            square = weight[of] ** 2
            worth = square.sum(axis=0) ** 2 / np.maximum((square**2).sum(axis=0), 1e-300)
            covariance += part
            parts.append(np.maximum(np.diag(part), 1e-300))
            dof.append(np.maximum(worth - 1, 1.0))
    estimates = np.array([one.estimate for one in cells])
    known = np.stack(parts, 1)
    known = known / known.sum(axis=1, keepdims=True)
    return Linear(estimates, covariance, known, np.stack(dof, 1))
