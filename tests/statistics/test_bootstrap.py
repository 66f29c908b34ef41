"""Clustered bootstrap intervals of agreement hold the truth about as often as they say.

R samples of people are drawn; a person's messages share a mix of values and a share of errors, so
that rows resemble each other within people. The truth is that of an independent draw of many
people. With R = 200 and a coverage of .95 the Monte Carlo error of each figure's coverage is .015;
the seed is fixed, so that the test does not flicker, and the band is that of three such errors
around .94: a bootstrap of 150 people is a little too short.
Measured with this seed: kappa .940, accuracy .935, macro F1 .930, F1 of the rarest value .940. The
same intervals with each row as its own cluster hold kappa .825 of the time.
"""

import numpy as np
import pytest
from numpy.typing import NDArray

from uptake.label.gold import Compared, evaluated

SAMPLES = 200
PEOPLE = 150
VALUES = ("a", "b", "c")


@pytest.mark.statistics
@pytest.mark.parametrize(("off", "rows"), [(0.0, 500), (0.03, 500), (0.1, 3_000)])
def test_intervals_of_the_calibration_error_hold_the_truth_as_often_as_they_say(
    off: float, rows: int
) -> None:
    """Measured 93, 99 and 96 of 100 samples; with another seed 90 may fail once in 50."""
    rng = np.random.default_rng(20261130)

    def sampled(n: int) -> Compared:
        confidence = 0.4 + 0.6 * rng.beta(4, 2, n)
        truth = rng.integers(0, 3, n)
        right = rng.random(n) < confidence - off
        return Compared(
            VALUES, truth, np.where(right, truth, (truth + 1) % 3), confidence, np.arange(n) // 3
        )

    true = evaluated("intent", sampled(600_000), rng, resamples=2).calibration_error.value
    assert true is not None
    held = 0
    for _ in range(100):
        found = evaluated("intent", sampled(rows), rng, resamples=200).calibration_error
        assert found.low is not None
        assert found.high is not None
        held += found.low <= true <= found.high
    assert held >= 90


def draw(people: int, rng: np.random.Generator) -> Compared:
    many = 1 + rng.geometric(0.2, people)
    cluster = np.repeat(np.arange(people), many)
    mix = rng.dirichlet([1.5, 1.0, 0.4], people)
    errs = rng.beta(1.2, 3.0, people)
    truth = _chosen(mix[cluster], rng)
    other = _chosen(np.full((len(cluster), 3), 1 / 3), rng)
    predicted = np.where(rng.random(len(cluster)) < errs[cluster], other, truth)
    confidence = np.full(len(cluster), 0.8)
    return Compared(VALUES, truth, predicted, confidence, cluster)


def _chosen(p: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.int64]:
    found = (rng.random(len(p))[:, None] > p.cumsum(axis=1)).sum(axis=1)
    return np.asarray(np.minimum(found, 2), dtype=np.int64)


@pytest.mark.statistics
def test_clustered_intervals_hold_the_truth_about_95_times_in_100() -> None:
    rng = np.random.default_rng(20261130)
    true = evaluated("intent", draw(200_000, rng), rng, resamples=2)
    met = {"kappa": 0, "accuracy": 0, "macro_f1": 0, "rarest": 0, "rows alone": 0}
    for _ in range(SAMPLES):
        data = draw(PEOPLE, rng)
        found = evaluated("intent", data, rng, resamples=500)
        for name in ("kappa", "accuracy", "macro_f1"):
            mine, truth = getattr(found, name), getattr(true, name).value
            met[name] += mine.low <= truth <= mine.high
        f1, truth = found.classes[2].f1, true.classes[2].f1.value
        assert f1.low is not None
        assert f1.high is not None
        assert truth is not None
        met["rarest"] += f1.low <= truth <= f1.high
        rows = Compared(
            VALUES, data.truth, data.predicted, data.confidence, np.arange(len(data.truth))
        )
        alone = evaluated("intent", rows, rng, resamples=200).kappa
        assert alone.low is not None
        assert alone.high is not None
        assert true.kappa.value is not None
        met["rows alone"] += alone.low <= true.kappa.value <= alone.high
    coverage = {name: n / SAMPLES for name, n in met.items()}
    assert coverage.pop("rows alone") < 0.9
    assert all(0.895 <= share <= 0.985 for share in coverage.values()), coverage
