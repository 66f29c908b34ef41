"""Parquet: a file -> its rows as JSON, decoded by a process that may fail without harm."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

import msgspec

from uptake.model.issue import Issue
from uptake.read import parquetchild, streams
from uptake.read.inflate import CHUNK
from uptake.read.issues import issue
from uptake.read.jsonlines import Lines, Raw
from uptake.read.limits import Limits

_REASONS: Final = {
    parquetchild.MEMORY: "decoding needs more memory than the limit",
    parquetchild.DAMAGED: "the data are damaged",
    parquetchild.NO_COLUMNS: "none of its columns is known",
}
_ROWS: Final = {
    parquetchild.NO_TEXT: "invalid-utf8",
    parquetchild.FAILED_ROW: "undecodable-row",
}
_CRASHED: Final = "the decoder crashed"


class ParquetRows:
    """The rows of a Parquet file, each as one line of JSON.

    Attributes:
        cut: False; rows are whole.
    """

    def __init__(self, path: Path, file: str, limits: Limits, columns: tuple[str, ...]) -> None:
        """Decode those of ``columns`` that the file has, or all if none is named."""
        self.cut = False
        self._path = path
        self._file = file
        self._limits = limits
        self._columns = columns

    def reject(self) -> int:
        """Answer that a bad row spoils no other; -1 means that all of it was bad."""
        return -1

    def __iter__(self) -> Iterator[Raw | Issue]:
        """Yield row number (from 0) and JSON of each row."""
        process = self._start()
        try:
            if process.stdout is not None:
                yield from self._rows(process.stdout)
        finally:
            process.kill()
            if process.stdout is not None:
                process.stdout.close()
            process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        limits = self._limits
        task = parquetchild.Task(
            os.fspath(self._path.resolve()),
            self._columns,
            limits.parquet_rows,
            limits.parquet_bytes,
        )
        command = [sys.executable, "-P", "-m", "uptake.read.parquetchild"]
        return subprocess.Popen(  # noqa: S603 - our own module and a file name as data
            [*command, msgspec.json.encode(task).decode()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # One thread and the system's allocator keep the address space near what is used.
            env={
                **os.environ,
                "ARROW_DEFAULT_MEMORY_POOL": "system",
                "OMP_NUM_THREADS": "1",
                "OPENBLAS_NUM_THREADS": "1",
            },
        )

    def _rows(self, output: IO[bytes]) -> Iterator[Raw | Issue]:
        limits = self._limits
        problems: list[str] = []
        size = self._path.stat().st_size
        chunks = streams.bounded(_chunks(output), size, limits, problems)
        number = 0
        reason = _CRASHED
        for item in Lines(chunks, limits.line_bytes, self._file):
            if isinstance(item, Issue):
                yield Issue("read", item.file, number, item.code, "", item.length, item.sha256)
            elif item[1].startswith(b"{"):
                yield number, item[1]
            elif item[1] in _ROWS:
                yield issue(_ROWS[item[1]], self._file, number)
            else:
                reason = "" if item[1] == parquetchild.END else _REASONS.get(item[1], _CRASHED)
                break
            number += 1
        for code in problems:
            yield issue(code, self._file, number)
        if reason and "too-large" not in problems:
            yield issue("parquet-stopped", self._file, number, reason)


def _chunks(output: IO[bytes]) -> Iterator[bytes]:
    while chunk := os.read(output.fileno(), CHUNK):
        yield chunk
