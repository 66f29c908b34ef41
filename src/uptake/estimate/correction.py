"""Correct the shares of a release for the labeller's errors, a facet at a time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from uptake.estimate import prior_shift
from uptake.estimate.prior_shift import Floats, Observed
from uptake.model.calibration import SIZE, FacetErrors

THIN = 20
"""Fewest calibration messages of a true value; one with fewer stays as it was counted."""

CHUNK = 256
"""Groups corrected at a time: their draws are held at once."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure of R rows before correction.

    Attributes:
        share: (R,) NaN where withheld.
        variance: (R,) user-clustered, NaN where withheld or unknown.
        quantile: (R,) of Student's t at the row's clusters over that of the normal distribution.
        bands: (R, SIZE) how a row's share splits by the band of the stored probability, rows sum
            to one; None where that was not counted.
    """

    share: Floats
    variance: Floats
    quantile: Floats
    bands: Floats | None = None


@dataclass(frozen=True, slots=True)
class Ends:
    """Corrected figures of R rows; NaN where there is no correction."""

    share: Floats
    low: Floats
    high: Floats


def corrected(
    table: pa.Table, measured: Measured, facets: Mapping[str, FacetErrors], seed: int
) -> Ends:
    """Correct the rows of these facets.

    Args:
        table: R released cells; the values of a facet in one group stand side by side.
        measured: Their shares as labelled.
        facets: How the labeller errs.
        seed: Of the draws: one figure must not depend on which others there are, so each facet
            draws by itself.
    """
    out = Ends(*(np.full(table.num_rows, np.nan) for _ in range(3)))
    for name, known in facets.items():
        for rows in _grids(table, name, known.values):
            _facet(rows, measured, known, seed, out)
    return out


def _grids(table: pa.Table, name: str, values: tuple[str, ...]) -> Iterator[NDArray[np.intp]]:
    """Yield the numbers of a facet's rows as (groups, values), a chunk of groups at a time."""
    at = np.flatnonzero(pc.equal(table["facet"], pa.scalar(name)).to_numpy(zero_copy_only=False))
    if not len(at):
        return
    if len(at) % len(values):
        raise ValueError(f"the groups of facet {name} do not have {len(values)} values each")
    listed = table["value"].to_pylist()
    met = [listed[row] for row in at[: len(values)]]
    order = [met.index(value) for value in values]
    grid = at.reshape(-1, len(values))[:, order]
    for begin in range(0, len(grid), CHUNK):
        yield grid[begin : begin + CHUNK]


def _facet(
    rows: NDArray[np.intp], measured: Measured, known: FacetErrors, seed: int, out: Ends
) -> None:
    """Correct one chunk of groups; values with a thin calibration keep what was counted."""
    thick, counts = thick_counts(known, measured.bands is not None)
    share = measured.share[rows]
    usable = np.isfinite(share).any(axis=1) & (np.nansum(share, axis=1) > 0)
    if thick.sum() < 2 or not usable.any():
        return
    rows = rows[usable]
    observed, kept = observe(rows, measured, thick)
    rng = np.random.default_rng(seed)
    found = prior_shift.correct(observed, prior_shift.errors(counts, rng), rng)
    into = rows[:, thick]
    published = np.isfinite(measured.share[into])
    for target, values in zip(
        (out.share, out.low, out.high), (found.share, found.low, found.high), strict=True
    ):
        target[into] = np.where(published, values * kept[:, None], np.nan)


def thick_counts(known: FacetErrors, banded: bool) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Return which values have calibration enough, and the counts among them.

    Returns:
        (K,) bool; (T, T * SIZE) counts of the T values that do, or (T, T) without bands.
    """
    thick = known.counts.sum(axis=1) >= THIN
    counts = known.counts.reshape(len(thick), len(thick), SIZE)[np.ix_(thick, thick)]
    if not banded:
        counts = counts.sum(axis=2, keepdims=True)
    return thick, counts.reshape(int(thick.sum()), -1)


def observe(
    rows: NDArray[np.intp], measured: Measured, thick: NDArray[np.bool_]
) -> tuple[Observed, Floats]:
    """Lay out what groups show of their symbols, values with a thin calibration left out.

    Returns:
        The symbols' shares, and (G,) the share of messages that they are shares of.
    """
    share, variance = measured.share[rows], measured.variance[rows]
    size = prior_shift.effective_messages(share, variance, measured.quantile[rows[:, 0]])
    hidden = ~np.isfinite(share)
    kept = 1 - np.where(hidden | thick, 0, share).sum(axis=1)
    part = np.where(hidden, 0, share)[:, thick] / np.maximum(kept, 1e-12)[:, None]
    hide = hidden[:, thick]
    if measured.bands is not None:
        split = np.nan_to_num(measured.bands[rows[:, thick]])
        part = (part[:, :, None] * split).reshape(len(rows), -1)
        hide = np.repeat(hide, SIZE, axis=1)
    return Observed(part, hide, np.maximum(size * kept, 1.0)), kept
