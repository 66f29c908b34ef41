"""Where characters stand for others in a column: look-alikes, variants, what is not seen."""

import re
from collections.abc import Callable, Iterable
from functools import cache

import numpy as np
import numpy.typing as npt

from uptake.pseudonymise.masking import fold
from uptake.pseudonymise.masking.column import Bytes, Column, Found, Mask, Places
from uptake.pseudonymise.masking.looks import CHARACTERS, PLAIN

_DIGITS_NEAR, _REACH = 4, 72
"""Digits within some bytes around one beside which a letter stands for a digit."""


def characters(column: Column) -> Found:
    """Yield where they stand."""
    for look in (_others, _alike, _for_digits, _spread):
        found = look(column)
        yield found, found + 1, PLAIN | CHARACTERS


def _pairs(raw: Bytes, at: Places) -> npt.NDArray[np.int64]:
    return raw[at].astype(np.int64) << 8 | raw[at + 1]


@cache
def _codes() -> tuple[Places, Places, Places]:
    """Return the code points of variants, of those of brackets, and of what is not seen."""
    unseen = [c for c in range(0x80, 0x10000) if re.match(f"[{fold.UNSEEN}]", chr(c))]
    brackets = [c for c, to in fold.plain().items() if to in fold.BRACKETS]
    variants = set(fold.plain()).difference(brackets)
    return _array(variants), _array(brackets), _array(unseen)


def _array(codes: Iterable[int]) -> Places:
    return np.array(sorted(codes), np.int64)


@cache
def _telling() -> Mask:
    """Return by which first two bytes such characters begin."""
    table = np.zeros(1 << 16, np.bool_)
    for code in np.concatenate(_codes()):
        first, second = chr(code).encode()[:2]
        table[first << 8 | second] = True
    return table


def _decoded(raw: Bytes, at: Places) -> Places:
    """Return the code points of the characters of two to four bytes that begin at places."""
    lead, two, three, four = (raw[at + i].astype(np.int64) for i in range(4))
    tail, further = two & 0x3F, three & 0x3F
    codes: Places = np.where(
        lead < 0xE0,
        (lead & 0x1F) << 6 | tail,
        np.where(
            lead < 0xF0,
            (lead & 0x0F) << 12 | tail << 6 | further,
            (lead & 0x07) << 18 | tail << 12 | further << 6 | four & 0x3F,
        ),
    )
    return codes


def _others(column: Column) -> Places:
    """Variants, and what is not seen where something may be joined by leaving it out."""
    raw = column.raw
    at = column.others[_telling()[_pairs(raw, column.others)]]
    codes = _decoded(raw, at)
    variants, brackets, unseen = _codes()
    hidden = np.isin(codes, unseen) & ~_behind_a_picture(raw, at) & ~_in_arabic(column, at)
    number = _TELLING[raw[at + _WIDTH[raw[at]]]] | _TELLING[raw[at - 1]]
    telling: Mask = np.isin(codes, variants) | hidden | (np.isin(codes, brackets) & number)
    return at[telling]


def wide_brackets(column: Column) -> Places:
    """Return where variants of brackets stand; with a sign beside them they hide an address."""
    wide: Mask = column.raw[column.others] == _WIDE_LEAD
    at: Places = column.others[wide]
    bracket: Mask = np.isin(_decoded(column.raw, at), _codes()[1])
    return at[bracket]


_WIDE_LEAD = 0xEF
_ARABIC = (np.arange(256) >= 0xD8) & (np.arange(256) <= 0xDB)
_NAME = 256
"""Bytes before an at-sign in which a name stands."""


def _in_arabic(column: Column, at: Places) -> Mask:
    """Return what stands between two Arabic letters, as its spelling has it, but in an address."""
    raw, signs = column.raw, column.signs["@"]
    address = np.searchsorted(signs, at) < np.searchsorted(signs, at + _NAME)
    return _ARABIC[raw[at - 2]] & _ARABIC[raw[at + 3]] & ~address


def _behind_a_picture(raw: Bytes, at: Places) -> Mask:
    lead, second = raw[at - 3], raw[at - 2]
    symbol: Mask = (lead == 0xE2) & (second >= 0x8C) & (second != 0x92)
    picture: Mask = (
        symbol
        | ((raw[at - 4] == 0xF0) & (raw[at - 3] == 0x9F))
        | ((lead == 0xEF) & (second == 0xB8))
    )
    return picture


@cache
def _look_alikes() -> tuple[Mask, Mask]:
    """Return the pairs of bytes of letters that look Latin, and of capitals among them."""
    every, capital = np.zeros(1 << 16, np.bool_), np.zeros(1 << 16, np.bool_)
    for c in fold.LATIN:
        pair = int.from_bytes(c.encode(), "big")
        every[pair] = True
        capital[pair] = c.isupper()
    return every, capital


def _alike(column: Column) -> Places:
    """Letters that look Latin beside Latin ones or, if capitals, beside digits."""
    raw = column.raw
    wide = raw >= 0x80
    edges = np.flatnonzero(wide[1:] != wide[:-1])
    before = edges[_ALNUM[raw[edges]]]  # an ASCII letter or digit, behind it a letter beyond
    after = edges[_ALNUM[raw[edges + 1]]] + 1
    every, capital = _look_alikes()
    found: list[Places] = []
    for at, pair in ((before, _pairs(raw, before + 1)), (after, _pairs(raw, after - 2))):
        letter = raw[at] >= ord("A")
        digit = at[~letter & capital[pair]]
        digit = digit[_near_a_code(column, digit)]
        found += (at[letter & every[pair]], _those(digit, lambda place: _folds(raw, place)))
    return np.concatenate(found)


