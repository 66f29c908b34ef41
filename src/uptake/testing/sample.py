"""A labelled sample of simulated messages: what an owner's annotators would hand in."""

import heapq
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from uptake.catalog import facet
from uptake.testing.accounts import Account
from uptake.testing.corpus import Corpus
from uptake.testing.messages import Drawn
from uptake.testing.texts import Said, Talk

FILE = "gold.jsonl"
CONTEXT = 10
Keyed = tuple[float, int, dict[str, Any]]


class Sample:
    """A simple random sample of ``size`` of the messages that count, with their true labels.

    Each message draws a number; those with the smallest are the sample, whatever the number of
    messages turns out to be.
    """

    def __init__(self, size: int, written: Corpus) -> None:
        """Hold nothing yet."""
        self._size, self._written = size, written
        self._kept: list[Keyed] = []
        self._met = 0

    def add(
        self, drawn: Drawn, talk: Talk, account: Account, keys: NDArray[np.float64], own: range
    ) -> None:
        """Look at the messages of one conversation.

        Args:
            drawn: M messages of a batch.
            talk: The conversation.
            account: Of its person.
            keys: (M,) random numbers; infinite for a message that does not count.
            own: Which of the M are the conversation's.
        """
        said = [turn for turn, one in enumerate(talk.turns) if one.role == "user"]
        for at, turn in zip(own, said, strict=True):
            if self._size and keys[at] < self._worst():
                row = self._row(drawn, at, account, talk.turns[: turn + 1])
                name = f"conv-{account.number:06d}-{talk.number:07d}"
                self._push(float(keys[at]), row | {"conversation": name})

    def _worst(self) -> float:
        return np.inf if len(self._kept) < self._size else -self._kept[0][0]

    def _push(self, key: float, row: dict[str, Any]) -> None:
        self._met += 1
        item = (-key, self._met, row)
        if len(self._kept) < self._size:
            heapq.heappush(self._kept, item)
        else:
            heapq.heapreplace(self._kept, item)

    def _row(
        self, drawn: Drawn, at: int, account: Account, turns: tuple[Said, ...]
    ) -> dict[str, Any]:
        kind = int(drawn.kind[at])
        *before, last = turns
        stated = {
            "country": account.country,
            "birth_year": account.birth_year,
            "given_name": account.given_name,
            "family_name": account.family_name,
            "gender": account.gender,
        }
        return {
            "text": last.text,
            "context": [{"role": t.role, "text": t.text} for t in before[-CONTEXT:]],
            "user": account.id,
            "time": datetime.fromtimestamp(last.time, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            **{name: value for name, value in stated.items() if value is not None},
            "intent": facet("intent").ids[int(self._written.intent[kind])],
            "work": facet("work").ids[int(drawn.work[at])],
            "topic": facet("topic").ids[int(self._written.topic[kind])],
        }

    def write(self, path: Path) -> None:
        """Write the sample, in an order that says nothing."""
        rows = [row for *_, row in sorted(self._kept, key=lambda item: (-item[0], item[1]))]
        path.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))


def by_talk(drawn: Drawn) -> Iterator[range]:
    """Yield which messages each conversation has; they stand side by side.

    >>> from types import SimpleNamespace
    >>> list(by_talk(SimpleNamespace(conversation=np.array([0, 0, 1]))))
    [range(0, 2), range(2, 3)]
    """
    if not len(drawn.conversation):
        return
    new = np.flatnonzero(np.diff(drawn.conversation)) + 1
    for begin, end in pairwise([0, *new.tolist(), len(drawn.conversation)]):
        yield range(begin, end)
