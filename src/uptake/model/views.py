"""What the site shows of claims together: each figure and each cell lists the claims behind it."""

import msgspec


class StageCell(msgspec.Struct, frozen=True, kw_only=True):
    """Initiatives of one sector at one stage in one place.

    Attributes:
        place: ISO 3166-1 alpha-3.
        sector: By ``catalog/sectors.toml``; empty where the document tells none.
        stage: ``announced``, ``pilot``, ``in_use``, ``scaled``, ``cancelled``; empty if untold.
        claims: Ids.
        stories: How many stories tell them; articles that copy one another count once.
    """

    place: str
    sector: str
    stage: str
    claims: tuple[str, ...]
    stories: int


class Partner(msgspec.Struct, frozen=True, kw_only=True):
    """One node of the cooperation network.

    Attributes:
        id: Id of an entity; an ISO 3166-1 alpha-3 code for a place.
        name: As shown.
        kind: ``person``, ``organisation`` or ``place``.
        claims: Ids of the partnerships in which it takes part.
    """

    id: str
    name: str
    kind: str
    claims: tuple[str, ...]


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """One edge of the cooperation network: two partners, ``a < b``, and what ties them."""

    a: str
    b: str
    claims: tuple[str, ...]
    stories: int


class Network(msgspec.Struct, frozen=True, kw_only=True):
    """Who works with whom."""

    partners: tuple[Partner, ...] = ()
    ties: tuple[Tie, ...] = ()


class PolicyStep(msgspec.Struct, frozen=True, kw_only=True):
    """One policy at one status, as one or more claims tell it.

    Attributes:
        date: ISO to the precision stated; empty where no document states one.
        place: ISO 3166-1 alpha-3; empty if none is told.
        name: As the first of its claims prints it; empty where none names it.
        status: ``discussed``, ``planned``, ``draft``, ``adopted``, ``in_force`` ...
        claims: Ids.
        stories: How many stories tell it.
    """

    date: str
    place: str
    name: str
    status: str
    claims: tuple[str, ...]
    stories: int


class AttentionMonth(msgspec.Struct, frozen=True, kw_only=True):
    """How much was written in a month: stories, and beside them articles and claims.

    Attributes:
        month: ``2026-04``; empty for documents that state no month.
        stories: Stories whose first document is of the month.
        articles: Documents of the month, copies included.
        claims: Ids of the claims in documents of the month.
    """

    month: str
    stories: int
    articles: int
    claims: tuple[str, ...]


class Promise(msgspec.Struct, frozen=True, kw_only=True):
    """What is to come after the newest document, as stated.

    Attributes:
        date: ISO to the precision stated: a due date, a start, or the time of the claim.
        claim: Its id.
        places: Of the claim.
    """

    date: str
    claim: str
    places: tuple[str, ...]


class Views(msgspec.Struct, frozen=True, kw_only=True):
    """All that is shown of a region's claims together.

    Attributes:
        newest: Date of the newest document, ISO; empty if none states one.
    """

    stages: tuple[StageCell, ...] = ()
    network: Network = Network()
    policies: tuple[PolicyStep, ...] = ()
    attention: tuple[AttentionMonth, ...] = ()
    promises: tuple[Promise, ...] = ()
    newest: str = ""
