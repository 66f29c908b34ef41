"""Comparisons of changes against closed forms and a regression by another library."""

from dataclasses import replace

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats
from tests.evaluate.planted import panel

from uptake.evaluate import METHODS, plan
from uptake.model.errors import ConfigError


def test_one_start_is_the_textbook_difference_of_differences() -> None:
    p = panel(1, effect=2.0)
    change = p.y[:, 4:].mean(1) - p.y[:, :4].mean(1)
    treated, other = change[p.treated], change[~p.treated]
    found = METHODS["did"](p)
    assert found.estimate == pytest.approx(treated.mean() - other.mean())
    va, vb = treated.var(ddof=1) / 12, other.var(ddof=1) / 18
    assert found.se is not None
    assert found.se == pytest.approx(np.sqrt(va + vb))
    # The critical value is that of two sides whose outcomes vary alike, drawn here.
    rng = np.random.default_rng(1)
    a, b = rng.chisquare(11, 400_000) / 11, rng.chisquare(17, 400_000) / 17
    drawn = rng.standard_normal(400_000) * np.sqrt(1 / 12 + 1 / 18) / np.sqrt(a / 12 + b / 18)
    bound = float(np.quantile(np.abs(drawn), 0.95))
    assert (found.high - found.low) / 2 / found.se == pytest.approx(bound, rel=0.01)


def test_two_way_effects_with_gaps_are_those_of_a_regression_on_dummies() -> None:
    p = panel(2, effect=1.0)
    y = p.y.copy()
    y[3, 2] = y[15, 5] = y[20, 0] = np.nan
    unit, period = np.nonzero(np.isfinite(y))
    x = np.column_stack(
        [
            (period >= p.start[unit]).astype(float),
            np.eye(len(p.units))[unit],
            np.eye(len(p.periods))[period][:, 1:],
        ]
    )
    fit = sm.OLS(y[unit, period], x).fit()
    assert METHODS["did"](replace(p, y=y)).estimate == pytest.approx(fit.params[0], rel=1e-6)


def test_sun_abraham_is_the_saturated_regression_and_equals_group_time_effects() -> None:
    p = panel(3, starts=(3, 5), effect=1.0)
    unit, period = np.nonzero(p.seen)
    columns, share = [], []
    for g in (3, 5):
        for t in range(7):
            if t != g - 1:
                columns.append(((p.start[unit] == g) & (period == t)).astype(float))
                share.append(float((p.start == g).sum()) if t >= g else 0.0)
    x = np.column_stack([*columns, np.eye(30)[unit], np.eye(7)[period][:, 1:]])
    fit = sm.OLS(p.y[unit, period], x).fit()
    expected = fit.params[: len(share)] @ np.array(share) / sum(share)
    assert METHODS["sun-abraham"](p).estimate == pytest.approx(expected, rel=1e-6)
    # Without gaps and with never treated units, the two are the same (Callaway, Sant'Anna 2021).
    assert METHODS["callaway-santanna"](p).estimate == pytest.approx(expected, rel=1e-6)


def test_did2s_is_the_mean_of_what_lies_above_untreated_fixed_effects() -> None:
    p = panel(4, starts=(3, 5), effect=1.0)
    unit, period = np.nonzero(p.seen)
    x = np.column_stack([np.eye(30)[unit], np.eye(7)[period][:, 1:]])
    free = period < p.start[unit]
    fit = sm.OLS(p.y[unit, period][free], x[free]).fit()
    above = (p.y[unit, period] - x @ fit.params)[~free]
    assert METHODS["did2s"](p).estimate == pytest.approx(above.mean(), rel=1e-6)


def test_growing_effects_turn_two_way_effects_wrong_and_not_the_others() -> None:
    p = panel(5, starts=(2, 5), treated=30, effect=0.0)
    time = np.arange(7) - p.start[:, None]
    p = replace(p, y=p.y + 3.0 * np.maximum(time + 1, 0))
    with pytest.raises(ConfigError, match=r"invalid.*2002, 2005.*callaway-santanna"):
        METHODS["did"](p)
    true = 3.0 * np.mean([1, 2, 3])
    assert METHODS["callaway-santanna"](p).estimate == pytest.approx(true, abs=1.5)
    with pytest.raises(ConfigError, match="never treated"):
        METHODS["sun-abraham"](p)


def test_a_trend_from_before_is_red_and_the_verdict_warns() -> None:
    p = panel(6)
    drift = np.where(p.treated[:, None], 2.0 * np.arange(7), 0.0)
    found = METHODS["did"](replace(p, y=p.y + drift))
    assert found.pre_trend_p is not None
    assert found.pre_trend_p < 0.01
    assert found.assumptions[0].light == "red"
    assert "Do not read this as what the programme did" in found.verdict


def test_a_saturated_regression_with_gaps_is_met_where_cohorts_share_few_units() -> None:
    p = panel(8, units=40, starts=(3, 5), treated=16)
    p = replace(p, y=np.where(np.random.default_rng(3).random(p.y.shape) < 0.2, np.nan, p.y))
    unit, period = np.nonzero(p.seen)
    keys = [(g, t) for g in (3, 5) for t in range(7) if t != g - 1]
    columns = [((p.start[unit] == g) & (period == t)).astype(float) for g, t in keys]
    share = np.array([(p.seen[:, t] & (p.start == g)).sum() * (t >= g) for g, t in keys])
    x = np.column_stack([*columns, np.eye(40)[unit], np.eye(7)[period][:, 1:]])
    fit = sm.OLS(p.y[unit, period], x).fit()
    expected = fit.params[: len(keys)] @ share / share.sum()
    assert METHODS["sun-abraham"](p).estimate == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("method", ["did", "randomised"])
def test_a_plan_with_two_treated_units_knows_that_they_are_few(method: str) -> None:
    few, many = (plan(method, panel(0, units=24, treated=n), sd=1.0) for n in (2, 12))
    assert few.minimum_detectable / few.se > 1.6 * many.minimum_detectable / many.se
    found = METHODS[method](panel(0, units=24, treated=2))
    assert found.se is not None
    bound = (found.high - found.low) / 2 / found.se
    assert float(stats.t.ppf(0.975, few.dof)) == pytest.approx(bound, rel=1e-6)


def test_one_treated_cluster_has_an_interval_from_placebos_or_none() -> None:
    found = METHODS["did"](panel(7, treated=1, units=40, effect=1.0))
    assert "'u0' is the only treated cluster" in found.notes[0]
    assert found.p >= 1 / 40
    with pytest.raises(ConfigError, match=r"'u0' is the only treated cluster.*18 comparison"):
        METHODS["did"](panel(7, treated=1, units=19))
