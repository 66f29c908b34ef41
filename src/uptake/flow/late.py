"""What came late into frozen months, or left them: left as it was, counted, and said."""

import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from uptake.flow.freeze import Folder, Frozen
from uptake.flow.frozen import ALL
from uptake.model.messages import month_name
from uptake.tally.selection import Part, Selection, opened

STAGE = "tally"

LATE = "late-messages"
GONE = "frozen-messages-gone"
OLD_LABELS = "frozen-labels-kept"
AGAIN = "frozen-counted-again"

CODES = {
    LATE: (
        "Messages that came after their month was frozen by its first release; they are in no "
        "figure, as the difference of two releases would tell them. --reopen counts them."
    ),
    GONE: (
        "Messages of a frozen month that are in no log file any more; they still count. --reopen "
        "leaves them out."
    ),
    OLD_LABELS: (
        "Messages of a frozen month whose log file is gone or is read otherwise now; their labels "
        "are those of an earlier labeller, version or setting."
    ),
    AGAIN: "Frozen months whose messages were counted again under other settings.",
}
"""What can be met with frozen months, with one sentence each."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is to be said of frozen months.

    Attributes:
        numbers: Of each code, how many messages (of ``AGAIN``: months).
        warnings: A sentence each.
    """

    numbers: Mapping[tuple[str, str], int]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stranger:
    """Messages of a log file and month that differ from those that count.

    Attributes:
        file: The log file.
        month: As yyyymm.
        messages: How many.
    """

    file: str
    month: int
    messages: int


def said(
    labels: Path,
    present: Sequence[Folder],
    frozen: Frozen,
    counted: Selection,
    again: Sequence[str],
    folder: Path,
) -> Said:
    """Return what came late, what is gone, and what was counted otherwise than before.

    Args:
        labels: Folder of the store.
        present: Labels of the log files that are there.
        frozen: What is frozen.
        counted: What counts.
        again: Settings that changed since the last release.
        folder: The observatory, for the command that mends.
    """
    late = list(late_messages(labels, present, frozen, counted))
    gone = list(gone_messages(labels, present, frozen))
    months = {month.month for month in frozen.record.months}
    fresh = {month.month for month in frozen.fresh}
    suffixes = {folder.file.key.partition("-")[2] for folder in present}
    old = sum(
        stand.held.rows
        for month in frozen.record.months
        for stand in month.files
        if suffixes and stand.key.partition("-")[2] not in suffixes
    )
    changed = len(months - fresh) if again else 0
    at_most = "" if frozen.linked else "up to "  # under another key copies are not told
    numbers = {
        (STAGE, code): n
        for code, n in (
            (LATE, sum(one.messages for one in late)),
            (GONE, sum(one.messages for one in gone)),
            (OLD_LABELS, old),
            (AGAIN, changed),
        )
        if n
    }
    warnings = [
        f"{file}: {at_most}{_listed(found)} came after these months were frozen by their "
        f"first release, and are in no figure; to count them: {command(folder, found, months)}"
        for file, found in _by_file(late)
    ]
    if gone:
        warnings.append(
            f"{at_most}{_listed(gone)} are in no log file any more and still count, as these "
            f"months are frozen; to leave them out: {command(folder, gone, months)}"
        )
    if changed:
        warnings.append(
            f"the same messages of {changed} frozen months are counted again, as these changed: "
            f"{', '.join(again)}; who holds an earlier release can compare"
        )
    return Said(numbers, tuple(warnings))


def late_messages(
    labels: Path, present: Sequence[Folder], frozen: Frozen, counted: Selection
) -> Iterable[Stranger]:
    """Yield the messages of frozen months that count nowhere, by log file."""
    outside: list[tuple[Folder, int]] = [
        (folder, month)
        for folder in present
        for month, known in sorted(frozen.record.by_month.items())
        if month in folder.months and folder.file.key not in known.keys
    ]
    if not frozen.linked:
        for folder, month in outside:
            stands = frozen.record.by_month[month].files
            if folder.file.sha256 not in {stand.sha256 for stand in stands}:
                yield Stranger(folder.file.name, month, folder.months[month].rows)
        return
    yield from _strangers(
        labels, [(f.file.name, f.file.key, month) for f, month in outside], counted
    )


def gone_messages(labels: Path, present: Sequence[Folder], frozen: Frozen) -> Iterable[Stranger]:
    """Yield the messages of frozen months that no log file holds any more, by former log file."""
    alone = [
        (stand, month.month)
        for month in frozen.record.months
        for stand in month.files
        if stand.key in frozen.kept
    ]
    if not frozen.linked:
        there = {folder.file.sha256 for folder in present}
        for stand, month in alone:
            if stand.sha256 not in there:
                yield Stranger(stand.file, month, stand.held.rows)
        return
    parts = [part for f in present for part in _parts(labels, f.file.key)]
    yield from _strangers(
        labels, [(stand.file, stand.key, month) for stand, month in alone], Selection(tuple(parts))
    )


def _strangers(
    labels: Path, asked: Sequence[tuple[str, str, int]], among: Selection
) -> Iterable[Stranger]:
    """Yield how many messages of (file, folder of labels, month) are not among others."""
    import pyarrow.compute as pc

    if not asked:
        return
    found: list[tuple[str, int, Any]] = []
    for file, key, month in asked:
        kept = Selection(tuple(_parts(labels, key, frozenset({month}))))
        table = opened(kept).to_table(columns=["message"])
        found.append((file, month, pc.unique(table["message"])))
    every = pa.concat_arrays([ids for _, _, ids in found]).unique()
    known = opened(among).to_table(columns=["message"], filter=pc.field("message").isin(every))
    others = known["message"].combine_chunks()
    for file, month, ids in found:
        strange = len(ids) - int(pc.sum(pc.is_in(ids, value_set=others)).as_py() or 0)
        if strange:
            yield Stranger(file, month, strange)


def _parts(labels: Path, key: str, months: frozenset[int] | None = None) -> list[Part]:
    return [Part(path, months) for path in sorted((labels / key).glob("part-*.parquet"))]


def _by_file(found: Sequence[Stranger]) -> list[tuple[str, list[Stranger]]]:
    files = sorted({one.file for one in found})
    return [(file, [one for one in found if one.file == file]) for file in files]


def _listed(found: Sequence[Stranger]) -> str:
    """Write messages by month.

    >>> _listed([Stranger("a", 202503, 4), Stranger("b", 202503, 1), Stranger("a", 0, 2)])
    '2 messages without a time, 5 of 2025-03'
    """
    months = sorted({one.month for one in found})
    numbers = [(m, sum(one.messages for one in found if one.month == m)) for m in months]
    first = [
        f"{n} {'messages ' if at == 0 else ''}{f'of {month_name(m)}' if m else 'without a time'}"
        for at, (m, n) in enumerate(numbers)
    ]
    return ", ".join(first)


def command(folder: Path, found: Sequence[Stranger], frozen: set[int]) -> str:
    """Return the command that counts months anew."""
    months = sorted({one.month for one in found})
    asked = [ALL] if set(months) == frozen and len(months) > 1 else [month_name(m) for m in months]
    reopened = " ".join(f"--reopen {month}" for month in asked)
    return f"uptake build {shlex.quote(str(folder))} {reopened}"
