"""A design -> what it can see: power and minimum detectable effect, before any outcome is read."""

from dataclasses import replace

import numpy as np
from scipy import optimize, stats

from uptake.evaluate import assumptions, weights
from uptake.evaluate.effects import LEVEL
from uptake.evaluate.inference import linear
from uptake.evaluate.interrupted import design, require_periods, series
from uptake.evaluate.randomised import cluster_means, critical
from uptake.evaluate.synthetic import the_treated
from uptake.evaluate.trends import (
    require_clusters,
    require_never_treated,
    require_simultaneous,
)
from uptake.evaluate.verdict import number
from uptake.model.effect import Plan
from uptake.model.errors import ConfigError
from uptake.model.panel import Floats, Panel

POWER = 0.8


def plan(  # noqa: PLR0913 - the settings of [plan], each with its default
    method: str,
    panel: Panel,
    *,
    sd: float,
    autocorrelation: float = 0.0,
    within_cluster: float = 0.0,
    noise: float = 0.0,
    effect: float | None = None,
) -> Plan:
    """Say how small an effect a design would see.

    Args:
        method: Its name.
        panel: The design; outcomes are not read.
        sd: Of the outcome over time, beyond unit and period effects.
        autocorrelation: Of a unit's deviations from a period to the next.
        within_cluster: Correlation of units of one cluster in one period.
        noise: Standard error of each outcome in the release that it is from, beside ``sd``.
        effect: What is hoped for, if known.

    Raises:
        ConfigError: A figure is out of its range, or the design compares nothing.
    """
    _check(sd, autocorrelation, within_cluster)
    require_design(method, panel)
    panel = replace(panel, y=np.zeros(panel.y.shape))  # As if every outcome will be there.
    w = weights_of(method, panel)
    if not 0 <= noise < float("inf"):
        raise ConfigError(f"plan: noise is {noise}; give a standard error, zero or above")
    variance = sd**2 * _variance(w, panel, autocorrelation, within_cluster)
    se = float(np.sqrt(variance + noise**2 * float((w**2).sum())))
    dof = _dof(method, panel, w)
    minimum = float(stats.t.ppf((1 + LEVEL) / 2, dof) + stats.t.ppf(POWER, dof)) * se
    at = None if effect is None else power(abs(effect), se, dof)
    words = (
        f"If outcomes vary as stated (standard deviation {number(sd)}), a true effect of "
        f"{number(minimum)} or more is seen with a probability of {100 * POWER:g}% or more; "
        "smaller ones will often be missed."
    )
    if method == "synthetic-control":
        words += (
            " This is for equal weights: a close fit sees smaller effects, and placebos, being "
            "few, rather larger ones."
        )
    if at is not None and effect is not None:
        words += (
            f" An effect of {number(effect)}, as hoped for, is seen with a probability of "
            f"{100 * at:.0f}%."
        )
    return Plan(
        method=method,
        se=se,
        dof=dof,
        power=POWER,
        minimum_detectable=minimum,
        effect=effect,
        power_at_effect=at,
        n_units=len(panel.units),
        n_periods=len(panel.periods),
        n_treated=int(panel.treated.sum()),
        n_clusters=len(panel.clusters),
        words=words,
    )


def require_design(method: str, panel: Panel) -> None:
    """Refuse a design that a method is not for, before any outcome is read.

    Raises:
        ConfigError: It is not; the message says what to use.
    """
    panel = replace(panel, y=np.zeros(panel.y.shape))
    if method == "synthetic-control":
        the_treated(panel)
    elif method == "randomised":
        cluster_means(panel)
    elif method == "interrupted-time-series":
        require_periods(series(panel)[1], panel.never)
    else:
        weights_of(method, panel)


def power(effect: float, se: float, dof: float) -> float:
    """Return the probability that a two-sided t test sees an effect.

    >>> round(power(0.0, 1.0, 30.0), 3)
    0.05
    """
    bound = float(stats.t.ppf((1 + LEVEL) / 2, dof))
    shift = effect / se
    upper = stats.nct.sf(bound, dof, shift)
    # Far out the distribution function gives NaN, where the power is one.
    return float(np.nan_to_num(upper, nan=1.0) + np.nan_to_num(stats.nct.cdf(-bound, dof, shift)))


def _check(sd: float, autocorrelation: float, within: float) -> None:
    if not 0 < sd < float("inf"):
        raise ConfigError(f"plan: sd is {sd}; give the outcome's standard deviation, above zero")
    for name, value in (("autocorrelation", autocorrelation), ("within_cluster", within)):
        if not 0 <= value < 1:
            raise ConfigError(f"plan: {name} is {value}; give one from 0 to less than 1")


def weights_of(method: str, panel: Panel) -> Floats:
    """Return the weight of each outcome in the effect of a method, (units, periods).

    Raises:
        ConfigError: The method is not for the design.
    """
    w: Floats | None
    if method == "interrupted-time-series":
        x, effect = design(panel.never, panel.cohorts[0])
        row = effect @ np.linalg.pinv(x)
        return np.where(panel.treated[:, None], row / panel.treated.sum(), 0.0)
    if method == "randomised":
        side = np.where(panel.treated, 1 / panel.treated.sum(), -1 / max((~panel.treated).sum(), 1))
        after = np.arange(panel.never) >= panel.cohorts[0]
        return np.outer(side, after / after.sum())
    if method in ("did", "synthetic-control"):
        require_simultaneous(panel)
        require_clusters(panel)
        w = weights.two_way(panel)
    else:
        if method == "sun-abraham":
            require_never_treated(panel)
        require_clusters(panel)
        w = {"sun-abraham": weights.interacted, "did2s": weights.imputed}.get(
            method, weights.group_time
        )(panel)
    if w is None:
        all_at_once = bool(panel.treated.all()) and not panel.staggered
        raise ConfigError(
            "treated: every unit is treated from "
            f"{panel.periods[panel.cohorts[0]]} on, so that there is nobody to compare with; add "
            "comparison units, or use 'interrupted-time-series'"
            if all_at_once
            else "panel: the design compares nothing; add comparison units"
        )
    return w


def _variance(w: Floats, panel: Panel, rho: float, within: float) -> float:
    """Variance of a weighted sum for a deviation of one, as an autoregression in each unit."""
    lag = np.abs(np.subtract.outer(np.arange(panel.never), np.arange(panel.never)))
    omega = rho**lag if rho else np.eye(panel.never)
    together = np.zeros((len(panel.clusters), panel.never))
    np.add.at(together, panel.cluster, w)
    own = float(np.einsum("it,ts,is->", w, omega, w))
    shared = float(np.einsum("it,ts,is->", together, omega, together))
    return (1 - within) * own + within * shared


def _dof(method: str, panel: Panel, w: Floats) -> float:
    """Return the degrees of freedom whose Student's t has the critical value of a method."""
    if method == "interrupted-time-series":
        return float(panel.never - 4)
    treated = len(np.unique(panel.cluster[panel.treated]))
    other = len(np.unique(panel.cluster[~panel.treated]))
    usual = float(max(treated + other - 2, 1))
    if method == "synthetic-control" or assumptions.alone(panel):
        return usual
    bound = (
        critical(treated, other)
        if method == "randomised"
        else float(linear(panel, [w]).critical(LEVEL)[0])
    )
    few = 0.5
    if not stats.t.ppf((1 + LEVEL) / 2, usual) < bound < stats.t.ppf((1 + LEVEL) / 2, few):
        return usual if np.isfinite(bound) else few
    return float(optimize.brentq(lambda d: stats.t.ppf((1 + LEVEL) / 2, d) - bound, few, usual))
