"""Composition by gender, and shares of women and of men, corrected for wrong associations.

Names are associated with a gender by lists that err. If a share p of those whose name tells are
women, r_f of the women and r_m of the men are told right, then s = p r_f + (1 - p)(1 - r_m) are
*associated* feminine, and p = (s - (1 - r_m)) / (r_f - (1 - r_m)) (Rogan and Gladen, American
Journal of Epidemiology 107, 1978). Who is ``unknown`` stays so: nothing is said of their gender.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from uptake.estimate import shares
from uptake.estimate.association import Rates
from uptake.estimate.refusal import Refused
from uptake.estimate.shares import LEVEL
from uptake.model.estimate import Estimate

Floats = NDArray[np.float64]

LEAST_INFORMATION = 0.2
"""Below this, r_f + r_m - 1 (or what separates the groups) is too small to divide by."""

_ERROR = "error of the lists of names (measured, drawn from its counts)"
COVERS_COMPOSITION = (
    f"sampling of people (users as clusters, 95%) and the {_ERROR}; people whose name does not "
    "tell are not in it"
)
COVERS_SPLIT = (
    f"sampling of people (users as clusters, 95%) and the {_ERROR}, if those who are associated "
    "wrongly ask like others of their gender; people whose name does not tell are not in it"
)


@dataclass(frozen=True, slots=True)
class Told:
    """How many people of a group are associated with what; None where withheld.

    Attributes:
        feminine: People, or a total over people with ``variance`` stated.
        masculine: The same.
        unknown: The same.
        people: Effective number of people with a gender; None: the counts are of people.
        variance: Of the share of feminine among told, clustered by people; None: of people drawn
            at random.
        unknown_noise: Variance that noise adds to the share of unknown among all.
    """

    feminine: float | None
    masculine: float | None
    unknown: float | None
    people: float | None = None
    variance: float | None = None
    unknown_noise: float = 0.0


@dataclass(frozen=True, slots=True)
class Composition:
    """A group by gender.

    Attributes:
        feminine: Share of women among those whose name tells, corrected.
        observed: The same before correction.
        unknown: Share of all people whose name does not tell.
    """

    feminine: Estimate
    observed: float
    unknown: Estimate


@dataclass(frozen=True, slots=True)
class Answers:
    """What one associated group answers: shares of V values.

    Attributes:
        share: (V,) shares; NaN where withheld.
        variance: (V,) variances, clustered by people.
        people: Effective number of people behind them.
    """

    share: Floats
    variance: Floats
    people: float


def corrected(observed: Floats | float, right: Floats) -> Floats:
    """Return the share of women behind a share of associated women; not clipped.

    Args:
        observed: (...) shares associated feminine among told.
        right: (..., 2) shares told right of women and of men.

    >>> print(corrected(0.5, np.array([0.9, 0.95])).round(4))
    0.5294
    """
    women, men = right[..., 0], right[..., 1]
    return np.asarray((observed - (1 - men)) / (women - (1 - men)))


def composition(told: Told, rates: Rates, floor: int) -> Composition | Refused:
    """Return the composition of a group by gender, corrected.

    The variance is that of sampling, divided by (r_f + r_m - 1)^2, and that of the correction over
    the drawn rates around the point (a parametric bootstrap of the validation counts, as in
    Lang and Reiczigel, Preventive Veterinary Medicine 113, 2014, with draws in place of their
    delta terms); the interval is Wilson's at the effective size of that variance.

    Args:
        told: Of the group.
        rates: Of the group's mix of places.
        floor: Fewest people that may be published, in the data and after correction.
    """
    refused = _refused(told, rates, floor)
    if refused:
        return refused
    feminine, masculine, unknown = told.feminine or 0.0, told.masculine or 0.0, told.unknown or 0.0
    total = feminine + masculine
    people = total if told.people is None else told.people
    share = feminine / total
    women = float(np.clip(corrected(share, rates.right), 0, 1))
    if 0 < min(women, 1 - women) * people < floor:
        return Refused(f"fewer than {floor} women or men would stand behind it after correction")
    sampling = share * (1 - share) / max(people - 1, 1) if told.variance is None else told.variance
    information = rates.right.sum() - 1
    raw = corrected(share, rates.right)
    variance = sampling / information**2 + _around(raw, corrected(share, rates.drawn))
    low, high = _interval(np.atleast_1d(raw), np.atleast_1d(variance), people)
    everyone = total + unknown
    not_told = unknown / everyone
    scale = people / total
    among = np.array([not_told * (1 - not_told) / max(everyone * scale - 1, 1)])
    size, noise = np.array([everyone * scale]), np.array([told.unknown_noise])
    under, over = shares.interval(np.array([not_told]), among, size, noise=noise)
    return Composition(
        Estimate(women, float(low[0]), float(high[0]), LEVEL, int(people), COVERS_COMPOSITION),
        share,
        Estimate(
            not_told,
            float(under[0]),
            float(over[0]),
            LEVEL,
            int(everyone * scale),
            "sampling of people (users as clusters, 95%)",
        ),
    )


def separated(share: Floats | float, right: Floats) -> tuple[Floats, Floats]:
    """Return which part of the associated women, and of the associated men, are women.

    By Bayes' rule from the corrected share of women; the difference of both is the factor by
    which wrong associations shrink differences between the genders.

    Args:
        share: (...) associated feminine among told.
        right: (..., 2) shares told right of women and of men.

    >>> print(*(part.round(3) for part in separated(0.5, np.array([0.9, 0.9]))))
    0.9 0.1
    """
    women = np.clip(corrected(share, right), 0, 1)
    told = right[..., 0]
    feminine = women * told + (1 - women) * (1 - right[..., 1])
    with np.errstate(divide="ignore", invalid="ignore"):
        return (
            np.asarray(women * told / feminine),
            np.asarray(women * (1 - told) / (1 - feminine)),
        )


def by_gender(
    told: Told, feminine: Answers, masculine: Answers, rates: Rates, floor: int
) -> tuple[tuple[Estimate, ...], tuple[Estimate, ...]] | Refused:
    """Return shares of women and of men, both solved from both associated groups at once.

    If a of the associated women and b of the associated men are women, then what the groups answer
    is a x + (1 - a) y and b x + (1 - b) y with x the women's share and y the men's; wrong
    associations pull both towards each other. The system is solved for x and y. Assumed: who is
    associated wrongly answers like others of his or her gender (non-differential
    misclassification; Carroll et al., Measurement Error in Nonlinear Models, 2006, ch. 2).

    The variance is that of the solution with a and b fixed (people of both groups are others, so
    that their errors add up) plus that of the solution over drawn rates and over the sampling of
    the groups' sizes. A share outside of 0 to 1 is set to the nearer end.

    Args:
        told: Of the group.
        feminine: What the associated women answer, (V,).
        masculine: What the associated men answer, (V,).
        rates: Of the group's mix of places.
        floor: Fewest people that may be published, in each associated group and of each gender.

    Returns:
        V estimates for women and V for men, or the reason why there are none. Both are withheld
        where one associated group is: each could be solved from the other.
    """
    refused = _refused(told, rates, floor) or _refused_groups(told, feminine, masculine, floor)
    if refused:
        return refused
    total = (told.feminine or 0.0) + (told.masculine or 0.0)
    share = (told.feminine or 0.0) / total
    a, b = (float(part) for part in separated(share, rates.right))
    people = (feminine.people * a + masculine.people * b, 0.0)
    people = (people[0], feminine.people + masculine.people - people[0])
    if not a - b >= LEAST_INFORMATION:
        return Refused("associations tell too little of gender here to separate women from men")
    if min(people) < floor:
        return Refused(f"fewer than {floor} women or men would stand behind it after correction")
    drawn = _drawn_parts(told, share, rates)
    out = []
    for sign, count in ((0, people[0]), (1, people[1])):
        weight = _weights(np.array([[a, b]]), sign)
        value = weight[:, :1] * feminine.share + weight[:, 1:] * masculine.share
        sampling = weight[:, :1] ** 2 * feminine.variance + weight[:, 1:] ** 2 * masculine.variance
        weights = _weights(drawn, sign)
        over = weights[:, :1] * feminine.share + weights[:, 1:] * masculine.share
        low, high = _interval(value[0], sampling[0] + _around(value[0], over), count)
        clipped = np.clip(value[0], 0, 1)
        out.append(
            tuple(
                Estimate(*row, LEVEL, int(count), COVERS_SPLIT)
                for row in zip(clipped.tolist(), low.tolist(), high.tolist(), strict=True)
            )
        )
    return out[0], out[1]


def _weights(parts: Floats, gender: int) -> Floats:
    """Return (draws, 2) weights of both associated groups in the share of one gender.

    Args:
        parts: (draws, 2) women among the associated women and men.
        gender: 0 women, 1 men.
    """
    a, b = parts[:, 0], parts[:, 1]
    both = np.stack([1 - b, a - 1] if gender == 0 else [-b, a], axis=1)
    return np.asarray(both / (a - b)[:, None])


def _drawn_parts(told: Told, share: float, rates: Rates) -> Floats:
    """Return (draws, 2) of ``separated`` over the rates and over the sampling of the share."""
    from scipy.stats import norm

    total = (told.feminine or 0.0) + (told.masculine or 0.0)
    people = total if told.people is None else told.people
    variance = told.variance if told.variance is not None else share * (1 - share) / (people - 1)
    count = max(len(rates.drawn), 256)
    right = np.resize(rates.drawn, (count, 2))
    spread = norm.ppf((np.arange(count) * 0.6180339887 + 0.5) % 1 * 0.998 + 0.001)
    drawn = np.clip(share + spread * np.sqrt(variance), 1e-6, 1 - 1e-6)
    parts = np.stack(separated(drawn, right), axis=-1)
    usable = parts[:, 0] - parts[:, 1] >= LEAST_INFORMATION / 2
    return np.asarray(parts[usable])


def _around(point: Floats, drawn: Floats) -> Floats:
    """Return the mean square of draws around the point, which need not be their mean.

    Where no wrong association was counted the point is at no error and all draws beside it.
    """
    return np.asarray(((drawn - point) ** 2).mean(axis=0))


def _interval(raw: Floats, variance: Floats, people: float) -> tuple[Floats, Floats]:
    """Return Wilson's interval at the effective size.

    Around an end to which a share was clipped, as wide as Student's t makes it.
    """
    from scipy.stats import t

    value = np.clip(raw, 0, 1)
    low, high = shares.interval(value, variance, np.full(len(raw), people))
    wide = t.ppf(0.5 + LEVEL / 2, max(people - 1, 1)) * np.sqrt(variance)
    outside = ((raw <= 0) | (raw >= 1)) & (variance > 0)
    low = np.where(outside & np.isfinite(wide), np.maximum(value - wide, 0), low)
    high = np.where(outside & np.isfinite(wide), np.minimum(value + wide, 1), high)
    return np.minimum(low, value), np.maximum(high, value)


def _refused(told: Told, rates: Rates, floor: int) -> Refused | None:
    if told.feminine is None or told.masculine is None or told.unknown is None:
        return Refused("a count by gender is withheld, and the others would tell it")
    counts = (told.feminine, told.masculine)
    if told.people is None and any(0 < count < floor for count in (*counts, told.unknown)):
        return Refused(f"fewer than {floor} people stand behind a gender")
    people = sum(counts) if told.people is None else told.people
    if people < max(floor, 2):
        return Refused(f"fewer than {floor} people have a name that tells")
    if rates.right.sum() - 1 < LEAST_INFORMATION:
        return Refused("the lists of names tell too little of gender in these places")
    return None


def _refused_groups(
    told: Told, feminine: Answers, masculine: Answers, floor: int
) -> Refused | None:
    if min(feminine.people, masculine.people) < floor or not (told.feminine and told.masculine):
        return Refused(f"fewer than {floor} people stand behind an associated gender")
    if not np.isfinite([feminine.share, masculine.share]).all():
        return Refused("a share of an associated gender is withheld, and the others would tell it")
    return None
