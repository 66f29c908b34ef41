"""The words that make a text worth a look: signs and numbers in words, words that announce a code.

A word is known by its first eight bytes and its length, folded so that capitals and small letters
are the same: what is found may be another word, what is not found is none of these. Phrases and
words with an apostrophe are known by their first two pieces.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from uptake.pseudonymise.masking import plans, spoken

NUMBER = 1
"""A number below a thousand."""
UNIT = 2
"""A number below ten."""
HEAD, TAIL = 4, 8
"""The first and the second piece of a number with an apostrophe."""
SIGN = 16
"""An at-sign, dot, slash or underscore in a word that is rarely anything else."""
UNSURE = 32
"""An at-sign in a common word."""
CODE = 64
"""A word that announces a code of letters and digits."""
PROVIDER = 128
"""The first label of a mail provider's name."""
NAME = 256
"""An introduction of one word."""
FIRST, SECOND = 512, 1024
"""The first and the second word of an introduction of several."""
END = 2048
"""The last label of a domain."""
WEB = 4096
"""``www``."""
SCHEME = 8192
"""``http`` and ``https``."""
SIGN_FIRST, SIGN_SECOND = 16384, 32768
"""The first and the second word of a sign or a code's word of several."""

_SIZE = 8
_MIX = np.uint64(0x9E3779B97F4A7C15)
_PIECE = re.compile(r"[^\W\d_]+")


def _fold(byte: int) -> int:
    """Map bytes so that capitals and small letters become the same: ASCII, and most of Cyrillic."""
    if byte < 0x80:
        return ord(chr(byte).lower())
    if 0x90 <= byte < 0xB0:
        return byte + 0x20 if byte < 0xA0 else byte - 0x20
    return 0xD1 if byte == 0xD0 else byte


_FOLD = bytes(map(_fold, range(256)))


@cache
def _cased() -> str:
    """Return the letters beyond ASCII, below the symbols, that have another case."""
    return "".join(c for c in map(chr, range(0x80, 0x2200)) if c.lower() != c or c.upper() != c)


@cache
def _variants(letter: str) -> frozenset[bytes]:
    """Return the folded bytes of all characters that ``re.IGNORECASE`` takes for a letter."""
    same = re.findall(re.escape(letter), _cased() + letter, re.IGNORECASE)
    return frozenset(c.encode().translate(_FOLD) for c in {*same, letter, letter.upper()[0]})


def _spellings(word: str) -> Iterator[bytes]:
    """Yield the folded bytes of a word in all mixtures of cases."""
    yield from map(b"".join, product(*map(_variants, word)))


class _Entry(NamedTuple):
    word: str
    kinds: int


def _entries() -> Iterator[_Entry]:
    for word, known in spoken.number_words().items():
        if known.value >= 1000:
            continue
        pieces = word.split("'")
        if len(pieces) > 1:
            yield _Entry(pieces[0], HEAD)
            yield _Entry(pieces[1], TAIL)
        else:
            kinds = NUMBER | (UNIT if known.value < 10 else 0)
            yield _Entry(word, kinds)
            if "\u0435" in word:
                yield _Entry(word.replace("\u0435", "\u0451"), kinds)
    said, name = plans.everywhere("spelled"), plans.everywhere("name")
    for phrase in (*said["at"], *said["dot"], *said["slash"], *said["underscore"]):
        yield from _phrase(phrase, SIGN, SIGN_FIRST, SIGN_SECOND)
    for phrase in (*name["introductions"], *name["openings"]):
        yield from _phrase(phrase, NAME, FIRST, SECOND)
    for code in plans.codes():
        for word in code["triggers"]:
            yield from _phrase(word, CODE, SIGN_FIRST, SIGN_SECOND)
    yield from (_Entry(word, UNSURE) for word in said["at_unsure"])
    yield from (_Entry(word.partition(".")[0], PROVIDER) for word in said["providers"])
    yield from (_Entry(word, END) for word in said["domains"])
    yield from (_Entry("www", WEB), _Entry("http", SCHEME), _Entry("https", SCHEME))


