"""What an attacker learns of whether somebody is in the logs, by playing it out."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import norm
from tests.privacy.worlds import KEYS, SECRET, crowd
from tests.tally.test_tally import table

from uptake.model.joint import JointCells
from uptake.protect import accounting
from uptake.protect.layout import cells, stacked
from uptake.protect.noisy import Noisy, Parameters, add_noise
from uptake.tally.joint import joint_table

pytest.importorskip("opendp")
pytestmark = pytest.mark.statistics

Floats = NDArray[np.float64]
MONTH = ("2025-01",)
SPLITS = ((), ("place",), ("age_band",), ("gender",), ("place", "gender"))
PARAMETERS = Parameters()
GAMES = 60
PEOPLE = 400


def count(rows: list[dict[str, object]]) -> JointCells:
    """Count one month."""
    return joint_table(table(rows), KEYS, PARAMETERS.bounds, SECRET, MONTH)[MONTH[0]]


def exact(found: JointCells) -> Noisy:
    """Return vectors without noise, as a release in public mode must never be."""
    return Noisy(found.tables)


def table_of(noisy: Noisy, least: int) -> Floats:
    """Return the messages of all published cells in a fixed order; none where withheld."""
    laid = cells(stacked({MONTH[0]: noisy}, KEYS), KEYS, PARAMETERS, SPLITS, least)
    return np.array([value or 0.0 for value in laid["messages"].to_pylist()])


def advantage(*, noise: bool) -> float:
    """Return how much oftener an attacker says "in" of members than of others, at best.

    The attacker knows the published table, one person's record, and from a like population what
    the table would be: the attack of Homer et al. (2008) on aggregates, by how the person's own
    contributions lie along what is published beyond expectation.
    """
    rows = crowd(2 * PEOPLE, seed=8)
    of: dict[object, list[dict[str, object]]] = {}
    for one in rows:
        of.setdefault(one["user"], []).append(one)
    people = list(of)
    own = [table_of(exact(count(of[user])), 0) for user in people[:GAMES]]
    own += [table_of(exact(count(of[user])), 0) for user in people[-GAMES:]]
    members = [one for user in people[:PEOPLE] for one in of[user]]
    others = [one for user in people[PEOPLE:] for one in of[user]]
    counted = count(members)
    seen = table_of(add_noise(counted, PARAMETERS) if noise else exact(counted), 0)
    expected = table_of(exact(count(others)), 0)
    scores = np.array([float((seen - expected) @ mine) for mine in own])
    inside, outside = scores[:GAMES], scores[GAMES:]
    limits = np.sort(scores)
    return float(max((inside > at).mean() - (outside > at).mean() for at in limits))


def test_members_are_told_from_others_no_better_than_the_loss_allows() -> None:
    """The bound is of the trade-off of Gaussian noise with the month's loss, for any attacker."""
    loss = PARAMETERS.rho(len(KEYS.facets))
    most = 2 * norm.cdf((2 * loss) ** 0.5 / 2) - 1
    spread = 3 * (0.5 / GAMES) ** 0.5  # of a difference of two rates of 60, three standard errors
    assert advantage(noise=True) <= most + spread


def guesses(sigma: float, moved: float, releases: int, games: int = 20_000) -> float:
    """Return how often the difference of releases tells whether somebody left between them."""
    from uptake.protect.noise import discrete_gaussian

    left = np.random.default_rng(5).integers(0, 2, games)
    total = np.zeros(games)
    for _ in range(releases):
        before = discrete_gaussian(np.full(games, 12, dtype=np.int64), sigma)
        after = discrete_gaussian((12 - left * int(moved)).astype(np.int64), sigma)
        total += before - after
    return float(((total / releases > moved / 2) == (left == 1)).mean())


@pytest.mark.parametrize("releases", [1, 4])
def test_differencing_releases_wins_no_oftener_than_the_ledger_says(releases: int) -> None:
    """Two tables of one month, each paid for: the losses add up and bound the game.

    Somebody who left between two releases is in the first and not in the second. An attacker who
    knows all others sees the difference; the probability of a right guess is at most that of
    Gaussian noise with the sum of the losses of the tables that differ.
    """
    sigma, moved = 8.0, 2.0
    loss = releases * accounting.rho(moved, sigma)
    most = norm.cdf((2 * loss) ** 0.5 / 2)
    won = guesses(sigma, moved, releases)
    assert won <= most + 4 * 0.5 / 20_000**0.5
    assert won > 0.52, "the attack works, as far as theory lets it"


def test_without_noise_differencing_always_wins() -> None:
    """Why internal mode promises nothing: exact counts of two releases tell who left."""
    plain = crowd(40)
    whole, rest = count(plain), count([one for one in plain if one["user"] != plain[0]["user"]])
    assert (whole.people != rest.people).any()
    assert np.abs(whole.people - rest.people).max() == 1
