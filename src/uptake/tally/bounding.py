"""Bound what a person contributes: a message once, one value a month, at most ``cap`` messages."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from uptake.model.protected import NONE, ProtectedPlaces
from uptake.tally.rows import ATTRIBUTES, VECTORS, Flags, Ints, Rows, Vocabulary, dense

MINORS = ("13-17", "under-13")
"""Age bands that enter no figure: their people are counted as withheld, nothing else."""

_COPIES = ("month", *ATTRIBUTES, "language", "intent", "work", "topic")
_RANKED = ("intent", "work", "topic", "language")

Wide = Callable[[], Rows]
"""Reads the same rows once more, with their probabilities: they are most of the bytes."""


@dataclass(frozen=True, slots=True)
class Settled:
    """N distinct messages with one value of each attribute per person and month.

    Attributes:
        rows: The messages; ``codes`` of ``ATTRIBUTES`` are the settled ones.
        person_month: (N,) number of the person's month.
        inside: (N,) whether the message is from the region, or from nowhere known.
        minor: (N,) whether its author is under 18.
        sheltered: (N,) whether it is from a place that no figure includes.
    """

    rows: Rows
    person_month: Ints
    inside: Flags
    minor: Flags
    sheltered: Flags

    @property
    def told(self) -> Flags:
        """Return which messages may be told of at all, be it in a number of what was left out."""
        return ~(self.minor | self.sheltered)


def distinct(rows: Rows, wide: Wide, precedence: Ints) -> Ints | None:
    """Return the numbers of the rows that are one copy of each message; None: all of them.

    Which one can only matter if the copies differ (their context was cut elsewhere, or an export
    lacks times); then the order of all that is counted decides, not chance.

    Args:
        rows: N messages.
        wide: Reads them with their probabilities.
        precedence: By number of the month; copies in months of a smaller one come first.
    """
    number, many = dense(rows.ids["message"])
    if many == len(rows):
        return None
    whole = wide()
    columns = [name for name in _COPIES if name in whole.codes]
    keys = [whole.codes[name] for name in reversed(columns)]
    last = [whole.vectors[name] for name in reversed(VECTORS) if name in whole.vectors]
    order = np.lexsort((*last, *keys, whole.time, precedence[whole.codes["month"]], number))
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = number[order[1:]] != number[order[:-1]]
    kept: Ints = np.sort(order[first])
    return kept


def settle(
    rows: Rows,
    vocabulary: Vocabulary,
    places: tuple[str, ...] | None,
    protected: ProtectedPlaces = NONE,
) -> Settled:
    """Give each person one place, age band and gender a month.

    A coarsened place becomes unknown once the person's months are settled: in the votes it counts.
    """
    users, _ = dense(rows.ids["user"])
    person_month = _numbered(users * len(vocabulary.months) + rows.codes["month"])
    codes = dict(rows.codes)
    for name in ATTRIBUTES:
        values = vocabulary.texts[name]
        codes[name] = most_stated(
            person_month, rows.codes[name], len(values), values.index("unknown")
        )
    wanted = np.asarray(
        [places is None or v in (*places, "unknown") for v in vocabulary.texts["place"]]
    )
    minor = np.asarray([value in MINORS for value in vocabulary.texts["age_band"]])
    known = vocabulary.texts["place"]
    coarse = np.arange(len(known))
    coarse[[value in protected.coarsened for value in known]] = known.index("unknown")
    codes["place"] = coarse[codes["place"]]
    sheltered = np.asarray([value in protected.withheld for value in known])
    return Settled(
        replace(rows, codes=codes),
        person_month,
        wanted[codes["place"]],
        minor[codes["age_band"]],
        sheltered[codes["place"]],
    )


def most_stated(person_month: Ints, codes: Ints, size: int, unknown: int) -> Ints:
    """Return each row's settled value: the most frequent stated one, the last one on a tie.

    >>> month, code = np.array([0, 0, 0, 0, 1]), np.array([2, 1, 1, 2, 3])
    >>> most_stated(month, code, 4, 3).tolist()
    [2, 2, 2, 2, 3]
    """
    stated = codes != unknown
    key = np.sort(person_month[stated] * size + codes[stated])
    if not len(key):
        return np.full(len(codes), unknown)
    begin = np.flatnonzero(np.append(True, key[1:] != key[:-1]))
    votes = np.diff(np.append(begin, len(key)))
    who, value = np.divmod(key[begin], size)
    first = np.flatnonzero(np.append(True, who[1:] != who[:-1]))
    settled = np.full(int(person_month.max()) + 1, unknown)
    settled[who[first]] = np.maximum.reduceat(votes * size + value, first) % size
    return settled[person_month]


def bounded(settled: Settled, cap: int, wide: Wide) -> Flags:
    """Return which messages count: of those inside and not sheltered ``cap`` a person's month.

    A systematic sample in the order of time: exactly min(sent, cap) messages, spread evenly over
    the month, and the same ones whatever the pseudonyms' key was.
    """
    kept = settled.inside & ~settled.sheltered
    sent = np.bincount(settled.person_month[kept], minlength=len(kept))
    over = np.flatnonzero(kept & (sent[settled.person_month] > cap))
    if not len(over):
        return kept
    order = over[_ranked(settled, over, wide)]
    month = settled.person_month[order]
    first = np.flatnonzero(np.append(True, month[1:] != month[:-1]))
    size = np.diff(np.append(first, len(order)))
    rank = np.arange(len(order)) - np.repeat(first, size)
    each = np.repeat(size, size)
    kept[order] = (rank + 1) * cap // each > rank * cap // each
    return kept


def _ranked(settled: Settled, over: Ints, wide: Wide) -> Ints:
    """Order some rows by person's month and time; what ties is ordered by all that is counted."""
    rows = settled.rows
    keys = [rows.codes[name][over] for name in reversed(_RANKED) if name in rows.codes]
    keys += [rows.time[over], settled.person_month[over]]
    order: Ints = np.lexsort(keys)
    ties = np.ones(max(len(over) - 1, 0), dtype=np.bool_)
    for key in keys:
        ties &= key[order[1:]] == key[order[:-1]]
    if not ties.any():
        return order
    whole = wide()
    low = [whole.ids["message"][over, half] for half in (1, 0)]
    low += [whole.vectors[name][over] for name in reversed(VECTORS) if name in whole.vectors]
    ordered: Ints = np.lexsort((*low, *keys))
    return ordered


def _numbered(keys: Ints) -> Ints:
    """Number keys from zero in their order."""
    order = np.argsort(keys)
    new = np.append(True, keys[order[1:]] != keys[order[:-1]]) if len(keys) else np.zeros(0, bool)
    numbers = np.empty(len(keys), dtype=np.int64)
    numbers[order] = np.cumsum(new) - 1
    return numbers
