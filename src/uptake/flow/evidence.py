"""Tables and documents to evidence: public from the start, each input read once."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from uptake import __version__, catalog, gather
from uptake.config import Config
from uptake.flow import documents
from uptake.flow.knowledge import known
from uptake.flow.llm import Confirm
from uptake.flow.proposed import proposed
from uptake.model.errors import ConfigError
from uptake.model.evidence import Observation, Source
from uptake.model.issue import Issue
from uptake.model.knowledge import Knowledge
from uptake.model.release import Evidence


@dataclass(frozen=True, slots=True)
class Gathered:
    """The evidence of an observatory and what went wrong on the way."""

    evidence: Evidence
    issues: tuple[Issue, ...]
    knowledge: Knowledge


def gather_all(folder: Path, config: Config, stored: Path, jobs: int, confirm: Confirm) -> Gathered:
    """Read the tables and the documents of an observatory.

    Args:
        folder: Of the observatory.
        config: Its settings.
        stored: Folder of documents read before.
        jobs: Processes.
        confirm: Asked before a language model is.
    """
    files = documents.files_of(folder / config.documents.folder, stored, version())
    read = documents.each_once(list(documents.stored_all(files, jobs)))
    found = [each.document for each in read if each.document]
    claims = [claim for each in read for claim in each.claims]
    issues = [each.issue for each in read if each.issue]
    if config.documents.llm:
        more, dropped = proposed(config.documents.llm, stored, found, claims, confirm)
        claims += more
        issues += dropped
    sources, observations = _tables(folder / config.tables.folder, config.tables.catalogue)
    knowledge, unread = known(folder, config, stored, read, claims, observations)
    places = {*config.region.places, *config.region.comparators, "WLD"}
    shown = [o for o in observations if o.place in places]
    listed = {i.id: i for i in gather.indicators(_own_tables(folder / config.tables.folder))}
    used = dict.fromkeys(o.indicator for o in shown)
    return Gathered(
        Evidence(
            indicators=tuple(listed[name] for name in used if name in listed),
            observations=tuple(shown),
            sources=tuple(sources),
            documents=tuple(found),
        ),
        (*issues, *unread),
        knowledge,
    )


def version() -> str:
    """Return what stored documents depend on beside their files."""
    return f"{gather.version()}, uptake {__version__}"


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
