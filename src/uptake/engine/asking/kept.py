"""Answers on disk by the hash of what was asked: whole or absent after a crash."""

import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from uptake.model.errors import UptakeError

Answer = TypeVar("Answer")

_ASKED_AT_ONCE = 500
"""Keys of one look-up: fewer than SQLite's limit on variables."""


class Kept(Generic[Answer]):
    """One SQLite file with a row an answer; each is committed as it comes.

    A write-ahead log makes a row whole or absent whenever the process is killed.
    """

    def __init__(self, path: Path, decode: Callable[[bytes], Answer | None]) -> None:
        """Open the file, or make it.

        Args:
            path: The file.
            decode: Reads a stored answer; None if it is no valid one (any more).

        Raises:
            UptakeError: It is there and is no such file.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path, self._read = path, decode
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
                f"{path}: no cache of answers; delete the file or name another"
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
            for question, stored in self._rows.execute(query, part):
                answer = self._read(stored)
                if answer is not None:
                    found[question] = answer
        return found

    def keep(self, question: bytes, answer: Answer) -> None:
        """Keep an answer."""
        row = (question, msgspec.json.encode(answer))
        self._rows.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", row)
