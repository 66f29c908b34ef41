"""From labelled messages to weights: linear heads first, then the gate on their held-out scores."""

from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from uptake import catalog
from uptake.label import features, shipped
from uptake.label.context import context
from uptake.label.features import Rows
from uptake.label.shipped import HEADS, Floats, Weights
from uptake.label.training import solver
from uptake.label.training.examples import Examples
from uptake.model.labels import LANGUAGES

PENALTY = 1e-5
USER_SCALE, OTHER_SCALE = 0.8, 0.5
"""How strongly earlier turns enter beside the message itself, chosen by cross-validation."""

RARE = 2
"""A bucket met in fewer turns has no weight."""


@dataclass(frozen=True, slots=True)
class Design:
    """The rows that the heads are fitted on, N labelled messages.

    Attributes:
        buckets: (R,) that have weights.
        idf: (R,)
        blocks: Three (N, R): own words, the person's earlier ones, the assistant's.
        looks: (N, 18) of the message and of what it follows.
    """

    buckets: NDArray[np.int32]
    idf: Floats
    blocks: list[Rows]
    looks: Floats


def design(data: Examples) -> Design:
    """Extract the features of all turns and gather each message's context."""
    user = features.cut([t for t, u in zip(data.texts, data.is_user, strict=True) if u])
    other = features.cut(
        [t for t, u in zip(data.texts, data.is_user, strict=True) if not u],
        features.HEAD_OTHERS,
        features.TAIL_OTHERS,
    )
    found = [
        [features.extract(p[s], letters=False) for s in features.chunks(p)] for p in (user, other)
    ]
    met = np.bincount(
        np.concatenate([f.bucket for side in found for f in side]), minlength=1 << features.BITS
    )
    buckets = np.flatnonzero(met >= RARE).astype(np.int32)
    idf = np.log((1 + len(data.texts)) / (1 + met[buckets])).astype(np.float32)
    table = np.full(1 << features.BITS, -1, dtype=np.int32)
    table[buckets] = np.arange(len(buckets), dtype=np.int32)
    sides = [
        sp.vstack([_known(f, table, idf) for f in side], format="csr")
        if side
        else sp.csr_array((0, len(buckets)), dtype=np.float32)
        for side in found
    ]
    dense = np.zeros((len(data.texts), len(features.DENSE)), dtype=np.float32)
    for mask, side in ((data.is_user, found[0]), (~data.is_user, found[1])):
        if side:
            dense[mask] = np.vstack([f.dense for f in side])
    before = context(data.parents, data.is_user, dense)
    at = data.among_user
    blocks = [
        cast("Rows", block)
        for block in (
            sides[0][at],
            (before.user[at] @ sides[0]) * np.float32(USER_SCALE),
            (before.other[at] @ sides[1]) * np.float32(OTHER_SCALE),
        )
    ]
    return Design(buckets, idf, blocks, np.hstack([dense[data.message], before.dense[at]]))


def _known(found: features.Features, table: NDArray[np.int32], idf: Floats) -> Rows:
    row = table[found.bucket].astype(np.int64)
    kept = row >= 0
    known = replace(found, document=found.document[kept], bucket=row[kept], count=found.count[kept])
    return shipped.rows(known, idf, len(found.dense))


@dataclass(frozen=True, slots=True)
class Linear:
    """One fit of the linear heads: three (R, K) blocks of weights and the intercept."""

    blocks: list[Floats]
    bias: Floats

    def parts(self, made: Design, which: NDArray[np.int64]) -> list[Floats]:
        """Score the rows ``which``: by own words, earlier messages, and the assistant's turns."""
        scores = [x[which] @ w for x, w in zip(made.blocks, self.blocks, strict=True)]
        return [scores[0] + self.bias, *scores[1:]]


