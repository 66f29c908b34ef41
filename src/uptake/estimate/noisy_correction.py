"""Correct shares of messages of a release with noise for the labeller's errors."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from uptake.estimate import prior_shift
from uptake.estimate.correction import MOST_BANDED, Ends, Measured, grid, thick_counts
from uptake.estimate.least_squares import Seen, Solved, solve
from uptake.estimate.prior_shift import Floats
from uptake.model.calibration import SIZE, FacetErrors

WIDEST = 0.125
"""Largest standard error of a corrected share: where all it says is that a share is some or most,
the share stays as labelled."""

CHUNK = 1_024

Rows = NDArray[np.intp]


def with_noise(sums: Mapping[str, Floats]) -> bool:
    """Return whether cells hold noisy sums."""
    return bool(np.isfinite(sums["noisy_group_messages"]).any())


def corrected(
    table: pa.Table,
    sums: Mapping[str, Floats],
    measured: Measured,
    facets: Mapping[str, FacetErrors],
) -> Ends:
    """Correct the rows of these facets.

    Withheld values enter with their noisy sums, so that a group's symbols add up to one, and are
    not among the results.

    Args:
        table: R released cells; the values of a facet in one group stand side by side.
        sums: Their sums by name, (R,) each.
        measured: Their shares as labelled.
        facets: How the labeller errs.
    """
    out = Ends(*(np.full(len(measured.share), np.nan) for _ in range(3)))
    for name, known in facets.items():
        every = grid(table, name, known.values)
        sure = np.isfinite(sums["band_noise"][every]).all(axis=1)
        # bands tell whether the labeller errs here as it did in the calibration: of the region
        fits = _facet(every[sure], sums, measured, known, out)
        rest = every[~sure] if fits else every[:0]
        for begin in range(0, len(rest), CHUNK):
            _facet(rest[begin : begin + CHUNK], sums, measured, known, out)
    return out


def _facet(
    rows: Rows, sums: Mapping[str, Floats], measured: Measured, known: FacetErrors, out: Ends
) -> bool:
    """Correct groups into ``out``; return whether most of them fit."""
    rows = rows[np.isfinite(measured.share[rows]).any(axis=1)]
    thick, counts = thick_counts(known)
    if not correctable(known) or not len(rows):
        return True
    found, kept = seen(rows, sums, measured, thick)
    known_counts = symbol_counts(counts, SIZE if banded(sums, rows) else 1)
    solved = solve(found, known_counts)
    low, high = solved.ends(known_counts)
    error = np.sqrt(solved.variance(known_counts))
    # Where the messages can not be confused as those of the calibration are, the share stays as
    # labelled. What the calibration would make of it is no bound of anything there: without bounds
    # on the shares that are solved for, it may be far off.
    told = (error.max(axis=1) <= WIDEST) & ~solved.misfit
    rows, kept = rows[told], kept[told]
    into = rows[:, thick]
    published = np.isfinite(measured.share[into])
    for made, part in zip((out.share, out.low, out.high), (solved.inside, low, high), strict=True):
        made[into] = np.where(published, part[told] * kept[:, None], np.nan)
    return bool(solved.misfit.mean() <= 1 / 2)


def correctable(known: FacetErrors, *, every: bool = False) -> bool:
    """Return whether a facet, or ``every`` value of it, has calibration messages enough."""
    thick, _ = thick_counts(known)
    return bool(thick.all() if every else thick.sum() >= 2) and len(thick) <= MOST_BANDED


def seen(
    rows: Rows, sums: Mapping[str, Floats], measured: Measured, thick: NDArray[np.bool_]
) -> tuple[Seen, Floats]:
    """Lay out what groups show of their symbols, values with a thin calibration left out.

    Symbols are values, by the band of their probability where the release tells it.

    Args:
        rows: (G, K) numbers of the rows of each group.
        sums: Of all rows.
        measured: Shares and variances as labelled; a withheld value has its group's.
        thick: (K,) which values have calibration enough.

    Returns:
        The symbols' shares, and (G,) the share of messages that they are shares of.
    """
    whole = sums["noisy_group_messages"][rows[:, 0]]
    bands = SIZE if banded(sums, rows) else 1
    parts = [sums["noisy_messages"][rows]]
    if bands == SIZE:
        low, middle = sums["noisy_low"][rows], sums["noisy_middle"][rows]
        parts = [low, middle, parts[0] - low - middle]
    share = (np.stack(parts, axis=2) / whole[:, None, None]).reshape(len(rows), -1)
    first = rows[:, 0]
    names = ("noisy_group_messages", "messages_noise", "group_messages_noise", "band_noise")
    noise = noise_among(share, Noise(*(sums[name][first] for name in names)), bands)
    size = np.repeat(_size(rows, measured), bands, axis=1)
    part = np.repeat(thick, bands)
    kept = np.maximum(share[:, part].sum(axis=1), 1e-6)
    if thick.all():
        return Seen(share, size, noise), kept
    inner = share[:, part] / kept[:, None]
    count = inner.shape[1]
    # by linearisation of s / sum of s
    turn = (np.eye(count) - inner[:, :, None]) / kept[:, None, None]
    noise = turn @ noise[:, part][:, :, part] @ np.swapaxes(turn, 1, 2)
    return Seen(inner, size[:, part] * kept[:, None], noise), kept


def banded(sums: Mapping[str, Floats], rows: Rows) -> bool:
    """Return whether a release tells of these groups how surely messages were labelled."""
    return bool(np.isfinite(sums["band_noise"][rows]).all())


@dataclass(frozen=True, slots=True)
class Noise:
    """The noise in the counts of G groups.

    Attributes:
        whole: (G,) messages.
        value: (G,) variance of the noise in the messages of each value.
        of_whole: (G,) of that in all of them, to which the values add up.
        band: (G,) of that in a band of a value, before bands were made to add up to it.
    """

    whole: Floats
    value: Floats
    of_whole: Floats
    band: Floats


def noise_among(share: Floats, noise: Noise, bands: int) -> Floats:
    """Return (G, S, S) the covariance of the noise in shares of symbols that add up to one.

    The K values carry the same noise v and were made to add up to a whole with noise w, and the B
    bands of a value, of noise u, to the value: over the square of the whole,
    u I x (I - J / B) + v (I - J / K) x J / B^2 + w (1 / S - q)(1 / S - q)'.
    """
    symbols = share.shape[1]
    values = symbols // bands
    before = (noise.value - noise.of_whole / values**2) / (1 - 1 / values)
    away = 1 / symbols - share
    total = noise.of_whole[:, None, None] * away[:, :, None] * away[:, None, :]
    even = np.eye(values) - 1 / values
    total += before[:, None, None] * np.kron(even, np.full((bands, bands), 1 / bands**2))
    if bands > 1:
        within = np.kron(np.eye(values), np.eye(bands) - 1 / bands)
        total += noise.band[:, None, None] * within
    return np.asarray(total / (noise.whole**2)[:, None, None])


def symbol_counts(counts: NDArray[np.integer[Any]], bands: int) -> Floats:
    """Return (K, K x bands) calibration counts of K values by as many symbols as are told."""
    found = np.asarray(counts, dtype=np.float64).reshape(len(counts), len(counts), -1)
    return found.sum(axis=2) if bands == 1 else found.reshape(len(counts), -1)


def _size(rows: Rows, measured: Measured) -> Floats:
    """Return (G, K) effective numbers of messages, as sampling alone makes them."""
    share, variance = measured.share[rows], measured.variance[rows]
    quantile = np.where(np.isfinite(share), measured.quantile[rows], np.inf).min(axis=1)
    each, whole = prior_shift.effective_messages(share, variance, quantile)
    return np.where(np.isfinite(share), each, whole[:, None])


def solved_pair(
    rows: Rows, sums: Mapping[str, Floats], measured: Measured, known: FacetErrors
) -> tuple[Solved, Floats] | None:
    """Solve two groups for a difference of their shares; None where that says too little.

    Args:
        rows: (2, K), the earlier one first.
        sums: Of all rows.
        measured: Their shares as labelled.
        known: How the labeller errs; of all its values enough is known.

    Returns:
        The solution, and the calibration counts by the symbols that it was made from.
    """
    if not correctable(known, every=True):
        return None
    thick, counts = thick_counts(known)
    told = symbol_counts(counts, SIZE if banded(sums, rows) else 1)
    found, _ = seen(rows, sums, measured, thick)
    solved = solve(found, told)
    error = np.sqrt(solved.variance(told))
    return None if solved.misfit.any() or error.max() > WIDEST else (solved, told)
