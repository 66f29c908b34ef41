"""Who asks: shares of women and men, and shares weighted to a place's population."""

from dataclasses import dataclass

from uptake.model.estimate import Estimate, Measure
from uptake.model.evidence import Source


@dataclass(frozen=True, slots=True)
class GenderMix:
    """The people of a place by gender, corrected for names that mislead.

    Attributes:
        place: ISO 3166-1 alpha-3, or ``all``.
        women: Share of women among those whose name tells.
        observed: The same before correction.
        unknown: Share of all people whose name does not tell.
        reason: Why there is none of the three; empty where they are given.
    """

    place: str
    women: Estimate | None
    observed: float | None
    unknown: Estimate | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class GenderAnswer:
    """One share among women and among men.

    Attributes:
        place: ISO 3166-1 alpha-3, or ``all``.
        facet, value: What the share is of.
        women, men: The shares, corrected for names that mislead.
        counted: Among people associated as feminine and as masculine, before that correction.
        reason: Why there are none; empty where they are given.
        measure: ``people_share``, each person counting once, or ``message_share``.
    """

    place: str
    facet: str
    value: str
    women: Estimate | None
    men: Estimate | None
    counted: tuple[float, float] | None
    reason: str = ""
    measure: Measure = "people_share"


@dataclass(frozen=True, slots=True)
class WeightedShare:
    """One share weighted to a population.

    Attributes:
        facet, value: What the share is of.
        share: The weighted share.
        plain: The same share with no weight, with the labeller's errors taken out in the
            same way; None where it is not published.
        reason: Why there is no weighted share; empty where it is given.
    """

    facet: str
    value: str
    share: Estimate | None
    plain: float | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Weighting:
    """A place's shares, weighted to its population.

    Attributes:
        place: ISO 3166-1 alpha-3.
        by: What the strata are: ``age band and gender`` or ``age band``.
        note: Why the strata are the coarser ones; empty where they are not.
        people: In strata; 0 where refused.
        left_out: People in no stratum, their age or gender being unknown; None where withheld.
        effective_people: Kish's effective sample size of the weights; 0 where refused.
        population: People of 18 years and over that are weighted to; 0 where no table says.
        period: Of the population figures.
        projected: Whether these are a projection.
        source: Id of their source.
        shares: By facet and value; empty where all are refused.
        reason: Why all are refused; empty where they are not.
        measure: ``people_share``: in a stratum each person counts once; ``message_share``: each
            message does.
    """

    place: str
    by: str
    note: str
    people: int
    left_out: int | None
    effective_people: float
    population: int
    period: str
    projected: bool
    source: str
    shares: tuple[WeightedShare, ...] = ()
    reason: str = ""
    measure: Measure = "people_share"

    @property
    def design_effect(self) -> float | None:
        """Return by what unequal weights multiply the variance of a share (Kish)."""
        return self.people / self.effective_people if self.effective_people else None


@dataclass(frozen=True, slots=True)
class Demography:
    """All of it in one release.

    Attributes:
        mixes: By place, ``all`` first.
        answers: By place, facet and value.
        weightings: By place.
        sources: Of the population figures.
    """

    mixes: tuple[GenderMix, ...] = ()
    answers: tuple[GenderAnswer, ...] = ()
    weightings: tuple[Weighting, ...] = ()
    sources: tuple[Source, ...] = ()

    def estimates(self) -> tuple[Estimate, ...]:
        """Return every figure with an interval, in order."""
        found = [e for mix in self.mixes for e in (mix.women, mix.unknown)]
        found += [e for answer in self.answers for e in (answer.women, answer.men)]
        found += [row.share for weighting in self.weightings for row in weighting.shares]
        return tuple(e for e in found if e is not None)
