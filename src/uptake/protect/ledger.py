"""The ledger: an append-only, hash-chained record of each release, written before it appears."""

import hashlib
from pathlib import Path

import msgspec

from uptake.engine.store import append_line
from uptake.model.errors import ReleaseRefusedError
from uptake.model.releasedcells import ReleasedCells


class Entry(msgspec.Struct, frozen=True):
    """One line of the ledger.

    Attributes:
        release: Id of the release.
        mode: ``internal``: thresholds and no noise, so there is no epsilon to spend.
        min_people: Fewest distinct people of a published cell.
        min_conversations: Fewest distinct conversations of a published cell.
        messages_cap: Most messages of one person counted in one month.
        epsilon: Privacy loss of the release; None where nothing bounds it.
        previous: sha256 of the line before, empty for the first.
    """

    release: str
    mode: str
    min_people: int
    min_conversations: int
    messages_cap: int
    epsilon: float | None
    previous: str


def append(path: Path, release: str, cells: ReleasedCells) -> None:
    """Enter a release and wait until the entry is on disk.

    Raises:
        ReleaseRefusedError: The chain of the ledger is broken.
    """
    entry = Entry(
        release,
        cells.mode,
        cells.min_people,
        cells.min_conversations,
        cells.messages_cap,
        None,
        last_hash(path),
    )
    append_line(path, msgspec.json.encode(entry))


def last_hash(path: Path) -> str:
    """Verify the chain and return the hash of its last line; empty if there is none yet.

    Raises:
        ReleaseRefusedError: A line was changed, lost or cut.
    """
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
        previous = hashlib.sha256(line).hexdigest()
    return previous


def _broken(path: Path, line: int) -> ReleaseRefusedError:
    return ReleaseRefusedError(
        f"{path}: line {line} does not follow from the line before; nothing is released. "
        "Restore the ledger from a backup, or move the build folder away and build anew"
    )
