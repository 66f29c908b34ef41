"""Gaps filled by a normal model, against regression, another library and laws of coverage."""

import warnings
from time import perf_counter

import msgspec
import numpy as np
import pytest
from tests.index.problems import asem_spec, flat, shared

from uptake.flow.index_table import read_numbers
from uptake.index import em
from uptake.index.framework import Floats, framework
from uptake.index.impute import impute
from uptake.index.problem import problem
from uptake.index.spec import Steps, Uncertainty
from uptake.index.uncertainty import simulate

GAP = np.nan


def places(seed: int, rows: int, columns: int, correlation: float) -> Floats:
    """Rows of a normal whose columns all correlate alike."""
    covariance = np.full((columns, columns), correlation) + (1 - correlation) * np.eye(columns)
    drawn = np.random.default_rng(seed).multivariate_normal(np.zeros(columns), covariance, rows)
    return np.asarray(50 + 10 * drawn)


def with_gaps(x: Floats, share: float, seed: int) -> Floats:
    holes = np.random.default_rng(seed).random(x.shape) < share
    holes[holes.all(axis=1), 0] = False
    return np.where(holes, GAP, x)


def test_without_gaps_the_model_is_the_sample_s_drawn_to_no_correlation() -> None:
    z = em.standardised(places(1, 80, 3, 0.6))[0]
    found = em.em(z, np.ones(80))
    assert found.mean == pytest.approx(np.zeros(3), abs=1e-9)
    expected = (z.T @ z + 3 * np.eye(3)) / 83
    assert found.covariance == pytest.approx(expected, abs=1e-9)


def test_a_gap_in_one_column_is_filled_by_regression_on_the_other() -> None:
    x = places(2, 3000, 2, 0.7)
    holes = x.copy()
    holes[:600, 1] = GAP
    slope, level = np.polyfit(x[600:, 0], x[600:, 1], 1)
    filled = impute(holes, np.zeros(3000, dtype=np.intp), "em")
    inside = np.abs(x[:600, 0] - 50) < 20  # beyond, values are kept within what is observed
    wanted = level + slope * x[:600, 0]
    assert filled[:600, 1][inside] == pytest.approx(wanted[inside], abs=0.25)
    assert np.array_equal(filled[600:], x[600:])


def test_draws_are_centred_and_spread_as_those_of_chained_equations() -> None:
    """Against scikit-learn's IterativeImputer, which draws from the posterior of regressions."""
    pytest.importorskip("sklearn")
    from sklearn.experimental import enable_iterative_imputer  # noqa: F401
    from sklearn.impute import IterativeImputer

    x = with_gaps(places(3, 200, 4, 0.6), 0.1, 4)
    gaps = ~np.isfinite(x)
    other = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for seed in range(16):
            imputer = IterativeImputer(sample_posterior=True, max_iter=3, random_state=seed)
            other.append(imputer.fit_transform(x)[gaps])
    mine = em.drawn(x, np.random.default_rng(5).random((400, int(gaps.sum()))))
    theirs = np.array(other)
    apart = mine.mean(axis=0) - theirs.mean(axis=0)
    assert abs(apart.mean()) < 0.6
    assert np.abs(apart).mean() < 2.0  # theirs has a Monte Carlo error of 7 / sqrt(16)
    assert mine.std(axis=0).mean() == pytest.approx(theirs.std(axis=0).mean(), rel=0.1)


@pytest.mark.statistics
def test_nine_of_ten_true_values_lie_in_the_interval_of_the_draws() -> None:
    inside, total = 0, 0
    for seed in range(12):
        whole = places(seed, 40, 4, 0.7)
        x = with_gaps(whole, 0.12, seed + 100)
        gaps = ~np.isfinite(x)
        found = em.drawn(x, np.random.default_rng(seed).random((400, int(gaps.sum()))))
        low, high = np.quantile(found, [0.05, 0.95], axis=0)
        inside += int(((low <= whole[gaps]) & (whole[gaps] <= high)).sum())
        total += int(gaps.sum())
    assert 0.85 < inside / total < 0.95


def test_more_indicators_than_places_still_give_finite_values() -> None:
    x = with_gaps(places(6, 8, 12, 0.5), 0.3, 7)
    groups = np.zeros(8, dtype=np.intp)
    assert np.isfinite(impute(x, groups, "em")).all()
    gaps = int((~np.isfinite(x)).sum())
    drawn = em.drawn(x, np.random.default_rng(8).random((50, gaps)))
    assert np.isfinite(drawn).all()


def test_many_tables_are_filled_as_each_of_them_is_by_one_model() -> None:
    x = with_gaps(places(9, 60, 3, 0.7), 0.1, 10)
    filled = em.expected(np.stack([x, x]))
    assert filled[0] == pytest.approx(em.expected(x))
    assert np.array_equal(filled[0], filled[1])


def test_what_is_not_known_widens_ranks_and_what_can_be_told_does_not() -> None:
    """Of two places with a gap, one's other indicators tell it, as all columns go together."""
    whole = places(11, 60, 4, 0.98)
    x = whole.copy()
    x[0, 3] = GAP
    steps = Steps(impute="em")
    told = simulate(flat(x.tolist(), steps=steps, uncertainty=Uncertainty(runs=400)))
    loose = np.column_stack([whole[:, :3], places(12, 60, 1, 0.0)])
    loose[0, 3] = GAP
    untold = simulate(flat(loose.tolist(), steps=steps, uncertainty=Uncertainty(runs=400)))
    assert told is not None
    assert untold is not None
    assert told.varied == ("imputed",)
    narrow, wide = (one.high[0, -1] - one.low[0, -1] for one in (told, untold))
    assert narrow < wide
    assert wide > 3


def test_asem_with_gaps_drawn_stays_under_ten_seconds_and_keeps_its_first_place() -> None:
    spec = asem_spec(runs=1000, weight_noise=0.25)
    spec = msgspec.structs.replace(spec, steps=msgspec.structs.replace(spec.steps, impute="em"))
    numbers = read_numbers(spec, shared("asem"))
    start = perf_counter()
    found = simulate(problem(spec, framework(spec), numbers))
    assert perf_counter() - start < 10
    assert found is not None
    assert numbers.names[int(found.scores[..., -1].mean(axis=0).argmax())] == "Switzerland"
