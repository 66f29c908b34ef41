"""The noise of a release has the stated law in every vector, from the system's randomness alone."""

import ast
import math
from collections.abc import Callable, Collection
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from scipy import stats
from tests.privacy.worlds import planted

from uptake.catalog import facet
from uptake.model.joint import Bounds, JointCells, KeySpace
from uptake.protect import noise, noisy

pytest.importorskip("opendp")

PARAMETERS = noisy.Parameters(
    cells=3, messages=2, people_sigma=3.0, messages_sigma=4.0, margins_sigma=3.5, totals_sigma=5.0,
    volumes_sigma=7.0, heads_sigma=4.5, moments_sigma=6.0,
)  # fmt: skip
SIGMAS = {
    "people_of_region": 3.0, "people_by_place": 3.0, "people_by_age_band": 3.0,
    "people_by_gender": 3.0, "people": 3.0,
    "messages_of_region": 5.0, "messages_by_place": 3.5, "messages_by_age_band": 3.5,
    "messages_by_gender": 3.5, "messages": 4.0,
    "volumes": 7.0, "heads": 4.5, "moments": 6.0,
}  # fmt: skip
"""The scale that each table's noise is said to have."""
DRAWS = 1_000
LAW = KeySpace(
    places=("KAZ", "UZB"),
    age_bands=("18-24",),
    genders=("unknown",),
    facets={"intent": facet("intent").ids, "topic": facet("topic").ids},
)


def drawn(
    module: ModuleType, times: int = DRAWS, tables: Collection[str] = tuple(SIGMAS)
) -> dict[str, np.ndarray]:
    """Return (times, size) of the noise on each table, whose cells hold 0, 2 or 100."""
    sizes = (
        LAW.blocks * len(LAW.people_features),
        LAW.blocks * len(LAW.message_features),
        len(LAW.moment_features),
    )
    rare = ([0, 2, 100], [0, 0, 0, 2, 0, 0, 100, 0, 0], [0, 2, 100])  # messages: of three bands
    exact = [
        np.resize(np.array(cycle, dtype=np.int64), size)
        for cycle, size in zip(rare, sizes, strict=True)
    ]
    cells = JointCells(LAW, Bounds(3, 2), *exact)
    for name in set(cells.tables) - set(tables):
        del cells.tables[name]
    rounds = [module.add_noise(cells, PARAMETERS) for _ in range(times)]
    return {
        name: np.stack([one.tables[name].reshape(-1) for one in rounds]) - true.reshape(-1)
        for name, true in cells.tables.items()
    }


def lawful(module: ModuleType, tables: Collection[str] = tuple(SIGMAS)) -> None:
    """Chi-square of each table's noise against the discrete Gaussian, on rare and common cells.

    Some fifty tests at 1e-7 each: right noise fails in fewer than 1 run of 190,000.
    """
    found = drawn(module, tables=tables)
    assert found.keys() == set(tables)
    for name in tables:
        sigma = SIGMAS[name]
        assert goodness(found[name].reshape(-1), sigma) > 1e-7, name
        for rarity in range(3):
            if len(some := found[name][:, rarity::3].reshape(-1)):
                assert goodness(some, sigma) > 1e-7, (name, rarity)


def goodness(values: np.ndarray, sigma: float) -> float:
    """Return the p value of a chi-square test against the discrete Gaussian."""
    edge = math.ceil(3 * sigma)
    inner = np.arange(-edge, edge + 1)
    far = np.arange(-60 * edge, 60 * edge + 1, dtype=float)
    weight = np.exp(-(inner.astype(float) ** 2) / (2 * sigma**2))
    p = weight / np.exp(-(far**2) / (2 * sigma**2)).sum()
    counts = np.array([(values == v).sum() for v in inner])
    observed = np.append(counts, len(values) - counts.sum())
    return float(stats.chisquare(observed, np.append(p, 1 - p.sum()) * len(values)).pvalue)


