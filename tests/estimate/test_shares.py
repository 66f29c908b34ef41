"""Shares and intervals against textbook numbers and a peer library."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from uptake.estimate import shares

people = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30)).filter(lambda t: sum(t) > 0),
    min_size=2,
    max_size=30,
)


def sums_of(pairs: list[tuple[int, int]]) -> tuple[dict[str, np.ndarray], np.ndarray, np.ndarray]:
    y = np.array([a for a, _ in pairs], float)
    n = np.array([a + b for a, b in pairs], float)
    sums = {
        "messages": y.sum(),
        "messages_squared": (y**2).sum(),
        "messages_cross": (y * n).sum(),
        "people": (y > 0).sum(),
        "weight": (y / n).sum(),
        "weight_squared": ((y / n) ** 2).sum(),
        "group_messages": n.sum(),
        "group_messages_squared": (n**2).sum(),
        "group_people": len(n),
        "people_noise": 0,
        "group_people_noise": 0,
    }
    return {k: np.array([v], float) for k, v in sums.items()}, y, n


@given(people)
def test_the_ratio_variance_is_that_of_the_residuals(pairs: list[tuple[int, int]]) -> None:
    sums, y, n = sums_of(pairs)
    share, variance = shares.ratio_variance(sums)
    residual = y - share[0] * n
    kish = n.sum() ** 2 / (n**2).sum()
    assert share[0] == pytest.approx(y.sum() / n.sum())
    if kish > 1.5:
        expected = kish / (kish - 1) * (residual**2).sum() / n.sum() ** 2
        assert variance[0] == pytest.approx(expected, abs=1e-12)


def test_people_who_write_equally_much_are_all_effective() -> None:
    sums, _, _ = sums_of([(2, 1)] * 40)
    assert shares.effective_people(sums)[0] == pytest.approx(40)


@given(people)
def test_the_mean_variance_is_the_squared_standard_error_of_the_mean(
    pairs: list[tuple[int, int]],
) -> None:
    sums, y, n = sums_of(pairs)
    share, variance = shares.mean_variance(sums)
    assert share[0] == pytest.approx((y / n).mean())
    assert variance[0] == pytest.approx((y / n).var(ddof=1) / len(n), abs=1e-12)


@pytest.mark.parametrize(("k", "n"), [(0, 50), (3, 50), (25, 50), (50, 50), (400, 1000)])
def test_one_message_a_person_gives_the_wilson_interval(k: int, n: int) -> None:
    """With many people t is z, and the effective size is the number of people."""
    share = np.array([k / n])
    variance = share * (1 - share) / n
    low, high = shares.interval(share, variance, np.array([1e9 if 0 < k < n else float(n)]))
    exact = binomtest(k, n).proportion_ci(method="wilson")
    tolerance = 1e-6 if 0 < k < n else 0.01  # at 0 and 1 the quantile is that of few people
    assert low[0] == pytest.approx(exact.low, abs=tolerance)
    assert high[0] == pytest.approx(exact.high, abs=tolerance)


@given(people)
def test_an_interval_holds_its_share_and_stays_between_zero_and_one(
    pairs: list[tuple[int, int]],
) -> None:
    sums, _, _ = sums_of(pairs)
    for measure in (shares.ratio_variance, shares.mean_variance, shares.reach_variance):
        share, variance = measure(sums)
        low, high = shares.interval(share, variance, sums["group_people"])
        assert 0 <= low[0] <= share[0] <= high[0] <= 1


def test_one_person_alone_gives_no_information_on_others() -> None:
    sums, _, _ = sums_of([(3, 4)])
    share, variance = shares.ratio_variance(sums)
    low, high = shares.interval(share, variance, sums["group_people"])
    assert (low[0], high[0]) == (0, 1)


def test_heavy_users_widen_the_interval() -> None:
    even, _, _ = sums_of([(1, 1)] * 50 + [(2, 0)] * 25 + [(0, 2)] * 25)
    heavy, _, _ = sums_of([(50, 0), (0, 50)] + [(1, 0)] * 49 + [(0, 1)] * 49)
    for one, other in ((even, heavy),):
        share, variance = shares.ratio_variance(one)
        _, wide = shares.ratio_variance(other)
        assert share[0] == 0.5
        assert wide[0] > 5 * variance[0]
