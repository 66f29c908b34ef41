"""What ranks hang on: Sobol indices of what was varied, and the index without each of its parts."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from uptake.index import aggregate as up
from uptake.index import moments
from uptake.index.chain import Built, choices, hide
from uptake.index.framework import Floats
from uptake.index.problem import Problem
from uptake.index.uncertainty import draw, factors, score

BANK = 256
"""Draws of noise that the Sobol design chooses from."""

RESAMPLES = 500
"""Of the bootstrap over samples."""


@dataclass(frozen=True, slots=True)
class Sobol:
    """Share of the variance of the average shift of ranks that a factor explains.

    Attributes:
        factor: What was varied.
        first: Alone.
        first_low: Lower end of its bootstrap interval (95%).
        first_high: Upper end.
        total: With all its interactions.
        total_low: Lower end.
        total_high: Upper end.
    """

    factor: str
    first: float
    first_low: float
    first_high: float
    total: float
    total_low: float
    total_high: float


def sobol(problem: Problem, built: Built) -> tuple[Sobol, ...]:
    """Return first-order and total indices of each factor, the largest first.

    The output of a run is the mean absolute difference of ranks from the nominal index, as in
    COINr. With fewer than two factors, or where ranks never move, there is nothing to share out.
    """
    u = problem.spec.uncertainty
    rng = np.random.default_rng([u.seed, 1])
    bank = draw(problem, BANK, rng)
    varied = factors(problem, bank)
    nominal = built.ranks[:, -1]
    scored = np.isfinite(nominal)
    if not u.sobol or len(varied) < 2 or not scored.any():
        return ()

    def shift(points: Floats) -> Floats:
        """Map (D, N) uniforms to (N,) mean shifts."""
        design = {
            name: np.minimum((row * count).astype(np.intp), count - 1)
            for (name, count), row in zip(varied.items(), points, strict=True)
        }
        ranked = moments.ranks(-score(problem, design, bank, points.shape[1])[..., -1], axis=-1)
        found: Floats = np.abs(ranked - nominal)[:, scored].mean(axis=1)
        return found

    points = stats.qmc.Sobol(d=2 * len(varied), rng=rng).random(u.sobol)
    a, b = points[:, : len(varied)].T, points[:, len(varied) :].T
    mixed = np.repeat(a[None], len(varied), axis=0)
    for at in range(len(varied)):
        mixed[at, at] = b[at]
    outcome = shift(np.concatenate([a, b, *mixed], axis=1)).reshape(-1, u.sobol)
    if np.ptp(outcome) == 0:
        return ()
    first, total = indices(outcome[0], outcome[1], outcome[2:])
    drawn = outcome[:, rng.integers(u.sobol, size=(RESAMPLES, u.sobol))]
    spread = indices(drawn[0], drawn[1], drawn[2:])
    ends = [np.quantile(one, (0.025, 0.975), axis=-1) for one in spread]
    rows = [
        Sobol(
            name,
            *(float(first[at]), float(ends[0][0, at]), float(ends[0][1, at])),
            *(float(total[at]), float(ends[1][0, at]), float(ends[1][1, at])),
        )
        for at, name in enumerate(varied)
    ]
    return tuple(sorted(rows, key=lambda row: -row.total))


def indices(a: Floats, b: Floats, ab: Floats) -> tuple[Floats, Floats]:
    """Return first-order (Saltelli 2010) and total (Jansen 1999) indices.

    Args:
        a: (..., N) outcomes of the first sample.
        b: (..., N) of the second.
        ab: (D, ..., N) of the first with one factor taken from the second.

    Returns:
        (D, ...) each; 0 where nothing varies.
    """
    both = np.concatenate([a, b], axis=-1)
    variance, centre = both.var(axis=-1), both.mean(axis=-1, keepdims=True)
    divisor = np.where(variance > 0, variance, 1.0)
    first: Floats = ((b - centre) * (ab - a)).mean(axis=-1) / divisor
    total: Floats = 0.5 * ((a - ab) ** 2).mean(axis=-1) / divisor
    return first, total


@dataclass(frozen=True, slots=True)
class Removed:
    """The index without one of its parts.

    Attributes:
        node: Number of the part.
        ranks: (P,) without it.
        mean_shift: Mean absolute difference of ranks.
        largest_shift: The largest one.
        place: Number of the place that it happens to.
    """

    node: int
    ranks: Floats
    mean_shift: float
    largest_shift: float
    place: int


def remove_each(problem: Problem, built: Built) -> tuple[Removed, ...]:
    """Return the index without each indicator and each aggregate below the top.

    The weight of what is removed goes to its siblings, in proportion; a part without siblings
    takes its parent with it, so only parts with siblings are tried. Under ``pca`` the loadings stay
    those of the whole group.
    """
    framework, way = problem.framework, choices(problem.spec)
    siblings = {int(c): len(below) for below in framework.children for c in below}
    nodes = [node for node in range(len(framework.codes) - 1) if siblings[node] > 1]
    # A weight of 0 is as good as away in every mean, also in the geometric one.
    noise = np.ones((len(nodes), len(framework.codes)))
    noise[np.arange(len(nodes)), nodes] = 0.0
    scores = up.aggregate(
        framework, built.normalised, method=way.aggregate, weights=way.weights, noise=noise
    )
    ranked = moments.ranks(-hide(problem, scores, built.scored)[..., -1], axis=-1)
    shifts = np.abs(ranked - built.ranks[:, -1])
    shifts = np.where(np.isfinite(shifts), shifts, 0.0)
    many = max(int(built.scored.sum()), 1)
    return tuple(
        Removed(
            node,
            ranked[at],
            float(shifts[at].sum() / many),
            float(shifts[at].max()),
            int(shifts[at].argmax()),
        )
        for at, node in enumerate(nodes)
    )
