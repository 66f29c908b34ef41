"""Log files to labels in the store: the person-level zone, and the only code that holds text."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from uptake.engine import store
from uptake.engine.pool import OrderedMap, pool
from uptake.flow.llm import LanguageModel
from uptake.label import Labeller, label, labeller
from uptake.model.conversation import Conversation
from uptake.model.issue import Issue
from uptake.model.labels import SCHEMA
from uptake.model.mapping import ColumnMapping
from uptake.model.messages import Messages
from uptake.pseudonymise import Pseudonymiser
from uptake.read import Reading, read_file

BATCH_TURNS = 8_192
"""Turns of a batch: large enough for vectorised labelling, small enough to hold a few of."""

PART_ROWS = 100_000
"""Rows of a Parquet part; sorted by partition, so that the tally reads only what it needs."""

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


_labeller: dict[str, Labeller | LanguageModel] = {}
"""The labeller of this process: loaded once, by ``_start``."""


def _start(given: str | LanguageModel) -> None:
    _labeller["it"] = labeller(given) if isinstance(given, str) else given


def _label(messages: Messages) -> pa.Table:
    it = _labeller["it"]
    return (it.labels(messages) if isinstance(it, LanguageModel) else label(messages, it)).table


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
        jobs = self.jobs if size > 4_000_000 else 1  # a pool costs a second to start
        if isinstance(self.labeller, LanguageModel):
            jobs = 1  # it waits for answers, and its limit on requests is one for all
        done = 0
        with pool(jobs, _start, self.labeller) as mapped:
            for file in missing:
                progress("reading logs", done, size)
                self._file(file, mapped)
                done += file.path.stat().st_size
        progress("reading logs", size, size)

    def _file(self, file: LogFile, mapped: OrderedMap) -> None:
        reading = read_file(file.path, name=file.name, mappings=self.mappings)
        met: Counter[tuple[str, str]] = Counter()
        # Conversation: raw, with text, in memory only
        with (
            store.folder_aside(self.quarantine / file.key) as rejected,
            store.folder_aside(self.labels / file.key) as parts,
            (rejected / "issues.jsonl").open("wb") as issues,
        ):
            batches = _batches(_sieve(reading, met, issues.write), Pseudonymiser(self.secret))
            # Messages: pseudonymous, with text, in memory only
            _write(mapped(_label, batches), parts)
            if isinstance(self.labeller, LanguageModel):
                met.update(self.labeller.failed())
            # Labels: no text from here on
            mark = LogRecord(
                file=file.name,
                sha256=file.sha256,
                members=tuple(
                    (m.file, m.format, m.conversations, m.messages, m.rejected)
                    for m in reading.files
                ),
                issues=tuple((*key, n) for key, n in sorted(met.items())),
            )
            (parts / "done.json").write_bytes(msgspec.json.encode(mark))


def _sieve(
    reading: Reading, issues: Counter[tuple[str, str]], keep: Callable[[bytes], object]
) -> Iterator[Conversation]:
    """Pass conversations on; count issues and keep them, one line each."""
    for item in reading:
        if isinstance(item, Issue):
            issues[item.code, item.severity] += 1
            keep(msgspec.json.encode(item) + b"\n")
        else:
            yield item


def _batches(
    conversations: Iterable[Conversation], pseudonymiser: Pseudonymiser
) -> Iterator[Messages]:
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


def _write(tables: Iterable[pa.Table], folder: Path) -> None:
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
    table = pa.concat_tables(tables).unify_dictionaries() if tables else SCHEMA.empty_table()
    pq.write_table(table.sort_by("bucket"), path, row_group_size=PART_ROWS // 8, compression="zstd")


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
