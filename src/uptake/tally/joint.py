"""Count a private release's joint tables: bound each person's month first, then only count.

What a person contributes is chosen by a hash of cell or message under the person's own key, keyed
BLAKE2b of the person, so that the choice depends on nobody else. The key that all of it hangs on is
drawn for one count and not kept.
"""

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from uptake.model.joint import UNBANDED, Bounds, Ints, JointCells, KeySpace
from uptake.model.messages import NO_MONTH, month_name
from uptake.model.protected import ProtectedPlaces
from uptake.tally.bounding import settle
from uptake.tally.rows import ATTRIBUTES, Flags, Rows, Source, Vocabulary, dense, from_files
from uptake.tally.siphash import Words, siphash

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
_THREADS = 2

Vectors = tuple[Ints, Ints, Ints]


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

    def counted(partitions: tuple[int, int]) -> list[tuple[int, Vectors]]:
        return [
            (month, _vectors(messages, keys, bounds, secret))
            for month, messages in _months(source, *partitions, keys, frozenset(sums))
        ]

    with ThreadPoolExecutor(_THREADS) as pool:  # NumPy sorts and sums outside of Python's lock
        for found in pool.map(counted, source.passes(PASS_MESSAGES)):
            for month, vectors in found:
                for total, more in zip(sums[month], vectors, strict=True):
                    np.add(total, more, out=total)
    return {
        month_name(month): JointCells(keys, bounds, *vectors) for month, vectors in sums.items()
    }


def _empty(keys: KeySpace) -> Vectors:
    sizes = (
        keys.blocks * len(keys.people_features),
        keys.blocks * len(keys.message_features),
        len(keys.moment_features),
    )
    people, messages, moments = (np.zeros(size, dtype=np.int64) for size in sizes)
    return people, messages, moments


def _months(
    source: Source, first: int, last: int, keys: KeySpace, asked: frozenset[int]
) -> Iterator[tuple[int, Month]]:
    rows = source.read(first, last)
    if not len(rows):
        return
    settled = settle(
        rows.take(_once(rows)),
        source.vocabulary,
        keys.places,
        ProtectedPlaces(coarsened=keys.unlocated),
    )
    rows, words = settled.rows, source.vocabulary
    codes = {name: _renamed(rows, words, name, keys) for name in (*ATTRIBUTES, *keys.facets)}
    inside = settled.inside & ~settled.minor & rows.known
    for name in ATTRIBUTES:
        inside &= codes[name] >= 0
    for number, month in enumerate(words.months):
        which = np.flatnonzero(inside & (rows.codes["month"] == number))
        if month == NO_MONTH or month not in asked or not len(which):
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
    """Return the numbers of rows that are one copy of each message of each person's month.

    A message that several people have is counted of each: which of them keeps it would otherwise
    depend on the others, and nobody's contribution may depend on anybody else. Likewise one that
    several months have: what a month counts may not depend on what was sent in another.
    """
    user, _ = dense(rows.ids["user"])
    message, many = dense(rows.ids["message"])
    months = len(rows.codes["month"]) and int(rows.codes["month"].max()) + 1
    pair = (user * many + message) * months + rows.codes["month"]
    order = np.argsort(pair, kind="stable")
    again = np.append(False, pair[order][1:] == pair[order][:-1])
    if not again.any():
        return np.arange(len(rows))
    copied = np.zeros(len(rows), dtype=np.bool_)
    copied[order] = again | np.append(again[1:], False)
    several = np.flatnonzero(copied)
    keys = [rows.codes[name][several] for name in sorted(rows.codes)]
    ranked = several[np.lexsort((*keys, rows.time[several], pair[several]))]
    first = np.append(True, pair[ranked][1:] != pair[ranked][:-1])
    kept: Ints = np.union1d(np.flatnonzero(~copied), ranked[first])
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


