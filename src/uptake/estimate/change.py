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

from uptake.estimate import prior_shift, shares
from uptake.estimate.correction import Measured, observe, thick_counts
from uptake.estimate.estimates import COVERS, SEED, bands
from uptake.estimate.prior_shift import Floats, Observed
from uptake.estimate.shares import LEVEL
from uptake.model.calibration import Calibration, FacetErrors
from uptake.model.change import Change, Verdict
from uptake.model.dimensions import KEYS, PERIOD
from uptake.model.estimate import Correction, Estimate
from uptake.model.releasedcells import WITHHELD, ReleasedCells

RATE = 0.05
"""False discovery rate of the verdicts (Benjamini and Hochberg, JRSS B 57, 1995)."""

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
        variance: (2, K)
        covariance: (K,) of the two periods' shares.
        quantile: (2,) of Student's t over that of the normal.
        people: Behind each period.
        banded: (2 K, 3) how shares split by band, the earlier period's values first.
    """

    values: tuple[str, ...]
    share: Floats
    variance: Floats
    covariance: Floats
    quantile: Floats
    people: tuple[int, int]
    banded: Floats | None

    @property
    def correlation(self) -> float:
        """Return how the two periods' shares go together, over all values."""
        both = np.isfinite(self.covariance)
        spread = np.sqrt(np.where(both, self.variance, 0).sum(axis=1).prod())
        found = float(np.where(both, self.covariance, 0).sum() / spread) if spread > 0 else 0.0
        return min(max(found, 0.0), 1.0)


def _pair(here: pa.Table, facet: str, names: list[str]) -> Pair | None:
    """Return a facet's cells of both periods; None where either has none."""
    chosen = here.filter(pc.equal(here["facet"], pa.scalar(facet)))
    parts = [chosen.filter(pc.equal(chosen["month"], pa.scalar(name))) for name in names]
    values = [tuple(map(str, part["value"].to_pylist())) for part in parts]
    if not values[0] or values[0] != values[1]:
        return None
    sums = [_sums(part) for part in parts]
    found = [shares.ratio_variance(s) for s in sums]
    share = np.stack(
        [np.where(_withheld(p), np.nan, f[0]) for p, f in zip(parts, found, strict=True)]
    )
    clusters = np.array([np.nan_to_num(shares.effective_people(s)).max() for s in sums])
    banded = [bands(s, "messages") for s in sums]
    all_banded = all(b is not None for b in banded)
    return Pair(
        values[0],
        share,
        np.where(np.isfinite(share), np.stack([f[1] for f in found]), np.nan),
        _covariance(sums[1], sums[0], share[1], share[0]),
        shares.widening(clusters),
        (_people(sums[0]), _people(sums[1])),
        np.concatenate([b for b in banded if b is not None]) if all_banded else None,
    )


def _people(sums: Mapping[str, Floats]) -> int:
    return int(np.nan_to_num(sums["group_people"]).max())


def _withheld(part: pa.Table) -> Floats:
    return np.asarray(pc.equal(part["status"], pa.scalar(WITHHELD)).to_numpy(zero_copy_only=False))


def _sums(part: pa.Table) -> dict[str, Floats]:
    names = [n for n in part.column_names if n not in KEYS and n != "status"]
    return {name: np.asarray(part[name].to_numpy(), dtype=np.float64) for name in names}


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


def _row(pair: Pair, made: "Drawn | None", at: int) -> Row:
    """Return a value's figures, corrected where its calibration allows."""
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
    share, variance = pair.share[:, at], pair.variance[:, at]
    low, high = shares.interval(share, variance, np.array(pair.people, dtype=np.float64))
    plain = max(float(variance.sum() - 2 * pair.covariance[at]), 0.0)
    error = plain**0.5 * float(pair.quantile.max())
    apart, half = float(share[1] - share[0]), Z * error
    first, second = zip(share.tolist(), low.tolist(), high.tolist(), strict=True)
    ends = (apart, max(apart - half, -1.0), min(apart + half, 1.0))
    return Row(first, second, ends, error, corrected=False)


def _quantiles(value: float, drawn: Floats) -> Ends:
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail]).tolist()
    return (value, min(low, value), max(high, value))


Z = 1.959963984540054


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


def _corrected(pair: Pair, known: FacetErrors, seed: int) -> Drawn | None:
    """Correct both periods with common draws; None where too little is known of the labeller."""
    order = np.array([pair.values.index(value) for value in known.values])
    measured = Measured(
        pair.share.ravel(), pair.variance.ravel(), np.repeat(pair.quantile, len(order)), pair.banded
    )
    thick, counts = thick_counts(known, pair.banded is not None)
    if thick.sum() < 2:
        return None
    observed, kept = observe(np.stack([order, order + len(order)]), measured, thick)
    rng = np.random.default_rng(seed)
    errors = prior_shift.errors(counts, rng, DRAWS)
    size = int(thick.sum())
    share = prior_shift.maximise(observed, errors.rates, np.full((2, size), 1 / size))
    begin = 0.95 * share + 0.05 / size
    seen = together(observed, pair.correlation, DRAWS, rng)
    drawn = prior_shift.maximise(seen, errors.draws, begin, prior_shift.DRAW_LEAPS)
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
    first, second = observed.share * observed.size[:, None]
    common = np.minimum(correlation * np.sqrt(first * second), np.minimum(first, second))
    shape = np.where(observed.hidden, 0, np.stack([first, second]) - common + 1e-9)
    shared = rng.standard_gamma(np.broadcast_to(common, (draws, 1, len(common))))
    own = rng.standard_gamma(np.broadcast_to(shape, (draws, *shape.shape)))
    rest = np.where(observed.hidden.any(axis=1), observed.rest * observed.size + 1e-9, 0)
    others = rng.standard_gamma(np.broadcast_to(rest, (draws, 2)))
    return observed.normalised(own + shared, others)
