"""DEFLATE, step by step and in bounded pieces, giving all that damaged data still hold."""

import zlib
from collections.abc import Iterator
from typing import Final

CHUNK: Final = 128 * 1024
"""Bytes that are read, and at most given, at once."""

_RESCUE: Final = 256  # bytes fed at once near damage: they unpack to some 264 KB at most

GZIP, RAW = 31, -15
"""Window bits, in the words of zlib: with the header and checksum of gzip, and without any."""


class Inflater:
    """One packed stream.

    Attributes:
        rest: Bytes behind its end.
        is_damaged: Whether its data turned out to be wrong.
    """

    def __init__(self, wbits: int) -> None:
        """Begin a stream with these window bits."""
        self._inflater = zlib.decompressobj(wbits)
        self.rest = b""
        self.is_damaged = False

    @property
    def is_complete(self) -> bool:
        """Whether the end was reached."""
        return self._inflater.eof

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Take a piece of packed bytes and give what they unpack to.

        The library gives nothing of a call in which it meets an error, so that a wrong checksum
        would cost the last chunk: the call is repeated in small steps then.
        """
        while data:
            before = self._inflater.copy()
            try:
                unpacked = self._inflater.decompress(data, CHUNK)
            except zlib.error:
                self.is_damaged = True
                yield from _rescued(before, data)
                return
            yield unpacked
            if self._inflater.eof:
                self.rest = self._inflater.unused_data
                return
            data = self._inflater.unconsumed_tail

    def flush(self) -> bytes:
        """Return what is still held, where the data end too early."""
        return self._inflater.flush()


def _rescued(inflater: "zlib._Decompress", data: bytes) -> Iterator[bytes]:
    """Give what comes before the error, to the byte."""
    for size in (_RESCUE, 1):
        for at in range(0, len(data), size):
            before = inflater.copy()
            try:
                yield inflater.decompress(data[at : at + size])
            except zlib.error:
                inflater, data = before, data[at : at + size]
                break
