"""The labeller that comes with the package: linear heads over hashed words, a gate for context."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from uptake.label import features
from uptake.label.context import context
from uptake.label.features import Rows
from uptake.model.labels import LANGUAGES

HEADS = ("intent", "work", "topic")
_NO_LANGUAGE = np.array([10.0 * (name == "other") for name in LANGUAGES], dtype=np.float32)
Floats = NDArray[np.float32]

BLOCK = 4096
"""Messages that pass the gate at a time."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What training learnt: numbers only; the buckets are hashes, no word can be read from them.

    K outputs (30: the values of ``HEADS``, side by side), R buckets with weights.

    Attributes:
        buckets: (R,) ascending numbers of the buckets.
        idf: (R,) float32 inverse document frequency.
        own: (R, K) weights of a message's own words.
        user: (R, K) of the words of the person's earlier messages.
        other: (R, K) of the assistant's words before it.
        bias: (K,)
        letters: (2^16, L) weights of letter n-grams for L languages; the last row is the bias.
        centre, spread: (4 K + 18,) mean and scale of the gate's inputs.
        hidden: (4 K + 18, H) the gate's first layer.
        out: (H, K) its second.
        skip: (4 K + 18, K) from its inputs straight to its outputs.
        hidden_bias, out_bias: (H,) and (K,)
        scale: (K,) factor of the linear scores before the gate's is added.
        sharpness: (4,) inverse temperature of the three heads and of the language.
        sizes: (4,) number of values of the three heads and of the language.
    """

    buckets: NDArray[np.int32]
    idf: Floats
    own: Floats
    user: Floats
    other: Floats
    bias: Floats
    letters: Floats
    centre: Floats
    spread: Floats
    hidden: Floats
    out: Floats
    skip: Floats
    hidden_bias: Floats
    out_bias: Floats
    scale: Floats
    sharpness: Floats
    sizes: NDArray[np.int32]


SMALL = ("own", "user", "other", "letters", "hidden", "out", "skip")
"""Stored as one byte a weight, with a scale per output."""

BYTE = 127
_INPUT_STEP, _HIDDEN_STEP = np.float32(1 / 16), np.float32(1 / 16)
"""The gate's inputs are rounded to sixteenths within 8 standard deviations, its hidden values to
sixteenths below 16."""


def write(weights: Weights, path: Path) -> None:
    """Store weights; the same weights give the same bytes."""
    with zipfile.ZipFile(path, "w") as archive:
        for name in Weights.__slots__:
            array = getattr(weights, name)
            stored = {name: array}
            if name in SMALL:
                step = _step(array)
                stored = {name: np.rint(array / step).astype(np.int8), f"{name}_step": step}
            for key, value in stored.items():
                buffer = io.BytesIO()
                np.save(buffer, value, allow_pickle=False)
                entry = zipfile.ZipInfo(f"{key}.npy", date_time=(1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, buffer.getvalue(), compresslevel=9)


def _step(array: Floats) -> Floats:
    """Return the value of one unit of a byte, for each column."""
    step: Floats = np.maximum(np.abs(array).max(axis=0, initial=0), 1e-9).astype(np.float32) / BYTE
    return step


def read(path: Path) -> Weights:
    """Load what ``write`` stored."""
    with np.load(path, allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in Weights.__slots__}
        for name in SMALL:
            arrays[name] = arrays[name].astype(np.float32) * stored[f"{name}_step"]
    return Weights(**arrays)


class Shipped:
    """A labeller by ``Weights``; see the package's ``Labeller`` for what it takes and gives."""

    def __init__(self, weights: Weights) -> None:
        """Lay the weights out for products with rows of features."""
        self._weights = weights
        self._rows = np.full(1 << features.BITS, -1, dtype=np.int32)
        self._rows[weights.buckets] = np.arange(len(weights.buckets), dtype=np.int32)
        self._person = np.hstack([weights.own, weights.user])
        self._gate = Gate(weights)
        self._heads = dict(zip((*HEADS, "language"), spans(weights.sizes), strict=True))

    def __call__(
        self, texts: Sequence[str], parents: NDArray[np.int32], is_user: NDArray[np.bool_]
    ) -> dict[str, Floats]:
        """Return each head's probabilities of the person's messages, in their order."""
        which = is_user.tolist()
        user = features.cut([t for t, u in zip(texts, which, strict=True) if u])
        other = features.cut(
            [t for t, u in zip(texts, which, strict=True) if not u],
            features.HEAD_OTHERS,
            features.TAIL_OTHERS,
        )
        scores, languages, user_dense = self._scores(user, self._person, letters=True)
        others, _, other_dense = self._scores(other, self._weights.other, letters=False)
        dense = np.empty((len(texts), len(features.DENSE)), dtype=np.float32)
        dense[is_user], dense[~is_user] = user_dense, other_dense
        before = context(parents, is_user, dense)
        outputs = len(self._weights.bias)
        earlier = before.user @ scores
        parts = [
            scores[:, :outputs] + self._weights.bias,
            earlier[:, outputs:],
            before.other @ others,
            earlier[:, :outputs],
        ]
        looks = np.hstack([user_dense, before.dense])
        return self._probabilities(self._gate(parts, looks), languages)

    def _scores(
        self, texts: list[str], matrix: Floats, *, letters: bool
    ) -> tuple[Floats, Floats, Floats]:
        """Multiply the features of texts into words' scores, languages' scores and looks."""
        outputs, languages = matrix.shape[1], self._weights.letters.shape[1]
        words = np.zeros((len(texts), outputs), dtype=np.float32)
        codes = np.zeros((len(texts), languages), dtype=np.float32)
        looks = np.zeros((len(texts), len(features.DENSE)), dtype=np.float32)
        for part in features.chunks(texts):
            found = features.extract(texts[part], self._rows, letters=letters)
            words[part] = rows(found, self._weights.idf, part.stop - part.start) @ matrix
            looks[part] = found.dense
            if letters:
                codes[part] = self._languages(found)
        return words, codes, looks

    def _languages(self, found: features.Features) -> Floats:
        """Score the languages; a text without a letter is in none of ours."""
        scores: Floats = found.letters @ self._weights.letters[:-1] + self._weights.letters[-1]
        scores[~found.lettered] = _NO_LANGUAGE
        return scores

    def _probabilities(self, scores: Floats, languages: Floats) -> dict[str, Floats]:
        z = np.hstack([scores, languages])
        return {
            name: softmax(z[:, span] * self._weights.sharpness[index])
            for index, (name, span) in enumerate(self._heads.items())
        }


