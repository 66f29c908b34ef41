"""What documents and tables say: public from the start, each with its source."""

from typing import Literal

import msgspec

Comparator = Literal["=", ">", "<", "~"]


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Where a figure or a document comes from; nothing is stored without one.

    Attributes:
        id: Short id, unique in an observatory.
        producer: Who made it.
        title: What it is called.
        url: Where its publisher keeps it.
        licence: Under which terms it may be reused, in words or as an SPDX id.
        citation: How to cite it, one line.
        published: Date of publication as stated, ISO (year, month or day); None if not stated.
        accessed: Date on which it was read, ISO; None if not known.
        sha256: Of the bytes that were read.
        note: What a reader must know (imputed, different definition, withheld levels).
    """

    id: str
    producer: str
    title: str
    url: str
    licence: str
    citation: str
    published: str | None = None
    accessed: str | None = None
    sha256: str = ""
    note: str = ""


class Observation(msgspec.Struct, frozen=True, kw_only=True):
    """One value of one indicator for one place and period, by one source.

    Several sources for the same cell live side by side; nothing is overwritten.

    Attributes:
        indicator: Id of the indicator (``ai_user_share``).
        place: ISO 3166-1 alpha-3, or ``WLD`` for the world.
        period: As stated: ``2024``, ``2025-H1``, ``2026-Q1``, ``2025-08``.
        value: In ``unit``.
        unit: ``percent``, ``index``, ``rank``, ``people``, ``years``, ``usd_ppp`` ...
        source: Id of its ``Source``.
        original_value: As printed in the source.
        comparator: ``=``, or ``>``, ``<``, ``~`` where the source states a bound.
        status: ``actual``, ``target`` or ``imputed`` (by its publisher, not measured).
        note: What a reader must know of this one value.
    """

    indicator: str
    place: str
    period: str
    value: float
    unit: str
    source: str
    original_value: str
    comparator: Comparator = "="
    status: Literal["actual", "target", "imputed"] = "actual"
    note: str = ""


class Indicator(msgspec.Struct, frozen=True, kw_only=True):
    """What an indicator measures.

    Attributes:
        id: Short id.
        title: As shown.
        description: What it measures and in which population.
        unit: Unit of its observations.
        higher_is: ``better``, ``worse`` or ``neither``: how a rank would read.
    """

    id: str
    title: str
    description: str
    unit: str
    higher_is: Literal["better", "worse", "neither"] = "neither"


class Passage(msgspec.Struct, frozen=True, gc=False):
    """A stretch of a document's stored text: ``text[start:end]``, in code points."""

    start: int
    end: int


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One stored document.

    Attributes:
        id: First 16 hex digits of the sha256 of its original bytes.
        file: Its name relative to the documents folder.
        sha256: Of the original bytes.
        text_sha256: Of the stored text, encoded as UTF-8.
        extractor: Name and version of what turned bytes into text (``trafilatura 2.3.1``).
        title: As stated, empty if there is none.
        date: As stated, ISO (year, month or day); None if the document states none.
        language: Code of its main language, ``other`` if not one of ours.
        kind: ``document``, or ``digest`` for a summary in other words than its source's.
        source: Where it comes from.
        places: ISO 3166-1 alpha-3 codes of the places that it names, sorted.
        passages: Its paragraphs, in order.
    """

    id: str
    file: str
    sha256: str
    text_sha256: str
    extractor: str
    title: str
    date: str | None
    language: str
    kind: Literal["document", "digest"]
    source: Source
    places: tuple[str, ...]
    passages: tuple[Passage, ...]
