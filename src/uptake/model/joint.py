"""The joint tables of a private release: their public key space, and exact vectors over it."""

from collections.abc import Mapping, Sequence
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

VOLUME = "intent"
"""The facet whose messages are counted as all messages: each message has exactly one value."""

ATTRIBUTES = ("place", "age_band", "gender")
"""What a person has one value of in a month, in the order of a block's axes."""

LEVELS = ((), ("place",), ("age_band",), ("gender",), ATTRIBUTES)
"""By which attributes tables are released: each coarser one has noise of its own, instead of that
of all the blocks that it would be the sum of."""


def level_name(kind: str, level: Sequence[str]) -> str:
    """Return the name of a table of people or messages.

    >>> level_name("people", ATTRIBUTES), level_name("messages", ("place",))
    ('people', 'messages_by_place')
    """
    if tuple(level) == ATTRIBUTES:
        return kind
    return f"{kind}_by_{level[0]}" if level else f"{kind}_of_region"


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
    a value of a facet. The message table's features are a value and a band of sureness. Coarser
    tables are by one attribute, or by none. No data decides a key or its place.

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

    @property
    def axes(self) -> tuple[int, int, int]:
        """Return how many values each of ``ATTRIBUTES`` has."""
        return len(self.places), len(self.age_bands), len(self.genders)

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
    def value_features(self) -> tuple[tuple[str, str], ...]:
        """Return (facet, value) of released messages, in order: those of people but ``present``."""
        return self.people_features[1:]

    @cached_property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Return the shape of each released table, by name.

        People by ``people_features`` and messages by ``value_features`` at each level, those of the
        whole region by ``message_features``; ``volumes`` of messages and ``heads`` by block, and
        ``moments``.
        """
        size = dict(zip(ATTRIBUTES, self.axes, strict=True))
        found: dict[str, tuple[int, ...]] = {}
        for level in LEVELS:
            axes = tuple(size[attribute] for attribute in level)
            values = len(self.value_features if level else self.message_features)
            found[level_name("people", level)] = (*axes, len(self.people_features))
            found[level_name("messages", level)] = (*axes, values)
        blocks = {"volumes": self.axes, "heads": self.axes}
        return found | blocks | {"moments": (len(self.moment_features),)}

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


@dataclass(frozen=True)
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

    @cached_property
    def tables(self) -> dict[str, Ints]:
        """Return the exact vector of each released table, in the order of ``KeySpace.shapes``."""
        keys = self.keys
        people = self.people.reshape(*keys.axes, -1)
        banded = self.messages.reshape(*keys.axes, -1)
        of = [(facet, value) for facet, value, _ in keys.message_features]
        begin = [n for n, told in enumerate(of) if n == 0 or of[n - 1] != told]
        messages = np.add.reduceat(banded, begin, axis=-1)
        found: dict[str, Ints] = {}
        for level in LEVELS:
            gone = tuple(n for n, a in enumerate(ATTRIBUTES) if a not in level)
            found[level_name("people", level)] = people.sum(axis=gone)
            found[level_name("messages", level)] = (messages if level else banded).sum(axis=gone)
        volume = [n for n, told in enumerate(keys.value_features) if told[0] == VOLUME]
        found["volumes"] = messages[..., volume].sum(axis=-1)
        found["heads"] = people[..., 0]
        found["moments"] = self.moments
        return {name: vector.reshape(keys.shapes[name]) for name, vector in found.items()}
