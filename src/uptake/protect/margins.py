"""Margins of noisy tables: what each cell of a split holds, and what noise is in it.

A margin is read off the table that says it with the least noise. Where cells must be summed for
it, its noise is that of all of them.
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
    VOLUME,
    Ints,
    KeySpace,
    level_name,
)
from uptake.protect.noisy import Parameters

Floats = NDArray[np.float64]

AXES = ("month", *ATTRIBUTES)
"""Dimensions that the tables tell apart, in the order of their axes."""

_Table = tuple[str, tuple[str, ...], list[int], int]
"""A table that may answer: its name, attributes, columns, and how many of these make a number."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The tables of T months side by side.

    Attributes:
        months: T names.
        tables: (T, ...) counts by the names and in the shapes of ``KeySpace.shapes``.
    """

    months: tuple[str, ...]
    tables: Mapping[str, Ints]


@dataclass(frozen=True, slots=True)
class Facet:
    """Sums of one facet: (group axes..., values), and those of its groups (group axes...).

    ``seen`` are people by the table that decides what is published, ``expected`` how many messages
    that many people send in the region; ``people`` and ``messages`` are what is published, with
    other noise. ``*noise`` are its variances.
    """

    seen: Floats
    seen_noise: float
    expected: Floats
    messages: Floats
    noise: float
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
        self._months = 1 if "month" in self._split else len(shape.months)

    @property
    def compositions(self) -> dict[str, tuple[str, ...]]:
        """Return dimensions that the split does not tell apart, as facets."""
        return {
            name: self._lists[name]
            for name in ("place", "age_band", "gender")
            if name not in self._split
        }

    def named(self, place: tuple[int, ...]) -> dict[str, str]:
        """Return the dimensions of a group."""
        return {axis: self._lists[axis][n] for axis, n in zip(self._split, place, strict=True)}

    def facet(self, facet: str, values: tuple[str, ...]) -> Facet:
        """Sum one facet's cells over what the split leaves out.

        Args:
            facet: One of the key space, the total, or one of ``compositions``.
            values: Its values.
        """
        own = facet in self._keys.facets
        axis = facet if facet in self.compositions else None
        counted, noise = self._messages(facet if own else None, axis)
        n = counted.sum(axis=-1)
        y = np.clip(counted, 0, np.maximum(n, 0)[..., None])  # noise may leave fewer than none
        low, middle = self._sureness(facet, len(values)) if own else (0.0, 0.0)
        c, icc = self._design(facet if own else None, values)
        with np.errstate(divide="ignore", invalid="ignore"):
            p = np.clip(np.nan_to_num(y / n[..., None]), 0, 1)
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
            messages=y,
            noise=noise,
            low=y * low,
            middle=y * middle,
            squared=y * (1 + (c - 1) * (p + (1 - p) * icc)) + noise,
            cross=c * y + noise,
            people=None if own else people,
            people_noise=None if own else heads * head,
            group_seen=group_seen / self._months,
            group_seen_noise=group_summed * seen_noise,
            group_expected=group_seen * self._each(None, ("",))[0],
            group_messages=n,
            group_noise=noise * y.shape[-1],
            group_squared=c * np.maximum(n, 0) + noise * y.shape[-1],
            group_people=group_people[..., 0],
            group_people_noise=group_heads * head,
        )

    def _messages(self, facet: str | None, axis: str | None) -> tuple[Floats, float]:
        """Return (groups..., values) messages, and the variance of the noise in each number.

        Without a facet of the key space they are all messages, by the values of ``axis`` if there
        is one.
        """
        candidates: list[_Table] = []
        for at in LEVELS:
            own = self._columns(facet or VOLUME, banded=not at)
            bands = BANDS if not at and (facet or VOLUME) not in UNBANDED else 1
            candidates.append((level_name("messages", at), at, own, bands if facet else len(own)))
        if facet is None:
            candidates.append(("volumes", ATTRIBUTES, [], 1))
        name, level, columns, summed = self._quietest(candidates, axis)
        table = self._shape.tables[name]
        table = table[..., columns] if columns else table[..., None]
        found, cells = self._summed(table, level, axis)
        if facet is None:
            whole = found.sum(axis=-1)
            return whole if axis else whole[..., None], self._noise(name) * cells * summed
        found = found.reshape(*found.shape[:-1], -1, summed).sum(axis=-1)
        return found, self._noise(name) * cells * summed

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

    def _quietest(self, candidates: Sequence[_Table], axis: str | None) -> _Table:
        """Return the table, among those that tell the split apart, whose margin has least noise."""
        kept = {*self._split, *([axis] if axis else [])} - {"month"}
        size = dict(zip(ATTRIBUTES, self._keys.axes, strict=True))

        def noise(of: _Table) -> float:
            name, level, _, summed = of
            cells = math.prod(size[attribute] for attribute in level if attribute not in kept)
            return self._noise(name) * cells * summed

        return min((one for one in candidates if kept <= set(one[1])), key=noise)

    def _noise(self, name: str) -> float:
        """Return the variance of the noise in each cell of a table."""
        return self._parameters.scales[name] ** 2

    def _people(self, facet: str | None, axis: str | None) -> tuple[Floats, int]:
        of = facet or PRESENT
        columns = [n for n, told in enumerate(self._keys.people_features) if told[0] == of]
        tables: list[_Table] = [(level_name("people", at), at, columns, 1) for at in LEVELS]
        name, level, _, _ = self._quietest(tables, axis)
        summed, cells = self._summed(self._shape.tables[name][..., columns], level, axis)
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
