"""Group-time effects among units alike in covariates: doubly robust (Sant'Anna and Zhao 2020).

The change of the treated is compared with that of comparison units, whose change is predicted from
covariates and who are weighted to be like the treated. It suffices that one of the two models is
right. Errors are from influence functions, summed in clusters, a side at a time (Welch).
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


@dataclass(frozen=True)
class Cell:
    """The effect on a cohort in a period.

    Attributes:
        estimate: In units of the outcome.
        influence: Of each unit on it, (units,); their sum is about zero.
        treated: How many.
        propensity: Highest of a comparison unit.
    """

    estimate: float
    influence: Floats
    treated: int
    propensity: float


def cell(panel: Panel, cohort: int, period: int) -> Cell | None:
    """Return a cohort's effect in a period; None where a side is empty.

    Raises:
        ConfigError: A covariate is missing, or the cohort is too small for them.
    """
    last = cohort - 1
    treated, control = sides(panel, cohort, period)
    if not treated.any() or not control.any():
        return None
    use = treated | control
    x = covariates(panel)[use]
    _check(panel, x, treated, control, cohort)
    change = panel.filled[use, period] - panel.filled[use, last]
    estimate, influence, highest = doubly_robust(change, treated[use], x)
    out = np.zeros(len(panel.units))
    out[use] = influence / len(x)
    return Cell(estimate, out, int(treated.sum()), highest)


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


def doubly_robust(change: Floats, treated: Bools, x: Floats) -> tuple[float, Floats, float]:
    """Return an effect on the treated, its influence function and the highest propensity.

    Args:
        change: Of the outcome, (n,).
        treated: (n,).
        x: Covariates with a constant, (n, k).
    """
    n, d = len(change), treated.astype(np.float64)
    share, hessian = _logit(d, x)
    rest = 1 - d
    normal = (x * rest[:, None]).T @ x / n
    beta = np.linalg.pinv(normal, hermitian=True) @ (x.T @ (rest * change) / n)
    off = change - x @ beta
    w = share * rest / (1 - share)
    own, other = float(d @ off / d.sum()), float(w @ off / w.sum())
    # Influence of each unit through the two models and through the means.
    by_outcome = (rest * off)[:, None] * x @ np.linalg.pinv(normal, hermitian=True)
    by_share = (d - share)[:, None] * x @ hessian
    first = d * (off - own) - by_outcome @ (d @ x / n)
    second = w * (off - other) + by_share @ ((w * (off - other)) @ x / n)
    second = second - by_outcome @ (w @ x / n)
    influence = first / d.mean() - second / w.mean()
    return own - other, np.asarray(influence), float(share[~treated].max())


def _logit(d: Floats, x: Floats) -> tuple[Floats, Floats]:
    """Return fitted propensities (n,) and the inverse of the mean information (k, k)."""

    def loss(b: Floats) -> tuple[float, Floats]:
        z = x @ b
        value = float(np.logaddexp(0, z).sum() - d @ z)
        return value, np.asarray(x.T @ (special.expit(z) - d))

    found = optimize.minimize(loss, np.zeros(x.shape[1]), jac=True, method="BFGS",
                              options={"gtol": 1e-8})  # fmt: skip
    share = np.clip(special.expit(x @ found.x), 1e-6, 1 - 1e-6)
    information = (x * (share * (1 - share))[:, None]).T @ x / len(d)
    return share, np.asarray(np.linalg.pinv(information, hermitian=True))


def averaged(cells: Sequence[Cell]) -> tuple[float, Floats]:
    """Return the mean of cells by their treated units, and the influence of each unit on it.

    The sizes of cohorts are taken as given.
    """
    sizes = np.array([one.treated for one in cells], dtype=np.float64)
    estimates = np.array([one.estimate for one in cells])
    share = sizes / sizes.sum()
    mean = float(share @ estimates)
    influence = share @ np.stack([one.influence for one in cells])
    return mean, np.asarray(influence)


def combined(panel: Panel, estimates: Sequence[float], influences: Sequence[Floats]) -> Linear:
    """Return estimates with their covariance: influences summed in clusters, a side at a time."""
    g = np.zeros((len(panel.clusters), len(estimates)))
    np.add.at(g, panel.cluster, np.stack(list(influences)).T)
    side = np.zeros(len(panel.clusters), dtype=np.bool_)
    side[panel.cluster[panel.treated]] = True
    parts, spread = [], np.zeros(len(estimates))
    for rows in (g[side], g[~side]):
        if len(rows) > 1:
            off = rows - rows.mean(axis=0)
            part = len(rows) / (len(rows) - 1) * off.T @ off
            parts.append(part)
            spread += np.diag(part) ** 2 / (len(rows) - 1)
    covariance = np.asarray(sum(parts, np.zeros((len(estimates), len(estimates)))))
    with np.errstate(divide="ignore", invalid="ignore"):
        dof = np.diag(covariance) ** 2 / spread
    return Linear(np.array(estimates), covariance, np.nan_to_num(np.asarray(dof), nan=1.0))
