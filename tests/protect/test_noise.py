"""The noise has the law that its accounting says, and the accounting agrees with a peer."""

import math

import numpy as np
import pytest
from scipy import stats

from uptake.protect import accounting, noise

dp_accounting = pytest.importorskip("dp_accounting")
pytest.importorskip("opendp")


@pytest.mark.statistics
@pytest.mark.parametrize("sigma", [2.0, 12.0])
def test_the_noise_is_the_discrete_gaussian(sigma: float) -> None:
    """Chi-square against the law's own probabilities; a right one fails 1 in 100,000 times."""
    drawn = noise.discrete_gaussian(np.zeros(100_000, dtype=np.int64), sigma)
    values = np.arange(-math.ceil(3 * sigma), math.ceil(3 * sigma) + 1)
    weight = np.exp(-(values.astype(float) ** 2) / (2 * sigma**2))
    far = np.arange(-10_000, 10_001, dtype=float)
    p = weight / np.exp(-(far**2) / (2 * sigma**2)).sum()
    counts = np.array([(drawn == v).sum() for v in values])
    observed = np.append(counts, len(drawn) - counts.sum())
    expected = np.append(p, 1 - p.sum()) * len(drawn)
    assert stats.chisquare(observed, expected).pvalue > 1e-5
    # five per cent off is seen
    off = np.exp(-(values.astype(float) ** 2) / (2 * (1.05 * sigma) ** 2))
    off /= np.exp(-(far**2) / (2 * (1.05 * sigma) ** 2)).sum()
    wrong = np.append(off, 1 - off.sum()) * len(drawn)
    assert stats.chisquare(observed, wrong).pvalue < 1e-5


def test_two_draws_differ_and_numpys_seed_decides_nothing() -> None:
    zeros = np.zeros(1_000, dtype=np.int64)
    np.random.seed(1)  # noqa: NPY002 (it must not matter)
    first = noise.discrete_gaussian(zeros, 5.0)
    np.random.seed(1)  # noqa: NPY002
    assert (first != noise.discrete_gaussian(zeros, 5.0)).mean() > 0.5


@pytest.mark.parametrize("sigma", [0.0, -1.0, math.nan, math.inf])
def test_no_noise_is_refused(sigma: float) -> None:
    with pytest.raises(ValueError, match="sigma"):
        noise.discrete_gaussian(np.zeros(3, dtype=np.int64), sigma)


@pytest.mark.parametrize("l2", [1.0, math.sqrt(8), 20.0])
@pytest.mark.parametrize("ratio", [1.5, 4.0, 30.0])
@pytest.mark.parametrize("times", [1, 12, 60])
@pytest.mark.parametrize("delta", [1e-5, 1e-7, 1e-9])
def test_epsilon_is_sound_and_nearly_as_small_as_a_peers(
    l2: float, ratio: float, times: int, delta: float
) -> None:
    """dp-accounting's Renyi accountant, of the continuous Gaussian with the same divergences."""
    loss = times * accounting.rho(l2, ratio * l2)
    accountant = dp_accounting.rdp.RdpAccountant(
        orders=1 + np.geomspace(0.01, 1e4, 4_000), neighboring_relation=_ADD_OR_REMOVE
    )
    accountant.compose(dp_accounting.GaussianDpEvent(ratio), times)
    peer = accountant.get_epsilon(delta)
    assert accounting.epsilon(loss, delta) == pytest.approx(peer, rel=2e-3)
    exact = dp_accounting.pld.PLDAccountant(_ADD_OR_REMOVE)
    exact.compose(dp_accounting.GaussianDpEvent(ratio), times)
    assert accounting.epsilon(loss, delta) >= exact.get_epsilon(delta) * 0.999


_ADD_OR_REMOVE = dp_accounting.NeighboringRelation.ADD_OR_REMOVE_ONE


def test_losses_out_of_range_are_refused() -> None:
    assert accounting.epsilon(0) == 0
    with pytest.raises(ValueError, match="rho"):
        accounting.epsilon(-0.1)
    with pytest.raises(ValueError, match="delta"):
        accounting.epsilon(0.1, 0)
