"""True shares from labelled ones under noise: generalised least squares with all its covariance.

Counts with noise are no multinomial sample: the noise of a rare symbol is as large as that of a
common one, and some counts are below zero. So the shares of the true values are not found by
likelihood (``prior_shift``) but as the shares p for which q = A'p is nearest to the observed shares
q of the symbols (the inverse of the confusion matrix where there are as many symbols as values;
Buonaccorsi, Measurement Error, 2010, sec. 2.4), by the metric of the covariance of q: of sampling,
of noise, and of the calibration messages that A was counted from (Aitken 1936). Solved without
bounds, so that it is unbiased; bounds come last.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from uptake.estimate.prior_shift import ROW_PRIOR, Floats
from uptake.estimate.shares import Z

STEPS = 3
"""The covariance is that of the shares that are sought: found and solved in turn, so often."""

FIT = 0.999
"""A group that fits is called a misfit with one less this chance."""

_TINY = 1e-12


@dataclass(frozen=True, slots=True)
class Seen:
    """What G groups show of S symbols.

    Attributes:
        share: (G, S) shares of the symbols; noise may leave some below 0. Rows sum to one.
        size: (G, S) effective number of independent messages behind each share.
        noise: (G, S, S) covariance of the noise in the shares.
    """

    share: Floats
    size: Floats
    noise: Floats

    def sampling(self, expected: Floats) -> Floats:
        """Return (G, S, S) covariances of sampling around expected shares (G, S).

        Those of parts of a whole, with each share's own effective number of messages.
        """
        spread = -expected[:, :, None] * expected[:, None, :]
        at = np.arange(expected.shape[1])
        spread[:, at, at] += expected
        root = 1 / np.sqrt(self.size)
        return _centred(spread * root[:, :, None] * root[:, None, :])


@dataclass(frozen=True, slots=True)
class Solved:
    """Shares of K true values in G groups.

    Attributes:
        share: (G, K) without bounds; rows sum to one.
        inside: (G, K) the nearest shares that are none below zero.
        errors: (G, K, S) by how much a share falls as the expected share of a symbol rises.
        own: (G, K) variance of sampling and noise.
        misfit: (G,) bool; no shares of the values explain these symbols.
    """

    share: Floats
    inside: Floats
    errors: Floats
    own: Floats
    misfit: NDArray[np.bool_]

    def variance(self, counts: Floats) -> Floats:
        """Return (G, K) variances, with that of the calibration counts (K, S)."""
        return self.own + _calibration(self.errors, self.inside, counts)

    def ends(self, counts: Floats) -> tuple[Floats, Floats]:
        """Return (G, K) lower and upper ends of the 95% interval, within 0 and 1."""
        half = Z * np.sqrt(self.variance(counts))
        low, high = np.clip(self.share - half, 0, 1), np.clip(self.share + half, 0, 1)
        return np.minimum(low, self.inside), np.maximum(high, self.inside)


def solve(seen: Seen, counts: Floats) -> Solved:
    """Solve groups for the shares of the true values.

    Args:
        seen: What the groups show.
        counts: (K, S) calibration messages by true value and symbol.
    """
    rates = smoothed(counts)
    values, symbols = rates.shape
    inside = simplex(np.clip(seen.share, 0, None) @ np.linalg.pinv(rates))
    expected = simplex(seen.share)
    for _ in range(STEPS - 1):
        inside = simplex(_once(seen, counts, inside, expected).share)
        expected = np.maximum(inside @ rates, _TINY)
    last = _once(seen, counts, inside, expected)
    bounded = simplex(last.share)
    rest = seen.share - bounded @ rates
    strange = np.einsum("gs,gst,gt->g", rest, last.weight, rest)
    from scipy.special import chdtri

    # each share that a bound holds is one less that was fitted
    free = symbols - values + (bounded <= 0).sum(axis=1)
    misfit = (free > 0) & (strange > chdtri(np.maximum(free, 1), 1 - FIT))
    own = np.einsum("gks,gst,gkt->gk", last.solution, last.chance, last.solution)
    return Solved(last.share, bounded, last.solution, own, np.asarray(misfit))


@dataclass(frozen=True, slots=True)
class _Step:
    """One solution: (G, K) shares, (G, K, S) of which they are linear, and covariances."""

    share: Floats
    solution: Floats
    weight: Floats
    chance: Floats


def _once(seen: Seen, counts: Floats, inside: Floats, expected: Floats) -> _Step:
    """Solve under the covariance of given shares of values and of symbols."""
    rates = smoothed(counts)
    values, symbols = rates.shape
    basis = np.eye(values)[:, 1:] - np.eye(values)[:, :1]  # of shares that sum to none
    design, middle = rates.T @ basis, np.full(values, 1 / values)
    chance = seen.sampling(expected) + seen.noise
    total = chance + _of_rates(inside, counts)
    # all rows sum to none: any number on the constant vector makes the inverse a pseudo-inverse
    scale = np.maximum(np.trace(total, axis1=1, axis2=2), _TINY)[:, None, None]
    weight = np.linalg.inv(total + scale / symbols)
    solution = basis @ np.linalg.inv(design.T @ weight @ design) @ design.T @ weight
    share = middle + np.einsum("gks,gs->gk", solution, seen.share - middle @ rates)
    return _Step(share, solution, weight, chance)


def smoothed(counts: Floats) -> Floats:
    """Return (K, S) rates of the symbols; no confusion is impossible."""
    more = counts + ROW_PRIOR / counts.shape[1]
    return np.asarray(more / more.sum(axis=1, keepdims=True))


def common(solved: Solved, counts: Floats) -> Floats:
    """Return (K,) what the errors of one calibration add to a difference of two groups' shares."""
    by_value = solved.errors[1] * _rows(solved.inside[1]) - solved.errors[0] * _rows(
        solved.inside[0]
    )
    return np.asarray(np.einsum("vks,vst,vkt->k", by_value, _covariances(counts), by_value))


