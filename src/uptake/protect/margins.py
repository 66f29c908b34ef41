"""Margins of noisy tables: what each cell of a split holds, and what noise is in it.

Several tables tell a margin: its own, and each finer one by the sum of its cells, with the noise of
all of them. They are weighted by inverse variance, and made to agree (``consistent``).
"""

import math
from collections.abc import Mapping
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
from uptake.protect.consistent import Agreed, Counted, agreed, beneath, pooled
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

    ``seen`` are people by the tables that decide what is published, ``expected`` how many messages
    that many people send in the region; ``messages`` and ``people`` are what is published, with
    other noise, and may be below zero. Second moments are those of sampling alone. ``*noise`` are
    variances of noise; ``cross_noise`` is the covariance of that in a value's messages with that in
    its group's. ``banded`` (group axes..., values, bands) and ``band_noise`` tell how surely the
    messages were labelled, None where no table says; ``low`` and ``middle`` are the region's then.
    """

    seen: Floats
    seen_noise: float
    expected: Floats
    messages: Floats
    noise: float
    cross_noise: float
    banded: Floats | None
    band_noise: float | None
    low: Floats
    middle: Floats
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
        told = self._agreed(facet if own else None, axis)
        noise, cross_noise = told.of(1)
        banded = self._banded(facet, told.parts) if own else None
        low, middle = self._sureness(facet, len(values)) if own else (0.0, 0.0)
        c, icc = self._design(facet if own else None, values)
        n = np.maximum(told.whole, 0)
        y = np.clip(told.parts, 0, n[..., None])  # of noise alone there may be fewer than none
        with np.errstate(divide="ignore", invalid="ignore"):
            p = np.nan_to_num(y / n[..., None])
        seen = self._people(facet if own else None, axis)
        group_seen = self._people(None, None)
        people, group_people = self._heads(axis), self._heads(None)
        each = self._months**2
        return Facet(
            seen=seen.values / self._months,
            seen_noise=seen.noise / each,
            expected=seen.values * self._each(facet if own else None, values),
            messages=told.parts,
            noise=noise,
            cross_noise=cross_noise,
            banded=None if banded is None else banded.values,
            band_noise=None if banded is None else banded.noise,
            low=y * low if banded is None else banded.values[..., 0],
            middle=y * middle if banded is None else banded.values[..., 1],
            squared=y * (1 + (c - 1) * (p + (1 - p) * icc)),
            cross=c * y,
            people=None if own else people.values / self._months,
            people_noise=None if own else people.noise / each,
            group_seen=group_seen.values[..., 0] / self._months,
            group_seen_noise=group_seen.noise / each,
            group_expected=group_seen.values[..., 0] * self._each(None, ("",))[0],
            group_messages=told.whole,
            group_noise=told.whole_noise,
            group_squared=c * n,
            group_people=group_people.values[..., 0] / self._months,
            group_people_noise=group_people.noise / each,
        )

    def _agreed(self, facet: str | None, axis: str | None) -> Agreed:
        """Return (groups..., values) messages that add up to all.

        Without a facet of the key space they are all messages, by the values of ``axis`` if there
        is one.
        """
        if axis is not None:
            all_of_them = self._agreed(None, None)
            whole = Counted(all_of_them.whole[..., None], all_of_them.whole_noise)
            return agreed(self._volume(axis), whole)
        parts = self._volume(None) if facet is None else self._valued(facet, None)
        found = agreed(parts, self._volume(None))
        attributes = [one for one in self._split if one != "month"]
        if not attributes:
            return found
        # groups that differ in the last attribute add up to the group without it
        kept = tuple(one for one in self._split if one != attributes[-1])
        above = Margin(self._shape, self._keys, self._parameters, kept)
        return beneath(found, above._agreed(facet, None), self._split.index(attributes[-1]))

    def _volume(self, axis: str | None) -> Counted:
        """Return (groups..., 1) numbers of all messages, or (groups..., values of ``axis``)."""
        if axis not in self._volumes:
            counts = [self._valued(facet, axis).whole for facet in self._keys.facets]
            summed, cells = self._summed(self._shape.tables["volumes"][..., None], ATTRIBUTES, axis)
            found = pooled([*counts, Counted(summed, cells * self._noise("volumes"))])
            self._volumes[axis] = Counted(found.values[..., 0], found.noise) if axis else found
        return self._volumes[axis]

    def _valued(self, facet: str, axis: str | None) -> Counted:
        """Return (groups..., values) messages by every table that tells them."""
        found = []
        for level in self._levels(axis):
            columns = self._columns(facet, banded=not level)
            bands = BANDS if not level and facet not in UNBANDED else 1
            name = level_name("messages", level)
            summed, cells = self._summed(self._shape.tables[name][..., columns], level, axis)
            values = summed.reshape(*summed.shape[:-1], -1, bands).sum(axis=-1)
            found.append(Counted(values, bands * cells * self._noise(name)))
        return pooled(found)

    def _banded(self, facet: str, values: Floats) -> Counted | None:
        """Return (groups..., values, bands) messages by sureness, which the region's table tells.

        They are made to add up to the messages of each value; the noise is that before.
        """
        if facet in UNBANDED or not set(self._split) <= {"month"}:
            return None
        name = level_name("messages", ())
        table = self._shape.tables[name][..., self._columns(facet, banded=True)]
        summed, cells = self._summed(table, (), None)
        bands = summed.reshape(*values.shape, BANDS)
        lacking = values - bands.sum(axis=-1)
        return Counted(bands + lacking[..., None] / BANDS, cells * self._noise(name))

    def _levels(self, axis: str | None) -> tuple[tuple[str, ...], ...]:
        """Return the attributes of the tables that tell the split apart."""
        kept = {*self._split, *([axis] if axis else [])} - {"month"}
        return tuple(level for level in LEVELS if kept <= set(level))

    def _sureness(self, facet: str, values: int) -> tuple[Floats, Floats]:
        """Return what share of a value's messages was labelled with little, and middling, sureness.

        Told of the whole region over all months alone, where it drowns least in noise; places are
        taken to be labelled as surely as the region.
        """
        if facet in UNBANDED:
            return np.zeros(values), np.zeros(values)
        table = self._shape.tables[level_name("messages", ())].sum(axis=0)
        bands = table[self._columns(facet, banded=True)].reshape(values, BANDS).clip(min=0)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.nan_to_num(bands / bands.sum(axis=1, keepdims=True))
        return share[:, 0], share[:, 1]

    def _columns(self, facet: str, *, banded: bool) -> list[int]:
        """Return which features of a table of messages are of a facet."""
        features = self._keys.message_features if banded else self._keys.value_features
        return [n for n, told in enumerate(features) if told[0] == facet]

    def _noise(self, name: str) -> float:
        """Return the variance of the noise in each cell of a month or period of a table."""
        return self._shape.length * self._parameters.scales[name] ** 2

    def _people(self, facet: str | None, axis: str | None) -> Counted:
        """Return (groups..., values) people by the tables that decide what is published."""
        of = facet or PRESENT
        columns = [n for n, told in enumerate(self._keys.people_features) if told[0] == of]
        found = []
        for level in self._levels(axis):
            name = level_name("people", level)
            summed, cells = self._summed(self._shape.tables[name][..., columns], level, axis)
            values = summed[..., 0] if axis else summed
            found.append(Counted(values, cells * self._noise(name)))
        return pooled(found)

    def _heads(self, axis: str | None) -> Counted:
        """Return (groups..., 1) people as they are shown, or (groups..., values of ``axis``)."""
        heads = self._shape.tables["heads"][..., None]
        summed, cells = self._summed(heads, ATTRIBUTES, axis)
        return Counted(summed[..., 0] if axis else summed, cells * self._noise("heads"))

    def _summed(self, values: Ints, level: tuple[str, ...], axis: str | None) -> tuple[Floats, int]:
        """Sum over axes that neither split nor composition keeps; ``axis`` goes last but one."""
        axes = ("month", *level)
        kept = [*self._split, *([axis] if axis else [])]
        gone = tuple(n for n, a in enumerate(axes) if a not in kept)
        summed = values.sum(axis=gone).astype(np.float64)
        if axis:
            left = [a for a in axes if a in kept]
            summed = np.moveaxis(summed, left.index(axis), -2)
        return summed, math.prod(values.shape[n] for n in gone)

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