def rows(found: features.Features, idf: Floats, size: int) -> Rows:
    """Weigh features: (1 + ln count) times idf, each text's to a length of one."""
    value = (1 + np.log(found.count)) * idf[found.bucket]
    squares = np.bincount(found.document, value * value, minlength=size)
    value /= np.sqrt(np.maximum(squares, 1e-12)).astype(np.float32)[found.document]
    pointer = np.searchsorted(found.document, np.arange(size + 1)).astype(np.int32)
    shape = (size, len(idf))
    parts = (value.astype(np.float32), found.bucket.astype(np.int32), pointer)
    return cast("Rows", sp.csr_array(parts, shape=shape))


def spans(sizes: NDArray[np.int32]) -> list[slice]:
    """Return where each head's values stand among the outputs.

    >>> spans(np.array([3, 2], dtype=np.int32))
    [slice(0, 3, None), slice(3, 5, None)]
    """
    ends = np.cumsum(sizes).tolist()
    return [slice(end - size, end) for end, size in zip(ends, sizes.tolist(), strict=True)]


def inputs(sizes: NDArray[np.int32], parts: list[Floats], looks: Floats) -> Floats:
    """Lay out the gate's inputs: each part's scores, centred within a head, and the looks."""
    centred = [
        part[:, span] - part[:, span].mean(axis=1, keepdims=True)
        for part in parts
        for span in spans(sizes[:-1])
    ]
    return np.hstack([*centred, looks]).astype(np.float32)


class Gate:
    """A small network that says how the parts' scores are to be read together.

    A short message leans on what came before, a long one does not: no linear head can say so.
    Linear algebra libraries round a row differently by its place in the matrix and by the
    machine's threads, and a message's label must not depend on the batch that it came in. So the
    network computes in whole numbers: sums of products of two bytes are exact in float32 (below
    2^24) in any order.
    """

    def __init__(self, weights: Weights) -> None:
        """Turn each matrix into whole numbers and the value of a unit of each column."""
        self._weights = weights
        self._whole = {
            name: (np.rint(matrix / (step := _step(matrix))).astype(np.float32), step)
            for name in ("hidden", "out", "skip")
            for matrix in (getattr(weights, name),)
        }

    def __call__(self, parts: list[Floats], looks: Floats) -> Floats:
        """Return (M, K) scores from those of the parts, (M, K) each, and from (M, 18) looks."""
        w = self._weights
        raw = inputs(w.sizes, parts, looks)
        result = linear(raw, len(w.bias)) * w.scale + w.out_bias
        for begin in range(0, len(raw), BLOCK):
            part = (raw[begin : begin + BLOCK] - w.centre) / w.spread
            x = np.clip(np.rint(part / _INPUT_STEP), -BYTE, BYTE)
            hidden = self._product(x, "hidden") * _INPUT_STEP + w.hidden_bias
            level = np.clip(np.rint(hidden / _HIDDEN_STEP), 0, 2 * BYTE)
            result[begin : begin + BLOCK] += self._product(level, "out") * _HIDDEN_STEP
            result[begin : begin + BLOCK] += self._product(x, "skip") * _INPUT_STEP
        return cast("Floats", result)

    def _product(self, x: Floats, name: str) -> Floats:
        whole, step = self._whole[name]
        result: Floats = (x @ whole) * step
        return result


def linear(raw: Floats, outputs: int) -> Floats:
    """Add up the three parts' scores at the head of the gate's inputs."""
    k = outputs
    return raw[:, :k] + raw[:, k : 2 * k] + raw[:, 2 * k : 3 * k]


def softmax(z: Floats) -> Floats:
    """Turn scores into probabilities, row by row.

    >>> softmax(np.array([[0.0, 0.0]], dtype=np.float32)).tolist()
    [[0.5, 0.5]]
    """
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return cast("Floats", (e / e.sum(axis=1, keepdims=True)).astype(np.float32))
