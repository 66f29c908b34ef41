"""The joint tables of a private release: their public key space, and exact vectors over it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

PRESENT = "present"
"""The facet with one value: the person wrote something."""

BANDS = 3
"""Bands of the labeller's sureness, see ``labels.BANDS``."""

UNBANDED = ("language",)
"""Facets whose messages are not told apart by the labeller's sureness."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one person contributes to one month at most.

    Attributes:
        cells: Distinct cells of the people table, ``present`` included (M).
        messages: Messages of the message table (K).
    """

    cells: int
    messages: int

    def __post_init__(self) -> None:
        """Refuse bounds that leave nothing."""
        if self.cells < 2 or self.messages < 1:
            raise ValueError("a person counts in 2 cells and with 1 message at least")


@dataclass(frozen=True)
class KeySpace:
    """Every cell that a release of one month has, from public lists alone.

    A cell of the people table is a block (place, age band, gender) and a feature: ``present``, or
    a value of a facet. The message table's features are a value and a band of sureness. No data
    decides a key or its place.

    Attributes:
        places, age_bands, genders: Values, ``unknown`` among them; no band is under 18.
        facets: Values by facet.
        unlocated: Places whose people count as being at an unknown one.
    """

    places: tuple[str, ...]
    age_bands: tuple[str, ...]
    genders: tuple[str, ...]
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unlocated: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a list that names a value twice."""
        for name, values in {
            "places": self.places,
            "age_bands": self.age_bands,
            "genders": self.genders,
            **self.facets,
        }.items():
            if len(set(values)) != len(values) or not values:
                raise ValueError(f"the key space's {name} are empty or name a value twice")
        if set(self.unlocated) & set(self.places):
            raise ValueError("the key space has a place both of its own and as unknown")

    @property
    def blocks(self) -> int:
        """Return the number of (place, age band, gender)."""
        return len(self.places) * len(self.age_bands) * len(self.genders)

    @cached_property
    def people_features(self) -> tuple[tuple[str, str], ...]:
        """Return (facet, value) of a block's cells in the people table, in order."""
        listed = [(f, v) for f, values in self.facets.items() for v in values]
        return ((PRESENT, ""), *listed)

    @cached_property
    def message_features(self) -> tuple[tuple[str, str, int], ...]:
        """Return (facet, value, band) of a block's cells in the message table, in order."""
        return tuple(
            (f, v, band)
            for f, values in self.facets.items()
            for v in values
            for band in (range(1) if f in UNBANDED else range(BANDS))
        )

    @cached_property
    def moment_features(self) -> tuple[tuple[str, str, int], ...]:
        """Return (facet, value, power) of sums over people of the region, squares first.

        Those of ``PRESENT`` are of all messages together.
        """
        return tuple((f, v, power) for power in (2, 1) for f, v in self.people_features)

    def block_of(self, place: Ints, age_band: Ints, gender: Ints) -> Ints:
        """Return the number of each block from the places of its values in the lists."""
        found: Ints = (place * len(self.age_bands) + age_band) * len(self.genders) + gender
        return found


@dataclass(frozen=True, slots=True)
class JointCells:
    """Exact vectors of one month over bounded contributions: inside the door, never published.

    Only ``uptake.tally`` makes them, only ``uptake.protect`` reads them.

    Attributes:
        keys: Of what.
        bounds: Of a person's contribution.
        people: (blocks x people features,) users.
        messages: (blocks x message features,) messages.
        moments: (moment features,) sums over users of numbers of messages, squared and plain.
    """

    keys: KeySpace
    bounds: Bounds
    people: Ints
    messages: Ints
    moments: Ints

    def __post_init__(self) -> None:
        """Refuse vectors of another key space."""
        sizes = (len(self.people), len(self.messages), len(self.moments))
        keys = self.keys
        if sizes != (
            keys.blocks * len(keys.people_features),
            keys.blocks * len(keys.message_features),
            len(keys.moment_features),
        ):
            raise ValueError("the vectors do not cover the key space")

    @property
    def heads(self) -> Ints:
        """Return (blocks,) users: the cells ``PRESENT`` of the people table."""
        found: Ints = self.people.reshape(self.keys.blocks, -1)[:, 0]
        return found

    @property
    def totals(self) -> Ints:
        """Return (message features,) messages of all blocks together."""
        found: Ints = self.messages.reshape(self.keys.blocks, -1).sum(axis=0)
        return found
