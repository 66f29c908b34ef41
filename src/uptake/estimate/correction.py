"""Correct the shares of a release for the labeller's errors, a facet at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from uptake.estimate import prior_shift
from uptake.estimate.prior_shift import Floats, Observed
from uptake.model.calibration import SIZE, FacetErrors

FEWEST = 100
"""Fewest effective messages of a group whose shares are corrected: in smaller ones the intervals of
small shares hold the truth too seldom, and shares stay as labelled."""

MOST_HIDDEN = 0.1
"""Largest share of a group's messages whose values are withheld; with more of them hidden the
others can not be told apart either."""

THIN = 20
"""Fewest calibration messages of a true value; one with fewer stays as it was counted."""

CHUNK = 2_048
"""Groups corrected at a time: their draws are held at once."""

MOST_BANDED = 10
"""A facet of more values has too few calibration messages to tell their bands apart."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure of R rows before correction.

    Attributes:
        share: (R,) NaN where withheld.
        variance: (R,) user-clustered, NaN where withheld or unknown.
        quantile: (R,) of Student's t at the row's clusters over that of the normal distribution.
        bands: (R, SIZE) how a row's share splits by the band of the stored probability, rows sum
            to one.
        interval: (R, 2) ends of the share's interval as labelled.
    """

    share: Floats
    variance: Floats
    quantile: Floats
    bands: Floats
    interval: Floats

    def ends(self, rows: NDArray[np.intp]) -> tuple[Floats, Floats]:
        """Return the ends of rows' intervals as labelled."""
        return self.interval[rows, 0], self.interval[rows, 1]


@dataclass(frozen=True, slots=True)
class Ends:
    """Corrected figures of R rows; NaN where there is no correction."""

    share: Floats
    low: Floats
    high: Floats


def corrected(
    table: pa.Table, measured: Sequence[Measured], facets: Mapping[str, FacetErrors], seed: int
) -> list[Ends]:
    """Correct the rows of these facets, each measure of them.

    Args:
        table: R released cells; the values of a facet in one group stand side by side.
        measured: Measures of their shares as labelled; all are corrected with the same draws of
            the calibration.
        facets: How the labeller errs.
        seed: Of the draws: one figure must not depend on which others there are, so each facet
            draws by itself.

    Returns:
        Figures of each measure.
    """
    rows = table.num_rows
    both = Measured(
        *(
            np.concatenate([getattr(one, name) for one in measured])
            for name in ("share", "variance", "quantile", "bands", "interval")
        )
    )
    out = Ends(*(np.full(len(both.share), np.nan) for _ in range(3)))
    for name, known in facets.items():
        groups = grid(table, name, known.values)
        every = np.concatenate([groups + rows * number for number in range(len(measured))])
        for begin in range(0, len(every), CHUNK):
            _facet(every[begin : begin + CHUNK], both, known, seed, out)
    ends = range(0, len(both.share), rows) if rows else ()
    return [
        Ends(*(part[first : first + rows] for part in (out.share, out.low, out.high)))
        for first in ends
    ] or [out] * len(measured)


def grid(table: pa.Table, name: str, values: tuple[str, ...]) -> NDArray[np.intp]:
    """Return the numbers of a facet's rows: (groups, values)."""
    at = np.flatnonzero(pc.equal(table["facet"], pa.scalar(name)).to_numpy(zero_copy_only=False))
    if not len(at):
        return np.zeros((0, len(values)), dtype=np.intp)
    if len(at) % len(values):
        raise ValueError(f"the groups of facet {name} do not have {len(values)} values each")
    listed = table["value"].to_pylist()
    met = [listed[row] for row in at[: len(values)]]
    order = [met.index(value) for value in values]
    return np.asarray(at.reshape(-1, len(values))[:, order])


def _facet(
    rows: NDArray[np.intp], measured: Measured, known: FacetErrors, seed: int, out: Ends
) -> None:
    """Correct one chunk of groups; values with a thin calibration keep what was counted."""
    thick, counts = thick_counts(known)
    share = measured.share[rows]
    usable = np.isfinite(share).any(axis=1) & (np.nansum(share, axis=1) > 0)
    if thick.sum() < 2 or not usable.any():
        return
    rows = rows[usable]
    observed, kept = observe(rows, measured, thick)
    enough = (observed.of_rest >= FEWEST) & (
        ~observed.hidden.any(axis=1) | (observed.rest <= MOST_HIDDEN)
    )
    if not enough.any():
        return
    rows, kept = rows[enough], kept[enough]
    observed = Observed(
        observed.share[enough],
        observed.hidden[enough],
        observed.size[enough],
        observed.of_rest[enough],
    )
    rng = np.random.default_rng(seed)
    known_errors = prior_shift.errors(counts, rng)
    found = prior_shift.correct(observed, known_errors, rng)
    strange = prior_shift.misfits(observed, known_errors.rates, found.share)[:, None]
    into = rows[:, thick]
    published = np.isfinite(measured.share[into])
    for target, values in zip(
        (out.share, out.low, out.high), (found.share, found.low, found.high), strict=True
    ):
        target[into] = np.where(published, values * kept[:, None], np.nan)
    # Where the messages can not be confused as those of the calibration are, the share stays as
    # labelled, and its interval holds what the calibration would make of it, too.
    counted = np.where(strange & published, measured.share[into], np.nan)
    low, high = measured.ends(into)
    out.share[into] = np.where(np.isnan(counted), out.share[into], counted)
    out.low[into] = np.fmin(out.low[into], np.where(np.isnan(counted), np.nan, low))
    out.high[into] = np.fmax(out.high[into], np.where(np.isnan(counted), np.nan, high))


def thick_counts(known: FacetErrors) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Return which values have calibration enough, and the counts among them.

    Returns:
        (K,) bool; (T, T * SIZE) counts of the T values that do, or (T, T) where bands are not
            told apart.
    """
    thick = known.counts.sum(axis=1) >= THIN
    counts = known.counts.reshape(len(thick), len(thick), SIZE)[np.ix_(thick, thick)]
    if len(thick) > MOST_BANDED:
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
    # A withheld value has no clusters of its own; the group's are those of any published one.
    quantile = np.where(np.isfinite(share), measured.quantile[rows], np.inf).min(axis=1)
    each, whole = prior_shift.effective_messages(share, variance, quantile)
    hidden = ~np.isfinite(share)
    kept = 1 - np.where(hidden | thick, 0, share).sum(axis=1)
    part = np.where(hidden, 0, share)[:, thick] / np.maximum(kept, 1e-12)[:, None]
    hide, size = hidden[:, thick], np.maximum(each[:, thick] * kept[:, None], 1.0)
    if len(thick) <= MOST_BANDED:
        split = np.nan_to_num(measured.bands[rows[:, thick]])
        part = (part[:, :, None] * split).reshape(len(rows), -1)
        hide, size = np.repeat(hide, SIZE, axis=1), np.repeat(size, SIZE, axis=1)
    return Observed(part, hide, size, np.maximum(whole * kept, 1.0)), kept
