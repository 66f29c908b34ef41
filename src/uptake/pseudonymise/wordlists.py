"""The catalogue's endings, words and given names, in the shape in which names are compared."""

from collections.abc import Iterable, Mapping
from functools import cache

from uptake.catalog import entry, names
from uptake.catalog.gazetteer import known_places
from uptake.model.messages import UNKNOWN
from uptake.pseudonymise.spelling import folded, skeletons

FEMININE, MASCULINE = "feminine", "masculine"
GENDERS = (FEMININE, MASCULINE)
NEUTRAL = "neutral"

_SHORTEST_STEM = {
    "families": 2,
    "regional_families": 3,
    "patronymics": 3,
    "given": 3,
    "regional_given": 3,
}
"""Letters that must stand before an ending: Eva is a name, Pauly is German."""


@cache
def words_of(kind: str, column: str) -> frozenset[str]:
    """Return one list of ``catalog/names/endings.toml``, folded; empty if there is none."""
    words = entry("names", "endings")[kind].get(column, ())
    return frozenset(words if column.endswith("places") else map(folded, words))


@cache
def genders_of_words(kind: str) -> Mapping[str, str]:
    """Return the gender that each whole word of a kind speaks for.

    >>> genders_of_words("stated")["жен"], genders_of_words("patronymic_words")["ogli"]
    ('feminine', 'masculine')
    """
    return {word: gender for gender in GENDERS for word in words_of(kind, gender)}


@cache
def _endings(kinds: tuple[str, ...]) -> tuple[Mapping[str, tuple[str, int]], int]:
    found = {
        ending: (gender, 0 if gender == NEUTRAL else _SHORTEST_STEM.get(kind, 0))
        for kind in kinds
        for gender in (*GENDERS, NEUTRAL)
        for ending in words_of(kind, gender)
    }
    return found, max(map(len, found))


def by_ending(word: str, *kinds: str) -> set[str]:
    """Return the gender that a folded word's longest known ending speaks for, if any.

    >>> by_ending("ахметова", "families"), by_ending("каримзода", "families")
    ({'feminine'}, set())
    """
    known, longest = _endings(kinds)
    for length in range(min(longest, len(word)), 0, -1):
        gender, stem = known.get(word[-length:], ("", 0))
        if gender and len(word) - length >= stem:
            return set() if gender == NEUTRAL else {gender}
    return set()


@cache
def given_names(place: str) -> Mapping[str, str]:
    """Return the gender of each given name by its skeleton, as people of a place bear it.

    A name that the place's own list does not hold has the gender of all other lists; a name of
    both genders is ``unknown``.

    >>> given_names("TUR")["umut"], given_names("unknown")["umut"]
    ('masculine', 'unknown')
    """
    if place not in _listed_places():
        return _everywhere()
    return {**_everywhere(), **_merged((place,))}


@cache
def _everywhere() -> Mapping[str, str]:
    return _merged(_listed_places())


def _listed_places() -> tuple[str, ...]:
    return tuple(name for name in names("names") if name in known_places())


def _merged(places: Iterable[str]) -> dict[str, str]:
    """Return the gender of the names of several lists; unknown if they differ.

    The common names of a list, as they are spelt there, stand before its further ones and before
    spellings in other letters.
    """
    common: dict[str, str] = {}
    further: dict[str, str] = {}
    for place in places:
        table = entry("names", place)
        also = table.get("also", {})
        for gender in (*GENDERS, "unisex"):
            told = gender if gender in GENDERS else UNKNOWN
            listed = " ".join(table.get(gender, ()))
            more = f"{listed} {also.get(gender, '')}"
            _add(common, skeletons(listed), told)
            _add(further, _spellings(more, also.get("letters", ())), told)
    return {**further, **common}


def _add(found: dict[str, str], listed: Iterable[str], gender: str) -> None:
    for name in listed:
        found[name] = gender if found.get(name, gender) == gender else UNKNOWN


def _spellings(listed: str, letters: Iterable[tuple[str, str]]) -> set[str]:
    """Return the skeletons of listed names: as they are, without marks, in other letters.

    >>> sorted(_spellings("Ayşə", [("ə", "e")]))
    ['aisa', 'aise', 'aisha', 'aishe']
    """
    texts = {listed.casefold()}
    for written, elsewhere in letters:
        texts |= {text.replace(written, elsewhere) for text in texts}
    words = {word for text in texts for word in text.split()}  # few differ, skeletons take long
    words |= set(folded(" ".join(words)).split())
    return set(skeletons(" ".join(words)))
