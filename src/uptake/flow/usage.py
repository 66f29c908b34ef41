"""Labels to estimates: what the door lets through, and nothing else, goes on from here."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from uptake.estimate import estimate
from uptake.model.estimate import Estimates
from uptake.model.releasedcells import ReleasedCells
from uptake.protect import Thresholds, protect
from uptake.tally import Counts, Plan, tally


@dataclass(frozen=True, slots=True)
class Usage:
    """The usage figures of one release."""

    cells: ReleasedCells
    estimates: Estimates
    counts: Counts


def measure(
    parts: Sequence[Path], plan: Plan, *, mode: str, thresholds: Thresholds, threads: int
) -> Usage:
    """Carry stored labels through the door to estimates."""
    cells, counts = tally(parts, plan, threads=threads)
    # RawCells: exact, bounded; still inside
    released = protect(cells, mode=mode, thresholds=thresholds)
    # ReleasedCells: may be published
    return Usage(released, estimate(released), counts)