def _phrase(phrase: str, alone: int, first: int, second: int) -> Iterator[_Entry]:
    pieces = _PIECE.findall(phrase)
    if len(pieces) == 1:
        yield _Entry(pieces[0], alone)
    else:
        yield _Entry(pieces[0], first)
        yield _Entry(pieces[1], second)


@cache
def leads() -> frozenset[int]:
    """Return the first bytes of the letters beyond ASCII that the words are written in."""
    return frozenset(
        c.encode()[0]
        for word, _ in _entries()
        for letter in word
        for c in re.findall(re.escape(letter), _cased() + letter, re.IGNORECASE)
        if not c.isascii() and len(c.encode()) == 2
    )


@cache
def signs() -> dict[int, list[int]]:
    """Return for these first bytes the second bytes of what is no letter."""
    found: dict[int, list[int]] = {}
    for lead in leads():
        for byte in range(0x80, 0xC0):
            if not bytes((lead, byte)).decode().isalnum():
                found.setdefault(lead, []).append(byte)
    return found


class _Known(NamedTuple):
    keys: npt.NDArray[np.uint64]
    kinds: npt.NDArray[np.uint16]
    maybe: npt.NDArray[np.bool_]
    longest: int


_MASKS = np.array([(1 << (8 * n)) - 1 for n in range(_SIZE + 1)], np.uint64)


@cache
def _known() -> _Known:
    found: dict[int, int] = {}
    longest = 0
    for word, kinds in _entries():
        for spelling in _spellings(word):
            longest = max(longest, len(spelling))
            key = int.from_bytes(spelling[:_SIZE], "little")
            mixed = int(_mixed(np.array([key], np.uint64), np.array([len(spelling)]))[0])
            found[mixed] = found.get(mixed, 0) | kinds
    keys = np.array(sorted(found), np.uint64)
    maybe = np.zeros(1 << 16, np.bool_)
    maybe[keys >> np.uint64(48)] = True
    return _Known(keys, np.array([found[int(k)] for k in keys], np.uint16), maybe, longest)


def _mixed(keys: npt.NDArray[np.uint64], sizes: npt.NDArray[np.int64]) -> npt.NDArray[np.uint64]:
    return (keys ^ (sizes.astype(np.uint64) << np.uint64(57))) * _MIX


def keys(raw: bytes, starts: npt.NDArray[np.int64]) -> npt.NDArray[np.uint64]:
    """Return the first eight bytes of words, folded, in one number each.

    Args:
        raw: UTF-8, eight bytes longer than what is read.
        starts: Where words begin, shape (words,).
    """
    eights: npt.NDArray[np.uint64] = np.ndarray(
        (len(raw) - _SIZE,), np.dtype("<u8"), buffer=raw.translate(_FOLD), strides=(1,)
    )
    return eights[starts]


def kinds(keys: npt.NDArray[np.uint64], sizes: npt.NDArray[np.int64]) -> npt.NDArray[np.uint16]:
    """Return what is known of words by their first bytes and their sizes, shapes (words,)."""
    known = _known()
    found = np.zeros(len(keys), np.uint16)
    mixed = _mixed(keys & _MASKS[np.minimum(sizes, _SIZE)], sizes)
    at = np.flatnonzero(known.maybe[mixed >> np.uint64(48)])
    place = np.minimum(np.searchsorted(known.keys, mixed[at]), len(known.keys) - 1)
    same = known.keys[place] == mixed[at]
    found[at[same]] = known.kinds[place[same]]
    return found


@cache
def _stems() -> tuple[tuple[np.uint64, np.uint64], ...]:
    """Return (key, mask) of the words of networks, by their first bytes."""
    found = []
    for word in plans.everywhere("handle")["words"]:
        for spelling in _spellings(_PIECE.findall(word)[0]):
            start = spelling[:_SIZE]
            found.append((np.uint64(int.from_bytes(start, "little")), _MASKS[len(start)]))
    return tuple(dict.fromkeys(found))


def networks(keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
    """Return which words begin as the word of a network does, by their first bytes."""
    found = np.zeros(len(keys), np.bool_)
    for stem, mask in _stems():
        found |= (keys & mask) == stem
    return found
