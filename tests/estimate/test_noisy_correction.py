"""Shares of a release with noise: corrected where the region's symbols fit, else as labelled."""

import numpy as np
import pytest
from numpy.typing import NDArray

from uptake.catalog import facet
from uptake.estimate import changes, estimate
from uptake.estimate.noisy_correction import Noise, noise_among
from uptake.model.calibration import Calibration, FacetErrors
from uptake.model.estimate import Estimate, Key
from uptake.model.joint import JointCells, KeySpace
from uptake.model.releasedcells import ReleasedCells
from uptake.protect import public
from uptake.protect.consistent import Counted, agreed, pooled
from uptake.protect.noisy import Noisy, Parameters

INTENTS = facet("intent").ids
KEYS = KeySpace(("KAZ", "UZB"), ("25-34",), ("unknown",), {"intent": INTENTS})
GIVEN = Parameters(
    4, 5, people_sigma=2.0, messages_sigma=20.0, margins_sigma=20.0, totals_sigma=20.0,
    volumes_sigma=20.0, heads_sigma=2.0, moments_sigma=50.0,
)  # fmt: skip
ERRS = np.array(
    [[20, 60, 820, 30, 40, 30, 5, 5, 10], [10, 20, 50, 40, 90, 750, 5, 5, 10],
     [30, 30, 30, 30, 40, 30, 40, 60, 350]], dtype=np.int64,
)  # fmt: skip
KNOWN = Calibration("shipped", 2_000, {"intent": FacetErrors(INTENTS, ERRS)})
SPLITS = ((), ("place",), ("month",), ("place", "month"))
TRUE = np.array([[0.5, 0.3, 0.2], [0.3, 0.5, 0.2]])


def counted(rates: NDArray[np.float64], true: NDArray[np.float64] = TRUE) -> JointCells:
    """Count 4,000 people of each place, of five messages each, without any chance."""
    people = np.full((2, 4), 4_000, dtype=np.int64)
    messages = np.rint(20_000 * true @ rates).astype(np.int64)
    of_value = messages.reshape(2, 3, 3).sum(axis=(0, 2))
    n = int(messages.sum())
    moments = np.array([5 * n, *(2 * of_value), n, *of_value])
    return JointCells(KEYS, GIVEN.bounds, people.ravel(), messages.ravel(), moments)


def released(rates: NDArray[np.float64], *later: NDArray[np.float64]) -> ReleasedCells:
    months = {
        f"2025-0{n + 1}": Noisy(counted(rates, true).tables)
        for n, true in enumerate((TRUE, *later))
    }
    asked = tuple(months)
    periods = ((asked[0],), (asked[1],)) if later else None
    return public.lay_out(months, KEYS, GIVEN, SPLITS, 10, periods)


def shown(cells: ReleasedCells, place: str) -> list[Estimate]:
    found = [estimate(cells, KNOWN).get(Key("intent", v, "message_share", place)) for v in INTENTS]
    assert None not in found
    return [one for one in found if one is not None]


RATES = ERRS / ERRS.sum(axis=1, keepdims=True)


def test_shares_of_the_region_and_of_a_place_are_the_true_ones() -> None:
    cells = released(RATES)
    for place, true in (("all", TRUE.mean(axis=0)), ("KAZ", TRUE[0]), ("UZB", TRUE[1])):
        found = shown(cells, place)
        assert {one.correction for one in found} == {"calibration"}
        assert [one.value for one in found] == pytest.approx(true, abs=0.01)
        assert all("noise of the release" in one.covers for one in found)


def test_where_the_region_does_not_fit_no_place_is_corrected() -> None:
    """Bands that no confusion of the calibration gives: all sure where it was unsure."""
    strange = np.array([[1, 6, 1, 0, 1, 0, 0, 1, 0], [0, 1, 0, 1, 6, 1, 0, 1, 0],
                        [0, 1, 0, 0, 1, 0, 1, 6, 1]]) / 10  # fmt: skip
    cells = released(strange / strange.sum(axis=1, keepdims=True))
    assert {one.correction for place in ("all", "KAZ") for one in shown(cells, place)} == {"none"}
    later = TRUE[::-1]
    made = changes(released(strange / strange.sum(axis=1, keepdims=True), later), KNOWN)
    assert {change.place for change in made} == {"all", "KAZ", "UZB"}
    assert {change.difference.correction for change in made} == {"none"}


def test_a_change_of_a_place_is_the_true_one_and_is_named() -> None:
    made = {(c.place, c.value): c for c in changes(released(RATES, TRUE[::-1]), KNOWN)}
    asking = made["KAZ", INTENTS[0]]
    assert asking.difference.correction == "calibration"
    assert asking.difference.value == pytest.approx(-0.2, abs=0.01)
    assert (asking.verdict, made["UZB", INTENTS[0]].verdict) == ("shrank", "grew")
    assert made["all", INTENTS[0]].verdict == "no change seen"
    assert "who is in both periods is not known" in asking.difference.covers


@pytest.mark.parametrize("bands", [1, 3])
def test_the_covariance_of_noisy_shares_is_that_of_many_draws(bands: int) -> None:
    rng = np.random.default_rng(1)
    true = np.array([[500.0, 300, 100], [900, 400, 50], [20, 10, 5]])
    draws, v, w, u = 40_000, 30.0**2, 15.0**2, 20.0**2
    banded = true + rng.normal(0, u**0.5, (draws, 3, 3))
    beside = Counted(true.sum(axis=1) + rng.normal(0, v**0.5, (draws, 3)), v)
    values = pooled([Counted(banded.sum(axis=2), 3 * u), beside])
    told = Counted(true.sum() + rng.normal(0, w**0.5, (draws, 1)), w)
    found = agreed(values, pooled([values.whole, told]))
    lacking = found.parts - banded.sum(axis=2)
    symbols = banded + lacking[..., None] / 3 if bands == 3 else found.parts[..., None]
    share = symbols.reshape(draws, -1) / found.whole[:, None]
    numbers = (true.sum(), found.of(1)[0], found.whole_noise, u)
    noise = Noise(*(np.array([float(number)]) for number in numbers))
    expected = noise_among(share.mean(axis=0)[None], noise, bands)[0]
    met = np.cov(share.T)
    assert np.abs(met - expected).max() < 0.04 * np.abs(expected).max()
