"""Names and signs of currencies: CLDR's in each language, what the catalogue's places say, ours."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from uptake import catalog
from uptake.gather.grammar.shadow import fold

_COUNTS = (1, 2, 5, None)
_NO_MONEY = frozenset({"XAG", "XAU", "XBA", "XBB", "XBC", "XBD", "XPD", "XPT", "XTS", "XXX"})
"""Codes of metals, bonds and tests."""
_PARTS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\S")


@cache
def codes() -> frozenset[str]:
    """Return the ISO 4217 codes of currencies in use somewhere, in capitals."""
    return frozenset(_in_use()) | {place["code"] for place in _places()}


@cache
def signs() -> dict[str, tuple[str, ...]]:
    """Return signs and what they may mean, the likeliest first (``$``: USD, then all dollars)."""
    listed = catalog.entry("currencies", "signs")["signs"]
    return {fold(sign): tuple(meanings) for sign, meanings in listed.items()}


@cache
def lower_codes() -> frozenset[str]:
    """Return the codes that are taken for such in small letters too, being no words."""
    return frozenset(catalog.entry("currencies", "signs")["lower_case"])


@cache
def of_country(iso3: str) -> str | None:
    """Return a country's currency; None where the catalogue does not know the country."""
    if iso3 not in catalog.names("places"):
        return None
    code: str = catalog.entry("places", iso3)["currency"]["code"]
    return code


def currency_names(language: str, own: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Return names of currencies in a language with the codes that each may mean.

    A full name means one currency. The last word of it alone means all that share it: in the order
    in which the language's own list has them, which begins with the likeliest.

    Args:
        language: Code.
        own: The language's list, ``[quantities.currencies]``: word to codes.
    """
    found: dict[str, dict[str, None]] = {}
    for name, meanings in own.items():
        found.setdefault(_plain(name), {}).update(dict.fromkeys(meanings))
    full = {name: code for code, names in _cldr(language).items() for name in names}
    in_use = codes()
    for name, code in full.items():
        if code not in in_use:
            continue
        last = name.split()[-1]
        if last != name and last in found:
            found[last].setdefault(code)
    for name, code in full.items():
        if code not in _NO_MONEY:
            found.setdefault(name, {}).setdefault(code)
    for place in _places():
        for name in place["names"]:
            found.setdefault(_plain(name), {}).setdefault(place["code"])
    return {name: tuple(meanings) for name, meanings in found.items()}


@cache
def _cldr(language: str) -> dict[str, set[str]]:
    """Return the folded names of each currency in use, in all forms of number."""
    from babel import Locale, UnknownLocaleError
    from babel.numbers import get_currency_name

    found: dict[str, set[str]] = {}
    known = language in catalog.names("languages")
    section = catalog.entry("languages", language).get("quantities", {}) if known else {}
    for identifier in section.get("cldr_locales", [language]):
        try:
            locale = Locale.parse(identifier)
        except UnknownLocaleError:
            continue
        for code in sorted(codes() | set(locale.currencies)):
            names = {_plain(get_currency_name(code, count, locale)) for count in _COUNTS}
            found.setdefault(code, set()).update(names - {code.lower()})
    return found


@cache
def _in_use() -> tuple[str, ...]:
    from babel import Locale
    from babel.numbers import get_territory_currencies, list_currencies

    territories = [t for t in map(str, Locale("en").territories) if len(t) == 2 and t.isalpha()]
    used = {c for t in territories for c in get_territory_currencies(t)}
    return tuple(sorted(used & list_currencies()))


@cache
def _places() -> tuple[dict[str, Any], ...]:
    entries = (catalog.entry("places", iso3) for iso3 in catalog.names("places"))
    return tuple(entry["currency"] for entry in entries if "currency" in entry)


def _plain(name: str) -> str:
    return " ".join(_PARTS.findall(fold(name)))
