"""The ledger: an append-only, hash-chained record of what was released and what it cost.

What a noisy table costs is entered, and the entry is on disk, before its noise is drawn: a crash
in between counts as spent.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from uptake.engine.store import append_line
from uptake.model.errors import ReleaseRefusedError
from uptake.model.releasedcells import ReleasedCells
from uptake.protect import accounting

MONTHS_OF_A_YEAR = 12


class Released(msgspec.Struct, frozen=True, tag="release"):
    """A release that was written.

    Attributes:
        release: Its id.
        mode: ``internal``: thresholds and no noise, so there is no epsilon to spend; ``public``.
        min_people: Fewest people of a published cell; noisy ones in public mode.
        min_conversations: Fewest distinct conversations of a published cell.
        messages_cap: Most messages of one person counted in one month.
        previous: sha256 of the line before, empty for the first.
    """

    release: str
    mode: str
    min_people: int
    min_conversations: int
    messages_cap: int
    previous: str


class Spent(msgspec.Struct, frozen=True, tag="spend"):
    """The privacy loss of one month's noisy tables.

    Attributes:
        month: ``2026-04``.
        tables: Fingerprint of bounds, noise and key space: the same tables are served again.
        dataset: Fingerprint of the labels that they were counted from.
        unit: Whose loss it is.
        rho: Zero-concentrated loss of that unit.
        version: Of the code.
        when: ISO time with zone.
        previous: sha256 of the line before.
    """

    month: str
    tables: str
    dataset: str
    unit: str
    rho: float
    version: str
    when: str
    previous: str


class Frozen(msgspec.Struct, frozen=True, tag="freeze"):
    """What became of the frozen months of internal mode before a release was made.

    Attributes:
        months: Newly frozen ones: ``2026-04`` (``unknown``: messages without a time), from how many
            log files, and how many messages, copies among them.
        reopened: Months that the owner had counted anew.
        again: What changed, so that the messages of months frozen before were counted again.
        record: sha256 of the record of all frozen months, which is on disk.
        when: ISO time with zone.
        previous: sha256 of the line before.
    """

    months: tuple[tuple[str, int, int], ...]
    reopened: tuple[str, ...]
    again: tuple[str, ...]
    record: str
    when: str
    previous: str = ""


Entry = Released | Spent | Frozen


@dataclass(frozen=True, slots=True)
class Ledger:
    """All entries of a verified ledger, and the hash that the next one follows."""

    entries: tuple[Entry, ...]
    last: str

    @property
    def spent(self) -> tuple[Spent, ...]:
        """Return the entries that cost something."""
        return tuple(entry for entry in self.entries if isinstance(entry, Spent))


def read(path: Path) -> Ledger:
    """Read a ledger and verify its chain.

    Raises:
        ReleaseRefusedError: A line was changed, lost or cut.
    """
    entries: list[Entry] = []
    previous = ""
    lines = path.read_bytes().split(b"\n") if path.is_file() else [b""]
    if lines.pop() != b"":
        raise _broken(path, len(lines) + 1)
    for number, line in enumerate(lines, start=1):
        try:
            entry = msgspec.json.decode(line, type=Entry)
        except (msgspec.DecodeError, msgspec.ValidationError):
            raise _broken(path, number) from None
        if entry.previous != previous:
            raise _broken(path, number)
        entries.append(entry)
        previous = hashlib.sha256(line).hexdigest()
    return Ledger(tuple(entries), previous)


def append(path: Path, release: str, cells: ReleasedCells) -> None:
    """Enter a release and wait until the entry is on disk.

    Raises:
        ReleaseRefusedError: The chain of the ledger is broken.
    """
    entry = Released(
        release,
        cells.mode,
        cells.min_people,
        cells.min_conversations,
        cells.messages_cap,
        read(path).last,
    )
    append_line(path, msgspec.json.encode(entry))


def freeze(path: Path, entry: Frozen) -> None:
    """Enter what was frozen and reopened, and wait until the entry is on disk.

    Args:
        path: Of the ledger.
        entry: Without ``previous``.

    Raises:
        ReleaseRefusedError: The chain is broken.
    """
    known = read(path)
    append_line(path, msgspec.json.encode(msgspec.structs.replace(entry, previous=known.last)))


def allow(known: Ledger, due: Sequence[Spent], budget: float) -> None:
    """Refuse losses that the budget does not allow together, before any of them is entered.

    Args:
        known: The ledger as it stands.
        due: What would be entered, without ``previous``.
        budget: Most epsilon of a person's year, at ``accounting.DELTA``.

    Raises:
        ReleaseRefusedError: The budget would be exceeded, or the clock stands before the last
            entry.
    """
    entry = due[-1]
    if known.spent and _time(entry.when) < _time(known.spent[-1].when):
        raise ReleaseRefusedError(
            f"the clock says {entry.when}, before the ledger's last entry "
            f"({known.spent[-1].when}); nothing is released: set the clock right"
        )
    after = year_epsilon([*known.spent, *due])
    if after > budget:
        months = ", ".join(one.month for one in due)
        before = {one.month for one in known.spent} & {one.month for one in due}
        again = (
            f" ({', '.join(sorted(before))} released before: with other places, codebook, bounds, "
            "noise or labeller, which are other tables and cost again)"
            if before
            else ""
        )
        raise ReleaseRefusedError(
            f"{months}{again}: a person's year would cost epsilon {after:.2f}, more than the "
            f"budget of {budget:.2f}; nothing was released. Stored months are served as they are; "
            "for new tables raise privacy.budget, or wait for months outside of the year"
        )


def spend(path: Path, entry: Spent, budget: float) -> None:
    """Enter a loss before its noise is drawn, and wait until the entry is on disk.

    Raises:
        ReleaseRefusedError: The chain is broken, or see ``allow``.
    """
    known = read(path)
    allow(known, [entry], budget)
    line = msgspec.json.encode(msgspec.structs.replace(entry, previous=known.last))
    append_line(path, line)


def month_epsilon(spent: Sequence[Spent]) -> float:
    """Return the epsilon of the costliest single month of a person."""
    return max((accounting.epsilon(rho) for rho in _by_month(spent).values()), default=0.0)


def year_epsilon(spent: Sequence[Spent]) -> float:
    """Return the epsilon of a person in the costliest twelve months in a row."""
    by_month = _by_month(spent)
    numbered = {_number(month): rho for month, rho in by_month.items()}
    return max(
        (
            accounting.epsilon(
                sum(r for n, r in numbered.items() if first <= n < first + MONTHS_OF_A_YEAR)
            )
            for first in numbered
        ),
        default=0.0,
    )


def _by_month(spent: Sequence[Spent]) -> dict[str, float]:
    losses: dict[str, float] = {}
    for entry in spent:
        losses[entry.month] = losses.get(entry.month, 0.0) + entry.rho
    return losses


def _number(month: str) -> int:
    year, _, number = month.partition("-")
    return int(year) * MONTHS_OF_A_YEAR + int(number)


def _time(when: str) -> datetime:
    return datetime.fromisoformat(when)


def _broken(path: Path, line: int) -> ReleaseRefusedError:
    return ReleaseRefusedError(
        f"{path}: line {line} does not follow from the line before; nothing is released. "
        "Restore the ledger from a backup, or move the build folder away and build anew: in public "
        "mode count what the old ledger says as spent, and lower privacy.budget by it"
    )
