"""Weighted means up the hierarchy; what is missing is left out and the other weights grow."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from uptake.index.framework import Floats, Framework
from uptake.index.spec import Aggregate, Weights


def arithmetic(x: Floats, w: Floats) -> Floats:
    """Return the weighted mean: (..., P, K) and (..., 1, K) -> (..., P)."""
    there = np.isfinite(x)
    weight = np.where(there, w, 0.0)
    return _over((weight * np.where(there, x, 0.0)).sum(axis=-1), weight.sum(axis=-1))


def geometric(x: Floats, w: Floats) -> Floats:
    """Return the weighted geometric mean, 0 if any part is; a negative part gives a gap."""
    logs = np.where(x > 0, np.log(np.where(x > 0, x, 1.0)), np.nan)
    found = np.exp(arithmetic(np.where(x > 0, logs, np.nan), w))
    return _with_signs(found, x, w)


def harmonic(x: Floats, w: Floats) -> Floats:
    """Return the weighted harmonic mean, 0 if any part is; a negative part gives a gap."""
    inverse = np.where(x > 0, 1 / np.where(x > 0, x, 1.0), np.nan)
    under = arithmetic(inverse, w)
    return _with_signs(1 / np.where(np.isfinite(under), under, 1.0), x, w)


def median(x: Floats, w: Floats) -> Floats:
    """Return the weighted median: the middle of the values at which the weights reach a half."""
    there = np.isfinite(x)
    order = np.argsort(np.where(there, x, np.inf), axis=-1)
    weight = np.take_along_axis(np.broadcast_to(np.where(there, w, 0.0), x.shape), order, axis=-1)
    values = np.take_along_axis(np.where(there, x, np.inf), order, axis=-1)
    running = np.cumsum(weight, axis=-1)
    half = running[..., -1:] / 2
    # Sums of weights are compared with a margin, as thirds do not add up exactly.
    low = np.argmax(running >= half - 1e-12, axis=-1)[..., None]
    high = np.argmax(running > half + 1e-12, axis=-1)[..., None]
    middle = (np.take_along_axis(values, low, axis=-1) + np.take_along_axis(values, high, axis=-1))[
        ..., 0
    ] / 2
    return np.where(running[..., -1] > 0, middle, np.nan)


def _over(total: Floats, weight: Floats) -> Floats:
    return np.where(weight > 0, total / np.where(weight > 0, weight, 1.0), np.nan)


def _with_signs(found: Floats, x: Floats, w: Floats) -> Floats:
    counts = w > 0
    found = np.where(((x == 0) & counts).any(axis=-1), 0.0, found)
    bad = ((x < 0) & counts).any(axis=-1) | ~(np.isfinite(x) & counts).any(axis=-1)
    return np.where(bad, np.nan, found)


MEANS: Mapping[str, Callable[[Floats, Floats], Floats]] = {
    "arithmetic": arithmetic,
    "geometric": geometric,
    "harmonic": harmonic,
    "median": median,
}


def means(framework: Framework, method: Aggregate | Sequence[Aggregate]) -> tuple[Aggregate, ...]:
    """Return the mean of each level above the indicators; the last one given is carried on."""
    given: tuple[Aggregate, ...] = (method,) if isinstance(method, str) else tuple(method)
    levels = framework.top - 1
    return (given + given[-1:] * levels)[:levels]


def pca_weights(x: Floats) -> Floats:
    """Return squared loadings of the first principal component: (..., P, K) -> (..., K).

    They sum to 1. Columns are standardised; a gap counts as the mean, a constant column as no
    part of the component.
    """
    there = np.isfinite(x)
    count = np.maximum(there.sum(axis=-2, keepdims=True), 1)
    centre = np.where(there, x, 0.0).sum(axis=-2, keepdims=True) / count
    apart = np.where(there, x - centre, 0.0)
    length = np.sqrt((apart**2).sum(axis=-2, keepdims=True))
    unit = apart / np.where(length > 0, length, 1.0)
    vectors = np.linalg.eigh(np.swapaxes(unit, -1, -2) @ unit)[1]
    found: Floats = vectors[..., -1] ** 2
    return found


def aggregate(
    framework: Framework,
    x: Floats,
    *,
    method: Aggregate | Sequence[Aggregate],
    weights: Weights,
    noise: Floats | None = None,
) -> Floats:
    """Return normalised indicators and all aggregates side by side.

    Args:
        framework: The hierarchy.
        x: (..., P, I) normalised.
        method: One mean, or one a level.
        weights: Where they come from.
        noise: (R, I + A) factors on the weights, or (I + A,); None for 1.

    Returns:
        (..., P, I + A); with (R, I + A) noise, R comes first.
    """
    at = means(framework, method)
    shape = x.shape if noise is None or noise.ndim == 1 else (len(noise), *x.shape[-2:])
    total = len(framework.codes)
    out = np.empty((*shape[:-1], total))
    out[..., : framework.indicators] = x
    for number, below in enumerate(framework.children):
        node = framework.indicators + number
        part = out[..., below]
        if weights == "pca":
            w = pca_weights(part)
        else:
            w = framework.weights[below] if weights == "given" else np.ones(len(below))
        if noise is not None:
            w = w * noise[..., below]
        out[..., node] = MEANS[at[framework.levels[node] - 2]](part, w[..., None, :])
    return out
