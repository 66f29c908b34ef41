"""The main language of a document: by the small words that hold its sentences together.

Documents are long, so that function words decide; the labeller of short messages has a method of
its own. A text whose small words or letters are of none of the catalogue's languages is ``other``.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import islice

from uptake import catalog
from uptake.gather.words import fold, words

OTHER = "other"
_MOST_WORDS = 3_000
_MOST_FOREIGN = 0.2
"""Largest share of words with a letter that the language does not have."""
_DOUBT = 1.5
"""Weight of small words by which another language must fit better than the likely one."""
_LEAST_TELLING = 0.04
"""Smallest share of words with a letter that tells the language from its neighbours, if it has
such letters: Italian has ``da`` and ``ne`` too, but no ``ə``."""


@dataclass(frozen=True, slots=True)
class _Profile:
    """What a language is known by.

    Attributes:
        weights: Function words; one that languages share weighs less.
        least: Smallest sum of weights, as a share of all words, in running text.
    """

    weights: dict[str, float]
    least: float
    letters: frozenset[str]
    telling: frozenset[str]


@cache
def _profiles() -> dict[str, _Profile]:
    raw = {code: catalog.entry("languages", code) for code in catalog.names("languages")}
    small = {
        code: {fold(w) for w in entry["function_words"].split()} for code, entry in raw.items()
    }
    shared = Counter(word for found in small.values() for word in found)
    return {
        code: _Profile(
            {word: 1 / shared[word] ** 2 for word in sorted(small[code])},
            entry["least_share"],
            frozenset(fold(entry["letters"]) + "'"),
            frozenset(fold(entry.get("telling_letters", ""))),
        )
        for code, entry in raw.items()
    }


def detect(text: str, likely: str = "") -> str:
    """Return the code of a text's main language, ``other`` if it is none of the catalogue's.

    ``likely`` wins where a short text fits it about as well as another of like letters.

    >>> detect("Бұл жоба туралы толық ақпарат әлі жоқ, бірақ ол жаңа жылдан бастап іске қосылады.")
    'kk'
    >>> detect("Das ist ein Satz, der in keiner der bekannten Sprachen geschrieben ist.")
    'other'
    """
    counts = Counter(word.folded for word in islice(words(text), _MOST_WORDS))
    total = counts.total()
    scores = {code: _score(profile, counts) for code, profile in _profiles().items()}
    if likely in scores and _foreign(_profiles()[likely], counts) <= _MOST_FOREIGN * total:
        scores[likely] += _DOUBT
    best = max(scores, key=lambda code: scores[code])
    profile = _profiles()[best]
    if not total or scores[best] < profile.least * total:
        return OTHER
    foreign = _foreign(profile, counts)
    telling = sum(n for word, n in counts.items() if not profile.telling.isdisjoint(word))
    if foreign > _MOST_FOREIGN * total or (profile.telling and telling < _LEAST_TELLING * total):
        return OTHER
    return best


def _foreign(profile: _Profile, counts: Counter[str]) -> int:
    return sum(n for word, n in counts.items() if not profile.letters.issuperset(word))


def _score(profile: _Profile, counts: Counter[str]) -> float:
    return sum(weight * counts[word] for word, weight in profile.weights.items() if word in counts)
