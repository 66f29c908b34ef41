"""Slices of the estimates: what is published for a group, and which of three marks if nothing is.

The only place that looks a share up, so that withheld, not published and zero never mix.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from enum import Enum

from uptake.model.dimensions import ALL, DIMENSIONS, PERIOD
from uptake.model.estimate import Estimate, Estimates, Group, Key, Measure
from uptake.publish.titles import facet_values

_LAST = ("other", "unknown")


class Mark(Enum):
    """Why there is no number; a zero is a number."""

    WITHHELD = "withheld"
    NOT_PUBLISHED = "not_published"


Cell = Estimate | Mark


@dataclass(frozen=True, slots=True)
class Where:
    """A group of people: ``all`` in a dimension means that it is not split by it."""

    place: str = ALL
    month: str = ALL
    age_band: str = ALL
    gender: str = ALL
    language: str = ALL

    def but(self, dimension: str, value: str) -> "Where":
        """Return the group with one dimension set.

        >>> Where("KAZ").but("month", "2025-09").split
        'place+month'
        """
        return replace(self, **{dimension: value})

    def key(self, facet: str, value: str, measure: Measure = "message_share") -> Key:
        """Return the name of a share in this group."""
        return Key(facet, value, measure, *self.path)

    @property
    def path(self) -> tuple[str, str, str, str, str]:
        """Return the values in the order of the dimensions."""
        return (self.place, self.month, self.age_band, self.gender, self.language)

    @property
    def split(self) -> str:
        """Return the dimensions in use, joined by ``+``."""
        return "+".join(name for name, value in asdict(self).items() if value != ALL)


def split_of(key: Key | tuple[str, str, str, str, str]) -> str:
    """Return by which dimensions a figure is split, joined by ``+``."""
    values = key[-5:] if isinstance(key, tuple) else [getattr(key, d) for d in DIMENSIONS]
    return "+".join(d for d, v in zip(DIMENSIONS, values, strict=True) if v != ALL)


def _order(value: str) -> tuple[int, int, str]:
    """Sort values for reading: ``under-13`` first, ``other`` and ``unknown`` last."""
    late = _LAST.index(value) + 1 if value in _LAST else 0
    return (late, 0 if value.startswith("under") else 1, value)


class Slices:
    """The estimates of one release, indexed by what there is to show."""

    def __init__(self, estimates: Estimates, places: Iterable[str] = ()) -> None:
        """Index once; ``places`` come first, in their own order."""
        self.estimates = estimates
        self._places = {iso3: i for i, iso3 in enumerate(places)}
        self._size = {
            key.value: found.value
            for key, found in estimates.shares.items()
            if found is not None and key == Key("language", key.value, "message_share")
        }
        met: dict[str, dict[str, None]] = {}
        pairs: set[tuple[str, str]] = set()
        for key in estimates.shares:
            if key.measure != "message_share":
                continue
            met.setdefault(key.facet, {})[key.value] = None
            pairs.add((split_of(key), key.facet))
        self._pairs = pairs
        self._facet_values = {name: self._sorted(name, values) for name, values in met.items()}
        self._groups: dict[str, dict[str, dict[str, None]]] = {}
        for where in estimates.groups:
            used = split_of(where)
            held = self._groups.setdefault(used, {})
            for name, value in zip(DIMENSIONS, where, strict=True):
                if value != ALL and PERIOD not in value:
                    held.setdefault(name, {})[value] = None

    def _sorted(self, name: str, values: Iterable[str]) -> tuple[str, ...]:
        closed = facet_values(name)
        if closed:
            return closed
        if name == "place":
            return tuple(
                sorted(
                    values,
                    key=lambda v: (v in _LAST, self._places.get(v, len(self._places)), v),
                )
            )
        if name == "language":
            return tuple(sorted(values, key=lambda v: (v in _LAST, -self._size.get(v, 0.0), v)))
        return tuple(sorted(values, key=_order))

    @property
    def splits(self) -> tuple[str, ...]:
        """Return by what the release is split, the whole first."""
        return tuple(self._groups)

    def share(self, key: Key) -> Cell:
        """Return a share, or the mark that stands for it."""
        try:
            found = self.estimates.shares[key]
        except KeyError:
            return Mark.NOT_PUBLISHED
        return Mark.WITHHELD if found is None else found

    def group(self, where: Where) -> Group | Mark:
        """Return how much stands behind a group, or the mark that stands for it."""
        found = self.estimates.groups.get(where.path)
        if found is None:
            return Mark.NOT_PUBLISHED
        return Mark.WITHHELD if found.people is None else found

    def values(self, dimension: str, where: Where | None = None) -> tuple[str, ...]:
        """Return a dimension's values in the groups that split ``where`` by it, in order."""
        used = (where or Where()).but(dimension, "?").split
        return self._sorted(dimension, self._groups.get(used, {}).get(dimension, ()))

    def answers(self, facet: str) -> tuple[str, ...]:
        """Return a facet's values, in order."""
        return self._facet_values.get(facet, ())

    def has(self, facet: str, where: Where) -> bool:
        """Return whether a facet was asked of groups split like this one."""
        return (where.split, facet) in self._pairs

    def cells(
        self, facet: str, where: Where, measure: Measure = "message_share"
    ) -> list[tuple[str, Cell]]:
        """Return each value of a facet with its share in one group."""
        return [(v, self.share(where.key(facet, v, measure))) for v in self.answers(facet)]

    def along(self, dimension: str, key: Key) -> list[tuple[str, Cell]]:
        """Return one share for each value of a dimension."""
        where = Where(*(getattr(key, name) for name in DIMENSIONS))
        return [
            (v, self.share(where.but(dimension, v).key(key.facet, key.value, key.measure)))
            for v in self.values(dimension, where)
        ]

    def withheld_by_split(self) -> dict[str, tuple[int, int]]:
        """Return how many shares are withheld, and of how many, for each split."""
        met: dict[str, list[int]] = {}
        for key, found in self._rows():
            row = met.setdefault(split_of(key), [0, 0])
            row[0] += found is None
            row[1] += 1
        return {split: (withheld, whole) for split, (withheld, whole) in met.items()}

    def _rows(self) -> Iterator[tuple[Key, Estimate | None]]:
        return ((k, e) for k, e in self.estimates.rows() if k.measure == "message_share")


def largest(cells: Iterable[tuple[str, Cell]]) -> list[tuple[str, Estimate]]:
    """Return the published ones, the largest first."""
    shown = [(value, cell) for value, cell in cells if isinstance(cell, Estimate)]
    return sorted(shown, key=lambda pair: -pair[1].value)
