"""JSON lines of no particular format: each line's object as it is, for who knows what it holds."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from uptake.model.issue import Issue
from uptake.read.decode import loosely
from uptake.read.issues import BadRecordError, issue, rejected
from uptake.read.jsonlines import Lines
from uptake.read.limits import Limits
from uptake.read.members import Opening, members_of


def objects(
    path: Path, *, name: str, limits: Limits | None = None
) -> Iterator[tuple[int, dict[str, Any]] | Issue]:
    """Yield the offset and the object of each line of a file, plain or compressed.

    A line that is no JSON object becomes an ``Issue``.

    Raises:
        UnreadableInputError: The file can not be opened, or is packed more than once.
    """
    limits = limits or Limits()
    for member in members_of(Opening(path, name, limits)):
        if isinstance(member, Issue):
            yield member
            continue
        for line in Lines(member.stream, limits.line_bytes, member.file):
            yield line if isinstance(line, Issue) else _object(*line, member.file)
        for code in member.stream.problems:
            yield issue(code, member.file)


def numbered_objects(
    path: Path, *, name: str, limits: Limits | None = None
) -> Iterator[tuple[int, dict[str, Any]] | Issue]:
    """Yield the line number, from 1, and the object of each line: for files that people edit.

    The ``offset`` of an ``Issue`` is a line number too, but -1 where it is of the whole file.

    Raises:
        UnreadableInputError: The file can not be opened, or is packed more than once.
    """
    limits = limits or Limits()
    for member in members_of(Opening(path, name, limits)):
        if isinstance(member, Issue):
            yield member
            continue
        lines = Lines(member.stream, limits.line_bytes, member.file, keep_blank=True)
        for number, line in enumerate(lines, 1):
            if isinstance(line, Issue):
                yield msgspec.structs.replace(line, offset=number)
            elif line[1] and not line[1].isspace():
                yield _object(number, line[1], member.file)
        for code in member.stream.problems:
            yield issue(code, member.file)


def _object(offset: int, raw: bytes, file: str) -> tuple[int, dict[str, Any]] | Issue:
    try:
        value = loosely(raw).value
    except BadRecordError as error:
        return rejected(error.code, file, offset, raw)
    if not isinstance(value, dict):
        return rejected("not-an-object", file, offset, raw)
    return offset, value
