"""Noisy vectors of a month, and what noise they carry: all that a private release is made from."""

import math
from dataclasses import dataclass

import msgspec
import numpy as np

from uptake.model.joint import Bounds, Ints, JointCells, KeySpace
from uptake.protect import accounting
from uptake.protect.noise import discrete_gaussian


class Parameters(msgspec.Struct, frozen=True):
    """How much a person may contribute to a month, and how much noise hides it.

    Attributes:
        cells: Distinct cells of the people table a person counts in, at most (M).
        messages: Messages a person counts with, at most (K).
        people_sigma: Scale of the noise on counts of people, which only decide what is published.
        messages_sigma: On counts of messages.
        moments_sigma: On sums over the region, of squares and of messages.
        totals_sigma: On counts of messages of the whole region, which would else hold the noise of
            all its cells.
        heads_sigma: On the numbers of people that are published: drawn apart, so that a cell that
            is published as its noise was high does not read high.
    """

    cells: int = 12
    messages: int = 10
    people_sigma: float = 21.0
    messages_sigma: float = 130.0
    moments_sigma: float = 2_000.0
    totals_sigma: float = 500.0
    heads_sigma: float = 20.0

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

    def sensitivities(self, facets: int) -> dict[str, float]:
        """Return how far one person moves each vector at most, in the Euclidean norm.

        People: one in each of M cells. Messages: K in one cell of each facet. Moments: K^2 and K
        for all messages, and for each facet, whose values share the K messages, at most as much.
        Totals: as messages. Heads: one.
        """
        k = self.messages
        return {
            "people": math.sqrt(self.cells),
            "messages": k * math.sqrt(facets),
            "moments": math.sqrt((k**4 + k**2) * (1 + facets)),
            "totals": k * math.sqrt(facets),
            "heads": 1.0,
        }

    def rho(self, facets: int) -> float:
        """Return the loss of a person's month: the sum of those of its vectors."""
        moved = self.sensitivities(facets).items()
        return sum(accounting.rho(l2, getattr(self, f"{name}_sigma")) for name, l2 in moved)


@dataclass(frozen=True, slots=True)
class Noisy:
    """One month after noise; whatever is made of it costs nobody anything more.

    Attributes:
        people: (blocks, people features): decides what is published, and is not published.
        messages: (blocks, message features).
        moments: (moment features,).
        totals: (message features,) messages of all blocks, under noise of their own.
        heads: (blocks,) people again, under noise of their own.
    """

    people: Ints
    messages: Ints
    moments: Ints
    totals: Ints
    heads: Ints


def add_noise(cells: JointCells, parameters: Parameters) -> Noisy:
    """Draw the noise of a month; the ledger's entry must be on disk before this is called.

    Raises:
        ValueError: The cells were counted under other bounds.
        MissingExtraError: OpenDP is not installed.
    """
    if cells.bounds != parameters.bounds:
        raise ValueError("the cells were bounded otherwise than the parameters say")
    blocks = cells.keys.blocks
    return Noisy(
        discrete_gaussian(cells.people, parameters.people_sigma).reshape(blocks, -1),
        discrete_gaussian(cells.messages, parameters.messages_sigma).reshape(blocks, -1),
        discrete_gaussian(cells.moments, parameters.moments_sigma),
        discrete_gaussian(cells.totals, parameters.totals_sigma),
        discrete_gaussian(cells.heads, parameters.heads_sigma),
    )


def to_bytes(noisy: Noisy) -> bytes:
    """Return a month's noisy vectors as bytes, the same for the same."""
    vectors = (noisy.people, noisy.messages, noisy.moments, noisy.totals, noisy.heads)
    return msgspec.msgpack.encode([v.astype("<i8").tobytes() for v in vectors])


def from_bytes(data: bytes, keys: KeySpace) -> Noisy:
    """Read what ``to_bytes`` gave.

    Raises:
        ValueError: It is of another key space.
    """
    people, messages, moments, totals, heads = (
        np.frombuffer(v, dtype="<i8").astype(np.int64)
        for v in msgspec.msgpack.decode(data, type=tuple[bytes, bytes, bytes, bytes, bytes])
    )
    if len(moments) != len(keys.moment_features) or len(heads) != keys.blocks:
        raise ValueError("stored vectors are of another key space")
    return Noisy(
        people.reshape(keys.blocks, len(keys.people_features)),
        messages.reshape(keys.blocks, len(keys.message_features)),
        moments,
        totals,
        heads,
    )
