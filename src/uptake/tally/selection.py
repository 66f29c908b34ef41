"""Which stored labels count: files, and of each the months that do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from uptake.tally.rows import from_files

if TYPE_CHECKING:
    import pyarrow.compute as pc
    import pyarrow.dataset as ds


@dataclass(frozen=True, slots=True)
class Part:
    """A Parquet file of labels.

    Attributes:
        path: Of the file.
        months: Months (yyyymm) whose messages count; None counts all of the file.
    """

    path: Path
    months: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """The labels that a tally counts.

    Attributes:
        parts: Files, in a fixed order.
        settled: Of months whose messages are settled for good, which were so first (1, 2 ...). Of
            copies of a message that lie in several months, one in the month that was settled
            earliest counts, so that what comes later moves no message out of a settled month.
    """

    parts: tuple[Part, ...] = ()
    settled: Mapping[int, int] = field(default_factory=dict)


Parts = Sequence[Path] | Selection
"""Files of labels that count as they are, or a selection."""


class Several:
    """Datasets as one, of each only some months; what is not filtered is read as ever."""

    def __init__(self, of: Sequence[tuple["ds.Dataset", "pc.Expression | None"]]) -> None:
        """Take the datasets, each with the rows of it that count."""
        self._of = tuple(of)

    def count_rows(self) -> int:
        """Return the number of rows."""
        return sum(int(dataset.count_rows(filter=kept)) for dataset, kept in self._of)

    def to_batches(self, columns: list[str]) -> Iterator[pa.RecordBatch]:
        """Yield the rows in batches."""
        for dataset, kept in self._of:
            yield from dataset.to_batches(columns=columns, filter=kept)

    def to_table(
        self, columns: list[str] | None = None, filter: "pc.Expression | None" = None
    ) -> pa.Table:
        """Return the rows that pass a filter, as a dataset does."""
        return pa.concat_tables(
            dataset.to_table(columns=columns, filter=_both(kept, filter))
            for dataset, kept in self._of
        )


def opened(parts: Parts) -> "ds.Dataset | Several":
    """Open labels; files of which the same months count are read as one dataset."""
    if not isinstance(parts, Selection):
        return from_files(parts)
    import pyarrow.compute as pc

    found: list[tuple[ds.Dataset, pc.Expression | None]] = []
    for months, same in groupby(sorted(parts.parts, key=_order), key=lambda part: part.months):
        kept: Any = None
        if months is not None:
            kept = pc.field("month").isin(pa.array(sorted(months), pa.int32()))
        found.append((from_files([part.path for part in same]), kept))
    if not found:
        return from_files([])
    return found[0][0] if len(found) == 1 and found[0][1] is None else Several(found)


def settled(parts: Parts) -> Mapping[int, int]:
    """Return the months that are settled for good, and in which order they were."""
    return parts.settled if isinstance(parts, Selection) else {}


def _order(part: Part) -> tuple[bool, list[int], str]:
    return part.months is not None, sorted(part.months or ()), str(part.path)


def _both(one: "pc.Expression | None", other: "pc.Expression | None") -> "pc.Expression | None":
    if one is None or other is None:
        return other if one is None else one
    return one & other
