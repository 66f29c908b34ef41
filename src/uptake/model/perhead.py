"""Usage per head: a place's share of usage over its share of the working-age population."""

from dataclasses import dataclass
from typing import Literal

from uptake.model.estimate import Estimate

Denominator = Literal["located", "all"]
"""Whose usage a place's share is taken of: ``located`` leaves out what could not be located,
``all`` keeps it. Levels under the two differ by one factor, so they are never to be joined."""

DENOMINATORS: tuple[Denominator, ...] = ("located", "all")


@dataclass(frozen=True, slots=True)
class HeadRow:
    """One place, or ``unknown`` for the usage that could not be located.

    Attributes:
        place: ISO 3166-1 alpha-3, or ``unknown``.
        share: Of messages, under the denominator's treatment; None where withheld.
        index: 1 is the average of the places together; None where withheld, and for ``unknown``,
            which has no population.
        population: People of working age; 0 for ``unknown``.
        people, conversations: That stand behind the row; None where withheld, and conversations
            where a release does not count them.
    """

    place: str
    share: Estimate | None
    index: Estimate | None
    population: int
    people: int | None
    conversations: int | None


@dataclass(frozen=True, slots=True)
class PerHead:
    """The usage index of all places under one treatment of what could not be located.

    Attributes:
        denominator: The treatment.
        floor: Fewest conversations and fewest people of a place with an index.
        period: Of the population figures.
        source: Id of the population figures' source.
        rows: The places in the order of the region, then ``unknown``.
        ratios: Two places and the first one's index over the second's: how many times as much is
            used per head.
        left_out: Places of the region without a population figure, and why.
    """

    denominator: Denominator
    floor: tuple[int, int]
    period: str
    source: str
    rows: tuple[HeadRow, ...]
    ratios: tuple[tuple[str, str, Estimate], ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