def linear(
    made: Design, targets: dict[str, Floats], which: NDArray[np.int64], iterations: int = 60
) -> Linear:
    """Fit the linear heads on the rows ``which``; a column met once there stays at zero."""
    x = sp.hstack(made.blocks, format="csr")[which]
    met = np.flatnonzero(np.bincount(x.indices, minlength=x.shape[1]) >= RARE)
    slim, heads, bias = x[:, met], [], []
    for target in targets.values():
        w, b = solver.logistic(slim, target[which], PENALTY, iterations)
        full = np.zeros((x.shape[1], target.shape[1]), dtype=np.float32)
        full[met] = w
        heads.append(full)
        bias.append(b)
    return Linear(np.split(np.hstack(heads), 3), np.concatenate(bias))


def targets(data: Examples) -> dict[str, Floats]:
    """Return each head's labels as rows with a single one."""
    return {
        head: np.eye(len(catalog.facet(head).ids), dtype=np.float32)[data.labels[head]]
        for head in HEADS
    }


def ungated(made: Design, heads: Linear, letters: Floats) -> Weights:
    """Return weights whose gate adds nothing to the linear heads' scores."""
    sizes = np.array([*(len(catalog.facet(h).ids) for h in HEADS), len(LANGUAGES)], np.int32)
    outputs, inputs = len(heads.bias), 3 * len(heads.bias) + made.looks.shape[1]
    return Weights(
        buckets=made.buckets,
        idf=made.idf,
        own=heads.blocks[0],
        user=heads.blocks[1] * np.float32(USER_SCALE),
        other=heads.blocks[2] * np.float32(OTHER_SCALE),
        bias=heads.bias,
        letters=letters,
        centre=np.zeros(inputs, dtype=np.float32),
        spread=np.ones(inputs, dtype=np.float32),
        hidden=np.zeros((inputs + 1, 1), dtype=np.float32),
        out=np.zeros((2, outputs), dtype=np.float32),
        skip=np.zeros((inputs, outputs), dtype=np.float32),
        scale=np.ones(outputs, dtype=np.float32),
        sharpness=np.ones(len(sizes), dtype=np.float32),
        sizes=sizes,
    )


def fit(data: Examples, fold: NDArray[np.int64], letters: Floats, seed: int) -> Weights:
    """Fit heads and gate.

    Args:
        data: Labelled messages.
        fold: (N,) in which of the folds each message lies. The gate and the temperatures are
            fitted on scores of heads that did not see the message's fold.
        letters: Weights of the language head.
        seed: Of the gate's training.
    """
    made, wanted = design(data), targets(data)
    heads = linear(made, wanted, np.arange(len(data)))
    held = [np.zeros((len(data), len(heads.bias)), dtype=np.float32) for _ in range(3)]
    for number in np.unique(fold):
        out = np.flatnonzero(fold == number)
        part_heads = linear(made, wanted, np.flatnonzero(fold != number))
        for part, scores in zip(held, part_heads.parts(made, out), strict=True):
            part[out] = scores
    weights = ungated(made, heads, letters)
    raw = shipped.inputs(weights.sizes, held, made.looks)
    spread = raw.std(axis=0) + np.float32(1e-3)
    weights = replace(weights, centre=raw.mean(axis=0), spread=spread)
    return _gated(weights, raw, data, (held, made.looks), fold, seed)


def _gated(
    weights: Weights,
    raw: Floats,
    data: Examples,
    seen: tuple[list[Floats], Floats],
    fold: NDArray[np.int64],
    seed: int,
) -> Weights:
    """Add the gate, and temperatures found on the scores of gates that did not see the fold."""
    x = ((raw - weights.centre) / weights.spread).astype(np.float32)
    base = shipped.linear(raw, len(weights.bias))
    wanted = list(targets(data).values())
    held = np.zeros_like(base)
    for number in np.unique(fold):
        kept, out = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        learnt: Any = solver.network(x[kept], base[kept], [t[kept] for t in wanted], seed)
        parts = [part[out] for part in seen[0]]
        held[out] = shipped.gate(replace(weights, **learnt), parts, seen[1][out])
    sharp = [
        solver.sharpness(held[:, span], data.labels[head])
        for head, span in zip(HEADS, shipped.spans(weights.sizes[:-1]), strict=True)
    ]
    sharpness = np.array([*sharp, 1.0], dtype=np.float32)
    whole: Any = solver.network(x, base, wanted, seed)
    return replace(weights, **whole, sharpness=sharpness)
