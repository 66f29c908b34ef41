"""Sum one split's cells: a sort of whole numbers for each facet, in which a person's rows meet.

A row's key holds, from the top, its person, the values of the split's dimensions, the facet's
value, its conversation, and the number of messages it stands for. Sorted, all that a cell sums
lies side by side: how many messages a person has in it, in how many conversations, and how many
in the group. Sums are of whole numbers, so that neither order nor passes change them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from uptake.model.dimensions import TOTAL
from uptake.tally.bounding import Settled
from uptake.tally.rows import ATTRIBUTES, Flags, Ints, Vocabulary, dense
from uptake.tally.splits import COMPOSITION, FACETS, Split

UNIT_BITS = 30
"""Weights of a person's messages are held in units of 2^-30: integer sums have no order."""

_HALF = UNIT_BITS // 2
_MOST_BITS = 63
_DENSE_BITS = 20

SUMS = (
    "messages",
    "messages_squared",
    "messages_cross",
    "people",
    "conversations",
    "weight",
    "high_squared",
    "cross_squared",
    "low_squared",
    "messages_low",
    "messages_middle",
    "weight_low",
    "weight_middle",
)
"""Columns of a cell's sums; what is not labelled has none of the last four. The square of a weight
w = h 2^15 + l comes in three parts (the sums of h^2, h l and l^2), as it has more digits than a
machine's number."""


class Cells(NamedTuple):
    """Cells of one split and facet.

    Attributes:
        code: (K,) ascending; the facet's value below the values of the dimensions.
        sums: (K, 13) by ``SUMS``.
    """

    code: Ints
    sums: Ints


class Groups(NamedTuple):
    """G groups of messages that agree in person, conversation, month and language.

    Attributes:
        person: (G,) numbered within the pass.
        conversation: (G,) numbered within the person.
        codes: (G,) by dimension.
        messages: (G,) how many there are.
    """

    person: Ints
    conversation: Ints
    codes: dict[str, Ints]
    messages: Ints


class Counted(NamedTuple):
    """What a facet's cells are summed from: F rows, each of one group and one value.

    Attributes:
        group: (F,) which group, ascending.
        value: (F,) code of the value.
        messages: (F,) how many messages it stands for.
        unsure: (2, F) how many of them are in the low and in the middle band; None for what is
            not labelled.
    """

    group: Ints
    value: Ints
    messages: Ints
    unsure: Ints | None = None


BAND_OF = {"intent": "intent_band", "work": "work_band", "topic": "topic_band"} | {
    "topic_group": "topic_band"
}


@dataclass(frozen=True, slots=True)
class Bounded:
    """The counted messages of some partitions of people, grouped once for all splits.

    Attributes:
        vocabulary: Of all labels.
        groups: Of people who are not minors; of these there is no cell at all.
        facets: What each facet's cells are summed from.
    """

    vocabulary: Vocabulary
    groups: Groups
    facets: dict[str, Counted]

    def bits(self, name: str) -> int:
        """Return how many bits a code of this column takes."""
        return 0 if name == TOTAL else bits(len(self.vocabulary.of(name)))


def bits(size: int) -> int:
    """Return the bits that numbers below ``size`` take.

    >>> bits(1), bits(2), bits(9)
    (0, 1, 4)
    """
    return max(0, size - 1).bit_length()


def grouped(settled: Settled, kept: Flags, vocabulary: Vocabulary, unit: str) -> Bounded:
    """Group the kept messages; ``unit`` is the id whose values count as people."""
    person, _ = dense(settled.rows.ids[unit][kept])
    conversation, _ = dense(settled.rows.ids["conversation"][kept])
    codes = {name: code[kept] for name, code in settled.rows.codes.items()}
    adult = np.flatnonzero(~settled.minor[kept])
    groups, number = _groups(
        person[adult], conversation[adult], {n: c[adult] for n, c in codes.items()}
    )
    whole = np.arange(len(groups.messages))
    facets = {TOTAL: Counted(whole, np.zeros_like(whole), groups.messages)}
    for name in COMPOSITION:
        facets[name] = Counted(whole, groups.codes[name], groups.messages)
    for name in FACETS:
        if name in codes:
            width = bits(len(vocabulary.of(name)))
            key = (number << width) | codes[name][adult]
            facets[name] = _counted(key, codes[BAND_OF[name]][adult], width)
    return Bounded(vocabulary, groups, facets)


