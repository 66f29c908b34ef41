"""Document files to documents with their claims: one pure task a file, in any process."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import msgspec

from uptake import gather
from uptake.engine import store
from uptake.engine.pool import pool
from uptake.flow import inputs
from uptake.model.claim import Claim
from uptake.model.evidence import Document
from uptake.model.issue import Issue

FEW = 8
"""Files up to which starting processes takes longer than reading them here."""


SentenceSpan = tuple[int, int, str]


class Read(NamedTuple):
    """What one file gave: a document, its stored text and claims; or an issue."""

    document: Document | None = None
    text: str = ""
    claims: tuple[Claim, ...] = ()
    sentences: tuple[SentenceSpan, ...] = ()
    issue: Issue | None = None


class StoredDocument(msgspec.Struct, frozen=True):
    """What became of one document file: a document and its claims, or the reason for none.

    Attributes:
        document: None if the file gave none.
        issue: Why it gave none.
        claims: As rules found them.
        sentences: Spans of the stored text, each with its language.
    """

    document: Document | None = None
    issue: Issue | None = None
    claims: tuple[Claim, ...] = ()
    sentences: tuple[SentenceSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class File:
    """One document file.

    Attributes:
        path: Where it lies.
        name: As shown.
        stored: Folder of what was read before; None to keep nothing.
        version: Of everything but the file that the result depends on.
    """

    path: Path
    name: str
    stored: Path | None = None
    version: str = ""


def read(file: File) -> Read:
    """Read one file; it depends on the file, the one beside it and the catalogue alone."""
    found = gather.gather_document(file.path, name=file.name)
    if isinstance(found, Issue):
        return Read(issue=found)
    document, text = found
    if not gather.is_read(document.language):
        said = f"its language ({document.language}) is not among those that claims are found in"
        issue = Issue(gather.STAGE, file.name, -1, "claims-language", said, severity="warning")
        return Read(document, text, issue=issue)
    try:
        analysis = gather.analysed(document, text)
        claims = gather.document_claims(document, text, analysis)
        spans = tuple((s.start, s.end, s.language) for s in analysis.sentences)
    except Exception as error:
        fault = type(error).__name__  # its message may hold words of the document
        issue = Issue(gather.STAGE, file.name, -1, "claims-failed", f"{fault}; please report it")
        return Read(document, text, issue=issue)
    return Read(document, text, claims, spans)


def read_all(files: Sequence[File], jobs: int) -> Iterator[Read]:
    """Read files in their order, in several processes if there are more than a few."""
    with pool(jobs if len(files) > FEW else 1, _ready) as mapped:
        yield from mapped(read, files)


def stored_all(files: Sequence[File], jobs: int) -> Iterator[StoredDocument]:
    """Give what is stored of each file, in their order; what is not there is read and stored."""
    marked = [(file, mark(file)) for file in files]
    missing = sum(not path.is_file() for _, path in marked)
    with pool(jobs if missing > FEW else 1, _ready) as mapped:
        yield from mapped(_stored, marked)


def each_once(read: Sequence[StoredDocument]) -> list[StoredDocument]:
    """Return what files gave; one that is an earlier one to the byte gives an issue that says so.

    A document is known by its bytes, in judgements too: two files of the same bytes are one.
    """
    first: dict[str, str] = {}
    out: list[StoredDocument] = []
    for each in read:
        found = each.document
        if found is None or first.setdefault(found.id, found.file) == found.file:
            out.append(each)
            continue
        said = f"it is {first[found.id]} to the byte, and counts with it as one document"
        issue = Issue(gather.STAGE, found.file, -1, "document-copy", said, severity="warning")
        out.append(StoredDocument(issue=issue))
    return out


def mark(file: File) -> Path:
    """Return where a file's result is stored: named by all that it depends on."""
    sidecar = file.path.with_name(file.path.name + gather.SIDECAR)
    beside = store.sha256(sidecar) if sidecar.is_file() else ""
    key = store.fingerprint(store.sha256(file.path), file.name, beside, file.version)
    return _folder(file) / f"{key}.json"


def text_path(stored: Path, document: Document) -> Path:
    """Return where the stored text of a document lies."""
    return stored / f"{document.id}-{document.text_sha256[:16]}.txt"


def stored_text(stored: Path, document: Document) -> str:
    """Read a stored text as it was stored, line ends and all."""
    return text_path(stored, document).read_bytes().decode()


def document_files(folder: Path) -> list[Path]:
    """Return the documents of a folder, sorted; hidden files and sidecars are none."""
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".") and path.suffix != ".toml"
    )


def files_of(folder: Path, stored: Path, version: str) -> list[File]:
    """Return the document files of an observatory."""
    return [
        File(path, inputs.shown(path.relative_to(folder)), stored, version)
        for path in document_files(folder)
    ]


def _folder(file: File) -> Path:
    if file.stored is None:
        raise ValueError("this file's result is not stored")
    return file.stored


def _ready() -> None:
    """Nothing to prepare: the catalogue is read when it is first asked."""


def _stored(marked: tuple[File, Path]) -> StoredDocument:
    file, path = marked
    if path.is_file():
        return msgspec.json.decode(path.read_bytes(), type=StoredDocument)
    found = read(file)
    result = StoredDocument(found.document, found.issue, found.claims, found.sentences)
    if found.document:
        store.write_bytes(text_path(_folder(file), found.document), found.text.encode())
    store.write_bytes(path, msgspec.json.encode(result))
    return result
