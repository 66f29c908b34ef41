"""CSV: bytes -> rows by the header's names; one bad row spoils no other."""

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final, NamedTuple

from uptake.model.issue import Issue
from uptake.read.issues import rejected
from uptake.read.jsonlines import Lines

DELIMITERS: Final = ",;\t|"
_MOST_RESTARTS: Final = 1000
_INSIDE: Final = re.compile(rb'(?:[^"]|"")*+')

Row = tuple[int, dict[str, str]]
"""Number of the line (from 1) where a row begins, and its values by column."""


class _Line(NamedTuple):
    number: int
    data: bytes


class Rows:
    """The rows of a stream of UTF-8, below its header.

    Attributes:
        cut: False; a row that is cut off is reported here.
    """

    def __init__(
        self, chunks: Iterable[bytes], limit: int, file: str, delimiter: str | None = None
    ) -> None:
        """Split ``chunks``; the delimiter is found in the header if it is not given."""
        self.cut = False
        self._lines = Lines(chunks, limit, file, keep_blank=True)
        self._limit = limit
        self._file = file
        self._delimiter = delimiter
        self._again: deque[_Line] = deque()  # lines to be read once more
        self._restarts = 0
        self._header: list[str] | None = None

    def header(self) -> list[str]:
        """Return the names of the columns, empty before the first row was asked for."""
        return self._header or []

    def reject(self) -> int:
        """Answer that a bad row spoils no other; -1 means that all of it was bad."""
        return -1

    def __iter__(self) -> Iterator[Row | Issue]:
        """Yield the line number and the values of each row."""
        # The module's limit is one for the process; a longer message than the default is legal.
        csv.field_size_limit(max(csv.field_size_limit(), self._limit))
        for item in self._records():
            if isinstance(item, Issue):
                yield item
                continue
            values = self._values(item)
            if isinstance(values, Issue):
                yield values
            elif self._header is None:
                self._header = [name.strip() for name in values]
            elif len(values) != len(self._header):
                yield rejected("wrong-columns", self._file, item.number, item.data)
            else:
                yield item.number, dict(zip(self._header, values, strict=True))

    def _values(self, record: _Line) -> list[str] | Issue:
        try:
            text = record.data.decode()
        except UnicodeDecodeError:
            return rejected("invalid-utf8", self._file, record.number, record.data)
        try:
            return next(csv.reader([text.rstrip("\r")], delimiter=self._delimiter or ","))
        except (csv.Error, StopIteration):
            return rejected("wrong-columns", self._file, record.number, record.data)

    def _records(self) -> Iterator[_Line | Issue]:
        """Join lines whose quote is still open."""
        begun: list[_Line] = []
        size = 0
        for item in self._numbered():
            if isinstance(item, Issue):
                yield item
                continue
            if not begun and (not item.data or item.data.isspace()):
                continue
            if self._delimiter is None:
                self._delimiter = delimiter_of(item.data)
            is_open = ends_open(item.data, self._delimiter, inside=bool(begun))
            begun.append(item)
            size += len(item.data) + 1
            if not is_open:
                yield _Line(begun[0].number, b"\n".join(line.data for line in begun))
            elif size > self._limit or not self._more():
                yield rejected("unclosed-quote", self._file, begun[0].number, begun[0].data)
                self._read_again(begun[1:])
            else:
                continue
            begun, size = [], 0

    def _numbered(self) -> Iterator[_Line | Issue]:
        """Yield lines with their number, those to be read once more first."""
        number = 0
        lines = iter(self._lines)
        ahead = next(lines, None)
        self._ended = ahead is None
        while self._again or ahead is not None:
            if self._again:
                yield self._again.popleft()
                continue
            item, ahead = ahead, next(lines, None)
            self._ended = ahead is None
            number += 1
            if isinstance(item, Issue):
                yield Issue("read", item.file, number, item.code, "", item.length, item.sha256)
            elif item is not None:
                yield _Line(number, item[1])

    def _more(self) -> bool:
        return bool(self._again) or not self._ended

    def _read_again(self, lines: list[_Line]) -> None:
        if self._restarts < _MOST_RESTARTS:
            self._restarts += 1
            self._again.extendleft(reversed(lines))


def delimiter_of(header: bytes) -> str:
    """Return the delimiter that a header uses most, a comma if none.

    >>> delimiter_of(b"id;text;time, UTC")
    ';'
    """
    return max(DELIMITERS, key=lambda mark: (header.count(mark.encode()), mark == ","))


@cache
def _patterns(delimiter: str) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    mark = re.escape(delimiter).encode()
    rest = rb"[^" + mark + rb"]*+"
    whole = rb'(?:"(?:[^"]|"")*+"' + rest + rb'|[^"' + mark + rb"]" + rest + rb"|)" + mark
    return re.compile(rest), re.compile(rb"(?:" + whole + rb')*+"(?:[^"]|"")*+\Z')


def ends_open(line: bytes, delimiter: str, *, inside: bool) -> bool:
    """Return whether a quoted field is open at the line's end; a quote opens at a field's start.

    Takes time linear in the line.

    >>> ends_open(b'1,"said ""yes', ",", inside=False), ends_open(b'1,5" pipe', ",", inside=False)
    (True, False)
    """
    if b'"' not in line:
        return inside
    rest, is_open = _patterns(delimiter)
    at = 0
    if inside:
        closing = _INSIDE.match(line)
        at = closing.end() if closing else 0
        if at == len(line):
            return True
        after = rest.match(line, at + 1)
        at = after.end() if after else len(line)
        if at == len(line):
            return False
        at += 1
    return is_open.match(line, at) is not None
