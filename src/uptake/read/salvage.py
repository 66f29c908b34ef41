"""What is left of a zip archive whose list of members is gone, as after a broken download."""

import struct
from collections.abc import Iterator
from typing import BinaryIO, Final

from uptake.read import streams
from uptake.read.archive import is_safe
from uptake.read.inflate import CHUNK, RAW, Inflater
from uptake.read.limits import Limits

_HEADER: Final = struct.Struct("<4s5H3I2H")
_LOCAL: Final = b"PK\x03\x04"
_STORED, _DEFLATED = 0, 8
_STREAMED: Final = 0x8
_ENCRYPTED: Final = 0x1


class Salvage:
    """Members read one after the other from their own headers, without the list at the end.

    A member must be read before the next one is asked for: what is left of it is passed over.
    """

    def __init__(self, source: BinaryIO, limits: Limits) -> None:
        """Begin at the first byte of the file."""
        source.seek(0)
        self._source = source
        self._buffer = b""
        self._limits = limits

    def members(self) -> Iterator[tuple[str, streams.Stream]]:
        """Yield each member's name and its bytes, as far as there are any."""
        while (header := self._next_header()) is not None:
            _, _, flags, method, _, _, _, size, _, name_size, extra_size = header
            name = self._take(name_size).decode("utf-8", "replace")
            self._take(extra_size)
            problems: list[str] = []
            if method == _DEFLATED:
                chunks = self._inflated(problems)
            elif method == _STORED and not flags & _STREAMED:
                chunks = self._stored(size, problems)
            else:
                continue
            if flags & _ENCRYPTED or not is_safe(name) or name.endswith("/"):
                continue
            bounded = streams.bounded(chunks, max(size, CHUNK), self._limits, problems)
            yield name, streams.Stream(bounded, problems)
            for _ in bounded:  # what nobody read
                pass

    def _fill(self, size: int) -> bool:
        while len(self._buffer) < size:
            try:
                piece = self._source.read(CHUNK)
            except OSError:
                return False
            if not piece:
                return False
            self._buffer += piece
        return True

    def _take(self, size: int) -> bytes:
        self._fill(size)
        taken, self._buffer = self._buffer[:size], self._buffer[size:]
        return taken

    def _next_header(self) -> tuple[int, ...] | None:
        """Pass over everything up to the next member's header."""
        while True:
            at = self._buffer.find(_LOCAL)
            if at >= 0:
                self._buffer = self._buffer[at:]
                if not self._fill(_HEADER.size):
                    return None
                return _HEADER.unpack(self._take(_HEADER.size))
            self._buffer = self._buffer[-3:]
            if not self._fill(len(self._buffer) + 1):
                return None

    def _inflated(self, problems: list[str]) -> Iterator[bytes]:
        inflater = Inflater(RAW)
        while not inflater.is_complete:
            if not self._fill(1):
                problems.append("truncated-file")
                return
            packed, self._buffer = self._buffer, b""
            yield from inflater.feed(packed)
            if inflater.is_damaged:
                self._buffer = packed[1:]  # the next header may be in there
                problems.append("damaged-file")
                return
        self._buffer = inflater.rest

    def _stored(self, size: int, problems: list[str]) -> Iterator[bytes]:
        while size:
            piece = self._take(min(size, CHUNK))
            if not piece:
                problems.append("truncated-file")
                return
            size -= len(piece)
            yield piece
