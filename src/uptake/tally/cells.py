"""Count: Parquet parts of labels in, exact cells out, a few partitions of people at a time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
import pyarrow as pa

from uptake.catalog import facet
from uptake.engine.duck import duck
from uptake.model.cells import SCHEMA as CELLS
from uptake.model.dimensions import ALL, DIMENSIONS, KEYS, TOTAL
from uptake.model.errors import ConfigError
from uptake.model.protected import NONE as NONE_PROTECTED
from uptake.model.protected import ProtectedPlaces
from uptake.model.rawcells import RawCells
from uptake.tally import sql
from uptake.tally.bounding import bounded, distinct, settle
from uptake.tally.counts import Counts, duplicates, totals
from uptake.tally.periods import CROSSED, compared, crossed, facets_compared, periods, within
from uptake.tally.rows import Rows, Source, Stored, Vocabulary
from uptake.tally.selection import Parts, opened, settled
from uptake.tally.splits import DEFAULT_SPLITS, FACETS, Split
from uptake.tally.sums import SUMS, Bounded, Cells, bits, grouped, merged, sums

PASS_MESSAGES = 250_000
"""About how many messages one pass holds: memory depends on this, not on the size of the logs."""

LABELLED = ("language", *FACETS)
"""What only a labeller can tell of a message."""

NONE = np.zeros(0, dtype=np.int64)

Found = dict[tuple[Split, str], list[Cells]]
"""Cells by split and facet, of each pass."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to count.

    Attributes:
        cap: Most messages of one person counted in one month.
        places: The region; None counts every place.
        splits: By which dimensions.
        unit: Whose accident the intervals cover: that of the ``user``, or of the ``conversation``
            where all logs are one person's.
        labelled: Whether messages were labelled: without, no facet or language is counted.
        protected: Places without a figure of their own.
    """

    cap: int = 30
    places: tuple[str, ...] | None = None
    splits: tuple[Split, ...] = DEFAULT_SPLITS
    unit: Literal["user", "conversation"] = "user"
    labelled: bool = True
    protected: ProtectedPlaces = NONE_PROTECTED

    def __post_init__(self) -> None:
        """Refuse a cap below one."""
        if self.cap < 1:
            raise ConfigError(f"messages_cap is {self.cap}; set it to 1 or more")

    def of(self, split: Split) -> tuple[str, ...]:
        """Return the facets that a split's cells are counted by."""
        left_out = () if self.labelled else LABELLED
        return tuple(name for name in split.facets if name not in left_out)

    @property
    def countable(self) -> tuple[Split, ...]:
        """Return the splits whose dimensions are known."""
        return tuple(s for s in self.splits if self.labelled or not {*s.dimensions} & {*LABELLED})


def tally(parts: Parts, plan: Plan, *, threads: int = 2) -> tuple[RawCells, Counts]:
    """Count the labels of these Parquet files, or of a selection of them.

    The result does not depend on the order of files or rows, nor on the pseudonyms' key.
    """
    return _count(_source(opened(parts), plan, settled(parts)), plan, threads)


def tally_table(labels: pa.Table, plan: Plan) -> tuple[RawCells, Counts]:
    """Count labels held in memory: the same result as ``tally`` on a file of them."""
    import pyarrow.dataset as ds

    return _count(_source(ds.dataset(labels), plan), plan, threads=1)


def _source(labels: Stored, plan: Plan, first: Mapping[int, int] | None = None) -> Source:
    return Source(labels, FACETS if plan.labelled else (), first)


def _count(source: Source, plan: Plan, threads: int) -> tuple[RawCells, Counts]:
    counts = Counts()
    found: Found = {}
    chosen = periods(source.months) if plan.labelled else None
    between = Between(chosen.names if chosen else ())
    with ThreadPoolExecutor(threads) as pool:  # NumPy sorts and sums outside of Python's lock
        for first, last in source.passes(PASS_MESSAGES):
            settled, messages = _pass(source, first, last, plan)
            counts = counts.plus(settled)
            _collect(messages, plan, found, pool.map)
            if chosen:
                _compare(within(messages, chosen), plan, between)
    return RawCells(_finished(found, between, source.vocabulary), plan.cap), counts


