"""What the runs say, against cases whose answer is known."""

import numpy as np
import pytest
from tests.index.problems import flat

from uptake.index.chain import build
from uptake.index.problem import Problem
from uptake.index.spec import IndexInputError, Options, Steps, Uncertainty
from uptake.index.uncertainty import Simulated, simulate

GAP = np.nan


def runs(problem: Problem) -> Simulated:
    found = simulate(problem)
    assert found is not None
    return found


def test_nothing_varied_gives_no_intervals() -> None:
    assert simulate(flat([[1.0], [2.0]])) is None
    assert simulate(flat([[1.0], [2.0]], uncertainty=Uncertainty(runs=0, weight_noise=0.5))) is None


def test_a_place_ahead_in_everything_is_ahead_in_every_run() -> None:
    found = runs(
        flat(
            [[9.0, 9.0, 9.0], [5.0, 1.0, 3.0], [1.0, 5.0, 2.0]],
            uncertainty=Uncertainty(weight_noise=0.9, choices=Options(normalise=("rank", "z"))),
        )
    )
    assert found.low[0, -1] == found.high[0, -1] == 1
    assert found.pairwise[0, 1] == found.pairwise[0, 2] == 1
    assert found.low[1, -1] == 2
    assert found.high[1, -1] == 3


def test_two_normal_intervals_give_the_normal_probability_of_order() -> None:
    # 10 and 11, each with a standard deviation of 1: P(first > second) is Phi(-1 / sqrt 2) = .2398.
    half = 1.959964
    values = [[10.0], [11.0], [0.0], [30.0]]
    low, high = np.array(values) - half, np.array(values) + half
    found = runs(
        flat(
            values,
            low=np.where(np.array(values) % 10 < 2, low, GAP),
            high=np.where(np.array(values) % 10 < 2, high, GAP),
            uncertainty=Uncertainty(runs=20_000),
        )
    )
    assert found.varied == ("inputs",)
    assert found.pairwise[0, 1] == pytest.approx(0.2398, abs=0.012)
    assert found.pairwise[0, 1] + found.pairwise[1, 0] == pytest.approx(1)


def test_a_gap_is_drawn_within_what_is_observed() -> None:
    values = [[0.0, 1.0], [10.0, 5.0], [GAP, 3.0], [6.0, 2.0]]
    problem = flat(
        values, steps=Steps(impute="mean"), uncertainty=Uncertainty(imputed=True, runs=500)
    )
    found = runs(problem)
    assert found.varied == ("imputed",)
    assert found.ranks[:, 2, -1].std() > 0
    certain = build(problem)
    assert np.allclose(found.scores[:, 0, -1], certain.aggregated[0, -1])
    assert found.scores[:, 2, -1].min() >= 25
    assert found.scores[:, 2, -1].max() <= 75


def test_choices_are_each_taken_and_the_spec_s_own_is_among_them() -> None:
    values = [[1.0, 9.0], [2.0, 2.0], [9.0, 1.0]]
    problem = flat(values, uncertainty=Uncertainty(choices=Options(aggregate=("geometric",))))
    found = runs(problem)
    own = np.isclose(found.scores[:, :, -1], build(problem).aggregated[:, -1]).all(axis=1)
    zero = (found.scores[:, [0, 2], -1] == 0).all(axis=1)
    assert (own ^ zero).all()
    assert 400 < own.sum() < 600


def test_choices_that_do_not_go_together_are_named() -> None:
    choices = Options(normalise=("z",), aggregate=("geometric",))
    problem = flat([[1.0], [2.0], [4.0]], uncertainty=Uncertainty(choices=choices))
    with pytest.raises(IndexInputError, match="geometric mean does not go with z"):
        simulate(problem)


def test_a_place_without_a_score_has_no_order() -> None:
    values = [[1.0, 2.0], [2.0, 4.0], [GAP, 5.0]]
    found = runs(
        flat(values, steps=Steps(available=0.6), uncertainty=Uncertainty(runs=50, weight_noise=0.2))
    )
    assert np.isnan(found.pairwise[2]).all()
    assert np.isnan(found.low[2, -1])
    assert found.pairwise[1, 0] == 1
