"""One look at a column of texts: where an identifier could stand, plain or in disguise.

What is looked for is necessary for the finders and the disguises that ``disguised`` undoes, and
cheap: words of the lexicon, digits near each other, a few signs. What is not found here is not
there; ``mask`` of one text, which reads all of it for everything, is what the tests compare with.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from uptake.pseudonymise.masking import lexicon as lx
from uptake.pseudonymise.masking.characters import characters
from uptake.pseudonymise.masking.column import Column, Places
from uptake.pseudonymise.masking.looks import JOINTS, NAMES, NUMBERS, PLAIN, SIGNS

LEAST_DIGITS = 7
"""Digits of the shortest number that is looked for."""

_CODE_DIGITS = 5
"""Digits of a code of letters and digits that stand behind each other at least."""

_ACCOUNT_DIGITS, _ACCOUNT_REACH = 8, 72
"""Digits of an account number, and bytes within which they stand, with gaps."""

_GAP = 9
"""Bytes between two groups of a number at most: three characters."""

_SPOKEN_GAP = 12
"""Bytes between two numbers in words at most: four characters."""

_NETWORK_REACH = 4
"""Words before an at-sign in a common word, among which that of a network may be."""

Mask = npt.NDArray[np.bool_]


class Hits(NamedTuple):
    """Bytes ``starts`` to ``ends`` of the column, in which may stand what ``looks`` says."""

    starts: Places
    ends: Places
    looks: npt.NDArray[np.uint8]


def glance(column: Column) -> Hits:
    """Return where something may stand, in order."""
    found = [
        (starts, ends, np.broadcast_to(np.asarray(looks, np.uint8), starts.shape))
        for look in (_digits, _announced, _spoken, _signs, _addresses, characters)
        for starts, ends, looks in look(column)
    ]
    starts, ends, looks = (np.concatenate(part) for part in zip(*found, strict=True))
    order = np.argsort(starts, kind="stable")
    return Hits(starts[order], ends[order], looks[order])


Found = Iterator[tuple[Places, Places, npt.ArrayLike]]


def _any_of(signs: bytes) -> Mask:
    table = np.zeros(256, np.bool_)
    table[list(signs)] = True
    return table


_GAPS = _any_of(b" \t()-")
_JOINTS = _any_of(b"._,/*|~\r\n")
_WIDE = np.arange(256) >= 0x80


def _digits(column: Column) -> Found:
    """Runs of digits with gaps or joints, codes, accounts, and addresses of machines."""
    raw, words = column.raw, column.words
    at = words.digits
    if not len(at):
        return
    starts, ends = words.starts[at], words.ends[at]
    first, last, second = raw[ends[:-1]], raw[starts[1:] - 1], raw[ends[:-1] + 1]
    size = starts[1:] - ends[:-1]
    near = (at[1:] == at[:-1] + 1) & (size <= _GAP)
    plain = (_GAPS | _WIDE)[first] & (_GAPS | _WIDE)[last]
    joint = _JOINTS[first] | _JOINTS[last] | ((size > 1) & _JOINTS[second])
    joint |= (first == ord(")")) & (last == ord("("))
    linked = near & (plain | joint)
    heads = np.concatenate(([True], ~linked))
    groups = np.flatnonzero(heads)
    digits = np.add.reduceat(ends - starts, groups)
    tails = np.concatenate((groups[1:], [len(at)])) - 1
    joints = np.concatenate(([0], np.cumsum(linked & joint)))
    joined = joints[tails] > joints[groups]
    # A capital, or any letter beyond ASCII, right before a run makes it a code.
    word = np.maximum(at[groups] - 1, 0)
    gap = starts[groups] - words.ends[word]
    behind = (gap <= _GAP // 3) & (at[groups] > 0)
    letter = raw[words.ends[word] - 1]
    capital = behind & (letter >= ord("A")) & (letter <= ord("Z"))
    size = words.ends[word] - words.starts[word]
    small = behind & (letter >= ord("a")) & (letter <= ord("z")) & (size <= 2) & (gap <= 1)
    code = capital | (behind & (letter >= 0x80))
    hit = (digits >= LEAST_DIGITS) | (code & (digits >= _CODE_DIGITS))
    looks = np.where(joined | capital | small, PLAIN | JOINTS, PLAIN)
    yield (
        np.where(behind, words.starts[word], starts[groups])[hit],
        ends[tails][hit],
        looks.astype(np.uint8)[hit],
    )
    few = behind & (size <= 2) & (letter < 0x80) & (capital | (gap == 0))
    yield from _accounts(column, word[few], groups[few])
    if len(at) > 3:
        dotted = near & (starts[1:] - ends[:-1] == 1) & (first == ord("."))
        four = np.flatnonzero(dotted[:-2] & dotted[1:-1] & dotted[2:])
        yield starts[four], ends[four + 3], PLAIN


def _accounts(column: Column, word: Places, group: Places) -> Found:
    """Two letters, together or not, and enough digits behind them."""
    words = column.words
    starts, ends = words.starts[words.digits], words.ends[words.digits]
    total = np.concatenate(([0], np.cumsum(ends - starts)))
    behind = np.searchsorted(starts, starts[group] + _ACCOUNT_REACH)
    before = np.maximum(word - 1, 0)
    lone = (words.ends[before] - words.starts[before] == 1) & (
        words.starts[word] - words.ends[before] <= _GAP // 3
    )
    two = (words.ends[word] - words.starts[word] == 2) | lone
    enough = two & (total[behind] - total[group] >= _ACCOUNT_DIGITS)
    begin = words.starts[word[enough]]
    yield begin - 3, begin + _ACCOUNT_REACH, PLAIN | JOINTS


def _announced(column: Column) -> Found:
    """Words that announce a code or a name."""
    words = column.words
    kinds = words.kinds
    code = np.flatnonzero(kinds & lx.CODE)
    yield words.starts[code], words.ends[code], PLAIN | JOINTS
    name = np.flatnonzero(kinds & lx.NAME)
    yield words.starts[name], words.ends[name], NAMES
    both = np.flatnonzero(((kinds[:-1] & lx.FIRST) > 0) & ((kinds[1:] & lx.SECOND) > 0))
    yield words.starts[both], words.ends[both + 1], NAMES
    both = np.flatnonzero(((kinds[:-1] & lx.SIGN_FIRST) > 0) & ((kinds[1:] & lx.SIGN_SECOND) > 0))
    yield words.starts[both], words.ends[both + 1], SIGNS | PLAIN | JOINTS


def _spoken(column: Column) -> Found:
    """Three numbers in a row of which two neighbours are words, or one is a digit in a word."""
    raw, words = column.raw, column.words
    kinds = words.kinds
    said = (kinds & lx.NUMBER) > 0
    head = np.flatnonzero((kinds[:-1] & lx.HEAD > 0) & (kinds[1:] & lx.TAIL > 0))
    sign = raw[words.ends[head]]
    head = head[(sign == ord("'")) | (sign == ord("`")) | (sign >= 0x80)]
    said[head] = said[head + 1] = True
    unit = (kinds & lx.UNIT) > 0
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


def _signs(column: Column) -> Found:
    """Signs of addresses in words, in brackets or apart."""
    raw, words = column.raw, column.words
    kinds = words.kinds
    sure = np.flatnonzero(kinds & (lx.SIGN | lx.PROVIDER))
    provider = (kinds[sure] & lx.PROVIDER) > 0
    sure = sure[~provider | (raw[words.ends[sure]] == ord("."))]
    yield words.starts[sure], words.ends[sure], SIGNS
    unsure = np.flatnonzero(kinds & lx.UNSURE)
    before = raw[words.starts[unsure] - 1]
    before = np.where(_SPACES[before], raw[words.starts[unsure] - 2], before)
    opened = unsure[_OPENINGS[before] & (raw[words.ends[unsure]] != ord("."))]
    yield words.starts[opened], words.ends[opened], SIGNS
    beside = unsure[_networks(column, unsure)]
    yield words.starts[beside], words.ends[beside], SIGNS
    scheme = np.flatnonzero(kinds & lx.SCHEME)
    plain = (raw[words.ends[scheme]] == ord(":")) & (raw[words.ends[scheme] + 1] == ord("/"))
    plain &= raw[words.ends[scheme] + 2] == ord("/")
    apart = scheme[~plain | _SPACES[raw[words.ends[scheme] + 3]]]
    yield words.starts[apart], words.ends[apart], SIGNS
    # A dot in brackets or apart, and a slash or underscore apart, each beside a domain's end.
    end = np.flatnonzero(kinds & lx.END)
    before, after = raw[words.starts[end] - 1], raw[words.ends[end]]
    spread = _SPACES[before] | _CLOSINGS[before]
    back = raw[words.starts[end] - 2]
    spread &= (back == ord(".")) | (_CLOSINGS[before] | _CLOSINGS[back])
    slash = _SPACES[after] & (raw[words.ends[end] + 1] == ord("/")) & (before == ord("."))
    hit = end[spread | slash]
    yield words.starts[hit], words.ends[hit], SIGNS


_SPACES = _any_of(b" \t\r\n\x0b\x0c\x1c\x1d\x1e\x1f") | _WIDE
_OPENINGS = _any_of(b"([{<")
_CLOSINGS = _any_of(b")]}>")


def _networks(column: Column, unsure: Places) -> Mask:
    """Return before which words that of a network stands, or one that begins as it."""
    found = np.zeros(len(unsure), np.bool_)
    for back in range(1, _NETWORK_REACH + 1):
        before = np.maximum(unsure - back, 0)
        found |= lx.networks(column.words.keys[before]) & (unsure >= back)
    return found


def _addresses(column: Column) -> Found:
    """Plain signs of addresses."""
    raw, words = column.raw, column.words
    at = np.flatnonzero(raw == ord("@"))
    yield at, at + 1, PLAIN | SIGNS
    slash = np.flatnonzero(raw == ord("/"))
    scheme = slash[(raw[slash - 1] == ord(":")) & (raw[slash + 1] == ord("/"))]
    yield scheme - 1, scheme + 2, PLAIN
    # Short last labels before a slash: vk.com/name.
    far = np.zeros(len(slash), np.bool_)
    for size in (2, 3):
        far |= raw[slash - size - 1] == ord(".")
    host = slash[far]
    yield host - 1, host + 1, PLAIN
    web = np.flatnonzero(words.kinds & lx.WEB)
    web = web[raw[words.ends[web]] == ord(".")]
    yield words.starts[web], words.ends[web], PLAIN
    line = np.flatnonzero(raw == ord("_"))
    line = line[_SPACES[raw[line - 1]] | _SPACES[raw[line + 1]]]
    if len(line) and len(slash):
        before = slash[np.maximum(np.searchsorted(slash, line) - 1, 0)]
        line = line[(before < line) & (line - before < 256)]
    yield line, line + 1, SIGNS
    colon = np.flatnonzero(raw == ord(":"))
    if len(colon) > 2:
        near = colon[1:] - colon[:-1] <= 5
        three = np.flatnonzero(near[:-1] & near[1:])
        yield colon[three], colon[three + 2], PLAIN
