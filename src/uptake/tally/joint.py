"""Count a private release's joint tables: bound each person's month first, then only count.

What a person contributes is chosen by keyed BLAKE2b of person and cell, or person and message, so
that the choice depends on nobody else. The key is drawn for one count and not kept.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from uptake.model.joint import UNBANDED, Bounds, Ints, JointCells, KeySpace
from uptake.model.messages import NO_MONTH
from uptake.tally.bounding import settle
from uptake.tally.rows import ATTRIBUTES, Flags, Rows, Source, Vocabulary, dense, from_files

if TYPE_CHECKING:
    import pyarrow.dataset as ds

PASS_MESSAGES = 250_000
_BAND = {
    "intent": "intent_band",
    "work": "work_band",
    "topic": "topic_band",
    "topic_group": "topic_band",
}
_OTHER = "other"


@dataclass(frozen=True, slots=True)
class Month:
    """The messages of one month and some partitions of people: N of them, of adults in the region.

    Attributes:
        user: (N, 2) uint64 pseudonyms.
        message: (N, 2) likewise.
        person: (N,) numbered from zero.
        block: (N,) number of the person's block.
        values: (N,) number of the value, by facet.
        bands: (N,) 0 to 2, by facet; 0 where none is told.
    """

    user: np.ndarray[tuple[int, int], np.dtype[np.uint64]]
    message: np.ndarray[tuple[int, int], np.dtype[np.uint64]]
    person: Ints
    block: Ints
    values: dict[str, Ints]
    bands: dict[str, Ints]

    def take(self, which: Flags) -> "Month":
        """Return some of the messages."""
        return Month(
            self.user[which],
            self.message[which],
            self.person[which],
            self.block[which],
            {name: values[which] for name, values in self.values.items()},
            {name: bands[which] for name, bands in self.bands.items()},
        )


def joint(
    parts: Sequence[Path],
    keys: KeySpace,
    bounds: Bounds,
    secret: bytes,
    months: Sequence[str],
) -> dict[str, JointCells]:
    """Return the exact vectors of the months asked for, also of those without any message.

    Args:
        parts: Parquet parts of labels.
        keys: What is counted; messages elsewhere, of minors, of nobody known, or without a month
            are not: a bound on a person holds only for who can be told apart.
        bounds: Of a person's month.
        secret: 16 to 64 bytes, drawn for this count.
        months: ``2026-04`` and so on; no others are counted, whatever the logs hold.
    """
    return _joint(from_files(parts), keys, bounds, secret, months)


def joint_table(
    labels: pa.Table, keys: KeySpace, bounds: Bounds, secret: bytes, months: Sequence[str]
) -> dict[str, JointCells]:
    """Count labels held in memory: the same as ``joint`` on a file of them."""
    import pyarrow.dataset as ds

    return _joint(ds.dataset(labels), keys, bounds, secret, months)


def _joint(
    labels: "ds.Dataset", keys: KeySpace, bounds: Bounds, secret: bytes, asked: Sequence[str]
) -> dict[str, JointCells]:
    source = Source(labels, tuple(f for f in keys.facets if f not in UNBANDED))
    sums = {int(month.replace("-", "")): _empty(keys) for month in asked}
    for first, last in source.passes(PASS_MESSAGES):
        for month, messages in _months(source, first, last, keys):
            if month not in sums:
                continue
            for total, more in zip(
                sums[month], _vectors(messages, keys, bounds, secret), strict=True
            ):
                np.add(total, more, out=total)
    return {
        f"{month // 100:04d}-{month % 100:02d}": JointCells(keys, bounds, *vectors)
        for month, vectors in sums.items()
    }


def _empty(keys: KeySpace) -> tuple[Ints, Ints, Ints]:
    sizes = (
        keys.blocks * len(keys.people_features),
        keys.blocks * len(keys.message_features),
        len(keys.moment_features),
    )
    people, messages, moments = (np.zeros(size, dtype=np.int64) for size in sizes)
    return people, messages, moments


def _months(source: Source, first: int, last: int, keys: KeySpace) -> Iterator[tuple[int, Month]]:
    rows = source.read(first, last)
    if not len(rows):
        return
    settled = settle(rows.take(_once(rows)), source.vocabulary, keys.places)
    rows, words = settled.rows, source.vocabulary
    codes = {name: _renamed(rows, words, name, keys) for name in (*ATTRIBUTES, *keys.facets)}
    inside = settled.inside & ~settled.minor & rows.known
    for name in ATTRIBUTES:
        inside &= codes[name] >= 0
    for number, month in enumerate(words.months):
        which = np.flatnonzero(inside & (rows.codes["month"] == number))
        if month == NO_MONTH or not len(which):
            continue
        user = rows.ids["user"][which]
        yield (
            month,
            Month(
                user=user,
                message=rows.ids["message"][which],
                person=dense(user)[0],
                block=keys.block_of(*(codes[name][which] for name in ATTRIBUTES)),
                values={name: codes[name][which] for name in keys.facets},
                bands={
                    name: rows.codes[_BAND[name]][which]
                    if name in _BAND
                    else np.zeros(len(which), dtype=np.int64)
                    for name in keys.facets
                },
            ),
        )


def _once(rows: Rows) -> Ints:
    """Return the numbers of rows that are one copy of each message of each person.

    A message that several people have is counted of each: which of them keeps it would otherwise
    depend on the others, and nobody's contribution may depend on anybody else.
    """
    user, _ = dense(rows.ids["user"])
    message, many = dense(rows.ids["message"])
    pair = user * many + message
    keys = [rows.codes[name] for name in sorted(rows.codes)]
    order = np.lexsort((*keys, rows.time, pair))
    first = np.append(True, pair[order][1:] != pair[order][:-1])
    kept: Ints = np.sort(order[first])
    return kept


def _renamed(rows: Rows, words: Vocabulary, name: str, keys: KeySpace) -> Ints:
    """Number a column by the key space; -1 for an attribute's value that it does not hold."""
    listed = {
        "place": keys.places,
        "age_band": keys.age_bands,
        "gender": keys.genders,
        **keys.facets,
    }[name]
    place = {value: number for number, value in enumerate(listed)}
    instead = place.get(_OTHER, -1) if name in keys.facets else -1
    table = np.array([place.get(value, instead) for value in words.of(name)], dtype=np.int64)
    found: Ints = table[rows.codes[name]]
    return found


