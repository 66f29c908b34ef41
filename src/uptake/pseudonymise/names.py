"""Names to an association with a gender: patronymics, given names, family-name endings.

An association, not a fact about a person: names say what a name is usually taken for. Evidence
that contradicts itself, or that is not in the catalogue, is ``unknown``.
"""

import re
from functools import cache, lru_cache

from uptake.catalog import entry, names
from uptake.model.messages import UNKNOWN

GENDERS = ("feminine", "masculine")
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʻʼʹ`´ʽˈ", "'"))
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
SHORTEST_STEM = 2
"""Letters that must stand before an ending: Eva is a name, not an ending."""


def folded(name: str) -> str:
    """Fold case, apostrophes and letters that are written in two ways.

    >>> folded("Oʻgʻli"), folded("İlham"), folded("Пётр")
    ("o'g'li", 'ilham', 'петр')
    """
    return (
        name.replace("İ", "i")
        .replace("I", "i")
        .translate(_APOSTROPHES)
        .casefold()
        .replace("ё", "е")
        .replace("ı", "i")
    )


@cache
def _stated() -> dict[str, str]:
    return {
        folded(word): gender
        for gender in GENDERS
        for word in entry("names", "endings")["stated"][gender]
    }


@cache
def _endings(kind: str) -> tuple[tuple[str, str], ...]:
    """Return (ending, gender) of a kind, longest first."""
    table = entry("names", "endings")[kind]
    pairs = [
        (folded(ending), gender)
        for gender in (*GENDERS, UNKNOWN)
        for ending in table.get(gender, ())
    ]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


@cache
def _given() -> dict[str, str]:
    """Return each given name's gender; a name of both is unknown."""
    found: dict[str, str] = {}
    for country in names("names"):
        if country == "endings":
            continue
        table = entry("names", country)
        for gender in GENDERS:
            for spelling in " ".join(table[gender]).split():
                name = folded(spelling)
                found[name] = gender if found.get(name, gender) == gender else UNKNOWN
    return found


def _by_ending(word: str, kind: str) -> str:
    for ending, gender in _endings(kind):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return gender
    return UNKNOWN


@lru_cache(maxsize=65_536)
def gender_of(stated: str | None, given_name: str | None, family_name: str | None) -> str:
    """Return ``feminine``, ``masculine`` or ``unknown``.

    What is stated wins. Otherwise patronymics decide, as they are unambiguous; then given names of
    the catalogue together with the endings of family names, which must agree where both speak.

    >>> gender_of(None, "Айгерим", "Нурланова"), gender_of(None, "Sam", None)
    ('feminine', 'unknown')
    """
    if stated and stated.strip():
        return _stated().get(folded(stated.strip()), UNKNOWN)
    words = _words(given_name, family_name)
    alone = dict(_endings("patronymic_words"))
    patronymics = {alone.get(word, _by_ending(word, "patronymics")) for word in words} - {UNKNOWN}
    if patronymics:
        return patronymics.pop() if len(patronymics) == 1 else UNKNOWN
    known = [_given().get(word, "") for word in words]
    endings = {
        _by_ending(word, "families") for word, given in zip(words, known, strict=True) if not given
    }
    met = {*filter(None, known), *endings} - {UNKNOWN}
    return met.pop() if len(met) == 1 else UNKNOWN


def _words(*given: str | None) -> list[str]:
    return [word for name in given if name for word in _WORD.findall(folded(name)) if len(word) > 1]
