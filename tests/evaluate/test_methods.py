"""Synthetic control, interrupted time series and randomised assignment."""

import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats
from tests.evaluate.planted import panel

from uptake.evaluate import METHODS
from uptake.evaluate.interrupted import design, persistence
from uptake.evaluate.synthetic import simplex_weights
from uptake.model.errors import ConfigError, MissingExtraError
from uptake.model.panel import Floats, Panel


@given(st.integers(0, 10_000), st.integers(2, 9), st.integers(2, 12))
def test_no_weights_of_a_general_solver_come_nearer(seed: int, k: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    target, donors = rng.standard_normal(k), rng.standard_normal((k, n))
    w = simplex_weights(target, donors)
    assert w.min() >= 0
    assert w.sum() == pytest.approx(1)

    def loss(v: Floats) -> float:
        return float(((target - donors @ v) ** 2).sum())

    other = optimize.minimize(
        loss,
        np.full((n,), 1 / n),
        method="SLSQP",
        bounds=[(0.0, 1.0)] * n,
        constraints=optimize.LinearConstraint(np.ones((1, n)), 1, 1),
    )
    assert loss(w) <= float(other.fun) + 1e-4


def test_a_mean_of_two_units_is_found_again_with_its_effect() -> None:
    p = panel(1, units=25, periods=20, starts=(15,), treated=1)
    y = p.y.copy()
    y[0] = 0.3 * y[4] + 0.7 * y[9]
    y[0, 15:] += 5.0
    found = METHODS["synthetic-control"](replace(p, y=y))
    assert dict(found.weights) == pytest.approx({"u4": 0.3, "u9": 0.7}, abs=1e-3)
    assert found.estimate == pytest.approx(5.0, abs=1e-2)
    assert found.p == pytest.approx(1 / 25)
    assert found.verdict.startswith("An increase is seen")


def test_a_twin_that_fits_by_chance_does_not_make_an_unbounded_or_empty_interval() -> None:
    """Forty donors follow three periods exactly, which says nothing of what comes after."""
    widths = []
    for seed in range(20):
        found = METHODS["synthetic-control"](
            panel(seed, units=41, periods=8, starts=(3,), treated=1)
        )
        widths.append(found.high - found.low)
    assert min(widths) > 2
    assert max(widths) < 20


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"treated": 2}, "one treated unit and there are 2; evaluate each"),
        ({"units": 2}, "needs two units or more"),
    ],
)
def test_what_a_synthetic_control_can_not_do_is_said(change: dict[str, int], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        METHODS["synthetic-control"](panel(1, **{"treated": 1, **change}))  # type: ignore[arg-type]


def test_a_missing_outcome_of_a_synthetic_control_is_named() -> None:
    p = panel(1, treated=1)
    y = p.y.copy()
    y[3, 2] = np.nan
    with pytest.raises(ConfigError, match=r"'u3' in 2002 is missing"):
        METHODS["synthetic-control"](replace(p, y=y))


def series(effect: float, slope: float, scale: float = 0.01) -> Panel:
    p = panel(3, units=1, periods=50, starts=(30,), treated=1)
    t = np.arange(50)
    rng = np.random.default_rng(3)
    y = 1.0 + 0.5 * t + (t >= 30) * (effect + slope * (t - 30)) + scale * rng.standard_normal(50)
    return replace(p, y=y[None])


def test_a_step_and_a_bend_are_found_in_a_series() -> None:
    found = METHODS["interrupted-time-series"](series(2.0, 0.1))
    assert found.estimate == pytest.approx(2.0 + 0.1 * 9.5, abs=0.02)
    assert found.low < found.estimate < found.high
    assert found.p < 0.01


def test_a_random_walk_is_seldom_green_as_a_drift_looks_like_an_effect() -> None:
    lights = []
    for seed in range(20):
        p = panel(seed, units=1, periods=80, starts=(50,), treated=1)
        walk = np.random.default_rng(seed).standard_normal(80).cumsum()[None]
        found = METHODS["interrupted-time-series"](replace(p, y=walk))
        lights.append({one.name: one.light for one in found.assumptions}["Quick to forget"])
    assert lights.count("green") <= 3
    assert lights.count("red") >= 4


def test_a_short_series_is_refused_with_what_is_needed() -> None:
    with pytest.raises(ConfigError, match=r"4 periods before .* needs 8 and 4"):
        METHODS["interrupted-time-series"](panel(1, units=1, treated=1))


def test_autocorrelation_is_found_without_the_bias_of_a_short_series() -> None:
    x, _ = design(60, 40)
    out = np.eye(60) - x @ np.linalg.pinv(x)
    drawn, plain = [], []
    for seed in range(300):
        rng = np.random.default_rng(seed)
        e = rng.standard_normal(60)
        for t in range(1, 60):
            e[t] += 0.6 * e[t - 1]
        rest = out @ e
        plain.append(rest[1:] @ rest[:-1] / (rest @ rest))
        drawn.append(persistence(rest, x))
    assert abs(np.median(drawn) - 0.6) < 0.05 < abs(np.median(plain) - 0.6)


def test_a_series_without_its_library_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "statsmodels.api", None)
    with pytest.raises(MissingExtraError, match=r"uptake\[evaluate\]"):
        METHODS["interrupted-time-series"](series(1.0, 0.0))


def test_a_draw_by_lot_is_welchs_test_and_near_scipys_permutations() -> None:
    p = panel(4, effect=1.0)
    y = p.y[:, 4:].mean(1)
    a, b = y[p.treated], y[~p.treated]
    found = METHODS["randomised"](p)
    low, high = stats.ttest_ind(a, b, equal_var=False).confidence_interval(0.95)
    assert (found.low, found.high) == pytest.approx((float(low), float(high)), rel=0.02)
    assert found.se == pytest.approx(np.sqrt(a.var(ddof=1) / len(a) + b.var(ddof=1) / len(b)))
    drawn = stats.permutation_test(
        (a, b),
        lambda x, z, axis: stats.ttest_ind(x, z, equal_var=False, axis=axis).statistic,
        n_resamples=4999,
        rng=np.random.default_rng(1),
        vectorized=True,
    )
    assert found.p == pytest.approx(float(drawn.pvalue), abs=0.04)


def test_a_cluster_on_both_sides_of_a_lot_is_named() -> None:
    p = panel(4)
    cluster = p.cluster.copy()
    cluster[20] = 0
    with pytest.raises(ConfigError, match="'u0' has treated and comparison units"):
        METHODS["randomised"](replace(p, cluster=cluster))


def test_one_comparison_cluster_is_refused() -> None:
    p = panel(4)
    cluster = np.where(p.treated, p.cluster, 12)
    with pytest.raises(ConfigError, match="'u12' is the only comparison cluster"):
        METHODS["did"](replace(p, cluster=cluster))


def test_units_of_one_cluster_count_as_one() -> None:
    """Each unit copied four times says nothing new: the interval must not shrink."""
    p = panel(5)
    copied = replace(
        p,
        units=tuple(f"{u}-{k}" for u in p.units for k in range(4)),
        y=np.repeat(p.y, 4, axis=0),
        start=np.repeat(p.start, 4),
        cluster=np.repeat(p.cluster, 4),
    )
    one, four = METHODS["did"](p), METHODS["did"](copied)
    assert (four.low, four.high) == pytest.approx((one.low, one.high))
