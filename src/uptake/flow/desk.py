"""The analyst's desk over an observatory: documents and claims of its store, judgements beside it.

Judgements lie in a file and labels in ``gold/``, beside ``observatory.toml``: they are inputs, made
by people, and no build touches them.
"""

import logging
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from uptake import config, gather
from uptake.config import Config
from uptake.flow import documents, evidence
from uptake.flow.gold_sample import gold_sources
from uptake.flow.knowledge import judgements_path
from uptake.flow.proposed import proposed
from uptake.gather.knowledge import judgements
from uptake.gather.knowledge.applying import apply, edit
from uptake.gather.knowledge.checking import impossible
from uptake.model.claim import Claim
from uptake.model.errors import UptakeError
from uptake.model.evidence import Document, Passage
from uptake.model.issue import Issue
from uptake.model.knowledge import Judgement, Knowledge
from uptake.publish.rendering import style
from uptake.review.app import desk
from uptake.review.guard import Access, Guard
from uptake.review.sources import Case, Rules, Sources

logger = logging.getLogger(__name__)

Stamp = tuple[tuple[str, int, int], ...]
"""Name, size and time of files: while they are the same, so is what was read."""


@dataclass(slots=True)
class Shelf:
    """The documents of an observatory as they are now; read again when a file changes.

    A class as it holds what was read.
    """

    folder: Path
    settings: Config
    jobs: int = 1
    _stamp: Stamp | None = None
    _cases: tuple[Case, ...] = ()
    _known: Knowledge = field(default_factory=Knowledge)
    _known_of: object = None
    _lock: Lock = field(default_factory=Lock)

    def cases(self) -> Sequence[Case]:
        """Return the documents with their claims; one that was never read is read and stored."""
        with self._lock:
            stamp = _stamped(self.folder / self.settings.documents.folder)
            if stamp != self._stamp:
                self._cases = tuple(self._read())
                self._stamp = stamp
            return self._cases

    def known(self, decided: Sequence[Judgement]) -> Knowledge:
        """Return what the published claims say together, with all judgements applied.

        Raises:
            MissingExtraError: The extra ``evidence`` is not installed.
        """
        cases = self.cases()
        with self._lock:
            of = (self._stamp, tuple(judgement.id for judgement in decided))
            if of != self._known_of:
                # tables take part in what is said of a claim, not in who is who or what differs
                self._known = gather.knowledge(
                    [case.document for case in cases],
                    {case.document.id: case.text for case in cases},
                    [claim for case in cases for claim in case.claims],
                    (),
                    decided,
                    self.settings.documents.confidence,
                )
                self._known_of = of
            return self._known

    def _read(self) -> list[Case]:
        stored = self.folder / "build" / "store" / "documents"
        files = documents.files_of(
            self.folder / self.settings.documents.folder, stored, evidence.version()
        )
        found = {
            each.document.id: (each.document, each)
            for each in documents.stored_all(files, self.jobs)
            if each.document is not None
        }
        claims = [claim for _, each in found.values() for claim in each.claims]
        claims += self._proposed(stored, [document for document, _ in found.values()], claims)
        return [
            Case(
                document,
                documents.stored_text(stored, document),
                _of(document, claims),
                tuple(Passage(start, end) for start, end, _ in each.sentences),
            )
            for document, each in found.values()
        ]

    def _proposed(
        self, stored: Path, known: Sequence[Document], ruled: Sequence[Claim]
    ) -> Sequence[Claim]:
        """Return what a language model has proposed in the last build; nothing is asked here."""
        endpoint = self.settings.documents.llm
        if endpoint is None:
            return ()
        try:
            return proposed(endpoint, stored, known, ruled, lambda said: False)[0]
        except UptakeError as error:
            logger.warning("proposals of the language model are not shown: %s", error)
            return ()


def _of(document: Document, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims of a document, each id once, in the order of their quotes."""
    own = {claim.id: claim for claim in claims if claim.doc == document.id}
    return tuple(sorted(own.values(), key=lambda c: (c.start, c.end, c.type, c.id)))


def _stamped(folder: Path) -> Stamp:
    files = sorted(folder.rglob("*")) if folder.is_dir() else []
    return tuple(
        (str(path), stat.st_size, stat.st_mtime_ns)
        for path in files
        if path.is_file()
        for stat in (path.stat(),)
    )


def sources(folder: Path, settings: Config, jobs: int = 1) -> Sources:
    """Return what the desk reads of an observatory."""
    shelf = Shelf(folder, settings, jobs)
    path = judgements_path(folder, settings)

    def load() -> tuple[Sequence[Judgement], Sequence[Issue]]:
        return judgements.load(path)

    return Sources(
        title=settings.observatory.title,
        cases=shelf.cases,
        judgements=load,
        append=lambda one: judgements.append(path, one),
        rules=Rules(judgements.judgement, judgements.anchor, apply, edit, impossible),
        knowledge=lambda: shelf.known(load()[0]),
        threshold=settings.documents.confidence,
        style=style(),
    )


def now() -> str:
    """Return the time in UTC, to the microsecond."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


@dataclass(frozen=True, slots=True)
class Opened:
    """A desk that is ready to serve.

    Attributes:
        app: The ASGI application.
        path: Where it begins; holds the key.
    """

    app: Guard
    path: str


def opened(folder: Path, *, hosts: Iterable[str], jobs: int = 1, messages: bool = True) -> Opened:
    """Open the desk of an observatory, with new keys.

    Args:
        folder: The observatory.
        hosts: Names and addresses under which a browser may ask for it.
        jobs: Processes that read documents which were not read yet.
        messages: Whether masked messages may be shown.

    Raises:
        ConfigError: A setting is wrong.
    """
    settings = config.read(folder)
    given = sources(folder, settings, jobs)
    given.cases()  # what was not read yet is read now, not at the first page
    access = Access(secrets.token_urlsafe(32), secrets.token_urlsafe(32), frozenset(hosts))
    return Opened(
        desk(given, access, now, gold_sources(folder, settings) if messages else None),
        f"{access.root}/",
    )