def simplex(share: Floats) -> Floats:
    """Return the nearest rows that are not below zero and sum to one.

    Duchi, Shalev-Shwartz, Singer and Chandra, ICML 2008, fig. 1.

    >>> simplex(np.array([[0.7, 0.5, -0.2]])).round(3).tolist()
    [[0.6, 0.4, 0.0]]
    """
    ordered = -np.sort(-share, axis=1)
    excess = ordered.cumsum(axis=1) - 1
    rank = np.arange(1, share.shape[1] + 1)
    kept = (ordered - excess / rank > 0).sum(axis=1)
    level = excess[np.arange(len(share)), kept - 1] / kept
    return np.asarray(np.maximum(share - level[:, None], 0))


def _rows(share: Floats) -> Floats:
    return share[:, None, None]


def _centred(matrix: Floats) -> Floats:
    """Return covariances of what sums to none."""
    size = matrix.shape[-1]
    centre = np.eye(size) - 1 / size
    return np.asarray(centre @ matrix @ centre)


def _covariances(counts: Floats) -> Floats:
    """Return (K, S, S) covariances of the rates of each true value, Dirichlet distributed."""
    rates = smoothed(counts)
    spread = -rates[:, :, None] * rates[:, None, :]
    at = np.arange(rates.shape[1])
    spread[:, at, at] += rates
    return np.asarray(spread / (counts.sum(axis=1) + ROW_PRIOR + 1)[:, None, None])


def _of_rates(share: Floats, counts: Floats) -> Floats:
    """Return (G, S, S) what the calibration leaves open of the symbols' expected shares."""
    return np.asarray(np.einsum("gv,vst->gst", share**2, _covariances(counts)))


def _calibration(errors: Floats, share: Floats, counts: Floats) -> Floats:
    return np.asarray(
        np.einsum(
            "gv,gks,vst,gkt->gk", share**2, errors, _covariances(counts), errors, optimize=True
        )
    )
