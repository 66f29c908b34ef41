"""Labelled messages as columns, and which of them belong to one conversation."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from uptake import catalog
from uptake.label.context import DEPTH
from uptake.label.shipped import HEADS

_ENOUGH = 24
"""A text this long that two rows share tells that they are of one conversation."""


ORIGINS = ("real", "read", "written")
"""Where a labelled message is from: a log, as it came; a log, chosen to be labelled because it is
rare or hard; or written for this project. Only the first show how often people want what."""


@dataclass(frozen=True, slots=True)
class Examples:
    """N labelled messages with what came before them, T turns in all.

    Attributes:
        texts: T texts; each example's context, then its message.
        parents: (T,) int32 index of the turn before, -1 for none.
        is_user: (T,) bool.
        message: (N,) int64 index of each labelled message in ``texts``.
        labels: (N,) int64 index of the value, for each of ``HEADS``.
        language: N codes, empty where not stated.
        origin: (N,) int64 index in ``ORIGINS``.
    """

    texts: list[str]
    parents: NDArray[np.int32]
    is_user: NDArray[np.bool_]
    message: NDArray[np.int64]
    labels: dict[str, NDArray[np.int64]]
    language: list[str]
    origin: NDArray[np.int64]

    def __len__(self) -> int:
        """Return how many messages are labelled."""
        return len(self.message)

    @property
    def among_user(self) -> NDArray[np.int64]:
        """Return each labelled message's index among the person's own turns."""
        return (np.cumsum(self.is_user) - 1)[self.message]


def load(path: Path) -> list[dict[str, Any]]:
    """Read JSON lines of ``text``, ``context`` [{role, text}] and a value for each head."""
    return [msgspec.json.decode(line) for line in path.read_bytes().split(b"\n") if line.strip()]


def written() -> list[dict[str, Any]]:
    """Read the packaged messages, written for this project in nine languages."""
    folder = Path(catalog.__file__).parent / "written"
    return [row for path in sorted(folder.glob("*.jsonl")) for row in load(path)]


def examples(rows: Sequence[dict[str, Any]]) -> Examples:
    """Lay labelled messages out as turns of conversations."""
    texts: list[str] = []
    parents: list[int] = []
    is_user: list[bool] = []
    message: list[int] = []
    for row in rows:
        turns = [*row["context"][-DEPTH:], {"role": "user", "text": row["text"]}]
        parents += [-1, *range(len(texts), len(texts) + len(turns) - 1)]
        texts += [turn["text"] for turn in turns]
        is_user += [turn["role"] == "user" for turn in turns]
        message.append(len(texts) - 1)
    indices = {head: {v: i for i, v in enumerate(catalog.facet(head).ids)} for head in HEADS}
    return Examples(
        texts=texts,
        parents=np.array(parents, dtype=np.int32),
        is_user=np.array(is_user, dtype=np.bool_),
        message=np.array(message, dtype=np.int64),
        labels={head: np.array([indices[head][row[head]] for row in rows]) for head in HEADS},
        language=[row.get("lang", "") for row in rows],
        origin=np.array([ORIGINS.index(_origin(row)) for row in rows], dtype=np.int64),
    )


def _origin(row: dict[str, Any]) -> str:
    return "written" if row.get("lang") else "read" if row.get("chosen") else "real"


def conversations(rows: Sequence[dict[str, Any]]) -> NDArray[np.int64]:
    """Number the rows by conversation: those that share a longer text are of one.

    >>> shared = [{"role": "user", "text": "a text that is long enough to tell"}]
    >>> conversations([{"text": "x", "context": shared}, {"text": "y", "context": shared}])
    array([0, 0])
    """
    above = list(range(len(rows)))

    def root(index: int) -> int:
        while above[index] != index:
            above[index] = index = above[above[index]]
        return index

    first: dict[str, int] = {}
    for index, row in enumerate(rows):
        for text in [turn["text"] for turn in row["context"]] + [row["text"]]:
            if len(text) >= _ENOUGH:
                above[root(index)] = root(first.setdefault(text[:300], index))
    return np.array([root(index) for index in range(len(rows))], dtype=np.int64)


def folds(groups: NDArray[np.int64], count: int, seed: int) -> NDArray[np.int64]:
    """Deal whole conversations into folds of about equal size, at random."""
    rng = np.random.default_rng(seed)
    names, sizes = np.unique(groups, return_counts=True)
    order = rng.permutation(len(names))
    dealt = np.empty(len(names), dtype=np.int64)
    filled = np.zeros(count, dtype=np.int64)
    for name in order:
        fold = int(filled.argmin())
        dealt[name] = fold
        filled[fold] += sizes[name]
    return dealt[np.searchsorted(names, groups)]
