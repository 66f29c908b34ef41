"""What all pages of a desk share: its sources, its keys and its clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from uptake.model.claim import Claim
from uptake.model.evidence import Document
from uptake.model.issue import Issue
from uptake.model.knowledge import Judgement
from uptake.review.gold import GoldSources
from uptake.review.guard import Access
from uptake.review.sources import Case, Kind, Sources
from uptake.review.standing import Standing, standings

LONGEST_NAME: Final = 80
LONGEST_REASON: Final = 2_000


@dataclass(frozen=True, slots=True)
class View:
    """What a page is made of: read once, so that all on it is of one moment.

    Attributes:
        cases: By the id of their document.
        judgements: The oldest first.
        issues: What is wrong with their file.
        known: Each claim's standing by its id.
        placed: By an id that was judged, that of the claim that stands for it now.
        unplaced: Ids of judgements without effect.
    """

    cases: Mapping[str, Case]
    judgements: tuple[Judgement, ...]
    issues: tuple[Issue, ...]
    known: Mapping[str, Standing]
    placed: Mapping[str, str]
    unplaced: frozenset[str]

    @property
    def documents(self) -> list[Document]:
        """Return the documents in order."""
        return [case.document for case in self.cases.values()]

    @property
    def titles(self) -> dict[str, str]:
        """Return what each document is called."""
        return {d.id: d.title or d.file for d in self.documents}

    def last(self, target: str) -> str:
        """Return the id of the last judgement about something, or of one that undid it."""
        own = {target}
        last = ""
        for judgement in self.judgements:
            if self.placed.get(judgement.target, judgement.target) in own:
                own.add(judgement.id)
                last = judgement.id
        return last

    def judged(self, id: str) -> Judgement | None:
        """Return a judgement by its id."""
        return next((j for j in self.judgements if j.id == id), None)


@dataclass(frozen=True, slots=True)
class Room:
    """A desk that is open.

    Attributes:
        sources: What it is given.
        access: Who may come in.
        now: Tells the time, ISO with zone, to the microsecond.
        gold: For the second tab; None if the observatory has no logs.
    """

    sources: Sources
    access: Access
    now: Callable[[], str]
    gold: GoldSources | None = None

    def view(self) -> View:
        """Read everything."""
        cases = {case.document.id: case for case in self.sources.cases()}
        judgements, issues = self.sources.judgements()
        claims = [claim for case in cases.values() for claim in case.claims]
        texts = {id: case.text for id, case in cases.items()}
        judged = self.sources.rules.apply(claims, judgements, texts)
        return View(
            cases,
            tuple(judgements),
            tuple(issues),
            standings(list(cases.values()), judgements, judged),
            judged.placed,
            frozenset(judged.unplaced),
        )

    def record(
        self,
        kind: Kind,
        target: str,
        who: str,
        why: str = "",
        *,
        data: Mapping[str, Any] | None = None,
        claim: Claim | None = None,
    ) -> Judgement:
        """Append a judgement; about a claim, with what finds it again."""
        rules = self.sources.rules
        said = {**(data or {}), **(rules.anchor(claim) if claim else {})}
        made = rules.make(kind, target, who, self.now(), why, said)
        self.sources.append(made)
        return made


def named(who: str) -> str:
    """Return a name with single spaces, empty if it is none that can be kept.

    >>> named("  Aigul   K. "), named("a" + chr(0)), named("x" * 81)
    ('Aigul K.', '', '')
    """
    name = " ".join(who.split())
    return name if len(name) <= LONGEST_NAME and name.isprintable() else ""


def reason(why: str) -> str:
    """Return a reason without control signs."""
    return "".join(sign for sign in why if sign.isprintable() or sign in "\n\t").strip()
