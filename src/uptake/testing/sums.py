"""Sum simulated messages into cells with arrays alone: the oracle shares no code with the tally."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from uptake.model.dimensions import ALL, DIMENSIONS, TOTAL

FACETS = ("intent", "work", "topic_group", "topic")
COMPOSITION = ("place", "age_band", "gender", "language")
SPLITS: tuple[tuple[str, ...], ...] = (
    (),
    *((d,) for d in DIMENSIONS),
    *(("place", d) for d in DIMENSIONS[1:]),
    ("month", "age_band"),
    ("month", "gender"),
    ("month", "language"),
    ("age_band", "gender"),
    ("place", "age_band", "gender"),
)
"""By what the truth is split, each in the order of ``DIMENSIONS``."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Frame:
    """M messages as codes.

    Attributes:
        codes: By dimension and facet, (M,) indices into ``words``.
        words: By dimension and facet, its values.
        person: (M,) index of the person.
        conversation: (M,) index of the conversation.
    """

    codes: dict[str, Ints]
    words: dict[str, tuple[str, ...]]
    person: Ints
    conversation: Ints

    def keep(self, rows: NDArray[np.bool_]) -> "Frame":
        """Return the messages marked."""
        codes = {name: code[rows] for name, code in self.codes.items()}
        return Frame(codes, self.words, self.person[rows], self.conversation[rows])


@dataclass(frozen=True, slots=True)
class Cell:
    """What is known of one cell: sums over the G people of its group.

    With Y a person's messages in the cell and N in its group.
    """

    key: dict[str, str]
    messages: float
    messages_squared: float
    messages_cross: float
    people: float
    weight: float
    weight_squared: float
    conversations: float
    group_messages: float
    group_messages_squared: float
    group_people: float


def facets_of(split: tuple[str, ...]) -> tuple[str, ...]:
    """Return the facets that a split can be asked for.

    >>> facets_of(("place", "gender"))
    ('total', 'intent', 'work', 'topic_group', 'topic', 'age_band', 'language')
    """
    return (TOTAL, *FACETS, *(d for d in COMPOSITION if d not in split))


@dataclass(slots=True)
class Sums:
    """Sums over people, which add up over batches of different people.

    ``cells[split, facet]`` is (7, groups, values): the sums of ``Cell``, conversations last.
    """

    words: dict[str, tuple[str, ...]]
    cells: dict[tuple[tuple[str, ...], str], Floats] = field(default_factory=dict)

    def add(self, frame: Frame) -> None:
        """Add a batch; none of its people may be in another."""
        if not len(frame.person):
            return
        for timed in (False, True):
            for spoken in (False, True):
                splits = [s for s in SPLITS if ("month" in s, "language" in s) == (timed, spoken)]
                month = (frame.codes["month"], len(self.words["month"]))
                language = (frame.codes["language"], len(self.words["language"]))
                # Place, age band and gender are a person's own; a conversation lies in one month.
                people = _Units.of(frame.person, timed * [month] + spoken * [language])
                talks = _Units.of(frame.conversation, spoken * [language])
                self._add(frame, splits, people, talks)

    def _add(
        self, frame: Frame, splits: list[tuple[str, ...]], people: "_Units", talks: "_Units"
    ) -> None:
        for facet in sorted({facet for split in splits for facet in facets_of(split)}):
            size = len(self.words[facet])
            unit, value, sent = people.nonzero(frame.codes[facet], size)
            talk, spoken, _ = talks.nonzero(frame.codes[facet], size)
            own = people.sent[unit]
            rows = (sent, sent**2, sent * own, None, sent / own, (sent / own) ** 2)
            for split in (s for s in splits if facet in facets_of(s)):
                group, groups = self._groups(frame, split)
                cell = group[people.first][unit] * size + value
                found = [np.bincount(cell, row, groups * size) for row in rows]
                where = group[talks.first][talk] * size + spoken
                found.append(np.bincount(where, minlength=groups * size))
                added = np.array(found, dtype=np.float64).reshape(7, groups, size)
                before = self.cells.get((split, facet))
                self.cells[split, facet] = added if before is None else before + added

    def _groups(self, frame: Frame, split: tuple[str, ...]) -> tuple[Ints, int]:
        group, groups = np.zeros_like(frame.person), 1
        for dimension in split:
            size = len(self.words[dimension])
            group, groups = group * size + frame.codes[dimension], groups * size
        return group, groups

    def rows(self) -> Iterator[Cell]:
        """Yield each cell that anybody is in, in a fixed order."""
        for split in SPLITS:
            if (split, TOTAL) not in self.cells:
                continue
            group = self.cells[split, TOTAL][:, :, 0]
            shape = tuple(len(self.words[d]) for d in split)
            for facet in facets_of(split):
                sums = self.cells[split, facet]
                for g, v in np.argwhere(sums[0] > 0):
                    at = np.unravel_index(g, shape) if split else ()
                    key = {"split": "+".join(split)} | dict.fromkeys(DIMENSIONS, ALL)
                    key |= {d: self.words[d][i] for d, i in zip(split, at, strict=True)}
                    key |= {"facet": facet, "value": self.words[facet][v]}
                    one = [float(x) for x in sums[:, g, v]]
                    of = float(group[0, g]), float(group[1, g]), float(group[3, g])
                    yield Cell(key, *(*one, *of))


@dataclass(frozen=True, slots=True)
class _Units:
    """Messages grouped by person or conversation and perhaps month and language.

    Attributes:
        unit: (M,) number of each message's unit, from 0 on without a gap.
        first: (U,) index of one message of each unit.
        sent: (U,) messages of each unit.
    """

    unit: Ints
    first: Ints
    sent: Floats

    @staticmethod
    def of(whose: Ints, by: list[tuple[Ints, int]]) -> "_Units":
        key = whose
        for code, size in by:
            key = key * size + code
        _, first, unit, sent = np.unique(
            key, return_index=True, return_inverse=True, return_counts=True
        )
        return _Units(unit, first, sent.astype(np.float64))

    def nonzero(self, code: Ints, size: int) -> tuple[Ints, Ints, Floats]:
        """Return unit, value and count of all that occurs."""
        counts = np.bincount(self.unit * size + code, minlength=len(self.sent) * size)
        at = np.flatnonzero(counts)
        return at // size, at % size, counts[at].astype(np.float64)
