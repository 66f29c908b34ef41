"""Choose strata of a place that stand out of the noise: by age band, and by gender if they do.

Which stands out of the noise is decided by the marks of the cells, thus by the table of people that
is not published, and by the size of the noise. A band that does not is merged with the next younger
one, for both genders; the youngest with what lies above it (``poststratify.collapse`` states the
rule). What was merged is said.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from uptake.catalog.strata import Population
from uptake.estimate.held import Cell, Group, Held
from uptake.estimate.noisy_gender import CLEAR
from uptake.estimate.poststratify import TOO_YOUNG
from uptake.estimate.refusal import Refused
from uptake.estimate.shares import Floats
from uptake.estimate.weighting import AGE, BOTH, MOST_UNKNOWN, SPLITS, UNKNOWN
from uptake.model.dimensions import ALL, TOTAL

Enough = Callable[[list[str]], bool]


@dataclass(frozen=True, slots=True)
class Strata:
    """H strata of a place.

    Attributes:
        place: ISO 3166-1 alpha-3.
        by: ``age band and gender`` or ``age band``.
        split: Of the cells.
        note: Which bands were merged, or why it is not by gender too.
        groups: The groups of cells of each stratum.
        weight: (H,) shares of the population.
        people: (H,) noisy numbers of people, one at least.
        left_out: Noisy number of people in no stratum.
    """

    place: str
    by: str
    split: str
    note: str
    groups: tuple[tuple[Group, ...], ...]
    weight: Floats
    people: Floats
    left_out: float


def strata_of(held: Held, lived: Population) -> Strata | Refused:
    """Return the finest strata that carry weights."""
    place = lived.place
    unknown = held.noisy.get(("place", (place, ALL, ALL), "gender", UNKNOWN))
    reason = "strata by age band and gender are too few people for the noise"
    if unknown and unknown["noisy_people"] > MOST_UNKNOWN * unknown["noisy_group_people"]:
        reason = "more than a third of the people have no known gender"
    else:
        both = _merged(held, lived, BOTH)
        if both is not None:
            return both
    by_age = _merged(held, lived, AGE)
    if by_age is None:
        return Refused("strata of the population are too few people for the noise")
    said = f"not by gender too: {reason}"
    note = f"{said}; {by_age.note}" if by_age.note else said
    return Strata(
        place, AGE, by_age.split, note, by_age.groups, by_age.weight, by_age.people,
        by_age.left_out,
    )  # fmt: skip


def _merged(held: Held, lived: Population, by: str) -> Strata | None:
    split, place = SPLITS[by], lived.place
    bands = [
        band
        for band in dict.fromkeys(band for band, _ in lived.people)
        if band not in TOO_YOUNG and any(n for (b, _), n in lived.people.items() if b == band)
    ]
    genders = tuple(dict.fromkeys(gender for _, gender in lived.people)) if by == BOTH else (ALL,)

    def groups(some: Sequence[str], gender: str) -> tuple[Group, ...]:
        return tuple((place, band, gender) for band in some)

    sets = merge(
        bands, lambda some: all(_stands_out(held, split, groups(some, g)) for g in genders)
    )
    if len(sets) < 2:
        return None  # one stratum weights nothing
    total = sum(n for (band, _), n in lived.people.items() if band in bands)
    chosen = [(some, gender) for some in sets for gender in genders]
    weight = [
        sum(n for (b, g), n in lived.people.items() if b in some and gender in (ALL, g)) / total
        for some, gender in chosen
    ]
    people = [_people(held, split, groups(some, gender)) for some, gender in chosen]
    everyone = held.noisy["place", (place, ALL, ALL), TOTAL, ALL]["noisy_group_people"]
    return Strata(
        place,
        by,
        split,
        "; ".join(f"{some[0]} to {some[-1]} are one band" for some in sets if len(some) > 1),
        tuple(groups(some, gender) for some, gender in chosen),
        np.array(weight),
        np.maximum(np.array(people), 1.0),
        max(float(everyone) - sum(people), 0.0),
    )


def merge(bands: Sequence[str], enough: Enough) -> list[list[str]]:
    """Return bands in sets of neighbours, youngest first, each of which is enough.

    >>> merge(["18-24", "25-34", "65+"], lambda some: "25-34" in some)
    [['18-24', '25-34', '65+']]
    >>> merge(["18-24", "25-34", "65+"], lambda some: some != ["65+"])
    [['18-24'], ['25-34', '65+']]
    """
    sets: list[list[str]] = []
    some: list[str] = []
    for band in reversed(bands):
        some = [band, *some]
        if enough(some):
            sets.insert(0, some)
            some = []
    if some and sets:
        sets[0] = [*some, *sets[0]]
    return sets


def _stands_out(held: Held, split: str, groups: Sequence[Group]) -> bool:
    """Return whether one of the groups is published and all together are far above their noise."""
    keys = [(split, group, TOTAL, ALL) for group in groups]
    if not any(held.cells.get(key) for key in keys):
        return False
    cells: list[Cell] = [held.noisy[key] for key in keys if key in held.noisy]
    messages = sum(cell["noisy_group_messages"] for cell in cells)
    noise = sum(cell["group_messages_noise"] for cell in cells)
    return bool(messages >= CLEAR * noise**0.5)


def _people(held: Held, split: str, groups: Sequence[Group]) -> float:
    keys = [(split, group, TOTAL, ALL) for group in groups]
    return float(sum(held.noisy[key]["noisy_group_people"] for key in keys if key in held.noisy))
