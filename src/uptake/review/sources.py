"""What the desk is given: documents with their claims, and where judgements are kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import msgspec

from uptake.model.claim import Claim
from uptake.model.evidence import Document, Passage
from uptake.model.issue import Issue
from uptake.model.knowledge import Judgement, Knowledge

Kind = Literal["accept", "reject", "edit", "merge", "split", "resolve", "undo"]
State = Literal["accepted", "rejected", "proposed"]


class Case(msgspec.Struct, frozen=True):
    """One document as an analyst sees it.

    Attributes:
        document: What is known of it.
        text: As stored; spans are code points of it.
        claims: As extracted, in the order of their quotes; no judgement is in them.
        sentences: Spans of the text, in order.
    """

    document: Document
    text: str
    claims: tuple[Claim, ...]
    sentences: tuple[Passage, ...] = ()


class Judged(Protocol):
    """Claims after judgement, as a build would publish them."""

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As edited, with the ids of the extracted claims, in their order."""

    @property
    def status(self) -> Mapping[str, State]:
        """By claim id."""

    @property
    def edited(self) -> frozenset[str]:
        """Ids of claims that an edit changed."""

    @property
    def unplaced(self) -> tuple[str, ...]:
        """Ids of judgements on claims that are gone, or whose edit no longer fits."""

    @property
    def placed(self) -> Mapping[str, str]:
        """By the id that was judged, the id of the claim that stands for it now."""


class Make(Protocol):
    """Makes a judgement with its id."""

    def __call__(
        self,
        kind: Kind,
        target: str,
        who: str,
        when: str,
        why: str = "",
        data: dict[str, Any] | None = None,
    ) -> Judgement:
        """Make one."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How judgements are made and applied: the same as in a build.

    Attributes:
        make: Makes one with its id.
        anchor: What finds a claim again after a rebuild, as a part of a judgement's data.
        apply: Applies all judgements to the claims; takes the texts by document.
        edit: Applies one edit to a claim, or raises an ``UptakeError`` that says why not.
        impossible: What an edit makes impossible, by the field of the form; takes both claims.
    """

    make: Make
    anchor: Callable[[Claim], dict[str, Any]]
    apply: Callable[[Sequence[Claim], Sequence[Judgement], Mapping[str, str]], Judged]
    edit: Callable[[Claim, Mapping[str, Any], Mapping[str, str]], Claim]
    impossible: Callable[[Claim, Claim], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Sources:
    """All that the desk reads and the one thing that it writes about claims.

    Attributes:
        title: Of the observatory.
        cases: Read the documents; called for every page, so it should be quick if nothing changed.
        judgements: Read all judgements, the oldest first, and what is wrong with their file.
        append: Keep a judgement, after all that are there.
        rules: How they are made and applied.
        knowledge: Say what the published claims say together, with all judgements applied.
        threshold: Confidence from which a claim that nobody judged is published.
        style: The site's style sheet.
    """

    title: str
    cases: Callable[[], Sequence[Case]]
    judgements: Callable[[], tuple[Sequence[Judgement], Sequence[Issue]]]
    append: Callable[[Judgement], None]
    rules: Rules
    knowledge: Callable[[], Knowledge]
    threshold: float
    style: str
