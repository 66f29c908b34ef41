"""By which dimensions figures are split, and which facets each split can answer."""

from dataclasses import dataclass

from uptake.model.dimensions import DIMENSIONS, TOTAL
from uptake.model.errors import ConfigError

FACETS = ("intent", "work", "topic_group", "topic")
"""Facets that the labeller answers."""

COMPOSITION = ("place", "age_band", "gender", "language")
"""Dimensions that are facets too: who sends the messages of a group, in which language."""


@dataclass(frozen=True, slots=True)
class Split:
    """A set of dimensions, in the order of ``DIMENSIONS``."""

    dimensions: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return the dimensions joined by ``+``; empty for none.

        >>> Split(("place", "month")).name
        'place+month'
        """
        return "+".join(self.dimensions)

    @property
    def facets(self) -> tuple[str, ...]:
        """Return the facets that are not among the split's own dimensions."""
        return (TOTAL, *FACETS, *(d for d in COMPOSITION if d not in self.dimensions))


def split(name: str) -> Split:
    """Read a split's name; the order in which dimensions are named does not matter.

    >>> split("month+place").name
    'place+month'
    >>> split("planet")
    Traceback (most recent call last):
    uptake.model.errors.ConfigError: split 'planet' names the dimension 'planet'; there is: \
place, month, age_band, gender, language
    """
    named = [part for part in name.split("+") if part]
    for part in named:
        if part not in DIMENSIONS:
            raise ConfigError(
                f"split {name!r} names the dimension {part!r}; there is: {', '.join(DIMENSIONS)}"
            )
    if len(set(named)) != len(named):
        raise ConfigError(f"split {name!r} names a dimension twice; name each once")
    return Split(tuple(d for d in DIMENSIONS if d in named))


DEFAULT_SPLITS = tuple(
    split(name)
    for name in (
        "",
        "place",
        "month",
        "age_band",
        "gender",
        "language",
        "place+month",
        "place+age_band",
        "place+gender",
        "place+language",
        "month+age_band",
        "month+gender",
        "month+language",
        "age_band+gender",
        "place+age_band+gender",
    )
)
