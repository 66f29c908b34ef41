"""From noisy cells to shares of women and of men, corrected for names that mislead.

Shares are of messages where internal mode has shares of people: a release with noise has no sums
over people of their own shares. The system that is solved is the same (``gender.by_gender``), with
the part of each associated gender's *messages* that women wrote.
"""

from collections.abc import Iterator
from dataclasses import replace

from uptake.estimate.gender import Told, by_gender, composition
from uptake.estimate.held import Cell, Group, Held
from uptake.estimate.refusal import Refused
from uptake.estimate.women_and_men import (
    FACETS,
    FEMININE,
    MASCULINE,
    UNKNOWN,
    answered,
    places,
    rates_of,
    said,
)
from uptake.model.demography import GenderAnswer, GenderMix
from uptake.model.dimensions import ALL, TOTAL
from uptake.model.estimate import Estimates, Key, Measure

CLEAR = 5.0
"""Standard deviations of its noise that a sum lies above none, before it is divided by."""

NOISE = "; the noise of the release is covered"
MEASURE: Measure = "message_share"

_FEW = "too few people have a name that tells, for the noise that protects them"
_HIDDEN = "too few people stand out of the noise that protects them"


def mixes(held: Held) -> Iterator[GenderMix]:
    """Yield the composition of all and of each place whose people stand out of the noise."""
    for split, group in places(held):
        found = _mix(held, split, group)
        if isinstance(found, Refused):
            yield GenderMix(group[0], None, None, None, found.reason)
        else:
            yield found


def _mix(held: Held, split: str, group: Group) -> GenderMix | Refused:
    if held.cells.get((split, group, TOTAL, ALL)) is None:
        return Refused(_HIDDEN)
    told = told_people(held, split, group)
    if isinstance(told, Refused):
        return told
    right = rates_of(held, group[0])
    found = right if isinstance(right, Refused) else composition(told, right, held.floor)
    if isinstance(found, Refused):
        return found
    women, unknown = (
        replace(one, covers=one.covers + NOISE) for one in (found.feminine, found.unknown)
    )
    return GenderMix(group[0], women, found.observed, unknown)


def told_people(held: Held, split: str, group: Group) -> Told | Refused:
    """Return how many people are associated with what, from the noisy numbers of people."""
    rows = _of_genders(held, split, group)
    if rows is None:
        return Refused(_HIDDEN)
    feminine, masculine, unknown = (max(float(row["noisy_people"]), 0.0) for row in rows)
    noise = float(rows[0]["people_noise"])
    told, everyone = feminine + masculine, feminine + masculine + unknown
    if told < CLEAR * (2 * noise) ** 0.5 or told <= 2:
        return Refused(_FEW)
    share, nobody = feminine / told, unknown / everyone
    return Told(
        feminine,
        masculine,
        unknown,
        people=told,
        variance=share * (1 - share) / (told - 1) + noise * _of_two(share) / told**2,
        # of u / (t + u), with the noise of one in u and of two in t
        unknown_noise=noise * ((1 - nobody) ** 2 + 2 * nobody**2) / everyone**2,
    )


def _of_two(share: float) -> float:
    """Return by what the noise of two counts counts in the share of one among both."""
    return (1 - share) ** 2 + share**2


def _of_genders(held: Held, split: str, group: Group) -> list[Cell] | None:
    rows = [
        held.noisy.get((split, group, "gender", gender))
        for gender in (FEMININE, MASCULINE, UNKNOWN)
    ]
    known = [row for row in rows if row is not None]
    return known if len(known) == len(rows) else None


def answers(held: Held, estimates: Estimates) -> Iterator[GenderAnswer]:
    """Yield what women and men write about, of all and of each place that is split by gender."""
    for split, group in places(held):
        by = f"{split}+gender".lstrip("+")
        if not any(of[0] == group[0] for of in held.groups.get(by, ())):
            continue
        for facet in FACETS:
            if facet in held.answers:
                yield from _facet(held, estimates, split, group, facet)


def told_messages(held: Held, split: str, group: Group) -> Told | Refused:
    """Return how many messages are of associated women and men; people are their clusters."""
    rows, total = _of_genders(held, split, group), held.cells.get((split, group, TOTAL, ALL))
    if rows is None or total is None:
        return Refused(_HIDDEN)
    feminine, masculine, unknown = (max(float(row["noisy_messages"]), 0.0) for row in rows)
    noise, told = float(rows[0]["messages_noise"]), feminine + masculine
    if told < CLEAR * (2 * noise) ** 0.5 or not total["group_messages"]:
        return Refused(_FEW)
    each = max(total["group_messages_squared"] / total["group_messages"], 1.0)
    share, people = feminine / told, told / each
    variance = share * (1 - share) / max(people - 1, 1) + noise * _of_two(share) / told**2
    return Told(feminine, masculine, unknown, people=people, variance=variance)


def _facet(
    held: Held, estimates: Estimates, split: str, group: Group, facet: str
) -> Iterator[GenderAnswer]:
    place, values = group[0], held.answers[facet]
    shown = {
        gender: [
            estimates.get(Key(facet, value, MEASURE, place, gender=gender)) for value in values
        ]
        for gender in (FEMININE, MASCULINE)
    }
    both = [
        n
        for n, (woman, man) in enumerate(zip(shown[FEMININE], shown[MASCULINE], strict=True))
        if woman and man
    ]
    told, right = told_messages(held, split, group), rates_of(held, place)
    refused = next((one for one in (told, right) if isinstance(one, Refused)), None)
    if not both:
        refused = refused or Refused(_HIDDEN)
    if refused or isinstance(told, Refused) or isinstance(right, Refused):
        reason = refused.reason if refused else ""
        for value in values:
            yield GenderAnswer(place, facet, value, None, None, None, reason, MEASURE)
        return
    women, men = ([shown[gender][n] for n in both] for gender in (FEMININE, MASCULINE))
    found = by_gender(told, answered(women), answered(men), right, held.floor)
    if isinstance(found, Refused):
        for value in values:
            yield GenderAnswer(place, facet, value, None, None, None, found.reason, MEASURE)
        return
    after = [
        [replace(e, covers=e.covers + NOISE) for e in said(one, before)]
        for one, before in zip(found, (women, men), strict=True)
    ]
    for n, value in enumerate(values):
        woman, man = shown[FEMININE][n], shown[MASCULINE][n]
        if woman is None or man is None:
            yield GenderAnswer(place, facet, value, None, None, None, _HIDDEN, MEASURE)
        else:
            first, second = (part[both.index(n)] for part in after)
            counted = (woman.value, man.value)
            yield GenderAnswer(place, facet, value, first, second, counted, "", MEASURE)
