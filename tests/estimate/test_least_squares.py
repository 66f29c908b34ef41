"""Shares solved for under noise: a peer's generalised least squares, and what bounds do."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake.estimate.least_squares import Seen, Solved, common, simplex, smoothed, solve
from uptake.estimate.prior_shift import Floats

COUNTS = np.array(
    [[20, 60, 320, 30, 40, 30], [10, 40, 50, 60, 90, 250]], dtype=np.float64
)  # two values, three symbols each


def seen(share: Floats, noise: float = 1e-4, size: float = 2_000.0) -> Seen:
    symbols = share.shape[1]
    even = noise * (np.eye(symbols) - 1 / symbols)
    return Seen(share, np.full(share.shape, size), np.broadcast_to(even, (len(share), *even.shape)))


def test_symbols_without_error_give_the_shares_they_came_from() -> None:
    true = np.array([[0.3, 0.7], [0.95, 0.05]])
    found = solve(seen(true @ smoothed(COUNTS)), COUNTS)
    assert found.share == pytest.approx(true)
    assert not found.misfit.any()


def test_it_is_a_peer_s_generalised_least_squares() -> None:
    """By the covariance at the solution; one parameter, as two shares sum to one."""
    sm = pytest.importorskip("statsmodels.api")
    rates = smoothed(COUNTS)
    share = np.array([[0.25, 0.75]]) @ rates + np.array([[0.02, -0.01, 0, 0.01, -0.03, 0.01]])
    given_ = seen(share)
    found = solve(given_, COUNTS)
    # the covariance of the last step but the last symbol, which the others give
    q = found.inside @ rates
    rows = found.inside[0]
    total = given_.sampling(q)[0] + given_.noise[0]
    for k, rate in enumerate(rates):
        spread = np.diag(rate) - np.outer(rate, rate)
        total = total + rows[k] ** 2 * spread / (COUNTS[k].sum() + 1.5)
    design = (rates[0] - rates[1])[:-1, None]
    fit = sm.GLS((share[0] - rates[1])[:-1], design, sigma=total[:-1, :-1]).fit()
    assert found.share[0, 0] == pytest.approx(fit.params[0], abs=2e-4)
    variance = found.variance(COUNTS)[0, 0]
    assert variance == pytest.approx(fit.normalized_cov_params[0, 0], rel=0.02)


@given(st.lists(st.floats(-0.5, 1.5), min_size=2, max_size=7))
def test_the_nearest_shares_are_shares_and_leave_shares_alone(values: list[float]) -> None:
    rows = np.array([values])
    found = simplex(rows)
    assert found.sum() == pytest.approx(1)
    assert (found >= 0).all()
    assert simplex(found) == pytest.approx(found, abs=1e-9)
    # no step towards another corner comes nearer (the projection onto a convex set)
    for corner in np.eye(len(values)):
        assert (rows[0] - found[0]) @ (corner - found[0]) <= 1e-9


def test_noise_below_zero_gives_a_share_of_none_with_an_interval_from_none() -> None:
    share = np.array([[-0.05, -0.02, 0.02, 0.2, 0.25, 0.6]])
    found = solve(seen(share), COUNTS)
    low, high = found.ends(COUNTS)
    assert found.share[0, 0] < 0
    assert found.inside[0, 0] == 0 == low[0, 0]
    assert (low <= found.inside).all()
    assert (found.inside <= high).all()


def test_symbols_that_no_shares_give_are_a_misfit_unless_noise_may_have_made_them() -> None:
    strange = np.array([[0.5, 0.02, 0.02, 0.4, 0.03, 0.03]])
    assert solve(seen(strange), COUNTS).misfit.all()
    assert not solve(seen(strange, noise=0.05), COUNTS).misfit.any()


def test_more_noise_or_fewer_calibration_messages_say_less() -> None:
    share = np.array([[0.4, 0.6]]) @ smoothed(COUNTS)

    def variance(noise: float, counts: Floats) -> float:
        return float(solve(seen(share, noise), counts).variance(counts)[0, 0])

    assert variance(1e-3, COUNTS) > variance(1e-4, COUNTS)
    assert variance(1e-4, COUNTS / 10) > variance(1e-4, COUNTS)


def test_errors_of_the_calibration_cancel_in_a_difference_of_two_alike_groups() -> None:
    share = np.array([[0.4, 0.6], [0.4, 0.6]]) @ smoothed(COUNTS)
    found: Solved = solve(seen(share), COUNTS)
    assert common(found, COUNTS) == pytest.approx(np.zeros(2), abs=1e-12)
    apart = np.array([[0.4, 0.6], [0.8, 0.2]]) @ smoothed(COUNTS)
    assert (common(solve(seen(apart), COUNTS), COUNTS) > 1e-5).all()
