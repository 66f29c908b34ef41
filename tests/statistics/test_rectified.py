"""Corrected shares hold the truth about as often as their intervals say.

R populations of people are drawn, heavy writers with another mix of messages than others; a
labeller errs by a confusion matrix; a simple random sample of the messages of the logs is labelled
rightly. Held against the expected shares of an independent draw of many people, for the shares of
messages and for those in which each person counts once. Coverage is averaged over six values (from
1 to 40%), of which at least five are independent, and R = 400 populations: its Monte Carlo error
is at most .011 where values go together wholly and near .005 as they do here. The seed is fixed;
with another seed the band of .93 to .97 may fail for about one setting in a hundred.
Measured with this seed: message shares .949, .948, .953; people shares .940, .953, .945; largest
bias .0034.
Left out of the variance, the covariance of logs and sample would give .92 (third setting).
"""

from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from uptake.estimate import ppi
from uptake.estimate.shares import Floats

K = 6
SHARES = np.array([0.4, 0.3, 0.15, 0.1, 0.04, 0.01])
RIGHT = 0.7
POPULATIONS = 400
SEED = 20261130
Ints = NDArray[np.intp]


class Drawn(NamedTuple):
    """Messages per person (people,), and of each message its person, true and given value."""

    many: Floats
    person: Ints
    true: Ints
    given: Ints


def confusion() -> Floats:
    wrong = (1 - RIGHT) * SHARES / (1 - SHARES)[:, None]
    np.fill_diagonal(wrong, RIGHT)
    return np.asarray(wrong)


def draw(people: int, rng: np.random.Generator) -> Drawn:
    heavy = rng.random(people) < 0.6
    many = 1 + rng.geometric(0.12, people) * heavy + rng.poisson(0.5, people)
    many = np.minimum(many, 30)
    mix = rng.dirichlet(SHARES * 2, people)
    mix = np.where((many > 8)[:, None], mix * [1, 1, 2, 0.5, 1, 1.5], mix)
    mix /= mix.sum(axis=1, keepdims=True)
    person = np.repeat(np.arange(people), many)
    true = _chosen(mix[person], rng)
    return Drawn(many.astype(float), person, true, _chosen(confusion()[true], rng))


def _chosen(p: Floats, rng: np.random.Generator) -> Ints:
    found = (rng.random(len(p))[:, None] > p.cumsum(axis=1)).sum(axis=1)
    return np.asarray(np.minimum(found, K - 1), dtype=np.intp)


def counted(person: Ints, value: Ints, people: int) -> Floats:
    cells = np.bincount(person * K + value, minlength=people * K)
    return cells.reshape(people, K).astype(float)


def logs(drawn: Drawn) -> tuple[dict[str, Floats], Floats]:
    people = len(drawn.many)
    own, many = counted(drawn.person, drawn.given, people), drawn.many[:, None]
    same = np.ones(K)
    sums = {
        "messages": own.sum(axis=0),
        "messages_squared": (own**2).sum(axis=0),
        "messages_cross": (own * many).sum(axis=0),
        "group_messages": same * many.sum(),
        "group_messages_squared": same * (many**2).sum(),
        "group_people": same * people,
        "weight": (own / many).sum(axis=0),
        "weight_squared": ((own / many) ** 2).sum(axis=0),
    }
    return sums, own


def labelled(drawn: Drawn, own: Floats, size: int, rng: np.random.Generator) -> dict[str, Floats]:
    people, many = len(drawn.many), drawn.many[:, None]
    at = rng.choice(len(drawn.person), size, replace=False)
    person = drawn.person[at]
    of = {
        "y": counted(person, drawn.true[at], people),
        "f": counted(person, drawn.given[at], people),
        "n": np.repeat(np.bincount(person, minlength=people)[:, None], K, axis=1).astype(float),
    }
    out: dict[str, Floats] = {}
    for prefix, scale in (("", np.ones_like(many)), ("w_", 1 / many)):
        by = {name: sums * scale for name, sums in of.items()}
        out |= {prefix + name: sums.sum(axis=0) for name, sums in by.items()}
        for a, b in ("yy", "ff", "nn", "yf", "yn", "fn"):
            out[prefix + a + b] = (by[a] * by[b]).sum(axis=0)
    for name, sums in of.items():
        out[f"all_f_{name}"] = (own * sums).sum(axis=0)
        out[f"all_n_{name}"] = (many * sums).sum(axis=0)
        out[f"all_w_{name}"] = (own / many * sums / many).sum(axis=0)
    return out


@pytest.fixture(scope="module")
def truth() -> tuple[Floats, Floats]:
    drawn = draw(300_000, np.random.default_rng(1))
    own = counted(drawn.person, drawn.true, len(drawn.many))
    return own.sum(axis=0) / drawn.many.sum(), (own / drawn.many[:, None]).mean(axis=0)


@pytest.mark.statistics
@pytest.mark.parametrize(("people", "size"), [(2_000, 300), (600, 300), (300, 1_000)])
def test_95_percent_intervals_of_corrected_shares_hold_the_truth_about_95_times_in_100(
    truth: tuple[Floats, Floats], people: int, size: int
) -> None:
    rng = np.random.default_rng([SEED, people])
    held = np.zeros((2, POPULATIONS, K))
    off = np.zeros((POPULATIONS, K))
    for number in range(POPULATIONS):
        drawn = draw(people, rng)
        sums, own = logs(drawn)
        gold = labelled(drawn, own, size, rng)
        for measure, correct in enumerate((ppi.rectified, ppi.rectified_people)):
            share, variance, clusters = correct(sums, gold)
            low, high = ppi.interval(share, variance, clusters)
            held[measure, number] = (low <= truth[measure]) & (truth[measure] <= high)
            if measure == 0:
                off[number] = share - truth[0]
    messages, once = held.mean(axis=(1, 2))
    assert 0.93 <= messages <= 0.97, messages
    assert 0.93 <= once <= 0.97, once
    assert np.abs(off.mean(axis=0)).max() < 0.005, off.mean(axis=0)
