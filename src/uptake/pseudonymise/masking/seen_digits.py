"""Where runs of digits are that may be numbers or codes, in a column of texts."""

from typing import NamedTuple

import numpy as np

from uptake.pseudonymise.masking import beside
from uptake.pseudonymise.masking import lexicon as lx
from uptake.pseudonymise.masking.column import Column, Found, Mask, Places, any_of
from uptake.pseudonymise.masking.looks import JOINTS, PLAIN

LEAST_DIGITS = 7
"""Digits of the shortest number that is looked for."""

_CODE_DIGITS = 5
"""Digits of a code of letters and digits that stand behind each other at least."""

_BARE = 6
"""Digits of a passport's number that only a word before it tells."""

_ACCOUNT_DIGITS, _ACCOUNT_REACH = 8, 72
"""Digits of an account number, and bytes within which they stand, with gaps."""

_GAP = 9
"""Bytes between two groups of a number at most: three characters."""

_SIGN_GAP = 5
"""Bytes between the letters and the digits of a code at most: two spaces and a sign of three."""

_LONG, _LONG_JOINTS = 14, 3
"""Digits and joints of a card's number."""

_WIDE = np.arange(256) >= 0x80
_GAPS = any_of(b" \t()-") | _WIDE
_JOINS = any_of(b"-._")
_JOINTS = any_of(b"._,/*|~\r\n")


class Runs(NamedTuple):
    """Runs of digits with gaps or joints between them, each array of shape (runs,).

    Attributes:
        first: Which of ``Words.digits`` begins it.
        last: Which of them ends it.
        digits: How many digits it has.
        joined: Whether a joint is in it, which is no gap.
        dashed: Whether a joint of codes is in it.
    """

    first: Places
    last: Places
    digits: Places
    joined: Mask
    dashed: Mask


def digits(column: Column) -> Found:
    """Yield where numbers and codes, accounts and addresses of machines may be."""
    words = column.words
    at = words.digits
    if not len(at):
        return
    runs = _runs(column)
    starts, ends = words.starts[at[runs.first]], words.ends[at[runs.last]]
    word = np.maximum(at[runs.first] - 1, 0)
    gap = starts - words.ends[word]
    behind = (gap <= _SIGN_GAP) & (at[runs.first] > 0)
    letter = column.raw[words.ends[word] - 1]
    size = words.ends[word] - words.starts[word]
    # A capital, or any letter beyond ASCII, right before a run makes it a code.
    capital = behind & (letter >= ord("A")) & (letter <= ord("Z"))
    small = behind & (letter >= ord("a")) & (letter <= ord("z")) & (size <= 2) & (gap <= 1)
    code = capital | (behind & (letter >= 0x80))
    hit = (runs.digits >= LEAST_DIGITS) | (code & (runs.digits >= _CODE_DIGITS))
    sign = _JOINS[column.raw[words.ends[word]]] | _JOINS[column.raw[starts - 1]]
    joinable = capital & (((gap > 0) & sign) | runs.dashed)
    odd = np.flatnonzero(hit & (runs.joined | joinable | small))
    looks = np.full(len(starts), PLAIN, np.uint8)
    looks[odd[_believed(column, runs, odd)]] |= JOINTS
    yield np.where(behind, words.starts[word], starts)[hit], ends[hit], looks[hit]
    alone = np.flatnonzero((runs.digits == _BARE) & (runs.first == runs.last) & ~hit)
    alone = alone[_told(column, at[runs.first[alone]], at[runs.last[alone]])]
    yield starts[alone], ends[alone], PLAIN
    few = behind & (size <= 2) & (letter < 0x80) & (capital | (gap == 0))
    yield from _accounts(column, word[few], runs.first[few])
    yield from _machines(column)


