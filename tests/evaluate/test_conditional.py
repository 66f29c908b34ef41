"""Group-time effects among units alike: published figures, closed forms, double robustness."""

import gzip
import importlib.util
import pickle
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.evaluate.planted import panel

from uptake.evaluate import METHODS, estimate, weights
from uptake.evaluate.conditional import cell, combined, doubly_robust
from uptake.evaluate.inference import linear
from uptake.model.errors import ConfigError
from uptake.model.panel import Covariate, Panel


def mpdta() -> Panel:
    """Return teen employment in 500 counties, as the package moderndid ships it (MIT)."""
    found = importlib.util.find_spec("moderndid")
    folders = list(found.submodule_search_locations or ()) if found else []
    file = next(
        (p for f in folders if (p := Path(f) / "core/datasets/mpdta_long.pkl.gz").is_file()), None
    )
    if file is None:
        pytest.skip("needs the data of moderndid: pip install --no-deps -r requirements-data.lock")
    table = pickle.loads(gzip.decompress(file.read_bytes()))  # noqa: S301 (a package's own data)
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
    assert one.estimate == pytest.approx(given[0], abs=5e-5)
    assert float(combined(p, [one.estimate], [one.influence]).se[0]) == pytest.approx(
        given[1], rel=0.03
    )


def test_minimum_wages_taken_together_are_the_published_ones() -> None:
    p = mpdta()
    plain, given = (
        estimate("callaway-santanna", replace(p, covariates=())),
        estimate("callaway-santanna", p),
    )
    assert plain.estimate == pytest.approx(-0.0400, abs=5e-5)
    assert plain.se == pytest.approx(0.0119, rel=0.03)
    assert given.estimate == pytest.approx(-0.0418, abs=5e-5)
    assert given.se == pytest.approx(0.0115, rel=0.05)
    by_time = {point.time: point.estimate for point in plain.points}
    for time, published in ((0, -0.0199), (1, -0.0510), (2, -0.1373), (3, -0.1008)):
        assert by_time[time] == pytest.approx(published, abs=5e-5)


def test_a_constant_covariate_is_the_plain_comparison_of_changes() -> None:
    rng = np.random.default_rng(1)
    change, treated = rng.standard_normal(60), np.arange(60) < 20
    found, influence, _ = doubly_robust(change, treated, np.ones((60, 1)))
    assert found == pytest.approx(change[:20].mean() - change[20:].mean())
    assert influence.mean() == pytest.approx(0, abs=1e-9)
    se = np.sqrt((influence**2).sum()) / 60
    assert se == pytest.approx(np.sqrt(change[:20].var() / 20 + change[20:].var() / 40))


def confounded(seed: int, *, bent: bool = False, effect: float = 0.0, units: int = 150) -> Panel:
    """Units with a large covariate are treated more often, and grow faster anyway."""
    p = panel(seed, units=units, periods=5, starts=(3,), treated=0)
    rng = np.random.default_rng(seed + 10_000)
    x = rng.standard_normal(units)
    treated = rng.random(units) < 1 / (1 + np.exp(-(x - 0.5)))
    treated[:2] = [True, False]
    start = np.where(treated, 3, 5)
    trend = np.where(x > 0, x**2, 0.0) if bent else x
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
def test_intervals_cover_where_trends_follow_the_covariate() -> None:
    """A correct interval fails this with a probability of 7% for a fresh seed."""
    drawn = [one_cell(confounded(seed)) for seed in range(400)]
    assert 0.93 <= np.mean([abs(e) <= half for e, half in drawn]) <= 0.97


@pytest.mark.statistics
def test_it_is_right_on_average_if_only_one_of_the_two_models_is() -> None:
    """The bent trend is no line in the covariate, but the propensity is its true one."""
    drawn = [one_cell(confounded(seed, bent=True)) for seed in range(400)]
    naive = [one_cell(replace(confounded(seed, bent=True), covariates=())) for seed in range(40)]
    assert abs(np.mean([e for e, _ in drawn])) < 0.08
    assert np.mean([e for e, _ in naive]) > 0.4
    # With heavy tails 150 units are few for it: the how-to says so.
    assert np.mean([abs(e) <= half for e, half in drawn]) >= 0.86


def one_cell(p: Panel) -> tuple[float, float]:
    """Return an effect and half the width of its interval, with covariates or without."""
    if not p.covariates:
        found = linear(p, [weights.cell(p, 3, 3)[0]])
    else:
        one = cell(p, 3, 3)
        assert one is not None
        found = combined(p, [one.estimate], [one.influence])
    return float(found.estimate[0]), float(found.half(0.95)[0])


@pytest.mark.statistics
@pytest.mark.parametrize("given", [False, True])
def test_intervals_cover_where_units_of_a_cluster_share_shocks(given: bool) -> None:
    covered, runs = 0, 150
    for seed in range(runs):
        p = panel(seed, units=120, periods=5, starts=(3,), treated=40)
        rng = np.random.default_rng(seed + 500)
        shared = rng.standard_normal((30, 5)).cumsum(axis=1)
        cluster = np.arange(120) // 4
        clusters = tuple(f"c{n}" for n in range(30))
        covariates = (Covariate("x", rng.standard_normal(120)),) if given else ()
        p = replace(
            p, y=p.y + shared[cluster], cluster=cluster, clusters=clusters, covariates=covariates
        )
        found = METHODS["callaway-santanna"](p)
        covered += found.low <= 0 <= found.high
        if seed == 0:
            alone = replace(p, cluster=np.arange(120), clusters=p.units)
            narrow = METHODS["callaway-santanna"](alone)
            assert found.high - found.low > 1.3 * (narrow.high - narrow.low)
    assert 0.90 <= covered / runs <= 0.99


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
    ],
)
def test_covariates_that_can_not_be_used_are_named(change: dict[str, object], said: str) -> None:
    p = replace(panel(1), covariates=(Covariate("x", np.arange(30.0)),))
    p = replace(p, **change)  # type: ignore[arg-type]
    with pytest.raises(ConfigError, match=said):
        METHODS["callaway-santanna"](p)
