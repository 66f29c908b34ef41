"""Intervals hold what they promise, under serial correlation and staggered starts; seeded."""

from typing import Any

import numpy as np
import pytest
from tests.evaluate.planted import panel

from uptake.evaluate import METHODS, weights
from uptake.evaluate.inference import linear

LINEAR = {
    "did": (weights.two_way, {"units": 24, "treated": 6}),
    "callaway-santanna": (weights.group_time, {"starts": (3, 5)}),
    "sun-abraham": (weights.interacted, {"starts": (3, 5)}),
    "did2s": (weights.imputed, {"starts": (3, 5), "treated": 5}),
}
"""Weights do not depend on the outcome, so that one matrix serves all draws of a design."""

OTHERS: dict[str, tuple[int, dict[str, Any]]] = {
    "synthetic-control": (400, {"units": 20, "periods": 16, "starts": (12,), "treated": 1}),
    "randomised": (400, {"units": 24, "treated": 8}),
    "interrupted-time-series": (
        400,
        {"units": 1, "periods": 60, "starts": (40,), "treated": 1, "rho": 0.3},
    ),
}


def test_every_method_is_tried() -> None:
    assert {*LINEAR, *OTHERS} == METHODS.keys()


@pytest.mark.statistics
@pytest.mark.parametrize("name", LINEAR)
def test_intervals_of_weighted_sums_cover(name: str) -> None:
    """A correct interval fails this with a probability of 0.4% for a fresh seed."""
    weigh, design = LINEAR[name]
    first = panel(0, **design)  # type: ignore[arg-type]
    w = weigh(first)
    assert w is not None
    found = METHODS[name](first)
    assert found.high - found.estimate == pytest.approx(linear(first, [w]).half(0.95)[0])
    drawn = [linear(panel(seed, **design), [w]) for seed in range(1000)]  # type: ignore[arg-type]
    # Null programmes: an interval that covers zero is a verdict of "no effect seen".
    covered = np.mean([abs(one.estimate[0]) <= one.half(0.95)[0] for one in drawn])
    assert 0.93 <= covered <= 0.97


@pytest.mark.statistics
@pytest.mark.parametrize("name", OTHERS)
def test_intervals_of_the_other_methods_cover(name: str) -> None:
    """A correct interval fails this with a probability of 7% for a fresh seed."""
    runs, design = OTHERS[name]
    covered = 0
    for seed in range(runs):
        found = METHODS[name](panel(seed, **design))
        inside = found.low <= 0 <= found.high
        assert found.verdict.startswith("No effect seen") == inside
        covered += inside
    assert 0.93 <= covered / runs <= 0.97