def _vectors(
    month: Month, keys: KeySpace, bounds: Bounds, secret: bytes
) -> tuple[Ints, Ints, Ints]:
    """Bound what each person contributes, and count it."""
    kept = month.take(_chosen_messages(month, bounds.messages, secret))
    people = _people(month, keys, bounds.cells, secret)
    width = len(keys.message_features)
    messages = np.zeros(keys.blocks * width, dtype=np.int64)
    moments = np.zeros(len(keys.moment_features), dtype=np.int64)
    persons = int(month.person.max()) + 1
    each = np.bincount(kept.person, minlength=persons)
    moments[0] = int((each * each).sum())
    at = begin = 0
    for name, values in keys.facets.items():
        told = 1 if name in UNBANDED else 3
        known = kept.values[name] >= 0
        cell = kept.block * width + begin + kept.values[name] * told + kept.bands[name]
        messages += np.bincount(cell[known], minlength=len(messages))
        pair = kept.person[known] * len(values) + kept.values[name][known]
        squares = np.bincount(pair, minlength=persons * len(values)).reshape(persons, -1) ** 2
        moments[1 + at : 1 + at + len(values)] = squares.sum(axis=0)
        at, begin = at + len(values), begin + told * len(values)
    return people, messages, moments


def _chosen_messages(month: Month, most: int, secret: bytes) -> Flags:
    """Mark at most ``most`` messages of each person, by keyed hash of person and message."""
    kept = np.ones(len(month.person), dtype=np.bool_)
    sent = np.bincount(month.person)
    over = np.flatnonzero(sent[month.person] > most)
    if len(over):
        ids = np.hstack([month.user[over], month.message[over]])
        kept[over] = _first(month.person[over], _hashes(ids, b"message", secret), most)
    return kept


def _people(month: Month, keys: KeySpace, most: int, secret: bytes) -> Ints:
    """Count people by cell: ``present``, and at most ``most`` - 1 further cells of each."""
    width = len(keys.people_features)
    persons, first = np.unique(month.person, return_index=True)
    block = month.block[first]
    counts = np.bincount(block * width, minlength=keys.blocks * width)
    pairs, at = [], 1
    for name, values in keys.facets.items():
        known = month.values[name] >= 0
        pairs.append(month.person[known] * width + at + month.values[name][known])
        at += len(values)
    person, feature = np.divmod(np.unique(np.concatenate(pairs)), width)
    kept = np.ones(len(person), dtype=np.bool_)
    over = np.flatnonzero(np.bincount(person, minlength=len(persons))[person] > most - 1)
    if len(over):
        user = month.user[first][person[over]]
        ids = np.column_stack([user, feature[over].astype(np.uint64)])
        kept[over] = _first(person[over], _hashes(ids, b"cell", secret), most - 1)
    cell = block[person[kept]] * width + feature[kept]
    found: Ints = counts + np.bincount(cell, minlength=len(counts))
    return found


def _hashes(
    ids: "np.ndarray[tuple[int, int], np.dtype[np.uint64]]", use: bytes, secret: bytes
) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    rows = np.ascontiguousarray(ids).view(np.uint8).reshape(len(ids), -1)
    begun = hashlib.blake2b(digest_size=8, key=secret, person=use)

    def of(row: bytes) -> bytes:
        it = begun.copy()
        it.update(row)
        return it.digest()

    raw = rows.tobytes()
    size = rows.shape[1]
    joined = b"".join(of(raw[i : i + size]) for i in range(0, len(raw), size))
    return np.frombuffer(joined, dtype=np.uint64)


def _first(person: Ints, hashed: "np.ndarray[tuple[int], np.dtype[np.uint64]]", most: int) -> Flags:
    """Mark each person's rows of the ``most`` smallest hashes."""
    order = np.lexsort((hashed, person))
    begin = np.flatnonzero(np.append(True, person[order][1:] != person[order][:-1]))
    rank = np.arange(len(order)) - np.repeat(begin, np.diff(np.append(begin, len(order))))
    kept = np.zeros(len(person), dtype=np.bool_)
    kept[order] = rank < most
    return kept