def _groups(person: Ints, conversation: Ints, codes: dict[str, Ints]) -> tuple[Groups, Ints]:
    """Group rows; return the groups in the order of people, and each row's group."""
    order = np.lexsort((codes["language"], codes["month"], conversation, person))
    new = np.zeros(len(order), dtype=np.bool_)
    new[:1] = True
    for column in (person, conversation, codes["month"], codes["language"]):
        new[1:] |= column[order[1:]] != column[order[:-1]]
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.cumsum(new) - 1
    begin = np.flatnonzero(new)
    first = order[begin]
    who, talk = person[first], conversation[first]
    # conversations are numbered anew for each person: small numbers make short keys
    other = np.append(True, (who[1:] != who[:-1]) | (talk[1:] != talk[:-1]))[: len(who)]
    running = np.cumsum(other)
    start = np.flatnonzero(np.append(True, who[1:] != who[:-1])[: len(who)])
    within = running - np.repeat(running[start], np.diff(np.append(start, len(who))))
    names = ("month", *ATTRIBUTES, "language")
    return (
        Groups(
            who,
            within,
            {name: codes[name][first] for name in names},
            np.diff(np.append(begin, len(order))),
        ),
        number,
    )


def _counted(key: Ints, band: Ints, width: int) -> Counted:
    """Count messages of one group and value, and of these the ones of each unsure band.

    Args:
        key: (N,) group above value.
        band: (N,) 0, 1 or 2.
        width: Bits of the value.
    """
    both = np.sort((key << 2) | band)
    begin = np.flatnonzero(_new(both >> 2))
    band = both & 3
    unsure = np.stack([np.add.reduceat(band == b, begin, dtype=np.int64) for b in (0, 1)])
    key = both[begin] >> 2
    messages = np.diff(np.append(begin, len(both)))
    return Counted(key >> width, key & ((1 << width) - 1), messages, unsure)


def sums(bounded: Bounded, split: Split, facets: Sequence[str]) -> Iterator[tuple[str, Cells]]:
    """Yield the cells of each facet in one split."""
    groups = bounded.groups
    if not len(groups.person):
        return
    code = np.zeros(len(groups.person), dtype=np.int64)
    wide = 0
    for name in split.dimensions:
        code = (code << bounded.bits(name)) | groups.codes[name]
        wide += bounded.bits(name)
    # a person in a cell of the dimensions gets a number: short keys, however many dimensions
    pairs, rank = np.unique((groups.person << wide) | code, return_inverse=True)
    of_rank = pairs & ((1 << wide) - 1)
    for facet in facets:
        width = bounded.bits(facet)
        rows = _sorted(rank, groups.conversation, bounded.facets[facet], width)
        cell, columns = _summed(rows, width)
        values = cell & ((1 << width) - 1)
        cells = (of_rank[cell >> width] << width) | values
        yield facet, collected(cells, columns, wide + width)


class Sorted(NamedTuple):
    """A facet's F rows, those of one person and value side by side.

    Attributes:
        pair: (F,) rank above value, ascending.
        talks: (F,) 1 where a conversation begins.
        messages: (F,)
        unsure: (2, F) as of ``Counted``; None for what is not labelled.
    """

    pair: Ints
    talks: Ints
    messages: Ints
    unsure: Ints | None


