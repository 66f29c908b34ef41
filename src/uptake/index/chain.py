"""The steps of an index, each with its table: denominate, impute, treat, normalise, aggregate."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from uptake.index import aggregate as up
from uptake.index import moments
from uptake.index.framework import Floats
from uptake.index.impute import impute
from uptake.index.normalise import normalise
from uptake.index.problem import Problem
from uptake.index.spec import Aggregate, IndexInputError, Normalise, Spec, Weights
from uptake.index.spec import Impute as ImputeMethod
from uptake.index.spec import Treat as TreatMethod
from uptake.index.treat import Limits, treat


@dataclass(frozen=True, slots=True)
class Choices:
    """One way to take every step."""

    impute: ImputeMethod
    treat: TreatMethod
    winmax: int
    normalise: Normalise
    weights: Weights
    aggregate: tuple[Aggregate, ...]


def choices(spec: Spec) -> Choices:
    """Return the way that the spec takes."""
    steps = spec.steps
    method = steps.aggregate
    given = (method,) if isinstance(method, str) else method
    return Choices(
        steps.impute, steps.treat, steps.winmax, steps.normalise, steps.weights, tuple(given)
    )


@dataclass(frozen=True, slots=True)
class Built:
    """The tables of an index.

    Attributes:
        denominated: (P, I).
        imputed: (P, I).
        treated: (P, I).
        normalised: (P, I).
        aggregated: (P, I + A), gaps for a place that is not scored.
        ranks: (P, I + A) from 1, the best; equals share a rank.
        available: (P,) share of the indicators that exist.
        scored: (P,) whether enough of them do.
        weights: (I + A,) as used, within the parent; 1 for the index.
    """

    denominated: Floats
    imputed: Floats
    treated: Floats
    normalised: Floats
    aggregated: Floats
    ranks: Floats
    available: Floats
    scored: NDArray[np.bool_]
    weights: Floats


def prepare(problem: Problem, way: Choices, x: Floats) -> tuple[Floats, Floats, Floats]:
    """Return (..., P, I) imputed, treated and normalised."""
    limits = Limits(problem.spec.steps.skew, problem.spec.steps.kurtosis, way.winmax)
    imputed = impute(x, problem.numbers.groups, way.impute)
    treated = treat(imputed, way.treat, limits)
    return imputed, treated, normalise(treated, way.normalise, problem.scale)


def build(problem: Problem, way: Choices | None = None) -> Built:
    """Compute an index.

    Args:
        problem: The numbers and the hierarchy.
        way: Steps; None for those of the spec.

    Raises:
        IndexInputError: A geometric or harmonic mean meets a value below 0; the cell is named.
    """
    way = way or choices(problem.spec)
    denominated = problem.denominated()
    imputed, treated, normalised = prepare(problem, way, denominated)
    check_signs(problem, way, normalised)
    aggregated = up.aggregate(
        problem.framework, normalised, method=way.aggregate, weights=way.weights
    )
    available = np.isfinite(denominated).mean(axis=1)
    scored = (available >= problem.spec.steps.available - 1e-12) & (available > 0)
    aggregated = hide(problem, aggregated, scored)
    return Built(
        denominated=denominated,
        imputed=imputed,
        treated=treated,
        normalised=normalised,
        aggregated=aggregated,
        ranks=moments.ranks(-aggregated),
        available=available,
        scored=scored,
        weights=_weights(problem, way, aggregated),
    )


def hide(problem: Problem, aggregated: Floats, scored: NDArray[np.bool_]) -> Floats:
    """Blank the aggregates of places that have too few indicators: (..., P, I + A)."""
    out = aggregated.copy()
    out[..., ~scored, problem.framework.indicators :] = np.nan
    return out


def check_signs(problem: Problem, way: Choices, normalised: Floats) -> None:
    """Refuse values below 0 under a mean that is defined above 0 only.

    Raises:
        IndexInputError: The place and the indicator are named.
    """
    at = up.means(problem.framework, way.aggregate)
    strict = [mean for mean in at if mean in {"geometric", "harmonic"}]
    if not strict or not (normalised < 0).any():
        return
    row, column = np.argwhere(normalised < 0)[0]
    raise IndexInputError(
        f"place {problem.numbers.places[row]}, indicator {problem.framework.codes[column]}",
        f"scores {normalised[row, column]:.3g} after normalising ({way.normalise}), and a "
        f"{strict[0]} mean is not defined below 0",
        'normalise with min_max and range = [1, 100], or aggregate = "arithmetic"',
    )


def _weights(problem: Problem, way: Choices, aggregated: Floats) -> Floats:
    framework = problem.framework
    weights = framework.weights.copy()
    for below in framework.children:
        if way.weights == "pca":
            weights[below] = up.pca_weights(aggregated[:, below])
        elif way.weights == "equal":
            weights[below] = 1.0
        weights[below] /= weights[below].sum()
    weights[-1] = 1.0
    return weights
