"""Each step against values worked out by hand and properties that hold for any numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats
from tests.index.problems import flat

from uptake.index import aggregate as up
from uptake.index.chain import build
from uptake.index.diagnose import correlate, cronbach, diagnose
from uptake.index.impute import impute
from uptake.index.moments import skewness_and_kurtosis
from uptake.index.normalise import METHODS, Scale, normalise
from uptake.index.spec import IndexInputError, Indicator, Normalise, Steps
from uptake.index.treat import Limits, passes, treat, winsorise

GAP = np.nan
FIGURES = st.floats(-1e6, 1e6).map(lambda x: round(x, 3))


def test_moments_are_those_of_scipy_without_bias() -> None:
    x = np.random.default_rng(1).lognormal(size=(40, 3))
    skew, kurtosis = skewness_and_kurtosis(x)
    assert skew == pytest.approx(stats.skew(x, bias=False))
    assert kurtosis == pytest.approx(stats.kurtosis(x, bias=False))


def test_a_gap_takes_the_mean_of_its_group_and_else_of_all() -> None:
    x = np.array([[1.0, 1.0], [3.0, GAP], [GAP, 5.0], [8.0, GAP], [GAP, GAP]])
    groups = np.array([0, 0, 0, 1, 1])
    assert impute(x, groups, "group_mean")[:, 0].tolist() == [1, 3, 2, 8, 8]
    assert impute(x, groups, "group_mean")[:, 1].tolist() == [1, 3, 5, 3, 3]
    assert impute(x, groups, "median")[4].tolist() == [3, 3]
    assert np.isnan(impute(x, groups, "none")).sum() == 5


def test_winsorising_stops_once_the_column_passes() -> None:
    x = np.concatenate([np.arange(30.0), [500.0]])[:, None]
    assert not passes(x, Limits())[0]
    found = winsorise(x, Limits())
    assert (found != x).sum() == 1
    assert found[-1, 0] == 29
    mirrored = winsorise(-x, Limits())
    assert mirrored.tolist() == (-found).tolist()


def test_what_winsorising_can_not_mend_becomes_a_logarithm_in_the_same_order() -> None:
    x = np.exp(2 * stats.norm.ppf((np.arange(40) + 0.5) / 40))[:, None]
    limits = Limits(winmax=1)
    assert not passes(winsorise(x, limits), limits)[0]
    for column in (x, -x):
        found = treat(column, "winsorise", limits)
        assert passes(found, limits)[0]
        assert np.argsort(found[:, 0]).tolist() == np.argsort(column[:, 0]).tolist()


def test_a_batch_is_treated_as_each_of_its_tables() -> None:
    x = np.random.default_rng(2).lognormal(sigma=2, size=(5, 20, 3))
    x[0, 3, 1] = GAP
    whole = treat(x, "winsorise", Limits())
    for at in range(5):
        np.testing.assert_array_equal(whole[at], treat(x[at], "winsorise", Limits()))


def scale(direction: float = 1.0, low: float = 0.0, high: float = 10.0) -> Scale:
    return Scale(np.array([direction]), (0, 100), np.array([[low], [high]]), np.array([8.0]))


@pytest.mark.parametrize(
    ("method", "direction", "expected"),
    [
        ("none", 1.0, [2, 4, GAP, 10]),
        ("min_max", 1.0, [0, 25, GAP, 100]),
        ("min_max", -1.0, [100, 75, GAP, 0]),
        ("rank", 1.0, [1, 2, GAP, 3]),
        ("percentile", -1.0, [100, 50, GAP, 0]),
        ("goalposts", 1.0, [20, 40, GAP, 100]),
        ("goalposts", -1.0, [80, 60, GAP, 0]),
        ("distance_to_target", 1.0, [0, 100 / 3, GAP, 100]),
    ],
)
def test_scales_by_hand(method: Normalise, direction: float, expected: list[float]) -> None:
    x = np.array([[2.0], [4.0], [GAP], [10.0]])
    np.testing.assert_allclose(normalise(x, method, scale(direction))[:, 0], expected)


def test_z_scores_have_mean_0_and_deviation_1() -> None:
    found = normalise(np.array([[2.0], [4.0], [GAP], [12.0]]), "z", scale())[:, 0]
    assert np.nanmean(found) == pytest.approx(0)
    assert np.nanstd(found, ddof=1) == pytest.approx(1)


@given(arrays(np.float64, (6, 1), elements=FIGURES), st.sampled_from(sorted(METHODS)))
def test_no_scale_turns_an_order_round(x: np.ndarray, method: Normalise) -> None:
    found = normalise(x, method, scale())[:, 0]
    assert np.isfinite(found).all()
    steps = np.diff(found[np.argsort(x[:, 0], kind="stable")])
    assert (steps >= -1e-9 * np.maximum(1, np.abs(found).max())).all()


def test_means_leave_gaps_out_and_give_their_weight_to_the_others() -> None:
    x, w = np.array([[2.0, GAP, 8.0], [GAP, GAP, GAP]]), np.array([[1.0, 5.0, 1.0]])
    assert up.arithmetic(x, w)[0] == 5
    assert up.geometric(x, w)[0] == pytest.approx(4)
    assert up.harmonic(x, w)[0] == pytest.approx(3.2)
    assert up.median(x, w)[0] == 5
    for mean in up.MEANS.values():
        assert np.isnan(mean(x, w)[1])


def test_a_weighted_median_is_where_half_of_the_weight_lies() -> None:
    x = np.array([[1.0, 2.0, 9.0]])
    assert up.median(x, np.array([[1.0, 1.0, 1.0]]))[0] == 2
    assert up.median(x, np.array([[1.0, 1.0, 5.0]]))[0] == 9
    assert up.median(x, np.array([[1.0, 1.0, 2.0]]))[0] == 5.5


@given(
    arrays(np.float64, (4, 3), elements=st.floats(0.1, 1e3)),
    arrays(np.float64, (1, 3), elements=st.floats(0.1, 10)),
)
def test_harmonic_is_at_most_geometric_is_at_most_arithmetic(x: np.ndarray, w: np.ndarray) -> None:
    harmonic, geometric = up.harmonic(x, w), up.geometric(x, w)
    assert (harmonic <= geometric * (1 + 1e-9)).all()
    assert (geometric <= up.arithmetic(x, w) * (1 + 1e-9)).all()


def test_a_zero_makes_a_geometric_mean_zero_and_a_negative_one_is_refused() -> None:
    steps = Steps(aggregate="geometric", normalise="none")
    assert build(flat([[0.0, 4.0], [4.0, 9.0]], steps=steps)).aggregated[0, -1] == 0
    with pytest.raises(IndexInputError, match=r"place A, indicator x0: scores -1 .*; normalise"):
        build(flat([[-1.0, 4.0], [4.0, 9.0]], steps=steps))


def test_principal_component_weights_are_those_of_an_eigenvector() -> None:
    x = np.random.default_rng(3).normal(size=(30, 3)) @ np.array(
        [[1.0, 0.8, 0.1], [0, 1, 0.2], [0, 0, 1]]
    )
    vector = np.linalg.eigh(np.corrcoef(x.T))[1][:, -1]
    assert up.pca_weights(x) == pytest.approx(vector**2)
    assert up.pca_weights(np.stack([x, x]))[1].sum() == pytest.approx(1)


def test_equals_share_a_rank_and_the_next_one_is_left_out() -> None:
    found = build(flat([[5.0], [9.0], [5.0], [1.0]]))
    assert found.ranks[:, -1].tolist() == [2, 1, 2, 4]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([[1.0, 5.0], [2.0, 5.0]], "column x1: is 5 for every place; leave it out"),
        ([[1.0, GAP], [2.0, GAP]], "column x1: has no value at all; leave the indicator out"),
        ([[1.0, 2.0]], "has fewer than two places"),
    ],
)
def test_columns_that_tell_nothing_are_refused(values: list[list[float]], said: str) -> None:
    with pytest.raises(IndexInputError, match=said):
        flat(values)


def test_a_place_twice_is_refused() -> None:
    with pytest.raises(IndexInputError, match="place A: stands twice"):
        flat([[1.0], [2.0]], places=("A", "A"))


def test_a_logarithm_of_0_is_refused_with_its_cell() -> None:
    one = (Indicator(code="x0", parent="index", transform="log"),)
    with pytest.raises(IndexInputError, match="place B, column x0: has no logarithm"):
        flat([[1.0], [0.0]], indicators=one)


def test_correlations_are_those_of_numpy_over_what_both_have() -> None:
    x = np.random.default_rng(4).normal(size=(20, 3))
    x[:, 2] += x[:, 0]
    assert correlate(x) == pytest.approx(np.corrcoef(x.T))
    x[3, 0] = GAP
    both = np.isfinite(x[:, 0])
    assert correlate(x)[0, 2] == pytest.approx(np.corrcoef(x[both, 0], x[both, 2])[0, 1])


def test_cronbach_of_a_worked_example() -> None:
    # Two parts with variance 1 and covariance r: alpha is 2r / (1 + r).
    x = np.array([[1.0, 1.0], [2.0, 3.0], [3.0, 2.0]])
    assert cronbach(x) == pytest.approx(2 * 0.5 / 1.5)


def test_parts_that_do_not_belong_together_are_said_so_in_words() -> None:
    a = np.random.default_rng(6).normal(size=40)
    b = np.random.default_rng(7).normal(size=40)
    problem = flat(np.column_stack([a, a + 0.01 * b, -a, b]).tolist())
    said = " ".join(diagnose(problem, build(problem)).warnings)
    assert "x0 and x1 nearly repeat each other" in said
    assert "x0 and x2 pull against each other" in said
    assert "do not move together" in said
    few = flat([[1.0, 2.0], [2.0, 1.0], [3.0, 0.0]])
    assert diagnose(few, build(few)).warnings == ()


def test_a_rank_given_as_a_score_is_pointed_out() -> None:
    values = [[float(at), (at * 7) % 12 + 0.5] for at in range(1, 13)]
    ranked = flat(values)
    assert "x0 looks like a rank" in " ".join(diagnose(ranked, build(ranked)).warnings)
    turned = tuple(Indicator(code=f"x{at}", parent="index", direction=-1) for at in range(2))
    right = flat(values, indicators=turned)
    assert "looks like a rank" not in " ".join(diagnose(right, build(right)).warnings)
