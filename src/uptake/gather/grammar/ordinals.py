"""Ordinals in words: third, двадцать шестыми, жиырма төртінші."""

import re

from uptake.gather.grammar.lexicon import WORD, Lexicon
from uptake.gather.grammar.number import Number

_GAP = re.compile(r"[ -]")
_TENS = 20
_HUNDRED = 100


def ordinal(text: str, at: int, known: Lexicon) -> Number | None:
    """Return the ordinal in words that begins at a place of a shadow, if one does.

    One of several words has its ordinal last: ``twenty-first``, ``жиырма төртінші``.
    """
    total, end, room = 0, at, 10 * _HUNDRED
    while match := WORD.match(text, end):
        value = ordinal_value(match[0], known)
        if value is not None and value < room:
            return Number(at, match.end(), float(total + value), digits=False, ordinal=True)
        part = known.cardinals.get(match[0]) or known.scales.get(match[0], 0)
        gap = _GAP.match(text, match.end())
        if gap is None or part >= room or not (part == 10 or _TENS <= part < 10 * _HUNDRED):
            return None
        total, room = total + part, _HUNDRED if part >= _HUNDRED else 10
        end = gap.end()
    return None


def ordinal_value(word: str, known: Lexicon) -> int | None:
    """Return the value of a word that is an ordinal, in any of its forms."""
    for cut in range(len(word), 1, -1):
        stem = word[:cut]
        if stem in known.ordinals and known.ordinal_form.fullmatch(word, cut):
            return known.ordinals[stem]
        cardinal = known.cardinals.get(stem) or known.scales.get(stem, 0)
        if 0 < cardinal <= _HUNDRED and known.ordinal_tail.fullmatch(word, cut):
            return cardinal
    return None
