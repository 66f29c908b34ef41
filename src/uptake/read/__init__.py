"""Reading: files of conversations go in, ``Conversation`` and ``Issue`` come out.

A file is unpacked (plain, gzip, Zstandard, zip), cut into records (JSON lines, JSON array or
objects, CSV, Parquet) and each record is converted by the first format that knows it by its
content. Memory does not grow with the file. What can not be read becomes an ``Issue``, of a closed
list of codes (``CODES``), without any content; a file of which nothing can be read is refused.

A new record format is one module with a ``FORMAT`` and one line in ``READERS``; it is asked in
that order, the more particular before the more tolerant.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from uptake.model.issue import Issue
from uptake.model.mapping import ColumnMapping
from uptake.read import blocks as _blocks
from uptake.read import (
    chatgpt,
    claude,
    columns,
    lmsys,
    oasst,
    openai,
    openwebui,
    prompts,
    sharegpt,
    wildchat,
)
from uptake.read.blocks import Block, BlockReading
from uptake.read.issues import CODES
from uptake.read.limits import Limits
from uptake.read.memberreader import FileInfo, MixedRecordsError
from uptake.read.reading import Reading
from uptake.read.record import Format

__all__ = [
    "CODES",
    "READERS",
    "Block",
    "BlockReading",
    "FileInfo",
    "Format",
    "Limits",
    "MixedRecordsError",
    "Reading",
    "cut_file",
    "read_block",
    "read_file",
    "recognise",
]

READERS: Final[dict[str, Format]] = {
    "chatgpt": chatgpt.FORMAT,
    "claude": claude.FORMAT,
    "openwebui": openwebui.FORMAT,
    "wildchat": wildchat.FORMAT,
    "lmsys": lmsys.FORMAT,
    "sharegpt": sharegpt.FORMAT,
    "oasst": oasst.FORMAT,
    "openai": openai.FORMAT,
    "table": columns.TABLE,
    "prompts": prompts.FORMAT,
}
"""The record formats, in the order in which they are asked. A record that a column mapping fits
is read by the mapping, which is called ``columns``."""


def read_file(
    path: Path,
    *,
    name: str,
    mappings: Sequence[ColumnMapping] = (),
    limits: Limits | None = None,
) -> Reading:
    """Read a file: iterate over what is returned for conversations and issues.

    Args:
        path: The file.
        name: What issues call it, usually its path relative to the inputs' folder. It stands for
            the person where a one-person export does not say whose it is, so it must be unique.
        mappings: Column mappings of the configuration, asked before the formats.
        limits: How much is believed.

    Raises:
        UnreadableInputError: While iterating: nothing can be read from the file.
    """
    return _reading(path, name, name, mappings, limits or Limits())


def cut_file(
    path: Path,
    *,
    name: str,
    size: int,
    mappings: Sequence[ColumnMapping] = (),
    limits: Limits | None = None,
) -> tuple[str, Iterator[Block | Issue]] | None:
    """Cut a file into blocks for several processes; None if it must be read in one.

    Args:
        path: The file.
        name: As in ``read_file``.
        size: Bytes of a block, about.
        mappings: As in ``read_file``; a file that one is meant for is not cut.
        limits: How much is believed.

    Returns:
        The format of the first record, and the blocks with what is wrong between them.

    Raises:
        UnreadableInputError: Nothing can be read from the file.
    """
    believed = limits or Limits()
    reading = _reading(path, name, name, mappings, believed)
    if any(columns.applies(mapping, name) for mapping in mappings):
        return None
    found = reading.recognise()
    if not READERS[found].rows and (cut := _blocks.blocks(reading.opening, size)) is not None:
        return found, cut
    return None


def read_block(block: Block, limits: Limits | None = None) -> BlockReading:
    """Read a block: iterate over what is returned for conversations and issues.

    Raises:
        MixedRecordsError: While iterating: a record is one message of a conversation, whose other
            messages may be in other blocks.
    """
    return BlockReading(block, tuple(READERS.values()), limits or Limits())


def recognise(path: Path, mappings: Sequence[ColumnMapping] = ()) -> str:
    """Return the name of the format of a file, by the first record that has one.

    Raises:
        UnreadableInputError: There is none; the message says what was seen and what would be read.
    """
    return _reading(path, path.name, path.as_posix(), mappings, Limits()).recognise()


def _reading(
    path: Path, name: str, place: str, mappings: Sequence[ColumnMapping], limits: Limits
) -> Reading:
    chosen = [mapping for mapping in mappings if columns.applies(mapping, place)]
    formats = [*(columns.format_of(mapping) for mapping in chosen), *READERS.values()]
    return Reading(path, name, formats, limits, chosen[0] if chosen else None)
