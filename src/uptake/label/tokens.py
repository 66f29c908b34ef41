"""A batch of texts as one array of code points, its tokens, and their hashes: no loop in Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from uptake.label.alphabet import APOSTROPHE, BMP, MARK, SINGLE, SPACE, WORD, tables

Hash = NDArray[np.uint64]

_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)
_CODE = np.uint64(0xBF58476D1CE4E5B9)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens of D texts that together have C code points; K tokens in the order of the text.

    Attributes:
        starts: (D + 1,) where each text begins in ``codes``.
        codes: (C,) uint32, folded.
        kinds: (C,) uint8, see ``alphabet``.
        upper: (D,) bool; the text's first code point is an upper-case letter.
        newlines: (D,) line ends in the text.
        document: (K,) which text a token belongs to, ascending.
        start: (K,) where it begins in ``codes``.
        end: (K,) where it ends, exclusive.
        kind: (K,) uint8.
        hash: (K,) uint64, of the token's folded code points.
        sums: (C + 1,) uint64; running sums of code times power, from which a stretch is hashed.
    """

    starts: NDArray[np.int64]
    codes: NDArray[np.uint32]
    kinds: NDArray[np.uint8]
    upper: NDArray[np.bool_]
    newlines: NDArray[np.int64]
    document: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    kind: NDArray[np.uint8]
    hash: Hash
    sums: Hash

    def stretch(self, start: NDArray[np.int64], end: NDArray[np.int64]) -> Hash:
        """Hash ``codes[start:end]`` for many stretches at once.

        A polynomial modulo 2^64 (Karp and Rabin 1987): its base is odd, so that dividing by the
        power at ``start`` is a product with an inverse, and equal stretches hash alike anywhere.
        """
        inverse = _powers(_INVERSE, _room(len(self.codes)))
        return (self.sums[end] - self.sums[start]) * inverse[start]


def _room(size: int) -> int:
    return max(1 << 16, 1 << (size - 1).bit_length()) if size else 1 << 16


@cache
def _powers(base: int, size: int) -> Hash:
    powers = np.full(size, base, dtype=np.uint64)
    powers[0] = 1
    return np.multiply.accumulate(powers)


def tokenize(texts: Sequence[str]) -> Tokens:
    """Split texts into words, numbers, runs of a mark and single signs, each with its hash.

    Any ``str`` will do: lone surrogates, NUL and private-use code points are just code points.

    >>> tokens = tokenize(["Ол ол!!"])
    >>> len(tokens.hash), bool(tokens.hash[0] == tokens.hash[1])
    (3, True)
    """
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)])
    raw = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    fresh = np.zeros(len(raw), dtype=np.bool_)
    fresh[starts[:-1][lengths > 0]] = True
    codes, kinds = _fold(raw, fresh)
    begin = np.flatnonzero(_boundaries(codes, kinds) | fresh)
    end = np.append(begin[1:], len(raw))
    kept = kinds[begin] != SPACE
    begin, end = begin[kept], end[kept]
    sums = np.zeros(len(raw) + 1, dtype=np.uint64)
    np.cumsum((codes + np.uint32(1)) * _powers(_BASE, _room(len(raw)))[: len(raw)], out=sums[1:])
    first = starts[:-1][lengths > 0]
    upper = np.zeros(len(texts), dtype=np.bool_)
    upper[lengths > 0] = tables().upper[np.minimum(raw[first], BMP - 1)]
    lines = np.searchsorted(np.flatnonzero(raw == ord("\n")), starts)
    hashes = (sums[end] - sums[begin]) * _powers(_INVERSE, _room(len(raw)))[begin]
    return Tokens(
        starts=starts,
        codes=codes,
        kinds=kinds,
        upper=upper,
        newlines=np.diff(lines),
        document=np.searchsorted(starts, begin, "right") - 1,
        start=begin,
        end=end,
        kind=kinds[begin],
        hash=hashes,
        sums=sums,
    )


def _fold(
    raw: NDArray[np.uint32], fresh: NDArray[np.bool_]
) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """Look up folded codes and kinds; what stands for an apostrophe within a word becomes one."""
    table = tables()
    beyond = np.flatnonzero(raw >= BMP)
    low = np.minimum(raw, BMP - 1) if len(beyond) else raw
    codes, kinds = table.fold[low], table.kind[low]
    codes[beyond] = raw[beyond]
    kinds[beyond] = SINGLE
    signs = np.flatnonzero(table.apostrophe[low])
    signs = signs[(signs > 0) & (signs < len(raw) - 1)]
    signs = signs[~fresh[signs] & ~fresh[signs + 1]]
    inside = signs[(kinds[signs - 1] == WORD) & (kinds[signs + 1] == WORD)]
    codes[inside] = APOSTROPHE
    kinds[inside] = WORD
    return codes, kinds


def _boundaries(codes: NDArray[np.uint32], kinds: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Mark where a run begins: the kind changes, or a mark does."""
    marks = np.ones(len(codes), dtype=np.bool_)
    lone = kinds[1:] >= MARK
    other = (codes[1:] != codes[:-1]) | (kinds[1:] == SINGLE)
    marks[1:] = (kinds[1:] != kinds[:-1]) | (lone & other)
    return marks


def scatter(hashes: Hash, bits: int) -> NDArray[np.int64]:
    """Mix hashes well and keep the top bits: the number of a bucket."""
    mixed = hashes >> np.uint64(29)
    mixed ^= hashes
    mixed *= _CODE
    mixed ^= mixed >> np.uint64(32)
    mixed *= np.uint64(_BASE)
    mixed >>= np.uint64(64 - bits)
    return mixed.view(np.int64)  # small numbers: the same in both
