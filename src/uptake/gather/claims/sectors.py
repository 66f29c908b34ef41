"""To which sectors a claim belongs: by the words of its own stretch, else of what is around it."""

import tomllib
from bisect import bisect_right
from collections import Counter
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.lexicon import lexicon, plain

_MOST = 3
_SENTENCES_BACK = 3


@cache
def _listed() -> list[dict[str, Any]]:
    raw = tomllib.loads((files("uptake.catalog") / "sectors.toml").read_text(encoding="utf-8"))
    listed: list[dict[str, Any]] = raw["sectors"]
    return listed


@cache
def sector_ids() -> tuple[str, ...]:
    """Return the ids of the catalogue's sectors, in its order.

    >>> sector_ids()[:3]
    ('education', 'health', 'finance')
    """
    return tuple(each["id"] for each in _listed())


@cache
def _broad() -> frozenset[str]:
    return frozenset(each["id"] for each in _listed() if each.get("broad"))


def sectors(analysis: Analysis, start: int, end: int) -> tuple[str, ...]:
    """Return the sectors of ``text[start:end]``, sorted; nothing where no word tells any.

    Words within it decide; else the sector told most by its sentence, by up to three sentences
    before in its paragraph and by the title, which counts twice.
    """
    folded = plain(analysis.text)
    number = bisect_right(analysis.sentences, start, key=lambda s: s.start) - 1
    if number < 0:
        return _leading(_told(folded, analysis.language, start, end), _MOST)
    sentence = analysis.sentences[number]
    inside = _told(folded, sentence.language, start, end)
    if inside:
        return _leading(inside, _MOST)
    around = _told(plain(analysis.title), analysis.language, 0, len(analysis.title))
    around += around
    for before in range(number, max(-1, number - 1 - _SENTENCES_BACK), -1):
        earlier = analysis.sentences[before]
        if earlier.paragraph != sentence.paragraph:
            break
        around += _told(folded, earlier.language, earlier.start, earlier.end)
    narrow = Counter({sector: n for sector, n in around.items() if sector not in _broad()})
    return _leading(narrow or around, 1)


def _told(folded: str, language: str, start: int, end: int) -> Counter[str]:
    """Return how often words of each sector stand in a stretch."""
    counts: Counter[str] = Counter()
    for first, last in lexicon(language, "sectors", *sector_ids()).spans(folded, start, end):
        counts.update(_of_phrase(language, folded[first:last]))
    return counts


def _leading(counts: Counter[str], most: int) -> tuple[str, ...]:
    return tuple(sorted(sector for sector, _ in counts.most_common(most)))


@lru_cache(maxsize=8192)
def _of_phrase(language: str, phrase: str) -> tuple[str, ...]:
    """Return the sectors that a phrase tells."""
    return tuple(
        sector
        for sector in sector_ids()
        if (found := lexicon(language, "sectors", sector).match(phrase, 0))
        and found.end() == len(phrase)
    )
