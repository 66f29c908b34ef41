"""Usage per head: the usage index, from counted shares and public population figures.

The index of a place is its share of usage over its share of the population aged 15 to 64; 1 is
the average of the places together. Population counts as known, so the interval is that of the
share of usage. Usage that could not be located either stays in the share's denominator (``all``)
or not (``located``); the two levels differ by one factor for all places (Anthropic Economic Index,
release of September 2025, keeps it; releases of 2026 do not).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from uptake.estimate import shares
from uptake.estimate.shares import LEVEL, Floats
from uptake.model.errors import UptakeError
from uptake.model.estimate import Estimate
from uptake.model.perhead import DENOMINATORS, Denominator, HeadRow, PerHead
from uptake.model.releasedcells import WITHHELD, ReleasedCells

FLOOR_CONVERSATIONS, FLOOR_PEOPLE = 200, 100
"""Fewest conversations (the floor of the Anthropic Economic Index) and people of an index."""

UNLOCATED = "unknown"

COVERS = (
    "sampling of people (users as clusters, 95%); not covered: error of the population figures, "
    "and people who use other assistants"
)


class NoPopulationError(UptakeError):
    """A place can not be set in relation to its population."""


@dataclass(frozen=True, slots=True)
class Population:
    """People of working age by place, from one source and for one year.

    Attributes:
        people: By ISO 3166-1 alpha-3 code.
        period: Year.
        source: Id of the source.
    """

    people: Mapping[str, int]
    period: str
    source: str

    def __post_init__(self) -> None:
        """Refuse a place that nobody lives in: nothing can be per head there."""
        for place, people in self.people.items():
            if people <= 0:
                raise NoPopulationError(
                    f"{self.source}: the working-age population of {place} in {self.period} is "
                    f"{people}; correct the table, or leave the place out of the region"
                )


def usage_index(usage: NDArray[Any], population: NDArray[Any], unlocated: float = 0.0) -> Floats:
    """Return each place's share of usage over its share of population.

    Args:
        usage: (P,) counts.
        population: (P,) people, above zero.
        unlocated: Usage without a place, to stay in the denominator; 0 leaves it out.

    >>> usage_index(np.array([30, 10]), np.array([10, 10])).tolist()
    [1.5, 0.5]
    """
    share = np.asarray(usage, dtype=np.float64) / (usage.sum() + unlocated)
    return np.asarray(share / (population / population.sum()))


def per_head(cells: ReleasedCells, population: Population) -> tuple[PerHead, ...]:
    """Return the usage index of each place, once for each treatment of un-located usage.

    Only places with a population figure take part, on both sides of the ratio; the others are
    named in ``left_out``. A withheld place takes no part either: shares are then of the others.
    """
    rows = _rows(cells)
    if not rows:
        return ()
    places = [place for place in population.people if rows.get(place)]
    absent = tuple(
        (place, "withheld" if place in rows else "no usage" if place in population.people
         else "no population figure")
        for place in dict.fromkeys([*population.people, *rows])
        if place != UNLOCATED and place not in places
    )  # fmt: skip
    if not places:
        return ()
    return tuple(_under(d, rows, places, population, absent) for d in DENOMINATORS)


def _rows(cells: ReleasedCells) -> dict[str, dict[str, float] | None]:
    """Return the sums behind each place's messages; None where withheld."""
    table = cells.table
    placed = table.filter(pc.equal(table["facet"], pa.scalar("place")))
    return {
        row["value"]: None if row["status"] == WITHHELD else row
        for row in placed.filter(pc.equal(placed["split"], pa.scalar(""))).to_pylist()
    }


def _under(
    denominator: Denominator,
    rows: Mapping[str, dict[str, float] | None],
    places: list[str],
    population: Population,
    absent: tuple[tuple[str, str], ...],
) -> PerHead:
    """Compute one treatment."""
    kept = {place: rows[place] for place in places}
    unlocated = rows.get(UNLOCATED)
    if denominator == "all" and unlocated:
        kept[UNLOCATED] = unlocated
    share, low, high = _shares([row for row in kept.values() if row])
    everybody = sum(population.people[place] for place in places)
    out = []
    for at, (place, row) in enumerate(kept.items()):
        assert row is not None  # noqa: S101 (withheld ones are not among the kept)
        people, conversations = int(row["people"]), int(row["conversations"])
        estimate = Estimate(share[at], low[at], high[at], LEVEL, people, COVERS)
        factor = everybody / population.people[place] if place != UNLOCATED else 0.0
        enough = people >= FLOOR_PEOPLE and conversations >= FLOOR_CONVERSATIONS and factor > 0
        index = (
            Estimate(share[at] * factor, low[at] * factor, high[at] * factor, LEVEL, people, COVERS)
            if enough
            else None
        )
        people_of_age = population.people.get(place, 0)
        out.append(HeadRow(place, estimate, index, people_of_age, people, conversations))
    floor = (FLOOR_CONVERSATIONS, FLOOR_PEOPLE)
    return PerHead(denominator, floor, population.period, population.source, tuple(out), absent)


def _shares(rows: list[dict[str, float]]) -> tuple[list[float], list[float], list[float]]:
    """Return each row's share of the rows' messages, with a user-clustered interval.

    The places' people are disjoint but for those who moved within the period, so that the sums of
    squares over people of several places add up.
    """
    y = np.array([row["messages"] for row in rows], dtype=np.float64)
    squares = np.array([row["messages_squared"] for row in rows], dtype=np.float64)
    people = np.array([row["people"] for row in rows], dtype=np.float64)
    sums = {
        "messages": y,
        "messages_squared": squares,
        "messages_cross": squares,
        "group_messages": np.full_like(y, y.sum()),
        "group_messages_squared": np.full_like(y, squares.sum()),
        "group_people": np.full_like(y, people.sum()),
    }
    share, variance = shares.ratio_variance(sums)
    low, high = shares.interval(share, variance, shares.effective_people(sums))
    return share.tolist(), low.tolist(), high.tolist()
