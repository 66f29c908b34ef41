"""Where within a country a figure is of: its cities and regions, by the words of its quote."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from uptake.catalog import entry, table
from uptake.catalog import names as catalogue_names
from uptake.catalog.gazetteer import described_places, place
from uptake.gather.claims.lexicon import lexicon, plain
from uptake.gather.knowledge.measures import begins, phrases
from uptake.gather.mentions import find_places
from uptake.gather.words import Word, fold, words

_LEAST = 4
_ENDING = 1
_STEM = 5


@dataclass(frozen=True, slots=True)
class Where:
    """What a text says of places.

    Attributes:
        parts: Cities by their English name, regions with `` region`` behind it.
        whole: Whether it names a country, or the country, and no part of one.
    """

    parts: frozenset[str] = frozenset()
    whole: bool = False

    @property
    def told(self) -> bool:
        """Return whether it names any place."""
        return bool(self.parts) or self.whole


@lru_cache(maxsize=8192)
def where(text: str, language: str) -> Where:
    """Return the parts of countries that a text names, or that it names a whole country.

    A city that begins a longer name (Astana Hub) is no place there.

    >>> sorted(where("Almaty region spent 4,900 million, Baku 12", "en").parts)
    ['Almaty region', 'Baku']
    >>> where("in Kazakhstan 40 schools, Astana Hub says", "en").whole
    True
    """
    listed = list(words(text))
    mentions = find_places(text, language)
    countries = {m.start for m in mentions if not _city(fold(text[m.start : m.end]), m.place)}
    regions = {at: name for at, name in _regions(text, listed, language) if at not in countries}
    parts, whole = set(regions.values()), False
    for mention in mentions:
        at = next((n for n, w in enumerate(listed) if w.end == mention.end), None)
        if at is None or any(m in regions for m in (mention.start, listed[at].start)):
            continue
        city = _city(fold(text[mention.start : mention.end]), mention.place)
        if not city:
            whole = True
        elif not _longer_name(text, listed, at):
            parts.add(city)
    nationwide = lexicon(language, "indicators", "same_country").search(plain(text)) is not None
    return Where(frozenset(parts), (whole or nationwide) and not parts)


def _longer_name(text: str, listed: Sequence[Word], at: int) -> bool:
    """Return whether a word with a capital letter follows; one all in capitals is none."""
    if at + 1 >= len(listed) or text[listed[at].end : listed[at + 1].start] != " ":
        return False
    return _capital(text, listed[at + 1]) and not text[listed[at + 1].start :][:2].isupper()


def _capital(text: str, word: Word) -> bool:
    return text[word.start].isupper()


def _regions(text: str, listed: Sequence[Word], language: str) -> Iterator[tuple[int, str]]:
    """Yield where the names of regions begin, and the names."""
    for number, word in enumerate(listed):
        if not any(begins(word.folded, wanted) for wanted in _region_words()):
            continue
        for beside in (number - 1, number + 1):
            if not 0 <= beside < len(listed):
                continue
            name = listed[beside]
            first, last = sorted((name, word))
            if text[first.end : last.start] not in {" ", "-"} or not _capital(text, name):
                continue
            if len(name.folded) < _LEAST or name.folded in _not_regions() | _little(language):
                continue
            yield name.start, f"{_city(name.folded) or name.folded[:_STEM]} region"
            break


def _city(named: str, country: str = "") -> str:
    """Return a city by the beginning of its name, or of a word made of it; empty if none fits."""
    best, found = 0, ""
    for spelling, code, city in _cities().get(named[:_LEAST], ()):
        shared = next(
            (n for n, (a, b) in enumerate(zip(named, spelling, strict=False)) if a != b),
            min(len(named), len(spelling)),
        )
        near = shared >= max(_LEAST, len(spelling) - _ENDING)
        if near and shared > best and country in ("", code):
            best, found = shared, city
    return found


@cache
def _cities() -> dict[str, list[tuple[str, str, str]]]:
    index: dict[str, list[tuple[str, str, str]]] = {}
    for code in described_places():
        for city, spellings in place(code).cities.items():
            for spelling in spellings:
                folded = fold(spelling)
                index.setdefault(folded[:_LEAST], []).append((folded, code, city))
    return index


@cache
def _region_words() -> tuple[str, ...]:
    return tuple(phrase[0] for phrase in phrases(table("comparable")["region_words"]))


@cache
def _little(language: str) -> frozenset[str]:
    """Return a language's function words, which begin sentences with a capital: "Every region"."""
    if language not in catalogue_names("languages"):
        return frozenset()
    listed = str(entry("languages", language).get("function_words", ""))
    return frozenset(word.folded for word in words(listed))


@cache
def _not_regions() -> frozenset[str]:
    """Return the words of regions of several countries: "the Central Asian region" is no part."""
    named: dict[str, Any] = table("comparable")["regional"]
    return frozenset(word for phrase in phrases(named) for word in phrase)
