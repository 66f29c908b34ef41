r"""JSON lines: bytes -> lines with their offset, split at ``\n`` alone, none longer than a cap."""

import hashlib
from collections.abc import Iterable, Iterator

from uptake.model.issue import Issue

Raw = tuple[int, bytes]
"""Offset of a record in its unpacked file, and its bytes."""


class Held:
    """A record that is still growing; over the limit only its length and hash are kept on."""

    __slots__ = ("_digest", "_limit", "_pieces", "size")

    def __init__(self, limit: int) -> None:
        """Hold at most ``limit`` bytes."""
        self._limit = limit
        self._digest: hashlib._Hash | None = None
        self._pieces: list[bytes] = []
        self.size = 0

    @property
    def is_too_long(self) -> bool:
        """Whether the bytes are no longer there."""
        return self._digest is not None

    def add(self, piece: bytes) -> None:
        """Take a further piece."""
        self.size += len(piece)
        if self._digest is not None:
            self._digest.update(piece)
        elif self.size <= self._limit:
            self._pieces.append(piece)
        else:
            self._digest = hashlib.sha256(b"".join(self._pieces))
            self._digest.update(piece)
            self._pieces.clear()

    def record(self) -> bytes:
        """Return the bytes."""
        return b"".join(self._pieces)

    def issue(self, file: str, offset: int) -> Issue:
        """Return the issue of a record that was too long."""
        digest = "" if self._digest is None else self._digest.hexdigest()
        return Issue("read", file, offset, "too-long", "", self.size, digest)


class Lines:
    """The lines of a stream; blank ones are passed over unless they are asked for.

    Attributes:
        cut: Whether the line given last had no end, so that the file may be cut off in it.
    """

    def __init__(
        self,
        chunks: Iterable[bytes],
        limit: int,
        file: str,
        *,
        keep_blank: bool = False,
        start: int = 0,
    ) -> None:
        """Split ``chunks``; a line of more than ``limit`` bytes becomes an issue.

        ``start`` is where the chunks begin in the file.
        """
        self.cut = False
        self._chunks = chunks
        self._limit = limit
        self._file = file
        self._keep_blank = keep_blank
        self._start = start

    def reject(self) -> int:
        """Answer that a bad line spoils no other; -1 means that all of it was bad."""
        return -1

    def __iter__(self) -> Iterator[Raw | Issue]:
        """Yield offset and bytes of each line."""
        offset = self._start
        keep = self._keep_blank
        held = Held(self._limit)
        for chunk in self._chunks:
            first, newline, rest = chunk.partition(b"\n")
            held.add(first)
            if not newline:
                continue
            yield from self._line(offset, held)
            offset += held.size + 1
            lines = rest.split(b"\n")
            last = lines.pop()
            for line in lines:
                if keep or (line and not line.isspace()):
                    yield offset, line
                offset += len(line) + 1
            held = Held(self._limit)
            held.add(last)
        self.cut = True
        if held.size:
            yield from self._line(offset, held)

    def _line(self, offset: int, held: Held) -> Iterator[Raw | Issue]:
        if held.is_too_long:
            yield held.issue(self._file, offset)
            return
        line = held.record()
        if self._keep_blank or (line and not line.isspace()):
            yield offset, line
