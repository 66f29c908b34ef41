"""Sobol indices against a closed form, and the index without its parts."""

import math

import numpy as np
import pytest
from scipy import stats
from tests.index.problems import flat

from uptake.index.chain import build
from uptake.index.sensitivity import indices, remove_each, sobol
from uptake.index.spec import Indicator, Options, Steps, Uncertainty


def test_indices_of_the_ishigami_function_are_those_of_the_closed_form() -> None:
    points = stats.qmc.Sobol(d=6, rng=np.random.default_rng(3)).random(4096)
    a, b = ((2 * points - 1) * math.pi)[:, :3], ((2 * points - 1) * math.pi)[:, 3:]

    def ishigami(x: np.ndarray) -> np.ndarray:
        found: np.ndarray = (
            np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
        )
        return found

    mixed = []
    for at in range(3):
        one = a.copy()
        one[:, at] = b[:, at]
        mixed.append(ishigami(one))
    first, total = indices(ishigami(a), ishigami(b), np.array(mixed))
    assert first == pytest.approx([0.3139, 0.4424, 0.0], abs=0.02)
    assert total == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)


VALUES = np.random.default_rng(5).normal(50, 10, (12, 4)).tolist()


def test_what_is_not_varied_has_no_index_and_what_is_adds_up() -> None:
    varied = Uncertainty(
        weight_noise=0.5, choices=Options(normalise=("rank",), aggregate=("median",))
    )
    problem = flat(VALUES, uncertainty=varied)
    found = sobol(problem, build(problem))
    assert {one.factor for one in found} == {"normalise", "aggregate", "weight_noise"}
    for one in found:
        assert one.first_low <= one.first_high
        assert one.first <= one.total + 0.15
    assert sum(one.total for one in found) >= 0.85
    alone = flat(VALUES, uncertainty=Uncertainty(weight_noise=0.5))
    assert sobol(alone, build(alone)) == ()


def test_without_a_part_the_index_is_that_of_the_others() -> None:
    problem = flat(VALUES)
    removed = {one.node: one for one in remove_each(problem, build(problem))}
    assert set(removed) == {0, 1, 2, 3}
    others = build(flat([row[1:] for row in VALUES]))
    assert removed[0].ranks.tolist() == others.ranks[:, -1].tolist()
    moved = np.abs(others.ranks[:, -1] - build(problem).ranks[:, -1])
    assert removed[0].mean_shift == pytest.approx(moved.mean())
    assert removed[0].largest_shift == moved.max()


def test_without_a_part_works_under_a_geometric_mean() -> None:
    steps = Steps(aggregate="geometric", range=(1, 100))
    problem = flat(VALUES, steps=steps)
    removed = remove_each(problem, build(problem))
    others = build(flat([row[:3] for row in VALUES], steps=steps))
    assert removed[3].ranks.tolist() == others.ranks[:, -1].tolist()


def test_a_part_alone_in_its_group_is_not_removed() -> None:
    indicators = (Indicator(code="x0", parent="index"),)
    problem = flat([[1.0], [2.0], [3.0]], indicators=indicators)
    assert remove_each(problem, build(problem)) == ()
