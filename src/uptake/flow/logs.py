"""Log files to labels in the store: the person-level zone, and the only code that holds text."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from uptake.engine import store
from uptake.engine.pool import OrderedMap, pool
from uptake.flow import inputs, pieces
from uptake.flow.llm import LanguageModel
from uptake.flow.pieces import Piece
from uptake.model.errors import UnreadableInputError
from uptake.model.issue import Issue
from uptake.model.labels import SCHEMA
from uptake.model.mapping import ColumnMapping
from uptake.model.messages import PARTITIONS
from uptake.pseudonymise import Pseudonymiser
from uptake.read import FileInfo, MixedRecordsError, Reading, cut_file, read_file, recognise

logger = logging.getLogger(__name__)

PART_ROWS = 100_000
"""Rows of a Parquet part; sorted by partition, so that the tally reads only what it needs."""

WORTH_A_POOL = 4_000_000
"""Bytes below which a pool costs more time to start than it saves."""

UNREAD = "unrecognised-file"
"""The code of a file that no reader knows."""

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


class LogRecord(msgspec.Struct, frozen=True):
    """What became of one log file; stored beside its parts as their completion mark.

    Attributes:
        file: Name relative to the logs folder.
        sha256: Of the file.
        members: (name, format, conversations, messages by people, rejected records) of the file,
            or of each member of an archive that held records; duplicates are included.
        issues: How often each (code, severity) occurred.
    """

    file: str
    sha256: str
    members: tuple[tuple[str, str, int, int, int], ...]
    issues: tuple[tuple[str, str, int], ...]

    @property
    def conversations(self) -> int:
        """Return how many conversations were read, duplicates included."""
        return sum(member[2] for member in self.members)

    @property
    def rejected(self) -> int:
        """Return how many records were lost."""
        return sum(n for _, severity, n in self.issues if severity == "error")


@dataclass(frozen=True, slots=True)
class LogFile:
    """One file to ingest.

    Attributes:
        path: Where it lies.
        name: What reports call it.
        sha256: Of its bytes.
        key: Names its folder in the store; changes with all that its labels depend on.
    """

    path: Path
    name: str
    sha256: str
    key: str


@dataclass(frozen=True, slots=True)
class Ingest:
    """How log files become labels.

    Attributes:
        labels: Folder of the store that gets a folder a file.
        quarantine: Folder that gets the positions and reasons of rejected records.
        secret: Key of the pseudonyms; never written.
        labeller: Name of the labeller, or a language model, which this process asks.
        mappings: How to read tabular files.
        jobs: Processes that label.
    """

    labels: Path
    quarantine: Path
    secret: bytes
    labeller: str | LanguageModel
    mappings: tuple[ColumnMapping, ...] = ()
    jobs: int = 1

    def run(self, files: Sequence[LogFile], progress: Progress) -> None:
        """Ingest the files that the store does not hold yet."""
        missing = [file for file in files if record(self.labels, file.key) is None]
        if not missing:
            return
        size = sum(file.path.stat().st_size for file in missing)
        jobs = self.jobs if size > WORTH_A_POOL else 1
        if isinstance(self.labeller, LanguageModel):
            jobs = 1  # it waits for answers, and its limit on requests is one for all
        done = 0
        with pool(jobs, pieces.start, self.secret, self.labeller) as mapped:
            for file in self._small_first(missing, mapped):
                progress("reading logs", done, size)
                done += file.path.stat().st_size
        progress("reading logs", size, size)

    def _small_first(self, files: Sequence[LogFile], mapped: OrderedMap) -> Iterator[LogFile]:
        """Ingest small files side by side, then the others one after another."""
        small = [f for f in files if f.path.stat().st_size <= pieces.SMALL_FILE]
        large = [f for f in files if f not in small]
        tasks = [pieces.SmallFile(f.path, f.name, self.mappings) for f in small]
        for file, piece in zip(small, mapped(pieces.work, tasks), strict=True):
            if piece.whole:
                self._write(file, [piece])
                yield file
            else:
                large.append(file)
        for file in large:
            self._large(file, mapped)
            yield file

    def _large(self, file: LogFile, mapped: OrderedMap) -> None:
        """Ingest a file in blocks, or, if its records do not stand alone, read it here."""
        cut = cut_file(file.path, name=file.name, mappings=self.mappings, size=pieces.BLOCK)
        if cut is not None:
            form, blocks = cut
            first = Piece(files=(FileInfo(file.name, form),))
            try:
                self._write(file, chain([first], mapped(pieces.work, blocks)))
            except MixedRecordsError:
                logger.info("a file mixes conversations with rows of messages; read as one")
            else:
                return
        reading = read_file(file.path, name=file.name, mappings=self.mappings)
        self._write(file, _in_one_process(reading, self.secret, mapped))

    def _write(self, file: LogFile, found: Iterable[Piece]) -> None:
        """Write what the pieces of a file gave; it appears with its mark, or not at all."""
        met: Counter[tuple[str, str]] = Counter()
        members: dict[str, FileInfo] = {}
        with (
            store.folder_aside(self.quarantine / file.key) as rejected,
            store.folder_aside(self.labels / file.key) as folder,
            (rejected / "issues.jsonl").open("wb") as issues,
        ):

            def tables() -> Iterator[pa.Table]:
                for piece in found:
                    for item in piece.issues:
                        met[item.code, item.severity] += 1
                        issues.write(msgspec.json.encode(item) + b"\n")
                    _add_up(members, piece.files)
                    yield from piece.tables

            # Labels: no text from here on
            write_parts(tables(), folder)
            mark = LogRecord(
                file=file.name,
                sha256=file.sha256,
                members=tuple(
                    (m.file, m.format, m.conversations, m.messages, m.rejected)
                    for m in members.values()
                ),
                issues=tuple((*key, n) for key, n in sorted(met.items())),
            )
            (folder / "done.json").write_bytes(msgspec.json.encode(mark))


def _in_one_process(reading: Reading, secret: bytes, mapped: OrderedMap) -> Iterator[Piece]:
    """Read here and label in the pool, a batch of messages after the other."""
    issues: list[Issue] = []
    batches = pieces.batches(pieces.sieve(reading, issues), Pseudonymiser(secret))
    for piece in mapped(pieces.work, batches):
        yield piece
        yield Piece(issues=tuple(issues))
        issues.clear()
    yield Piece(issues=tuple(issues), files=tuple(reading.files))


def _add_up(members: dict[str, FileInfo], more: Iterable[FileInfo]) -> None:
    """Add what a piece says of its file to what earlier ones said."""
    for info in more:
        known = members.setdefault(info.file, FileInfo(info.file, info.format))
        known.conversations += info.conversations
        known.messages += info.messages
        known.rejected += info.rejected


def write_parts(tables: Iterable[pa.Table], folder: Path) -> None:
    """Write tables of labels into parts of about ``PART_ROWS`` rows; one part at least."""
    waiting: list[pa.Table] = []
    rows = part = 0
    for table in tables:
        waiting.append(table)
        rows += table.num_rows
        if rows >= PART_ROWS:
            _write_part(waiting, folder / f"part-{part:05d}.parquet")
            waiting, rows, part = [], 0, part + 1
    _write_part(waiting, folder / f"part-{part:05d}.parquet")


def _write_part(tables: list[pa.Table], path: Path) -> None:
    """Write a part with the rows of each partition of people as a row group of their own."""
    table = pa.concat_tables(tables).unify_dictionaries() if tables else SCHEMA.empty_table()
    table = table.sort_by("bucket")
    sizes = np.bincount(table["bucket"].to_numpy(), minlength=PARTITIONS).tolist()
    with pq.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
        first = 0
        for size in filter(None, sizes):
            writer.write_table(table.slice(first, size))
            first += size


def recognised(
    known: Sequence[tuple[Path, str]], folder: Path, columns: tuple[ColumnMapping, ...]
) -> tuple[list[tuple[Path, str]], list[Issue]]:
    """Return the files that a reader recognises, each content once, and issues on the others.

    Args:
        known: Files and the sha256 of each.
        folder: What they are named relative to.
        columns: How to read tabular files.
    """
    found: dict[str, Path] = {}
    issues = []
    for path, sha256 in known:
        name = inputs.shown(path.relative_to(folder))
        if sha256 in found:
            issues.append(Issue("read", name, -1, "same-file-twice", severity="warning"))
            continue
        try:
            recognise(path, columns)
        except UnreadableInputError:
            if path.suffix.lower() not in inputs.NOTES:
                issues.append(Issue("read", name, -1, UNREAD))
            continue
        found[sha256] = path
    return [(path, sha256) for sha256, path in found.items()], issues


def record(labels: Path, key: str) -> LogRecord | None:
    """Return what became of a file, None if the store does not hold it whole."""
    mark = labels / key / "done.json"
    if not mark.is_file():
        return None
    return msgspec.json.decode(mark.read_bytes(), type=LogRecord)


def parts(labels: Path, files: Sequence[LogFile]) -> list[Path]:
    """Return the Parquet parts of these files, each once, in a fixed order."""
    keys = sorted({file.key for file in files})
    return [part for key in keys for part in sorted((labels / key).glob("part-*.parquet"))]
