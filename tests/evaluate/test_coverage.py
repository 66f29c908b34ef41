"""Intervals hold what they promise, under serial correlation and staggered starts; seeded."""

import pytest
from tests.evaluate.planted import panel

from uptake.evaluate import METHODS

RUNS = 300
TRUE = 1.0

DESIGNS = {
    "did": {"units": 24, "treated": 6},
    "callaway-santanna": {"starts": (3, 5)},
    "sun-abraham": {"starts": (3, 5)},
    "did2s": {"starts": (3, 5)},
    "synthetic-control": {"units": 20, "periods": 16, "starts": (12,), "treated": 1},
    "randomised": {"units": 24, "treated": 8},
    "interrupted-time-series": {
        "units": 1, "periods": 60, "starts": (40,), "treated": 1, "rho": 0.3,
    },
}  # fmt: skip


def test_every_method_has_a_design() -> None:
    assert DESIGNS.keys() == METHODS.keys()


@pytest.mark.statistics
@pytest.mark.parametrize("name", DESIGNS)
def test_intervals_cover_and_a_null_programme_has_no_effect_seen(name: str) -> None:
    covered = silent = 0
    for seed in range(RUNS):
        # An effect shifts estimate and interval alike: the even runs are of null programmes.
        true = TRUE * (seed % 2)
        found = METHODS[name](panel(seed, effect=true, **DESIGNS[name]))  # type: ignore[arg-type]
        covered += found.low <= true <= found.high
        silent += not true and found.verdict.startswith("No effect seen")
    assert 0.93 <= covered / RUNS <= 0.97
    assert 0.90 <= silent / (RUNS / 2) <= 0.99
