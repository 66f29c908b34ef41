"""SipHash-2-4 of many short messages at once, each under a key of its own.

A keyed pseudorandom function (Aumasson and Bernstein, SipHash: a fast short-input PRF, 2012).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]

_BEGIN = (0x736F6D6570736575, 0x646F72616E646F6D, 0x6C7967656E657261, 0x7465646279746573)
_END = np.uint64(0xFF)
_BYTES = 8


def siphash(keys: tuple[Words, Words], message: Sequence[Words]) -> Words:
    """Return the hash of each message of whole 8-byte words.

    Args:
        keys: (N,) and (N,): low and high half of each key.
        message: Words of the messages in order, (N,) each.

    >>> word = np.arange(8, dtype=np.uint8).view("<u8").astype(np.uint64)
    >>> high = np.arange(8, 16, dtype=np.uint8).view("<u8").astype(np.uint64)
    >>> hex(siphash((word, high), [word])[0])
    '0x93f5f5799a932462'
    """
    low, high = keys
    v = [key ^ np.uint64(c) for key, c in zip((low, high, low, high), _BEGIN, strict=True)]
    length = np.full(len(low), (_BYTES * len(message)) << 56, dtype=np.uint64)
    for word in (*message, length):
        v[3] ^= word
        _rounds(v, 2)
        v[0] ^= word
    v[2] ^= _END
    _rounds(v, 4)
    return np.asarray(v[0] ^ v[1] ^ v[2] ^ v[3])


def _rounds(v: list[Words], number: int) -> None:
    """Mix in place."""
    for _ in range(number):
        _half(v, (0, 1, 13), (2, 3, 16))
        v[0] = _turned(v[0], 32)
        _half(v, (2, 1, 17), (0, 3, 21))
        v[2] = _turned(v[2], 32)


def _half(v: list[Words], one: tuple[int, int, int], other: tuple[int, int, int]) -> None:
    for into, of, by in (one, other):
        v[into] += v[of]
        v[of] = _turned(v[of], by)
        v[of] ^= v[into]


def _turned(word: Words, by: int) -> Words:
    """Rotate to the left."""
    found: Words = word << np.uint64(by)
    found |= word >> np.uint64(64 - by)
    return found
