"""Files to claims, without an observatory: JSON lines out, and the texts that they quote."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from uptake.engine import store
from uptake.flow import inputs
from uptake.flow.documents import File, Read, read_all
from uptake.flow.logs import Progress
from uptake.model.claim import Claim
from uptake.model.errors import ConfigError
from uptake.model.issue import Issue


@dataclass(frozen=True, slots=True)
class Written:
    """What was written.

    Attributes:
        documents: Files that gave a document.
        claims: Claims by type, the most frequent first.
        issues: Files that gave none, and why.
    """

    documents: int
    claims: dict[str, int]
    issues: tuple[Issue, ...]


def write_claims(
    files: Sequence[Path], out: Path | None, *, texts: Path | None, jobs: int, progress: Progress
) -> Written:
    """Write a line a claim; the file appears whole or not at all.

    Args:
        files: Documents; their stems name them and must differ.
        out: JSON lines; None for standard output.
        texts: Folder for the stored texts, ``<stem>.txt``; None to write none.
        jobs: Processes.
        progress: Told how many files are done.

    Raises:
        ConfigError: Two files have one stem, ``out`` is one of the files, or a text would be
            written over a file that holds another one.
    """
    _check(files, out, texts)
    counts: dict[str, int] = {}
    issues: list[Issue] = []
    documents = 0
    with _opened(out) as file:
        tasks = [File(path, inputs.shown(Path(path.name))) for path in files]
        for done, (path, found) in enumerate(zip(files, read_all(tasks, jobs), strict=True), 1):
            progress("reading", done, len(files))
            if found.issue:
                issues.append(found.issue)
            if found.document is None:
                continue
            documents += 1
            file.write(b"".join(msgspec.json.encode(r) + b"\n" for r in _rows(path, found)))
            for claim in found.claims:
                counts[claim.type] = counts.get(claim.type, 0) + 1
            if texts:
                _keep(texts / f"{_stem(path)}.txt", found.text.encode())
    ordered = dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    return Written(documents, ordered, tuple(issues))


@contextmanager
def _opened(out: Path | None) -> Iterator[BinaryIO]:
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with store.file_aside(out) as file:
        yield file


def _keep(target: Path, text: bytes) -> None:
    """Write a text; a file that holds another one may be anybody's, and stays."""
    if not target.exists():
        store.write_bytes(target, text)
    elif not target.is_file() or target.read_bytes() != text:
        raise ConfigError(
            f"{target}: is there already and holds another text; move it away, or name another "
            "folder for the texts"
        )


def _check(files: Sequence[Path], out: Path | None, texts: Path | None) -> None:
    first: dict[str, Path] = {}
    for path in files:
        if path.stem in first:
            raise ConfigError(
                f"{first[path.stem]} and {path} would both be {path.stem!r} in the claims; "
                "rename one of them"
            )
        first[path.stem] = path
        if out and out.exists() and out.samefile(path):
            raise ConfigError(f"{out}: is a document itself; write somewhere else")
    for target in [texts / f"{path.stem}.txt" for path in files] if texts else ():
        if any(target.exists() and target.samefile(other) for other in files):
            raise ConfigError(f"{target}: is a document itself; write somewhere else")


def _rows(path: Path, found: Read) -> list[dict[str, Any]]:
    return [row(claim, _stem(path)) for claim in found.claims]


def _stem(path: Path) -> str:
    """Return a file's stem as text, also where its bytes are no UTF-8."""
    return inputs.shown(Path(path.stem))


def row(claim: Claim, doc: str) -> dict[str, Any]:
    """Return a claim as plain values, its document by a name that a person knows."""
    plain: dict[str, Any] = msgspec.to_builtins(claim)
    return {**plain, "doc": doc}
