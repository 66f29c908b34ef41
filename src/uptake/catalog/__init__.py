"""The catalogue: what uptake knows of facets, places, languages and sources, as data files.

A new facet, place, language or source is one new file in its folder; no code names one.
This module only finds and reads them.
"""

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from uptake.model.errors import UnknownNameError


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet.

    Attributes:
        id: As stored and as in the codebook.
        title: As shown.
        definition: What is counted here.
        group: Id of the group that the value belongs to, empty if the facet has none.
    """

    id: str
    title: str
    definition: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """One question asked of each message, with its closed list of answers.

    ``rules`` say which answer wins where two would fit.
    """

    id: str
    title: str
    question: str
    values: tuple[Value, ...]
    groups: tuple[Value, ...] = ()
    rules: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the values' ids in the order in which probabilities are stored."""
        return tuple(value.id for value in self.values)


def names(folder: str) -> tuple[str, ...]:
    """Return what a folder of the catalogue holds, sorted.

    >>> names("facets")
    ('intent', 'topic', 'work')
    """
    entries = (files("uptake.catalog") / folder).iterdir()
    return tuple(sorted(e.name[:-5] for e in entries if e.name.endswith(".toml")))


@cache
def entry(folder: str, name: str) -> dict[str, Any]:
    """Read one TOML file of the catalogue.

    Raises:
        UnknownNameError: There is no such entry.
    """
    path = files("uptake.catalog") / folder / f"{name}.toml"
    if not path.is_file():
        raise UnknownNameError(folder, name, names(folder))
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def table(name: str) -> dict[str, Any]:
    """Read one TOML file that stands beside the catalogue's folders.

    >>> sorted(table("indicators"))
    ['indicators']
    """
    text = (files("uptake.catalog") / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def facet(name: str) -> Facet:
    """Return a facet of the codebook.

    >>> facet("intent").ids
    ('asking', 'doing', 'expressing')
    """
    raw = entry("facets", name)
    return Facet(
        id=raw["id"],
        title=raw["title"],
        question=raw["question"],
        values=tuple(Value(**v) for v in raw["values"]),
        groups=tuple(Value(**g) for g in raw.get("groups", ())),
        rules=tuple(raw.get("rules", ())),
    )


@cache
def digest() -> str:
    """Return 16 hex digits that change with what the catalogue says of words, places and tables."""
    seen = hashlib.sha256()
    root = files("uptake.catalog")
    for name in sorted(_data(root, "")):
        seen.update(name.encode() + b"\0" + root.joinpath(name).read_bytes() + b"\0")
    return seen.hexdigest()[:16]


def _data(folder: Traversable, above: str) -> Iterator[str]:
    for each in folder.iterdir():
        if each.is_dir() and each.name != "examples":
            yield from _data(each, f"{above}{each.name}/")
        elif each.name.endswith((".toml", ".csv")):
            yield above + each.name
