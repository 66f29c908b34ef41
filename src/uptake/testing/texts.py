"""Give drawn messages their texts: one of the same language, intent, topic and work each."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

import numpy as np

from uptake.model.conversation import Role
from uptake.model.labels import LANGUAGES
from uptake.testing.corpus import Corpus
from uptake.testing.messages import Drawn

_TOGETHER = 0.7
# Chance that two messages whose labels are those of a written opener and its follow-up are them.


@dataclass(frozen=True, slots=True)
class Said:
    """One turn.

    Attributes:
        role: Who speaks.
        text: What was said.
        time: Seconds since 1970, UTC.
        language: Index in ``LANGUAGES``.
        retry: The turn may as well follow the turns before the last ones (an edited prompt):
            nothing in it refers to them.
    """

    role: Role
    text: str
    time: int
    language: int
    retry: bool = False


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation.

    Attributes:
        number: As in ``Drawn``.
        person: Index of the person.
        month: Index of the month.
        turns: The person's and the assistant's, in turn.
    """

    number: int
    person: int
    month: int
    turns: tuple[Said, ...]


def talks(written: Corpus, drawn: Drawn, rng: np.random.Generator) -> Iterator[Talk]:
    """Yield each conversation with texts whose own labels are those that were drawn.

    Messages drawn with the labels of a written opener and its follow-up, side by side, mostly are
    these two; all others stand for themselves. Within a conversation no text comes back before
    all texts of its labels were used.
    """
    if not len(drawn):
        return
    writer = _Writer(written, drawn, rng)
    starts = np.flatnonzero(np.append(True, drawn.conversation[1:] != drawn.conversation[:-1]))
    edges = [*starts.tolist(), len(drawn)]
    for number, (begin, end) in enumerate(pairwise(edges)):
        turns = tuple(writer.turns(begin, end))
        yield Talk(number, int(drawn.person[begin]), int(drawn.month[begin]), turns)


@cache
def _replies() -> tuple[tuple[str, ...], ...]:
    source = files("uptake.testing") / "replies.toml"
    raw = tomllib.loads(source.read_text(encoding="utf-8"))
    return tuple(tuple(raw.get(code, raw["en"])) for code in LANGUAGES)


class _Writer:
    """The columns of a batch as lists, for a walk message by message."""

    def __init__(self, written: Corpus, drawn: Drawn, rng: np.random.Generator) -> None:
        self._texts, self._openings = written.texts, written.openings
        columns = (drawn.language, drawn.kind, drawn.work)
        self._labels = list(zip(*(c.tolist() for c in columns), strict=True))
        self._times: list[int] = drawn.time.tolist()
        self._chance: list[float] = rng.random(len(drawn)).tolist()
        self._number: list[int] = rng.integers(0, 1 << 30, len(drawn)).tolist()
        self._pause: list[int] = rng.integers(4, 18, len(drawn)).tolist()

    def turns(self, begin: int, end: int) -> Iterator[Said]:
        """Yield the turns of the messages from begin to end."""
        at = begin
        while at < end:
            language, kind, work = self._labels[at]
            pairs = None
            if at + 1 < end and self._labels[at + 1][0] == language:
                second = self._labels[at + 1]
                pairs = self._openings.get((language, kind, work, second[1], second[2]))
            if pairs and self._chance[at] < _TOGETHER:
                pair = pairs[self._number[at] % len(pairs)]
                yield from self._exchange(at, pair.text, pair.reply)
                yield from self._exchange(at + 1, pair.follow)
                at += 2
                continue
            pool = self._texts[language, kind, work]
            text = pool[(self._number[begin] + at - begin) % len(pool)]
            yield from self._exchange(at, text, retry=at > begin)
            at += 1

    def _exchange(
        self, at: int, text: str, reply: str = "", *, retry: bool = False
    ) -> Iterator[Said]:
        language, time = self._labels[at][0], self._times[at]
        answers = _replies()[language]
        answer = reply or answers[self._number[at] % len(answers)]
        yield Said("user", text, time, language, retry)
        yield Said("assistant", answer, time + self._pause[at], language)
