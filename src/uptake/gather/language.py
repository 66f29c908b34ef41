"""The main language of a document: by the small words that hold its sentences together.

Documents are long, so that function words decide; in a sentence or two all words do that the
catalogue knows of a language. The labeller of short messages has a method of its own. A text
whose small words or letters are of none of the catalogue's languages is ``other``.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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

_FEW_WORDS = 80
"""Words up to which a text is short: its small words alone may not tell."""
_PART = re.compile(r"[^\s.!?…](?:[^\n.!?…]|[.!?…](?!\s))*")
_MOST_PARTS = 300
_FEWEST_IN_PART = 4
"""Words of a sentence that may tell the language of a part of a text."""
_SHORTEST_STEM = 4
_OF_CONTENT = 0.6
_OF_ENDS = 0.6
_OF_FOREIGN = 0.5
_FEWEST_TELLING = 12
"""Words up to which a text may hold no letter that tells its language from its neighbours."""
_CLEARLY_FEW = 1.0
_LEAST_KNOWN = 0.2
_CLEARLY = 1.6
_LONG_WORD = 5


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

    A text in several languages has that of its longest part. ``likely`` wins where a short text
    fits it about as well as another of like letters.

    >>> detect("Бұл жоба туралы толық ақпарат әлі жоқ, бірақ ол жаңа жылдан бастап іске қосылады.")
    'kk'
    >>> detect("Das ist ein Satz, der in keiner der bekannten Sprachen geschrieben ist.")
    'other'
    """
    whole = _of_words(text, likely)
    return whole if likely else _of_parts(text, whole)


def _of_parts(text: str, whole: str) -> str:
    """Return the language of most of a text, told sentence by sentence, or of the whole.

    What is told of the whole stays where no other language has the larger half.
    """
    signs: Counter[str] = Counter()
    for part in islice(_PART.finditer(text), _MOST_PARTS):
        if len(part[0].split()) >= _FEWEST_IN_PART:
            signs[_of_words(part[0], "")] += len(part[0])
    if len(signs) < 2:
        return whole
    longest = max(sorted(signs), key=lambda code: signs[code])
    known = Counter({code: n for code, n in signs.items() if code != OTHER})
    if whole == OTHER:
        return longest
    best = max(sorted(known), key=lambda code: known[code])
    return best if known[best] > signs.total() / 2 else whole


def _of_words(text: str, likely: str) -> str:
    counts = Counter(word.folded for word in islice(words(text), _MOST_WORDS))
    total = counts.total()
    scores = _scores(counts)
    if likely in scores and _foreign(_profiles()[likely], counts) <= _MOST_FOREIGN * total:
        scores[likely] += _DOUBT
    fits = dict(scores)
    if total <= _FEW_WORDS:
        fits = {
            c: s and s - _OF_FOREIGN * _foreign(_profiles()[c], counts) for c, s in fits.items()
        }
    best = max(fits, key=lambda code: fits[code])
    profile = _profiles()[best]
    enough = total and scores[best] >= profile.least * total
    if enough and _may_be(profile, counts):
        short = total <= _FEW_WORDS and best != likely
        return OTHER if short and _is_unread(best, counts) else best
    return _by_all_words(counts, scores) if 0 < total <= _FEW_WORDS else OTHER


def _may_be(profile: _Profile, counts: Counter[str], *, few: bool = False) -> bool:
    """Return whether the letters of some words are those of a language.

    ``few`` words need not hold a letter that tells it, only none that is foreign to it.
    """
    total = counts.total()
    told = _telling(profile, counts)
    foreign = _foreign(profile, counts)
    return foreign <= _MOST_FOREIGN * total and (
        few or not profile.telling or told >= _LEAST_TELLING * total
    )


def _by_all_words(counts: Counter[str], scores: Mapping[str, float]) -> str:
    """Return the language of a short text by all words that the catalogue knows of each.

    A sentence or two may hold one small word, or none; but words of ministries and of money.
    """
    known = {code: _content(code) for code in scores}
    ends = {w: _ended(w) for w in counts}
    sums = {
        code: scores[code]
        + sum(
            n * max(_OF_CONTENT * known[code].weight(w), _OF_ENDS * ends[w].get(code, 0.0))
            for w, n in counts.items()
        )
        for code in scores
    }
    best = max(sums, key=lambda code: sums[code])
    least = max(_profiles()[best].least, _LEAST_KNOWN) * counts.total()
    second = max((v for code, v in sums.items() if code != best), default=0.0)
    clear = sums[best] >= least and sums[best] >= _CLEARLY * second
    few = counts.total() <= _FEWEST_TELLING and sums[best] >= _CLEARLY_FEW * least
    likely = clear and _may_be(_profiles()[best], counts, few=few)
    return best if likely and not _is_unread(best, counts) else OTHER


