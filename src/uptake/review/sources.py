"""What the desk is given: documents with their claims, and where judgements are kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec

from uptake.model.claim import Claim
from uptake.model.evidence import Document, Passage
from uptake.model.knowledge import Judgement, Knowledge


class Case(msgspec.Struct, frozen=True):
    """One document as an analyst sees it.

    Attributes:
        document: What is known of it.
        text: As stored; spans are code points of it.
        claims: As extracted, in the order of their quotes; no judgement is in them.
    """

    document: Document
    text: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """All that the desk reads and the one thing that it writes about claims.

    Attributes:
        title: Of the observatory.
        cases: Read the documents; called for every page, so it should be quick if nothing changed.
        sentences: Give the sentences of a case, in order.
        judgements: Read all judgements, the oldest first.
        append: Keep a judgement, after all that are there.
        knowledge: Say what the published claims say together, with all judgements applied.
        style: The site's style sheet.
    """

    title: str
    cases: Callable[[], Sequence[Case]]
    sentences: Callable[[Case], Sequence[Passage]]
    judgements: Callable[[], Sequence[Judgement]]
    append: Callable[[Judgement], None]
    knowledge: Callable[[], Knowledge]
    style: str
