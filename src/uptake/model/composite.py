"""What a composite index found, in the words that tables and pages show."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """One place at one node of the hierarchy.

    Attributes:
        place: Id.
        level: 2 for the aggregates right above indicators; the index has the highest.
        name: Of the node.
        score: None where too few indicators exist.
        rank: From 1, the best; equals share the lower number.
        rank_low: The better end of the rank interval; None without runs.
        rank_high: The worse end.
    """

    place: str
    level: int
    name: str
    score: float | None
    rank: int | None
    rank_low: int | None
    rank_high: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the index.

    Attributes:
        id: As in the table.
        name: As in the table.
        available: Share of its indicators that exist.
        parts: Scores of the pillars (the level below the index), in order; None for a gap.
    """

    id: str
    name: str
    available: float
    parts: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Influence:
    """How far a choice, a noise or a part moves ranks.

    Attributes:
        kind: ``sobol`` or ``removed``.
        code: Factor, or code of the part.
        name: In words.
        level: Of the part; 0 for a factor.
        first_order: Share of the variance of rank shifts that it explains alone.
        first_low: Lower end (95%).
        first_high: Upper end.
        total: With its interactions.
        total_low: Lower end.
        total_high: Upper end.
        mean_shift: Ranks that places move on average when the part is left out.
        largest_shift: Ranks that the place moves that moves most.
        place: Id of that place.
    """

    kind: str
    code: str
    name: str
    level: int = 0
    first_order: float | None = None
    first_low: float | None = None
    first_high: float | None = None
    total: float | None = None
    total_low: float | None = None
    total_high: float | None = None
    mean_shift: float | None = None
    largest_shift: int | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Two places next to each other in the ranking, and how sure their order is."""

    before: str
    after: str
    probability: float


@dataclass(frozen=True, slots=True)
class Cell:
    """One indicator of one place.

    Attributes:
        value: Over its denominator, in the unit of the indicator; None for a gap.
        low: Lower end of its interval; None without one.
        high: Upper end.
        score: On the common scale; of a gap what stands for it, None if nothing does.
    """

    value: float | None
    low: float | None
    high: float | None
    score: float | None


@dataclass(frozen=True, slots=True)
class Side:
    """One indicator of all places.

    Attributes:
        code: Of the spec.
        name: In words.
        unit: In words; may be empty.
        part: Name of the part of the index that it belongs to.
        cells: In the order of the composite's places.
    """

    code: str
    name: str
    unit: str
    part: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Composite:
    """A composite index.

    Attributes:
        title: Of the spec.
        description: Of the spec.
        source: Of the spec.
        places: All of them, in order of rank, those without a rank last.
        standings: Of each place and aggregate; the index first.
        pillars: Names of the level below the index.
        pillar_weights: Their weights in the index, which sum to 1.
        mean: How the index joins them.
        steps: Sentences on how the score was made.
        varied: What the runs varied, in words; empty without runs.
        runs: How many.
        level: Of the rank intervals.
        influences: Sobol indices, then removals, the largest first.
        neighbours: Each place with the next one; empty without runs.
        told_apart: Share of all pairs whose order holds in 95% of the runs; None without runs.
        indicators: How many.
        missing: Cells of the table without a value.
        warnings: Sentences, ``notes`` first.
        notes: What a reader must know of the numbers before anything else: what is left out.
        sides: The indicators, in the order of the spec.
        pairs: Share of runs in which a place (row) is before another (column), in the order of
            ``places``; None inside where one is not scored or is itself. Empty without runs.
        usage: Whether usage of an observatory is among the indicators.
        scale: What a score can be compared with, a sentence.
        fewest: Share of the indicators that a ranked place has; 0 if none is asked for.
    """

    title: str
    description: str
    source: str
    places: tuple[Place, ...]
    standings: tuple[Standing, ...]
    pillars: tuple[str, ...]
    pillar_weights: tuple[float, ...]
    mean: str
    steps: tuple[str, ...]
    varied: tuple[str, ...]
    runs: int
    level: float
    influences: tuple[Influence, ...]
    neighbours: tuple[Neighbours, ...]
    told_apart: float | None
    indicators: int
    missing: int
    warnings: tuple[str, ...]
    notes: tuple[str, ...] = ()
    sides: tuple[Side, ...] = ()
    pairs: tuple[tuple[float | None, ...], ...] = ()
    usage: bool = False
    scale: str = ""
    fewest: float = 0.0


@dataclass(frozen=True, slots=True)
class Ranking:
    """An index of an observatory, with the tables of its steps.

    Attributes:
        slug: Its name in addresses.
        found: What it says.
        steps: Name, headings and rows of each step.
    """

    slug: str
    found: Composite
    steps: tuple[tuple[str, tuple[str, ...], tuple[tuple[object, ...], ...]], ...]
