"""True shares from labelled ones: what is confused is solved for, with its own uncertainty.

A labeller that confuses values gives shares that are biased, however many messages it reads. How it
confuses them is known from calibration messages, whose true value is known too; what share of the
messages of a group has each true value is not, and differs from that of the calibration messages:
prior shift. Its maximum likelihood estimate is found by expectation and maximisation (Saerens,
Latinne and Decaestecker, Neural Computation 14, 2002, sec. 2.2), here on counted symbols instead of
single posteriors: a symbol is a stored value together with the band of its probability.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DRAWS = 300
"""Draws of the parametric bootstrap (Efron and Tibshirani 1993, sec. 6.5)."""

LEAPS, DRAW_LEAPS = 60, 8
"""Most accelerated steps, of a share and of a draw, which starts at the share."""

ROW_PRIOR = 0.5
"""Messages added to each row of the calibration, spread evenly: no confusion is impossible."""

EXACT, ROUGH = 1e-7, 1e-3
"""A share is computed to the first; draws, of which only percentiles are used, to the second."""

FEWER, MORE = 20.0, 3.0
"""A share's effective number of messages is no further from its group's: variances of small cells
are themselves uncertain."""

MANY = 16

_TINY = 1e-12


@dataclass(frozen=True, slots=True)
class Observed:
    """What G groups show of S symbols.

    Attributes:
        share: (G, S) shares of the symbols; 0 where hidden. (B, G, S) for B draws of them.
        hidden: (G, S) bool; withheld, so that only the sum of a row's hidden symbols is known.
        size: (G, S) effective number of independent messages behind each share: few people who
            write all of a value's messages are few.
        of_rest: (G,) the same behind the hidden symbols together.
    """

    share: Floats
    hidden: NDArray[np.bool_]
    size: Floats
    of_rest: Floats

    @property
    def rest(self) -> Floats:
        """Return (G,) the share of a row's hidden symbols together."""
        return np.asarray(np.clip(1 - self.share.sum(axis=-1), 0, 1))

    def resampled(self, rng: np.random.Generator, draws: "int | None" = None) -> "Observed":
        """Draw the shares that other people would have given, once or so many times.

        Gammas with the share as their mean, normalised: Dirichlet distributed where all symbols
        have one effective size. The variance of each share is that which clustering by person
        leaves, the covariances are those of parts of a whole.
        """
        symbols, many = self.share.shape[1], () if draws is None else (draws,)
        shape = np.where(self.hidden, 0, self.share * self.size + ROW_PRIOR / symbols)
        spared = self.hidden.any(axis=1)
        rest = np.where(spared, self.rest * self.of_rest + ROW_PRIOR, 0)
        gamma = rng.standard_gamma(np.broadcast_to(shape, (*many, *shape.shape)))
        others = rng.standard_gamma(np.broadcast_to(rest, (*many, *rest.shape)))
        return self.normalised(gamma / self.size, others / self.of_rest)

    def normalised(self, gamma: Floats, rest: Floats) -> "Observed":
        """Return gammas of the symbols, and of all hidden ones together, as shares."""
        total = np.maximum(gamma.sum(axis=-1) + rest, _TINY)
        return Observed(gamma / total[..., None], self.hidden, self.size, self.of_rest)


@dataclass(frozen=True, slots=True)
class Errors:
    """How a labeller errs, as counts and as draws from what the counts leave open.

    Attributes:
        counts: (K, S) calibration messages by true value and symbol.
        draws: (B, K, S) probabilities of the symbols by true value.
    """

    counts: Floats
    draws: Floats

    @property
    def rates(self) -> Floats:
        """Return (K, S) probabilities of the symbols by true value."""
        smoothed = self.counts + ROW_PRIOR / self.counts.shape[1]
        return np.asarray(smoothed / smoothed.sum(axis=1, keepdims=True))


@dataclass(frozen=True, slots=True)
class Corrected:
    """Corrected shares of G groups over K values.

    Attributes:
        share: (G, K), rows sum to one.
        low, high: (G, K) ends of the interval.
        draws: (B, G, K) of the bootstrap; draw b of all groups shares one draw of the calibration,
            so that differences between groups have the right variance.
    """

    share: Floats
    low: Floats
    high: Floats
    draws: Floats


def errors(counts: NDArray[np.integer], rng: np.random.Generator, draws: int = DRAWS) -> Errors:
    """Draw how a labeller may err, given its calibration: each row is Dirichlet distributed."""
    kept = np.asarray(counts, dtype=np.float64)
    gamma = rng.standard_gamma(
        np.broadcast_to(kept + ROW_PRIOR / kept.shape[1], (draws, *kept.shape))
    )
    return Errors(kept, gamma / np.maximum(gamma.sum(axis=2, keepdims=True), _TINY))


def correct(
    observed: Observed, errors: Errors, rng: np.random.Generator, level: float = 0.95
) -> Corrected:
    """Correct the shares of symbols in each group, with an interval for both sources of error.

    A draw takes other calibration messages and other people; ends are the percentiles of the
    draws. They hold the share itself whatever chance made of the draws.
    """
    groups, values = len(observed.share), len(errors.counts)
    share = maximise(observed, errors.rates, np.full((groups, values), 1 / values))
    begin = 0.95 * share + 0.05 / values
    drawn = _drawn(observed, errors.draws, begin, rng)
    tail = (1 - level) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail], axis=0)
    return Corrected(share, np.minimum(low, share), np.maximum(high, share), drawn)


