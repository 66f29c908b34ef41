"""Places: every country by code and name, and what is known of those with a file of their own.

``places.csv`` holds all of ISO 3166-1 and Kosovo (XKX); ``places/<ISO3>.toml`` adds names in more
languages, demonyms, cities, currency and a language mix. A new place is one new file.
"""

import csv
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from uptake.catalog import entry, names
from uptake.model.errors import UnknownNameError

WORLD = "WLD"
"""The code under which tables keep figures of the whole world; no person lives there."""

_DOTLESS_I = str.maketrans({"ı": "i"})
_MODIFIERS = frozenset("ʻʼʹʽˈ")
"""Apostrophes that Unicode counts as letters (Uzbek oʻ)."""


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """What the catalogue knows of a place; what it does not know is empty.

    Attributes:
        iso3: ISO 3166-1 alpha-3 code.
        iso2: ISO 3166-1 alpha-2 code.
        name: English name, as shown.
        names: Names by language code, in each script in use, the usual one first.
        demonyms: Words for its people and things, by language code.
        cities: Each city's spellings in all languages, by its English name.
        abbreviations: Short forms used in its documents; not unique between places.
        currency: ISO 4217 code, empty if not known.
        currency_names: What people call it.
        language_mix: Share of conversations by language, a hint for synthetic data.
    """

    iso3: str
    iso2: str
    name: str
    names: Mapping[str, tuple[str, ...]]
    demonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    abbreviations: tuple[str, ...] = ()
    currency: str = ""
    currency_names: tuple[str, ...] = ()
    language_mix: Mapping[str, float] = field(default_factory=dict)


def fold(text: str) -> str:
    """Reduce a name to what two spellings of it share.

    Case, width, marks above letters, apostrophes, dots, hyphens and brackets do not tell two
    countries apart; ``&`` is ``and``, and a leading ``the`` is nothing.

    >>> fold("TÜRKİYE"), fold("Ｋａｚａｋｈｓｔａｎ"), fold("Côte d’Ivoire"), fold("The U.S.A.")
    ('turkiye', 'kazakhstan', 'cote divoire', 'usa')
    """
    text = unicodedata.normalize("NFKD", text).casefold().translate(_DOTLESS_I)
    letters: list[str] = []
    for character in text:
        if character.isalnum() and character not in _MODIFIERS:
            letters.append(character)
        elif character == "&":
            letters.append(" and ")
        elif character.isspace() or character in "-‐‑–—_(),/":
            letters.append(" ")
    words = "".join(letters).split()
    while len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join(words)


@cache
def _world() -> Mapping[str, PlaceEntry]:
    text = (files("uptake.catalog") / "places.csv").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            row["iso3"]: PlaceEntry(
                row["iso3"],
                row["iso2"],
                row["name"],
                {
                    "en": (row["name"], *_split(row["aliases"])),
                    "ru": _split(row["russian"]),
                    **_spoken(row["iso3"]),
                },
                demonyms=_people(row["iso3"]),
            )
            for row in csv.DictReader(text.splitlines())
        }
    )


def _people(iso3: str) -> dict[str, tuple[str, ...]]:
    """Return words for a place's people and things as the ``[demonyms]`` of language files tell."""
    told = {code: entry("languages", code).get("demonyms", {}) for code in names("languages")}
    return {code: tuple(known[iso3]) for code, known in told.items() if iso3 in known}


def _spoken(iso3: str) -> dict[str, tuple[str, ...]]:
    """Return a place's names by language as the ``[countries]`` of language files tell."""
    told = {code: entry("languages", code).get("countries", {}) for code in names("languages")}
    return {code: tuple(known[iso3]) for code, known in told.items() if iso3 in known}


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


@cache
def known_places() -> Mapping[str, str]:
    """Return the English name of every place by its ISO 3166-1 alpha-3 code, sorted by code.

    >>> known_places()["NAM"]
    'Namibia'
    """
    return MappingProxyType(
        {code: place(code).name for code in sorted({*_world(), *names("places")})}
    )


def described_places() -> tuple[str, ...]:
    """Return the codes of the places that have a file of their own, sorted."""
    return names("places")


@cache
def place(iso3: str) -> PlaceEntry:
    """Return what the catalogue knows of a place.

    >>> place("KAZ").names["kk"][0]
    'Қазақстан'

    Raises:
        UnknownNameError: No place has this code.
    """
    if iso3 in described_places():
        return _described(entry("places", iso3))
    try:
        return _world()[iso3]
    except KeyError:
        raise UnknownNameError("place", iso3, tuple(known_places())) from None


def _described(raw: dict[str, Any]) -> PlaceEntry:
    row = _world().get(raw["iso3"])
    spoken = {language: tuple(spellings) for language, spellings in raw["names"].items()}
    for language, spellings in (row.names if row else {}).items():
        known = spoken.get(language, ())
        spoken[language] = known + tuple(s for s in spellings if s not in known)
    currency = raw.get("currency", {})
    return PlaceEntry(
        iso3=raw["iso3"],
        iso2=raw["iso2"],
        name=raw["name"],
        names=spoken,
        demonyms={key: tuple(words) for key, words in raw.get("demonyms", {}).items()},
        cities={key: tuple(words) for key, words in raw.get("cities", {}).items()},
        abbreviations=tuple(raw.get("abbreviations", ())),
        currency=currency.get("code", ""),
        currency_names=tuple(currency.get("names", ())),
        language_mix=raw.get("language_mix", {}),
    )


def place_name(iso3: str) -> str:
    """Return the English name under which a place, or the world, is shown.

    >>> place_name("KGZ"), place_name("WLD")
    ('Kyrgyzstan', 'World')

    Raises:
        UnknownNameError: No place has this code.
    """
    return "World" if iso3 == WORLD else place(iso3).name


@cache
def place_names() -> Mapping[str, str]:
    """Return ISO 3166-1 alpha-3 codes by every folded code and name.

    A name that two places share names neither.

    >>> [place_names()[fold(name)] for name in ("UK", "na", "Қазақстан", "Oʻzbekiston")]
    ['GBR', 'NAM', 'KAZ', 'UZB']
    """
    meanings: dict[str, set[str]] = {}
    for code in known_places():
        found = place(code)
        spellings = (code, found.iso2, *(s for group in found.names.values() for s in group))
        for spelling in spellings:
            meanings.setdefault(fold(spelling), set()).add(code)
    return MappingProxyType(
        {name: min(codes) for name, codes in meanings.items() if len(codes) == 1}
    )
