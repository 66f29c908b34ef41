"""What changed between two periods, by how much, and which changes are more than chance.

Both shares of a difference are corrected with the same draws of the calibration, so that an error
of it that both share cancels. The people are largely the same, too: the shares as labelled go
together, by a correlation that the sums over people in both periods give.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from uptake.estimate import noisy_correction, prior_shift, shares
from uptake.estimate.correction import MOST_HIDDEN, Measured, observe, thick_counts
from uptake.estimate.estimates import COVERS, SEED, bands, sums_of, withheld_of
from uptake.estimate.least_squares import Solved, common
from uptake.estimate.prior_shift import Floats, Observed
from uptake.estimate.shares import LEVEL, Z
from uptake.model.calibration import Calibration, FacetErrors
from uptake.model.change import Change, Verdict
from uptake.model.dimensions import PERIOD
from uptake.model.estimate import Correction, Estimate
from uptake.model.releasedcells import ReleasedCells

RATE = 0.05
"""False discovery rate of the verdicts (Benjamini and Hochberg, JRSS B 57, 1995)."""

FEWEST = 200
"""Fewest people of either period: what few do not do says little of what they did not want."""

DRAWS = 600
SPLITS = ("month", "place+month")
FACETS = ("intent", "work", "topic_group", "topic")


def changes(
    cells: ReleasedCells, calibration: Calibration | None = None, *, seed: int = SEED
) -> tuple[Change, ...]:
    """Compare the two periods of a release: each facet of all messages and of each place.

    A value that is withheld in either period has no row. Topics count as looked at together with
    the other topics of the place, and so does each other facet by itself.
    """
    table = cells.table
    compared = table.filter(
        pc.and_(
            pc.is_in(table["split"], value_set=pa.array(SPLITS)),
            pc.match_substring(table["month"], PERIOD),
        )
    )
    names = sorted({str(month) for month in compared["month"].to_pylist()})
    if len(names) != 2:
        return ()
    out: list[Change] = []
    for place in dict.fromkeys(str(place) for place in compared["place"].to_pylist()):
        here = compared.filter(pc.equal(compared["place"], pa.scalar(place)))
        for facet in FACETS:
            pair = _pair(here, facet, names)
            known = calibration.facets.get(facet) if calibration else None
            if pair is not None:
                source = calibration.source if calibration and known else "none"
                out += _compare(pair, (place, facet, names[0], names[1]), known, source, seed)
    return tuple(out)


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


def _pair(here: pa.Table, facet: str, names: list[str]) -> Pair | None:
    """Return a facet's cells of both periods; None where either has none."""
    chosen = here.filter(pc.equal(here["facet"], pa.scalar(facet)))
    parts = [chosen.filter(pc.equal(chosen["month"], pa.scalar(name))) for name in names]
    values = [tuple(map(str, part["value"].to_pylist())) for part in parts]
    if not values[0] or values[0] != values[1]:
        return None
    sums = [sums_of(part) for part in parts]
    found = [shares.ratio_variance(s) for s in sums]
    share = np.stack(
        [np.where(withheld_of(p), np.nan, f[0]) for p, f in zip(parts, found, strict=True)]
    )
    clusters = np.array([np.nan_to_num(shares.effective_people(s)).max() for s in sums])
    banded = [bands(s, "messages") for s in sums]
    return Pair(
        values[0],
        share,
        np.where(np.isfinite(share), np.stack([f[1] for f in found]), np.nan),
        np.stack([shares.message_noise(s, p) for s, p in zip(sums, share, strict=True)]),
        _covariance(sums[1], sums[0], share[1], share[0]),
        shares.widening(clusters),
        clusters,
        (_people(sums[0]), _people(sums[1])),
        np.concatenate(banded),
        {name: np.concatenate([s[name] for s in sums]) for name in sums[0]},
    )


def _people(sums: Mapping[str, Floats]) -> int:
    return int(np.nan_to_num(sums["group_people"]).max())


def _covariance(
    later: Mapping[str, Floats], earlier: Mapping[str, Floats], after: Floats, before: Floats
) -> Floats:
    """Return the covariance of two ratios over people, of whom some are behind both.

    By linearisation as for the variance: sum (Y - p N)(Y' - p' N') / (sum N sum N').
    """
    products = (
        later["both_messages"]
        - before * later["both_cross"]
        - after * later["both_before"]
        + after * before * later["group_both"]
    )
    return np.asarray(products / (later["group_messages"] * earlier["group_messages"]))


