"""What a release withholds and what noise it adds are part of the interval of an effect."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.evaluate.planted import panel

from uptake.evaluate import METHODS, estimate, plan
from uptake.evaluate.carried import Z, predicted, whole
from uptake.model.errors import ConfigError
from uptake.model.panel import Panel


def withheld(p: Panel, share: float, seed: int) -> Panel:
    """Withhold some outcomes of a panel, never all of a unit."""
    drawn = np.random.default_rng(seed).random(p.y.shape) < share
    drawn[:, 0] = False
    return replace(p, y=np.where(drawn, np.nan, p.y), withheld=drawn)


def test_without_noise_and_withheld_cells_it_is_the_method_alone() -> None:
    p = panel(1, effect=2.0)
    assert estimate("did", p) == METHODS["did"](p)


def test_two_way_predictions_are_exact_where_outcomes_are_two_way() -> None:
    rng = np.random.default_rng(2)
    whole = rng.standard_normal((12, 1)) + rng.standard_normal((1, 6))
    whole[:4] += np.where(np.arange(6) >= 3, 5.0, 0.0)
    groups = np.repeat([3, 6], [4, 8])
    seen = rng.random(whole.shape) > 0.2
    seen[[0, 4], :] = True
    found = predicted(np.where(seen, whole, np.nan), seen, groups)
    assert found == pytest.approx(whole, abs=1e-6)


def test_what_is_published_stays_and_periods_of_a_withheld_treated_unit_go() -> None:
    p = withheld(panel(3, units=22, periods=14, starts=(10,), treated=1), 0.2, 4)
    hidden = p.hidden[0]
    assert hidden.any()
    used = whole(p, alone=True)
    assert used.periods == tuple(name for name, h in zip(p.periods, hidden, strict=True) if not h)
    y = p.y[:, ~hidden]
    assert np.array_equal(used.y[np.isfinite(y)], y[np.isfinite(y)])
    assert np.isfinite(used.y).all()
    assert int(used.start[0]) == int((~hidden[:10]).sum())
    found = estimate("synthetic-control", p)
    assert found.n_periods == len(used.periods)
    assert (
        f"{hidden.sum()} periods in which the treated are withheld are left out" in found.notes[0]
    )


def test_a_unit_withheld_ever_since_its_start_has_no_effect_to_read() -> None:
    p = panel(3, units=22, periods=14, starts=(10,), treated=1)
    hidden = np.zeros(p.y.shape, dtype=np.bool_)
    hidden[0, 10:] = True
    p = replace(p, y=np.where(hidden, np.nan, p.y), withheld=hidden)
    with pytest.raises(ConfigError, match="withholds every outcome of the treated from the start"):
        estimate("synthetic-control", p)


@pytest.mark.statistics
@pytest.mark.parametrize("name", ["synthetic-control", "interrupted-time-series"])
def test_intervals_of_whole_series_cover_with_withheld_cells_and_noise(name: str) -> None:
    """A correct interval fails this with a probability of 7% for a fresh seed."""
    design: dict[str, Any] = {
        "synthetic-control": {"units": 20, "periods": 16, "starts": (12,), "treated": 1},
        "interrupted-time-series": {"units": 4, "periods": 50, "starts": (32,), "treated": 4},
    }[name]
    covered, runs = 0, 400
    for seed in range(runs):
        p = panel(seed, rho=0.3, **design)
        noise = np.random.default_rng(seed).uniform(0.2, 1.0, p.y.shape)
        y = p.y + noise * np.random.default_rng(seed + 999).standard_normal(p.y.shape)
        found = estimate(name, withheld(replace(p, y=y, noise=noise), 0.15, seed))
        covered += found.low <= 0 <= found.high
    assert 0.93 <= covered / runs <= 0.97


def test_withheld_cells_widen_the_interval_and_are_said() -> None:
    p = panel(6, units=40, effect=3.0)
    some = estimate("did", withheld(p, 0.25, 7))
    widths = [
        (one.high - one.low)
        for seed in range(12)
        for whole in [panel(seed, units=40)]
        for one in (estimate("did", whole), estimate("did", withheld(whole, 0.25, seed)))
    ]
    assert sum(widths[1::2]) > 1.05 * sum(widths[::2])
    assert some.low < 3 < some.high
    assert any("withholds" in note and "left out" in note for note in some.notes)
    lights = {one.name: one.light for one in some.assumptions}
    assert lights["Nothing missing"] == "red"


@pytest.mark.statistics
def test_intervals_cover_with_a_quarter_withheld_and_noise_on_top() -> None:
    """A correct interval fails this with a probability of 3% for a fresh seed."""
    covered, runs = 0, 600
    for seed in range(runs):
        p = panel(seed, units=24, periods=6, starts=(3,), treated=8)
        noise = np.random.default_rng(seed).uniform(0.2, 1.5, p.y.shape)
        y = p.y + noise * np.random.default_rng(seed + 999).standard_normal(p.y.shape)
        found = estimate("did", withheld(replace(p, y=y, noise=noise), 0.25, seed))
        covered += found.low <= 0 <= found.high
    assert 0.93 <= covered / runs <= 0.97


def test_noise_that_is_known_is_a_floor_of_the_error() -> None:
    p = panel(8, units=6, treated=3)
    noise = np.full(p.y.shape, 50.0)
    found = estimate("did", replace(p, noise=noise))
    plain = METHODS["did"](p)
    # Three against three units, four periods before and three after: the noise of a mean change.
    se = 50 * np.sqrt((1 / 3 + 1 / 3) * (1 / 4 + 1 / 3))
    assert (found.high - found.low) / 2 == pytest.approx(Z * se)
    assert found.estimate == plain.estimate
    assert found.verdict.startswith("No effect seen")
    assert "widened" in found.inference
    assert found.p > 0.05


def test_noise_that_the_spread_holds_changes_nothing_but_is_said() -> None:
    p = panel(9)
    found, plain = estimate("did", replace(p, noise=np.full(p.y.shape, 0.1))), METHODS["did"](p)
    assert (found.low, found.high, found.p) == (plain.low, plain.high, plain.p)
    assert "which the spread holds already" in found.inference


def test_one_treated_unit_noisier_than_its_placebos_has_a_wider_interval() -> None:
    p = panel(10, units=30, treated=1)
    noise = np.full(p.y.shape, 0.2)
    alike = estimate("did", replace(p, noise=noise))
    noise = noise.copy()
    noise[0] = 3.0
    noisier = estimate("did", replace(p, noise=noise))
    assert noisier.high - noisier.low > alike.high - alike.low
    assert noisier.estimate == alike.estimate


@pytest.mark.parametrize("name", ["synthetic-control", "randomised", "interrupted-time-series"])
def test_every_kind_of_method_carries_both(name: str) -> None:
    design = {
        "synthetic-control": {"units": 22, "periods": 14, "starts": (10,), "treated": 1},
        "randomised": {"units": 20, "treated": 8},
        "interrupted-time-series": {"units": 3, "periods": 30, "starts": (20,), "treated": 3},
    }[name]
    p = panel(11, **design)  # type: ignore[arg-type]
    p = withheld(replace(p, noise=np.full(p.y.shape, 30.0)), 0.05, 12)
    found = estimate(name, p)
    assert found.low < found.estimate < found.high
    said = " ".join(found.notes)
    assert ("have in common" in said) == (name != "randomised")
    assert "withholds" in said
    assert "standard error of" in found.inference


def test_a_plan_counts_noise_in() -> None:
    p = panel(0)
    silent = plan("did", p, sd=1.0)
    noisy = plan("did", p, sd=1.0, noise=2.0)
    assert noisy.se == pytest.approx(silent.se * np.sqrt(1 + 4))
    with pytest.raises(ConfigError, match="plan: noise is -1; give a standard error"):
        plan("did", p, sd=1.0, noise=-1)
