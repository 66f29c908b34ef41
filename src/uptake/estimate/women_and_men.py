"""From released cells to shares of women and of men, corrected for names that mislead."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from uptake.estimate import shares
from uptake.estimate.association import Rates, errors_of, rates
from uptake.estimate.gender import Answers, Told, by_gender, composition
from uptake.estimate.held import Group, Held
from uptake.estimate.refusal import Refused
from uptake.model.demography import GenderAnswer, GenderMix
from uptake.model.dimensions import ALL
from uptake.model.estimate import Estimate, Estimates, Key

FEMININE, MASCULINE, UNKNOWN = "feminine", "masculine", "unknown"
FACETS = ("intent", "work")

MEASURED = 0.8
"""Least share of the people with a known place whose names' errors are measured: rates of a group
of several places are those of the measured ones."""

_NOT_MEASURED = Refused("how often names mislead has not been measured here")


def mixes(held: Held) -> Iterator[GenderMix]:
    """Yield the composition of all and of each place where anybody's name tells.

    People are counted, each once, not messages: no variance beyond that of drawing people is then
    needed.
    """
    for split, group in places(held):
        told = _told(held, split, group)
        if told.feminine == 0 == told.masculine:
            continue
        right = rates_of(held, group[0])
        found = right if isinstance(right, Refused) else composition(told, right, held.floor)
        if isinstance(found, Refused):
            yield GenderMix(group[0], None, None, None, found.reason)
        else:
            yield GenderMix(group[0], found.feminine, found.observed, found.unknown)


def answers(held: Held, estimates: Estimates) -> Iterator[GenderAnswer]:
    """Yield what women and men want, of all and of each place that is split by gender.

    The shares that go in are those of the release, so that the labeller's errors are taken out as
    there; their variance is read back from their intervals, of both genders as if independent. As
    the weights of the two have opposite signs, errors that both share would make it smaller.
    """
    for split, group in places(held):
        by = f"{split}+gender".lstrip("+")
        if not any(of[0] == group[0] for of in held.groups.get(by, ())):
            continue
        told = _told(held, split, group)
        if told.feminine == 0 == told.masculine:
            continue
        right = rates_of(held, group[0])
        for facet in FACETS:
            if facet in held.answers:
                yield from _facet(held, estimates, (group[0], facet), told, right)


def _facet(
    held: Held, estimates: Estimates, of: tuple[str, str], told: Told, right: Rates | Refused
) -> Iterator[GenderAnswer]:
    place, facet = of
    values = held.answers[facet]
    shown = {
        gender: [
            estimates.get(Key(facet, value, "people_share", place, gender=gender))
            for value in values
        ]
        for gender in (FEMININE, MASCULINE)
    }
    counted = [
        (woman.value, man.value) if woman and man else None
        for woman, man in zip(shown[FEMININE], shown[MASCULINE], strict=True)
    ]
    found: tuple[tuple[Estimate, ...], tuple[Estimate, ...]] | Refused
    if isinstance(right, Refused):
        found = right
    else:
        found = by_gender(
            told, answered(shown[FEMININE]), answered(shown[MASCULINE]), right, held.floor
        )
    if isinstance(found, Refused):
        for value in values:
            yield GenderAnswer(place, facet, value, None, None, None, found.reason)
        return
    both = (
        said(after, shown[gender])
        for after, gender in zip(found, (FEMININE, MASCULINE), strict=True)
    )
    for value, woman, man, before in zip(values, *both, counted, strict=True):
        yield GenderAnswer(place, facet, value, woman, man, before)


def said(found: Sequence[Estimate], shown: Sequence[Estimate | None]) -> list[Estimate]:
    """Say of each share whether the labeller's errors were taken out of what went in."""
    out = []
    for after, before in zip(found, shown, strict=True):
        how = before.correction if before else "none"
        labeller = "not covered (uncorrected)" if how == "none" else f"covered ({how})"
        said = f"{after.covers}; errors of the labeller are {labeller}"
        out.append(replace(after, covers=said, correction=how))
    return out


def answered(found: list[Estimate | None]) -> Answers:
    """Turn published shares back into a share and a variance."""
    people = max((e.n for e in found if e), default=0)
    nan = float("nan")
    share = np.array([e.value if e else nan for e in found])
    width = np.array([e.high - e.low if e else nan for e in found])
    z = 1.959964 * shares.widening(np.array([float(max(people, 2))]))
    return Answers(share, (width / (2 * z)) ** 2, float(people))


def places(held: Held) -> Iterator[tuple[str, Group]]:
    """Yield all together and each known place, with their splits."""
    for split in ("", "place"):
        for group in held.groups.get(split, ()):
            if group[0] != UNKNOWN:
                yield split, group


def _told(held: Held, split: str, group: Group) -> Told:
    counts = [held.people(split, group, "gender", g) for g in (FEMININE, MASCULINE, UNKNOWN)]
    women, men, unknown = (None if n != n else n for n in counts)  # noqa: PLR0124 (NaN)
    return Told(women, men, unknown)


def rates_of(held: Held, place: str) -> Rates | Refused:
    """Return how often names are told right, by given names alone.

    Whether logs hold family names too is not known any more; without them names err more often,
    so that these rates never promise too much.
    """
    if place != ALL:
        errors = errors_of(place)
        return rates({place: errors}, {place: 1.0}) if errors else _NOT_MEASURED
    people = {
        group[0]: held.people("place", group)
        for group in held.groups.get("place", ())
        if group[0] != UNKNOWN
    }
    known = {place: count for place, count in people.items() if count > 0}
    measured = {place: errors for place in known if (errors := errors_of(place))}
    weights = {place: known[place] for place in measured}
    if not weights or sum(weights.values()) < MEASURED * sum(known.values()):
        return _NOT_MEASURED
    return rates(measured, weights)
