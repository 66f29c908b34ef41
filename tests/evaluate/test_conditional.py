"""Group-time effects among units alike: published figures, closed forms, double robustness."""

import gzip
import importlib.util
import pickle
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from tests.evaluate.planted import panel

from uptake.evaluate import METHODS, estimate, weights
from uptake.evaluate.conditional import calibrated, cell, combined
from uptake.evaluate.inference import linear
from uptake.model.errors import ConfigError
from uptake.model.panel import Covariate, Panel


def table_of(name: str) -> Any:
    """Return a table that the package moderndid ships (MIT)."""
    found = importlib.util.find_spec("moderndid")
    folders = list(found.submodule_search_locations or ()) if found else []
    file = next((p for f in folders if (p := Path(f) / "core/datasets" / name).is_file()), None)
    if file is None:
        pytest.skip("needs the data of moderndid: pip install --no-deps -r requirements-data.lock")
    return pickle.loads(gzip.decompress(file.read_bytes()))  # noqa: S301 (a package's own data)


def mpdta() -> Panel:
    """Return teen employment in 500 counties."""
    table = table_of("mpdta_long.pkl.gz")
    wide = table.pivot(index="countyreal", columns="year", values="lemp")
    of = table.groupby("countyreal")[["first.treat", "lpop"]].first().loc[wide.index]
    years = list(wide.columns)
    start = np.array([years.index(g) if g else len(years) for g in of["first.treat"]])
    units = tuple(map(str, wide.index))
    lpop = Covariate("lpop", of["lpop"].to_numpy(dtype=np.float64))
    at = np.arange(len(units))
    return Panel(units, tuple(map(str, years)), wide.to_numpy(), start, at, units, (lpop,))


PUBLISHED = {  # (cohort, year): without and with lpop, R package did (Callaway and Sant'Anna)
    ("2004", "2004"): ((-0.0105, 0.0233), (-0.0145, 0.0221)),
    ("2004", "2005"): ((-0.0704, 0.0310), (-0.0764, 0.0286)),
    ("2004", "2006"): ((-0.1373, 0.0364), (-0.1404, 0.0354)),
    ("2004", "2007"): ((-0.1008, 0.0344), (-0.1069, 0.0329)),
    ("2006", "2006"): ((-0.0046, 0.0178), (0.0010, 0.0194)),
    ("2006", "2007"): ((-0.0412, 0.0202), (-0.0413, 0.0197)),
    ("2007", "2007"): ((-0.0261, 0.0167), (-0.0288, 0.0162)),
}


@pytest.mark.parametrize("at", PUBLISHED)
def test_minimum_wages_cell_by_cell_are_the_published_ones(at: tuple[str, str]) -> None:
    p = mpdta()
    cohort, period = (p.periods.index(year) for year in at)
    plain, given = PUBLISHED[at]
    found = linear(p, [weights.cell(p, cohort, period)[0]])
    assert float(found.estimate[0]) == pytest.approx(plain[0], abs=5e-5)
    assert float(found.se[0]) == pytest.approx(plain[1], rel=0.03)
    one = cell(p, cohort, period)
    assert one is not None
    # Published with a logit by maximum likelihood and the error of large samples; here weights are
    # calibrated and counties left out, of which 20 are the first cohort: nearly the same.
    assert one.estimate == pytest.approx(given[0], abs=0.001)
    assert float(combined(p, [one]).se[0]) == pytest.approx(given[1], rel=0.06)


def test_minimum_wages_taken_together_are_the_published_ones() -> None:
    p = mpdta()
    plain, given = (
        estimate("callaway-santanna", replace(p, covariates=())),
        estimate("callaway-santanna", p),
    )
    assert plain.estimate == pytest.approx(-0.0400, abs=5e-5)
    assert plain.se == pytest.approx(0.0119, rel=0.03)
    assert given.estimate == pytest.approx(-0.0418, abs=0.0005)
    assert given.se == pytest.approx(0.0115, rel=0.05)
    by_time = {point.time: point.estimate for point in plain.points}
    for time, published in ((0, -0.0199), (1, -0.0510), (2, -0.1373), (3, -0.1008)):
        assert by_time[time] == pytest.approx(published, abs=5e-5)


