"""A released month tells no more of a person than its stated loss allows: attacked from outside.

Black-box falsification in the way of Ding et al. (2018, "Detecting violations of differential
privacy"): whole releases of two neighbouring logs are drawn many times, an attack chosen on the
one half of them is judged on the other, and its rates are held against e^epsilon at every delta
that the stated rho gives. A release that keeps its promise fails in fewer than 1 run of 10,000
(the rates are taken at their 99.999% limits, 40 at a time).
"""

import math
from types import ModuleType

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats
from tests.privacy.worlds import TINY, count, crowd, heavy, planted

from uptake.model.joint import JointCells
from uptake.protect import accounting, noisy

pytest.importorskip("opendp")
pytestmark = pytest.mark.statistics

Floats = NDArray[np.float64]
DRAWS = 1_500
SURE = 1e-5
NAMES = tuple(TINY.shapes)
PARAMETERS = noisy.Parameters(
    cells=2, messages=6, people_sigma=5.0, messages_sigma=10.0, margins_sigma=20.0,
    totals_sigma=100.0, volumes_sigma=60.0, heads_sigma=10.0, moments_sigma=200.0,
)  # fmt: skip
"""Noise so weak that one draw tells something: rho .57, where an attack is easiest to see."""


def neighbours() -> tuple[JointCells, JointCells]:
    """Return exact vectors with and without the person who moves them the most."""
    others = [one for one in crowd(30) if one["place"] == "KAZ"]
    alike = [one | {"intent": "asking", "intent_band": 2} for one in heavy(77, 60)]
    whole = count(others + alike, PARAMETERS.bounds, TINY)["2025-01"]
    return whole, count(others, PARAMETERS.bounds, TINY)["2025-01"]


def seen(module: ModuleType, cells: JointCells, toward: list[Floats]) -> Floats:
    """Return (DRAWS, vectors): how far each vector of a release lies in the person's direction."""
    found = np.empty((DRAWS, len(NAMES)))
    for n in range(DRAWS):
        release = module.add_noise(cells, PARAMETERS)
        vectors = (release.tables[name].reshape(-1) for name in NAMES)
        found[n] = [vector @ move.reshape(-1) for vector, move in zip(vectors, toward, strict=True)]
    return found


def told(inside: Floats, outside: Floats) -> tuple[Floats, Floats]:
    """Return one statistic of each release: the best linear one by the first half of the draws.

    Of Gaussian noise that is the likelihood ratio, each vector weighed by its own variance; the
    attacker does not take the stated scales for granted.
    """
    half = DRAWS // 2
    apart = inside[:half].mean(axis=0) - outside[:half].mean(axis=0)
    weight = apart / (inside[:half].var(axis=0) + outside[:half].var(axis=0))
    return inside @ weight, outside @ weight


def worst(inside: Floats, outside: Floats, loss: float) -> float:
    """Return by how much the attack beats what ``loss`` allows, at most; above 0 falsifies it.

    A promise of rho gives a pair (epsilon, delta) for each delta, and each bounds the rates of
    any attack: P(inside) <= e^epsilon P(outside) + delta, and the other way round.
    """
    half = DRAWS // 2
    limits = np.quantile(np.concatenate([inside[:half], outside[:half]]), np.linspace(0.1, 0.9, 20))
    deltas = np.geomspace(1e-7, 0.5, 60)
    epsilons = np.array([accounting.epsilon(loss, delta) for delta in deltas])
    beaten = -math.inf
    for limit in limits:
        for a, b in ((inside, outside), (-outside, -inside)):
            edge = limit if a is inside else -limit
            hits, misses = int((a[half:] > edge).sum()), int((b[half:] > edge).sum())
            low = stats.beta.ppf(SURE, hits, half - hits + 1) if hits else 0.0
            high = stats.beta.ppf(1 - SURE, misses + 1, half - misses) if misses < half else 1.0
            beaten = max(beaten, float((low - np.exp(epsilons) * high - deltas).max()))
    return beaten


def attack(module: ModuleType) -> float:
    """Attack a mechanism."""
    whole, rest = neighbours()
    toward = [(whole.tables[name] - rest.tables[name]).astype(np.float64) for name in NAMES]
    loss = PARAMETERS.rho(len(TINY.facets))
    inside, outside = told(seen(module, whole, toward), seen(module, rest, toward))
    return worst(inside, outside, loss)


def test_no_attack_beats_the_stated_loss() -> None:
    assert attack(noisy) <= 0


@pytest.mark.parametrize("name", ["people", "messages"])
def test_noise_of_a_fraction_of_its_scale_is_falsified(name: str) -> None:
    """As when the bound counts one cell of a person who has four."""
    fault = (
        "(-1), scales[name])",
        f"(-1), scales[name] / (3 if name.startswith({name!r}) else 1))",
    )
    with planted(noisy, fault) as faulty:
        assert attack(faulty) > 0


def test_the_person_of_the_attack_moves_the_vectors_as_far_as_anybody_may() -> None:
    """Else the attack would be weak, and its failure no evidence."""
    whole, rest = neighbours()
    most = PARAMETERS.sensitivities(len(TINY.facets))
    assert set(most) == set(NAMES)
    for name, bound in most.items():
        moved = np.linalg.norm(whole.tables[name] - rest.tables[name])
        assert moved == pytest.approx(bound), name
