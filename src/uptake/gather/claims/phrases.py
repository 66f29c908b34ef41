"""Phrases of a language's data found in a text, whatever endings their words take.

A phrase is words with spaces between them. In a word ``*`` stands for any letters and ``{a|b}``
for one of several; the word ``…`` stands for at most five words.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple, cast

from uptake import catalog
from uptake.gather.words import Word, fold, words

_GAP = "…"
_LONGEST_GAP = 5
_GROUP_OF_PHRASES = re.compile(r"\{([^{}]* [^{}]*)\}")


class Hit(NamedTuple):
    """A phrase in a text: words ``first`` to ``last`` of it, signs ``start`` to ``end``."""

    label: str
    first: int
    last: int
    start: int
    end: int


class _Phrase(NamedTuple):
    label: str
    rest: tuple[re.Pattern[str] | None, ...]


class Lexicon:
    """Phrases by label, ready to be found in one pass over a text's words.

    >>> phrases = Lexicon({"trial": ["pilot* mod*", "is … tested"]}, "en")
    >>> [h.label for h in phrases.find(listed("It is still being tested.", "en"))]
    ['trial']
    """

    def __init__(self, phrases: Mapping[str, Sequence[str]], language: str) -> None:
        """Compile phrases by label; the language tells which letters stand for one another."""
        self._by_head: dict[str, list[tuple[re.Pattern[str], _Phrase]]] = {}
        for label, listing in phrases.items():
            for phrase in listing:
                for plain in _without_spaces(respelt(fold(phrase), language)):
                    self._add(label, plain.split())
        self._lengths = sorted({len(head) for head in self._by_head})
        self._beginning: Callable[[str], tuple[_Phrase, ...]] = lru_cache(maxsize=16384)(self._find)

    def _add(self, label: str, parts: Sequence[str]) -> None:
        phrase = _Phrase(label, tuple(None if p == _GAP else _word(p) for p in parts[1:]))
        for head in _heads(parts[0]):
            self._by_head.setdefault(head, []).append((_word(parts[0]), phrase))

    def _find(self, word: str) -> tuple[_Phrase, ...]:
        return tuple(
            phrase
            for length in self._lengths
            if length <= len(word)
            for pattern, phrase in self._by_head.get(word[:length], ())
            if pattern.fullmatch(word)
        )

    def find(self, text: Sequence[Word]) -> list[Hit]:
        """Return each phrase found among words, in order, each label once at each place."""
        return list(dict.fromkeys(self._hits(text)))

    def _hits(self, text: Sequence[Word]) -> Iterator[Hit]:
        for first, word in enumerate(text):
            for phrase in self._beginning(word.folded):
                last = _reach(text, first, phrase.rest)
                if last is not None:
                    yield Hit(phrase.label, first, last, word.start, text[last].end)


def _reach(text: Sequence[Word], first: int, rest: Sequence[re.Pattern[str] | None]) -> int | None:
    """Return the last word of a phrase whose first is found; None where it does not go on."""
    at, free = first, 0
    for part in rest:
        if part is None:
            free = _LONGEST_GAP
            continue
        until = min(len(text), at + 2 + free)
        for number in range(at + 1, until):
            if part.fullmatch(text[number].folded):
                at = number
                break
        else:
            return None
        free = 0
    return at


def _without_spaces(phrase: str) -> list[str]:
    """Return a phrase once for each option of a group that holds more than one word."""
    group = _GROUP_OF_PHRASES.search(phrase)
    if not group:
        return [phrase]
    return [
        each
        for option in group[1].split("|")
        for each in _without_spaces(phrase[: group.start()] + option + phrase[group.end() :])
    ]


def _word(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"([*{|}])", pattern)
    signs = {"*": ".*", "{": "(?:", "|": "|", "}": ")"}
    return re.compile("".join(signs.get(part, re.escape(part)) for part in parts))


def _heads(pattern: str) -> list[str]:
    """Return how a word that fits a pattern may begin, up to what is not fixed."""
    if pattern.startswith("{"):
        options = pattern[1 : pattern.index("}")].split("|")
        return sorted({option.split("*")[0] for option in options})
    return [re.split(r"[*{]", pattern, maxsplit=1)[0]]


@lru_cache(maxsize=512)
def listed(text: str, language: str) -> tuple[Word, ...]:
    """Return the words of a sentence, in the letters in which phrases are compared.

    The last few sentences are kept, as several readers ask for the words of each.
    """
    return tuple(Word(w.start, w.end, respelt(w.folded, language)) for w in words(text))


@lru_cache(maxsize=65536)
def respelt(folded: str, language: str) -> str:
    """Return folded words in the one script in which a language's phrases are compared.

    >>> respelt("лойиҳа", "uz"), respelt("loyiha", "uz")
    ('loyiha', 'loyiha')
    """
    pattern, letters = _letters(language)
    return pattern.sub(lambda found: letters[found[0]], folded) if letters else folded


@cache
def _letters(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    letters = cast("dict[str, str]", section(language, "initiatives").get("letters", {}))
    ordered = sorted(letters, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, ordered))), letters


@cache
def section(language: str, name: str) -> Mapping[str, object]:
    """Return a section of a language's data, empty where the language has none."""
    if language not in catalog.names("languages"):
        return {}
    found: Mapping[str, object] = catalog.entry("languages", language).get(name, {})
    return found


@cache
def lexicon(language: str, name: str, table: str) -> Lexicon:
    """Return the phrases of a section's table in a language; without data, none are ever found."""
    listing = cast("Mapping[str, Sequence[str]]", section(language, name).get(table, {}))
    return Lexicon(listing, language)
