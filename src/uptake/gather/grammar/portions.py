"""Shares told as some of so many: every third, hər üç nəfərdən biri, из каждых десяти три."""

import re

from uptake.gather.grammar.lexicon import WORD, Lexicon
from uptake.gather.grammar.number import Number
from uptake.gather.grammar.ordinals import ordinal

_DIGITS = re.compile(r"(\d{1,4})(?![\d.,:/%]\d|%)")
_ENDING = re.compile(r"['-]?([^\W\d_]*)")
_SPACE = re.compile(r" ")
_WHOLES = frozenset({*range(2, 13), 20, 50, 100, 1000})
_ROUND = frozenset({10, 100, 1000})
_COMMA = re.compile(r",? ")
_LARGEST = 1000
_LEAD_SIGNS = 12
_SHORT = 3
_BETWEEN = 3
"""Words between a whole and its part: what is counted, with a classifier."""


def portion(text: str, at: int, known: Lexicon) -> Number | None:
    """Return the share that begins at a place of a shadow, as a part of one.

    The whole comes first: with a word for "every" before it and an ordinal (``every third``,
    ``каждый 12-й``), or with what is counted between it and its part (``her üç kişiden biri``).
    """
    start, every = at, False
    first = WORD.match(text, at)
    if first and known.has("every", first[0]):
        gap = _SPACE.match(text, first.end())
        if gap is None:
            return None
        at, every = gap.end(), True
        if nth := _nth(text, at, known):
            return Number(start, nth[1], 1 / nth[0], digits=False, share=True)
    whole = _cardinal(text, at, known)
    if whole is None or whole[0] not in (_WHOLES if every else _ROUND):
        return None
    part = _part(text, whole[1], known, every=every)
    if every and part is None and _led(text, start, known):
        part = _behind_members(text, whole[1], known)
    if part is None or not 0 < part[0] < whole[0]:
        return None
    return Number(start, part[1], part[0] / whole[0], digits=False, share=True)


def _led(text: str, start: int, known: Lexicon) -> bool:
    """Return whether a word for "of" stands before the one for "every"."""
    words = text[max(0, start - _LEAD_SIGNS) : start].split()
    return bool(words) and text[start - 1].isspace() and known.has("portion_lead", words[-1])


def _behind_members(text: str, at: int, known: Lexicon) -> tuple[int, int] | None:
    """Return how many of a group, in a language whose words need no case: ``100 firms, 37``."""
    for _ in range(_BETWEEN):
        gap = _SPACE.match(text, at)
        member = WORD.match(text, gap.end()) if gap else None
        if member is None:
            return None
        at = member.end()
        comma = _COMMA.match(text, at)
        if comma and (found := _cardinal(text, comma.end(), known)):
            return found
    return None


def _nth(text: str, at: int, known: Lexicon) -> tuple[int, int] | None:
    """Return the value and end of an ordinal, in digits or words."""
    digits = _DIGITS.match(text, at)
    if digits:
        ending = _ENDING.match(text, digits.end())
        mark = ending[1] if ending else ""
        told = known.has("ordinal_endings", mark) and 1 < int(digits[1]) <= _LARGEST
        return (int(digits[1]), ending.end()) if told and ending else None
    words = ordinal(text, at, known)
    return (int(words.value), words.end) if words and words.value > 1 else None


def _cardinal(text: str, at: int, known: Lexicon) -> tuple[int, int] | None:
    """Return a plain number and its end: the size of the group."""
    digits = _DIGITS.match(text, at)
    if digits:
        return int(digits[1]), digits.end()
    word = WORD.match(text, at)
    if word is None:
        return None
    stems = known.numerals.stems(word[0])
    values = [known.cardinals.get(stem) or known.scales.get(stem, 0) for stem in stems]
    return (values[0], word.end()) if values and 0 < values[0] <= _LARGEST else None


def _part(text: str, at: int, known: Lexicon, *, every: bool) -> tuple[int, int] | None:
    """Return how many of a group, and where that ends, behind the word for its members."""
    if not known.portion_whole:
        return None
    for _ in range(_BETWEEN):
        gap = _SPACE.match(text, at)
        member = WORD.match(text, gap.end()) if gap else None
        if member is None:
            return None
        at = member.end()
        told = len(member[0]) > _SHORT and known.portion_whole.search(member[0])
        if told and (found := _some(text, at, known, every=every)):
            return found
    return None


def _some(text: str, at: int, known: Lexicon, *, every: bool) -> tuple[int, int] | None:
    """Return a small number whose ending says that it is a part: ``biri``, ``7-si``."""
    gap = _SPACE.match(text, at)
    if gap is None:
        return None
    at = gap.end()
    digits = _DIGITS.match(text, at)
    if digits:
        ending = _ENDING.match(text, digits.end())
        if ending and ending[1] and known.portion_part.fullmatch(ending[1]):
            return int(digits[1]), ending.end()
        return (int(digits[1]), digits.end()) if every else None
    word = WORD.match(text, at)
    if word is None:
        return None
    for cut in range(len(word[0]), 1, -1):
        value = known.cardinals.get(word[0][:cut], 0)
        told = known.portion_part.fullmatch(word[0], cut)
        if value and (told or (every and cut == len(word[0]))):
            return value, word.end()
    return None
