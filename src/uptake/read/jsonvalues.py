"""JSON arrays and concatenated objects: bytes -> elements with their offset, in constant memory.

The structure is found by array operations on each chunk: escapes are blanked, the parity of the
quotes before each bracket tells whether it stands in a string, and the running sum of brackets is
the depth. Elements are where the depth returns to that of the array; Python sees only these.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from uptake.model.issue import Issue
from uptake.read.issues import issue, rejected
from uptake.read.jsonlines import Held, Raw

_QUOTE: Final = 0x22
_MARKS: Final[NDArray[np.bool_]] = np.zeros(256, np.bool_)
_MARKS[list(b'"[]{}')] = True
_STEPS: Final[NDArray[np.int8]] = np.zeros(256, np.int8)
_STEPS[list(b"[{")] = 1
_STEPS[list(b"]}")] = -1
_FIRST_KEY: Final = re.compile(rb'\{\s*("[^"\\]{1,200}")\s*:')
_SCALAR: Final = re.compile(rb'"(?:[^"\\]|\\.)*+"|[^\s,"]++|".*+', re.DOTALL)
_LONGEST_GAP: Final = 64 * 1024
_MOST_RESTARTS: Final = 1000
_SPACE: Final = b" \t\r\n,"

Event = tuple[int, bool, int]
"""Place of a bracket in its chunk, whether it opens, and the depth behind it."""


class Values:
    """The elements of a top-level array (``base`` 1), or objects one after the other (``base`` 0).

    A broken element (a quote lost, say) makes all that follows look like a part of it. When the
    reader rejects one, or when one grows too long or never ends, the next place that looks like
    the beginning of an element (a value ends, an object opens with the key that the first element
    opens with) is taken for one.

    Attributes:
        cut: False; an element that is cut off is reported here.
    """

    def __init__(self, chunks: Iterable[bytes], base: int, limit: int, file: str) -> None:
        """Split ``chunks``; an element of more than ``limit`` bytes becomes an issue."""
        self.cut = False
        self._chunks = iter(chunks)
        self._base = base
        self._limit = limit
        self._file = file
        self._waiting: deque[bytes] = deque()
        self._begun = b""  # a backslash whose letter is in the next chunk
        self._offset = 0  # of the chunk in work
        self._depth = 0
        self._in_string = False
        self._held: Held | None = None  # the element in work
        self._start = 0  # its offset
        self._gap = Held(_LONGEST_GAP)  # what stands between elements
        self._gap_start = 0
        self._next: re.Pattern[bytes] | None = None
        self._restarts = 0
        self._given = b""  # the element given last, and how much of it was one
        self._good = 0
        self._told = False  # that there is something behind the end

    def reject(self) -> int:
        """Take note that the last element is broken; return how many of its bytes are its own."""
        if not self._given:  # a bare value
            return -1
        self._good = self._restart_in(self._given)
        return self._good

    def __iter__(self) -> Iterator[Raw | Issue]:
        """Yield offset and bytes of each element; bare values between objects likewise."""
        while True:
            chunk = self._take()
            if chunk:
                yield from self._split(chunk)
            else:
                yield from self._end()
                if not self._waiting:
                    return

    def _take(self) -> bytes:
        """Return the next chunk, with no escape cut in two; empty at the end."""
        if self._waiting:
            return self._waiting.popleft()
        while chunk := next(self._chunks, b""):
            chunk = self._begun + chunk
            escapes = (len(chunk) - len(chunk.rstrip(b"\\"))) % 2
            self._begun = chunk[len(chunk) - escapes :]
            if len(chunk) > escapes:
                return chunk[: len(chunk) - escapes]
        chunk, self._begun = self._begun, b""
        return chunk

    def _events(self, chunk: bytes) -> list[Event]:
        """Find the brackets that open and close elements or the array itself."""
        plain = chunk
        if b"\\\\" in chunk:
            plain = plain.replace(b"\\\\", b"__")
        if b'\\"' in plain:
            plain = plain.replace(b'\\"', b"__")
        data = np.frombuffer(plain, np.uint8)
        places = np.flatnonzero(_MARKS[data])
        marks = data[places]
        quotes = np.cumsum(marks == _QUOTE, dtype=np.int32) + self._in_string
        steps = _STEPS[marks]
        steps[(quotes & 1).astype(np.bool_)] = 0
        depths = np.cumsum(steps, dtype=np.int32) + self._depth
        base = self._base
        here = np.flatnonzero(
            ((steps > 0) & (depths <= base + 1)) | ((steps < 0) & (depths <= base))
        )
        self._in_string = bool(quotes[-1] & 1) if len(quotes) else self._in_string
        self._depth = int(depths[-1]) if len(depths) else self._depth
        return list(
            zip(
                places[here].tolist(),
                (steps[here] > 0).tolist(),
                depths[here].tolist(),
                strict=True,
            )
        )

    def _split(self, chunk: bytes) -> Iterator[Raw | Issue]:
        origin, at = self._offset, 0  # what lies before ``at`` is dealt with
        events = self._events(chunk)
        self._offset += len(chunk)
        for place, opens, depth in events:
            if depth < 0 or (self._base and opens and depth == 1 and chunk[place] == ord("{")):
                self._gap.add(chunk[at:place])
                yield from self._astray(chunk, place, origin, depth)
                return
            if self._held is None:
                self._gap.add(chunk[at:place])
                yield from self._close_gap()
                if opens and depth == self._base + 1:
                    self._held, self._start = Held(self._limit), origin + place
                    at = place
                    continue
            else:
                self._held.add(chunk[at : place + 1])
                yield from self._close_element()
                if self._good < len(self._given):
                    rest = self._given[self._good :] + chunk[place + 1 :]
                    self._restart(rest, self._start + self._good, self._base)
                    return
            at = place + 1
            self._gap_start = origin + at
        yield from self._grow(chunk[at:])

    def _grow(self, piece: bytes) -> Iterator[Raw | Issue]:
        """Keep the rest of a chunk; look into an element that gets too long for the next one."""
        if self._held is None:
            self._gap.add(piece)
            return
        if not self._held.is_too_long and self._held.size + len(piece) > self._limit:
            raw = self._held.record() + piece
            good = self._restart_in(raw)
            if good < len(raw):
                yield rejected("too-long", self._file, self._start, raw[:good])
                self._restart(raw[good:], self._start + good, self._base)
                return
        self._held.add(piece)

    def _close_element(self) -> Iterator[Raw | Issue]:
        held, self._held = self._held, None
        self._given, self._good = b"", 0
        if held is None:
            return
        if held.is_too_long:
            yield held.issue(self._file, self._start)
            return
        self._given = held.record()
        self._good = len(self._given)
        self._learn(self._given)
        yield self._start, self._given

    def _close_gap(self) -> Iterator[Raw | Issue]:
        """Give the bare values between elements, which no export holds, to be counted."""
        gap, self._gap = self._gap, Held(_LONGEST_GAP)
        self._given, self._good = b"", 0
        if gap.is_too_long:
            yield gap.issue(self._file, self._gap_start)
        elif (text := gap.record()).strip(_SPACE):
            for scalar in _SCALAR.finditer(text):
                yield self._gap_start + scalar.start(), scalar.group()

    def _astray(self, chunk: bytes, place: int, origin: int, depth: int) -> Iterator[Raw | Issue]:
        """Go on behind the end: over a bracket that closes nothing, or with a further element."""
        yield from self._close_gap()
        if not self._told:
            self._told = True
            yield issue("trailing-data", self._file, origin + place)
        place += depth < 0
        self._restart(chunk[place:], origin + place, 0 if depth < 0 else self._base)

    def _end(self) -> Iterator[Raw | Issue]:
        """Report what is open at the end of the file."""
        held, self._held = self._held, None
        if held is None:
            yield from self._close_gap()
            if self._depth > 0:
                yield issue("truncated-file", self._file, self._offset)
        elif held.is_too_long:
            yield held.issue(self._file, self._start)
        else:
            raw = held.record()
            good = self._restart_in(raw)
            yield rejected("truncated-record", self._file, self._start, raw[:good])
            if good < len(raw):
                self._restart(raw[good:], self._start + good, self._base)

    def _learn(self, raw: bytes) -> None:
        """Remember how the first element begins."""
        if self._next is None and (found := _FIRST_KEY.match(raw)):
            key = re.escape(found.group(1))
            self._next = re.compile(rb"[}\]\"\w]\s*+,?+\s*+(\{\s*+" + key + rb"\s*+:)")

    def _restart_in(self, raw: bytes) -> int:
        """Return where in a broken element another one seems to begin, or its length."""
        self._learn(raw)
        if self._next is None or self._restarts >= _MOST_RESTARTS:
            return len(raw)
        found = self._next.search(raw, 1)
        return found.start(1) if found else len(raw)

    def _restart(self, rest: bytes, offset: int, depth: int) -> None:
        """Read on from ``rest``, which lies at ``offset``, as if between elements."""
        self._restarts += 1
        if rest:
            self._waiting.appendleft(rest)
        self._offset = self._gap_start = offset
        self._depth, self._in_string = depth, False
        self._held, self._gap = None, Held(_LONGEST_GAP)
        self._given, self._good = b"", 0
