"""What changed between two periods, by how much, and which changes are more than chance.

Both shares of a difference are corrected with the same draws of the calibration, so that an error
of it that both share cancels. The people are largely the same, too: the shares as labelled go
together, by a correlation that the sums over people in both periods give.
"""

from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from uptake.estimate import noisy_correction, shares
from uptake.estimate.change_correction import Apart, Drawn, Ends, Pair, Row, corrected
from uptake.estimate.estimates import SEED, bands, covered, sums_of, withheld_of
from uptake.estimate.shares import LEVEL, Floats, Z
from uptake.model.calibration import Calibration, FacetErrors
from uptake.model.change import Change, Verdict
from uptake.model.dimensions import ALL, PERIOD
from uptake.model.estimate import Correction, Estimate
from uptake.model.releasedcells import ReleasedCells

RATE = 0.05
"""False discovery rate of the verdicts (Benjamini and Hochberg, JRSS B 57, 1995)."""

FEWEST = 200
"""Fewest people of either period: what few do not do says little of what they did not want."""

SAME_PEOPLE = (
    "; who is in both periods is not known, and the same people are counted as others: where they "
    "ask alike in both, the interval is wider than it need be"
)
"""What is said of a difference under noise: its covariance, which is left out, is not below none as
long as people who ask for something more than others in one period do not less in the other."""

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
    places = dict.fromkeys(str(place) for place in compared["place"].to_pylist())
    pairs = {
        (place, facet): pair
        for place in places
        for facet in FACETS
        if (
            pair := _pair(
                compared.filter(pc.equal(compared["place"], pa.scalar(place))), facet, names
            )
        )
    }
    out: list[Change] = []
    for (place, facet), pair in pairs.items():
        known = calibration.facets.get(facet) if calibration else None
        if place != ALL and _unfit(pairs.get((ALL, facet)), known, seed):
            known = None
        source = calibration.source if calibration and known else "none"
        out += _compare(pair, (place, facet, names[0], names[1]), known, source, seed)
    return tuple(out)


def _unfit(whole: Pair | None, known: FacetErrors | None, seed: int) -> bool:
    """Return whether a release with noise tells that the labeller errs otherwise than it did.

    How surely messages were labelled is told there of the whole region alone, so that it alone can
    tell; the places follow it.
    """
    if whole is None or known is None or not noisy_correction.with_noise(whole.sums):
        return False
    return corrected(whole, known, seed) is None


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
    made = corrected(pair, known, seed) if known and shown else None
    rows, noise = [_row(pair, made, at) for at in shown], noisy_correction.with_noise(pair.sums)
    adjusted = _adjusted(
        np.array([row.apart[0] for row in rows]), np.array([r.error for r in rows])
    )
    for at, row, p in zip(shown, rows, adjusted, strict=True):
        said = covered(source if row.corrected else "none", noise=noise)
        apart_said = said + SAME_PEOPLE if noise else said
        how: Correction = "gold" if source == "gold" else "calibration"
        n = (*pair.people, min(pair.people))
        counted = (*pair.share[:, at].tolist(), float(pair.share[1, at] - pair.share[0, at]))
        before, after, apart = (
            Estimate(*ends, LEVEL, people, text, how, raw)
            if row.corrected
            else Estimate(*ends, LEVEL, people, text)
            for ends, people, raw, text in zip(
                (row.before, row.after, row.apart),
                n,
                counted,
                (said, said, apart_said),
                strict=True,
            )
        )
        verdict: Verdict = "no change seen"
        if p <= RATE and not apart.low <= 0 <= apart.high:
            verdict = "grew" if apart.value > 0 else "shrank"
        yield Change(*names[:2], pair.values[at], *names[2:], before, after, apart, p, verdict)


def _row(pair: Pair, made: Drawn | Apart | None, at: int) -> Row:
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


def _newcombe(before: Ends, after: Ends, correlation: float) -> Ends:
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
