"""Usage per head: the usage index, from counted shares and public population figures.

The index of a place is its share of usage over its share of the population aged 15 to 64; 1 is
the average of the places together. Population counts as known, so the interval is that of the
share of usage. Usage that could not be located either stays in the share's denominator (``all``)
or not (``located``); the two levels differ by one factor for all places (Anthropic Economic Index,
release of September 2025, keeps it; releases of 2026 do not).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from uptake.estimate import shares
from uptake.estimate.shares import LEVEL, Floats, Z
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


def usage_index(usage: NDArray[Any], population: NDArray[Any], unlocated: float = 0.0) -> Floats:
    """Return each place's share of usage over its share of population.

    Args:
        usage: (P,) counts.
        population: (P,) people, above zero.
        unlocated: Usage without a place, to stay in the denominator; 0 leaves it out.

    Raises:
        ValueError: A place has no people: nothing can be per head there.

    >>> usage_index(np.array([30, 10]), np.array([10, 10])).tolist()
    [1.5, 0.5]
    """
    if (np.asarray(population) <= 0).any():
        raise ValueError("each place's population is above zero; leave out a place without people")
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
    places = [place for place, n in population.people.items() if n > 0 and rows.get(place)]
    listed = dict.fromkeys([*population.people, *rows])
    absent = tuple(
        (place, _why_absent(place, rows, population))
        for place in listed
        if place != UNLOCATED and place not in places
    )
    if len(places) < 2:
        return ()  # a place against itself says nothing
    return tuple(_under(d, rows, places, population, absent) for d in DENOMINATORS)


def _why_absent(place: str, rows: Mapping[str, object], population: Population) -> str:
    people = population.people.get(place)
    if people is None:
        return "no population figure"
    if people <= 0:
        return f"its working-age population is {people} in {population.source}"
    return "withheld" if place in rows else "no usage"


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
    kept = {place: row for place in places if (row := rows[place])}
    unlocated = rows.get(UNLOCATED)
    floor = (FLOOR_CONVERSATIONS, FLOOR_PEOPLE)
    if denominator == "all" and UNLOCATED in rows and unlocated is None:
        # Left out in silence it would make of ``all`` what ``located`` is.
        absent = (*absent, (UNLOCATED, "withheld, and with it all that it is a part of"))
        return PerHead(denominator, floor, population.period, population.source, (), (), absent)
    if denominator == "all" and unlocated:
        kept[UNLOCATED] = unlocated
    shown = _shares(list(kept.values()))
    everybody = sum(population.people[place] for place in places)
    out = []
    for (place, row), share in zip(kept.items(), shown, strict=True):
        live = population.people.get(place, 0)
        index = _times(share, everybody / live) if live and _enough(row) else None
        out.append(HeadRow(place, share, index, live, *_behind(row)))
    if denominator == "located" and unlocated:
        out.append(HeadRow(UNLOCATED, None, None, 0, *_behind(unlocated)))
    return PerHead(
        denominator,
        floor,
        population.period,
        population.source,
        tuple(out),
        _ratios({p: kept[p] for p in places if _enough(kept[p])}, population),
        absent,
    )


def _behind(row: Mapping[str, Any]) -> tuple[int, int | None]:
    conversations = row["conversations"]
    return int(row["people"]), None if conversations is None else int(conversations)


def _enough(row: Mapping[str, Any]) -> bool:
    """Return whether enough stands behind a place; a release with noise counts no conversations."""
    conversations = row["conversations"]
    many = conversations is None or conversations >= FLOOR_CONVERSATIONS
    return row["people"] >= FLOOR_PEOPLE and many


def _times(share: Estimate, factor: float) -> Estimate:
    ends = (share.value * factor, share.low * factor, share.high * factor)
    return Estimate(*ends, share.level, share.n, share.covers)


def _shares(rows: list[dict[str, float]]) -> list[Estimate]:
    """Return each row's share of the rows' messages, with a user-clustered interval.

    The places' people are disjoint but for those who moved within the period, so that the sums of
    squares over people of several places add up.
    """
    y = np.array([row["messages"] for row in rows], dtype=np.float64)
    squares = np.array([row["messages_squared"] for row in rows], dtype=np.float64)
    noise = _noise_of(rows)
    sums = {
        "messages": y,
        "messages_squared": squares,
        "messages_cross": squares,
        "group_messages": np.full_like(y, y.sum()),
        "group_messages_squared": np.full_like(y, squares.sum()),
        "messages_noise": noise,
        "cross_noise": noise,
        "group_messages_noise": np.full_like(y, noise.sum()),
    }
    share, variance = shares.ratio_variance(sums)
    people, added = shares.effective_people(sums), shares.message_noise(sums, share)
    low, high = shares.interval(share, variance, people, noise=added)
    ends = zip(share.tolist(), low.tolist(), high.tolist(), strict=True)
    return [
        Estimate(*found, LEVEL, int(row["people"]), _covers(noise))
        for found, row in zip(ends, rows, strict=True)
    ]


def _covers(noise: Floats) -> str:
    return f"the noise of the release and {COVERS}" if noise.any() else COVERS


def _noise_of(rows: list[dict[str, float]]) -> Floats:
    """Return the variance of the noise in each place's messages, taken as independent.

    Places that were made to add up to the region covary below zero, by less than their noise over
    their number: what is taken out of them together is taken out of the share's denominator too.
    """
    return np.array([row["messages_noise"] or 0.0 for row in rows], dtype=np.float64)


def _ratios(
    rows: Mapping[str, dict[str, float]], population: Population
) -> tuple[tuple[str, str, Estimate], ...]:
    """Return by how many times usage per head differs between any two places.

    The interval is symmetric in the logarithm (Katz et al., Biometrics 34, 1978), with the variance
    of a total over people, sum Y^2 / (sum Y)^2, of each place, and Student's t.
    """
    found: list[tuple[str, str, Estimate]] = []
    relative = {p: r["messages_squared"] / r["messages"] ** 2 for p, r in rows.items()}
    noise = {p: (r["messages_noise"] or 0.0) / r["messages"] ** 2 for p, r in rows.items()}
    for one in rows:
        for other in rows:
            if one == other:
                continue
            heads = population.people[other] / population.people[one]
            ratio = rows[one]["messages"] / rows[other]["messages"] * heads
            variance = relative[one] + relative[other]
            # Satterthwaite's degrees of freedom of a sum of two estimated variances.
            freedom = variance**2 / (relative[one] ** 3 + relative[other] ** 3)
            wide = variance * float(shares.widening(np.array([freedom]))[0]) ** 2
            half = Z * (wide + noise[one] + noise[other]) ** 0.5
            n = int(rows[one]["people"] + rows[other]["people"])
            ends = (ratio, ratio * math.exp(-half), ratio * math.exp(half))
            said = _covers(np.array([noise[one], noise[other]]))
            found.append((one, other, Estimate(*ends, LEVEL, n, said)))
    return tuple(found)