def _folds(raw: Bytes, place: int) -> bool:
    """Return whether letters around a place are Latin for ``fold``."""
    around = raw[place - _REACH : place + _REACH].tobytes().decode(errors="ignore")
    return fold.look_alikes(around) != around


def _near_a_code(column: Column, at: Places) -> Mask:
    """Return beside which places are digits enough for a number or a code, or an address."""
    words = column.words
    starts, ends = words.starts[words.digits], words.ends[words.digits]
    total = np.concatenate(([0], np.cumsum(ends - starts)))
    first, last = at - _REACH, at + _REACH
    digits = total[np.searchsorted(starts, last)] - total[np.searchsorted(starts, first)]
    near: Mask = digits >= _DIGITS_NEAR
    for sign in "@/":
        signs = column.signs[sign]
        near |= np.searchsorted(signs, first) < np.searchsorted(signs, last)
    return near


@cache
def _leet() -> tuple[Mask, Mask]:
    """Return the letters for digits: bytes of ASCII ones, pairs of bytes of others."""
    one, two = np.zeros(256, np.bool_), np.zeros(1 << 16, np.bool_)
    for c in fold.DIGITS:
        if c.isascii():
            one[ord(c)] = True
        else:
            two[int.from_bytes(c.encode(), "big")] = True
    return one, two


@cache
def _run() -> re.Pattern[bytes]:
    """Return a pattern for what may be a number, or a code, with letters for digits."""
    letters = "|".join(re.escape(c) for c in [*fold.DIGITS, *"0123456789"]).encode()
    number = rb"(?<![A-Za-z0-9_])(?:%b)(?:[ ()-]{0,2}(?:%b)){6,63}(?![A-Za-z0-9_])"
    code = rb"(?=[A-Z0-9]{0,33}(?:O[0-9]|[0-9]O))[A-Z0-9]{4}"
    return re.compile(b"%b|%b" % (number % (letters, letters), code))


def _for_digits(column: Column) -> Places:
    """Letters for digits beside a digit, in what may be a number or a code."""
    raw, words = column.raw, column.words
    starts, ends = words.starts[words.digits], words.ends[words.digits]
    one, two = _leet()
    beside = one[raw[starts - 1]] | one[raw[ends]]
    beside |= two[_pairs(raw, starts - 2)] | two[_pairs(raw, ends)]
    at = starts[beside]
    return _those(
        at[_near_a_code(column, at)],
        lambda place: _run().search(raw[place - _REACH : place + _REACH].tobytes()) is not None,
    )


def _those(at: Places, true: Callable[[int], bool]) -> Places:
    """Return the places of which something is true, or all if they are too many to look at each."""
    if len(at) > _FEW:
        return at
    return np.array([place for place in at.tolist() if true(place)], np.int64)


_FEW = 500
"""Places of a batch, some thousand of which would take longer than what they spare."""


_SPACE = ord(" ")


def _spread(column: Column) -> Places:
    """A sign or digit alone between spaces, with two other characters alone beside it.

    Beyond ASCII a neighbour is taken to be alone.
    """
    raw, words = column.raw, column.words
    starts, ends = words.starts[words.digits], words.ends[words.digits]
    signs = (column.signs[sign] for sign in "@/.")
    at: Places = np.concatenate((starts[ends - starts == 1], *signs))
    before, after = raw[at - 1], raw[at + 1]
    at = at[((before == _SPACE) & ~_ALNUM[after]) | ((after == _SPACE) & (_BLANK[before]))]
    alone = _alone_beside(raw, at, forth=True) + _alone_beside(raw, at, forth=False)
    enough: Mask = alone >= _LONE
    return at[enough]


_LONE = 5
"""Characters that stand alone beside the one that tells."""


def _alone_beside(raw: Bytes, at: Places, *, forth: bool) -> Places:
    """Count the characters that stand alone, a space apart, on one side of others, to ``_LONE``."""
    count = np.zeros(len(at), np.int64)
    here = np.arange(len(at))
    place = at
    for _ in range(_LONE):
        if forth:
            next_ = place + 2
            end = next_ + _WIDTH[raw[next_]]
            alone = (raw[next_ - 1] == _SPACE) & ~_ALNUM[raw[end]]
        else:
            next_ = place - 2
            for _ in range(3):
                next_ = next_ - ((raw[next_] & 0xC0) == 0x80)
            alone = (raw[place - 1] == _SPACE) & _BLANK[raw[next_ - 1]]
            end = next_
        alone &= _ELEMENT[raw[next_]]
        here, place = here[alone], (end - 1 if forth else next_)[alone]
        count[here] += 1
    return count


_WIDTH = np.array([1 + (b >= 0xC0) + (b >= 0xE0) + (b >= 0xF0) for b in range(256)])
_ALNUM = np.array([chr(byte).isalnum() and byte < 0x80 for byte in range(256)])
_TELLING = np.array([chr(byte) in "0123456789+./:@" for byte in range(256)])
_ELEMENT = np.array([chr(b).isalnum() or chr(b) in "_@./:+-" or b >= 0x80 for b in range(256)])
_BLANK = np.array([chr(b).isspace() or b == 0 or b >= 0x80 for b in range(256)])