def _runs(column: Column) -> Runs:
    raw, words = column.raw, column.words
    at = words.digits
    starts, ends = words.starts[at], words.ends[at]
    first, last, second = raw[ends[:-1]], raw[starts[1:] - 1], raw[ends[:-1] + 1]
    size = starts[1:] - ends[:-1]
    joint = _JOINTS[first] | _JOINTS[last] | ((size > 1) & _JOINTS[second])
    joint |= (first == ord(")")) & (last == ord("("))
    near = (at[1:] == at[:-1] + 1) & (size <= _GAP)
    linked = near & (joint | (_GAPS[first] & _GAPS[last]))
    heads = np.flatnonzero(np.concatenate(([True], ~linked)))
    tails = np.concatenate((heads[1:], [len(at)])) - 1
    joints = np.concatenate(([0], np.cumsum(linked & joint)))
    dashes = np.concatenate(([0], np.cumsum(linked & (_JOINS[first] | _JOINS[last]))))
    return Runs(
        heads,
        tails,
        np.add.reduceat(ends - starts, heads),
        joints[tails] > joints[heads],
        dashes[tails] > dashes[heads],
    )


def _machines(column: Column) -> Found:
    """Yield four numbers with dots between them."""
    words = column.words
    at = words.digits
    if len(at) > 3:
        starts, ends = words.starts[at], words.ends[at]
        dotted = (starts[1:] - ends[:-1] == 1) & (column.raw[ends[:-1]] == ord("."))
        four = np.flatnonzero(dotted[:-2] & dotted[1:-1] & dotted[2:])
        yield starts[four], ends[four + 3], PLAIN


def _believed(column: Column, runs: Runs, odd: Places) -> Mask:
    """Return which joined runs are believed: beside a word, behind a plus sign, or as a card."""
    at = column.words.digits
    first, last = at[runs.first[odd]], at[runs.last[odd]]
    plus = column.raw[column.words.starts[first] - 1] == ord("+")
    groups = runs.last[odd] - runs.first[odd]
    long = (runs.digits[odd] >= _LONG) & (groups >= _LONG_JOINTS)
    believed: Mask = plus | long | _told(column, first, last)
    return believed


def _told(column: Column, first: Places, last: Places) -> Mask:
    """Return for words ``first`` to ``last``, a number, whether one near may announce it."""
    words = column.words
    if not len(first):
        return np.zeros(0, np.bool_)
    near = np.concatenate(
        (
            first - np.arange(1, beside.BEFORE + 1)[:, None],
            last + np.arange(1, beside.AFTER + 1)[:, None],
        )
    )
    near = np.clip(near, 0, len(words.starts) - 1)
    begin = words.starts[first] - _bytes(column, words.starts[first] - 1, -beside.BEFORE)
    end = words.ends[last] + _bytes(column, words.ends[last], beside.AFTER)
    inside = (words.ends[near] > begin) & (words.starts[near] < end)
    told = np.zeros(near.shape, np.bool_)
    told[inside] = lx.begins(lx.announcing(), words.keys[near[inside]])
    # Words of other scripts are not known: each may be one.
    others = column.others[np.isin(column.raw[column.others], lx.other_scripts())]
    return told.any(axis=0) | (np.searchsorted(others, begin) < np.searchsorted(others, end))


def _bytes(column: Column, at: Places, characters: int) -> Places:
    """Return how many bytes some characters have that stand behind places, or before them."""
    many = abs(characters) + 1
    places = at[:, None] + np.sign(characters) * np.arange(4 * many)
    raw = column.raw.take(places, mode="clip")
    count: Places = (((raw & 0xC0) != 0x80).cumsum(axis=1) <= many).sum(axis=1)
    return count


def _accounts(column: Column, word: Places, group: Places) -> Found:
    """Two letters, together or not, and enough digits behind them."""
    words = column.words
    starts, ends = words.starts[words.digits], words.ends[words.digits]
    total = np.concatenate(([0], np.cumsum(ends - starts)))
    behind = np.searchsorted(starts, starts[group] + _ACCOUNT_REACH)
    before = np.maximum(word - 1, 0)
    gap = words.starts[word] - words.ends[before]
    lone = (words.ends[before] - words.starts[before] == 1) & (gap <= _GAP // 3)
    between = column.raw[words.ends[before]]
    lone &= _JOINS[between] | _JOINS[column.raw[words.starts[word] - 1]] | (gap == 3)
    two = (words.ends[word] - words.starts[word] == 2) | lone
    enough = two & (total[behind] - total[group] >= _ACCOUNT_DIGITS)
    begin = words.starts[word[enough]]
    yield begin, words.ends[word[enough]], PLAIN | JOINTS
