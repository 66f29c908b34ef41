"""Gaps filled from a place's other indicators: a normal model fitted by EM, its doubt drawn.

Expectation-maximisation for a multivariate normal with gaps (Dempster, Laird and Rubin 1977), many
times on reweighted places, as in Amelia (Honaker, King and Blackwell 2011), which COINr uses.
Places are reweighted by the Bayesian bootstrap (Rubin 1981), under which no column loses all of
its values.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from uptake.index import moments
from uptake.index.framework import Floats

ROUNDS, CLOSE = 60, 1e-3
"""Of standardised columns: a thousandth of a deviation moves no rank."""

SETS = 20
"""Parameters drawn; van Buuren (2018, 2.8) finds 20 to 100 imputations enough for intervals."""

SEED = 1977
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Normal:
    """A multivariate normal: mean (I,) and covariance (I, I), of standardised columns."""

    mean: Floats
    covariance: Floats


def em(x: Floats, weights: Floats, start: Normal | None = None) -> Normal:
    """Fit a normal to rows with gaps.

    A prior of as many rows as there are columns, of variance 1 and without correlation, keeps the
    covariance invertible where places are fewer than indicators. It draws correlations to zero, so
    that intervals are rather too wide than too narrow.

    Args:
        x: (P, I), each column of mean 0 and variance 1 as far as it is known.
        weights: (P,) of the places; they sum to P.
        start: Where to begin; None for no correlation.
    """
    columns = x.shape[1]
    prior = float(columns)
    found = start or Normal(np.zeros(columns), np.eye(columns))
    for _ in range(ROUNDS):
        first, second = np.zeros(columns), prior * np.eye(columns)
        for rows, there in patterns(x):
            gain, left = conditional(found, there)
            filled = np.empty((len(rows), columns))
            filled[:, there] = x[np.ix_(rows, there)]
            filled[:, ~there] = found.mean[~there] + (filled[:, there] - found.mean[there]) @ gain
            w = weights[rows]
            first += w @ filled
            second += (filled * w[:, None]).T @ filled
            second[np.ix_(~there, ~there)] += w.sum() * left
        total = float(weights.sum())
        mean = first / total
        covariance = (second - total * np.outer(mean, mean)) / (total + prior)
        moved = max(np.abs(mean - found.mean).max(), np.abs(covariance - found.covariance).max())
        found = Normal(mean, covariance)
        if moved < CLOSE:
            break
    return found


def patterns(x: Floats) -> Iterator[tuple[NDArray[np.intp], Flags]]:
    """Yield rows (numbers) that have the same gaps, with what is there (I,)."""
    there = np.isfinite(x)
    kinds, of = np.unique(there, axis=0, return_inverse=True)
    for number, kind in enumerate(kinds):
        yield np.flatnonzero(of.reshape(-1) == number), kind


def conditional(model: Normal, there: Flags) -> tuple[Floats, Floats]:
    """Return what gaps are given what is there: coefficients (O, M) and covariance (M, M)."""
    across = model.covariance[np.ix_(there, ~there)]
    inside = model.covariance[np.ix_(there, there)]
    gain = np.asarray(np.linalg.solve(inside, across), dtype=np.float64)
    left = model.covariance[np.ix_(~there, ~there)] - across.T @ gain
    return gain, (left + left.T) / 2


def standardised(x: Floats) -> tuple[Floats, Floats, Floats]:
    """Return columns of mean 0 and variance 1, and the mean and deviation taken out, (1, I)."""
    mean, deviation = moments.mean(x), moments.deviation(x)
    deviation = np.where(deviation > 0, deviation, 1.0)
    return (x - mean) / deviation, mean, deviation


def expected(x: Floats) -> Floats:
    """Fill gaps with what is expected of them: (..., P, I) -> (..., P, I).

    Of many tables with the same gaps, the model is fitted to their mean and applied to each.
    """
    flat = x.reshape(-1, *x.shape[-2:])
    centre = flat[0] if len(flat) == 1 else flat.mean(axis=0)
    z, mean, deviation = standardised(centre)
    model = em(z, np.ones(len(z)))
    out = (flat - mean) / deviation
    for rows, there in patterns(centre):
        if there.all():
            continue
        gain = conditional(model, there)[0]
        seen = out[:, rows][:, :, there] - model.mean[there]
        out[np.ix_(np.arange(len(out)), rows, np.flatnonzero(~there))] = (
            model.mean[~there] + seen @ gain
        )
    found: Floats = within(out * deviation + mean, centre).reshape(x.shape)
    return np.where(np.isfinite(x), x, found)


def drawn(x: Floats, uniforms: Floats) -> Floats:
    """Draw gaps: the model's parameters first, then the values under them.

    Args:
        x: (P, I) with its gaps.
        uniforms: (B, M) in [0, 1), M the gaps of ``x`` in row order.

    Returns:
        (B, M) values of the gaps, kept within what is observed of each column.
    """
    z, mean, deviation = standardised(x)
    models = _models(z.tobytes(), z.shape[1])
    # The first uniform parts into two that do not depend on each other: a whole and a rest.
    scaled = uniforms[:, 0] * SETS
    which = scaled.astype(np.intp)
    normals = np.column_stack([scaled - which, uniforms[:, 1:]])
    normals = stats.norm.ppf(np.clip(normals, 1e-9, 1 - 1e-9))
    number = np.cumsum(~np.isfinite(x).ravel()).reshape(x.shape) - 1
    out = np.empty(uniforms.shape)
    for at, model in enumerate(models):
        runs = np.flatnonzero(which == at)
        for rows, there in patterns(z):
            if there.all() or not runs.size:
                continue
            gain, left = conditional(model, there)
            root = np.linalg.cholesky(left + 1e-12 * np.eye(len(left)))
            centre = model.mean[~there] + (z[np.ix_(rows, there)] - model.mean[there]) @ gain
            for row, middle in zip(rows, centre, strict=True):
                cells = number[row, ~there]
                here = np.ix_(runs, cells)
                out[here] = middle + normals[here] @ root.T
    columns = np.nonzero(~np.isfinite(x))[1]
    out = out * deviation[0, columns] + mean[0, columns]
    low, high = moments.lowest(x)[0, columns], moments.highest(x)[0, columns]
    kept: Floats = np.clip(out, low, high)
    return kept


@lru_cache(maxsize=4)
def _models(cells: bytes, columns: int) -> tuple[Normal, ...]:
    """Fit the model to reweighted places; runs of one index ask for the same ones."""
    z = np.frombuffer(cells).reshape(-1, columns)
    weights = np.random.default_rng(SEED).standard_exponential((SETS, len(z)))
    weights *= len(z) / weights.sum(axis=1, keepdims=True)
    start = em(z, np.ones(len(z)))
    return tuple(em(z, w, start) for w in weights)


def within(filled: Floats, x: Floats) -> Floats:
    """Keep values within what is observed of their column (P, I)."""
    kept: Floats = np.clip(filled, moments.lowest(x), moments.highest(x))
    return kept
