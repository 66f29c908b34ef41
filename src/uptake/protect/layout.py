"""Noisy joint vectors -> cells of the splits that margins answer, each marked by noisy counts only.

Post-processing: nothing here sees an exact count. A margin's noise is that of all joint cells
summed in it, so that wide margins are noisier in numbers and better in proportion.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from uptake.model.dimensions import ALL, DIMENSIONS, TOTAL
from uptake.model.joint import BANDS, UNBANDED, Ints, KeySpace
from uptake.model.releasedcells import PUBLISHED, SCHEMA, WITHHELD
from uptake.protect.noisy import Noisy, Parameters

Floats = NDArray[np.float64]

AXES = ("month", "place", "age_band", "gender")
"""Dimensions that the joint tables tell apart, in the order of their axes."""

SAFE = 3.0
"""Standard deviations of noise that a published count of people lies above the threshold's share
of noise: fewer than 2 in 1,000 empty cells are published."""

VOLUME = "intent"
"""The facet whose messages are counted as all messages: each message has exactly one value."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The stacked vectors of T months over the axes ``AXES``.

    Attributes:
        months: T names.
        people: (T, places, age bands, genders, people features).
        messages: (T, places, age bands, genders, message features).
        moments: (moment features,), summed over months.
    """

    months: tuple[str, ...]
    people: Ints
    messages: Ints
    moments: Ints


def stacked(months: Mapping[str, Noisy], keys: KeySpace) -> Shape:
    """Lay months side by side."""
    axes = (len(keys.places), len(keys.age_bands), len(keys.genders), -1)
    names = tuple(sorted(months))
    if not names:
        raise ValueError("a release has one month at least")
    return Shape(
        names,
        np.stack([months[m].people.reshape(axes) for m in names]),
        np.stack([months[m].messages.reshape(axes) for m in names]),
        np.sum([months[m].moments for m in names], axis=0),
    )


def answerable(dimensions: Sequence[str]) -> bool:
    """Return whether margins of the joint tables answer a split.

    >>> answerable(("place", "month")), answerable(("language",))
    (True, False)
    """
    return set(dimensions) <= set(AXES)


def cells(
    shape: Shape,
    keys: KeySpace,
    parameters: Parameters,
    splits: Sequence[tuple[str, ...]],
    people: int,
) -> pa.Table:
    """Return rows by ``releasedcells.SCHEMA`` for every split that can be answered.

    Args:
        shape: Noisy vectors.
        keys: Of what.
        parameters: Of the noise.
        splits: Dimensions of each.
        people: Fewest people of a published cell; the margin's noise comes on top.
    """
    rows = [
        row
        for split in splits
        if answerable(split)
        for row in _split(shape, keys, parameters, split, people)
    ]
    columns = {name: [row.get(name) for row in rows] for name in SCHEMA.names}
    return pa.table(columns, schema=SCHEMA)


def _split(
    shape: Shape, keys: KeySpace, parameters: Parameters, split: tuple[str, ...], least: int
) -> Iterator[dict[str, object]]:
    margin = _Margin(shape, keys, parameters, split)
    for facet, values in {TOTAL: (ALL,), **keys.facets, **margin.compositions}.items():
        found = margin.facet(facet, values)
        for place in np.ndindex(found.messages.shape[:-1]):
            group = margin.named(place)
            for number, value in enumerate(values):
                composed = facet in margin.compositions or facet == TOTAL
                yield _row(found, (*place, number), place, least, composed=composed) | {
                    "split": "+".join(d for d in DIMENSIONS if d in split),
                    "facet": facet,
                    "value": value,
                    **dict.fromkeys(DIMENSIONS, ALL),
                    **group,
                }


@dataclass(frozen=True, slots=True)
class _Facet:
    """Sums of one facet: (group axes..., values), and those of its groups (group axes...).

    ``group_noise`` is the variance of the noise in a group's messages, ``own_noise`` that in a
    cell's; ``group_counted`` is a group's messages before negative ones were made none.
    """

    messages: Floats
    low: Floats
    middle: Floats
    squared: Floats
    cross: Floats
    people: Floats
    people_noise: Floats
    group_messages: Floats
    group_squared: Floats
    group_people: Floats
    group_people_noise: Floats
    group_noise: float
    group_counted: Floats
    own_noise: float


def _row(
    found: _Facet, at: tuple[int, ...], group: tuple[int, ...], least: int, *, composed: bool
) -> dict[str, object]:
    def floor(count: float, noise: float) -> bool:
        return count >= least + SAFE * math.sqrt(noise)

    shown = (
        floor(found.people[at], found.people_noise[at])
        and floor(found.group_people[group], found.group_people_noise[group])
        and found.group_counted[group] >= SAFE * math.sqrt(found.group_noise)
        and (not composed or found.messages[at] >= SAFE * math.sqrt(found.own_noise))
    )
    if not shown:
        return {"status": WITHHELD}
    whole = {
        "messages": found.messages[at],
        "messages_squared": found.squared[at],
        "messages_cross": found.cross[at],
        "people": found.people[at],
        "messages_low": found.low[at],
        "messages_middle": found.middle[at],
        "group_messages": found.group_messages[group],
        "group_messages_squared": found.group_squared[group],
        "group_people": found.group_people[group],
    }
    return {
        "status": PUBLISHED,
        **{name: max(0, round(float(value))) for name, value in whole.items()},
        **dict.fromkeys(("both_messages", "both_cross", "both_before", "group_both"), 0),
        "people_noise": float(found.people_noise[at]),
        "group_people_noise": float(found.group_people_noise[group]),
    }


class _Margin:
    """The margins of one split."""

    def __init__(
        self, shape: Shape, keys: KeySpace, parameters: Parameters, split: tuple[str, ...]
    ) -> None:
        self._shape, self._keys, self._parameters = shape, keys, parameters
        self._split = tuple(axis for axis in AXES if axis in split)
        self._lists = {
            "month": shape.months,
            "place": keys.places,
            "age_band": keys.age_bands,
            "gender": keys.genders,
        }

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

    def facet(self, facet: str, values: tuple[str, ...]) -> _Facet:
        """Sum one facet's cells over what the split leaves out."""
        composed = facet in self.compositions
        axis = facet if composed else None
        of = VOLUME if composed or facet == TOTAL else facet
        banded, told = self._messages(of, axis)
        if composed or facet == TOTAL:
            banded, told = self._volume(banded, told, composed=composed)
        counted = banded.sum(axis=-1)
        y = np.maximum(counted, 0)  # noise may leave fewer than none
        banded = np.clip(banded, 0, y[..., None])
        people, summed = self._people(of if not composed and facet != TOTAL else None, axis)
        if facet == TOTAL:
            people = people[..., None]
        present, everyone = self._people(None, None)
        # people of several months are told as people a month: who is in two of them is not known
        over = 1 if "month" in self._split else len(self._shape.months)
        noise = self._parameters.messages_sigma**2
        n = y.sum(axis=-1)
        c, icc = self._design(of if not composed and facet != TOTAL else None, y.shape[-1])
        # a person's months are not told apart: at worst they all say the same
        c *= 1 if "month" in self._split else len(self._shape.months)
        with np.errstate(divide="ignore", invalid="ignore"):
            p = np.clip(np.nan_to_num(y / n[..., None]), 0, 1)
        own = told * noise
        return _Facet(
            messages=y,
            low=banded[..., 0] if banded.shape[-1] == BANDS else np.zeros_like(y),
            middle=banded[..., 1] if banded.shape[-1] == BANDS else np.zeros_like(y),
            squared=np.maximum(y, 0) * (1 + (c - 1) * (p + (1 - p) * icc)) + own,
            cross=c * np.maximum(y, 0) + own,
            people=people / over,
            people_noise=np.full(people.shape, summed * self._parameters.people_sigma**2 / over**2),
            group_counted=counted.sum(axis=-1),
            own_noise=own,
            group_messages=n,
            group_squared=c * np.maximum(n, 0) + own * y.shape[-1],
            group_people=present / over,
            group_people_noise=np.full(
                present.shape, everyone * self._parameters.people_sigma**2 / over**2
            ),
            group_noise=own * y.shape[-1],
        )

    def _messages(self, facet: str, axis: str | None) -> tuple[Floats, int]:
        """Return (groups..., [axis,] values, bands) and how many joint cells are in each value."""
        features = self._keys.message_features
        which = [n for n, feature in enumerate(features) if feature[0] == facet]
        values = len(self._keys.facets[facet])
        told = 1 if facet in UNBANDED else BANDS
        summed, cells_summed = self._summed(self._shape.messages[..., which], axis)
        return summed.reshape(*summed.shape[:-1], values, told), cells_summed * told

    def _volume(self, banded: Floats, told: int, *, composed: bool) -> tuple[Floats, int]:
        """Turn the messages of the facet that counts all into those of a total or composition."""
        values = banded.shape[-2]
        whole = banded.sum(axis=(-2, -1))
        return (whole if composed else whole[..., None])[..., None], told * values

    def _people(self, facet: str | None, axis: str | None) -> tuple[Floats, int]:
        features = self._keys.people_features
        if facet is None:
            summed, many = self._summed(self._shape.people[..., :1], axis)
            return summed[..., 0], many
        which = [n for n, feature in enumerate(features) if feature[0] == facet]
        return self._summed(self._shape.people[..., which], axis)

    def _summed(self, values: Ints, axis: str | None) -> tuple[Floats, int]:
        """Sum over axes that neither split nor composition keeps; ``axis`` goes last."""
        kept = [*self._split, *([axis] if axis else [])]
        gone = tuple(n for n, a in enumerate(AXES) if a not in kept)
        summed = values.sum(axis=gone).astype(np.float64)
        if axis:
            left = [a for a in AXES if a in kept]
            summed = np.moveaxis(summed, left.index(axis), -2)
        return summed, math.prod(values.shape[n] for n in gone)

    def _design(self, facet: str | None, values: int) -> tuple[float, Floats]:
        """Return how much the messages of one person resemble each other, of the whole region.

        That is the mean number of messages of a message's author, and of each value its
        correlation within a person.
        """
        features = self._keys.message_features
        volume = [n for n, feature in enumerate(features) if feature[0] == VOLUME]
        n = max(1.0, float(self._shape.messages[..., volume].sum()))
        most = float(self._parameters.messages)
        c = float(np.clip(self._shape.moments[0] / n, 1, most))
        if facet is None:
            return c, np.ones(values)
        y = self._messages_of_region(facet)
        which = [k for k, feature in enumerate(self._keys.moment_features) if feature[0] == facet]
        squares = self._shape.moments[which].astype(np.float64)
        with np.errstate(divide="ignore", invalid="ignore"):
            p = np.clip(y / n, 0, 1)
            icc = ((squares / y - 1) / (c - 1) - p) / (1 - p)
        return c, np.clip(np.nan_to_num(icc, nan=1.0, posinf=1.0, neginf=0.0), 0, 1)

    def _messages_of_region(self, facet: str) -> Floats:
        features = self._keys.message_features
        totals = self._shape.messages.sum(axis=(0, 1, 2, 3)).astype(np.float64)
        by_value = dict.fromkeys(self._keys.facets[facet], 0.0)
        for number, (name, value, _) in enumerate(features):
            if name == facet:
                by_value[value] += totals[number]
        return np.array(list(by_value.values()))
