"""All that one release holds: the input of every output."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from uptake.model.change import Change
from uptake.model.composite import Ranking
from uptake.model.demography import Demography
from uptake.model.estimate import Estimates
from uptake.model.evidence import Document, Indicator, Observation, Source
from uptake.model.knowledge import Knowledge
from uptake.model.perhead import PerHead
from uptake.model.programme import Programme
from uptake.model.promise import Promise
from uptake.model.protected import NONE, ProtectedPlaces


def spans(months: Sequence[str]) -> str:
    """Write months with those that follow each other as one span.

    >>> spans(("2025-11", "2025-12", "2026-01", "2026-03", "unknown"))
    '2025-11 to 2026-01, 2026-03, unknown'
    """
    found: list[list[str]] = []
    for month in sorted(months):
        if found and _after(found[-1][-1]) == month:
            found[-1].append(month)
        else:
            found.append([month])
    return ", ".join(one[0] if len(one) == 1 else f"{one[0]} to {one[-1]}" for one in found)


def _after(month: str) -> str:
    year, _, number = month.partition("-")
    if not number:
        return ""
    return f"{int(year) + 1:04d}-01" if number == "12" else f"{year}-{int(number) + 1:02d}"


@dataclass(frozen=True, slots=True)
class Place:
    """A place as shown."""

    iso3: str
    name: str


@dataclass(frozen=True, slots=True)
class Quality:
    """What was read and what was lost on the way, in counts.

    Attributes:
        files: (file name, format, conversations, messages, rejected records) of each log file; of
            conversations and messages only the order of magnitude, as in ``100-999``, for those of
            people under 18 and of withheld places are among them.
        issues: How often each (stage, code) occurred, with one sentence on what it means.
        conversations: Distinct conversations; this and all below of people who may be told of, so
            that nobody under 18 and nobody in a withheld place follows by subtraction.
        duplicates: Messages left out as they had been read before.
        messages: Distinct messages by people.
        people: Distinct people with an id; None if no record had one.
        anonymous_conversations: Conversations without a user id (each stands for one person).
        capped: Messages above the cap per person and month, not counted.
        months: First and last month with messages, ``2025-01``; None if no record had a time.
        unknown: Share of messages whose attribute is unknown, by dimension.
        languages: Messages by detected language.
    """

    files: tuple[tuple[str, str, str, str, int], ...] = ()
    issues: tuple[tuple[str, str, int, str], ...] = ()
    conversations: int = 0
    duplicates: int = 0
    messages: int = 0
    people: int | None = None
    anonymous_conversations: int = 0
    capped: int = 0
    months: tuple[str, str] | None = None
    unknown: dict[str, float] = field(default_factory=dict)
    languages: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Public input: indicator tables and documents."""

    indicators: tuple[Indicator, ...] = ()
    observations: tuple[Observation, ...] = ()
    sources: tuple[Source, ...] = ()
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class Release:
    """What is published.

    Attributes:
        id: Hash of the content.
        title: Of the observatory.
        region: Name of the region.
        places: The region's places, in the order of the configuration.
        comparators: Places shown beside them.
        synthetic: Notice to print on every page and file (``synthetic demonstration data``);
            empty for real data.
        mode: ``internal`` or ``public``.
        thresholds: Fewest people and fewest conversations of a published cell.
        messages_cap: Most messages of one person counted in one month.
        estimates: The usage figures.
        per_head: The usage index of the places, once for each treatment of un-located usage;
            empty where there are no places or no population figures.
        changes: What changed between the two periods compared; empty where there are none.
        demography: Shares of women and men, and shares weighted to places' population.
        quality: What was read and lost.
        evidence: Observations and documents.
        knowledge: What the documents claim.
        indices: Composite indices.
        programmes: Programmes, planned or measured.
        promise: What a public release promises; None in other modes.
        frozen: Months whose messages are settled for all later releases, in internal mode;
            ``unknown`` stands for messages without a time.
        reopened: Those of them that the owner had counted anew since they were first released.
        protected: Places without a figure of their own.
        labeller: The labeller's card: name, version, and validation figures.
        version: Of uptake.
    """

    id: str
    title: str
    region: str
    places: tuple[Place, ...]
    comparators: tuple[Place, ...]
    synthetic: str
    mode: str
    thresholds: tuple[int, int]
    messages_cap: int
    estimates: Estimates
    quality: Quality
    evidence: Evidence
    labeller: dict[str, object]
    version: str
    per_head: tuple[PerHead, ...] = ()
    changes: tuple[Change, ...] = ()
    demography: Demography = field(default_factory=Demography)
    promise: Promise | None = None
    frozen: tuple[str, ...] = ()
    reopened: tuple[str, ...] = ()
    knowledge: Knowledge = field(default_factory=Knowledge)
    indices: tuple[Ranking, ...] = ()
    programmes: tuple[Programme, ...] = ()
    protected: ProtectedPlaces = NONE
