"""Stored labels of some partitions of people as coded columns: what is counted, and no blob."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from uptake.model.labels import SCHEMA
from uptake.model.messages import PARTITIONS, UNKNOWN, month_name
from uptake.tally.splits import FACETS

if TYPE_CHECKING:
    import pyarrow.compute as pc
    import pyarrow.dataset as ds

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

ATTRIBUTES = ("place", "age_band", "gender")
"""What is settled for a person's month: a message's own value is only one vote."""

TEXTS = (*ATTRIBUTES, "language", *FACETS)
"""Columns of closed or short lists, held as numbers in the order of the alphabet."""

BANDS = ("intent_band", "work_band", "topic_band")
"""How sure the labeller was, as small numbers."""

VECTORS = ("topic_p", "intent_p", "work_p")
"""Read only where messages tie in all else."""

_IDS = ("user", "conversation", "message")
_BITS = 64


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The values that occur, of all labels at hand, so that all passes number them alike.

    Attributes:
        texts: Values of each text column, in the order of the alphabet.
        months: Months as yyyymm, ascending, ``NO_MONTH`` among them.
        periods: What stands in the place of months, where periods are counted.
    """

    texts: dict[str, tuple[str, ...]]
    months: tuple[int, ...]
    periods: tuple[str, ...] = ()

    def of(self, name: str) -> tuple[str, ...]:
        """Return what the numbers of a column stand for, as cells print it."""
        if name != "month":
            return self.texts[name]
        if self.periods:
            return self.periods
        return tuple(month_name(m) for m in self.months)