def test_trained_workers_against_a_survey_are_the_published_improved_estimate() -> None:
    """Sant'Anna and Zhao's package on LaLonde's sample: -901.2703, standard error 393.6127."""
    table = table_of("nsw_long.pkl.gz")
    table = table[(table["treated"] == 0) | (table["sample"] == 2)]
    wide = table.pivot(index="id", columns="year", values="re")
    of = table.groupby("id").first().loc[wide.index]
    named = ("age", "educ", "black", "married", "nodegree", "hisp", "re74")
    units = tuple(map(str, wide.index))
    p = Panel(
        units,
        ("1975", "1978"),
        wide.to_numpy(dtype=np.float64),
        np.where(of["experimental"] == 1, 1, 2),
        np.arange(len(units)),
        units,
        tuple(Covariate(name, of[name].to_numpy(dtype=np.float64)) for name in named),
    )
    one = cell(p, 1, 1)
    assert one is not None
    assert one.treated == 425
    assert one.estimate == pytest.approx(-901.2703, abs=5e-4)
    # Leaving clusters out is a little wider than the published influence function.
    assert float(combined(p, [one]).se[0]) == pytest.approx(393.6127, rel=0.01)


@given(st.integers(0, 10_000), st.integers(1, 4))
def test_weights_bring_the_means_together_and_are_positive(seed: int, k: int) -> None:
    rng = np.random.default_rng(seed)
    treated, control = rng.standard_normal((20, k)) + 0.3, rng.standard_normal((80, k))
    w = calibrated(treated, control)
    assert w is not None
    assert w.min() >= 0
    assert w.sum() == pytest.approx(1)
    assert w @ control == pytest.approx(treated.mean(axis=0), abs=1e-5)


def test_a_constant_covariate_is_the_plain_comparison_of_changes() -> None:
    p = panel(1, units=60, treated=20)
    one = cell(replace(p, covariates=(Covariate("x", np.ones(60)),)), 4, 5)
    assert one is not None
    change = p.y[:, 5] - p.y[:, 3]
    found = combined(p, [one])
    a, b = change[:20], change[20:]
    assert one.estimate == pytest.approx(change[:20].mean() - change[20:].mean())
    assert float(found.se[0]) == pytest.approx(np.sqrt(a.var(ddof=1) / 20 + b.var(ddof=1) / 40))
    low, high = stats.ttest_ind(a, b, equal_var=False).confidence_interval(0.95)
    assert float(found.half(0.95)[0]) == pytest.approx((high - low) / 2, rel=0.01)


def test_errors_are_those_of_leaving_each_unit_out_with_its_weights_held() -> None:
    """Each unit in turn, by weighted least squares of another library."""
    p = confounded(3, units=40)
    x, d = p.covariates[0].values, p.start == 3
    one = cell(p, 3, 3)
    w = np.zeros(40)
    share = calibrated(x[d][:, None], x[~d][:, None])
    assert one is not None
    assert share is not None
    w[~d] = share
    y = p.y[:, 3] - p.y[:, 2]
    goal = np.array([1.0, x[d].mean()])
    design = np.column_stack([np.ones(40), x])
    for i in np.flatnonzero(~d)[:8]:
        use = ~d & (np.arange(40) != i)
        fit = sm.WLS(y[use], design[use], w[use]).fit()
        without = float(y[d].mean() - goal @ fit.params)
        assert float(one.influence[i]) == pytest.approx(one.estimate - without, abs=1e-6)


def confounded(seed: int, *, kind: str = "both", effect: float = 0.0, units: int = 150) -> Panel:
    """Units with a large covariate are treated more often, and grow faster anyway.

    Treatment is a logit in the covariate but for "outcome", where it jumps at zero; the trend is
    linear in it but for "weights", where it bends at zero.
    """
    p = panel(seed, units=units, periods=5, starts=(3,), treated=0)
    rng = np.random.default_rng(seed + 10_000)
    x = rng.standard_normal(units)
    jump = np.where(x > 0, 0.7, 0.2)
    logit = 1 / (1 + np.exp(-(x - 0.5)))
    treated = rng.random(units) < (jump if kind == "outcome" else logit)
    treated[:2] = [True, False]
    start = np.where(treated, 3, 5)
    trend = np.where(x > 0, x**2, 0.0) if kind == "weights" else x
    y = p.y + np.outer(trend, np.arange(5)) + effect * (np.arange(5) >= start[:, None])
    return replace(p, y=y, start=start, covariates=(Covariate("size", x),))


