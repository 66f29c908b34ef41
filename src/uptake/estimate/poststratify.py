"""Shares of people weighted to a place's population by age band and gender.

Users of an assistant are younger, and more often men, than the population. Post-stratification
(Holt and Smith, Journal of the Royal Statistical Society A 142, 1979) gives each stratum its share
W_h of the population: p = sum W_h y_h, with y_h the mean of the stratum's people. It mends what
age and gender explain and nothing else: in a stratum, users still stand for those who are none.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from uptake.estimate import shares
from uptake.estimate.refusal import Refused
from uptake.estimate.shares import LEVEL
from uptake.model.estimate import Estimate

Floats = NDArray[np.float64]
Stratum = tuple[str, str]
"""Age band and gender; ``ALL`` in a dimension that is not stratified by."""

TOO_YOUNG = ("under-13", "13-17")
"""Age bands that enter no figure."""

FEWEST = 2
"""People of a stratum: from one alone no variance can be had."""

COVERS = (
    "sampling of people (users as clusters, 95%), weighted to the population by {by}; not covered: "
    "people who use no assistant or another one and differ from users of their stratum"
)


@dataclass(frozen=True, slots=True)
class Sums:
    """What a stratum's people sum up to.

    Attributes:
        people: n, people of the stratum.
        weight: (V,) sums over people of each person's own share Y / N of V values.
        weight_squared: (V,) sums of its squares.
    """

    people: float
    weight: Floats
    weight_squared: Floats


@dataclass(frozen=True, slots=True)
class Weighted:
    """Shares of V values weighted to a population.

    Attributes:
        share: (V,) weighted shares.
        variance: (V,) their variances, conditional on the strata's sizes in the sample.
        people: People in strata.
        left_out: People in no stratum: age or gender unknown, or nobody of them in the population.
        effective_people: Kish's effective sample size of the weights.
        clusters: (V,) effective number of people behind each variance, for Student's t.
    """

    share: Floats
    variance: Floats
    people: float
    left_out: float
    effective_people: float
    clusters: Floats

    @property
    def design_effect(self) -> float:
        """Return by what unequal weights multiply the variance of a share (Kish)."""
        return self.people / self.effective_people


def poststratify(
    sample: Mapping[Stratum, Sums | None], population: Mapping[Stratum, float], floor: int = FEWEST
) -> Weighted | Refused:
    """Weight shares of people to a population, or say why that can not be.

    The variance is conditional on the strata's sizes: sum W_h^2 s_h^2 / n_h (Holt and Smith 1979,
    sec. 3; Cochran, Sampling Techniques, 1977, sec. 5A.9). The effective sample size is
    (sum w)^2 / sum w^2 = 1 / sum (W_h^2 / n_h) (Kish, Survey Sampling, 1965, sec. 11.7).

    A stratum is never merged with another by itself: where one is empty the answer is a refusal,
    and the caller may ``collapse`` both sides. People of unknown age or gender are in no stratum;
    they are counted as left out and never shared out over the strata. People under 18 are dropped.

    Args:
        sample: By stratum; None where the door withholds it, since a weighted share would tell it.
        population: People by stratum.
        floor: Fewest people of a stratum, not below 2.
    """
    population = {key: count for key, count in population.items() if key[0] not in TOO_YOUNG}
    total = float(sum(population.values()))
    if total <= 0:
        return Refused("the place has no population of 18 years and over to weight to")
    if min(population.values()) < 0:
        return Refused("the population of a stratum is negative; correct its table")
    lived_in = [key for key, count in population.items() if count > 0]
    for key in lived_in:
        refused = _refused(key, sample, max(floor, FEWEST))
        if refused:
            return refused
    chosen = [sums for key in lived_in if (sums := sample[key])]
    n = np.array([sums.people for sums in chosen])
    mean = np.stack([sums.weight for sums in chosen]) / n[:, None]
    squares = np.stack([sums.weight_squared for sums in chosen]) - n[:, None] * mean**2
    weight = np.array([population[key] for key in lived_in]) / total
    parts = (weight**2 / (n * (n - 1)))[:, None] * np.maximum(squares, 0)
    effective = float(1 / (weight**2 / n).sum())
    return Weighted(
        share=np.clip(weight @ mean, 0, 1),
        variance=parts.sum(axis=0),
        people=float(n.sum()),
        left_out=_left_out(sample, set(lived_in)),
        effective_people=effective,
        clusters=_clusters(parts, n, effective),
    )


def estimates(weighted: Weighted, by: str = "age band and gender") -> tuple[Estimate, ...]:
    """Return the weighted shares with Wilson's interval at the effective size of their variance."""
    low, high = shares.interval(weighted.share, weighted.variance, weighted.clusters)
    covers = COVERS.format(by=by)
    return tuple(
        Estimate(*row, LEVEL, int(weighted.people), covers)
        for row in zip(weighted.share.tolist(), low.tolist(), high.tolist(), strict=True)
    )


def collapse(
    population: Mapping[Stratum, float], merged: Mapping[str, str] | None = None, by: str = "both"
) -> dict[Stratum, float]:
    """Return a population in coarser strata, as the sample's cells must be too.

    The rule: where more than a third of the people have no known gender, weight by age band alone,
    since else they would be left out; where a band is empty for a gender, merge the band with the
    next younger one, for both genders. Either is the caller's choice, and is printed.

    Args:
        population: By age band and gender.
        merged: Which age band goes into which (``{"65+": "55-64"}``).
        by: ``both``, or ``age_band`` to sum over genders, or ``gender`` over age bands.

    >>> collapse({("18-24", "feminine"): 3, ("18-24", "masculine"): 4}, by="age_band")
    {('18-24', 'all'): 7}
    """
    from uptake.model.dimensions import ALL

    out: dict[Stratum, float] = {}
    for (band, gender), people in population.items():
        if band in TOO_YOUNG:
            continue
        key = (
            ALL if by == "gender" else (merged or {}).get(band, band),
            ALL if by == "age_band" else gender,
        )
        out[key] = out.get(key, 0) + people
    return out


def _refused(key: Stratum, sample: Mapping[Stratum, Sums | None], floor: int) -> Refused | None:
    name = " ".join(part for part in key if part != "all")
    if key not in sample:
        return Refused(
            f"nobody in the sample is {name}, and the population has such people; merge the "
            "stratum with another"
        )
    sums = sample[key]
    if sums is None or not np.isfinite([sums.people, *sums.weight, *sums.weight_squared]).all():
        return Refused(f"the sums of {name} are withheld, and a weighted share would tell them")
    if sums.people <= 0:
        return _refused(key, {}, floor)
    if sums.people < floor:
        return Refused(f"fewer than {floor} people in the sample are {name}; merge the stratum")
    return None


def _left_out(sample: Mapping[Stratum, Sums | None], used: set[Stratum]) -> float:
    return float(
        sum(
            sums.people
            for key, sums in sample.items()
            if sums and key not in used and key[0] not in TOO_YOUNG
        )
    )


def _clusters(parts: Floats, n: Floats, effective: float) -> Floats:
    """Return (V,) effective numbers of people: Satterthwaite's, at most Kish's.

    Degrees of freedom are (sum v_h)^2 / sum (v_h^2 / (n_h - 1)) (Cochran 1977, sec. 5.4), as a
    small stratum of much weight leaves the variance itself estimated from few.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        degrees = parts.sum(axis=0) ** 2 / (parts**2 / (n - 1)[:, None]).sum(axis=0)
    return np.asarray(np.where(np.isfinite(degrees), np.minimum(degrees + 1, effective), effective))
