"""One feature pass over a batch of texts: hashed words for the codebook, letters for the language.

Words, the first 3 to 5 code points of each (a stem, in agglutinative languages), pairs of
neighbours, and once more what stands at the head and at the tail, where orders stand around
pasted matter. Every step is an array over the whole batch.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias, cast

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from uptake.label.alphabet import DIGIT, MARK, SINGLE, WORD
from uptake.label.tokens import Hash, Tokens, scatter, tokenize

Rows: TypeAlias = "sp.csr_array[np.float32, tuple[int, int]]"
"""Sparse rows, one a text."""

BITS = 20
"""Words are hashed into 2^20 buckets; only those that training kept have weights."""

LETTER_BITS = 16
LETTERS = 160
"""The language is told from this many code points at the head of a message."""

HEAD, TAIL = 1500, 500
"""Code points read at the head and at the tail of a person's message."""

HEAD_OTHERS, TAIL_OTHERS = 500, 200
"""The same for what the assistant wrote, which is only context."""

CHUNK = 1 << 19
"""Code points per pass: enough to hide the interpreter, few enough for the cache."""

_LEFT, _RIGHT = np.uint64(0xD6E8FEB86659FD93), np.uint64(0xA0761D6478BD642F)
_FIRST, _SECOND = np.uint64(0x8EBC6AF09C88C6E3), np.uint64(0x589965CC75374CC3)
_AT_HEAD, _AT_TAIL = np.uint64(0xE7037ED1A0B428DB), np.uint64(0x1D8E4E27C47D124F)
_GRAM = np.uint64(0xC2B2AE3D27D4EB4F)
_STEMS = (3, 4, 5)
_AT_HEAD_TOKENS, _AT_TAIL_TOKENS, _OPENING_PAIRS = 10, 6, 3

DENSE = (
    "log length",
    "under 12",
    "under 40",
    "over 1000",
    "question mark",
    "ends with one",
    "code fence",
    "log line ends",
    "begins upper",
    "share of numbers",
    "share beyond ASCII",
    "share of code marks",
    "ends with colon",
    "under 4 tokens",
)
"""What a message looks like, by name, in the order of ``Features.dense``."""


@dataclass(frozen=True, slots=True)
class Features:
    """Features of D texts.

    Attributes:
        document: (N,) int64 which text a feature occurs in, ascending.
        bucket: (N,) int64 its bucket, below 2^``BITS``; no pair of the two twice.
        count: (N,) float32 how often.
        dense: (D, 14) float32 by ``DENSE``.
        letters: (D, 2^16) letter n-grams; without rows where they were not asked for.
        lettered: (D,) whether a text has a letter or an ideograph at all.
    """

    document: NDArray[np.int64]
    bucket: NDArray[np.int64]
    count: NDArray[np.float32]
    dense: NDArray[np.float32]
    letters: Rows
    lettered: NDArray[np.bool_]


def cut(texts: Sequence[str], head: int = HEAD, tail: int = TAIL) -> list[str]:
    """Keep the head and the tail of each text: orders stand there, and cost stays bounded.

    >>> cut(["abcdefgh", "ab"], head=2, tail=1)[0].split()
    ['ab', 'h']
    """
    most = head + tail
    return [t if len(t) <= most else f"{t[:head]}\n{t[-tail:]}" for t in texts]


def chunks(texts: Sequence[str]) -> Iterator[slice]:
    """Yield slices of texts of about ``CHUNK`` code points."""
    begin = size = 0
    for index, text in enumerate(texts):
        if index > begin and size + len(text) > CHUNK:
            yield slice(begin, index)
            begin, size = index, 0
        size += len(text)
    if begin < len(texts):
        yield slice(begin, len(texts))


def extract(
    texts: Sequence[str], rows: "NDArray[np.int32] | None" = None, *, letters: bool = True
) -> Features:
    """Compute the features of texts that were already cut, one chunk's worth.

    Args:
        texts: D texts.
        rows: (2^BITS,) number of a bucket's weights, -1 for none; features without weights are
            left out and ``bucket`` holds that number instead. None keeps all.
        letters: Whether the language is asked for too.
    """
    tokens = tokenize(texts)
    document, hashes = _words(tokens)
    bucket = scatter(hashes, BITS)
    if rows is not None:
        bucket = rows[bucket].astype(np.int64)
        known = bucket >= 0
        document, bucket = document[known], bucket[known]
    key = np.sort((document << BITS) | bucket)
    new = np.ones(len(key), dtype=np.bool_)
    new[1:] = key[1:] != key[:-1]
    first = np.flatnonzero(new)
    count = np.diff(np.append(first, len(key))).astype(np.float32)
    key = key[first]
    grams = _letters(tokens if letters else tokenize([]))
    lettered = np.bincount(tokens.document[_of_letters(tokens)], minlength=len(texts)) > 0
    bucket = key & ((1 << BITS) - 1)
    return Features(key >> BITS, bucket, count, _dense(tokens), grams, lettered)


def _of_letters(tokens: Tokens) -> NDArray[np.bool_]:
    """Mark tokens of letters: words, and single signs that are no symbol, emoji or surrogate."""
    sign = tokens.codes[tokens.start]
    script = (sign < 0x2000) | ((sign >= 0x2E80) & (sign < 0xD800)) | (sign >= 0x20000)
    letters: NDArray[np.bool_] = (tokens.kind == WORD) | ((tokens.kind == SINGLE) & script)
    return letters


