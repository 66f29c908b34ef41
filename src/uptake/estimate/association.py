"""How often names of women and of men are associated with the other gender, with its uncertainty.

Measured counts (``catalog/names/errors.toml``) -> rates, as one point and as draws.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from uptake.catalog import entry

Floats = NDArray[np.float64]
Case = Literal["given", "full"]

GENDERS = ("feminine", "masculine")
TAIL = (0.0, 0.2)
"""Share of people whose name is in no list by frequency: between these, our assumption.

A list by frequency says how often *people* are associated wrongly, but leaves rare names out; a
list without frequencies says it of *names*, of which most are rare. The mixture of both is used,
its weight drawn uniformly between these bounds; the point is at their mean.
"""

DRAWS = 256


@dataclass(frozen=True, slots=True)
class Errors:
    """What names of known gender were associated with, of one place.

    Attributes:
        people: (2, 3) counts of lists by frequency, rows women and men, columns feminine,
            masculine, unknown; zeros if there is none.
        names: (2, 3) counts of lists without frequencies.
        pooled: Whether names of neighbouring countries stand in.
    """

    people: Floats
    names: Floats
    pooled: bool = False


@dataclass(frozen=True, slots=True)
class Rates:
    """Share of told names that are told right, of women and of men.

    Attributes:
        right: (2,) point.
        drawn: (draws, 2) draws of the same, for the uncertainty of the counts.
    """

    right: Floats
    drawn: Floats


@cache
def errors_of(place: str, case: Case = "given") -> Errors | None:
    """Return the measured errors of a place, None where none were measured.

    Args:
        place: ISO 3166-1 alpha-3 code.
        case: ``given`` where records hold given names alone, ``full`` where family names too.

    >>> errors_of("KGZ").pooled, errors_of("FRA")
    (True, None)
    """
    rows = [
        row
        for row in entry("names", "errors")["counts"]
        if row["place"] == place and row["case"] == case and row["used"]
    ]
    if not rows:
        return None
    people, names = (
        sum(
            (np.array([row[g] for g in GENDERS]) for row in rows if row["weighted"] is weighted),
            start=np.zeros((2, 3)),
        )
        for weighted in (True, False)
    )
    return Errors(people, names, pooled=any(row["pooled"] for row in rows))


def rates(errors: Mapping[str, Errors], weights: Mapping[str, float], stated: float = 0.0) -> Rates:
    """Return the rates of a group of people from several places.

    The counts' uncertainty is drawn from Dirichlet distributions with Jeffreys' prior (Brown, Cai
    and DasGupta, Statistical Science 16, 2001; in two steps, told or not, right or not) at points
    of a Sobol sequence with a fixed seed, the same points for all places: lists of neighbours are
    the same lists, so that their errors go together.

    Args:
        errors: By place.
        weights: People of each place in the group, in any unit.
        stated: Share of the told people whose gender was stated and therefore has no error.
            Pseudonymised tables don't tell them apart; 0 takes all as associated by name.

    Raises:
        ValueError: A weight is negative, all are zero, or a place has no errors.
    """
    total = sum(weights.values())
    if total <= 0 or min(weights.values()) < 0 or not set(weights) <= set(errors):
        raise ValueError("weights must be positive somewhere, and each place must have errors")
    if not 0 <= stated <= 1:
        raise ValueError(f"stated is {stated}; it is a share between 0 and 1")
    points = _points()
    told, right = np.zeros(2), np.zeros(2)
    told_drawn, right_drawn = np.zeros((DRAWS, 2)), np.zeros((DRAWS, 2))
    for place, weight in weights.items():
        one, drawn = _point(errors[place]), _drawn(errors[place], points)
        told += weight * one[0]
        right += weight * one[1]
        told_drawn += weight * drawn[0]
        right_drawn += weight * drawn[1]
    return Rates(
        stated + (1 - stated) * right / told, stated + (1 - stated) * right_drawn / told_drawn
    )


def known_rates(right: Floats) -> Rates:
    """Return rates that are known without error, for a check or a simulation.

    >>> known_rates(np.array([1.0, 1.0])).right
    array([1., 1.])
    """
    return Rates(right, np.broadcast_to(right, (1, 2)))


@cache
def _points() -> Floats:
    """Return (draws, 9) points in the open unit cube: 2 genders x 2 kinds of list x 2, and one."""
    from scipy.stats import qmc

    points = qmc.Sobol(d=9, scramble=True, rng=np.random.default_rng(20261130)).random(DRAWS)
    return np.clip(np.asarray(points, dtype=np.float64), 1e-9, 1 - 1e-9)


def _point(errors: Errors) -> tuple[Floats, Floats]:
    """Return (2,) shares of told people and (2,) shares of people told right, by gender."""
    tail = np.full(1, sum(TAIL) / 2)
    told, right = _mixed(_shares(errors.people), _shares(errors.names), tail)
    return told[0], right[0]


def _shares(counts: Floats) -> tuple[Floats, Floats] | None:
    total = counts.sum(axis=1)
    if not total.all():
        return None
    told = counts[:, :2].sum(axis=1)
    return (told / total)[None], (np.diagonal(counts) / total)[None]


def _drawn(errors: Errors, points: Floats) -> tuple[Floats, Floats]:
    """Return (draws, 2) shares of told people and of people told right, by gender."""
    tail = TAIL[0] + (TAIL[1] - TAIL[0]) * points[:, 8]
    return _mixed(
        _jeffreys(errors.people, points[:, 0:4]), _jeffreys(errors.names, points[:, 4:8]), tail
    )


def _jeffreys(counts: Floats, points: Floats) -> tuple[Floats, Floats] | None:
    from scipy.stats import beta

    if not counts.sum(axis=1).all():
        return None
    right, told = np.diagonal(counts), counts[:, :2].sum(axis=1)
    is_told = beta.ppf(points[:, :2], told + 1, counts[:, 2] + 0.5)
    is_right = beta.ppf(points[:, 2:], right + 0.5, told - right + 0.5)
    return np.asarray(is_told), np.asarray(is_told * is_right)


def _mixed(
    people: tuple[Floats, Floats] | None, names: tuple[Floats, Floats] | None, tail: Floats
) -> tuple[Floats, Floats]:
    """Mix errors of people and of names; where one was not measured the other stands alone."""
    people, names = people or names, names or people
    if people is None or names is None:
        raise ValueError("errors without a count of women and of men")
    share = tail[:, None]
    return (
        (1 - share) * people[0] + share * names[0],
        (1 - share) * people[1] + share * names[1],
    )
