"""Noisy counts made to agree are the generalised least squares estimate of a peer library."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake.protect.consistent import Counted, agreed, beneath, pooled

counts = st.lists(st.integers(-50, 500), min_size=2, max_size=6)
variances = st.floats(0.5, 40)


@given(counts, counts, variances, variances)
def test_two_facets_of_the_same_messages_agree_by_least_squares(
    one: list[int], other: list[int], v: float, w: float
) -> None:
    """A linear model with a parameter for each cell but the last of the second facet."""
    sm = pytest.importorskip("statsmodels.api")
    a, b = len(one), len(other)
    design = np.eye(a + b)[:, : a + b - 1]
    design[-1, :a], design[-1, a:] = 1, -1  # what the second facet's other values leave
    fit = sm.WLS(np.array([*one, *other], float), design, weights=[1 / v] * a + [1 / w] * b).fit()
    first, second = Counted(np.array(one, float), v), Counted(np.array(other, float), w)
    whole = pooled([first.whole, second.whole])
    found = agreed(first, whole)
    assert found.parts == pytest.approx(fit.params[:a], abs=1e-6)
    assert agreed(second, whole).parts[:-1] == pytest.approx(fit.params[a:], abs=1e-6)
    assert found.parts.sum() == pytest.approx(found.whole)
    covariance = np.linalg.inv(design.T @ np.diag([1 / v] * a + [1 / w] * b) @ design)
    noise, cross = found.of(1)
    assert noise == pytest.approx(covariance[0, 0])
    assert cross == pytest.approx(covariance[0, :a].sum())
    assert found.whole_noise == pytest.approx(covariance[:a, :a].sum())


def test_agreeing_counts_are_neither_high_nor_low_and_less_noisy() -> None:
    rng = np.random.default_rng(3)
    true = np.array([400.0, 30, 0, 0, 2])
    drawn = Counted(true + rng.normal(0, 8, (20_000, 5)), 64.0)
    told = Counted(true.sum() + rng.normal(0, 4, (20_000, 1)), 16.0)
    found = agreed(drawn, pooled([drawn.whole, told]))
    noise, cross = found.of(1)
    assert np.abs(found.parts.mean(axis=0) - true).max() < 0.3
    assert found.parts.var(axis=0) == pytest.approx(np.full(5, noise), rel=0.05)
    assert np.cov(found.parts[:, 2], found.whole)[0, 1] == pytest.approx(cross, rel=0.1)
    assert noise < 64


def test_groups_add_up_to_what_they_part_by_least_squares() -> None:
    """Two groups of three values, and the values of both together counted once more."""
    sm = pytest.importorskip("statsmodels.api")
    rng, v, w = np.random.default_rng(5), 9.0, 4.0
    groups, both = rng.normal(50, 20, (2, 3)), rng.normal(100, 20, 3)
    design = np.vstack([np.eye(6), np.hstack([np.eye(3), np.eye(3)])])
    weights = [1 / v] * 6 + [1 / w] * 3
    fit = sm.WLS(np.concatenate([groups.ravel(), both]), design, weights=weights).fit()
    children = agreed(Counted(groups, v), Counted(groups, v).whole)
    values = pooled([Counted(groups.sum(axis=0), 2 * v), Counted(both, w)])
    found = beneath(children, agreed(values, values.whole), 0)
    assert found.parts.ravel() == pytest.approx(fit.params)
    assert found.whole == pytest.approx(found.parts.sum(axis=1))
    covariance = np.linalg.inv(design.T @ np.diag(weights) @ design)
    noise, cross = found.of(1)
    assert noise == pytest.approx(covariance[0, 0])
    assert cross == pytest.approx(covariance[0, :3].sum())
    assert found.whole_noise == pytest.approx(covariance[:3, :3].sum())
