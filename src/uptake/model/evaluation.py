"""How well a labeller does against people's labels, as figures; no message is in it."""

from dataclasses import dataclass
from typing import Literal

Stands = Literal["above", "about", "below"]


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure with its interval; None where it is not defined or rests on too few clusters."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """What others have published on the same question.

    Attributes:
        people: Cohen's kappa of people with each other.
        model: Of a frontier model with the plurality of people.
        source: Where it is from.
        stands: Whether the measured kappa's interval lies above, about or below people's kappa.
    """

    people: float
    model: float
    source: str
    stands: Stands


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """Figures of one value of a facet.

    Attributes:
        value: Id of the value.
        meant: Messages that people gave it.
        predicted: Messages that the labeller gave it.
        precision: Share of the predicted that people meant; not defined if none was predicted.
        recall: Share of the meant that was predicted; not defined if none was meant.
        f1: Their harmonic mean; not defined if there is neither.
    """

    value: str
    meant: int
    predicted: int
    precision: Measured
    recall: Measured
    f1: Measured


@dataclass(frozen=True, slots=True)
class Bin:
    """Messages whose label has about the same confidence.

    Attributes:
        low: Lower end of the bin.
        high: Upper end.
        n: Messages in it.
        confidence: Their mean confidence, None without any.
        accuracy: The share of them that is right.
    """

    low: float
    high: float
    n: int
    confidence: float | None
    accuracy: Measured


@dataclass(frozen=True, slots=True)
class FacetFigures:
    """Figures of one facet.

    Attributes:
        facet: Its id, such as ``topic_group`` or ``work_against_not_work``.
        title: As shown.
        n: Labelled messages.
        clusters: Distinct people (or conversations, or rows) among them.
        kappa: Cohen's kappa.
        accuracy: Share of equal labels.
        macro_f1: Mean F1 of the values for which it is defined.
        calibration_error: Expected calibration error of the stored label.
        classes: By value.
        confusion: Counts; rows are people's labels, columns the labeller's.
        bins: The reliability diagram.
        published: What others have found, if anybody has.
    """

    facet: str
    title: str
    n: int
    clusters: int
    kappa: Measured
    accuracy: Measured
    macro_f1: Measured
    calibration_error: Measured
    classes: tuple[ClassFigures, ...]
    confusion: tuple[tuple[int, ...], ...]
    bins: tuple[Bin, ...]
    published: Published | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One labeller against one labelled file.

    Attributes:
        file: Name of the file.
        sha256: Of its bytes.
        labeller: Name of the labeller.
        labeller_version: As its card says; empty if it does not.
        rows: Usable rows.
        set_aside: How often each thing was wrong, with one sentence on it: (code, n, sentence).
        unit: What the bootstrap draws, in words.
        clusters: How many of them.
        level: Nominal coverage of the intervals.
        resamples: Of the bootstrap.
        seed: Of the bootstrap.
        facets: Figures, a facet each.
        notes: What a reader must know, a sentence each.
        version: Of uptake.
    """

    file: str
    sha256: str
    labeller: str
    labeller_version: str
    rows: int
    set_aside: tuple[tuple[str, int, str], ...]
    unit: str
    clusters: int
    level: float
    resamples: int
    seed: int
    facets: tuple[FacetFigures, ...]
    notes: tuple[str, ...]
    version: str
