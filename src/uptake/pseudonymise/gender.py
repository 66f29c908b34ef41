"""Names to an association with a gender, by patronymics, given names and family-name endings.

An association of the name, not a fact about the person; names are dropped with this step. What is
not in the catalogue, or contradicts itself, is ``unknown``.
"""

from collections.abc import Sequence

from uptake.model.messages import UNKNOWN
from uptake.pseudonymise.spelling import folded, is_cyrillic, skeleton, tokens
from uptake.pseudonymise.wordlists import by_ending, genders_of_words, given_names, words_of

Words = Sequence[str]


def gender_of(
    stated: str | None, given_name: str | None, family_name: str | None, place: str = UNKNOWN
) -> str:
    """Return ``feminine``, ``masculine`` or ``unknown``.

    What is stated wins. Otherwise patronymic, given name and family name must not contradict each
    other. Either field may hold the whole name, in any order; two fields may be swapped.

    Args:
        stated: The record's own word; one that is not in the closed list is unknown.
        given_name: Given name, perhaps with a patronymic, or the whole name.
        family_name: Family name, likewise.
        place: Code of the person's country: some names and endings mean something else elsewhere.

    >>> gender_of(None, "Айгерим", "Нурланова"), gender_of(None, "Rustam Karim oʻgʻli", None)
    ('feminine', 'masculine')
    >>> gender_of("F", "Rustam", None), gender_of(None, None, "Rahmonzoda")
    ('feminine', 'unknown')
    """
    word = folded(" ".join(stated.split())) if stated else ""
    if word and word not in words_of("stated", "missing"):
        return genders_of_words("stated").get(word, UNKNOWN)
    parts = [(word, 0) for word in tokens(given_name)] + [(w, 1) for w in tokens(family_name)]
    span, met = _patronymic([folded(word) for word, _ in parts])
    rest = [part for at, part in enumerate(parts) if at not in span]
    first, second = ([word for word, field in rest if field == side] for side in (0, 1))
    if first and second:
        met |= _of_two_fields(first, second, place)
    elif len(second) == 1:
        met |= _family(second, place)
    else:
        met |= _of_one_field(first or second, place, sure=bool(met))
    return met.pop() if len(met) == 1 else UNKNOWN


def _patronymic(words: Words) -> tuple[range, set[str]]:
    """Find the words of a patronymic, and what it tells.

    A Slavic one of men is a family name as well (Abramovich), and therefore counts only as the
    second or third of three words.
    """
    alone = genders_of_words("patronymic_words")
    for at, word in enumerate(words):
        if at and word in alone:
            return range(at - 1, at + 1), {alone[word]}
        met = by_ending(word, "patronymics")
        if not met and at and len(words) > 2:
            met = by_ending(word, "slavic_patronymics")
        if met:
            return range(at, at + 1), met
    return range(0), set()


def _of_two_fields(first: Words, second: Words, place: str) -> set[str]:
    """Judge a name whose given and family name have fields of their own."""
    listed = _listed(first, place)
    if not listed and _family(first, place) and (swapped := _listed(second, place)):
        first, second, listed = second, first, swapped
    return (_told(listed) or _ended(first, place)) | _family(second, place)


def _of_one_field(words: Words, place: str, *, sure: bool) -> set[str]:
    """Judge a name that came in one field: listed given names are given, the rest is family.

    Args:
        words: Of the name, in any order, without the patronymic.
        place: Code of the person's country.
        sure: Whether a patronymic was there, so that the rest has a family name.
    """
    listed = _listed(words, place)
    others = [word for word in words if word not in listed]
    met = _told(listed) | _family(others, place, regional=sure or bool(listed))
    return met or _ended(words, place if len(words) == 1 else "")


def _listed(words: Words, place: str) -> dict[str, str]:
    """Return the gender of each word that is a given name of the catalogue."""
    table = given_names(place)
    known = {word: table.get(skeleton(word)) for word in words}
    return {word: gender for word, gender in known.items() if gender}


def _told(listed: dict[str, str]) -> set[str]:
    return set(listed.values()) - {UNKNOWN}


def _ended(words: Words, place: str) -> set[str]:
    """Judge given names that no list holds by what they end in.

    Args:
        words: Of the name.
        place: Code of the person's country; empty where a word may be a family name, so that only
            parts of given names count that no family name ends in.
    """
    here = place in words_of("regional_given", "places")
    kinds = ("given", "regional_given") if here else ("given",)
    return set().union(*(by_ending(folded(word), *kinds) for word in words))


def _family(words: Words, place: str, *, regional: bool = True) -> set[str]:
    met: set[str] = set()
    for word in words:
        kinds = ("families", "regional_families") if _here(word, place) else ("families",)
        met |= by_ending(folded(word), *(kinds if regional else kinds[:1]))
    return met


def _here(word: str, place: str) -> bool:
    """Return whether endings count that mean something else in other parts of the world."""
    if is_cyrillic(word):
        return place not in words_of("regional_families", "not_places")
    return place in words_of("regional_families", "places")
