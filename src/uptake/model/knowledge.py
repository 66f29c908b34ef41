"""What claims say together: who is who, which documents tell one story, what agrees or does not."""

from typing import Any, Literal

import msgspec

from uptake.model.claim import Claim
from uptake.model.distance import Distance
from uptake.model.views import Views


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """One decision of an analyst; appended, never changed; a later ``undo`` takes it back.

    Attributes:
        id: Hash of its content.
        kind: ``accept``, ``reject``, ``edit`` (fields, or the place of the quote), ``merge`` and
            ``split`` (two names are or are not the same), ``resolve`` (which side of a
            contradiction holds, or that it is none), ``undo``.
        target: Id of a claim, of two entities (``a|b``), of a contradiction, or of a judgement.
        data: What is set: fields, ``start`` and ``end``, the side that holds.
        who, when, why: Name as given, ISO time with zone, reason.
    """

    id: str
    kind: Literal["accept", "reject", "edit", "merge", "split", "resolve", "undo"]
    target: str
    who: str
    when: str
    why: str = ""
    data: dict[str, Any] = {}


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """A person or an organisation, by all the names under which documents know it.

    Attributes:
        id: Hash of its sorted names.
        name: The name shown.
        names: All spellings, sorted.
        claims: Ids of the claims that name it.
        merged: Why its names are held to be one: (name, name, score or ``judgement``).
    """

    id: str
    kind: Literal["person", "organisation"]
    name: str
    names: tuple[str, ...]
    claims: tuple[str, ...]
    merged: tuple[tuple[str, str, str], ...] = ()


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """Documents that print one text, copied or lightly edited: they count as one source.

    Every document is in one story; most stories have one document.

    Attributes:
        id: Id of its first document.
        documents: Ids, the earliest dated first.
        containment: Smallest share of word triples that a copy and the first have in common, of
            the shorter one's triples.
    """

    id: str
    documents: tuple[str, ...]
    containment: float = 1.0


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """Claims of one indicator, place and period with the same value: ``stories`` tell it.

    Attributes:
        bounded: Whether some tell no value but a bound ("more than 690") that holds the others'.
    """

    indicator: str
    place: str
    period: str
    claims: tuple[str, ...]
    stories: int
    bounded: bool = False


class Contradiction(msgspec.Struct, frozen=True, kw_only=True):
    """Claims of one indicator, place and period whose values can not both hold.

    Attributes:
        id: Hash of indicator, place, period and values: a judgement on it outlives claims' ids.
        claims: Ids, one a value at least.
        note: In words, what differs.
        resolved: By a judgement: the claim that holds, or ``none`` if there is no contradiction.
    """

    id: str
    indicator: str
    place: str
    period: str
    claims: tuple[str, ...]
    note: str = ""
    resolved: str = ""


class TargetPair(msgspec.Struct, frozen=True, kw_only=True):
    """A target beside the actual value of the same thing.

    Attributes:
        target, actual: Ids of claims.
        unit: Of the figures below; ISO 4217 for money (the target's currency).
        target_value: In ``unit``.
        actual_low, actual_high: Bounds of the actual value in ``unit``; None where it is open
            ("at least", "more than" give no upper bound).
        gap_low, gap_high: Bounds of target less actual; None where open.
        rate: Exchange rate used, ``""`` if none: ``1 EUR = 1.0824 USD, average of 2024, ECB``.
        sentence: The comparison in words, bounds said as bounds.
        place: Places that both are about: ``KAZ``, ``KAZ,UZB``, empty.
        parts: Cities and regions that they name within it, sorted; empty for none.
        target_time, actual_time: Their periods: ``by 2030``; empty where none is stated.
    """

    target: str
    actual: str
    unit: str
    target_value: float
    actual_low: float | None
    actual_high: float | None
    gap_low: float | None
    gap_high: float | None
    rate: str
    sentence: str
    place: str = ""
    parts: tuple[str, ...] = ()
    target_time: str = ""
    actual_time: str = ""


class Corroboration(msgspec.Struct, frozen=True, kw_only=True):
    """A claim held against an indicator table.

    Attributes:
        claim: Its id.
        verdict: ``confirmed``, ``contradicted``, or ``close`` (the table rounds otherwise).
        indicator, place, period, source: The table's row.
        value: The table's, as printed there.
        sentence: In words, naming the row.
    """

    claim: str
    verdict: Literal["confirmed", "close", "contradicted"]
    indicator: str
    place: str
    period: str
    source: str
    value: str
    sentence: str


class Excerpt(msgspec.Struct, frozen=True, kw_only=True):
    """What is printed around a quote: its sentence, and of a digest, which is ours, its paragraph.

    Attributes:
        start, end: Code points of the stored text.
        text: ``document[start:end]``; a claim's quote is ``text[c.start - start : c.end - start]``.
        language: Code of its own paragraph; empty for that of the document.
    """

    start: int
    end: int
    text: str
    language: str = ""


class Knowledge(msgspec.Struct, frozen=True, kw_only=True):
    """All published claims and what they say together.

    Attributes:
        claims: In the order of document and place in it.
        status: By claim id: ``accepted``, ``proposed`` (published by its confidence alone).
        edited: Ids of the accepted claims that an analyst edited: they say what a person wrote.
        threshold: Confidence from which a proposed claim is published.
        withheld: How many proposed claims lie below it; how many were rejected.
        excerpts: By claim id: the sentence around its quote. No more of a document is published.
        views: Claims taken together, by place (ISO 3166-1 alpha-3); ``all`` for the region.
        unplaced: Ids of judgements whose claim is no longer there, or whose edit does not fit it.
        called: What a figure is called on pages instead of its own name, by claim id; empty for
            one whose name tells nothing.
        copies: By the id of a claim that a copy of a text repeats, the id of the one that stands
            for it: both count as one, and the sources of both are listed.
        distances: How far places are from their targets.
        newest: Day that the newest document or table row is of, ISO; empty if none states one.
    """

    claims: tuple[Claim, ...] = ()
    status: dict[str, Literal["accepted", "proposed"]] = {}
    edited: tuple[str, ...] = ()
    threshold: float = 0.0
    withheld: tuple[int, int] = (0, 0)
    entities: tuple[Entity, ...] = ()
    stories: tuple[Story, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    pairs: tuple[TargetPair, ...] = ()
    corroborations: tuple[Corroboration, ...] = ()
    excerpts: dict[str, Excerpt] = {}
    views: dict[str, Views] = {}
    unplaced: tuple[str, ...] = ()
    called: dict[str, str] = {}
    copies: dict[str, str] = {}
    distances: tuple[Distance, ...] = ()
    newest: str = ""
