"""Unique strings in every text field of every log format, to be looked for in all that is built."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from uptake.testing.canaryfiles import FILES

_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Canary:
    """One planted string.

    Attributes:
        string: ASCII letters and digits, unlike any word.
        file: Name of the file that holds it.
        field: Which field of the format.
    """

    string: str
    file: str
    field: str


def plant(folder: Path, rng: np.random.Generator) -> tuple[Canary, ...]:
    """Write a file of each log format, each text field of which holds a canary of its own.

    The records are well formed and would be read; beside them stand records that are not, with
    canaries as well. Columns of the tables are named as ``ColumnMapping`` names its fields. None
    of the strings may be found in anything that is built from the files (``search.find``).
    """
    folder.mkdir(parents=True, exist_ok=True)
    planted: list[Canary] = []
    for name, write in FILES.items():

        def mark(field: str, file: str = name) -> str:
            drawn = "".join(_LETTERS[i] for i in rng.integers(0, len(_LETTERS), 14))
            planted.append(Canary("zq" + drawn, file, field))
            return planted[-1].string

        (folder / name).write_bytes(write(mark))
    return tuple(planted)
