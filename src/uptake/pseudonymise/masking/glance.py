"""One look at a column of texts: where an identifier could stand, plain or in disguise.

What is looked for is necessary for the finders and the disguises that ``disguised`` undoes, and
cheap: words of the lexicon, digits near each other, a few signs. What is not found here is not
there; ``mask`` of one text, which reads all of it for everything, is what the tests compare with.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from uptake.pseudonymise.masking import beside
from uptake.pseudonymise.masking import lexicon as lx
from uptake.pseudonymise.masking.characters import characters, wide_brackets
from uptake.pseudonymise.masking.column import PAD, Column, Places
from uptake.pseudonymise.masking.looks import CHARACTERS, JOINTS, LINKS, NAMES, NUMBERS, PLAIN, SIGNS

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

_SPOKEN_GAP = 12
"""Bytes between two numbers in words at most: four characters."""

_NETWORK_REACH = 4
"""Words before an at-sign in a common word, among which that of a network may be."""

_BRACKET_REACH = 16
"""Bytes around a sign in which brackets may stand."""

_NEAR = len(PAD) // 2
"""Bytes between hits that are taken for one; texts are further apart."""

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


Found = Iterator[tuple[Places, Places, npt.ArrayLike]]


def _any_of(signs: bytes) -> Mask:
    table = np.zeros(256, np.bool_)
    table[list(signs)] = True
    return table


_GAPS = _any_of(b" \t()-")
_JOINS = _any_of(b"-._")
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
    signs = _JOINS[raw[words.ends[word]]] | _JOINS[raw[starts[groups] - 1]]
    dashes = np.concatenate(([0], np.cumsum(linked & (_JOINS[first] | _JOINS[last]))))
    joinable = capital & (((gap > 0) & signs) | (dashes[tails] > dashes[groups]))
    begins = np.where(behind, words.starts[word], starts[groups])
    # What is joined is believed beside a word, behind a plus sign, and if it is long.
    odd = np.flatnonzero(hit & (joined | joinable | small))
    plus = raw[starts[groups][odd] - 1] == ord("+")
    long = (digits[odd] >= _LONG) & (tails[odd] - groups[odd] >= _LONG_JOINTS)
    looks = np.full(len(groups), PLAIN, np.uint8)
    told = _told(column, at[groups[odd]], at[tails[odd]])
    looks[odd[plus | long | told]] |= JOINTS
    yield begins[hit], ends[tails][hit], looks[hit]
    alone = np.flatnonzero((digits == _BARE) & (tails == groups) & ~hit)
    alone = alone[_told(column, at[groups[alone]], at[tails[alone]])]
    yield starts[groups][alone], ends[tails][alone], PLAIN
    few = behind & (size <= 2) & (letter < 0x80) & (capital | (gap == 0))
    yield from _accounts(column, word[few], groups[few])
    if len(at) > 3:
        dotted = near & (starts[1:] - ends[:-1] == 1) & (first == ord("."))
        four = np.flatnonzero(dotted[:-2] & dotted[1:-1] & dotted[2:])
        yield starts[four], ends[four + 3], PLAIN


_LONG, _LONG_JOINTS = 14, 3
"""Digits and joints of a card's number."""

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


def _signs(column: Column) -> Found:
    """Signs of addresses in words, in brackets or apart."""
    words = column.words
    kinds = words.kinds
    line, at, ends = (words.of(kind) for kind in (lx.LINE, lx.AT, lx.END))
    unsure, said = words.of(lx.UNSURE), words.of(lx.DOT | lx.SLASH)
    unsure, said = (part[part < len(kinds) - 1] for part in (unsure, said))
    domain = (kinds[said] & lx.DOT > 0) & (kinds[said + 1] & lx.END > 0)
    path = (kinds[said] & lx.SLASH > 0) & (kinds[said - 1] & lx.END > 0)
    at = at[
        _within(words.starts[ends], words.ends[at], _DOMAIN_REACH)
        | _tells(column, at, line)
        | _networks(column, at)
    ]
    provider = unsure[kinds[unsure + 1] & lx.PROVIDER > 0]
    provider = provider[column.raw[words.ends[provider + 1]] == ord(".")]
    near = unsure[_networks(column, unsure)]
    near = near[_tells(column, near, line)]
    scheme = _schemes(column)
    for hit in (at, provider, near, _bracketed(column, unsure)):
        yield words.starts[hit], words.ends[hit], SIGNS
    yield words.starts[scheme], words.ends[scheme], LINKS
    for hit in (line, said[domain | path], ends[_apart(column, ends)]):
        yield words.starts[hit], words.ends[hit], SIGNS | LINKS


_DOMAIN_REACH, _HANDLE_REACH = 300, 160
"""Bytes behind an at-sign in which a domain's end stands, or what tells that a name is one."""


def _within(places: Places, behind: Places, reach: int) -> Mask:
    """Return behind which of some places one of others stands within reach."""
    return np.searchsorted(places, behind) < np.searchsorted(places, behind + reach)


