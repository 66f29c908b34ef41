"""Tables and documents to evidence: public from the start, each input read once."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from uptake import __version__, catalog, gather
from uptake.config import Config
from uptake.engine import store
from uptake.flow import inputs
from uptake.model.errors import ConfigError
from uptake.model.evidence import Document, Observation, Source
from uptake.model.issue import Issue
from uptake.model.release import Evidence


class StoredDocument(msgspec.Struct, frozen=True):
    """What became of one document file: a document, or the reason why there is none."""

    document: Document | None = None
    issue: Issue | None = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """The evidence of an observatory and what went wrong on the way."""

    evidence: Evidence
    issues: tuple[Issue, ...]


def gather_all(folder: Path, config: Config, documents_store: Path) -> Gathered:
    """Read the tables and the documents of an observatory."""
    documents, issues = _documents(folder / config.documents.folder, documents_store)
    sources, observations = _tables(folder / config.tables.folder, config.tables.catalogue)
    places = {*config.region.places, *config.region.comparators, "WLD"}
    shown = [o for o in observations if o.place in places]
    known = {i.id: i for i in gather.indicators(_own_tables(folder / config.tables.folder))}
    used = dict.fromkeys(o.indicator for o in shown)
    return Gathered(
        Evidence(
            indicators=tuple(known[name] for name in used if name in known),
            observations=tuple(shown),
            sources=tuple(sources),
            documents=documents,
        ),
        issues,
    )


def _tables(folder: Path, listed: Sequence[str]) -> tuple[list[Source], list[Observation]]:
    names = catalog.names("sources") if "*" in listed else tuple(listed)
    own = _own_tables(folder)
    sources: list[Source] = []
    observations: list[Observation] = []
    tables: list[str | Path] = [*names, *own]
    for table in tables:
        source, rows = gather.gather_table(table)
        if any(source.id == other.id for other in sources):
            raise ConfigError(
                f"{table}: the id {source.id!r} is another table's too; give each its own"
            )
        sources.append(source)
        observations.extend(rows)
    return sources, observations


def _own_tables(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.toml")) if folder.is_dir() else []


def _documents(folder: Path, stored: Path) -> tuple[tuple[Document, ...], tuple[Issue, ...]]:
    documents: list[Document] = []
    issues: list[Issue] = []
    for path in document_files(folder):
        found = _document(path, inputs.shown(path.relative_to(folder)), stored)
        if found.document:
            documents.append(found.document)
        if found.issue:
            issues.append(found.issue)
    return tuple(documents), tuple(issues)


def document_files(folder: Path) -> list[Path]:
    """Return the documents of a folder, sorted; hidden files and sidecars are none."""
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".") and path.suffix != ".toml"
    )


def _document(path: Path, name: str, stored: Path) -> StoredDocument:
    sidecar = path.with_name(path.name + ".source.toml")
    beside = store.sha256(sidecar) if sidecar.is_file() else ""
    key = store.fingerprint(store.sha256(path), name, beside, gather.version(), __version__)
    mark = stored / f"{key}.json"
    if mark.is_file():
        return msgspec.json.decode(mark.read_bytes(), type=StoredDocument)
    found = gather.gather_document(path, name=name)
    if isinstance(found, Issue):
        result = StoredDocument(issue=found)
    else:
        document, text = found
        result = StoredDocument(document=document)
        store.write_bytes(stored / f"{document.id}.txt", text.encode())
    store.write_bytes(mark, msgspec.json.encode(result))
    return result
