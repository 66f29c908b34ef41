"""A sentence to clauses that each hold a noun and a verb of their own."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.phrases import Hit, lexicon, listed
from uptake.gather.claims.things import QUOTED
from uptake.gather.grammar.spans import Sentence

_MARKS = re.compile(r"[,;:—–()](?=\s)|\s[-–—]\s|[;()]")


def clauses(
    text: str,
    language: str,
    verbs: Sequence[Hit],
    nouns: Sequence[int],
    *,
    hard: str = ";",
    turns: Sequence[int] = (),
) -> list[tuple[int, int]]:
    """Return the clauses of a sentence, which cover it.

    It is parted at a comma, a dash or a word that joins only if both sides have a noun and a verb
    of their own, and at the signs of ``hard`` in any case; never within quotation marks.

    Args:
        text: The sentence.
        language: Its language, for the words that join.
        verbs: What tells a stage or a status in it.
        nouns: Where the nouns begin that have them.
        hard: Signs that part it in any case.
        turns: Where it turns to another place than it spoke of: behind one, a noun may follow its
            verb.
    """
    ordered = sorted(nouns)
    cuts = [0]
    for low, high in pairwise([*_marks(text, language), len(text)]):
        turned = any(low <= turn < high for turn in turns)
        if text[low] in hard or _parts((cuts[-1], low, high), verbs, ordered, turned=turned):
            cuts.append(low)
    return list(pairwise([*cuts, len(text)]))


def turns(analysis: Analysis, sentence: Sentence) -> list[int]:
    """Return where in a sentence a country is named that is not the one named before."""
    named = [p for p in analysis.places if sentence.start <= p.start < sentence.end]
    return [b.start - sentence.start for a, b in pairwise(named) if a.place != b.place]


def _marks(text: str, language: str) -> list[int]:
    """Return where a sentence may be parted."""
    quotes = [m.span() for m in QUOTED.finditer(text)]
    joins = lexicon(language, "initiatives", "words_around").find(listed(text, language))
    found = {m.start() for m in _MARKS.finditer(text)} | {
        h.start for h in joins if h.label == "and"
    }
    return sorted(mark for mark in found if mark and not any(a < mark < b for a, b in quotes))


def _parts(
    mark: tuple[int, int, int], verbs: Sequence[Hit], nouns: Sequence[int], *, turned: bool
) -> bool:
    """Tell whether both sides of a mark hold a noun and a verb of their own."""
    start, low, high = mark
    noun = bisect_left(nouns, start)
    if noun == len(nouns) or nouns[noun] >= low:
        return False
    if not any(start <= v.start < low for v in verbs):
        return False
    following = next((v for v in verbs if v.start >= low), None)
    noun = bisect_left(nouns, low)
    if following is None or noun == len(nouns):
        return False
    goes_on = (turned or following.label == "begin") and following.start < high
    return nouns[noun] < (high if goes_on else following.start + 1)
