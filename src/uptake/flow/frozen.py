"""The record of frozen months: which log files' messages count for each, in every later build.

A month that is over and was released without noise is frozen: the difference of two releases of it
would tell exactly who came or left. The record is a file named by its own hash; the ledger names
the one in force. So a build killed between the two leaves a file that nothing names, and no month
is frozen by halves.
"""

import hashlib
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from uptake.engine import store
from uptake.flow.monthly import Month
from uptake.model.errors import ConfigError, ReleaseRefusedError
from uptake.protect.internal import Names
from uptake.protect.ledger import Frozen, Ledger

FOLDER = "frozen"

ALL = "all"
"""Reopens every frozen month."""


class Stand(msgspec.Struct, frozen=True):
    """The messages of one log file that count in a frozen month.

    Attributes:
        file: Its name, relative to the logs folder.
        sha256: Of its bytes.
        key: Of the folder of its labels.
        held: How many there are, and which.
    """

    file: str
    sha256: str
    key: str
    held: Month


class FrozenMonth(msgspec.Struct, frozen=True):
    """A frozen month.

    Attributes:
        month: As yyyymm; 0 for messages without a time.
        order: 1 for the months that were frozen first, 2 for those after them, and so on.
        files: Whose messages count.
    """

    month: int
    order: int
    files: tuple[Stand, ...]

    @property
    def keys(self) -> frozenset[str]:
        """Return the folders of labels that count."""
        return frozenset(stand.key for stand in self.files)


class Record(msgspec.Struct, frozen=True):
    """All frozen months.

    Attributes:
        pseudonyms: Name of the key of all pseudonyms in them.
        anchor_size: Bytes of the log file that the key is derived from; 0 if it was given.
        months: Ascending.
        settings: How the last release counted and withheld, a text for each name.
        withheld: Hash of the file of the cells of these months that releases withheld; empty for
            none.
    """

    pseudonyms: str = ""
    anchor_size: int = 0
    months: tuple[FrozenMonth, ...] = ()
    settings: dict[str, str] = {}
    withheld: str = ""

    @property
    def by_month(self) -> dict[int, FrozenMonth]:
        """Return the frozen months by their number."""
        return {frozen.month: frozen for frozen in self.months}

    @property
    def keys(self) -> frozenset[str]:
        """Return all folders of labels that some frozen month rests on."""
        return frozenset(key for frozen in self.months for key in frozen.keys)


def read(folder: Path, ledger: Ledger, mend: str) -> Record:
    """Read the record in force.

    Args:
        folder: Of the store.
        ledger: Names it.
        mend: Command that counts all months anew.

    Raises:
        ReleaseRefusedError: It is not there or not as it was written.
    """
    entry = last(ledger)
    if entry is None:
        return Record()
    path = _path(folder, entry.record)
    try:
        return msgspec.json.decode(_read(path, entry.record, mend), type=Record)
    except msgspec.DecodeError:
        raise _refused(path, "is of another version", mend) from None


def read_withheld(folder: Path, record: Record, mend: str) -> Names | None:
    """Read which cells of frozen months releases withheld; see ``read``."""
    if not record.withheld:
        return None
    data = _read(_path(folder, record.withheld, ".parquet"), record.withheld, mend)
    found: Any = pq.read_table(pa.BufferReader(data))["cell"].combine_chunks()
    names: Names = found
    return names


def _read(path: Path, digest: str, mend: str) -> bytes:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise _refused(path, "is missing", mend) from None
    if hashlib.sha256(data).hexdigest() != digest:
        raise _refused(path, "is damaged", mend)
    return data


def _refused(path: Path, what: str, mend: str) -> ReleaseRefusedError:
    return ReleaseRefusedError(
        f"{path}: the record of the frozen months {what}; nothing is released. Restore it from a "
        "backup, or count every month anew, knowing that two releases of a month tell by their "
        f"difference who came or left: {mend}"
    )


def write(folder: Path, record: Record, withheld: Names) -> str:
    """Write a record and wait until it is on disk; return its hash, to be entered in the ledger.

    Args:
        folder: Of the store.
        record: All frozen months.
        withheld: Names of the cells of these months that were withheld.
    """
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({"cell": withheld.sort()}), sink, compression="zstd")
    cells = sink.getvalue().to_pybytes()
    of_cells = hashlib.sha256(cells).hexdigest()
    store.write_bytes(_path(folder, of_cells, ".parquet"), cells)
    record = msgspec.structs.replace(record, withheld=of_cells)
    data = msgspec.json.encode(record, order="deterministic")
    digest = hashlib.sha256(data).hexdigest()
    store.write_bytes(_path(folder, digest), data)
    return digest


def tidy(folder: Path, entry: Frozen | None) -> None:
    """Delete the records that are not the one that an entry names."""
    if entry is None:
        return
    kept = _path(folder, entry.record)
    record = msgspec.json.decode(kept.read_bytes(), type=Record)
    for path in (folder / FOLDER).iterdir():
        if path not in {kept, _path(folder, record.withheld, ".parquet")}:
            path.unlink()


def last(ledger: Ledger) -> Frozen | None:
    """Return the entry that names the record in force."""
    return next((e for e in reversed(ledger.entries) if isinstance(e, Frozen)), None)


def reopened_before(ledger: Ledger) -> frozenset[str]:
    """Return the months that were ever reopened."""
    entries = [e for e in ledger.entries if isinstance(e, Frozen)]
    return frozenset(month for entry in entries for month in entry.reopened)


def frozen_before(ledger: Ledger) -> frozenset[str]:
    """Return the months that were ever frozen."""
    entries = [e for e in ledger.entries if isinstance(e, Frozen)]
    return frozenset(month for entry in entries for month, _, _ in entry.months)


def to_reopen(asked: tuple[str, ...], frozen: frozenset[str]) -> frozenset[str]:
    """Return the months to reopen.

    Args:
        asked: Months as the command line names them, or ``all``.
        frozen: The months that are frozen.

    Raises:
        ConfigError: One is not frozen.

    >>> sorted(to_reopen(("all",), frozenset({"2025-01", "unknown"})))
    ['2025-01', 'unknown']
    """
    if ALL in asked:
        return frozen
    for month in asked:
        if month not in frozen:
            known = ", ".join(sorted(frozen)) or "none"
            raise ConfigError(f"--reopen {month}: that month is not frozen; frozen: {known}")
    return frozenset(asked)


def _path(folder: Path, digest: str, ending: str = ".json") -> Path:
    return folder / FOLDER / f"{digest[:16]}{ending}"
