"""Weighted intervals hold the population's share about as often as they say.

Each of R samples draws users from a fixed population with chances that differ by stratum, as users
of an assistant do; the strata's means differ too, so that the unweighted share is far off. Monte
Carlo error of coverage at R = 1,000: .007. The seed is fixed.
"""

import numpy as np
import pytest

from uptake.estimate.poststratify import Stratum, Sums, Weighted, estimates, poststratify

SAMPLES = 1_000
SEED = 20261130
STRATA: tuple[Stratum, ...] = tuple(
    (band, gender) for band in ("18-24", "25-34", "35-44", "45+") for gender in ("f", "m")
)
LIVED = np.array([9, 9, 12, 11, 13, 12, 20, 14]) * 500.0
CHANCE = np.array([0.02, 0.03, 0.012, 0.02, 0.006, 0.009, 0.003, 0.006])
MEAN = np.array([0.6, 0.5, 0.45, 0.5, 0.4, 0.35, 0.25, 0.2])


def coverage(spread: float) -> tuple[float, float]:
    """Return how often weighted intervals hold the truth, and the bias of unweighted shares.

    Args:
        spread: Sum of the parameters of each person's beta distribution of own shares.
    """
    rng = np.random.default_rng(SEED)
    people = [
        rng.beta(spread * mean, spread * (1 - mean), int(count))
        for mean, count in zip(MEAN, LIVED, strict=True)
    ]
    truth = float(np.concatenate(people).mean())
    held, plain = [], []
    for _ in range(SAMPLES):
        drawn = [own[rng.random(len(own)) < c] for own, c in zip(people, CHANCE, strict=True)]
        found = poststratify(
            {
                key: Sums(len(own), np.array([own.sum()]), np.array([(own**2).sum()]))
                for key, own in zip(STRATA, drawn, strict=True)
            },
            dict(zip(STRATA, LIVED.tolist(), strict=True)),
        )
        assert isinstance(found, Weighted)
        (shown,) = estimates(found)
        held.append(shown.low <= truth <= shown.high)
        plain.append(np.concatenate(drawn).mean() - truth)
    return float(np.mean(held)), float(np.mean(plain))


@pytest.mark.statistics
@pytest.mark.parametrize("spread", [0.5, 3.0])
def test_weighted_intervals_hold_the_share_of_the_population(spread: float) -> None:
    held, bias = coverage(spread)
    assert 0.93 <= held <= 0.97, held
    assert bias > 0.05  # what the weights mend