def _tells(column: Column, at: Places, line: Places) -> Mask:
    """Return behind which words a digit or an underscore stands within reach."""
    words = column.words
    behind = words.ends[at]
    return (
        _within(words.starts[words.digits], behind, _HANDLE_REACH)
        | _within(column.signs["_"], behind, _HANDLE_REACH)
        | _within(words.starts[line], behind, _HANDLE_REACH)
    )


def _bracketed(column: Column, unsure: Places) -> Places:
    """Return which words stand in brackets."""
    raw = column.raw
    starts, ends = column.words.starts[unsure], column.words.ends[unsure]
    before = np.where(_SPACES[raw[starts - 1]], starts - 2, starts - 1)
    after = np.where(_SPACES[raw[ends]], ends + 1, ends)
    opened = _OPENINGS[raw[before]] | (raw[before - 2] == _WIDE_SIGN)
    return unsure[opened & (_CLOSINGS[raw[after]] | (raw[after] == _WIDE_SIGN))]


_WIDE_SIGN = 0xEF
"""First byte of a bracket as wide as a Chinese character."""


def _schemes(column: Column) -> Places:
    """Return where a scheme is not joined to what follows."""
    raw, words = column.raw, column.words
    scheme = words.of(lx.WEB)
    ends = words.ends[scheme]
    plain = (raw[ends] == ord(":")) & (raw[ends + 1] == ord("/")) & (raw[ends + 2] == ord("/"))
    apart = (raw[ends] == ord(":")) | _SPACES[raw[ends]]
    return scheme[apart & (~plain | _SPACES[raw[ends + 3]])]


def _apart(column: Column, ends: Places) -> Mask:
    """Return before which last labels a dot stands apart or in brackets, or behind a slash apart."""
    raw = column.raw
    starts, behind = column.words.starts[ends], column.words.ends[ends]
    spaced = _SPACES[raw[starts - 1]] & (raw[starts - 2] == ord(".")) & _SPACES[raw[starts - 3]]
    for back in (1, 2, 3):
        place = starts - back
        closed = _CLOSINGS[raw[place]] | (raw[place - 2] == _WIDE_SIGN)
        inside = (raw[place - 1] == ord(".")) | (raw[place - 2] == ord("."))
        inside |= (raw[place - 3] == ord(".")) | (raw[place - 4] == ord("."))
        spaced |= closed & inside
    slash = _SPACES[raw[behind]] & (raw[behind + 1] == ord("/")) & (raw[starts - 1] == ord("."))
    return spaced | slash


_SPACES = _any_of(b" \t\r\n\x0b\x0c\x1c\x1d\x1e\x1f") | _WIDE
_OPENINGS = _any_of(b"([{<")
_CLOSINGS = _any_of(b")]}>")


def _networks(column: Column, unsure: Places) -> Mask:
    """Return before which words that of a network stands, or one that begins as it."""
    backs = np.arange(1, _NETWORK_REACH + 1)[:, np.newaxis]
    before = unsure - backs
    known = lx.begins(lx.networks(), column.words.keys[np.maximum(before, 0)])
    return (known & (before >= 0)).any(axis=0)


def _addresses(column: Column) -> Found:
    """Plain signs of addresses."""
    raw, words = column.raw, column.words
    at, slash, line, colon = (column.signs[sign] for sign in "@/_:")
    apart = (_SPACES | _OPENINGS)[raw[at - 1]] | (_SPACES | _CLOSINGS)[raw[at + 1]]
    apart |= (raw[at - 1] == 0) | (raw[at + 1] == _WIDE_SIGN) | (raw[at - 3] == _WIDE_SIGN)
    yield at, at + 1, np.where(apart, PLAIN | SIGNS, PLAIN)
    scheme = slash[(raw[slash - 1] == ord(":")) & (raw[slash + 1] == ord("/"))]
    yield scheme - 1, scheme + 2, PLAIN
    # Short last labels before a slash: vk.com/name.
    far = np.zeros(len(slash), np.bool_)
    for size in (2, 3):
        far |= raw[slash - size - 1] == ord(".")
    host = slash[far]
    yield host - 1, host + 1, PLAIN
    web = words.of(lx.WEB)
    web = web[raw[words.ends[web]] == ord(".")]
    yield words.starts[web], words.ends[web], PLAIN
    line = line[_SPACES[raw[line - 1]] | _SPACES[raw[line + 1]]]
    if len(line) and len(slash):
        before = slash[np.maximum(np.searchsorted(slash, line) - 1, 0)]
        line = line[(before < line) & (line - before < 256)]
    yield line, line + 1, LINKS
    if len(colon) > 2:
        near = colon[1:] - colon[:-1] <= 5
        three = np.flatnonzero(near[:-1] & near[1:])
        yield colon[three], colon[three + 2], PLAIN
