"""Correct both periods of a comparison for the labeller's errors, which are common to both."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from uptake.estimate import noisy_correction, prior_shift
from uptake.estimate.correction import MOST_HIDDEN, Measured, observe, thick_counts
from uptake.estimate.least_squares import Solved, common
from uptake.estimate.prior_shift import Floats, Observed
from uptake.estimate.shares import Z
from uptake.model.calibration import FacetErrors

DRAWS = 600


@dataclass(frozen=True, slots=True)
class Pair:
    """One facet of one place in two periods; row 0 is the earlier one.

    Attributes:
        values: K values.
        share: (2, K) as labelled; NaN where withheld.
        variance: (2, K) of sampling.
        noise: (2, K) variance of the noise of the release, 0 without.
        covariance: (K,) of the two periods' shares.
        quantile: (2,) of Student's t over that of the normal.
        clusters: (2,) effective number of people behind each period.
        people: Behind each period.
        banded: (2 K, 3) how shares split by band, the earlier period's values first.
        sums: Of the cells, (2 K,) each, likewise.
    """

    values: tuple[str, ...]
    share: Floats
    variance: Floats
    noise: Floats
    covariance: Floats
    quantile: Floats
    clusters: Floats
    people: tuple[int, int]
    banded: Floats
    sums: Mapping[str, Floats]

    @property
    def measured(self) -> Measured:
        """Return both periods' shares as labelled, (2 K,)."""
        many = self.share.shape[1]
        quantile, nothing = np.repeat(self.quantile, many), np.zeros((2 * many, 2))
        return Measured(self.share.ravel(), self.variance.ravel(), quantile, self.banded, nothing)

    @property
    def correlation(self) -> float:
        """Return how the two periods' shares go together, over all values."""
        both = np.isfinite(self.covariance)
        spread = np.sqrt(np.where(both, self.variance, 0).sum(axis=1).prod())
        found = float(np.where(both, self.covariance, 0).sum() / spread) if spread > 0 else 0.0
        return min(max(found, -1.0), 1.0)


Ends = tuple[float, float, float]
"""A value, and the ends of its interval."""


@dataclass(frozen=True, slots=True)
class Row:
    """One value's share in both periods, their difference, and its standard error."""

    before: Ends
    after: Ends
    apart: Ends
    error: float
    corrected: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """Corrected shares of K values in two periods; NaN where the calibration is too thin.

    Attributes:
        share: (2, K)
        draws: (B, 2, K) of the bootstrap.
    """

    share: Floats
    draws: Floats


@dataclass(frozen=True, slots=True)
class Apart:
    """Corrected shares of K values in two periods with noise.

    Attributes:
        solved: Both periods, by the calibration's values.
        place: (K,) where each of the pair's values stands among these.
        counts: Of the calibration.
    """

    solved: Solved
    place: NDArray[np.intp]
    counts: Floats

    def row(self, at: int) -> Row:
        """Return the figures of a value.

        The errors of the calibration are common to both shares, as far as these agree.
        """
        k = int(self.place[at])
        inside, (low, high) = self.solved.inside[:, k], self.solved.ends(self.counts)
        shared = common(self.solved, self.counts)[k]
        error = float(self.solved.own[:, k].sum() + shared) ** 0.5
        between = float(self.solved.share[1, k] - self.solved.share[0, k])
        apart = float(inside[1] - inside[0])
        under, over = max(between - Z * error, -1.0), min(between + Z * error, 1.0)
        before, after = zip(inside.tolist(), low[:, k].tolist(), high[:, k].tolist(), strict=True)
        ends = (apart, min(under, apart), max(over, apart))
        return Row(before, after, ends, error, corrected=True)


def corrected(pair: Pair, known: FacetErrors, seed: int) -> Drawn | Apart | None:
    """Correct both periods with common draws; None where too little is known of the labeller."""
    order = np.array([pair.values.index(value) for value in known.values])
    measured = pair.measured
    if noisy_correction.with_noise(pair.sums):
        rows = np.stack([order, order + len(order)])
        found = noisy_correction.solved_pair(rows, pair.sums, measured, known)
        return Apart(found[0], np.argsort(order), found[1]) if found else None
    thick, counts = thick_counts(known)
    if thick.sum() < 2:
        return None
    observed, kept = observe(np.stack([order, order + len(order)]), measured, thick)
    if (observed.hidden.any(axis=1) & (observed.rest > MOST_HIDDEN)).any():
        return None
    rng = np.random.default_rng(seed)
    errors = prior_shift.errors(counts, rng, DRAWS)
    size = int(thick.sum())
    share = prior_shift.maximise(observed, errors.rates, np.full((2, size), 1 / size))
    if prior_shift.misfits(observed, errors.rates, share).any():
        return None
    begin = 0.95 * share + 0.05 / size
    seen = together(observed, pair.correlation, DRAWS, rng)
    drawn = prior_shift.maximise(
        seen, errors.draws, begin, prior_shift.DRAW_LEAPS, prior_shift.ROUGH
    )
    out = Drawn(np.full((2, len(order)), np.nan), np.full((DRAWS, 2, len(order)), np.nan))
    out.share[:, order[thick]] = share * kept[:, None]
    out.draws[:, :, order[thick]] = drawn * kept[:, None]
    return out


def together(
    observed: Observed, correlation: float, draws: int, rng: np.random.Generator
) -> Observed:
    """Draw the shares of two periods that go together as those of the same people do.

    Dirichlet shares are normalised gammas, and gammas add up: a part of each is common to both.
    """
    symbols = observed.share.shape[1]
    # What goes against each other has a wider difference than what is independent.
    against = 1 + max(-correlation, 0.0)
    size, of_rest = observed.size / against, observed.of_rest / against
    first, second = observed.share * size + prior_shift.ROW_PRIOR / symbols
    common = np.minimum(max(correlation, 0.0) * np.sqrt(first * second), np.minimum(first, second))
    common = np.where(observed.hidden.any(axis=0), 0, common)
    shape = np.where(observed.hidden, 0, np.stack([first, second]) - common)
    shared = rng.standard_gamma(np.broadcast_to(common, (draws, 1, symbols)))
    own = rng.standard_gamma(np.broadcast_to(shape, (draws, *shape.shape)))
    spared = observed.hidden.any(axis=1)
    rest = np.where(spared, observed.rest * of_rest + prior_shift.ROW_PRIOR, 0)
    others = rng.standard_gamma(np.broadcast_to(rest, (draws, 2)))
    return observed.normalised((own + shared) / size, others / of_rest)
