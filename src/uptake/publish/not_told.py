"""Sentences on who is in no figure of a release, or in none of their own place."""

from collections.abc import Sequence

from uptake.catalog.gazetteer import place_name
from uptake.model.protected import ProtectedPlaces

MINORS = "People under 18 are in no figure, no total and no number of what was read or left out."
"""Said of every release."""


def not_told(protected: ProtectedPlaces) -> list[str]:
    """Return what a reader must know of people who are not told of, a sentence each.

    >>> not_told(ProtectedPlaces(withheld=("TKM",)))[1:]
    ['By the settings, people in Turkmenistan are in none of them either: figures of the whole \
region leave them out.']
    """
    said = [MINORS]
    if protected.withheld:
        said.append(
            f"By the settings, people in {_listed(protected.withheld)} are in none of them either: "
            "figures of the whole region leave them out."
        )
    if protected.coarsened:
        said.append(
            f"By the settings, {_listed(protected.coarsened)} have no figures of their own: people "
            "there are in those of the whole region, and beside people whose place is unknown."
        )
    return said


def _listed(places: Sequence[str]) -> str:
    *first, last = (place_name(place) for place in places)
    return f"{', '.join(first)} and {last}" if first else last
