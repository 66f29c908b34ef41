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
from uptake.label.training.examples import ORIGINS, Examples
from uptake.model.labels import LANGUAGES

PENALTY = 0.7
WEIGHT = (1.0, 1.0, 0.4)
"""How much a message of each of ``ORIGINS`` counts for the gates; for the heads all count alike."""

GAIN = 6.0
"""From a regression on ones and zeros to scores of about the size of logarithms of odds."""

USER_SCALE, OTHER_SCALE = 0.8, 0.5
"""How strongly earlier turns enter beside the message itself, chosen by cross-validation."""

FOUND = 1.3
"""So many messages are called ``expressing`` for each that is: it is rare, and else too seldom the
most probable. Chosen so that three in five are found; above one to have a margin."""

CAUTION = 0.93
"""The temperatures are learnt from scores that are a little too sure: which rare words have weights
was settled with the fold left out in view. A factor of the sharpness, from outer folds."""

COMMON = 16
"""A column met in more than one of so many rows is multiplied as a full one: only faster."""

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
class Heads:
    """Ridge regressions of all heads' values on N rows (Rifkin and Lippert 2007).

    Attributes:
        kernels: (N, N) products of each part of a row with the rows learnt from: own words, earlier
            messages of the person, the assistant's turns; then earlier messages by what own words
            taught.
        inverted: (N, N) inverse of the kernels' sum plus noise.
        dual: (N, K) coefficients of the rows.
        prior: (K,) share of each value among real messages drawn at random.
    """

    kernels: list[Floats]
    inverted: Floats
    dual: Floats
    prior: Floats

    def held(self, fold: NDArray[np.int64]) -> list[Floats]:
        """Score each row by coefficients that its fold had no part in: (N, K) for each part."""
        parts = [np.zeros_like(self.dual) for _ in self.kernels]
        for number in np.unique(fold):
            out = np.flatnonzero(fold == number)
            kept, dual = solver.without(self.inverted, self.dual, out)
            for part, kernel in zip(parts, self.kernels, strict=True):
                part[out] = kernel[np.ix_(out, kept)] @ dual
        return self._scaled(parts)

    def blocks(self, made: Design) -> list[Floats]:
        """Return (R, K) weights of own words, of earlier messages and of the assistant's turns."""
        return [(block.T @ self.dual * GAIN).astype(np.float32) for block in made.blocks]

    @property
    def bias(self) -> Floats:
        """Return the scores of a message without a word: the values' shares as logarithms."""
        return np.log(self.prior)

    def _scaled(self, parts: list[Floats]) -> list[Floats]:
        scaled = [part * np.float32(GAIN) for part in parts]
        return [scaled[0] + self.bias, *scaled[1:]]


def heads(made: Design, target: Floats, origin: NDArray[np.int64]) -> Heads:
    """Fit all heads at once.

    Args:
        made: The rows, N of them.
        target: (N, K) ones where a row has a value.
        origin: (N,) index in ``ORIGINS``; each has a level of its own, so that the shares among
            chosen or written messages are not learnt as if people wrote so.
    """
    own, user, _ = made.blocks
    kernels = [_products(block, block) for block in made.blocks]
    total = kernels[0] + kernels[1] + kernels[2]
    kernels.append(_products(user, own) / np.float32(USER_SCALE))
    total += origin[:, None] == origin[None]
    noise = np.full(len(origin), PENALTY, dtype=np.float32)
    inverted = solver.inverse(total, noise)
    real = target[origin == 0] if (origin == 0).any() else target
    prior = ((real.sum(axis=0) + 1) / (len(real) + 1)).astype(np.float32)
    return Heads(kernels, inverted, inverted @ (target - prior), prior)


def _products(a: Rows, b: Rows) -> Floats:
    """Multiply each row of ``a`` with each of ``b``; columns met in many rows go as full ones."""
    common = np.bincount(b.indices, minlength=b.shape[1]) > len(b.indptr) / COMMON
    columns, rest = np.flatnonzero(common), np.flatnonzero(~common)
    found: Floats = a[:, columns].toarray() @ b[:, columns].toarray().T
    found += (a[:, rest] @ b[:, rest].T).toarray()
    return found


def targets(data: Examples) -> dict[str, Floats]:
    """Return each head's labels as rows with a single one."""
    return {
        head: np.eye(len(catalog.facet(head).ids), dtype=np.float32)[data.labels[head]]
        for head in HEADS
    }


