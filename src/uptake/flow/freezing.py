"""The frozen months of one build: read, kept to, and entered before anything of it is shown."""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import msgspec
import pyarrow as pa

import uptake
from uptake.config import Config
from uptake.flow import freeze, frozen, late
from uptake.flow.logs import LogFile
from uptake.flow.secret import Secret
from uptake.model.messages import month_name
from uptake.model.releasedcells import ReleasedCells
from uptake.protect import internal, ledger
from uptake.protect.internal import Names, Settled
from uptake.tally import DEFAULT_SPLITS
from uptake.tally.selection import Selection


@dataclass(frozen=True, slots=True)
class Standing:
    """What is frozen as a build begins.

    Attributes:
        record: The record in force, without the months to be reopened.
        reopened: These months, as they are named.
        digest: Hash of the record in force; empty for none.
        since: Months that were reopened in earlier builds.
        withheld: Names of the cells of frozen months that releases withheld.
    """

    record: frozen.Record = field(default_factory=frozen.Record)
    reopened: tuple[str, ...] = ()
    digest: str = ""
    since: frozenset[str] = frozenset()
    withheld: Names | None = None


@dataclass(frozen=True, slots=True)
class Counting:
    """What a build counts.

    Attributes:
        selection: The labels.
        found: What is frozen, and what was not before.
        again: Settings that changed, so that frozen months are counted again.
        said: What is to be said of it.
        reopened: Months that were ever reopened, as they are named, and are frozen.
        settled: Frozen months, and which of their cells earlier releases withheld.
    """

    selection: Selection
    found: freeze.Frozen
    again: tuple[str, ...]
    said: late.Said
    reopened: tuple[str, ...]
    settled: Settled | None

    @property
    def months(self) -> tuple[str, ...]:
        """Return the frozen months as they are named."""
        return tuple(sorted(month_name(month.month) for month in self.found.record.months))


def standing(target: Path, known: ledger.Ledger, asked: tuple[str, ...], folder: Path) -> Standing:
    """Read what is frozen.

    Args:
        target: The build's folder.
        known: Its ledger.
        asked: Months to be reopened, or ``all``.
        folder: The observatory, for the command that mends.

    Raises:
        ReleaseRefusedError: The record is damaged, and is not to be done without.
        ConfigError: A month to be reopened is not frozen.
    """
    entry = frozen.last(known)
    if entry and frozen.ALL in asked:  # whatever became of the record: it is not needed any more
        record, names, withheld = frozen.Record(), frozen.frozen_before(known), None
    else:
        record = frozen.read(target / "store", known, all_anew(folder))
        names = frozenset(month_name(month.month) for month in record.months)
        withheld = frozen.read_withheld(target / "store", record, all_anew(folder))
    reopened = frozen.to_reopen(asked, names)
    left = tuple(m for m in record.months if month_name(m.month) not in reopened)
    return Standing(
        msgspec.structs.replace(record, months=left),
        tuple(sorted(reopened)),
        entry.record if entry else "",
        frozen.reopened_before(known),
        _of(withheld, {month_name(m.month) for m in left}),
    )


def _of(withheld: Names | None, months: set[str]) -> Names | None:
    return None if withheld is None else internal.of_months(withheld, frozenset(months))


def counting(
    before: Standing,
    folder: Path,
    files: Sequence[LogFile],
    key: Secret,
    settings: Mapping[str, str],
    today: datetime,
) -> Counting:
    """Say what counts.

    Args:
        before: What is frozen.
        folder: The observatory.
        files: The log files that are there; the store holds their labels.
        key: Of their pseudonyms.
        settings: How it counts and withholds.
        today: Day of the build.

    Raises:
        ReleaseRefusedError: It can not be counted rightly.
    """
    labels = folder / "build" / "store" / "labels"
    present = freeze.folders(labels, files)
    found = freeze.freeze(before.record, present, key, settings, today)
    freeze.require_countable(found, present, labels, all_anew(folder))
    selection = freeze.selection(labels, [file.key for file in files], found.record)
    was = before.record.settings if before.record.months else {}
    again = tuple(name for name in settings if was and was.get(name) != settings[name])
    said = late.said(labels, present, found, selection, again, folder)
    names = {month_name(month.month) for month in found.record.months}
    reopened = tuple(sorted(names & {*before.reopened, *before.since}))
    settled = None if before.withheld is None else Settled(frozenset(names), before.withheld)
    return Counting(selection, found, again, said, reopened, settled)


def commit(
    target: Path, before: Standing, counted: Counting, released: ReleasedCells, when: datetime
) -> None:
    """Write the record and enter it in the ledger, if it is not the one in force.

    Both are on disk when this returns: what is shown from here on is frozen.

    Args:
        target: The build's folder.
        before: What was frozen.
        counted: What is frozen now.
        released: The cells that will be shown.
        when: The time.
    """
    record = counted.found.record
    if not record.months and not before.digest:
        return
    withheld = internal.withheld_in(released, frozenset(counted.months))
    if before.withheld is not None:  # of splits that are not counted now, too
        withheld = pa.concat_arrays([withheld, before.withheld]).unique()
    digest = frozen.write(target / "store", record, withheld)
    if digest == before.digest:
        return
    entry = ledger.Frozen(
        tuple(
            (
                month_name(month.month),
                len({stand.sha256 for stand in month.files}),
                sum(stand.held.rows for stand in month.files),
            )
            for month in counted.found.fresh
        ),
        before.reopened,
        counted.again,
        digest,
        when.isoformat(timespec="seconds"),
    )
    ledger.freeze(target / "ledger.jsonl", entry)


def tidy(target: Path) -> str:
    """Delete the records that are not in force; return the hash of the one that is, or nothing."""
    entry = frozen.last(ledger.read(target / "ledger.jsonl"))
    frozen.tidy(target / "store", entry)
    return entry.record if entry else ""


def settings_of(config: Config, labeller: str) -> dict[str, str]:
    """Return what decides how the same messages are counted and withheld, as text.

    Args:
        config: The settings.
        labeller: Name and version of the labeller.
    """
    used, privacy = config.usage, config.privacy
    return {
        "region.places": " ".join(sorted(config.region.places)),
        "usage.messages_cap": str(used.messages_cap),
        "usage.splits": ", ".join(used.splits or (split.name for split in DEFAULT_SPLITS)),
        "usage.labeller": labeller,
        "privacy.min_people": str(privacy.min_people),
        "privacy.min_conversations": str(privacy.min_conversations),
        "version of uptake": uptake.__version__,
    }


def all_anew(folder: Path) -> str:
    """Return the command that counts all months anew."""
    return f"uptake build {shlex.quote(str(folder))} --reopen {frozen.ALL}"