def _vectors(month: Month, keys: KeySpace, bounds: Bounds, secret: bytes) -> Vectors:
    """Bound what each person contributes, and count it."""
    own = _own_keys(month, secret)
    kept = month.take(_chosen_messages(month, bounds.messages, own))
    people = _people(month, keys, bounds.cells, own)
    width = len(keys.message_features)
    messages = np.zeros(keys.blocks * width, dtype=np.int64)
    moments = np.zeros(len(keys.moment_features), dtype=np.int64)
    persons = int(month.person.max()) + 1
    each = np.bincount(kept.person, minlength=persons)
    moments[0] = int((each * each).sum())
    squared, plain = moments[1 : len(keys.people_features)], moments[len(keys.people_features) :]
    plain[0] = len(kept.person)
    at = begin = 0
    for name, values in keys.facets.items():
        told = 1 if name in UNBANDED else 3
        known = kept.values[name] >= 0
        cell = kept.block * width + begin + kept.values[name] * told + kept.bands[name]
        messages += np.bincount(cell[known], minlength=len(messages))
        pair = kept.person[known] * len(values) + kept.values[name][known]
        table = np.bincount(pair, minlength=persons * len(values)).reshape(persons, -1)
        squared[at : at + len(values)] = (table * table).sum(axis=0)
        plain[1 + at : 1 + at + len(values)] = table.sum(axis=0)
        at, begin = at + len(values), begin + told * len(values)
    return people, messages, moments


@dataclass(frozen=True, slots=True)
class _OwnKeys:
    """A key for each of P persons: (P,) and (P,) words for messages, and others for cells."""

    messages: tuple[Words, Words]
    cells: tuple[Words, Words]


def _own_keys(month: Month, secret: bytes) -> _OwnKeys:
    first = np.zeros(int(month.person.max()) + 1, dtype=np.int64)
    first[month.person[::-1]] = np.arange(len(month.person))[::-1]
    raw = np.ascontiguousarray(month.user[first]).tobytes()
    begun = hashlib.blake2b(digest_size=32, key=secret, person=b"contribution")

    def of(user: bytes) -> bytes:
        it = begun.copy()
        it.update(user)
        return it.digest()

    joined = b"".join(of(raw[i : i + 16]) for i in range(0, len(raw), 16))
    one, two, three, four = np.frombuffer(joined, dtype=np.uint64).reshape(-1, 4).T.copy()
    return _OwnKeys((one, two), (three, four))


def _chosen_messages(month: Month, most: int, own: _OwnKeys) -> Flags:
    """Mark at most ``most`` messages of each person, by a hash under the person's key."""
    kept = np.ones(len(month.person), dtype=np.bool_)
    sent = np.bincount(month.person)
    over = np.flatnonzero(sent[month.person] > most)
    if len(over):
        person, ids = month.person[over], month.message[over]
        low, high = (half[person] for half in own.messages)
        hashed = siphash((low, high), [ids[:, 0], ids[:, 1]])
        kept[over] = _first(person, hashed, most)
    return kept


def _people(month: Month, keys: KeySpace, most: int, own: _OwnKeys) -> Ints:
    """Count people by cell: ``present``, and at most ``most`` - 1 further cells of each."""
    width = len(keys.people_features)
    persons = int(month.person.max()) + 1
    block = np.zeros(persons, dtype=np.int64)
    block[month.person] = month.block
    counts = np.bincount(block * width, minlength=keys.blocks * width)
    met, at = np.zeros(persons * width, dtype=np.bool_), 1
    for name, values in keys.facets.items():
        known = month.values[name] >= 0
        met[month.person[known] * width + at + month.values[name][known]] = True
        at += len(values)
    person, feature = np.divmod(np.flatnonzero(met), width)
    kept = np.ones(len(person), dtype=np.bool_)
    over = np.flatnonzero(np.bincount(person, minlength=persons)[person] > most - 1)
    if len(over):
        low, high = (half[person[over]] for half in own.cells)
        hashed = siphash((low, high), [feature[over].astype(np.uint64)])
        kept[over] = _first(person[over], hashed, most - 1)
    cell = block[person[kept]] * width + feature[kept]
    found: Ints = counts + np.bincount(cell, minlength=len(counts))
    return found


def _first(person: Ints, hashed: Words, most: int) -> Flags:
    """Mark each person's rows of the ``most`` smallest hashes."""
    order = np.lexsort((hashed, person))
    begin = np.flatnonzero(np.append(True, person[order][1:] != person[order][:-1]))
    rank = np.arange(len(order)) - np.repeat(begin, np.diff(np.append(begin, len(order))))
    kept = np.zeros(len(person), dtype=np.bool_)
    kept[order] = rank < most
    return kept
