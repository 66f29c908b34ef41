"""The pure tasks of reading logs: a piece of a file in, labels and issues out, in any process.

A piece is a small file, a block of a large file of JSON lines, or a batch of messages of a file
that only one process can read. Whatever the number of processes, the pieces are the same and come
back in their order, so that the store's bytes are too.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from uptake.flow.llm import LanguageModel
from uptake.label import NONE, Labeller, label, labeller
from uptake.label.unlabelled import unlabelled
from uptake.model.conversation import Conversation
from uptake.model.issue import Issue
from uptake.model.mapping import ColumnMapping
from uptake.model.messages import Messages
from uptake.pseudonymise import Pseudonymiser
from uptake.read import Block, FileInfo, read_block, read_file

BATCH_TURNS = 8_192
"""Turns of a batch: large enough for vectorised labelling, small enough to hold a few of."""

SMALL_FILE = 4 << 20
"""A file of so many bytes is one piece; a larger one is cut, or read in one process."""

BLOCK = 2 << 20
"""Bytes of a block of a large file, about."""

MOST_ROWS = 200_000
"""Messages that a small file may unpack to; one with more is read in one process."""


@dataclass(frozen=True, slots=True)
class SmallFile:
    """A whole file as one piece."""

    path: Path
    name: str
    mappings: tuple[ColumnMapping, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """What became of a piece.

    Attributes:
        tables: Labels, a table a batch.
        issues: What was wrong, in the order of the file.
        files: The file or its members, with what they gave.
        whole: False if the file holds more than one piece may: nothing else of it is true then.
    """

    tables: tuple[pa.Table, ...] = ()
    issues: tuple[Issue, ...] = ()
    files: tuple[FileInfo, ...] = ()
    whole: bool = True


@dataclass(frozen=True, slots=True)
class _Tools:
    """What a process needs to work, made once, as it starts."""

    pseudonymiser: Pseudonymiser
    labeller: Labeller | LanguageModel | None


_tools: dict[str, _Tools] = {}


def start(secret: bytes, given: str | LanguageModel) -> None:
    """Make this process ready.

    Args:
        secret: Key of the pseudonyms.
        given: Name of the labeller, or a language model.
    """
    it = labeller(given) if isinstance(given, str) and given != NONE else given
    _tools["its"] = _Tools(Pseudonymiser(secret), None if isinstance(it, str) else it)


def work(piece: SmallFile | Block | Messages | Issue) -> Piece:
    """Carry a piece through all that text takes part in.

    Raises:
        MixedRecordsError: The file can not be read in blocks.
        UnreadableInputError: Nothing can be read from a small file.
    """
    if isinstance(piece, Issue):
        lost = int(piece.severity == "error")
        return Piece(issues=(piece,), files=(FileInfo(piece.file, rejected=lost),))
    if isinstance(piece, Messages):
        failed: list[Issue] = []
        return Piece((_labelled(piece, failed),), tuple(failed))
    return _of_file(piece) if isinstance(piece, SmallFile) else _of_block(piece)


def _of_file(file: SmallFile) -> Piece:
    reading = read_file(file.path, name=file.name, mappings=file.mappings)
    issues: list[Issue] = []
    tables: list[pa.Table] = []
    rows = 0
    for messages in batches(sieve(reading, issues), _tools["its"].pseudonymiser):
        tables.append(_labelled(messages, issues))
        rows += len(messages)
        if rows > MOST_ROWS:
            reading.close()
            return Piece(whole=False)
    return Piece(tuple(tables), tuple(issues), tuple(reading.files))


def _of_block(block: Block) -> Piece:
    reading = read_block(block)
    issues: list[Issue] = []
    found = batches(sieve(reading, issues), _tools["its"].pseudonymiser)
    # Conversation: raw, with text, in memory only; Messages: pseudonymous, with text, likewise
    tables = tuple(_labelled(messages, issues) for messages in found)
    # Labels: no text from here on
    return Piece(tables, tuple(issues), (reading.info,))


def _labelled(messages: Messages, issues: list[Issue]) -> pa.Table:
    """Label messages; add an issue for each that a language model gave no label."""
    given = _tools["its"].labeller
    if isinstance(given, LanguageModel):
        labels, failed = given.labels(messages)
        issues += failed
        return labels.table
    return (unlabelled(messages) if given is None else label(messages, given)).table


def sieve(items: Iterable[Conversation | Issue], issues: list[Issue]) -> Iterator[Conversation]:
    """Pass conversations on and keep the issues."""
    for item in items:
        if isinstance(item, Issue):
            issues.append(item)
        else:
            yield item


def batches(
    conversations: Iterable[Conversation], pseudonymiser: Pseudonymiser
) -> Iterator[Messages]:
    """Make batches of about ``BATCH_TURNS`` turns."""
    waiting: list[Conversation] = []
    turns = 0
    for conversation in conversations:
        waiting.append(conversation)
        turns += len(conversation.turns)
        if turns >= BATCH_TURNS:
            yield pseudonymiser.batch(waiting)
            waiting, turns = [], 0
    if waiting:
        yield pseudonymiser.batch(waiting)
