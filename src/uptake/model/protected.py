"""Places that a release does not tell apart, by configuration."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProtectedPlaces:
    """Which places have no figure of their own. Only ``uptake.protect`` makes it from settings.

    Attributes:
        withheld: Codes; who is there counts in no figure and no total, as nobody under 18 does.
        coarsened: Codes; who is there counts as being at an unknown place.
    """

    withheld: tuple[str, ...] = ()
    coarsened: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Return the places without a figure of their own."""
        return (*self.withheld, *self.coarsened)


NONE = ProtectedPlaces()
