"""How alike two names are, across scripts and spellings: the worst-matched word decides.

Two names of one bearer differ by spelling in each word, by words left out, by words run together.
Two bearers differ in a whole word: so of the shorter name, each word is held against its best
partner in the other, and the least alike pair is the score. It is one figure that a reader can
check, and it has one setting, the bound above which names are held to be the same.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import NamedTuple

from uptake.gather.knowledge.spelling import sounds, words
from uptake.model.errors import MissingExtraError

SAME = 0.64
"""Bound for screening: chosen by cross-validation over the groups of a public set of pairs."""

SURE = 0.88
"""Bound for a merge that nobody looks at: one letter in nine, or the same sounds."""

_SOUND = 0.97
_INITIAL = 0.9
_JOINED = 0.85
_SHORTEST_JOINED = 5
_LENGTHS = (0.6, 1.6)
"""How long joined words may be against the one word; others are not looked at."""
_ROMAN = re.compile(r"x{0,3}(?:ix|iv|v?i{0,3})")


class Likeness(NamedTuple):
    """How two names lie to each other.

    Attributes:
        score: Likeness of the least alike pair of words.
        shorter: Words of the shorter name, those run together counted once.
        longer: Words of the longer name.
        leading: Whether the shorter name's words begin the longer one.
        initial: Whether an initial stands for a word.
    """

    score: float
    shorter: int
    longer: int
    leading: bool
    initial: bool


def similarity(a: str, b: str, kind: str) -> float:
    """Return how alike two names are: 1 the same, 0 nothing in common.

    Args:
        a: A name in any script, in the nominative.
        b: Another one; the order of both does not matter.
        kind: ``person`` or ``organisation``.

    >>> similarity("Касым-Жомарт Токаев", "Qasym-Jomart Toqayev", "person")
    0.97
    >>> similarity("Nurlan Asanbekov", "Nurlan Toleubekov", "person") < SAME
    True
    """
    return likeness(a, b, kind).score


def likeness(a: str, b: str, kind: str) -> Likeness:
    """Return how two names lie to each other; arguments as of ``similarity``.

    >>> likeness("Bozkır Veri", "Bozkır Veri Teknolojileri A.Ş.", "organisation")
    Likeness(score=1.0, shorter=2, longer=3, leading=True, initial=False)
    """
    first, second = sorted((a, b))
    return _likeness(first, second, kind)


@lru_cache(maxsize=65536)
def _likeness(a: str, b: str, kind: str) -> Likeness:
    first, second = words(a, kind), words(b, kind)
    if not first or not second:
        return Likeness(0.0, len(first), len(second), leading=False, initial=False)
    short, long = sorted((first, second), key=len)
    score = min(aligned(short, long))
    if score < _JOINED:
        first = joined(first, second)
        short, long = sorted((first, joined(second, first)), key=len)
        score = min(aligned(short, long))
    begins = zip(short, long, strict=False)
    return Likeness(
        score,
        len(short),
        len(long),
        leading=all(word_similarity(x, y) >= SURE for x, y in begins),
        initial=any(len(word) == 1 for word in (*short, *long)),
    )


def aligned(short: tuple[str, ...], long: tuple[str, ...]) -> list[float]:
    """Return for each word of the shorter name how alike its partner is; best pairs go first."""
    offers = sorted(
        (-word_similarity(x, y), i, j) for i, x in enumerate(short) for j, y in enumerate(long)
    )
    left, right = set(range(len(short))), set(range(len(long)))
    found: list[float] = []
    for alike, i, j in offers:
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            found.append(-alike)
    return found


@lru_cache(maxsize=262144)
def word_similarity(a: str, b: str) -> float:
    """Return how alike two romanised words are: by letters, or by what they sound like.

    An initial may stand for a word; figures and Roman numerals are the same or are not.

    >>> word_similarity("toqayev", "tokaev"), word_similarity("j", "joachim")
    (0.97, 0.9)
    """
    if a == b:
        return 1.0
    if _number(a) or _number(b):
        return 0.0
    if len(a) == 1 or len(b) == 1:
        return _INITIAL if a[0] == b[0] else 0.0
    alike = _edits()
    heard = max(alike(x, y) for x in sounds(a) for y in sounds(b))
    return max(alike(a, b), min(_SOUND, heard))


@cache
def _edits() -> Callable[[str, str], float]:
    """Return the share of letters left alone by the fewest edits, neighbours swapped counting one.

    Imported once, and not before a name is compared.
    """
    try:
        from rapidfuzz.distance import OSA
    except ImportError as error:
        raise MissingExtraError("matching names", "evidence") from error
    return OSA.normalized_similarity


def sentence_similarity(a: str, b: str) -> float:
    """Return how alike two texts are in their words, whatever the order: 0 to 1.

    >>> sentence_similarity("the cost of the portal", "the portal cost")
    0.81
    """
    _edits()  # raises where the library is missing
    from rapidfuzz import fuzz

    return round(fuzz.token_sort_ratio(a, b) / 100, 2)


def _number(word: str) -> bool:
    return word.isdigit() or (len(word) > 1 and bool(_ROMAN.fullmatch(word)))


def joined(name: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """Return a name with words run together where the other has them as one.

    >>> joined(("vladimir", "putin"), ("vladimirputin",))
    ('vladimirputin',)
    """
    left = list(name)
    for size in (3, 2):
        start = 0
        while start + size <= len(left):
            parts = left[start : start + size]
            one = "".join(parts)
            if len(one) >= _SHORTEST_JOINED and any(_is_one(one, parts, y) for y in other):
                left[start : start + size] = [one]
            start += 1
    return tuple(left)


def _is_one(one: str, parts: list[str], word: str) -> bool:
    if not _LENGTHS[0] * len(word) <= len(one) <= _LENGTHS[1] * len(word):
        return False
    alike = word_similarity(one, word)
    return alike >= _JOINED and alike > max(word_similarity(part, word) for part in parts)
