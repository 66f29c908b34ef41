"""A column of texts as one array of bytes, and the words and numbers that stand in it.

All that ``glance`` asks of texts is asked of these arrays, a batch of texts at a time: some
nanoseconds a byte, where a search by regular expression or a look at each word in Python takes ten
times as long.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from uptake.pseudonymise.masking import lexicon

Places = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]
Found = Iterator[tuple[Places, Places, npt.ArrayLike]]
"""Where something begins and ends, and what it may be, a sum of ``looks`` for each or for all."""

PAD = bytes(80)
"""Between texts, before and after all: more than anything that is looked for spans, so that
nothing is found across two texts and no look around a place leaves the array."""

SIGNS = "@/_.:"
"""Signs of which ``column`` says where they stand."""

SEPARATOR, LETTER, DIGIT, OTHER = range(4)


@dataclass(frozen=True, slots=True)
class Column:
    """Texts laid out behind each other.

    Attributes:
        raw: UTF-8 of all texts, ``PAD`` around each.
        starts: Where in ``raw`` each text begins.
        ends: And where it ends.
        others: Where characters begin that are neither ASCII nor of a script of the lexicon.
        signs: Where each of ``SIGNS`` stands, by its byte.
        words: Runs of letters and runs of digits.
    """

    raw: Bytes
    starts: Places
    ends: Places
    others: Places
    signs: dict[str, Places]
    words: "Words"


@dataclass(frozen=True, slots=True)
class Words:
    """Runs of letters of the lexicon's scripts, and runs of digits, in order.

    Attributes:
        starts: Where each begins.
        ends: And where it ends.
        keys: The first bytes of each, folded, see ``lexicon.keys``.
        kinds: What the lexicon says of each, 0 if nothing; bits of ``lexicon``.
        known: Of which anything is said, by their places in ``starts``.
        digits: Which of them are digits, by their places in ``starts``.
    """

    starts: Places
    ends: Places
    keys: npt.NDArray[np.uint64]
    kinds: npt.NDArray[np.uint32]
    known: Places
    digits: Places

    def of(self, kind: int) -> Places:
        """Return which words are of a kind, by their places."""
        return self.known[(self.kinds[self.known] & np.uint32(kind)) > 0]


def any_of(signs: bytes) -> Mask:
    """Return a table of bytes in which some are True."""
    table = np.zeros(256, np.bool_)
    table[list(signs)] = True
    return table


def column(texts: Sequence[str]) -> Column:
    """Lay texts out; halves of surrogate pairs are laid out as if they were characters."""
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    raw = PAD + PAD.join(encoded) + PAD
    sizes = np.fromiter(map(len, encoded), np.int64, len(encoded))
    ends = np.cumsum(sizes + len(PAD))
    classes, others = _classes(raw)
    array = np.frombuffer(raw, np.uint8)
    return Column(array, ends - sizes, ends, others, _signs(raw, array), _words(raw, classes))


_SIGNS = bytes(byte < 0x80 and chr(byte) in SIGNS for byte in range(256))


def _signs(raw: bytes, array: Bytes) -> dict[str, Places]:
    places = np.flatnonzero(np.frombuffer(raw.translate(_SIGNS), np.bool_))
    which = array[places]
    return {sign: places[which == ord(sign)] for sign in SIGNS}


@cache
def _table() -> bytes:
    """Return the class of each byte."""
    scripts = lexicon.leads()
    table = bytearray([SEPARATOR] * 0x80 + [LETTER] * 0x40 + [OTHER] * 0x40)
    for byte in range(0x80):
        if chr(byte).isalpha():
            table[byte] = LETTER
        elif chr(byte).isdigit():
            table[byte] = DIGIT
    for lead in scripts:
        table[lead] = LETTER
    return bytes(table)


def _classes(raw: bytes) -> tuple[Bytes, Places]:
    """Return each byte's class, and where characters of other scripts begin."""
    classes = np.array(np.frombuffer(raw.translate(_table()), np.uint8))
    if raw.isascii():
        return classes, np.zeros(0, np.int64)
    array = np.frombuffer(raw, np.uint8)
    others = np.flatnonzero(classes == OTHER)
    leads = array[others]
    classes[others] = SEPARATOR
    classes[others + 1] = SEPARATOR
    classes[others[leads >= 0xE0] + 2] = SEPARATOR
    classes[others[leads >= 0xF0] + 3] = SEPARATOR
    for lead, signs in lexicon.signs().items():  # what is no letter in a script of the lexicon
        places = np.flatnonzero(array == lead)
        places = places[np.isin(array[places + 1], signs)]
        classes[places] = classes[places + 1] = SEPARATOR
    return classes, others


def _words(raw: bytes, classes: Bytes) -> Words:
    edges = np.flatnonzero(classes[1:] != classes[:-1]) + 1
    kind = classes[edges[:-1]]
    at = np.flatnonzero(kind)
    starts, ends = edges[at], edges[at + 1]
    digits = np.flatnonzero(kind[at] == DIGIT)
    keys = lexicon.keys(raw, starts)
    kinds = lexicon.kinds(keys, ends - starts)
    return Words(starts, ends, keys, kinds, np.flatnonzero(kinds), digits)
