"""What things are called on pages: dimensions, values, months, places, measures and units."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from uptake.catalog import entry, facet, names
from uptake.catalog.gazetteer import known_places
from uptake.model.dimensions import ALL
from uptake.model.release import Release

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@cache
def words() -> Mapping[str, Any]:
    """Return the tables of ``titles.toml``."""
    text = (files("uptake.publish") / "titles.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


def month_title(month: str) -> str:
    """Write a month as a person would.

    >>> month_title("2025-09"), month_title("unknown")
    ('Sep 2025', 'Month unknown')
    """
    year, _, number = month.partition("-")
    if year.isdigit() and number.isdigit() and 1 <= int(number) <= len(_MONTHS):
        return f"{_MONTHS[int(number) - 1]} {year}"
    return str(words()["values"]["month"].get(month, month))


def facet_title(name: str) -> str:
    """Return the heading of a facet or of a dimension taken as one."""
    return str(words()["facets"].get(name, name))


def measure_title(name: str) -> str:
    """Return the heading of a measure."""
    return str(words()["measures"][name]["title"])


def unit_title(name: str) -> str:
    """Return how a unit is written behind a figure."""
    return str(words()["units"].get(name, name.replace("_", " ")))


def facet_values(name: str) -> tuple[str, ...]:
    """Return the closed list of a labelled facet's values, in the codebook's order; else nothing.

    >>> facet_values("intent"), facet_values("gender")
    (('asking', 'doing', 'expressing'), ())
    """
    if name == "topic_group":
        return tuple(group.id for group in facet("topic").groups)
    return facet(name).ids if name in ("intent", "work", "topic") else ()


def listed(parts: Sequence[str]) -> str:
    """Join names as in a sentence.

    >>> listed(["Age", "Gender", "Language"])
    'Age, Gender and Language'
    """
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


class Titles:
    """Names of values in one release: its own places first, then the catalogue's."""

    def __init__(self, release: Release) -> None:
        named = {place.iso3: place.name for place in (*release.comparators, *release.places)}
        shown = words()["values"]
        self.places: dict[str, str] = {**known_places(), **shown["place"], **named}
        if release.region:
            self.places[ALL] = release.region
        self._values: dict[str, Mapping[str, str]] = {
            "place": self.places,
            "age_band": shown["age_band"],
            "gender": shown["gender"],
            "language": {**_languages(), **shown["language"]},
            "intent": {v.id: v.title for v in facet("intent").values},
            "work": {v.id: v.title for v in facet("work").values},
            "topic": {v.id: v.title for v in facet("topic").values},
            "topic_group": {g.id: g.title for g in facet("topic").groups},
        }

    def value(self, name: str, value: str) -> str:
        """Return how a value of a facet or dimension is written."""
        if name == "month":
            return month_title(value)
        found = self._values.get(name, {}).get(value)
        if found is None and name == "age_band":
            return value.replace("-", "–")
        return found or value

    def place(self, iso3: str) -> str:
        """Return a place's name."""
        return self.places.get(iso3, iso3)


@cache
def _languages() -> Mapping[str, str]:
    return MappingProxyType(
        {code: str(entry("languages", code)["name"]) for code in names("languages")}
    )


def dimension_title(name: str) -> str:
    """Return the heading of a dimension.

    >>> dimension_title("age_band")
    'Age'
    """
    return str(words()["dimensions"].get(name, name))
