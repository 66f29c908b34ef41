"""The smallest cell that may be published."""

from dataclasses import dataclass
from typing import Literal

from uptake.model.errors import ConfigError

FLOOR_PEOPLE = 10
FLOOR_CONVERSATIONS = 20

Attacked = Literal["small", "all"]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Fewest distinct people and conversations behind a published cell; only upwards of the floor.

    ``attacked`` says which withheld cells all sums together must leave in doubt: the small ones, or
    all. It costs processor time and cells.

    >>> Thresholds(people=3)
    Traceback (most recent call last):
    uptake.model.errors.ConfigError: privacy.min_people is 3; it may be raised above 10, not lowered
    """

    people: int = FLOOR_PEOPLE
    conversations: int = FLOOR_CONVERSATIONS
    attacked: Attacked = "small"

    def __post_init__(self) -> None:
        """Refuse thresholds under the floor."""
        for name, value, floor in (
            ("people", self.people, FLOOR_PEOPLE),
            ("conversations", self.conversations, FLOOR_CONVERSATIONS),
        ):
            if value < floor:
                raise ConfigError(
                    f"privacy.min_{name} is {value}; it may be raised above {floor}, not lowered"
                )
