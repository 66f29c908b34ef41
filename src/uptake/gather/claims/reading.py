"""One sentence with its quantities, times and places: what the rules for indicators look at."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from uptake import catalog
from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.countries import Geography, Named, geography
from uptake.gather.claims.lexicon import lexicon, plain
from uptake.gather.grammar.spans import Quantity, Sentence, TimeSpan

_SECTION = "indicators"
_WORD = re.compile(r"[^\W\d_][\w']*(?:[-‐‑][^\W\d_][\w']*)*")
_ENDING = re.compile(r"[\w'’]*(-[^\W\d_]{1,5}(?![\w-]))?")
_LONG_GAP = 3
_MOST_QUANTITIES = 30
"""More in one sentence are a table that lost its lines."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence and what was found in it; all offsets are the document's.

    Attributes:
        folded: The whole document, plain, of the same length.
        number: Index of the sentence.
        quantities: All in it, in order.
        times: All in it, in order.
    """

    analysis: Analysis
    sentence: Sentence
    number: int
    folded: str
    quantities: tuple[Quantity, ...]
    times: tuple[TimeSpan, ...]
    geography: Geography

    @property
    def language(self) -> str:
        """Return the sentence's language."""
        return self.sentence.language

    def has(self, key: str, start: int, end: int) -> bool:
        """Tell whether a phrase under a key of ``[indicators]`` stands in a stretch."""
        return lexicon(self.language, _SECTION, key).search(self.folded, start, end) is not None

    def spans(self, key: str, start: int, end: int) -> list[tuple[int, int]]:
        """Return where phrases under a key of ``[indicators]`` stand in a stretch."""
        return lexicon(self.language, _SECTION, key).spans(self.folded, start, end)

    def follows(self, key: str, position: int, *, within: int = 0) -> bool:
        """Tell whether a phrase begins at the next word, or at one of the few behind it."""
        known = lexicon(self.language, _SECTION, key)
        for count, word in enumerate(self.words_after(position)):
            if count > within:
                break
            if known.match(self.folded, word.start(), self.sentence.end):
                return True
        return False

    def precedes(self, key: str, position: int, *, within: int = 0) -> bool:
        """Tell whether a phrase ends at a position, or up to a few words before it."""
        low = max(self.sentence.start, position - 40 - 16 * within)
        for _, last in reversed(self.spans(key, low, position)):
            between = self.folded[last:position]
            apart = any(c in ";()" or c.isdigit() for c in between)
            return len(_WORD.findall(between)) <= within and not apart
        return False

    def words_after(self, position: int) -> Iterator[re.Match[str]]:
        """Yield the words behind a position, up to the next sign or number."""
        end = self.word_end(position)
        for match in _WORD.finditer(self.folded, end, self.sentence.end):
            gap = self.folded[end : match.start()]
            if len(gap) > _LONG_GAP or any(c in ",;:()" or c.isdigit() for c in gap):
                return
            yield match
            end = match.end()

    def word_end(self, position: int) -> int:
        """Return where the word ends that a position stands in or at the end of."""
        tail = _ENDING.match(self.folded, position)
        if tail is None or (tail[1] and not number_endings(self.language)):
            return tail.start(1) if tail and tail[1] else position
        return tail.end()

    def places(self, start: int, end: int) -> tuple[Named, ...]:
        """Return the places that claims of a stretch may be about."""
        return self.geography.telling(start, end)


def number_endings(language: str) -> bool:
    """Tell whether endings of numbers in digits follow a hyphen ("10-е", "320-ға")."""
    if language not in catalog.names("languages"):
        return False
    return bool(catalog.entry("languages", language).get(_SECTION, {}).get("number_endings", False))


def readings(analysis: Analysis) -> Iterator[Reading]:
    """Yield each sentence that has a quantity, tables that lost their lines left out."""
    folded, places = plain(analysis.text), geography(analysis)
    quantities = analysis.quantities
    starts = [q.start for q in quantities]
    time_starts = [t.start for t in analysis.times]
    for number, sentence in enumerate(analysis.sentences):
        low, high = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        if not 0 < high - low <= _MOST_QUANTITIES:
            continue
        first = bisect_left(time_starts, sentence.start)
        last = bisect_left(time_starts, sentence.end)
        yield Reading(
            analysis,
            sentence,
            number,
            folded,
            quantities[low:high],
            analysis.times[first:last],
            places,
        )
