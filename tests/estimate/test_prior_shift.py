"""Correction for prior shift against a peer library, algebra and simulated truth."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from uptake.estimate import prior_shift
from uptake.estimate.prior_shift import Observed

Floats = NDArray[np.float64]

RATES = np.array([[0.8, 0.15, 0.05], [0.1, 0.85, 0.05], [0.2, 0.3, 0.5]])


def seen(share: Floats, size: float = 1000.0) -> Observed:
    rows = np.atleast_2d(share)
    hidden, many = np.zeros(rows.shape, dtype=np.bool_), np.full(rows.shape, size)
    return Observed(rows, hidden, many, np.full(len(rows), size))


def solved(observed: Observed, rates: Floats) -> Floats:
    values = len(rates)
    start = np.full((len(observed.share), values), 1 / values)
    return prior_shift.maximise(observed, rates, start)


def drawn(rng: np.random.Generator, n: int, prior: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """Draw messages with three values, and the posterior of each by a labeller trained on prior."""
    truth = rng.choice(3, size=n, p=prior)
    at = rng.normal(size=(n, 2)) * 0.9 + np.array([[0, 0], [1.5, 0], [0.5, 1.6]])[truth]
    centres = np.array([[0, 0], [1.5, 0], [0.5, 1.6]])
    density = np.exp(-((at[:, None] - centres) ** 2).sum(axis=2) / (2 * 0.81))
    return density / density.sum(axis=1, keepdims=True), truth


@given(st.lists(st.floats(0.02, 1), min_size=3, max_size=3))
def test_shares_inside_the_simplex_are_those_of_the_matrix_inverse(parts: list[float]) -> None:
    share = np.array(parts) / sum(parts)
    found = solved(seen(share @ RATES), RATES)
    assert found[0] == pytest.approx(np.linalg.solve(RATES.T, share @ RATES), abs=2e-4)
    assert found[0] == pytest.approx(share, abs=2e-4)


def test_single_posteriors_give_what_quapy_s_emq_gives() -> None:
    from quapy.method.aggregative import EMQ

    rng = np.random.default_rng(4)
    posterior, _ = drawn(rng, 4_000, np.array([0.15, 0.25, 0.6]))
    trained = np.full(3, 1 / 3)
    peer, _ = EMQ.EM(trained, posterior, epsilon=1e-9)
    # Each message is a symbol of its own whose likelihood is posterior over prior.
    rates = (posterior / trained).T
    ours = solved(seen(np.full(len(posterior), 1 / len(posterior))), rates)
    assert ours[0] == pytest.approx(peer, abs=1e-3)


def test_counted_symbols_come_as_close_to_the_truth_as_quapy_s_methods() -> None:
    from quapy.method.aggregative import EMQ

    rng = np.random.default_rng(5)
    truth = np.array([0.15, 0.25, 0.6])
    known, labels = drawn(rng, 3_000, np.full(3, 1 / 3))
    counts = np.zeros((3, 9), dtype=np.int64)
    np.add.at(counts, (labels, symbols(known)), 1)
    soft = np.stack([known[labels == value].mean(axis=0) for value in range(3)])
    ours, emq, pacc = [], [], []
    for _ in range(60):
        posterior, _ = drawn(rng, 1_500, truth)
        share = np.bincount(symbols(posterior), minlength=9) / len(posterior)
        rates = prior_shift.errors(counts, rng, 1).rates
        ours.append(solved(seen(share), rates)[0])
        emq.append(EMQ.EM(np.full(3, 1 / 3), posterior, epsilon=1e-7)[0])
        pacc.append(np.linalg.solve(soft.T, posterior.mean(axis=0)))  # PACC, Bella et al. 2010
    error = {
        name: float(np.abs(np.array(found) - truth).mean())
        for name, found in (("ours", ours), ("emq", emq), ("pacc", pacc))
    }
    assert error["ours"] <= 1.15 * min(error["emq"], error["pacc"]) + 0.002, error


def symbols(posterior: Floats) -> NDArray[np.int64]:
    band = np.digitize(posterior.max(axis=1), [0.6, 0.85])
    return np.asarray(posterior.argmax(axis=1) * 3 + band)


def test_hidden_symbols_only_lose_information() -> None:
    share = np.array([[0.5, 0.3, 0.2]])
    observed = share @ RATES
    hidden = np.array([[False, True, True]])
    many, whole = np.full((1, 3), 1000.0), np.array([1000.0])
    masked = Observed(np.where(hidden, 0, observed), hidden, many, whole)
    assert masked.rest[0] == pytest.approx(observed[0, 1:].sum())
    found = solved(masked, RATES)
    # Any shares that give the visible symbol its share are most likely alike.
    assert (found @ RATES)[0, 0] == pytest.approx(observed[0, 0], abs=1e-4)
    assert found.sum() == pytest.approx(1)


def test_a_labeller_without_errors_leaves_shares_as_they_are() -> None:
    share = np.array([[0.7, 0.2, 0.1]])
    rng = np.random.default_rng(0)
    certain = prior_shift.errors(np.diag([10**9] * 3), rng)
    found = prior_shift.correct(seen(share, 400), certain, rng)
    assert found.share[0] == pytest.approx(share[0], abs=1e-4)
    half = 1.96 * np.sqrt(share * (1 - share) / 400)
    assert (found.high - found.low)[0] / 2 == pytest.approx(half[0], rel=0.2)


def test_few_calibration_messages_widen_the_interval() -> None:
    rng = np.random.default_rng(0)
    observed = seen(np.array([[0.4, 0.35, 0.25]]), 1e6)
    widths = [
        float(np.mean(found.high - found.low))
        for scale in (100, 10_000)
        for found in [
            prior_shift.correct(
                observed, prior_shift.errors(np.rint(RATES * scale).astype(int), rng), rng
            )
        ]
    ]
    assert widths[0] > 5 * widths[1]


def test_draws_of_one_calibration_are_shared_by_all_groups() -> None:
    """The same group twice differs by its people only, though both are as uncertain."""
    rng = np.random.default_rng(0)
    share = np.array([[0.4, 0.35, 0.25]] * 2)
    known = prior_shift.errors(np.rint(RATES * 60).astype(int), rng)
    found = prior_shift.correct(seen(share, 1e7), known, rng)
    apart = (found.draws[:, 0] - found.draws[:, 1]).std(axis=0)
    assert (apart < 0.1 * found.draws[:, 0].std(axis=0)).all()


def test_messages_unlike_the_calibration_are_told_from_those_like_it() -> None:
    rates = np.array([[0.7, 0.2, 0.1, 0.0], [0.1, 0.1, 0.2, 0.6]]) + 1e-3
    rates /= rates.sum(axis=1, keepdims=True)
    like, unlike = np.array([0.3, 0.7]) @ rates, np.array([0.1, 0.6, 0.2, 0.1])
    for share, strange in ((like, False), (unlike, True)):
        observed = seen(share, 500)
        fitted = solved(observed, rates)
        assert prior_shift.misfits(observed, rates, fitted).tolist() == [strange]


def test_a_value_that_few_people_write_has_fewer_effective_messages() -> None:
    share = np.array([[0.5, 0.4, 0.1]])
    variance = share * (1 - share) / np.array([[1000.0, 1000.0, 100.0]])
    each, whole = prior_shift.effective_messages(share, variance, np.ones(1))
    assert each[0] == pytest.approx([1000, 1000, 100])
    assert 100 < whole[0] < 1000
    drawn = Observed(share, np.zeros((1, 3), dtype=np.bool_), each, whole).resampled(
        np.random.default_rng(0), 20_000
    )
    # The others make room for what few people write, so that theirs are rather too wide.
    met = drawn.share[:, 0].std(axis=0) / np.sqrt(variance[0])
    assert met[2] == pytest.approx(1, abs=0.1)
    assert (met > 0.9).all()
