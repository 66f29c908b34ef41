"""What documents say, as claims: each one opens the exact words that it rests on."""

from typing import Any, Literal

import msgspec

from uptake.model.evidence import Passage

ClaimType = Literal[
    "indicator",
    "initiative",
    "policy",
    "partnership",
    "event",
    "person",
    "organisation",
    "source_ref",
]
Modality = Literal["asserted", "planned", "discussed", "expected", "possible", "recommended"]
Basis = Literal["explicit", "context", "place"]
Relation = Literal["in", "by", "as_of", "since", "after", "between", "during"]
Stage = Literal["announced", "pilot", "in_use", "scaled", "cancelled"]


class ClaimTime(msgspec.Struct, frozen=True, kw_only=True):
    """When, as the document states it; nothing is completed from a file or a clock.

    Attributes:
        text: As printed.
        start: ISO date to the precision stated (``2026``, ``2026-09``, ``2026-Q3``,
            ``2026-H1``, ``2026-04-14``, ``2025/2026`` for a school year).
        end: The same for the end; None where it is open, or for a single point.
        granularity: ``day``, ``month``, ``quarter``, ``half-year``, ``year``, ``school-year``.
        relation: How what is said lies to the time.
    """

    text: str
    start: str | None
    end: str | None = None
    granularity: str = "year"
    relation: Relation = "in"


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """Who said so: the author, somebody whom the author reports, or words in quotation marks."""

    kind: Literal["author", "reported", "direct_quote"] = "author"
    speaker: str | None = None
    role: str | None = None
    organisation: str | None = None


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One claim of a document: ``text[start:end] == quote``, or the claim does not exist.

    Attributes:
        id: Hash of document, type, span and fields (``gather.claims.identified``).
        doc: Id of the document in an observatory, stem of the file for ``uptake claims``.
        type: What is claimed; ``fields`` has the keys of that type.
        quote: The words, as stored; offsets are code points of the stored text.
        countries: ISO 3166-1 alpha-3, sorted; of what the claim is about.
        country_basis: Named in the quote, by the context, or through a city; None without one.
        sectors: By ``catalog/sectors.toml``.
        time: None where the document states none.
        modality: Whether it is asserted, planned, only discussed ...
        attribution: None for persons, organisations and references.
        source_ref: Marker of the endnote that carries it.
        fields: By type, in plain values; see ``docs/reference/claims.md``.
        evidence: Spans of the stored text by role (``value``, ``time``, ``country``, ``stage``).
        alternatives: Other honest readings, by field.
        also_at: Other spans of the same document where it is printed again.
        confidence: 0 to 1: how often claims made by this rule were right on development
            documents.
        extractor: Name and version of what made it.
    """

    id: str = ""
    doc: str = ""
    type: ClaimType
    quote: str
    start: int
    end: int
    countries: tuple[str, ...] = ()
    country_basis: Basis | None = None
    sectors: tuple[str, ...] = ()
    time: ClaimTime | None = None
    modality: Modality = "asserted"
    attribution: Attribution | None = None
    source_ref: str | None = None
    fields: dict[str, Any] = {}
    evidence: dict[str, tuple[Passage, ...]] = {}
    alternatives: dict[str, tuple[Any, ...]] = {}
    also_at: tuple[Passage, ...] = ()
    confidence: float = 0.5
    extractor: str = ""
