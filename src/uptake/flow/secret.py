"""The key of the pseudonyms: needed again at each build, and never written.

Distinct people are counted across files that are read months apart, so the key must come back.
Given by the owner (``UPTAKE_KEY``) it is used as it is. Otherwise it is derived from the bytes of
one of the owner's own log files, the anchor: who holds the logs needs no key to read the ids, who
holds only ``build/`` can not derive it, and with the logs deleted it is gone for ever. The store
remembers which file was the anchor by the hash of its content, from which the key can not be told.
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
    """

    key: bytes
    name: str


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


def anchored(path: Path, sha256: str) -> Secret:
    """Derive the key from an anchor file's bytes, by another hash than the one that names it."""
    digest = hashlib.blake2b(digest_size=32, person=b"uptake anchor")
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return Secret(digest.digest(), sha256)


def choose_anchor(files: Sequence[tuple[Path, str]], before: str) -> tuple[Path, str] | None:
    """Choose the anchor among (path, sha256) of the log files.

    The one of the build before, if it is still there; else the largest, which has most bytes that
    nobody can guess. Names do not matter, so that a renamed file changes nothing.
    """
    for path, sha256 in files:
        if sha256 == before:
            return path, sha256
    return max(files, key=lambda file: (file[0].stat().st_size, file[1]), default=None)
