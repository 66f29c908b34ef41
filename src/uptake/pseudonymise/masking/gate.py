"""One look at a column of texts: which of them could hold an identifier, plain or in disguise.

Arrow's compute functions search with RE2, linear in the text and free of Python: some two
microseconds for a message and pattern. Most messages pass here and are never looked at again.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from uptake.pseudonymise.masking import patterns


class Look(NamedTuple):
    """Of which kinds identifiers may stand in a text.

    Attributes:
        plain: Written as they are.
        characters: With characters that stand for others, or letter by letter.
        signs: With signs in words or apart.
        numbers: With numbers in words.
        joints: With signs between the digits of a number that a word announces.
        names: Names, behind an introduction.
    """

    plain: bool
    characters: bool
    signs: bool
    numbers: bool
    joints: bool
    names: bool

    @property
    def disguised(self) -> bool:
        """Whether any may stand there in disguise."""
        return self.characters or self.signs or self.numbers or self.joints


EVERYTHING = Look(*[True] * 6)
"""What may stand in a text that was not looked at."""

NOTHING = Look(*[False] * 6)


def suspicious(texts: Sequence[str]) -> list[Look]:
    """Look at whole texts; ``plain`` and ``characters`` are not told apart, which takes one search.

    What has many words of languages is searched alone: one automaton of all would be too large.
    """
    column = _column(texts)
    shapes = _matches(column, f"{patterns.plain()}|{patterns.characters()}").to_pylist()
    signs, numbers, names = (
        _matches(column, pattern).to_pylist()
        for pattern in (patterns.signs(), patterns.numbers(), patterns.introductions())
    )
    return list(map(Look, shapes, shapes, signs, numbers, _joined(column), names))


def gate(texts: Sequence[str], might: Sequence[Look]) -> list[Look]:
    """Look at texts for what may stand there.

    Args:
        texts: Segments of texts.
        might: What ``suspicious`` says of the text from which each is.
    """
    column = _column(texts)
    plain, characters, signs, numbers, joints, names = (
        list(kind) for kind in zip(*might, strict=True)
    )
    return list(
        map(
            Look,
            _among(column, plain, patterns.plain()),
            _among(column, characters, patterns.characters()),
            _among(column, signs, patterns.signs()),
            _among(column, numbers, patterns.numbers()),
            _joined(column) if any(joints) else joints,
            _among(column, names, patterns.introductions()),
        )
    )


def _matches(column: Any, pattern: str) -> Any:
    return pc.match_substring_regex(column, pattern)


def _among(column: Any, might: list[bool], pattern: str) -> list[bool]:
    """Search only where something might be."""
    found = [False] * len(might)
    if any(might):
        rows = pc.indices_nonzero(pa.array(might))
        hits: Any = rows.filter(_matches(column.take(rows), pattern))
        for row in hits.to_pylist():
            found[row] = True
    return found


def _joined(column: Any) -> list[bool]:
    """Search for joints; as they stand in lists and dates, a word must announce a number."""
    joints = _matches(column, patterns.joints()).to_pylist()
    return _among(column, joints, patterns.announcing())


def _column(texts: Sequence[str]) -> Any:
    """Lay texts out for Arrow; halves of characters are no part of any identifier."""
    encoded = [text.encode("utf-8", "replace") for text in texts]
    offsets = np.zeros(len(encoded) + 1, np.int64)
    np.cumsum([len(raw) for raw in encoded], out=offsets[1:])
    buffers = [None, pa.py_buffer(offsets.tobytes()), pa.py_buffer(b"".join(encoded))]
    return pa.Array.from_buffers(pa.large_string(), len(encoded), buffers)
