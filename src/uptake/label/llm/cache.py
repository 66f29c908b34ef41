"""Answers on disk by the hash of what was asked: labels only, whole or absent after a crash."""

import hashlib
import hmac
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import msgspec

from uptake.label.llm import prompt
from uptake.label.llm.answers import Answer
from uptake.model.endpoint import Endpoint
from uptake.model.errors import UptakeError

_ASKED_AT_ONCE = 500
"""Keys of one look-up: fewer than SQLite's limit on variables."""


def key(endpoint: Endpoint, framed: str, secret: bytes) -> bytes:
    """Return 32 bytes that stand for one question: text, context, model and prompt.

    Args:
        endpoint: Its model counts, its address does not: the same model may move.
        framed: Message and context as they are shown, see ``prompt.framed``.
        secret: The owner's key; whoever lacks it can not try out texts against the cache.
    """
    said = msgspec.json.encode((endpoint.model, prompt.version(), framed))
    return hmac.new(secret, said, hashlib.sha256).digest()


class Cache:
    """One SQLite file with a row an answer; each is committed as it comes.

    A write-ahead log makes a row whole or absent whenever the process is killed.
    """

    def __init__(self, path: Path) -> None:
        """Open the file, or make it.

        Raises:
            UptakeError: It is there and is no such cache.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        try:
            self._rows = sqlite3.connect(path, isolation_level=None)
            self._rows.execute("PRAGMA journal_mode = WAL")
            self._rows.execute("PRAGMA synchronous = NORMAL")
            self._rows.execute(
                "CREATE TABLE IF NOT EXISTS answers "
                "(question BLOB PRIMARY KEY, labels BLOB NOT NULL) WITHOUT ROWID"
            )
        except sqlite3.DatabaseError:
            raise UptakeError(
                f"{path}: no cache of labels; delete the file or name another"
            ) from None

    def close(self) -> None:
        """Close the file; the write-ahead log goes with it."""
        self._rows.close()

    def find(self, keys: Iterable[bytes]) -> dict[bytes, Answer]:
        """Return the answers that are there; one that is no valid answer (any more) is not."""
        wanted = list(dict.fromkeys(keys))
        found: dict[bytes, Answer] = {}
        for begin in range(0, len(wanted), _ASKED_AT_ONCE):
            part = wanted[begin : begin + _ASKED_AT_ONCE]
            marks = ",".join("?" * len(part))
            query = f"SELECT question, labels FROM answers WHERE question IN ({marks})"  # noqa: S608 (marks only)
            for question, labels in self._rows.execute(query, part):
                answer = _decoded(labels)
                if answer is not None:
                    found[question] = answer
        return found

    def keep(self, question: bytes, answer: Answer) -> None:
        """Keep an answer."""
        row = (question, msgspec.json.encode(answer))
        self._rows.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", row)


def _decoded(labels: bytes) -> Answer | None:
    try:
        answer = msgspec.json.decode(labels, type=Answer)
    except msgspec.DecodeError:
        return None
    return answer if answer.is_valid() else None
