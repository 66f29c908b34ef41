"""Intervals hold what they promise, under serial correlation and staggered starts; seeded."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.evaluate.planted import noise, panel

from uptake.evaluate import METHODS, weights
from uptake.evaluate.inference import Weigh, linear
from uptake.model.panel import Floats, Panel

LINEAR: dict[str, tuple[Weigh, dict[str, Any]]] = {
    "did": (weights.two_way, {"units": 24, "treated": 2}),
    "callaway-santanna": (weights.group_time, {"starts": (3, 5)}),
    "sun-abraham": (weights.interacted, {"starts": (3, 5), "rho": 0.9}),
    "did2s": (weights.imputed, {"starts": (3, 5), "treated": 5}),
}
"""Weights do not depend on the outcome, so that one matrix serves all draws of a design."""

CLUSTERED = {
    "six clusters": ((4, 4, 4, 7, 7, 7), 0.0),
    "ten clusters, staggered": ((3, 3, 5, 5, 7, 7, 7, 7, 7, 7), 0.0),
    "ten clusters, staggered, gaps": ((3, 3, 5, 5, 7, 7, 7, 7, 7, 7), 0.15),
    "two of twelve treated": ((4, 4, *[7] * 10), 0.0),
}
"""First treated period of each cluster (7: never), and share of outcomes that are missing."""

OTHERS: dict[str, tuple[int, dict[str, Any]]] = {
    "synthetic-control": (400, {"units": 20, "periods": 16, "starts": (12,), "treated": 1}),
    "randomised": (400, {"units": 24, "treated": 3}),
    "interrupted-time-series": (
        400,
        {"units": 1, "periods": 60, "starts": (40,), "treated": 1, "rho": 0.5},
    ),
}


def test_every_method_is_tried() -> None:
    assert {*LINEAR, *OTHERS} == METHODS.keys()


@pytest.mark.statistics
@pytest.mark.parametrize("name", LINEAR)
def test_intervals_of_weighted_sums_cover(name: str) -> None:
    """A correct interval fails this with a probability of 0.4% for a fresh seed."""
    weigh, design = LINEAR[name]
    first = panel(0, **design)
    w = weigh(first)
    assert w is not None
    found = METHODS[name](first)
    assert found.high - found.estimate == pytest.approx(linear(first, [w]).half(0.95)[0])
    # Null programmes: an interval that covers zero is a verdict of "no effect seen".
    assert 0.93 <= covered(w, [panel(seed, **design) for seed in range(1000)]) <= 0.97


def covered(w: Floats, panels: list[Panel]) -> float:
    """How often intervals hold zero; the critical value is the same for panels of one design."""
    bound = float(linear(panels[0], [w]).critical(0.95)[0])
    drawn = [linear(p, [w]) for p in panels]
    return float(np.mean([abs(one.estimate[0]) <= bound * one.se[0] for one in drawn]))


@pytest.mark.statistics
@pytest.mark.parametrize("name", CLUSTERED)
@pytest.mark.parametrize("weigh", [weights.group_time, weights.imputed])
def test_intervals_cover_with_few_clusters_that_share_shocks(name: str, weigh: Weigh) -> None:
    """A correct interval fails this with a probability of 0.4% for a fresh seed."""
    starts, gaps = CLUSTERED[name]
    k = len(starts)
    lost = np.random.default_rng(9).random((4 * k, 7)) < gaps
    panels = []
    for seed in range(1000):
        p = panel(seed, units=4 * k, treated=0)
        shared = noise(np.random.default_rng(seed + 5000), k, 7, 0.5)
        y = np.where(lost, np.nan, p.y + np.repeat(shared, 4, axis=0))
        cluster, names = np.repeat(np.arange(k), 4), tuple(f"c{i}" for i in range(k))
        start = np.repeat(np.array(starts), 4)
        panels.append(replace(p, y=y, start=start, cluster=cluster, clusters=names))
    w = weigh(panels[0])
    assert w is not None
    assert 0.93 <= covered(w, panels) <= 0.97


@pytest.mark.statistics
def test_intervals_are_not_too_narrow_where_clusters_differ_in_size_tenfold() -> None:
    """One cluster holds half of the treated units: what is usual covers in 77% then."""
    sizes = np.array([20, 2, 2, 2, 2, 2, 10, 2, 2, 2, 2, 20, 4, 4])
    cluster = np.repeat(np.arange(14), sizes)
    panels = []
    for seed in range(400):
        p = panel(seed, units=76, treated=0)
        y = p.y + noise(np.random.default_rng(seed + 5000), 14, 7, 0.5)[cluster]
        names = tuple(f"c{i}" for i in range(14))
        start = np.where(cluster < 5, 4, 7)
        panels.append(replace(p, y=y, start=start, cluster=cluster, clusters=names))
    w = weights.two_way(panels[0])
    assert w is not None
    assert covered(w, panels) >= 0.93


@pytest.mark.statistics
@pytest.mark.parametrize("name", OTHERS)
def test_intervals_of_the_other_methods_cover(name: str) -> None:
    """A correct interval fails this with a probability of 7% for a fresh seed."""
    runs, design = OTHERS[name]
    held = 0
    for seed in range(runs):
        found = METHODS[name](panel(seed, **design))
        inside = found.low <= 0 <= found.high
        assert found.verdict.startswith("No effect seen") == inside
        held += inside
    assert 0.93 <= held / runs <= 0.97
