"""Correct shares of messages of a release with noise for the labeller's errors."""

from collections.abc import Mapping, Sequence
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
        banded = np.isfinite(sums["noisy_low"][every]).all(axis=1)
        for some, bands in ((every[banded], SIZE), (every[~banded], 1)):
            for begin in range(0, len(some), CHUNK):
                _facet(some[begin : begin + CHUNK], bands, sums, measured, known, out)
    return out


def _facet(
    rows: Rows,
    bands: int,
    sums: Mapping[str, Floats],
    measured: Measured,
    known: FacetErrors,
    out: Ends,
) -> None:
    rows = rows[np.isfinite(measured.share[rows]).any(axis=1)]
    thick, by_band = thick_counts(known)
    if not correctable(known) or not len(rows):
        return
    counts = confusions(by_band, bands)
    found, kept = seen(rows, bands, sums, measured, thick)
    solved = solve(found, counts)
    low, high = solved.ends(counts)
    error = np.sqrt(solved.variance(counts))
    told = error.max(axis=1) <= WIDEST
    rows, kept, strange = rows[told], kept[told], solved.misfit[told, None]
    into = rows[:, thick]
    published = np.isfinite(measured.share[into])
    share, low, high = (
        np.where(published, part[told] * kept[:, None], np.nan)
        for part in (solved.inside, low, high)
    )
    # As in ``correction``: where the messages can not be confused as those of the calibration are,
    # the share stays as labelled, and its interval holds what the calibration would make of it.
    plain = np.where(published, measured.share[into], np.nan)
    under, over = measured.ends(into)
    out.share[into] = np.where(strange, plain, share)
    out.low[into] = np.where(strange, np.fmin(low, under), low)
    out.high[into] = np.where(strange, np.fmax(high, over), high)


def correctable(known: FacetErrors, *, every: bool = False) -> bool:
    """Return whether a facet, or ``every`` value of it, has calibration messages enough."""
    thick, _ = thick_counts(known)
    return bool(thick.all() if every else thick.sum() >= 2) and len(thick) <= MOST_BANDED


def confusions(counts: NDArray[Any], bands: int) -> Floats:
    """Return (K, K x bands) calibration messages of (K, K x SIZE): of values where one is told."""
    values = len(counts)
    if bands == 1:
        counts = counts.reshape(values, values, -1).sum(axis=2)
    return np.asarray(counts, dtype=np.float64)


def seen(
    rows: Rows,
    bands: int,
    sums: Mapping[str, Floats],
    measured: Measured,
    thick: NDArray[np.bool_],
) -> tuple[Seen, Floats]:
    """Lay out what groups show of their symbols, values with a thin calibration left out.

    Symbols are values, or values x bands of sureness where those are told.

    Args:
        rows: (G, K) numbers of the rows of each group.
        bands: ``SIZE`` or 1.
        sums: Of all rows.
        measured: Shares and variances as labelled; a withheld value has its group's.
        thick: (K,) which values have calibration enough.

    Returns:
        The symbols' shares, and (G,) the share of messages that they are shares of.
    """
    whole = sums["noisy_group_messages"][rows[:, 0]]
    parts = [] if bands == 1 else [sums["noisy_low"][rows], sums["noisy_middle"][rows]]
    parts.append(sums["noisy_messages"][rows] - sum(parts))
    share = (np.stack(parts, axis=2) / whole[:, None, None]).reshape(len(rows), -1)
    noise = noise_of(rows, bands, sums, share)
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


def noise_of(rows: Rows, bands: int, sums: Mapping[str, Floats], share: Floats) -> Floats:
    """Return (G, S, S) the covariance of the noise in shares of symbols that add up to one.

    The symbols of a group carry the same noise v, and were made to add up to a whole with noise w:
    v (I - J / S) + w (1 / S - q)(1 / S - q)', over the square of the whole.
    """
    first = rows[:, 0]
    return noise_among(
        share,
        bands,
        sums["noisy_group_messages"][first],
        sums["messages_noise"][first],
        sums["group_messages_noise"][first],
    )


def noise_among(
    share: Floats, bands: int, whole: Floats, noise: Floats, of_whole: Floats
) -> Floats:
    """Return the same of (G, S) shares, (G,) messages, and variances of a value's and of theirs."""
    symbols = share.shape[1]
    part = bands / symbols
    each = (noise - part**2 * of_whole) / (bands * (1 - part))
    away = 1 / symbols - share
    outer = away[:, :, None] * away[:, None, :]
    even = np.eye(symbols) - 1 / symbols
    total = each[:, None, None] * even + of_whole[:, None, None] * outer
    return np.asarray(total / (whole**2)[:, None, None])


def parts_of(cells: Sequence[Mapping[str, Any]]) -> Floats:
    """Return (K,) noisy messages of a group's values, or (K x SIZE,) where bands are told."""
    names = ("noisy_low", "noisy_middle", "noisy_messages")
    if any(cell["noisy_low"] is None for cell in cells):
        return np.array([float(cell["noisy_messages"]) for cell in cells])
    low, middle, whole = (np.array([float(cell[name]) for cell in cells]) for name in names)
    return np.stack([low, middle, whole - low - middle], axis=1).ravel()


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

    Also returns the (K, S) calibration messages that it was solved by.

    Args:
        rows: (2, K), the earlier one first.
        sums: Of all rows.
        measured: Their shares as labelled.
        known: How the labeller errs; of all its values enough is known.
    """
    thick, by_band = thick_counts(known)
    if not correctable(known, every=True):
        return None
    bands = SIZE if np.isfinite(sums["noisy_low"][rows]).all() else 1
    counts = confusions(by_band, bands)
    found, _ = seen(rows, bands, sums, measured, thick)
    solved = solve(found, counts)
    error = np.sqrt(solved.variance(counts))
    return None if solved.misfit.any() or error.max() > WIDEST else (solved, counts)
