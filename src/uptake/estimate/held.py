"""Look up what released cells hold, for figures that combine several of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from uptake.model.dimensions import ALL, KEYS, TOTAL
from uptake.model.releasedcells import WITHHELD, ReleasedCells

Cell = dict[str, Any]
Group = tuple[str, str, str]
"""Place, age band and gender."""


@dataclass(frozen=True, slots=True)
class Held:
    """Cells by split, group, facet and value.

    Attributes:
        cells: The sums of each cell; None where it is withheld.
        groups: The groups of each split, in order.
        floor: Fewest people of a published cell.
        answers: The values of each facet, in order.
        noisy: Sums of all cells of a release with noise, withheld ones too (``NOISY``).
    """

    cells: Mapping[tuple[str, Group, str, str], Cell | None]
    groups: Mapping[str, tuple[Group, ...]]
    floor: int
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    noisy: Mapping[tuple[str, Group, str, str], Cell] = field(default_factory=dict)

    def people(self, split: str, group: Group, facet: str = TOTAL, value: str = ALL) -> float:
        """Return the people of a cell: 0 where there is none, NaN where it is withheld."""
        key = (split, group, facet, value)
        if key not in self.cells:
            return 0.0
        cell = self.cells[key]
        return float(cell["people"]) if cell else float("nan")


def hold(cells: ReleasedCells, splits: Collection[str], facets: Collection[str]) -> Held:
    """Index the cells of some splits and facets; of the total of each group always."""
    table = cells.table
    chosen = pc.and_(
        pc.is_in(table["split"], pa.array(list(splits), pa.string())),
        pc.is_in(table["facet"], pa.array([TOTAL, *facets], pa.string())),
    )
    found: dict[tuple[str, Group, str, str], Cell | None] = {}
    noisy: dict[tuple[str, Group, str, str], Cell] = {}
    groups: dict[str, dict[Group, None]] = {}
    answers: dict[str, dict[str, None]] = {}
    for row in table.filter(chosen).to_pylist():
        group = (row["place"], row["age_band"], row["gender"])
        hidden = row["status"] == WITHHELD
        sums = {name: value for name, value in row.items() if name not in (*KEYS, "status")}
        key = (row["split"], group, row["facet"], row["value"])
        found[key] = None if hidden else sums
        if row["noisy_group_messages"] is not None:
            noisy[key] = sums
        groups.setdefault(row["split"], {})[group] = None
        answers.setdefault(row["facet"], {})[row["value"]] = None
    return Held(
        found,
        {split: tuple(held) for split, held in groups.items()},
        cells.min_people,
        {name: tuple(values) for name, values in answers.items()},
        noisy,
    )
