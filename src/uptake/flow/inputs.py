"""Find the inputs of a build and tell quickly whether anything changed since the last one."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from uptake.engine import store

NOTES = {".md", ".txt", ".html", ".toml"}
"""Files of these kinds beside logs are notes to people, unless a reader recognises them."""


class Seen(msgspec.Struct, frozen=True):
    """A file as it was when it was last read; an equal size and time mean equal bytes."""

    size: int
    mtime_ns: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What the last finished build was made of.

    Attributes:
        state: Fingerprint of all that a build depends on.
        anchor: sha256 of the log file that the pseudonyms' key is derived from.
        anchor_size: Bytes of that file: it may have grown since.
        release: Id of the release that it made.
        files: Each input by its name relative to the observatory.
        warned: Whether the build ended with warnings (exit state 2).
        frozen: Hash of the record of frozen months that it counted by; empty for none.
        kept: Folders of labels that count in frozen months only: their log files are gone.
        open: Months with messages that were not over, as yyyymm.
    """

    state: str = ""
    anchor: str = ""
    anchor_size: int = 0
    release: str = ""
    files: dict[str, Seen] = {}
    warned: bool = False
    frozen: str = ""
    kept: tuple[str, ...] = ()
    open: tuple[int, ...] = ()


def read_manifest(path: Path) -> Manifest:
    """Return the manifest; a missing or damaged one means that everything is looked at anew."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except (FileNotFoundError, msgspec.DecodeError, msgspec.ValidationError):
        return Manifest()


def shown(path: Path) -> str:
    r"""Return a path as text that can be stored: bytes of a name that are no UTF-8 are escaped.

    >>> shown(Path("logs/a\udcff.jsonl"))
    'logs/a\\udcff.jsonl'
    """
    return path.as_posix().encode("utf-8", "backslashreplace").decode()


def files_below(folder: Path) -> list[Path]:
    """Return all files below a folder but hidden ones, sorted by name."""
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def look(paths: Iterable[Path], root: Path, before: dict[str, Seen]) -> dict[str, Seen]:
    """Hash the files whose size or time changed; keep what is known of the others."""
    seen = {}
    for path in paths:
        name = shown(path.relative_to(root))
        stat = path.stat()
        known = before.get(name)
        if known and (known.size, known.mtime_ns) == (stat.st_size, stat.st_mtime_ns):
            seen[name] = known
        else:
            seen[name] = Seen(stat.st_size, stat.st_mtime_ns, store.sha256(path))
    return seen
