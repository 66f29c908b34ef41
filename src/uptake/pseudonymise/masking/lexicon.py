"""The words that make a text worth a look: signs and numbers in words, words that announce a code.

A word is known by its first eight bytes and its length, folded so that capitals and small letters
are the same: what is found may be another word, what is not found is none of these. Phrases and
words with an apostrophe are known by their first two pieces.
"""

import re
from collections.abc import Iterable, Iterator
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
AT, DOT, SLASH, LINE = 16, 32, 64, 128
"""Signs in words that are rarely anything else."""
UNSURE = 256
"""An at-sign in a common word."""
CODE = 512
"""A word that announces a code of letters and digits."""
PROVIDER = 1024
"""The first label of a mail provider's name."""
NAME = 2048
"""An introduction."""
END = 4096
"""The last label of a domain."""
WEB = 8192
"""``www``, ``http`` and ``https``."""
FIRST = 16384
"""The first word of a phrase, which is looked up with the second by ``phrases``."""

_SIZE = 8
_MIX = np.uint64(0x9E3779B97F4A7C15)
_PIECE = re.compile(r"[^\W\d_]{1,64}")


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
    for phrase, kind in _said():
        pieces = _PIECE.findall(phrase)
        yield _Entry(pieces[0], FIRST if len(pieces) > 1 else kind)
    said = plans.everywhere("spelled")
    yield from (_Entry(word, UNSURE) for word in said["at_unsure"])
    yield from (_Entry(word.partition(".")[0], PROVIDER) for word in said["providers"])
    yield from (_Entry(word, END) for word in said["domains"])
    yield from (_Entry(word, WEB) for word in ("www", "http", "https"))


def _said() -> Iterator[tuple[str, int]]:
    """Yield words and phrases with their kind."""
    said, name = plans.everywhere("spelled"), plans.everywhere("name")
    for key, kind in (("at", AT), ("dot", DOT), ("slash", SLASH), ("underscore", LINE)):
        yield from ((phrase, kind) for phrase in said[key])
    yield from ((phrase, NAME) for phrase in (*name["introductions"], *name["openings"]))
    yield from ((word, CODE) for code in plans.codes() for word in code["triggers"])


@cache
def leads() -> frozenset[int]:
    """Return the first bytes of the letters beyond ASCII that the words are written in."""
    return frozenset(
        c.encode()[0]
        for word in (*(entry.word for entry in _entries()), *(phrase for phrase, _ in _said()))
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
    kinds: npt.NDArray[np.uint32]
    maybe: npt.NDArray[np.bool_]
    sizes: npt.NDArray[np.bool_]


_MASKS = np.array([(1 << (8 * n)) - 1 for n in range(_SIZE + 1)], np.uint64)


def _hashed(spelling: bytes) -> int:
    keys = np.array([int.from_bytes(spelling[:_SIZE], "little")], np.uint64)
    return int((keys * _MIX)[0])


def _lookup(found: dict[int, int], sizes: dict[int, set[int]]) -> _Known:
    keys = np.array(sorted(found), np.uint64)
    maybe = np.zeros(1 << 16, np.bool_)
    maybe[keys >> np.uint64(48)] = True
    long = {size for key in sizes.values() for size in key}
    lengths = np.zeros((len(keys), max(long, default=0) + 1), np.bool_)
    for place, key in enumerate(keys):
        lengths[place, list(sizes[int(key)])] = True
    return _Known(keys, np.array([found[int(k)] for k in keys], np.uint32), maybe, lengths)


@cache
def _known() -> _Known:
    found: dict[int, int] = {}
    sizes: dict[int, set[int]] = {}
    for word, kinds in _entries():
        for spelling in _spellings(word):
            mixed = _hashed(spelling)
            found[mixed] = found.get(mixed, 0) | kinds
            sizes.setdefault(mixed, set()).add(len(spelling))
    return _lookup(found, sizes)


@cache
def _pairs() -> dict[tuple[int, int], int]:
    """Return the kinds of phrases by what their first two words are known by."""
    found: dict[tuple[int, int], int] = {}
    for phrase, kind in _said():
        pieces = _PIECE.findall(phrase)
        if len(pieces) > 1:
            one, two = (list(map(_hashed, _spellings(piece))) for piece in pieces[:2])
            for pair in product(one, two):
                found[pair] = found.get(pair, 0) | kind
    return found


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


def kinds(keys: npt.NDArray[np.uint64], sizes: npt.NDArray[np.int64]) -> npt.NDArray[np.uint32]:
    """Return what is known of words and of the phrases that begin with them.

    Args:
        keys: The words' first bytes, see ``keys``, shape (words,).
        sizes: Their bytes, shape (words,).
    """
    known = _known()
    mixed = keys & _MASKS.take(sizes, mode="clip")
    mixed *= _MIX
    at = np.flatnonzero(known.maybe.take((mixed >> np.uint64(48)).view(np.int64)))
    found = np.zeros(len(keys), np.uint32)
    place = np.minimum(np.searchsorted(known.keys, mixed[at]), len(known.keys) - 1)
    size = np.minimum(sizes[at], known.sizes.shape[1] - 1)
    same = (known.keys[place] == mixed[at]) & known.sizes[place, size]
    found[at[same]] = known.kinds[place[same]]
    pairs = _pairs()
    for first in np.flatnonzero(found[:-1] & np.uint32(FIRST)).tolist():
        found[first] |= pairs.get((int(mixed[first]), int(mixed[first + 1])), 0)
    return found


_STEM = 2
"""Bytes of the shortest stem."""


class Stems(NamedTuple):
    """Beginnings of words: whether one begins with two bytes, and (mask, keys) of each size."""

    maybe: npt.NDArray[np.bool_]
    all: tuple[tuple[np.uint64, npt.NDArray[np.uint64]], ...]


@cache
def networks() -> Stems:
    """Return how words of networks begin."""
    return _stems(plans.everywhere("handle")["words"])


@cache
def announcing() -> Stems:
    """Return how words begin that announce a number, in the scripts of the lexicon."""
    words = (*plans.words(), *plans.everywhere("phone")["any"])
    return _stems(word for word in words if in_scripts(word))


def in_scripts(word: str) -> bool:
    """Return whether a word is written in a script of the lexicon."""
    return all(c.isascii() or c.encode()[0] in leads() for c in _PIECE.findall(word)[0])


@cache
def other_scripts() -> npt.NDArray[np.uint8]:
    """Return the first bytes of words that announce a number in other scripts."""
    words = (*plans.words(), *plans.everywhere("phone")["any"])
    return np.array(sorted({w.encode()[0] for w in words if not in_scripts(w)}), np.uint8)


def _stems(words: Iterable[str]) -> Stems:
    maybe = np.zeros(1 << 16, np.bool_)
    found: dict[int, set[int]] = {}
    for word in words:
        for spelling in _spellings(_PIECE.findall(word)[0]):
            start = spelling[:_SIZE]
            maybe[int.from_bytes(start[:_STEM], "little")] = True
            found.setdefault(len(start), set()).add(int.from_bytes(start, "little"))
    by_size = ((_MASKS[size], np.array(sorted(keys), np.uint64)) for size, keys in found.items())
    return Stems(maybe, tuple(by_size))


def begins(stems: Stems, keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
    """Return which words begin with one of some stems, by their first bytes."""
    found: npt.NDArray[np.bool_] = stems.maybe[keys & np.uint64(0xFFFF)]
    some = keys[found]
    right = np.zeros(len(some), np.bool_)
    for mask, known in stems.all:
        key = some & mask
        right |= known.take(np.searchsorted(known, key), mode="clip") == key
    found[found] = right
    return found