def _is_unread(code: str, counts: Counter[str]) -> bool:
    """Return whether small words tell rather a language that uptake does not read."""
    own = _profiles()[code].weights
    small, endings = _unread()
    theirs: Counter[str] = Counter()
    for word, n in counts.items():
        if word not in own:
            theirs.update(dict.fromkeys(small.get(word, ()), n))
        if len(word) > _LONG_WORD:
            theirs.update({other: n for other, ends in endings.items() if word.endswith(ends)})
    return any(
        told > sum(n for w, n in counts.items() if w in own and other not in small.get(w, ()))
        for other, told in theirs.items()
    )


@cache
def _unread() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Return by small word the languages of the catalogue's list of others, and their endings."""
    listed = catalog.table("other_languages")
    small: dict[str, list[str]] = {}
    for code, told in sorted(listed["small_words"].items()):
        for word in dict.fromkeys(map(fold, told.split())):
            small.setdefault(word, []).append(code)
    endings = {code: tuple(told.split()) for code, told in sorted(listed["endings"].items())}
    return {word: tuple(codes) for word, codes in small.items()}, endings


@cache
def _ends() -> tuple[dict[str, frozenset[str]], int]:
    """Return by ending of a word the languages that have it, and the longest ending's length."""
    found: dict[str, set[str]] = {}
    for code in catalog.names("languages"):
        for end in catalog.entry("languages", code).get("word_ends", "").split():
            found.setdefault(fold(end), set()).add(code)
    return {end: frozenset(codes) for end, codes in found.items()}, max(map(len, found), default=0)


def _ended(word: str) -> dict[str, float]:
    """Return by language what the longest ending that it has of a word weighs."""
    ends, longest = _ends()
    for length in range(min(longest, len(word) - 2) if len(word) >= _LONG_WORD else 0, 1, -1):
        if having := ends.get(word[-length:]):
            return dict.fromkeys(having, 1 / len(having) ** 2)
    return {}


@dataclass(frozen=True, slots=True)
class _Content:
    """Words of a language's file, whole and by how they begin, with what they weigh."""

    whole: dict[str, float]
    stems: dict[str, float]

    def weight(self, word: str) -> float:
        """Return what a word weighs, 0 if the language's file does not hold it."""
        if word in self.whole:
            return self.whole[word]
        for length in range(len(word), _SHORTEST_STEM - 1, -1):
            if word[:length] in self.stems:
                return self.stems[word[:length]]
        return 0.0


@cache
def _content(code: str) -> _Content:
    whole, stems = _listed(code)
    others = [_listed(other) for other in catalog.names("languages") if other != code]

    def weight(word: str) -> float:
        return 1 / (1 + sum(word in w or word in s for w, s in others)) ** 2

    return _Content({w: weight(w) for w in sorted(whole)}, {w: weight(w) for w in sorted(stems)})


@cache
def _listed(code: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words in a language's file, and the beginnings of words with any ending."""
    whole: set[str] = set()
    stems: set[str] = set()
    raw = catalog.entry("languages", code)
    for phrase in _strings(raw):
        for word in words(phrase):
            starred = phrase[word.end : word.end + 1] == "*"
            if len(word.folded) >= _SHORTEST_STEM:
                spelt = {word.folded, *_in_other_scripts(word.folded, raw.get("scripts", ()))}
                (stems if starred else whole).update(spelt)
    return frozenset(whole), frozenset(stems)


def _in_other_scripts(word: str, scripts: Sequence[Mapping[str, str]]) -> Iterator[str]:
    for letters in scripts:
        yield fold("".join(letters.get(sign, sign) for sign in word))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


def _telling(profile: _Profile, counts: Counter[str]) -> int:
    return sum(n for word, n in counts.items() if not profile.telling.isdisjoint(word))


def _foreign(profile: _Profile, counts: Counter[str]) -> int:
    return sum(n for word, n in counts.items() if not profile.letters.issuperset(word))


def _scores(counts: Counter[str]) -> dict[str, float]:
    """Return by language how much its small words weigh in a text."""
    weights = _weights()
    scores = dict.fromkeys(_profiles(), 0.0)
    for word, n in counts.items():
        for code, weight in weights.get(word, ()):
            scores[code] += weight * n
    return scores


@cache
def _weights() -> dict[str, tuple[tuple[str, float], ...]]:
    """Return by small word the languages that have it, and what it weighs in each."""
    found: dict[str, list[tuple[str, float]]] = {}
    for code, profile in _profiles().items():
        for word, weight in profile.weights.items():
            found.setdefault(word, []).append((code, weight))
    return {word: tuple(each) for word, each in found.items()}
