"""Which places a text names: by name, demonym or city, in each language, endings attached."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from uptake import catalog
from uptake.catalog.gazetteer import PlaceEntry, known_places, place
from uptake.gather.endings import Form, forms
from uptake.gather.namesakes import named_like_a_place
from uptake.gather.words import Word, words

_HYPHENS = "-‐‑–"
_LONGEST_STEM = 24
_HEAD = 3
_ENGLISH = "en"


class Mention(NamedTuple):
    """Where a text names a place: ``text[start:end]`` and its ISO 3166-1 alpha-3 code."""

    start: int
    end: int
    place: str


@dataclass(frozen=True, slots=True, eq=False)
class _Name:
    """One spelling of a name.

    Attributes:
        place: Code; empty for a phrase that names something else (Georgia Tech).
        words: How each word may stand in a text.
        gaps: Signs between them, without spaces and hyphens.
        capitals: Which words must begin with a capital letter.
        derived_in_lower_case: Whether a word made from the name needs no capital.
        exact: An abbreviation, which must stand as it is.
    """

    place: str
    words: tuple[tuple[Form, ...], ...]
    gaps: tuple[str, ...]
    capitals: tuple[bool, ...]
    derived_in_lower_case: bool
    exact: str


def find_places(text: str, language: str) -> list[Mention]:
    """Return each mention of a place in a text, in order, none within another.

    Args:
        text: Any text.
        language: Its main language: names are found in all languages, demonyms in this one only,
            as words for people are common words elsewhere (Kazakh арман is a dream).

    >>> text = "Қазақстандағы мектептер туралы Бішкекте айтылды. Niger is not Nigeria."
    >>> [text[m.start : m.end] + " " + m.place for m in find_places(text, "kk")]
    ['Қазақстандағы KAZ', 'Niger NER', 'Nigeria NGA']
    """
    return list(_found(text, language))


@lru_cache(maxsize=8)
def _found(text: str, language: str) -> tuple[Mention, ...]:
    """Return the mentions of places; a document is asked for them by its reader and its claims."""
    index, heads = _index(language)
    found: list[Mention] = []
    listed = list(words(text))
    position = 0
    while position < len(listed):
        head = listed[position].folded[:_HEAD]
        if head not in heads and head[:2] not in heads:
            position += 1
            continue
        count, code = _longest(text, listed, position, index)
        if code and not (count == 1 and named_like_a_place(text, listed, position, language)):
            found.append(Mention(listed[position].start, listed[position + count - 1].end, code))
        position += max(1, count)
    return tuple(found)


def named_places(text: str, language: str) -> tuple[str, ...]:
    """Return the codes of the places that a text names, sorted.

    >>> named_places("Georgia Tech has no branch in Georgia's capital, nor in Baku.", "en")
    ('AZE', 'GEO')
    """
    return tuple(sorted({mention.place for mention in find_places(text, language)}))


def _longest(
    text: str, listed: Sequence[Word], position: int, index: dict[str, list[_Name]]
) -> tuple[int, str]:
    """Return how many words the longest name from here on has, and its place, empty if none."""
    first = listed[position].folded
    best, codes = 0, {""}
    for length in range(min(len(first), _LONGEST_STEM), 0, -1):
        for name in index.get(first[:length], ()):
            count = len(name.words)
            if count >= best and _stands(text, listed, position, name):
                codes = {name.place} if count > best else codes | {name.place}
                best = count
    return best, codes.pop() if len(codes) == 1 else ""


def _stands(text: str, listed: Sequence[Word], position: int, name: _Name) -> bool:
    if position + len(name.words) > len(listed):
        return False
    end = listed[position].start
    for number, wanted in enumerate(name.words):
        word = listed[position + number]
        if number and _gap(text[end : word.start]) != name.gaps[number - 1]:
            return False
        if not _fits(text, word, wanted, name, name.capitals[number]):
            return False
        end = word.end
    return not name.exact or _exactly(text[listed[position].start : end], name.exact)


def _exactly(printed: str, wanted: str) -> bool:
    """Whether an abbreviation stands as it is, with nothing behind it but a small ending."""
    ending = printed.removeprefix(wanted)
    return not ending or (ending != printed and not any(c.isupper() for c in ending))


def _fits(text: str, word: Word, wanted: tuple[Form, ...], name: _Name, capital: bool) -> bool:
    small = capital and not text[word.start].isupper()
    for form in wanted:
        if word.folded.startswith(form.stem):
            match = form.rest.fullmatch(word.folded, len(form.stem))
            if match and (not small or _derived(match.groupdict(), name)):
                return True
    return False


def _derived(groups: dict[str, str | None], name: _Name) -> bool:
    return name.derived_in_lower_case and bool(groups.get("derived"))


def _gap(between: str) -> str:
    """Return the signs between two words; a new paragraph parts them whatever they are."""
    if between.count("\n") > 1 or len(between) > 4:
        return "\n"
    return "".join(c for c in between if not c.isspace() and c not in _HYPHENS)


@cache
def _index(language: str) -> tuple[dict[str, list[_Name]], frozenset[str]]:
    """Return all names by the stems of their first words, for texts in one language.

    With them the beginnings of these stems: most words of a text have another one.
    """
    index: dict[str, list[_Name]] = {}
    for name in _names(language):
        for stem in dict.fromkeys(form.stem for form in name.words[0]):
            index.setdefault(stem, []).append(name)
    return index, frozenset(stem[:_HEAD] for stem in index)


def _names(language: str) -> Iterator[_Name]:
    known = language in catalog.names("languages")
    raw = catalog.entry("languages", language) if known else {}
    excluded = {*raw.get("not_names", ()), *catalog.entry("languages", _ENGLISH)["not_names"]}
    lower = bool(raw.get("demonyms_in_lower_case", False))
    for code in known_places():
        entry = place(code)
        for spelt_in, spelling in _spellings(entry, language):
            if spelling not in excluded:
                yield _name(code, spelling, (spelt_in, language), lower)
        for word in entry.demonyms.get(language, ()):
            yield _name(code, word, (language,), lower, demonym=True)
    for phrase_language in dict.fromkeys((language, _ENGLISH)):
        if phrase_language in catalog.names("languages"):
            for phrase in catalog.entry("languages", phrase_language)["not_places"]:
                yield _name("", phrase, (phrase_language,), lower)


def _spellings(entry: PlaceEntry, language: str) -> Iterator[tuple[str, str]]:
    """Yield each spelling once, with the language whose endings it takes first."""
    seen: set[str] = set()
    for spelt_in in sorted(entry.names, key=lambda code: (code != language, code)):
        for spelling in entry.names[spelt_in]:
            if spelling not in seen:
                seen.add(spelling)
                yield spelt_in, spelling
    for spellings in entry.cities.values():
        for spelling in spellings:
            if spelling not in seen:
                seen.add(spelling)
                yield language, spelling


def _name(
    code: str, spelling: str, languages: Sequence[str], lower: bool, *, demonym: bool = False
) -> _Name:
    parts = list(words(spelling))
    own, reader = languages[0], languages[-1]
    inflected = tuple(
        tuple(
            dict.fromkeys(
                (
                    *forms(part.folded, own, demonym=demonym),
                    *(forms(part.folded, reader, foreign=True) if reader != own else ()),
                )
            )
        )
        for part in parts
    )
    return _Name(
        place=code,
        words=inflected,
        gaps=tuple(_gap(spelling[a.end : b.start]) for a, b in pairwise(parts)),
        capitals=tuple(spelling[p.start].isupper() and not (demonym and lower) for p in parts),
        derived_in_lower_case=lower,
        exact=spelling if len(spelling) <= 4 and spelling.isupper() else "",
    )