def independent(module: ModuleType) -> None:
    """No draw is another one's: not of another month, another vector, or another cell."""
    found = drawn(module, 400)
    for one in SIGMAS:
        a = found[one][:, 0].astype(float)
        assert len(np.unique(found[one], axis=0)) > 100, f"{one}: draws repeat"
        for other in SIGMAS:
            b = found[other][:, 1].astype(float)
            assert abs(np.corrcoef(a, b)[0, 1]) < 0.3, (one, other)  # six standard errors
        ahead = np.corrcoef(a[1:], a[:-1])[0, 1]
        assert abs(ahead) < 0.3, f"{one}: one month's noise tells the next one's"


def unseeded(module: ModuleType) -> None:
    """A seed that somebody sets decides nothing."""
    np.random.seed(1)  # noqa: NPY002 (it must not matter)
    first = drawn(module, 20)
    np.random.seed(1)  # noqa: NPY002
    again = drawn(module, 20)
    for name in SIGMAS:
        assert (first[name] != again[name]).any(), name


def test_each_tables_noise_has_the_stated_law() -> None:
    assert LAW.shapes.keys() == SIGMAS.keys()
    lawful(noisy)


def test_each_draw_is_its_own() -> None:
    independent(noisy)
    unseeded(noisy)


@pytest.mark.parametrize(
    "name", ["people", "people_by_gender", "messages", "messages_by_place", "messages_of_region",
             "moments"],
)  # fmt: skip
def test_a_sigma_that_is_off_by_a_twentieth_is_seen(name: str) -> None:
    fault = ("(-1), scales[name])", f"(-1), scales[name] * (0.95 if name == {name!r} else 1))")
    with planted(noisy, fault) as faulty, pytest.raises(AssertionError):
        lawful(faulty, [name])


@pytest.mark.parametrize("name", ["people", "messages"])
def test_a_threshold_on_the_true_value_is_seen(name: str) -> None:
    draw = "discrete_gaussian(exact.reshape(-1), scales[name]).reshape(exact.shape)"
    fault = (draw, f"np.where((exact >= 5) | (name != {name!r}), {draw}, 0)")
    with planted(noisy, fault) as faulty, pytest.raises(AssertionError):
        lawful(faulty, [name])


LIBRARY = "mechanism = require()(float(sigma))"
FROM_FAULTY = (
    "from uptake.protect.noise import discrete_gaussian",
    "from uptake.protect.noise_planted import discrete_gaussian",
)


@pytest.mark.parametrize(
    ("generator", "check"),
    [
        ("np.random.default_rng(7)", independent),
        ("np.random", unseeded),
    ],
    ids=["shared random state", "numpy noise"],
)
def test_noise_of_another_generator_is_seen(
    generator: str, check: Callable[[ModuleType], None]
) -> None:
    instead = f"return exact + {generator}.normal(0, sigma, len(exact)).round().astype(int)"
    with (
        planted(noise, (LIBRARY, instead)),
        planted(noisy, FROM_FAULTY) as faulty,
        pytest.raises(AssertionError),
    ):
        check(faulty)


def generators(source: str) -> set[str]:
    """Return the names of generators that a module could draw from beside OpenDP's."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in {"random", "default_rng", "Generator"}:
            found.add(ast.unparse(node))
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names]
            where = [getattr(node, "module", None) or "", *names]
            found |= {name for name in where if name == "random" or name.startswith("scipy.stats")}
    return found


DOOR = sorted(Path(noise.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("path", DOOR, ids=lambda path: path.name)
def test_the_door_has_no_generator_of_its_own(path: Path) -> None:
    """Noise by NumPy has the right law, no seed and no proof: only reading the code shows it."""
    assert generators(path.read_text(encoding="utf-8")) == set()


def test_a_generator_of_numpys_would_be_seen() -> None:
    assert generators("import numpy as np\nnp.random.default_rng().normal()")
    assert generators("from random import gauss")
    assert generators("from numpy.random import default_rng; x = np.random")
