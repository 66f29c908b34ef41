"""From noisy cells to shares of messages weighted to each place's population.

A weighted share is sum W_h y_h as in ``poststratify``, with y_h the share of a stratum's messages:
of people's own shares a release with noise has no sums. Its variance is the sum of W_h^2 times that
of sampling and noise in each stratum. Cells that are too noisy to show enter with their noisy sums.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from uptake.catalog.strata import Population
from uptake.estimate import shares
from uptake.estimate.held import Held
from uptake.estimate.least_squares import Seen, solve
from uptake.estimate.noisy_correction import (
    WIDEST,
    Noise,
    correctable,
    noise_among,
    symbol_counts,
)
from uptake.estimate.noisy_gender import CLEAR
from uptake.estimate.noisy_strata import Strata, strata_of
from uptake.estimate.refusal import Refused
from uptake.estimate.shares import LEVEL, Floats
from uptake.estimate.weighting import FACETS, UNKNOWN
from uptake.model.calibration import Calibration, FacetErrors
from uptake.model.demography import WeightedShare, Weighting
from uptake.model.dimensions import ALL, TOTAL
from uptake.model.estimate import Correction, Estimate, Estimates, Key, Measure

MEASURE: Measure = "message_share"

COVERS = (
    "sampling of people (users as clusters) and the noise of the release (95%), weighted to the "
    "population by {by}; not covered: people who use no assistant or another one and differ from "
    "users of their stratum"
)
_UNCORRECTED = "; errors of the labeller are not covered (uncorrected)"
_CORRECTED = (
    "; errors of the labeller, corrected by its calibration on other people's messages, are "
    "covered, but not these messages being confused more or less than those"
)
_WIDE = "the noise leaves the weighted share open"


@dataclass(frozen=True, slots=True)
class Summed:
    """One facet of a place, weighted over H strata.

    Attributes:
        share: (K,) shares as labelled.
        size: (K,) effective number of messages, of sampling alone.
        noise: (K, K) covariance of the noise.
    """

    share: Floats
    size: Floats
    noise: Floats


def weightings(
    held: Held,
    lived: Mapping[str, Population],
    estimates: Estimates,
    calibration: Calibration | None,
) -> Iterator[Weighting]:
    """Yield the weighted shares of each place that is split by age band."""
    for group in held.groups.get("place", ()):
        place = group[0]
        if place == UNKNOWN or not any(
            of[0] == place for of in held.groups.get("place+age_band", ())
        ):
            continue
        if place not in lived:
            reason = "no table of the catalogue holds the place's population by age and gender"
            yield _refused(place, None, reason)
        elif held.cells.get(("place", group, TOTAL, ALL)) is not None:
            found = strata_of(held, lived[place])
            if isinstance(found, Refused):
                yield _refused(place, lived[place], found.reason)
            else:
                yield _weighting(held, lived[place], found, estimates, calibration)


def _refused(place: str, lived: Population | None, reason: str) -> Weighting:
    by = "age band"
    if lived is None:
        return Weighting(place, by, "", 0, None, 0.0, 0, "", False, "", (), reason, MEASURE)
    origin = (lived.total, lived.period, lived.projected, lived.source.id)
    return Weighting(place, by, "", 0, None, 0.0, *origin, (), reason, MEASURE)


def _weighting(
    held: Held,
    lived: Population,
    strata: Strata,
    estimates: Estimates,
    calibration: Calibration | None,
) -> Weighting:
    origin = (lived.total, lived.period, lived.projected, lived.source.id)
    known = calibration.facets if calibration else {}
    source = calibration.source if calibration else "none"
    rows = [
        row
        for facet in FACETS
        if facet in held.answers
        for row in _facet(held, strata, facet, estimates, known.get(facet), source)
    ]
    people = strata.people
    effective = float(1 / (strata.weight**2 / people).sum())
    return Weighting(
        lived.place,
        strata.by,
        strata.note,
        round(float(people.sum())),
        round(strata.left_out),
        effective,
        *origin,
        tuple(rows),
        "",
        MEASURE,
    )


def _facet(
    held: Held,
    strata: Strata,
    facet: str,
    estimates: Estimates,
    known: FacetErrors | None,
    source: str,
) -> Iterator[WeightedShare]:
    values = held.answers[facet]
    place = strata.place
    shown = [estimates.get(Key(facet, value, MEASURE, place)) for value in values]
    summed = _summed(held, strata, facet, values, _design(held, place, facet, values))
    if isinstance(summed, Refused):
        for value in values:
            yield WeightedShare(facet, value, None, None, summed.reason)
        return
    # a facet of a place is corrected as a whole: where it is not, its weighted shares are not
    fits = all(before.correction != "none" for before in shown if before is not None)
    solved = _solved(summed, values, known if fits else None)
    plain = _plain(summed)
    said = COVERS.format(by=strata.by)
    people = round(float(strata.people.sum()))
    for n, (value, before) in enumerate(zip(values, shown, strict=True)):
        ends = solved[n] if solved else plain[n]
        if before is None or ends[2] - ends[1] > 4 * WIDEST:
            yield WeightedShare(facet, value, None, None, _WIDE)
            continue
        how: Correction = "none" if not solved else "gold" if source == "gold" else "calibration"
        if solved:
            told = Estimate(*ends, LEVEL, people, said + _CORRECTED, how, plain[n][0])
        else:
            told = Estimate(*ends, LEVEL, people, said + _UNCORRECTED)
        same = before.value if before.correction == how else None
        if how == "none" and before.correction != "none":
            same = before.counted
        yield WeightedShare(facet, value, told, same)


Ends = tuple[float, float, float]


def _solved(summed: Summed, values: Sequence[str], known: FacetErrors | None) -> list[Ends] | None:
    """Return corrected shares; None where the labeller is not known enough, or does not fit."""
    if known is None or not correctable(known, every=True):
        return None
    order = [values.index(value) for value in known.values]
    at, counts = np.array(order), symbol_counts(known.counts, 1)
    seen = Seen(summed.share[at][None], summed.size[at][None], summed.noise[np.ix_(at, at)][None])
    found = solve(seen, counts)
    if found.misfit[0] or np.sqrt(found.variance(counts)).max() > WIDEST:
        return None
    low, high = found.ends(counts)
    ends = list(zip(found.inside[0].tolist(), low[0].tolist(), high[0].tolist(), strict=True))
    back = {n: k for k, n in enumerate(order)}
    return [ends[back[n]] for n in range(len(values))]


def _plain(summed: Summed) -> list[Ends]:
    """Return shares as labelled."""
    share, size = np.clip(summed.share, 0, 1), summed.size
    noise = np.diagonal(summed.noise)
    low, high = shares.interval(share, share * (1 - share) / size, size, noise=noise)
    return list(zip(share.tolist(), low.tolist(), high.tolist(), strict=True))


def _design(held: Held, place: str, facet: str, values: Sequence[str]) -> Floats:
    """Return (K,) by what clustering by person multiplies the variance of the place's shares."""
    total = held.cells["place", (place, ALL, ALL), TOTAL, ALL]
    each = 1.0
    if total and total["group_messages"]:
        each = max(total["group_messages_squared"] / total["group_messages"], 1.0)
    found = np.full(len(values), each)
    for n, value in enumerate(values):
        cell = held.cells.get(("place", (place, ALL, ALL), facet, value))
        if cell and 0 < cell["messages"] < cell["group_messages"]:
            sums = {k: np.array([float(v)]) for k, v in cell.items() if v is not None}
            share, variance = shares.ratio_variance(sums)
            spread = share * (1 - share) / sums["group_messages"]
            if np.isfinite(variance[0]) and spread[0] > 0:
                found[n] = float(np.clip(variance[0] / spread[0], 1.0, each))
    return found


def _summed(
    held: Held, strata: Strata, facet: str, values: Sequence[str], design: Floats
) -> Summed | Refused:
    share, sampling = np.zeros(len(values)), np.zeros(len(values))
    noise = np.zeros((len(share), len(share)))
    for weight, groups in zip(strata.weight, strata.groups, strict=True):
        cells = [[held.noisy.get((strata.split, g, facet, v)) for v in values] for g in groups]
        rows = [[cell for cell in row if cell is not None] for row in cells]
        if any(len(row) < len(values) for row in rows):
            return Refused("a stratum's cells were not counted")
        whole, of_whole, each = (
            np.array([sum(float(row[0][name]) for row in rows)])
            for name in ("noisy_group_messages", "group_messages_noise", "messages_noise")
        )
        if whole[0] < CLEAR * of_whole[0] ** 0.5:
            return Refused(_WIDE)
        q = np.array([[cell["noisy_messages"] for cell in row] for row in rows]).sum(axis=0) / whole
        share += weight * q
        noise += weight**2 * noise_among(q[None], Noise(whole, each, of_whole, 0 * whole), 1)[0]
        sampling += weight**2 * design / whole
    return Summed(share, 1 / sampling, noise)
