"""What the labeller knows of single code points: their folded form and their kind, as tables."""

import unicodedata
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

SPACE, WORD, DIGIT, MARK, SINGLE = range(5)
"""Kinds. Runs of WORD and of DIGIT are tokens, so are runs of one and the same MARK; a SINGLE
(ideograph, syllable, emoji) is a token by itself; SPACE only parts."""

BMP = 0x10000
"""The tables cover the basic multilingual plane; whatever lies beyond is a SINGLE."""

APOSTROPHE = ord("'")
_APOSTROPHES = "'‘’ʻʼ`´ʹ"
_UNSPACED = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3000, 0x9FFF))
_HANGUL = (0xAC00, 0xD7AF)


class Tables(NamedTuple):
    """Lookup tables by code point.

    Attributes:
        fold: (65536,) uint32; lower case, every digit as ``0``, ``ё`` as ``е``.
        kind: (65536,) uint8.
        apostrophe: (65536,) bool; one of the many signs that stand for one inside a word.
        upper: (65536,) bool; an upper-case letter.
    """

    fold: NDArray[np.uint32]
    kind: NDArray[np.uint8]
    apostrophe: NDArray[np.bool_]
    upper: NDArray[np.bool_]


def _kind(code: int) -> int:
    category = unicodedata.category(chr(code))
    if category == "Cs" or any(low <= code <= high for low, high in (*_UNSPACED, _HANGUL)):
        return SINGLE
    if category == "So":
        return SINGLE
    if category[0] in "PS":
        return MARK
    return {"L": WORD, "M": WORD, "N": DIGIT}.get(category[0], SPACE)


def _fold(code: int) -> int:
    if unicodedata.category(chr(code))[0] == "N":
        return ord("0")
    # A mapping of one to one keeps offsets: Turkish dotted capital I is two code points in lower().
    lower = "i" if chr(code) == "İ" else chr(code).lower()
    return ord("е") if lower == "ё" else ord(lower) if len(lower) == 1 else code


@cache
def tables() -> Tables:
    """Return the tables, made once from the interpreter's Unicode data.

    >>> chr(tables().fold[ord("İ")]), int(tables().kind[ord("ғ")]) == WORD
    ('i', True)
    """
    kind = np.array([_kind(code) for code in range(BMP)], dtype=np.uint8)
    fold = np.arange(BMP, dtype=np.uint32)
    apostrophe = np.zeros(BMP, dtype=np.bool_)
    apostrophe[[ord(sign) for sign in _APOSTROPHES]] = True
    letters = np.flatnonzero((kind == WORD) | (kind == DIGIT))
    fold[letters] = [_fold(int(code)) for code in letters]
    return Tables(fold, kind, apostrophe, _upper(kind))


def _upper(kind: NDArray[np.uint8]) -> NDArray[np.bool_]:
    upper = np.zeros(BMP, dtype=np.bool_)
    upper[[code for code in np.flatnonzero(kind == WORD) if chr(code).isupper()]] = True
    return upper
