"""The key of the pseudonyms: needed again at each build, and never written.

Distinct people are counted across files that are read months apart, so the key must come back.
Given by the owner (``UPTAKE_KEY``) it is used as it is. Otherwise it is derived from the bytes of
one of the owner's own log files, the anchor: who holds the logs needs no key to read the ids, who
holds only ``build/`` can not derive it, and with the logs deleted it is gone for ever. The store
remembers which file was the anchor by the size and the hash of its content, from which the key can
not be told. A log that has grown since still begins with the anchor's bytes, and gives the key.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from uptake.engine.store import CHUNK
from uptake.model.errors import ConfigError

FEWEST_BYTES = 16


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """The key and a name for it that tells nothing of it.

    Attributes:
        key: 32 bytes.
        name: Changes when the key does.
        size: Bytes of the anchor that it was derived from; 0 for a key that was given.
    """

    key: bytes
    name: str
    size: int = 0


def given(secret: str) -> Secret:
    """Make the key from the owner's secret.

    Raises:
        ConfigError: The secret is too short to be one.
    """
    material = secret.encode()
    if len(material) < FEWEST_BYTES:
        raise ConfigError(
            f"UPTAKE_KEY has {len(material)} bytes; give at least {FEWEST_BYTES}, such as those "
            "of: openssl rand -hex 32"
        )
    key = hashlib.blake2b(material, digest_size=32, person=b"uptake key").digest()
    return Secret(key, hashlib.blake2b(key, digest_size=8, person=b"uptake key name").hexdigest())


@dataclass(frozen=True, slots=True)
class Anchor:
    """The first bytes of a log file.

    Attributes:
        path: Of the file.
        size: How many bytes.
        sha256: Of these bytes.
    """

    path: Path
    size: int
    sha256: str


def anchored(anchor: Anchor) -> Secret:
    """Derive the key from the anchor's bytes, by another hash than the one that names it."""
    digest = hashlib.blake2b(digest_size=32, person=b"uptake anchor")
    _read(anchor.path, anchor.size, digest)
    return Secret(digest.digest(), anchor.sha256, anchor.size)


def choose_anchor(files: Sequence[tuple[Path, str]], sha256: str, size: int) -> Anchor | None:
    """Choose the anchor among (path, sha256) of the log files.

    The one of the build before, if it is still there or has grown; else the largest file, which has
    most bytes that nobody can guess. Names do not matter, so that a renamed file changes nothing.

    Args:
        files: The log files.
        sha256: Of the anchor before; empty for none.
        size: Bytes of it.
    """
    found = find_anchor(files, sha256, size)
    if found or not files:
        return found
    path, name = max(files, key=lambda file: (file[0].stat().st_size, file[1]))
    return Anchor(path, path.stat().st_size, name)


def find_anchor(files: Sequence[tuple[Path, str]], sha256: str, size: int) -> Anchor | None:
    """Return the file that is an anchor, or that begins with its bytes; None if there is none."""
    for path, name in files:
        if name == sha256:
            return Anchor(path, path.stat().st_size, sha256)
    for path, _ in files if size else ():
        if path.stat().st_size > size:
            digest = hashlib.sha256()
            _read(path, size, digest)
            if digest.hexdigest() == sha256:
                return Anchor(path, size, sha256)
    return None


def _read(path: Path, size: int, into: "hashlib._Hash | hashlib.blake2b") -> None:
    with path.open("rb") as file:
        while size and (chunk := file.read(min(CHUNK, size))):
            into.update(chunk)
            size -= len(chunk)
