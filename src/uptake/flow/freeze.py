"""Decide which labels count: months that are over are frozen with the messages they have now.

An owner who counts a released month anew knowingly reopens it; it is frozen again with what the
logs hold then.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec
import pyarrow.parquet as pq

from uptake.flow.frozen import FrozenMonth, Record, Stand, last
from uptake.flow.logs import LogFile
from uptake.flow.monthly import Month, months_of
from uptake.flow.secret import Secret
from uptake.model.errors import ReleaseRefusedError
from uptake.model.labels import SCHEMA
from uptake.model.messages import NO_MONTH, month_name
from uptake.protect.ledger import Ledger
from uptake.tally.selection import Part, Selection


@dataclass(frozen=True, slots=True)
class Folder:
    """The stored labels of a log file that is there.

    Attributes:
        file: The log file.
        months: What its labels hold of each month.
    """

    file: LogFile
    months: Mapping[int, Month]

    def stand(self, month: int) -> Stand:
        """Return what it counts for a month."""
        return Stand(self.file.name, self.file.sha256, self.file.key, self.months[month])


@dataclass(frozen=True, slots=True)
class Frozen:
    """What counts in a build, and what is frozen with it.

    Attributes:
        record: Of all frozen months, as it will be in force.
        fresh: Months that were not frozen before.
        kept: Folders of labels that no log file stands for, and some frozen month rests on.
        open: Months that are not over.
        linked: Whether the pseudonyms of all that counts are under the key of this build.
    """

    record: Record
    fresh: tuple[FrozenMonth, ...]
    kept: tuple[str, ...]
    open: tuple[int, ...]
    linked: bool


def folders(labels: Path, files: Sequence[LogFile]) -> list[Folder]:
    """Return what the labels of log files hold of each month."""
    return [Folder(file, months_of(labels / file.key)) for file in files]


def over(month: int, today: datetime) -> bool:
    """Return whether a month ended before a day (UTC); what has no time can not be waited for.

    >>> from datetime import UTC
    >>> day = datetime(2025, 4, 1, tzinfo=UTC)
    >>> over(202503, day), over(202504, day)
    (True, False)
    """
    return month == NO_MONTH or month < today.year * 100 + today.month


def require_clock(ledger: Ledger, today: datetime) -> None:
    """Refuse a clock that stands before the day of the last freeze: it would leave months open.

    Raises:
        ReleaseRefusedError: It does.
    """
    entry = last(ledger)
    if entry and today.date() < datetime.fromisoformat(entry.when).date():
        raise ReleaseRefusedError(
            f"the clock says {today.date()}, before the day on which months were last frozen "
            f"({entry.when[:10]}); nothing is released: set the clock right"
        )


def freeze(
    before: Record,
    present: Sequence[Folder],
    key: Secret,
    settings: Mapping[str, str],
    today: datetime,
) -> Frozen:
    """Say what counts now, and freeze what is over.

    Args:
        before: The record in force, without the months to be reopened.
        present: Labels of the log files that are there.
        key: Of the pseudonyms of this build.
        settings: How it counts and withholds.
        today: Day of the build.
    """
    carried = _carried(before, present, key)
    known = carried.by_month
    found = sorted({month for folder in present for month in folder.months} - known.keys())
    order = 1 + max((frozen.order for frozen in carried.months), default=0)
    fresh = tuple(
        FrozenMonth(month, order, tuple(f.stand(month) for f in present if month in f.months))
        for month in found
        if over(month, today)
    )
    record = msgspec.structs.replace(
        carried,
        months=tuple(sorted((*carried.months, *fresh), key=lambda frozen: frozen.month)),
        settings=dict(settings),
    )
    there = {folder.file.key for folder in present}
    return Frozen(
        record,
        fresh,
        tuple(sorted(record.keys - there)),
        tuple(month for month in found if not over(month, today)),
        carried.pseudonyms == key.name,
    )


def _carried(record: Record, present: Sequence[Folder], key: Secret) -> Record:
    """Let frozen months rest on labels of files that are there, where these are the same messages.

    A file is labelled anew when the labeller, the version or how columns are read changes, and
    changes its bytes when it grows. Under another key of pseudonyms all must be the same or none
    is taken: people of two keys can not be told to be one.
    """
    if record.months and record.pseudonyms != key.name:
        months = tuple(_same(frozen, present, ids=False) for frozen in record.months)
        there = {folder.file.key for folder in present}
        if not all(frozen.keys <= there for frozen in months):
            return record
    else:
        months = tuple(_same(frozen, present, ids=True) for frozen in record.months)
    return Record(key.name, key.size, months, record.settings)


def _same(frozen: FrozenMonth, present: Sequence[Folder], *, ids: bool) -> FrozenMonth:
    there = {folder.file.key for folder in present}
    offered = [folder for folder in present if frozen.month in folder.months]
    stands: dict[str, Stand] = {}
    for stand in frozen.files:
        found = stand
        if stand.key not in there:
            same = (f for f in offered if _is(f, stand, frozen.month, ids=ids))
            found = next((folder.stand(frozen.month) for folder in same), stand)
        stands[found.key] = found
    return msgspec.structs.replace(frozen, files=tuple(stands.values()))


def _is(folder: Folder, stand: Stand, month: int, *, ids: bool) -> bool:
    held = folder.months[month]
    if held.rows != stand.held.rows:
        return False
    if folder.file.sha256 == stand.sha256:
        return not ids or held.ids == stand.held.ids
    return ids and held.whole == stand.held.whole


def selection(labels: Path, keys: Iterable[str], record: Record) -> Selection:
    """Return the labels that count.

    Args:
        labels: Folder of the store.
        keys: Folders of labels of the log files that are there.
        record: What is frozen.
    """
    there = frozenset(keys)
    known = record.by_month
    counted: list[Part] = []
    for key in sorted(there | record.keys):
        held = months_of(labels / key).keys()
        months = frozenset(
            month
            for month in held
            if (key in known[month].keys if month in known else key in there)
        )
        if months or not held:
            only = None if months == held else months
            counted += [Part(path, only) for path in sorted((labels / key).glob("part-*.parquet"))]
    return Selection(tuple(counted), {month: frozen.order for month, frozen in known.items()})


def require_countable(found: Frozen, present: Sequence[Folder], labels: Path, mend: str) -> None:
    """Refuse what can not be counted rightly.

    Args:
        found: What would count.
        present: Labels of the log files that are there.
        labels: Folder of the store.
        mend: Command that counts all months anew.

    Raises:
        ReleaseRefusedError: Labels that a frozen month rests on are gone or of another version, or
            people of frozen months and of others can not be matched.
    """
    for frozen in found.record.months:
        for stand in frozen.files:
            if stand.key in found.kept:
                _require_labels(labels, stand, frozen.month, mend)
    known = found.record.by_month
    loose = sorted({m for folder in present for m in folder.months if m not in known})
    loose += [frozen.month for frozen in found.fresh]
    if not found.linked and loose:
        months = ", ".join(month_name(month) for month in loose)
        raise ReleaseRefusedError(
            "the key of the pseudonyms is another one than that of the frozen months, so that "
            f"their people can not be found again in {months}: the log file that the key came from "
            "is gone or was rewritten, or UPTAKE_KEY is not what it was. Put that back, or count "
            f"every month anew: {mend}. With UPTAKE_KEY set from the first build on no log file is "
            "needed for the key"
        )


def _require_labels(labels: Path, stand: Stand, month: int, mend: str) -> None:
    found = sorted((labels / stand.key).glob("part-*.parquet"))
    if found and all(pq.read_schema(part).equals(SCHEMA) for part in found):
        return
    what = "are of another version" if found else "are gone"
    raise ReleaseRefusedError(
        f"{labels / stand.key}: the labels of {stand.file}, on which the frozen month "
        f"{month_name(month)} rests, {what}; put that log file back as it was, or count every "
        f"month anew: {mend}"
    )