def _words(tokens: Tokens) -> tuple[NDArray[np.int64], Hash]:
    """Collect each hashed word feature beside the number of its text."""
    h, document, size = tokens.hash, tokens.document, tokens.end - tokens.start
    parts = [(document, h)]
    for length in _STEMS:
        long = np.flatnonzero((tokens.kind == WORD) & (size > length))
        stem = tokens.stretch(tokens.start[long], tokens.start[long] + length)
        parts.append((document[long], stem * np.uint64(3 + 2 * length) + np.uint64(length)))
    same = document[1:] == document[:-1]
    parts.append((document[1:][same], (h[:-1] * _LEFT + h[1:] * _RIGHT)[same]))
    texts = np.arange(len(tokens.starts) - 1)
    index = np.arange(len(h))
    place = index - np.searchsorted(document, texts, "left")[document]
    left = np.searchsorted(document, texts, "right")[document] - 1 - index
    head, tail = place < _AT_HEAD_TOKENS, left < _AT_TAIL_TOKENS
    parts.append((document[head], h[head] * _AT_HEAD + np.uint64(77)))
    parts.append((document[tail], h[tail] * _AT_TAIL + np.uint64(99)))
    opening = (place[:-1] < _OPENING_PAIRS) & same
    pair = h[:-1] * _FIRST + h[1:] * _SECOND + place[:-1].astype(np.uint64)
    parts.append((document[:-1][opening], pair[opening]))
    return np.concatenate([d for d, _ in parts]), np.concatenate([x for _, x in parts])


def _dense(tokens: Tokens) -> NDArray[np.float32]:
    """Measure what each text looks like, see ``DENSE``."""
    texts = len(tokens.starts) - 1
    first = tokens.codes[tokens.start]
    length = np.diff(tokens.starts).astype(np.float64)
    run = tokens.end - tokens.start

    def count(which: NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.bincount(tokens.document[which], minlength=texts).astype(np.float64)

    total = count(np.ones(len(run), dtype=np.bool_))
    some = np.maximum(total, 1.0)
    last = np.zeros(texts, dtype=np.uint32)
    ends = np.searchsorted(tokens.document, np.arange(texts), "right") - 1
    last[total > 0] = first[ends[total > 0]]
    question = (first == ord("?")) | (first == ord("？")) | (first == ord("؟"))
    code = np.isin(first, np.frombuffer("{}()[];=<>".encode("utf-32-le"), dtype=np.uint32))
    columns = [
        np.log1p(length),
        length < 12,
        length < 40,
        length > 1000,
        count(question) > 0,
        (last == ord("?")) | (last == ord("？")) | (last == ord("؟")),
        count((first == ord("`")) & (run >= 3)) > 0,
        np.log1p(tokens.newlines),
        tokens.upper,
        count(tokens.kind == DIGIT) / some,
        count((tokens.kind == WORD) & (first > 127)) / some,
        count((tokens.kind == MARK) & code) / some,
        last == ord(":"),
        total < 4,
    ]
    return np.column_stack(columns).astype(np.float32)


def _letters(tokens: Tokens) -> Rows:
    """Hash runs of 1 to 4 letters at the head of each text, word ends included, by frequency.

    A gram may begin one code point before a word and end one behind it (what parts words hashes
    as one sign). The block of a code point is a feature too, so that a script never seen in
    training still says that it is none of ours.
    """
    texts = len(tokens.starts) - 1
    position = np.flatnonzero(_at_head(tokens))
    document = np.searchsorted(tokens.starts, position, "right") - 1
    kind = tokens.kinds[position]
    sign = np.where(kind >= WORD, tokens.codes[position], np.uint32(32)).astype(np.uint64)
    sign[(kind == DIGIT) | (kind == MARK)] = np.uint64(32)
    kept = np.ones(len(sign), dtype=np.bool_)
    kept[1:] = (sign[1:] != 32) | (sign[:-1] != 32) | (document[1:] != document[:-1])
    sign, document = sign[kept], document[kept]
    sizes = np.bincount(document, minlength=texts)
    lengths = [sizes, *(np.maximum(sizes - length + 1, 0) for length in range(1, 5))]
    ends = np.cumsum(sum(lengths))
    pointer = np.concatenate([np.zeros(1, np.int64), ends])
    bucket = np.empty(int(pointer[-1]), dtype=np.int32)
    first = np.arange(len(sign)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    base = pointer[:-1].copy()
    # each text's features lie side by side: blocks first, then its runs by their length
    bucket[first + base[document]] = scatter(
        (sign >> np.uint64(7)) * _AT_HEAD + np.uint64(5), LETTER_BITS
    )
    gram = sign
    for length in range(1, 5):
        base += lengths[length - 1]
        if length > 1:
            gram = gram[:-1] * _GRAM + sign[length - 1 :]
        inside = slice(0, max(len(sign) - length + 1, 0))
        same = document[inside] == document[length - 1 :]
        place = (first[inside] + base[document[inside]])[same]
        bucket[place] = scatter(gram[same] * _LEFT + np.uint64(length), LETTER_BITS)
    each = np.diff(pointer)
    value = np.repeat((1.0 / np.sqrt(np.maximum(each, 1))).astype(np.float32), each)
    shape = (texts, 1 << LETTER_BITS)
    made = sp.csr_array((value, bucket, pointer.astype(np.int32)), shape=shape)
    return cast("Rows", made)


def _at_head(tokens: Tokens) -> NDArray[np.bool_]:
    """Mark the first ``LETTERS`` code points of every text."""
    change = np.zeros(len(tokens.codes) + 1, dtype=np.int32)
    begin, end = tokens.starts[:-1], tokens.starts[1:]
    np.add.at(change, begin, 1)
    np.add.at(change, np.minimum(begin + LETTERS, end), -1)
    return np.cumsum(change[:-1]) > 0
