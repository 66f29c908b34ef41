"""What pages show of claims taken together: each figure names the claims that it counts."""

import msgspec


class MatrixCell(msgspec.Struct, frozen=True, kw_only=True):
    """Initiatives of one place, sector and stage.

    Attributes:
        place: ISO 3166-1 alpha-3.
        sector: Id; empty for initiatives whose sector no word tells.
        stage: ``announced``, ``pilot``, ``in_use``, ``scaled``, ``cancelled``; empty where the
            document names none.
        claims: Ids.
        stories: How many stories tell them: copies of one text count once.
    """

    place: str
    sector: str
    stage: str
    claims: tuple[str, ...]
    stories: int


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """Two parties that documents name together in partnerships.

    Attributes:
        a, b: Names as shown, in alphabetical order.
        places: Of the claims, ISO 3166-1 alpha-3, sorted.
        claims: Ids.
    """

    a: str
    b: str
    places: tuple[str, ...]
    claims: tuple[str, ...]


class Milestone(msgspec.Struct, frozen=True, kw_only=True):
    """One claim at the time that it states, for time lines and for what is promised next.

    Attributes:
        claim: Its id.
        date: ISO to the precision stated: the time that a document gives for what it claims.
        end: The same for its end; empty for a point.
        places: ISO 3166-1 alpha-3, sorted.
    """

    claim: str
    date: str
    end: str = ""
    places: tuple[str, ...] = ()


class Attention(msgspec.Struct, frozen=True, kw_only=True):
    """How much was published about one place in one month.

    Attributes:
        place: ISO 3166-1 alpha-3; ``all`` for the region.
        month: ``2026-04``; empty for documents that state no date, or none to the month.
        stories: Texts told once, however often they were reprinted: this is attention.
        articles: Documents, each reprint counted.
        claims: Claims made in them.
    """

    place: str
    month: str
    stories: int
    articles: int
    claims: int


class Views(msgspec.Struct, frozen=True, kw_only=True):
    """Claims taken together, as pages and tables show them.

    Attributes:
        matrix: By place, sector and stage; an empty cell is left out.
        ties: Cooperation, the most named first.
        timeline: Policies, by date.
        attention: By place and month.
        promised: What documents say will come: by date, later than ``as_of``.
        as_of: ISO date up to which something counts as past: the newest date that a document
            states, as no clock is read; empty if none does.
    """

    matrix: tuple[MatrixCell, ...] = ()
    ties: tuple[Tie, ...] = ()
    timeline: tuple[Milestone, ...] = ()
    attention: tuple[Attention, ...] = ()
    promised: tuple[Milestone, ...] = ()
    as_of: str = ""
