"""Noisy tables of a month, and what noise they carry: all that a private release is made from."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
import numpy as np

from uptake.model.joint import ATTRIBUTES, LEVELS, Bounds, Ints, JointCells, KeySpace, level_name
from uptake.protect import accounting
from uptake.protect.noise import discrete_gaussian


class Parameters(msgspec.Struct, frozen=True):
    """How much a person may contribute to a month, and how much noise hides it.

    Attributes:
        cells: Distinct cells of a table of people a person counts in, at most (M).
        messages: Messages a person counts with, at most (K).
        people_sigma: Scale of the noise on counts of people, by block, by one attribute and of the
            region, which only decide what is published.
        messages_sigma: On counts of messages by block.
        margins_sigma: On counts of messages by place, by age band, and by gender.
        totals_sigma: On counts of messages of the region.
        volumes_sigma: On the number of all messages by block.
        heads_sigma: On the numbers of people that are published: drawn apart, so that a cell that
            is published as its noise was high does not read high.
        moments_sigma: On sums over the region, of squares and of messages.
    """

    cells: int = 8
    messages: int = 5
    people_sigma: float = 45.0
    messages_sigma: float = 120.0
    margins_sigma: float = 105.0
    totals_sigma: float = 120.0
    volumes_sigma: float = 50.0
    heads_sigma: float = 20.0
    moments_sigma: float = 1_000.0

    def __post_init__(self) -> None:
        """Refuse what promises nothing."""
        for name in self.__struct_fields__:
            if name.endswith("_sigma") and not 0 < getattr(self, name) < math.inf:
                raise ValueError(f"{name}: {getattr(self, name)} is no scale of noise above 0")
        Bounds(self.cells, self.messages)

    @property
    def bounds(self) -> Bounds:
        """Return the bounds alone."""
        return Bounds(self.cells, self.messages)

    @property
    def scales(self) -> dict[str, float]:
        """Return the scale of the noise on each table, by the names of ``KeySpace.shapes``."""
        messages = {
            0: self.totals_sigma,
            1: self.margins_sigma,
            len(ATTRIBUTES): self.messages_sigma,
        }
        found = {}
        for level in LEVELS:
            found[level_name("people", level)] = self.people_sigma
            found[level_name("messages", level)] = messages[len(level)]
        return found | {
            "volumes": self.volumes_sigma,
            "heads": self.heads_sigma,
            "moments": self.moments_sigma,
        }

    def sensitivities(self, facets: int) -> dict[str, float]:
        """Return how far one person moves each table at most, in the Euclidean norm.

        People: one in each of M cells. Messages: K in one cell of each facet. Volumes: K. Heads:
        one. Moments: K^2 and K for all messages, and for each facet, whose values share the K
        messages, at most as much.
        """
        k = self.messages
        moved = {"people": math.sqrt(self.cells), "messages": k * math.sqrt(facets)}
        found = {level_name(kind, level): moved[kind] for level in LEVELS for kind in moved}
        return found | {
            "volumes": float(k),
            "heads": 1.0,
            "moments": math.sqrt((k**4 + k**2) * (1 + facets)),
        }

    def rho(self, facets: int) -> float:
        """Return the loss of a person's month: the sum of those of its tables."""
        scales = self.scales
        moved = self.sensitivities(facets).items()
        return sum(accounting.rho(l2, scales[name]) for name, l2 in moved)


@dataclass(frozen=True, slots=True)
class Noisy:
    """One month after noise; whatever is made of it costs nobody anything more.

    Those of people decide what is published, and are not published.

    Attributes:
        tables: Counts by the names and in the shapes of ``KeySpace.shapes``.
    """

    tables: Mapping[str, Ints]


def add_noise(cells: JointCells, parameters: Parameters) -> Noisy:
    """Draw the noise of a month; the ledger's entry must be on disk before this is called.

    Raises:
        ValueError: The cells were counted under other bounds.
        MissingExtraError: OpenDP is not installed.
    """
    if cells.bounds != parameters.bounds:
        raise ValueError("the cells were bounded otherwise than the parameters say")
    scales = parameters.scales
    return Noisy(
        {
            name: discrete_gaussian(exact.reshape(-1), scales[name]).reshape(exact.shape)
            for name, exact in cells.tables.items()
        }
    )


def to_bytes(noisy: Noisy) -> bytes:
    """Return a month's noisy tables as bytes, the same for the same."""
    return msgspec.msgpack.encode(
        {name: noisy.tables[name].astype("<i8").tobytes() for name in sorted(noisy.tables)}
    )


def from_bytes(data: bytes, keys: KeySpace) -> Noisy:
    """Read what ``to_bytes`` gave.

    Raises:
        ValueError: It is of another key space.
    """
    raw = msgspec.msgpack.decode(data, type=dict[str, bytes])
    found = {name: np.frombuffer(v, dtype="<i8").astype(np.int64) for name, v in raw.items()}
    sizes = {name: math.prod(shape) for name, shape in keys.shapes.items()}
    if sizes != {name: len(vector) for name, vector in found.items()}:
        raise ValueError("stored vectors are of another key space")
    return Noisy({name: found[name].reshape(shape) for name, shape in keys.shapes.items()})
