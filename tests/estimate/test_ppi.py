"""Corrected shares against a peer library, closed forms and what must hold in the limits."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from uptake.estimate import ppi, shares
from uptake.estimate.shares import Floats

PAIRS = (("y", "y"), ("f", "f"), ("n", "n"), ("y", "f"), ("y", "n"), ("f", "n"))


def logs(f: NDArray[Any], person: NDArray[Any]) -> dict[str, Floats]:
    """Sum one value over people: f is 1 where the labeller gave it."""
    many = np.bincount(person).astype(float)
    own = np.bincount(person, f)
    many, own = many[many > 0], own[many > 0]
    return {
        name: np.array([float(number)])
        for name, number in {
            "messages": own.sum(),
            "messages_squared": (own**2).sum(),
            "messages_cross": (own * many).sum(),
            "group_messages": many.sum(),
            "group_messages_squared": (many**2).sum(),
            "group_people": len(many),
            "weight": (own / many).sum(),
            "weight_squared": ((own / many) ** 2).sum(),
        }.items()
    }


def moments(y: Floats, f: Floats, n: Floats, prefix: str = "") -> dict[str, Floats]:
    by = {"y": y, "f": f, "n": n}
    out = {prefix + a: np.array([by[a].sum()]) for a in by}
    return out | {prefix + a + b: np.array([(by[a] * by[b]).sum()]) for a, b in PAIRS}


def sample(
    y: NDArray[Any], f: NDArray[Any], person: NDArray[Any], many: Floats | None = None
) -> dict[str, Floats]:
    """Sum a sample over its people; ``many`` is how much each writes in all."""
    of_y, of_f = (np.asarray(np.bincount(person, w), dtype=float) for w in (y, f))
    n = np.bincount(person).astype(float)
    w = 1 / (n if many is None else many)
    w[n == 0] = 0
    return moments(of_y, of_f, n) | moments(of_y * w, of_f * w, n * w, "w_")


def drawn(seed: int, n: int, big: int) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    rng = np.random.default_rng(seed)
    y = rng.random(n) < 0.3
    flip = rng.random(n) < 0.2
    f_all = rng.random(big) < 0.3 * 0.8 + 0.7 * 0.2
    return y.astype(float), (y ^ flip).astype(float), f_all.astype(float)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("seed", "n", "big"), [(0, 400, 5_000), (1, 2_000, 3_000), (2, 900, 90_000)]
)
def test_unclustered_messages_give_the_point_and_interval_of_a_peer_library(
    seed: int, n: int, big: int
) -> None:
    ppi_py = pytest.importorskip("ppi_py")
    y, f, f_all = drawn(seed, n, big)
    total, gold = logs(f_all, np.arange(big)), sample(y, f, np.arange(n))
    for lam in (0.0, 0.5, 1.0):
        share, variance, people = ppi.rectified(total, gold, lam)
        low, high = ppi_py.ppi_mean_ci(y, f, f_all, alpha=0.05, lam=lam)
        expected = ppi_py.ppi_mean_pointestimate(y, f, f_all, lam=lam)
        assert share[0] == pytest.approx(float(np.squeeze(expected)), abs=1e-12)
        # The peer divides squares by n, not by n - 1.
        error = (float(np.squeeze(high)) - float(np.squeeze(low))) / 2 / 1.959963984540054
        assert variance[0] == pytest.approx(error**2, rel=1.5 / n)
        assert people[0] == n
    share, variance, people = ppi.rectified(total, gold)
    ends = ppi.interval(share, variance, people)
    theirs = ppi_py.ppi_mean_ci(y, f, f_all, alpha=0.05)
    # The best weight is estimated a little differently: from the pooled variance, there.
    expected = ppi_py.ppi_mean_pointestimate(y, f, f_all)
    assert share[0] == pytest.approx(float(np.squeeze(expected)), abs=1e-3)
    for mine, other in zip(ends, theirs, strict=True):
        assert mine[0] == pytest.approx(float(np.squeeze(other)), abs=2e-3)


def test_weight_zero_is_the_answer_of_the_sample_alone() -> None:
    y, f, f_all = drawn(3, 500, 4_000)
    person = np.arange(500) // 3
    share, variance, people = ppi.rectified(
        logs(f_all, np.arange(4_000) // 5), sample(y, f, person), 0.0
    )
    alone = logs(y, person)
    expected, spread = shares.ratio_variance(alone)
    assert share == pytest.approx(expected)
    assert variance == pytest.approx(spread)
    assert people == pytest.approx(shares.effective_people(alone))


def beside(
    y: NDArray[Any], f: NDArray[Any], person: NDArray[Any], chosen: NDArray[Any]
) -> dict[str, Floats]:
    """Sum a sample and what its people have in the logs, of which it is a part."""
    size = int(person.max()) + 1
    big_f, big_n = np.bincount(person, f, size), np.bincount(person, minlength=size).astype(float)
    own = {
        "y": np.bincount(person[chosen], y[chosen], size),
        "f": np.bincount(person[chosen], f[chosen], size),
        "n": np.bincount(person[chosen], minlength=size).astype(float),
    }
    found = sample(y[chosen], f[chosen], person[chosen], big_n[: person[chosen].max() + 1])
    for name, sums in own.items():
        found[f"all_f_{name}"] = np.array([(big_f * sums).sum()])
        found[f"all_n_{name}"] = np.array([(big_n * sums).sum()])
        found[f"all_w_{name}"] = np.array([(big_f / big_n * sums / big_n).sum()])
    return found


def test_perfect_answers_give_the_share_of_all_messages() -> None:
    rng = np.random.default_rng(4)
    person = np.repeat(np.arange(3_000), rng.integers(1, 12, 3_000))
    f = (rng.random(len(person)) < rng.beta(1, 3, 3_000)[person]).astype(float)
    chosen = rng.choice(len(person), 2_000, replace=False)
    gold = beside(f, f, person, chosen)
    total = logs(f, person)
    share, variance, people = ppi.rectified(total, gold)
    expected, spread = shares.ratio_variance(total)
    assert share[0] == pytest.approx(expected[0], abs=0.004)
    assert variance[0] <= 1.02 * spread[0] + 2 / people[0] ** 2
    by_people, spread_people = shares.mean_variance(total)
    share, variance, people = ppi.rectified_people(total, gold)
    assert share[0] == pytest.approx(by_people[0], abs=0.006)
    assert variance[0] <= 1.05 * spread_people[0] + 2 / people[0] ** 2
    # Apart from the logs, the labeller's weight of one is that share exactly.
    share, _, _ = ppi.rectified(total, {k: v for k, v in gold.items() if k[:3] != "all"}, 1.0)
    assert share[0] == pytest.approx(expected[0], abs=1e-12)


def test_a_sample_of_all_messages_is_its_own_answer() -> None:
    rng = np.random.default_rng(5)
    person = np.repeat(np.arange(300), rng.integers(1, 9, 300))
    y = (rng.random(len(person)) < 0.4).astype(float)
    f = np.where(rng.random(len(person)) < 0.2, 1 - y, y)
    gold = beside(y, f, person, np.arange(len(person)))
    share, variance, _ = ppi.rectified(logs(f, person), gold)
    expected, spread = shares.ratio_variance(logs(y, person))
    assert share == pytest.approx(expected)
    assert variance == pytest.approx(spread, rel=0.01)
    share, variance, _ = ppi.rectified_people(logs(f, person), gold)
    expected, spread = shares.mean_variance(logs(y, person))
    assert share == pytest.approx(expected)
    assert variance == pytest.approx(spread, rel=0.01)


@given(st.integers(0, 10_000), st.integers(3, 60), st.floats(0, 1))
def test_no_other_weight_has_less_variance(seed: int, people: int, lam: float) -> None:
    rng = np.random.default_rng(seed)
    person = np.sort(rng.integers(0, people, 4 * people))
    _, person = np.unique(person, return_inverse=True)
    y = (rng.random(len(person)) < 0.4).astype(float)
    f = np.where(rng.random(len(person)) < 0.3, 1 - y, y)
    chosen = rng.choice(len(person), len(person) // 2, replace=False)
    total, gold = logs(f, person), beside(y, f, person, chosen)
    for correct in (ppi.rectified, ppi.rectified_people):
        best, other = correct(total, gold)[1], correct(total, gold, lam)[1]
        if np.isfinite(best[0]):
            assert best[0] <= other[0] * (1 + 1e-9)


@given(st.integers(0, 10_000), st.integers(2, 40))
def test_shares_and_ends_stay_between_zero_and_one(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    y, f, f_all = ((rng.random(k) < rng.random()).astype(float) for k in (n, n, 200))
    share, variance, people = ppi.rectified(logs(f_all, np.arange(200)), sample(y, f, np.arange(n)))
    low, high = ppi.interval(share, variance, people)
    assert 0 <= low[0] <= share[0] <= high[0] <= 1
    assert high[0] - low[0] > 0


def test_where_there_is_no_sample_there_is_no_answer() -> None:
    total = logs(np.ones(9), np.arange(9))
    gold = {name: np.array([np.nan]) for name in sample(np.ones(3), np.ones(3), np.arange(3))}
    for correct in (ppi.rectified, ppi.rectified_people):
        assert all(np.isnan(found[0]) for found in correct(total, gold))


def test_a_sample_without_errors_does_not_claim_that_there_are_none() -> None:
    nothing = np.zeros(200)
    share, variance, people = ppi.rectified(
        logs(np.zeros(50_000), np.arange(50_000)), sample(nothing, nothing, np.arange(200))
    )
    _, high = ppi.interval(share, variance, people)
    assert share[0] == 0
    # The exact upper end of a rate of which 200 draws showed none is 1 - .025^(1/200) = .018.
    assert 0.01 <= high[0] <= 0.03
