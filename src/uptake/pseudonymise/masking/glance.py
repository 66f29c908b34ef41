"""One look at a column of texts: where an identifier could stand, plain or in disguise.

What is looked for is necessary for the finders and the disguises that ``disguised`` undoes, and
cheap: words of the lexicon, digits near each other, a few signs. What is not found here is not
there; ``mask`` of one text, which reads all of it for everything, is what the tests compare with.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from uptake.pseudonymise.masking import lexicon as lx
from uptake.pseudonymise.masking.characters import characters, wide_brackets
from uptake.pseudonymise.masking.column import PAD, Column, Found, Places
from uptake.pseudonymise.masking.looks import (
    CHARACTERS,
    JOINTS,
    LINKS,
    NAMES,
    NUMBERS,
    PLAIN,
    SIGNS,
)
from uptake.pseudonymise.masking.seen_digits import digits
from uptake.pseudonymise.masking.seen_signs import addresses, signs

_SPOKEN_GAP = 12
"""Bytes between two numbers in words at most: four characters."""

_BRACKET_REACH = 16
"""Bytes around a sign in which brackets may stand."""

_NEAR = len(PAD) // 2
"""Bytes between hits that are taken for one; texts are further apart."""


class Hits(NamedTuple):
    """Bytes ``starts`` to ``ends`` of the column, in which may stand what ``looks`` says."""

    starts: Places
    ends: Places
    looks: npt.NDArray[np.uint8]


def glance(column: Column) -> Hits:
    """Return where something may stand, in order."""
    found = [
        (starts, ends, np.broadcast_to(np.asarray(looks, np.uint8), starts.shape))
        for look in (digits, _announced, _spoken, signs, addresses, characters)
        for starts, ends, looks in look(column)
    ]
    starts, ends, looks = (np.concatenate(part) for part in zip(*found, strict=True))
    brackets = wide_brackets(column)
    wide = np.searchsorted(brackets, starts - _BRACKET_REACH) < np.searchsorted(
        brackets, ends + _BRACKET_REACH
    )
    looks[wide & (looks & (SIGNS | LINKS) > 0)] |= CHARACTERS
    return _merged(starts, ends, looks)


def _merged(starts: Places, ends: Places, looks: npt.NDArray[np.uint8]) -> Hits:
    """Join hits that meet or nearly do: windows around them would."""
    if not len(starts):
        return Hits(starts, ends, looks)
    order = np.argsort(starts, kind="stable")
    starts, ends = starts[order], np.maximum.accumulate(ends[order])
    heads = np.flatnonzero(np.concatenate(([True], starts[1:] > ends[:-1] + _NEAR)))
    tails = np.concatenate((heads[1:], [len(starts)])) - 1
    return Hits(starts[heads], ends[tails], np.bitwise_or.reduceat(looks[order], heads))


def _announced(column: Column) -> Found:
    """Words that announce a code or a name."""
    words = column.words
    for kind, look in ((lx.CODE, PLAIN | JOINTS | CHARACTERS), (lx.NAME, NAMES)):
        at = words.of(kind)
        yield words.starts[at], words.ends[at], look


def _spoken(column: Column) -> Found:
    """Three numbers in a row of which two neighbours are words, or one is a digit in a word."""
    raw, words = column.raw, column.words
    kinds = words.kinds
    said = np.zeros(len(kinds), np.bool_)
    said[words.of(lx.NUMBER)] = True
    head = words.of(lx.HEAD)
    head = head[head < len(kinds) - 1]
    head = head[kinds[head + 1] & lx.TAIL > 0]
    sign = raw[words.ends[head]]
    head = head[(sign == ord("'")) | (sign == ord("`")) | (sign >= 0x80)]
    said[head] = said[head + 1] = True
    unit = np.zeros(len(kinds), np.bool_)
    unit[words.of(lx.UNIT)] = True
    unit[head] = unit[head + 1] = True
    number = said.copy()
    number[words.digits] = True
    at = np.flatnonzero(number)  # few of all words
    if len(at) < 3:
        return
    next_ = (at[1:] == at[:-1] + 1) & (words.starts[at[1:]] - words.ends[at[:-1]] <= _SPOKEN_GAP)
    spoken, ones = said[at], unit[at]
    three = next_[:-1] & next_[1:]
    pair = (spoken[:-2] & spoken[1:-1]) | (spoken[1:-1] & spoken[2:])
    one = ones[:-2] | ones[1:-1] | ones[2:]
    hit = np.flatnonzero(three & (pair | one))
    yield words.starts[at[hit]], words.ends[at[hit + 2]], NUMBERS