def _compare(
    pair: Pair, names: tuple[str, str, str, str], known: FacetErrors | None, source: str, seed: int
) -> Iterator[Change]:
    """Yield a change for each value published in both periods."""
    if min(pair.people) < FEWEST:
        return
    shown = np.flatnonzero(np.isfinite(pair.share).all(axis=0)).tolist()
    made = _corrected(pair, known, seed) if known and shown else None
    rows = [_row(pair, made, at) for at in shown]
    adjusted = _adjusted(
        np.array([row.apart[0] for row in rows]), np.array([r.error for r in rows])
    )
    for at, row, p in zip(shown, rows, adjusted, strict=True):
        said = COVERS[source if row.corrected else "none"]
        how: Correction = "gold" if source == "gold" else "calibration"
        n = (*pair.people, min(pair.people))
        counted = (*pair.share[:, at].tolist(), float(pair.share[1, at] - pair.share[0, at]))
        before, after, apart = (
            Estimate(*ends, LEVEL, people, said, how, raw)
            if row.corrected
            else Estimate(*ends, LEVEL, people, said)
            for ends, people, raw in zip(
                (row.before, row.after, row.apart), n, counted, strict=True
            )
        )
        verdict: Verdict = "no change seen"
        if p <= RATE and not apart.low <= 0 <= apart.high:
            verdict = "grew" if apart.value > 0 else "shrank"
        yield Change(*names[:2], pair.values[at], *names[2:], before, after, apart, p, verdict)


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


def _row(pair: Pair, made: "Drawn | Apart | None", at: int) -> Row:
    """Return a value's figures, corrected where its calibration allows."""
    if isinstance(made, Apart):
        return made.row(at)
    if made is not None and np.isfinite(made.share[0, at]):
        before, after = made.draws[:, 0, at], made.draws[:, 1, at]
        first, second = made.share[:, at].tolist()
        return Row(
            _quantiles(first, before),
            _quantiles(second, after),
            _quantiles(second - first, after - before),
            float((after - before).std(ddof=1)),
            corrected=True,
        )
    share, variance, noise = pair.share[:, at], pair.variance[:, at], pair.noise[:, at]
    low, high = shares.interval(share, variance, pair.clusters, noise=noise)
    plain = max(float(variance.sum() - 2 * pair.covariance[at]), 0.0)
    error = (plain * float(pair.quantile.max()) ** 2 + float(noise.sum())) ** 0.5
    first, second = zip(share.tolist(), low.tolist(), high.tolist(), strict=True)
    ends = _newcombe(first, second, pair.correlation)
    # A difference whose interval is wide for want of variance must not look certain.
    return Row(first, second, ends, max(error, (ends[2] - ends[1]) / 2 / Z), corrected=False)


def _newcombe(before: "Ends", after: "Ends", correlation: float) -> "Ends":
    """Return the difference of two shares from their own intervals.

    Newcombe, Statistics in Medicine 17, 1998, 2635-2650, method 10, with the shares' correlation:
    it stays sensible where a share is 0 and its variance says nothing.
    """
    (p, low, high), (q, low_q, high_q) = before, after
    under = (q - low_q) ** 2 + (high - p) ** 2 - 2 * correlation * (q - low_q) * (high - p)
    over = (high_q - q) ** 2 + (p - low) ** 2 - 2 * correlation * (high_q - q) * (p - low)
    apart = q - p
    return (
        apart,
        max(apart - max(under, 0) ** 0.5, -1.0),
        min(apart + max(over, 0) ** 0.5, 1.0),
    )


def _quantiles(value: float, drawn: Floats) -> Ends:
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail]).tolist()
    return (value, min(low, value), max(high, value))


def _adjusted(difference: Floats, error: Floats) -> list[float]:
    """Return the p-values of no change, adjusted for the false discovery rate."""
    from scipy.special import ndtr

    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(error > 0, np.abs(difference) / error, 0.0)
    p = 2 * ndtr(-z)
    order = np.argsort(p)
    ranked = p[order] * len(p) / np.arange(1, len(p) + 1)
    ranked = np.minimum.accumulate(ranked[::-1])[::-1]
    out = np.empty(len(p))
    out[order] = np.minimum(ranked, 1)
    return [float(value) for value in out]


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


def _corrected(pair: Pair, known: FacetErrors, seed: int) -> Drawn | Apart | None:
    """Correct both periods with common draws; None where too little is known of the labeller."""
    order = np.array([pair.values.index(value) for value in known.values])
    measured = pair.measured
    if noisy_correction.with_noise(pair.sums):
        rows = np.stack([order, order + len(order)])
        solved = noisy_correction.solved_pair(rows, pair.sums, measured, known)
        return Apart(solved[0], np.argsort(order), solved[1]) if solved else None
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
