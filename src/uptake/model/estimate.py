"""A published number: never bare, always with its interval and what the interval covers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from uptake.model.dimensions import ALL

Measure = Literal["message_share", "people_share", "reach"]
MEASURES: tuple[Measure, ...] = ("message_share", "people_share", "reach")
Status = Literal["published", "withheld"]
Correction = Literal["none", "calibration", "gold"]
"""How the labeller's errors were taken out of a share: not at all, by the counts of a calibration,
or by the owner's labelled sample."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its interval.

    Attributes:
        value: The point estimate, in the unit of its table (a share is between 0 and 1).
        low: Lower end of the interval.
        high: Upper end.
        level: Nominal coverage, 0.95 unless stated.
        n: How many people stand behind it.
        covers: Which errors the interval covers, in words; what it does not is said too.
        correction: How the labeller's errors were taken out.
        counted: The share as labelled, where ``value`` is corrected; None where it is the same.
    """

    value: float
    low: float
    high: float
    level: float
    n: int
    covers: str
    correction: Correction = "none"
    counted: float | None = None

    def __post_init__(self) -> None:
        """Refuse an interval that does not hold its value."""
        if not self.low <= self.value <= self.high:
            raise ValueError(f"{self.low} <= {self.value} <= {self.high} does not hold")


@dataclass(frozen=True, slots=True)
class Key:
    """What a published share is the share of.

    A dimension that the figure is not split by is ``all``.
    """

    facet: str
    value: str
    measure: Measure
    place: str = ALL
    month: str = ALL
    age_band: str = ALL
    gender: str = ALL
    language: str = ALL


@dataclass(frozen=True, slots=True)
class Group:
    """How much stands behind the shares of one group; None where withheld.

    Attributes:
        people, conversations, messages: How many.
        people_error, messages_error: Standard deviation of the noise in them; 0 without noise.
    """

    people: int | None
    conversations: int | None
    messages: int | None
    people_error: float = 0.0
    messages_error: float = 0.0


@dataclass(frozen=True, slots=True)
class Estimates:
    """All published shares of one release, in a fixed order.

    Attributes:
        shares: Each share, or None where it is withheld.
        groups: Size of each group, by its ``Key`` with facet, value and measure left out:
            ``(place, month, age_band, gender, language)``.
    """

    shares: dict[Key, Estimate | None]
    groups: dict[tuple[str, str, str, str, str], Group] = field(default_factory=dict)

    def rows(self) -> Iterator[tuple[Key, Estimate | None]]:
        """Yield each share with its key, in order."""
        yield from self.shares.items()

    def get(self, key: Key) -> Estimate | None:
        """Return the share, None where it is withheld or was not asked for."""
        return self.shares.get(key)
