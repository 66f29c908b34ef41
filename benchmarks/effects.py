"""How often 95% intervals of effects hold the truth, by method and design, and how fast they are.

    python benchmarks/effects.py [--runs 1000] [--only did]
    python benchmarks/effects.py --speed

Panels are drawn with effects of units, of periods and of nothing else: a programme that does
nothing, whose interval should hold zero (and whose verdict should be "no effect seen") in 95 of
100. Deviations are an autoregression in each unit, and one that units of a cluster share.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from uptake.evaluate import estimate, weights
from uptake.evaluate.inference import Weigh, linear
from uptake.model.panel import Covariate, Floats, Ints, Panel

LINEAR: dict[str, Weigh] = {
    "did": weights.two_way,
    "callaway-santanna": weights.group_time,
    "sun-abraham": weights.interacted,
    "did2s": weights.imputed,
}
"""Weights do not depend on the outcome: one matrix serves all draws of a design."""
PERIODS = 8
CORRELATIONS = (0.0, 0.5, 0.9)


@dataclass(frozen=True)
class Design:
    """Clusters of so many units, each treated from a period on (``periods``: never)."""

    name: str
    starts: tuple[int, ...]
    size: int = 1
    gaps: float = 0.0
    periods: int = PERIODS
    covariate: str = ""


def _starts(never: int, *cohorts: tuple[int, int], periods: int = PERIODS) -> tuple[int, ...]:
    return (*(g for g, n in cohorts for _ in range(n)), *([periods] * never))


ONE = (
    Design("6 of 24 units", _starts(18, (4, 6))),
    Design("6 of 24 units, a tenth missing", _starts(18, (4, 6)), gaps=0.1),
    Design("3 of 24 units", _starts(21, (4, 3))),
    Design("2 of 24 units", _starts(22, (4, 2))),
    Design("4 of 12 clusters of 4", _starts(8, (4, 4)), size=4),
    Design("3 of 6 clusters of 4", _starts(3, (4, 3)), size=4),
)
STAGGERED = (
    Design("3 starts of 4 of 30 units", _starts(18, (3, 4), (4, 4), (6, 4))),
    Design("the same, a tenth missing", _starts(18, (3, 4), (4, 4), (6, 4)), gaps=0.1),
    Design("5 starts of 2 of 25 units", _starts(15, *((g, 2) for g in range(2, 7)))),
    Design("5 starts of 1 of 20 units", _starts(15, *((g, 1) for g in range(2, 7)))),
    Design("3 starts of 6, nobody never", _starts(0, (3, 6), (4, 6), (6, 6))),
    Design("2 starts of 5 of 30 clusters of 4", _starts(20, (3, 5), (5, 5)), size=4),
    Design("2 starts of 2 of 10 clusters of 4", _starts(6, (3, 2), (5, 2)), size=4),
)
OTHERS: dict[str, tuple[Design, ...]] = {
    "randomised": (*ONE[:1], *ONE[2:]),
    "synthetic-control": (
        Design("1 of 20 units, 12 + 4 periods", _starts(19, (12, 1), periods=16), periods=16),
        Design("1 of 40 units, 20 + 10 periods", _starts(39, (20, 1), periods=30), periods=30),
    ),
    "interrupted-time-series": (
        Design("14 + 10 periods", (14,), periods=24),
        Design("40 + 20 periods", (40,), periods=60),
        Design("80 + 40 periods", (80,), periods=120),
    ),
}
GIVEN = tuple(
    Design(f"{n} units, {kind} right", (PERIODS,) * n, periods=5, covariate=kind)
    for n in (150, 500)
    for kind in ("both models", "only the outcome's", "only the weights'")
)


def noise(rng: np.random.Generator, rows: int, periods: int, rho: float) -> Floats:
    """Stationary autoregressions of order one, (rows, periods)."""
    e = rng.standard_normal((rows, periods))
    e[:, 0] /= np.sqrt(1 - rho**2)
    for t in range(1, periods):
        e[:, t] += rho * e[:, t - 1]
    return e


def drawn(design: Design, rho: float, seed: int) -> Panel:
    """Draw a panel without an effect."""
    rng = np.random.default_rng(seed)
    start: Ints = np.repeat(np.array(design.starts, dtype=np.int64), design.size)
    n, clusters = len(start), len(design.starts)
    at = np.arange(n) // design.size
    y = noise(rng, n, design.periods, rho) + 2 * rng.standard_normal((n, 1))
    if n > 1:
        y += rng.standard_normal((1, design.periods))
    if design.size > 1:
        y += noise(rng, clusters, design.periods, rho)[at]
    given: tuple[Covariate, ...] = ()
    if design.covariate:
        x = rng.standard_normal(n)
        logit, jump = 1 / (1 + np.exp(0.5 - x)), np.where(x > 0, 0.7, 0.2)
        chosen = rng.random(n) < (jump if design.covariate == "only the outcome's" else logit)
        start = np.where(chosen, 3, design.periods)
        trend = np.where(x > 0, x**2, 0.0) if design.covariate == "only the weights'" else x
        y += np.outer(trend, np.arange(design.periods))
        given = (Covariate("x", x),)
    if design.gaps:  # The same cells in each draw, so that weights are too.
        y[np.random.default_rng(99).random(y.shape) < design.gaps] = np.nan
    units = tuple(f"u{i}" for i in range(n))
    names = tuple(f"c{i}" for i in range(clusters))
    return Panel(units, tuple(map(str, range(design.periods))), y, start, at, names, given)


def held(method: str, design: Design, rho: float, runs: int) -> float:
    """Return how often the interval of a method holds zero."""
    if method in LINEAR and not design.covariate:
        first = drawn(design, rho, 0)
        w = LINEAR[method](first)
        assert w is not None
        bound = float(linear(first, [w]).critical(0.95)[0])
        found = (linear(drawn(design, rho, seed), [w]) for seed in range(runs))
        return float(np.mean([abs(one.estimate[0]) <= bound * one.se[0] for one in found]))
    effects = (estimate(method, drawn(design, rho, seed)) for seed in range(runs))
    return float(np.mean([one.low <= 0 <= one.high for one in effects]))


def cases() -> Iterator[tuple[str, Design]]:
    """Yield each method with each design that it is for."""
    for name in LINEAR:
        for design in (*ONE, *STAGGERED):
            staggered = len({*design.starts} - {design.periods}) > 1
            nobody = design.periods not in design.starts
            if not (name == "did" and staggered) and not (name == "sun-abraham" and nobody):
                yield name, design
    for name, designs in OTHERS.items():
        for design in designs:
            yield name, design
    for design in GIVEN:
        yield "callaway-santanna", design


def coverage(runs: int, only: str) -> None:
    """Print a table of Markdown."""
    print("| method | design | " + " | ".join(f"rho {rho:g}" for rho in CORRELATIONS) + " |")
    print("| --- | --- |" + " --- |" * len(CORRELATIONS))
    for name, design in cases():
        if only in f"{name} {design.name}":
            row = [f"{held(name, design, rho, runs):.3f}" for rho in CORRELATIONS]
            print(f"| `{name}` | {design.name} | {' | '.join(row)} |", flush=True)


def speed() -> None:
    """Print the processor time of evaluations with 200 units and 60 periods."""
    one = Design("", _starts(199, (40, 1), periods=60), periods=60)
    many = Design("", _starts(140, *((g, 6) for g in range(10, 50, 4)), periods=60), periods=60)
    half = Design("", _starts(140, (40, 60), periods=60), periods=60)
    panels: dict[str, Callable[[], Panel]] = {
        "synthetic-control": lambda: drawn(one, 0.5, 1),
        "did": lambda: drawn(half, 0.5, 1),
        "randomised": lambda: drawn(half, 0.5, 1),
        "interrupted-time-series": lambda: drawn(half, 0.5, 1),
        "callaway-santanna": lambda: drawn(many, 0.5, 1),
        "sun-abraham": lambda: drawn(many, 0.5, 1),
        "did2s": lambda: drawn(many, 0.5, 1),
    }
    print("| method, 200 units of 60 periods | processor time | from |")
    print("| --- | --- | --- |")
    for name, panel in panels.items():
        made = panel()
        begin = time.process_time()
        found = estimate(name, made)
        print(f"| `{name}` | {time.process_time() - begin:.1f} s | {found.inference} |", flush=True)
    rng = np.random.default_rng(1)
    given = tuple(Covariate(f"x{i}", rng.standard_normal(200)) for i in range(3))
    for name in ("synthetic-control", "callaway-santanna"):
        made = replace(panels[name](), covariates=given)
        begin = time.process_time()
        found = estimate(name, made)
        spent = time.process_time() - begin
        print(f"| `{name}`, 3 covariates | {spent:.1f} s | {found.inference} |", flush=True)


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--only", default="", help="part of a method's or a design's name")
    parser.add_argument("--speed", action="store_true")
    asked = parser.parse_args()
    if asked.speed:
        speed()
    else:
        coverage(asked.runs, asked.only)


if __name__ == "__main__":
    main()
