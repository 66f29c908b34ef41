"""Population of places by age band and gender, for weights; each table with its source.

A table is ``population/<publisher>_<table>.toml`` with a CSV beside it. It is no indicator table:
an indicator has one value for a place and period, and no page shows twelve of them.
"""

import csv
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from uptake.catalog import entry, names
from uptake.model.errors import UnknownNameError, UptakeError
from uptake.model.evidence import Source

FOLDER = "population"

Stratum = tuple[str, str]
"""Age band and gender, in the words of ``Messages``."""


class PopulationError(UptakeError):
    """A population that nothing can be weighted to."""


@dataclass(frozen=True, slots=True)
class Population:
    """Who lives in a place.

    Attributes:
        place: ISO 3166-1 alpha-3, or ``WLD``.
        period: As in the table.
        projected: Whether it is a projection and not an estimate of its publisher.
        people: By stratum, aged 18 and over.
        source: Where it is from.
    """

    place: str
    period: str
    projected: bool
    people: Mapping[Stratum, int]
    source: Source

    @property
    def total(self) -> int:
        """Return all people of the strata."""
        return sum(self.people.values())


def population(place: str, period: str | None = None, table: str | None = None) -> Population:
    """Return a place's population by age band and gender.

    Args:
        place: Code of the place.
        period: Of the table; None for its latest.
        table: Name of the table; None for the first of the catalogue.

    Raises:
        UnknownNameError: There is no such table, place or period.
        PopulationError: Nobody lives there, by the table.

    >>> found = population("KAZ", "2020")
    >>> found.people["18-24", "feminine"], found.projected
    (754166, False)
    """
    table = table or names(FOLDER)[0]
    rows, source = _table(table)
    places = tuple(dict.fromkeys(known for known, _ in rows))
    if place not in places:
        raise UnknownNameError(f"place of {table}", place, places)
    periods = tuple(sorted(when for known, when in rows if known == place))
    period = period or periods[-1]
    if period not in periods:
        raise UnknownNameError(f"period of {table} for {place}", period, periods)
    people, status = rows[place, period]
    if not sum(people.values()):
        raise PopulationError(
            f"{table}, {place} {period}: nobody aged 18 or over lives there, so that shares can "
            "not be weighted to it; correct the table or leave the place unweighted"
        )
    return Population(place, period, status != "actual", MappingProxyType(people), source)


_Rows = dict[tuple[str, str], tuple[dict[Stratum, int], str]]


@cache
def _table(name: str) -> tuple[_Rows, Source]:
    origin = entry(FOLDER, name)["origin"]
    data = (files("uptake.catalog") / FOLDER / f"{name}.csv").read_bytes()
    rows: _Rows = {}
    for row in csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")):
        people, _ = rows.setdefault((row["place"], row["period"]), ({}, row["status"]))
        people[row["age_band"], row["gender"]] = int(row["people"])
    return rows, Source(id=name, sha256=hashlib.sha256(data).hexdigest(), **origin)