def _sorted(rank: Ints, talk: Ints, counted: Counted, width: int) -> Sorted:
    """Sort a facet's rows by rank, value and conversation."""
    talk_bits = bits(int(talk.max()) + 1)
    count_bits = bits(int(counted.messages.max()) + 1)
    counts = [counted.messages, *(() if counted.unsure is None else counted.unsure)]
    if bits(len(rank)) + width + talk_bits + len(counts) * count_bits > _MOST_BITS:
        order = np.lexsort((talk[counted.group], counted.value, rank[counted.group]))
        group = counted.group[order]
        pair = (rank[group] << width) | counted.value[order]
        unsure = None if counted.unsure is None else counted.unsure[:, order]
        return Sorted(pair, _new(pair) | _new(talk[group]), counted.messages[order], unsure)
    head = (rank << (width + talk_bits)) | talk
    key = head[counted.group] | (counted.value << talk_bits)
    for column in counts:
        key = (key << count_bits) | column
    key.sort()
    found = []
    for _ in counts:
        found.append(key & ((1 << count_bits) - 1))
        key >>= count_bits
    messages = found.pop()
    return Sorted(key >> talk_bits, _new(key), messages, np.stack(found[::-1]) if found else None)


def _new(keys: Ints) -> Ints:
    """Mark with 1 where a value differs from the one before."""
    new = np.ones(len(keys), dtype=np.int64)
    new[1:] = keys[1:] != keys[:-1]
    return new


def _summed(rows: Sorted, width: int) -> tuple[Ints, tuple[Ints | None, ...]]:
    """Sum sorted rows of people: what each has in a cell, in the columns of ``SUMS``."""
    begin = np.flatnonzero(_new(rows.pair))
    mine = rows.pair[begin]
    sent = np.add.reduceat(rows.messages, begin)
    rank = mine >> width
    first = np.flatnonzero(_new(rank))
    whole = np.repeat(np.add.reduceat(sent, first), np.diff(np.append(first, len(rank))))
    weight = (sent << UNIT_BITS) // whole
    high, low = weight >> _HALF, weight & ((1 << _HALF) - 1)
    squares = (high * high, high * low, low * low)
    of_talks = np.add.reduceat(rows.talks, begin)
    columns = (sent, sent * sent, sent * whole, None, of_talks, weight, *squares)
    if rows.unsure is None:
        return mine, columns
    low, middle = np.add.reduceat(rows.unsure, begin, axis=1)
    weights = ((low << UNIT_BITS) // whole, (middle << UNIT_BITS) // whole)
    return mine, (*columns, low, middle, *weights)


def collected(cell: Ints, columns: tuple[Ints | None, ...], cell_bits: int) -> Cells:
    """Add up columns by cell; None counts rows.

    Sums of a column stay below 2^53 (each summand is below 2^31, or the square of a month's
    cap), so that adding them as floating-point numbers is exact.
    """
    if cell_bits <= _DENSE_BITS:
        size = 1 << cell_bits
        people = np.bincount(cell, minlength=size)
        code = np.flatnonzero(people)
        found = [
            (people if c is None else np.bincount(cell, c, minlength=size).astype(np.int64))[code]
            for c in columns
        ]
    else:
        code, place = np.unique(cell, return_inverse=True)
        found = [
            np.bincount(place) if c is None else np.bincount(place, c).astype(np.int64)
            for c in columns
        ]
    none = [np.zeros(len(code), dtype=np.int64)] * (len(SUMS) - len(found))
    return Cells(code, np.column_stack([*found, *none]))


def merged(parts: list[Cells]) -> Cells:
    """Add up the cells of passes over disjoint sets of people."""
    codes = np.concatenate([part.code for part in parts])
    rows = np.concatenate([part.sums for part in parts])
    if len(parts) == 1:
        return parts[0]
    code, place = np.unique(codes, return_inverse=True)
    total = np.zeros((len(code), rows.shape[1]), dtype=np.int64)
    np.add.at(total, place, rows)
    return Cells(code, total)
