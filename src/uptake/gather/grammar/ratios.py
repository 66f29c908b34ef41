"""Quantities per head: ``3.4 processors per 100,000 inhabitants`` is one quantity, not two."""

import re
from collections.abc import Sequence
from dataclasses import replace

from uptake.gather.grammar.lexicon import WORD, Lexicon, lexicon
from uptake.gather.grammar.measure import Measure

_SENTENCE_END = re.compile(r"[.!?]['\")»]* |\n")
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|[^\w\s]")
_REACH = 160
_ROUND = {1_000, 10_000, 100_000, 1_000_000}
_PER_HEAD = {"count", "currency", "share"}


def per_head(text: str, found: Sequence[Measure], language: str) -> list[Measure]:
    """Return measures without those that are denominators; what these divide is ``per_capita``."""
    known = lexicon(language)
    below = {n for n, m in enumerate(found) if _is_denominator(text, m, known)}
    divided: set[int] = set()
    for number in below:
        divided.update(_divided(text, found, number, below, known))
    phrases = [m.start() for p in known.words.get("per_capita", ()) for m in _whole(p, text)]
    for at in phrases:
        divided.update(_beside(text, found, at, below))
    return [
        replace(m, unit="per_capita") if n in divided else m
        for n, m in enumerate(found)
        if n not in below
    ]


def _whole(phrase: str, text: str) -> list[re.Match[str]]:
    return list(re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", text)) if phrase in text else []


def _is_denominator(text: str, found: Measure, known: Lexicon) -> bool:
    if found.unit != "count" or found.comparator not in {"=", "<="}:
        return False
    before = [
        m[0] for m in _TOKEN.finditer(text, max(0, found.number.start - 30), found.number.start)
    ]
    per = any(known.has("per", " ".join(before[-n:])) for n in (1, 2, 3, 4))
    told = known.raw.get("per_first", False) and found.number.value in _ROUND
    if not per and not told:
        return False
    at = found.number_end
    behind: list[str] = []
    while len(behind) < 3:
        match = re.compile(r" {1,2}|-").match(text, at)
        word = WORD.match(text, match.end()) if match else None
        if word is None:
            break
        behind.append(word[0])
        at = word.end()
    key = "heads" if per else "heads_of"
    return any(known.has(key, w) for w in behind) or any(
        known.has(key, " ".join(behind[:n])) for n in (2, 3)
    )


def _divided(
    text: str, found: Sequence[Measure], number: int, below: set[int], known: Lexicon
) -> list[int]:
    """Return which measures of its sentence a denominator divides."""
    after = [n for n in _same_sentence(text, found, number, 1) if n not in below]
    before = [n for n in _same_sentence(text, found, number, -1) if n not in below]
    counted_after = [n for n in after if found[n].unit in _PER_HEAD]
    counted_before = [n for n in before[:1] if found[n].unit in _PER_HEAD]
    if known.raw.get("per_first", False):
        return counted_after or counted_before
    return counted_before or counted_after


def _same_sentence(text: str, found: Sequence[Measure], number: int, step: int) -> list[int]:
    """Return the measures on one side of another within its sentence, the nearest first."""
    here: list[int] = []
    other = number + step
    while 0 <= other < len(found):
        left, right = sorted((found[number], found[other]), key=lambda m: m.start)
        if right.start - left.start > _REACH or _SENTENCE_END.search(text, left.end, right.start):
            break
        here.append(other)
        other += step
    return here


def _beside(text: str, found: Sequence[Measure], at: int, below: set[int]) -> list[int]:
    """Return the measures of the sentence in which a phrase says that they are per head."""
    return [
        n
        for n, m in enumerate(found)
        if n not in below
        and m.unit in _PER_HEAD
        and abs(m.start - at) <= _REACH
        and not _SENTENCE_END.search(text, min(m.start, at), max(m.start, at))
    ]