def ungated(made: Design, found: Heads, letters: Floats) -> Weights:
    """Return weights whose gate adds nothing to the linear heads' scores."""
    sizes = np.array([*(len(catalog.facet(h).ids) for h in HEADS), len(LANGUAGES)], np.int32)
    own, user, other = found.blocks(made)
    outputs = len(found.bias)
    inputs = 4 * outputs + made.looks.shape[1]
    return Weights(
        buckets=made.buckets,
        idf=made.idf,
        own=own,
        user=user * np.float32(USER_SCALE),
        other=other * np.float32(OTHER_SCALE),
        bias=found.bias,
        letters=letters,
        centre=np.zeros(inputs, dtype=np.float32),
        spread=np.ones(inputs, dtype=np.float32),
        hidden=np.zeros((inputs, 1), dtype=np.float32),
        out=np.zeros((1, outputs), dtype=np.float32),
        skip=np.zeros((inputs, outputs), dtype=np.float32),
        hidden_bias=np.zeros(1, dtype=np.float32),
        out_bias=np.zeros(outputs, dtype=np.float32),
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
    made = design(data)
    found = heads(made, np.hstack(list(targets(data).values())), data.origin)
    weights = ungated(made, found, letters)
    parts = found.held(fold)
    raw = shipped.inputs(weights.sizes, parts, made.looks)
    real = raw[data.origin == 0] if (data.origin == 0).any() else raw
    weights = replace(weights, centre=real.mean(axis=0), spread=real.std(axis=0) + np.float32(1e-3))
    return _gated(weights, raw, data, (parts, made.looks), fold, seed)


def _gated(
    weights: Weights,
    raw: Floats,
    data: Examples,
    seen: tuple[list[Floats], Floats],
    fold: NDArray[np.int64],
    seed: int,
) -> Weights:
    """Add one gate for each fold, learnt without it; together they give the mean of their scores.

    A column for each origin but the first takes up what is peculiar to it, and is then left out.
    Temperatures and the tilt come from each gate's scores of real messages in the fold left out.
    """
    x = ((raw - weights.centre) / weights.spread).astype(np.float32)
    marks = (data.origin[:, None] == np.arange(1, len(ORIGINS))).astype(np.float32)
    base = shipped.linear(raw, len(weights.bias))
    wanted = list(targets(data).values())
    weight = np.array(WEIGHT, dtype=np.float32)[data.origin]
    held, gates = np.zeros_like(base), []
    for number in np.unique(fold):
        kept, out = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        learnt = solver.network(
            np.hstack([x, marks])[kept],
            base[kept],
            [t[kept] for t in wanted],
            weight[kept],
            seed + int(number),
        )
        gates.append(_gate(learnt, x.shape[1]))
        parts = [part[out] for part in seen[0]]
        held[out] = shipped.Gate(replace(weights, **gates[-1]))(parts, seen[1][out])
    weights = replace(weights, **_joined(gates))
    real = data.origin == 0 if (data.origin == 0).any() else np.ones(len(held), dtype=np.bool_)
    spans = dict(zip(HEADS, shipped.spans(weights.sizes[:-1]), strict=True))
    labels = {head: label[real] for head, label in data.labels.items()}
    rare = catalog.facet("intent").ids.index("expressing")
    tilt = np.zeros_like(weights.out_bias)
    tilt[spans["intent"].start + rare] = _tilt(
        held[real][:, spans["intent"]], labels["intent"], rare
    )
    held += tilt
    sharp = [solver.sharpness(held[real][:, span], labels[head]) for head, span in spans.items()]
    sharpness = np.array([*(CAUTION * s for s in sharp), 1.0], dtype=np.float32)
    return replace(weights, out_bias=weights.out_bias + tilt, sharpness=sharpness)


def _tilt(scores: Floats, label: NDArray[np.int64], rare: int) -> float:
    """Return what to add to a value's score for it to be the largest ``FOUND`` times as often."""
    behind = np.sort(np.delete(scores, rare, axis=1).max(axis=1) - scores[:, rare])
    wanted = min(int(FOUND * (label == rare).sum()), len(behind) - 1)
    return float(behind[wanted])


def _gate(learnt: dict[str, Floats], inputs: int) -> dict[str, Any]:
    """Split biases off and leave the columns of origins out."""
    return {
        "hidden": learnt["hidden"][:inputs],
        "hidden_bias": learnt["hidden"][-1],
        "out": learnt["out"][:-1],
        "out_bias": learnt["out"][-1],
        "skip": learnt["skip"][:inputs],
        "scale": learnt["scale"],
    }


def _joined(gates: list[dict[str, Any]]) -> Any:
    """Lay several gates side by side as one whose scores are their mean."""
    share = np.float32(1 / len(gates))
    mean = {
        name: sum(gate[name] * share for gate in gates) for name in ("out_bias", "skip", "scale")
    }
    return mean | {
        "hidden": np.hstack([gate["hidden"] for gate in gates]),
        "hidden_bias": np.concatenate([gate["hidden_bias"] for gate in gates]),
        "out": np.vstack([gate["out"] * share for gate in gates]),
    }
