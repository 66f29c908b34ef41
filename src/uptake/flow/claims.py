"""Files to claims, without an observatory: JSON lines out, and the texts that they quote."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
    files: Sequence[Path], out: Path, *, texts: Path | None, jobs: int, progress: Progress
) -> Written:
    """Write a line a claim; the file appears whole or not at all.

    Args:
        files: Documents; their stems name them and must differ.
        out: JSON lines.
        texts: Folder for the stored texts, ``<stem>.txt``; None to write none.
        jobs: Processes.
        progress: Told how many files are done.

    Raises:
        ConfigError: Two files have one stem, or ``out`` is one of the files.
    """
    _check(files, out, texts)
    counts: dict[str, int] = {}
    issues: list[Issue] = []
    documents = 0
    with store.file_aside(out) as file:
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
                store.write_bytes(texts / f"{_stem(path)}.txt", found.text.encode())
    ordered = dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    return Written(documents, ordered, tuple(issues))


def _check(files: Sequence[Path], out: Path, texts: Path | None) -> None:
    first: dict[str, Path] = {}
    for path in files:
        if path.stem in first:
            raise ConfigError(
                f"{first[path.stem]} and {path} would both be {path.stem!r} in the claims; "
                "rename one of them"
            )
        first[path.stem] = path
        written = [out, *([texts / f"{path.stem}.txt"] if texts else [])]
        for target in written:
            if target.exists() and target.samefile(path):
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