def _drawn(observed: Observed, rates: Floats, begin: Floats, rng: np.random.Generator) -> Floats:
    """Draw and maximise; many groups one draw after the other, as memory is that of one then."""
    if len(begin) < MANY:
        seen = observed.resampled(rng, len(rates))
        return maximise(seen, rates, begin, DRAW_LEAPS, ROUGH)
    out = np.empty((len(rates), *begin.shape))
    for number, rate in enumerate(rates):
        out[number] = maximise(observed.resampled(rng), rate, begin, DRAW_LEAPS, ROUGH)
    return out


def maximise(
    observed: Observed,
    rates: Floats,
    start: Floats,
    leaps: int = LEAPS,
    tolerance: float = EXACT,
) -> Floats:
    """Return the most likely shares of the true values.

    Steps of expectation and maximisation, three at a time and then a leap along them (SQUAREM,
    scheme S3; Varadhan and Roland, Scandinavian Journal of Statistics 35, 2008).

    Args:
        observed: Of G groups, or B draws of them.
        rates: (K, S) probability of each symbol given the true value, or (B, K, S).
        start: (G, K) shares to start from, none of them zero.
        leaps: At most so many.
        tolerance: No share moves by more in the last leap.

    Returns:
        (G, K) or (B, G, K) shares; rows sum to one.

    >>> many, whole = np.full((1, 2), 100.0), np.array([100.0])
    >>> seen = Observed(np.array([[0.55, 0.45]]), np.zeros((1, 2), bool), many, whole)
    >>> rates = np.array([[0.9, 0.1], [0.2, 0.8]])
    >>> maximise(seen, rates, np.full((1, 2), 0.5)).round(3).tolist()
    [[0.5, 0.5]]
    """
    rest = observed.rest[..., None] if observed.hidden.any() else None
    share = start
    for _ in range(leaps):
        once = _step(observed, rest, rates, share)
        twice = _step(observed, rest, rates, once)
        r, v = once - share, twice - 2 * once + share
        squares = np.maximum((v**2).sum(axis=-1, keepdims=True), 1e-30)
        length = np.sqrt((r**2).sum(axis=-1, keepdims=True) / squares)
        alpha = np.maximum(length, 1.0)
        leapt = share + 2 * alpha * r + alpha**2 * v
        # A leap out of the simplex would leave a value at zero for good: then a plain step.
        inside = (leapt > 0.1 * twice).all(axis=-1, keepdims=True)
        leapt = np.where(inside, leapt, twice)
        following = _step(observed, rest, rates, leapt)
        moved = float(np.abs(following - share).max(initial=0.0))
        share = following
        if moved < tolerance:
            break
    return share


def _step(observed: Observed, rest: "Floats | None", rates: Floats, share: Floats) -> Floats:
    """Expect what true values the symbols came from, and add them up."""
    mixed = np.maximum(share @ rates, _TINY)
    ratio = observed.share / mixed
    if rest is not None:
        within = np.where(observed.hidden, mixed, 0).sum(axis=-1, keepdims=True)
        ratio = np.where(observed.hidden, rest / np.maximum(within, _TINY), ratio)
    stepped = share * (ratio @ np.swapaxes(rates, -1, -2))
    return np.asarray(stepped / np.maximum(stepped.sum(axis=-1, keepdims=True), _TINY))


def misfits(
    observed: Observed, rates: Floats, share: Floats, level: float = 0.999
) -> NDArray[np.bool_]:
    """Return which groups' symbols the rates of error can not have given, whatever the shares.

    The likelihood ratio of the observed symbols against those expected, at the effective number
    of messages, against its chi-squared distribution.

    Args:
        observed: Of G groups.
        rates: (K, S) as of ``maximise``.
        share: (G, K) its result.
        level: A group that fits is called a misfit with one less this chance.
    """
    from scipy.special import chdtri

    mixed = np.maximum(share @ rates, _TINY)
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = observed.share * np.log(observed.share / mixed)
    seen = np.where(observed.share > 0, parts, 0).sum(axis=1)
    rest = observed.rest * observed.hidden.any(axis=1)
    behind = np.maximum(np.where(observed.hidden, mixed, 0).sum(axis=1), _TINY)
    seen += np.where(rest > 0, rest * np.log(np.maximum(rest, _TINY) / behind), 0)
    freedom = max(rates.shape[1] - rates.shape[0], 1)
    return np.asarray(2 * observed.of_rest * seen > float(chdtri(freedom, 1 - level)))


def effective_messages(share: Floats, variance: Floats, quantile: Floats) -> tuple[Floats, Floats]:
    """Return how many independent messages carry as much information as each group's.

    A share's own number is p (1 - p) over its variance (Kish, Survey Sampling, 1965, sec. 8.2);
    that of the group is the same of sums over its values. Few people widen both as Student's t
    does. A share of 0 or 1, whose variance says nothing, has the group's.

    Args:
        share: (G, K) shares as labelled; NaN where withheld.
        variance: (G, K) their user-clustered variances; NaN where withheld or unknown.
        quantile: (G,) of Student's t over that of the normal distribution.

    Returns:
        (G, K) of each share, and (G,) of the group.
    """
    known = np.isfinite(variance) & np.isfinite(share)
    spread = np.where(known, share * (1 - share), 0)
    among = np.where(known, variance, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        whole = spread.sum(axis=1) / among.sum(axis=1) / quantile**2
        each = spread / among / quantile[:, None] ** 2
    whole = np.where(np.isfinite(whole) & (whole > 0), whole, 1.0)
    each = np.where(np.isfinite(each) & (each > 0), each, whole[:, None])
    return np.clip(each, whole[:, None] / FEWER, whole[:, None] * MORE), whole
