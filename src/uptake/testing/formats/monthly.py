"""Files that hold one month each, so that a new month is a new file."""

from pathlib import Path
from typing import BinaryIO

import msgspec

_ENCODE = msgspec.json.Encoder().encode


class MonthlyLines:
    """JSON lines in ``<folder>/<yyyy-mm>.jsonl``."""

    def __init__(self, folder: Path) -> None:
        """Open no file before there is a line for it."""
        self._folder = folder
        self._files: dict[int, BinaryIO] = {}

    def write(self, month: int, record: object) -> None:
        """Append a record to the file of the month yyyymm."""
        file = self._files.get(month)
        if file is None:
            name = f"{month // 100}-{month % 100:02d}.jsonl"
            file = self._files[month] = (self._folder / name).open("xb")
        file.write(_ENCODE(record) + b"\n")

    def close(self) -> None:
        """Close all files."""
        for file in self._files.values():
            file.close()
        self._files.clear()
