"""Margins of noisy tables: what each cell of a split holds, and what noise is in it.

A number that several tables tell is their mean, weighted by inverse variance; where cells must be
summed for it, their noise is that of all of them.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from uptake.model.joint import (
    ATTRIBUTES,
    BANDS,
    LEVELS,
    PRESENT,
    UNBANDED,
    Ints,
    KeySpace,
    level_name,
)
from uptake.protect.consistent import Agreed, Counted, agreed, pooled
from uptake.protect.noisy import Parameters

Floats = NDArray[np.float64]

AXES = ("month", *ATTRIBUTES)
"""Dimensions that the tables tell apart, in the order of their axes."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The tables of T months, or of T periods of several, side by side.

    Attributes:
        months: T names.
        tables: (T, ...) counts by the names and in the shapes of ``KeySpace.shapes``.
        length: Months that are summed in each of the T.
    """

    months: tuple[str, ...]
    tables: Mapping[str, Ints]
    length: int = 1


@dataclass(frozen=True, slots=True)
class Facet:
    """Sums of one facet: (group axes..., values), and those of its groups (group axes...).

    ``seen`` are people by the table that decides what is published, ``expected`` how many messages
    that many people send in the region; ``messages`` and ``people`` are what is published, with
    other noise, and may be below zero; ``low`` and ``middle``, those of little and middling
    sureness, are told of the region alone. Second moments are those of sampling alone. ``*noise``
    are variances of noise; ``cross_noise`` is the covariance of that in a value's messages with
    that in its group's.
    """

    seen: Floats
    seen_noise: float
    expected: Floats
    messages: Floats
    noise: float
    cross_noise: float
    low: Floats | None
    middle: Floats | None
    squared: Floats
    cross: Floats
    people: Floats | None
    people_noise: float | None
    group_seen: Floats
    group_seen_noise: float
    group_expected: Floats
    group_messages: Floats
    group_noise: float
    group_squared: Floats
    group_people: Floats
    group_people_noise: float


class Margin:
    """The margins of one split."""

    def __init__(
        self, shape: Shape, keys: KeySpace, parameters: Parameters, split: tuple[str, ...]
    ) -> None:
        """Take the months of a release, and by which dimensions it is split."""
        self._shape, self._keys, self._parameters = shape, keys, parameters
        self._split = tuple(axis for axis in AXES if axis in split)
        self._lists = {
            "month": shape.months,
            "place": keys.places,
            "age_band": keys.age_bands,
            "gender": keys.genders,
        }
        # people of several months are told as people a month: who is in two of them is not known
        self._volumes: dict[str | None, Counted] = {}
        self._months = shape.length * (1 if "month" in self._split else len(shape.months))

    @property
    def split(self) -> tuple[str, ...]:
        """Return the dimensions that are told apart, in the order of ``AXES``."""
        return self._split

    @property
    def facets(self) -> Mapping[str, tuple[str, ...]]:
        """Return the facets of the key space."""
        return self._keys.facets

    @property
    def compositions(self) -> dict[str, tuple[str, ...]]:
        """Return dimensions that the split does not tell apart, as facets."""
        return {
            name: self._lists[name]
            for name in ("place", "age_band", "gender")
            if name not in self._split
        }

    @property
    def named(self) -> dict[str, tuple[str, ...]]:
        """Return the values of each dimension that is told apart."""
        return {axis: self._lists[axis] for axis in self._split}

    def facet(self, facet: str, values: tuple[str, ...]) -> Facet:
        """Sum one facet's cells over what the split leaves out.

        Args:
            facet: One of the key space, the total, or one of ``compositions``.
            values: Its values.
        """
        own = facet in self._keys.facets
        axis = facet if facet in self.compositions else None
        told, bands = self._agreed(facet if own else None, axis)
        banded = told.parts.reshape(*told.parts.shape[:-1], -1, bands)
        messages = banded.sum(axis=-1)
        noise, cross_noise = told.of(bands)
        c, icc = self._design(facet if own else None, values)
        n = np.maximum(told.whole, 0)
        y = np.clip(messages, 0, n[..., None])  # of noise alone there may be fewer than none
        with np.errstate(divide="ignore", invalid="ignore"):
            p = np.nan_to_num(y / n[..., None])
        seen, seen_summed = self._people(facet if own else None, axis)
        group_seen, group_summed = self._people(None, None)
        group_seen = group_seen[..., 0]
        people, heads = self._heads(axis)
        group_people, group_heads = self._heads(None)
        head = self._parameters.heads_sigma**2 / self._months**2
        seen_noise = self._parameters.people_sigma**2 / self._months**2
        return Facet(
            seen=seen / self._months,
            seen_noise=seen_summed * seen_noise,
            expected=seen * self._each(facet if own else None, values),
            messages=messages,
            noise=noise,
            cross_noise=cross_noise,
            low=banded[..., 0] if bands == BANDS else None,
            middle=banded[..., 1] if bands == BANDS else None,
            squared=y * (1 + (c - 1) * (p + (1 - p) * icc)),
            cross=c * y,
            people=None if own else people,
            people_noise=None if own else heads * head,
            group_seen=group_seen / self._months,
            group_seen_noise=group_summed * seen_noise,
            group_expected=group_seen * self._each(None, ("",))[0],
            group_messages=told.whole,
            group_noise=told.whole_noise,
            group_squared=c * n,
            group_people=group_people[..., 0],
            group_people_noise=group_heads * head,
        )

    def _agreed(self, facet: str | None, axis: str | None) -> tuple[Agreed, int]:
        """Return (groups..., values x bands) messages that add up to all, and the bands of each.

        Without a facet of the key space they are all messages, by the values of ``axis`` if there
        is one.
        """
        if axis is not None:
            return agreed(self._volume(axis), self._volume(None)), 1
        if facet is None:
            return agreed(self._volume(None), self._volume(None)), 1
        bands = BANDS if self._of_region and facet not in UNBANDED else 1
        return agreed(self._symbols(facet, None), self._volume(None)), bands

    def _volume(self, axis: str | None) -> Counted:
        """Return (groups..., 1) numbers of all messages, or (groups..., values of ``axis``)."""
        if axis not in self._volumes:
            wholes = [self._symbols(facet, axis).whole for facet in self._keys.facets]
            table = self._shape.tables["volumes"][..., None]
            summed, cells = self._summed(table, ATTRIBUTES, axis)
            found = pooled([*wholes, Counted(summed, cells * self._noise("volumes"))])
            self._volumes[axis] = Counted(found.values[..., 0], found.noise) if axis else found
        return self._volumes[axis]

    def _symbols(self, facet: str, axis: str | None) -> Counted:
        """Return (groups..., symbols) messages as counted, an axis kept last but one.

        Symbols are values, and of the region alone values x bands.
        """
        if self._of_region and axis is None:
            levels: list[tuple[str, ...]] = [()]
            features: Sequence[tuple[object, ...]] = self._keys.message_features
        else:
            levels = [level for level in LEVELS if level and self._kept(axis) <= {*level}]
            features = self._keys.value_features
        which = [n for n, told in enumerate(features) if told[0] == facet]
        found = []
        for level in levels:
            name = level_name("messages", level)
            summed, cells = self._summed(self._shape.tables[name][..., which], level, axis)
            found.append(Counted(summed, cells * self._noise(name)))
        return pooled(found)

    @property
    def _of_region(self) -> bool:
        return set(self._split) <= {"month"}

    def _kept(self, axis: str | None) -> set[str]:
        """Return the attributes that are told apart."""
        return {*self._split, *([axis] if axis else [])} - {"month"}

    def _noise(self, name: str) -> float:
        """Return the variance of the noise in each cell of a table."""
        return self._parameters.scales[name] ** 2

    def _people(self, facet: str | None, axis: str | None) -> tuple[Floats, int]:
        """Return people as the table counts them that needs the fewest cells, and how many."""
        of = facet or PRESENT
        which = [n for n, told in enumerate(self._keys.people_features) if told[0] == of]
        fitting = [level for level in LEVELS if self._kept(axis) <= {*level}]
        found = [
            self._summed(self._shape.tables[level_name("people", at)][..., which], at, axis)
            for at in fitting
        ]
        summed, cells = min(found, key=lambda one: one[1])
        return (summed[..., 0] if axis else summed), cells

    def _heads(self, axis: str | None) -> tuple[Floats, int]:
        heads = self._shape.tables["heads"][..., None]
        summed, cells = self._summed(heads, ATTRIBUTES, axis)
        return (summed[..., 0] if axis else summed) / self._months, cells

    def _summed(self, values: Ints, level: tuple[str, ...], axis: str | None) -> tuple[Floats, int]:
        """Sum over axes that neither split nor composition keeps; ``axis`` goes last but one."""
        axes = ("month", *level)
        kept = [*self._split, *([axis] if axis else [])]
        gone = tuple(n for n, a in enumerate(axes) if a not in kept)
        summed = values.sum(axis=gone).astype(np.float64)
        if axis:
            left = [a for a in axes if a in kept]
            summed = np.moveaxis(summed, left.index(axis), -2)
        return summed, self._shape.length * math.prod(values.shape[n] for n in gone)

    def _each(self, facet: str | None, values: tuple[str, ...]) -> Floats:
        """Return how many messages of each value a person of the region sends who sends any."""
        of, many = facet or PRESENT, len(values)
        which = [n for n, told in enumerate(self._keys.people_features) if told[0] == of]
        table = self._shape.tables[level_name("people", ())]
        people = table[:, which].sum(axis=0).astype(np.float64)
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = np.nan_to_num(self._moments(of, 1) / people, posinf=1.0, neginf=1.0)
        return np.broadcast_to(np.clip(mean, 1, self._parameters.messages), many)

    def _moments(self, facet: str, power: int) -> Floats:
        """Return sums over people of the region, of a facet's values in order."""
        features = self._keys.moment_features
        which = [n for n, told in enumerate(features) if (told[0], told[2]) == (facet, power)]
        summed: Floats = self._shape.tables["moments"][:, which].sum(axis=0).astype(np.float64)
        return summed

    def _design(self, facet: str | None, values: tuple[str, ...]) -> tuple[float, Floats]:
        """Return how much the messages of one person resemble each other, of the whole region.

        That is the mean number of messages of a message's author, and of each value its
        correlation within a person.
        """
        n = max(1.0, float(self._moments(PRESENT, 1)[0]))
        c = float(np.clip(self._moments(PRESENT, 2)[0] / n, 1, self._parameters.messages))
        # a person's months are not told apart: at worst they all say the same
        widened = c * self._months
        if facet is None:
            return widened, np.ones(len(values))
        y, squares = self._moments(facet, 1), self._moments(facet, 2)
        with np.errstate(divide="ignore", invalid="ignore"):
            p = np.clip(y / n, 0, 1)
            icc = ((squares / y - 1) / (c - 1) - p) / (1 - p)
        return widened, np.clip(np.nan_to_num(icc, nan=1.0, posinf=1.0, neginf=0.0), 0, 1)