def _pass(source: Source, first: int, last: int, plan: Plan) -> tuple[Counts, Bounded]:
    """Bound and group the messages of some partitions."""
    rows = source.read(first, last)
    one = distinct(rows, lambda: source.read(first, last, vectors=True), source.precedence)

    def wide() -> Rows:
        read = source.read(first, last, vectors=True)
        return read if one is None else read.take(one)

    found = settle(
        rows if one is None else rows.take(one), source.vocabulary, plan.places, plan.protected
    )
    kept = bounded(found, plan.cap, wide)
    counts = totals(found, kept, source.vocabulary, duplicates(rows, one, found.told))
    return counts, grouped(found, kept, source.vocabulary, plan.unit)


def _collect(
    messages: Bounded,
    plan: Plan,
    found: Found,
    mapped: Callable[..., Iterator[list[tuple[str, Cells]]]],
) -> None:
    def of_split(split: Split) -> list[tuple[str, Cells]]:
        return list(sums(messages, split, plan.of(split)))

    splits = plan.countable
    for split, cells in zip(splits, mapped(of_split, splits), strict=True):
        for name, more in cells:
            found.setdefault((split, name), []).append(more)


@dataclass(frozen=True, slots=True)
class Between:
    """Cells of the two periods, and what people have in both."""

    names: tuple[str, ...]
    cells: Found = field(default_factory=dict)
    both: Found = field(default_factory=dict)


def _compare(messages: Bounded, plan: Plan, between: Between) -> None:
    """Count the two periods where a split tells months apart."""
    for split in plan.countable:
        if not compared(split):
            continue
        facets = facets_compared(plan.of(split))
        for name, cells in sums(messages, split, facets):
            between.cells.setdefault((split, name), []).append(cells)
            between.both.setdefault((split, name), []).append(crossed(messages, split, name))


def _finished(found: Found, between: Between, vocabulary: Vocabulary) -> pa.Table:
    """Name the cells, add the zeros of closed lists, and put each group beside its cells."""
    later = replace(vocabulary, periods=between.names)
    tables = [
        _named(split, name, merged(parts), words, SUMS)
        for cells, words in ((found, vocabulary), (between.cells, later))
        for (split, name), parts in cells.items()
    ]
    if not tables:
        return CELLS.empty_table()
    both = [
        _named(split, name, merged(parts), later, CROSSED)
        for (split, name), parts in between.both.items()
    ] or [_named(Split(()), TOTAL, Cells(NONE, NONE.reshape(0, 3)), later, CROSSED)]
    answered = {name for _, name in found}
    with duck(threads=1) as db:
        return db.table(
            sql.FINISHED,
            merged=pa.concat_tables(tables),
            crossed=pa.concat_tables(both),
            closed=_closed_values(answered),
        ).cast(CELLS)


def _named(
    split: Split, name: str, cells: Cells, vocabulary: Vocabulary, columns: Sequence[str]
) -> pa.Table:
    """Turn codes into the values that they stand for."""
    code = cells.code
    named: dict[str, Any] = {}
    values = (ALL,) if name == TOTAL else vocabulary.of(name)
    for column, of in (
        ("value", values),
        *((d, vocabulary.of(d)) for d in reversed(split.dimensions)),
    ):
        width = bits(len(of))
        named[column] = pa.array(of).take(pa.array(code & ((1 << width) - 1)))
        code = code >> width
    for column, value in (("split", split.name), ("facet", name), *((d, ALL) for d in DIMENSIONS)):
        if column not in named:
            named[column] = pa.repeat(pa.scalar(value, pa.string()), len(code))
    for index, column in enumerate(columns):
        named[column] = pa.array(np.ascontiguousarray(cells.sums[:, index]))
    return pa.table({column: named[column] for column in (*KEYS, *columns)})


def _closed_values(answered: set[str]) -> pa.Table:
    rows = [(name, value) for name in ("intent", "work", "topic") for value in facet(name).ids]
    rows += [("topic_group", group.id) for group in facet("topic").groups]
    rows = [row for row in rows if row[0] in answered]
    columns = [[f for f, _ in rows], [v for _, v in rows]]
    return pa.table([pa.array(c, pa.string()) for c in columns], names=["facet", "value"])