@dataclass(frozen=True, slots=True)
class Rows:
    """N messages of some partitions, in columns.

    Attributes:
        ids: (N, 2) uint64 pseudonyms by ``user``, ``conversation`` and ``message``, big-endian.
        known: (N,) whether the record named its user.
        time: (N,) seconds since 1970, -1 unknown.
        codes: (N,) by column of ``TEXTS`` and ``month``: places in the vocabulary; and by column
            of ``BANDS``: themselves.
        vectors: (N,) bytes by column of ``VECTORS``, or nothing if they were not asked for.
    """

    ids: dict[str, NDArray[np.uint64]]
    known: Flags
    time: Ints
    codes: dict[str, Ints]
    vectors: dict[str, NDArray[np.bytes_]] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return the number of messages."""
        return len(self.time)

    def take(self, which: NDArray[Any]) -> "Rows":
        """Return some of the rows, by number or by flag."""
        return Rows(
            {name: ids[which] for name, ids in self.ids.items()},
            self.known[which],
            self.time[which],
            {name: codes[which] for name, codes in self.codes.items()},
            {name: vector[which] for name, vector in self.vectors.items()},
        )


class Stored(Protocol):
    """Rows by ``labels.SCHEMA``: a data set of Arrow, or several as one (``selection``)."""

    def count_rows(self) -> int:
        """Return the number of rows."""

    def to_batches(self, columns: list[str]) -> Iterator[pa.RecordBatch]:
        """Yield the rows in batches."""

    def to_table(self, columns: list[str], filter: "pc.Expression") -> pa.Table:
        """Return the rows that pass a filter."""


class Source:
    """Labels on disk or in memory, read a few partitions at a time."""

    def __init__(
        self, dataset: Stored, facets: Sequence[str], settled: Mapping[int, int] | None = None
    ) -> None:
        """Look through all labels once for the values that occur.

        Args:
            dataset: Rows by ``labels.SCHEMA``.
            facets: Which of ``FACETS`` the labeller has answered.
            settled: See ``selection.Selection``.
        """
        self._dataset = dataset
        self.facets = tuple(facets)
        self._texts = [name for name in TEXTS if name not in FACETS or name in self.facets]
        self._bands = BANDS if self.facets else ()
        self.rows = int(dataset.count_rows())
        texts: dict[str, set[str]] = {name: {UNKNOWN} for name in self._texts}
        months: Counter[int] = Counter()
        for batch in dataset.to_batches(columns=[*self._texts, "month"]):
            for name, seen in texts.items():
                seen.update(_values(batch.column(name)))
            met, times = np.unique(batch.column("month").to_numpy(), return_counts=True)
            months.update(dict(zip(met.tolist(), times.tolist(), strict=True)))
        self.months = dict(months)
        self.vocabulary = Vocabulary(
            {name: tuple(sorted(seen)) for name, seen in texts.items()}, tuple(sorted(months))
        )
        first = settled or {}
        last = 1 + max(first.values(), default=0)
        self.precedence: Ints = np.asarray(
            [first.get(month, last) for month in self.vocabulary.months], dtype=np.int64
        )

    def read(self, first: int, last: int, *, vectors: bool = False) -> Rows:
        """Return the rows of the partitions ``first`` to ``last``.

        Args:
            first: First partition.
            last: Last partition, included.
            vectors: Whether probabilities are wanted too; they are most of the bytes.
        """
        import pyarrow.compute as pc

        bucket = pc.field("bucket")
        # labels without facets hold no probabilities either
        extra = VECTORS if vectors and self.facets else ()
        table = self._dataset.to_table(
            columns=[*_IDS, "user_known", "time", "month", *self._texts, *self._bands, *extra],
            filter=(bucket >= first) & (bucket <= last),
        )
        months = np.asarray(self.vocabulary.months, dtype=np.int64)
        codes = {"month": np.searchsorted(months, table["month"].to_numpy())}
        for name in self._texts:
            codes[name] = _coded(table[name], self.vocabulary.texts[name])
        for name in self._bands:
            codes[name] = table[name].to_numpy().astype(np.int64)
        return Rows(
            {name: _pseudonyms(table[name]) for name in _IDS},
            table["user_known"].to_numpy(),
            table["time"].to_numpy(),
            codes,
            {name: _vector(table[name]) for name in extra},
        )

    def passes(self, most: int) -> Iterator[tuple[int, int]]:
        """Yield first and last partition of each pass, so that one holds about ``most`` rows."""
        step = max(1, PARTITIONS // max(1, -(-self.rows // most)))
        for first in range(0, PARTITIONS, step):
            yield first, min(first + step, PARTITIONS) - 1


def from_files(parts: Sequence[Path]) -> "ds.Dataset":
    """Open Parquet parts; row groups without the wanted partitions will not be decoded."""
    import pyarrow.dataset as ds

    if not parts:
        return ds.dataset(SCHEMA.empty_table())
    options = ds.ParquetReadOptions(dictionary_columns=list(TEXTS))
    return ds.dataset(
        [str(part) for part in parts],
        schema=SCHEMA,
        format=ds.ParquetFileFormat(read_options=options),
    )


def dense(ids: NDArray[np.uint64]) -> tuple[Ints, int]:
    """Number 16-byte pseudonyms from zero in their own order.

    Returns:
        (N,) numbers, and how many there are.
    """
    if not len(ids):
        return np.zeros(0, dtype=np.int64), 0
    high, low = ids[:, 0], ids[:, 1]
    order = np.argsort(high)
    new = np.ones(len(ids), dtype=np.bool_)
    new[1:] = high[order[1:]] != high[order[:-1]]
    if ((low[order[1:]] != low[order[:-1]]) & ~new[1:]).any():  # half of a hash met twice
        order = np.lexsort((low, high))
        new[1:] = (ids[order[1:]] != ids[order[:-1]]).any(axis=1)
    numbers = np.empty(len(ids), dtype=np.int64)
    numbers[order] = np.cumsum(new) - 1
    return numbers, int(new.sum())


def _values(column: "pa.Array[Any]") -> list[str]:
    """Return the values that a batch's column has, unused ones of its dictionary left out."""
    used = column.unique()
    return [value for value in used.to_pylist() if value is not None]


def _coded(column: "pa.ChunkedArray[Any]", values: tuple[str, ...]) -> Ints:
    """Number a text column by its vocabulary; each chunk brings a dictionary of its own."""
    number = {value: index for index, value in enumerate(values)}
    parts = []
    for chunk in column.chunks:
        own: Any = chunk if pa.types.is_dictionary(chunk.type) else chunk.dictionary_encode()
        # a dictionary may hold values that no row of these partitions has
        table = np.asarray([number.get(v, 0) for v in own.dictionary.to_pylist()], dtype=np.int64)
        parts.append(table[own.indices.to_numpy()])
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


def _pseudonyms(column: "pa.ChunkedArray[Any]") -> NDArray[np.uint64]:
    whole: Any = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)
    begin, end = 16 * whole.offset, 16 * (whole.offset + len(whole))
    raw = np.frombuffer(whole.buffers()[1] or b"", dtype=np.uint8)[begin:end]
    return raw.view(">u8").astype(np.uint64).reshape(-1, 2)


def _vector(column: "pa.ChunkedArray[Any]") -> NDArray[np.bytes_]:
    whole: Any = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)
    width = whole.type.list_size
    flat = np.ascontiguousarray(whole.flatten().to_numpy(zero_copy_only=False))
    return flat.astype(np.uint8, copy=False).view(f"S{width}")
