"""Monte Carlo: the index computed many times, each run with other choices and other inputs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
from scipy import stats

from uptake.index import aggregate as up
from uptake.index import moments
from uptake.index.chain import Choices, choices, hide, prepare
from uptake.index.framework import Floats, Ints
from uptake.index.impute import impute, scattered
from uptake.index.problem import Problem
from uptake.index.spec import IndexInputError

CELLS = 4_000_000
"""Most cells of one batch; keeps a batch of float64 under 32 MB."""

CHOSEN = ("impute", "treat", "winmax", "normalise", "weights", "aggregate")
DRAWN = ("weight_noise", "inputs", "imputed")


@dataclass(frozen=True, slots=True)
class Bank:
    """Draws that runs point into.

    Attributes:
        noise: (B, I + A) factors on weights, or None.
        inputs: (B, N) standard normal draws of the N cells with an interval, or None.
        imputed: (B, M) uniforms of the M gaps, or None.
    """

    noise: Floats | None
    inputs: Floats | None
    imputed: Floats | None


Design = Mapping[str, Ints]
"""Factor to (R,): which option, or which row of the bank, each run takes."""


def options(problem: Problem) -> dict[str, tuple[Any, ...]]:
    """Return the choices that vary, each with all of its options, the spec's own first."""
    own, wide = choices(problem.spec), problem.spec.uncertainty.choices
    found: dict[str, tuple[Any, ...]] = {}
    for name in CHOSEN:
        given = getattr(wide, name)
        if name == "aggregate":
            given = tuple((one,) for one in given)
        every = tuple(dict.fromkeys((getattr(own, name), *given))) if given else ()
        if len(every) > 1:
            found[name] = every
    return found


def draw(problem: Problem, rows: int, rng: np.random.Generator) -> Bank:
    """Draw a bank of ``rows`` rows for what the spec lets vary."""
    u, n = problem.spec.uncertainty, problem.numbers
    noise = inputs = imputed = None
    if u.weight_noise:
        noise = 1 + u.weight_noise * rng.uniform(-1, 1, (rows, len(problem.framework.codes)))
    cells = int((np.isfinite(n.low) & np.isfinite(n.high) & np.isfinite(n.values)).sum())
    if u.inputs and cells:
        inputs = rng.standard_normal((rows, cells))
    gaps = int((~np.isfinite(problem.denominated())).sum())
    by_model = "em" in {problem.spec.steps.impute, *u.choices.impute}
    if (u.imputed or by_model) and gaps:
        imputed = rng.random((rows, gaps))
    return Bank(noise, inputs, imputed)


def factors(problem: Problem, bank: Bank) -> dict[str, int]:
    """Return what varies: factor to its number of options, or of rows of the bank."""
    found = {name: len(every) for name, every in options(problem).items()}
    drawn = (bank.noise, bank.inputs, bank.imputed)
    rows = {name: part for name, part in zip(DRAWN, drawn, strict=True) if part is not None}
    return found | {name: len(part) for name, part in rows.items()}


