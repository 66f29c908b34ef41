"""What all pages of a desk share: its sources, its keys and its clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from uptake.model.evidence import Document
from uptake.model.knowledge import Judgement
from uptake.review import judging
from uptake.review.gold import GoldSources
from uptake.review.guard import Access
from uptake.review.sources import Case, Sources
from uptake.review.standing import Standing, standings


@dataclass(frozen=True, slots=True)
class View:
    """What a page is made of: read once, so that all on it is of one moment."""

    cases: Mapping[str, Case]
    judgements: tuple[Judgement, ...]
    known: Mapping[str, Standing]

    @property
    def documents(self) -> list[Document]:
        """Return the documents in order."""
        return [case.document for case in self.cases.values()]

    def last(self, target: str) -> str:
        """Return the id of the last judgement about something, or of one that undid it."""
        own = {target} | {j.id for j in self.judgements if j.target == target}
        return next((j.id for j in reversed(self.judgements) if j.target in own), "")

    def judged(self, id: str) -> Judgement | None:
        """Return a judgement by its id."""
        return next((j for j in self.judgements if j.id == id), None)


@dataclass(frozen=True, slots=True)
class Room:
    """A desk that is open.

    Attributes:
        sources: What it is given.
        access: Who may come in.
        now: Tells the time, ISO with zone.
        gold: For the second tab; None if the observatory has no logs.
    """

    sources: Sources
    access: Access
    now: Callable[[], str]
    gold: GoldSources | None = None
    _lock: Lock = field(default_factory=Lock, repr=False)

    def view(self) -> View:
        """Read everything."""
        cases = {case.document.id: case for case in self.sources.cases()}
        judgements = tuple(self.sources.judgements())
        return View(cases, judgements, standings(list(cases.values()), judgements))

    def record(
        self,
        kind: judging.Kind,
        target: str,
        who: str,
        why: str = "",
        data: Mapping[str, Any] | None = None,
    ) -> Judgement:
        """Append a judgement."""
        with self._lock:
            made = judging.judgement(kind, target, who=who, when=self.now(), why=why, data=data)
            self.sources.append(made)
        return made