def test_what_a_covariate_explains_is_no_effect() -> None:
    p = confounded(5, effect=1.0)
    naive = METHODS["callaway-santanna"](replace(p, covariates=()))
    found = METHODS["callaway-santanna"](p)
    assert naive.low > 1.0
    assert found.low < 1.0 < found.high
    lights = {one.name: one.light for one in found.assumptions}
    assert lights["Parallel trends"] == "green"
    assert {one.name: one.light for one in naive.assumptions}["Parallel trends"] == "red"
    assert "doubly robust given size" in found.inference


@pytest.mark.statistics
@pytest.mark.parametrize("kind", ["both", "outcome", "weights"])
def test_intervals_cover_if_only_one_of_the_two_models_is_right(kind: str) -> None:
    """A correct interval fails this with a probability of 3% for a fresh seed."""
    drawn = np.array([one_cell(confounded(seed, kind=kind)) for seed in range(600)])
    assert abs(drawn[:, 0].mean()) < 0.08
    assert 0.93 <= np.mean(np.abs(drawn[:, 0]) <= drawn[:, 1]) <= 0.97
    naive = [one_cell(replace(confounded(seed, kind=kind), covariates=())) for seed in range(40)]
    assert np.mean([e for e, _ in naive]) > 0.4


def one_cell(p: Panel) -> tuple[float, float]:
    """Return an effect and half the width of its interval, with covariates or without."""
    if not p.covariates:
        found = linear(p, [weights.cell(p, 3, 3)[0]])
    else:
        one = cell(p, 3, 3)
        assert one is not None
        found = combined(p, [one])
    return float(found.estimate[0]), float(found.half(0.95)[0])


@pytest.mark.statistics
def test_intervals_cover_where_units_of_a_cluster_share_shocks() -> None:
    """A correct interval fails this with a probability of 7% for a fresh seed."""
    drawn = []
    for seed in range(400):
        p = panel(seed, units=120, periods=5, starts=(3,), treated=40)
        rng = np.random.default_rng(seed + 500)
        shared = rng.standard_normal((30, 5)).cumsum(axis=1)
        cluster = np.arange(120) // 4
        clusters = tuple(f"c{n}" for n in range(30))
        covariates = (Covariate("x", rng.standard_normal(120)),)
        p = replace(
            p, y=p.y + shared[cluster], cluster=cluster, clusters=clusters, covariates=covariates
        )
        drawn.append(one_cell(p))
        if seed == 0:
            alone = one_cell(replace(p, cluster=np.arange(120), clusters=p.units))
            assert drawn[0][1] > 1.3 * alone[1]
    assert 0.93 <= np.mean([abs(e) <= half for e, half in drawn]) <= 0.97


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"covariates": (Covariate("size", np.full(30, np.nan)),)},
            "'size' of 'u0' is missing; fill",
        ),
        (
            {"covariates": tuple(Covariate(f"x{n}", np.arange(30.0) ** n) for n in range(1, 15))},
            "12 treated units .* too few for 14 covariates; that needs 16: leave some out",
        ),
        ({"start": np.where(np.arange(30) < 1, 4, 7)}, "with one treated cluster there is nobody"),
        (
            {"covariates": (Covariate("size", np.repeat([9.0, 1.0, 3.0], [12, 9, 9])),)},
            r"no weighting .* from 2004 on \('size' is 9 on average, and 1 to 3 in comparison",
        ),
    ],
)
def test_covariates_that_can_not_be_used_are_named(change: dict[str, object], said: str) -> None:
    p = replace(panel(1), covariates=(Covariate("x", np.arange(30.0)),))
    p = replace(p, **change)  # type: ignore[arg-type]
    with pytest.raises(ConfigError, match=said):
        METHODS["callaway-santanna"](p)