def score(problem: Problem, design: Design, bank: Bank, runs: int) -> Floats:
    """Compute the index of every run: (R, P, A) scores.

    Raises:
        IndexInputError: Two choices do not go together (a geometric mean of z-scores).
    """
    every = options(problem)
    names = list(every)
    out = np.empty((runs, len(problem.numbers.places), len(problem.framework.children)))
    for combination in product(*(range(len(every[name])) for name in names)):
        here = np.ones(runs, dtype=np.bool_)
        for name, option in zip(names, combination, strict=True):
            here &= design[name] == option
        taken: dict[str, Any] = {n: every[n][o] for n, o in zip(names, combination, strict=True)}
        way = replace(choices(problem.spec), **taken)
        at = np.flatnonzero(here)
        size = max(1, CELLS // problem.numbers.values.size)
        for start in range(0, len(at), size):
            part = at[start : start + size]
            out[part] = _batch(problem, way, design, bank, part)
    return out


def _batch(problem: Problem, way: Choices, design: Design, bank: Bank, runs: Ints) -> Floats:
    x = _drawn(problem, way, design, bank, runs)
    _, _, normalised = prepare(problem, way, x)
    _check(problem, way, normalised)
    noise = None if bank.noise is None else bank.noise[design["weight_noise"][runs]]
    found = up.aggregate(
        problem.framework, normalised, method=way.aggregate, weights=way.weights, noise=noise
    )
    there = np.isfinite(problem.denominated()).mean(axis=1)
    scored = (there >= problem.spec.steps.available - 1e-12) & (there > 0)
    return hide(problem, found, scored)[..., problem.framework.indicators :]


def _check(problem: Problem, way: Choices, normalised: Floats) -> None:
    strict = {"geometric", "harmonic"} & set(up.means(problem.framework, way.aggregate))
    if strict and (normalised < 0).any():
        raise IndexInputError(
            "uncertainty.choices",
            f"a {min(strict)} mean does not go with {way.normalise}, which scores below 0",
            "leave one of them out",
        )


def _drawn(problem: Problem, way: Choices, design: Design, bank: Bank, runs: Ints) -> Floats:
    """Return denominated cells, (P, I), or (R, P, I) if cells vary."""
    n = problem.numbers
    x = problem.denominated()
    if bank.inputs is not None:
        z = bank.inputs[design["inputs"][runs]]
        values = np.repeat(n.values[None], len(runs), axis=0)
        cells = np.isfinite(n.low) & np.isfinite(n.high) & np.isfinite(n.values)
        unit = stats.norm.ppf(0.5 + problem.spec.uncertainty.input_level / 2)
        up_by, down_by = (n.high - n.values)[cells], (n.values - n.low)[cells]
        values[:, cells] += z / unit * np.where(z > 0, up_by, down_by)
        x = problem.denominated(values)
    varied = problem.spec.uncertainty.imputed and way.impute != "none"
    if bank.imputed is not None and (varied or way.impute == "em"):
        base = problem.denominated()
        filled = impute(base, n.groups, way.impute)
        uniforms = bank.imputed[design["imputed"][runs]]
        gaps = ~np.isfinite(base)
        x = np.repeat(x[None], len(runs), axis=0) if x.ndim == 2 else x.copy()
        x[:, gaps] = scattered(filled, base, n.groups, way.impute, uniforms)
    return x


@dataclass(frozen=True, slots=True)
class Simulated:
    """What the runs gave.

    Attributes:
        scores: (R, P, A).
        ranks: (R, P, A).
        low: (P, A) lower ends of the rank intervals (the better rank).
        high: (P, A) upper ends.
        pairwise: (P, P) share of runs in which a place (row) is before another (column) in the
            index; equals count half. Gaps where one of them is not scored.
        varied: Factors that were varied.
    """

    scores: Floats
    ranks: Floats
    low: Floats
    high: Floats
    pairwise: Floats
    varied: tuple[str, ...]


def simulate(problem: Problem) -> Simulated | None:
    """Run the index as often as the spec says; None if nothing varies or no runs are asked for.

    Each run draws every choice at random and every noise anew. Rank intervals are the quantiles
    of the runs at ``level``, taken at runs that exist, so that ends are ranks.
    """
    u = problem.spec.uncertainty
    rng = np.random.default_rng(u.seed)
    bank = draw(problem, max(u.runs, 1), rng)
    varied = factors(problem, bank)
    if not varied or not u.runs:
        return None
    design = {
        name: np.arange(u.runs) if name in DRAWN else rng.integers(count, size=u.runs)
        for name, count in varied.items()
    }
    scores = score(problem, design, bank, u.runs)
    ranked = moments.ranks(-scores)
    tail = (1 - u.level) / 2
    low = np.quantile(ranked, tail, axis=0, method="inverted_cdf")
    high = np.quantile(ranked, 1 - tail, axis=0, method="inverted_cdf")
    return Simulated(scores, ranked, low, high, pairwise(ranked[..., -1]), tuple(varied))


def pairwise(ranked: Floats) -> Floats:
    """Return how often each place is before each other: (R, P) ranks -> (P, P), gaps inside.

    >>> pairwise(np.array([[1.0, 2.0], [1.0, 1.0]]))[0, 1]
    np.float64(0.75)
    """
    places = ranked.shape[1]
    out = np.empty((places, places))
    for place in range(places):
        mine = ranked[:, [place]]
        out[place] = (mine < ranked).mean(axis=0) + 0.5 * (mine == ranked).mean(axis=0)
    there = np.isfinite(ranked).all(axis=0)
    out[~there] = np.nan
    out[:, ~there] = np.nan
    np.fill_diagonal(out, np.nan)
    return out
