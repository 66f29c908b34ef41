"""The tables of women and men, and of shares weighted to the population."""

from collections.abc import Mapping

from uptake.model.demography import Demography, GenderAnswer, GenderMix, WeightedShare, Weighting
from uptake.model.estimate import Estimate
from uptake.publish.columns import (
    PUBLISHED,
    Field,
    Row,
    Table,
    integers,
    numbers,
    rounded,
    strings,
)

REFUSED = "refused"
"""Stands where the data do not carry a figure; the column ``reason`` says why."""

_STATUS = "`published`, or `refused` where the data do not carry it. Missing: not computed."
_INTERVAL = "Which errors the interval covers: see the table intervals."
_CORRECTION = "How the labeller's errors were taken out: `none`, `calibration` or `gold`."

_MEASURE = (
    "`people_share`: each person counts once; `message_share`: each message does, in a release "
    "with noise."
)

_ENDS = numbers(
    share="Point estimate, between 0 and 1; empty if refused.",
    low="Lower end of the interval.",
    high="Upper end of the interval.",
    level="Nominal coverage of the interval.",
)

_GENDER = (
    *strings(
        place="ISO 3166-1 alpha-3 code, or `all`.",
        gender="Whose share it is: of `feminine` or `masculine` people, or of `all`.",
        facet="`gender` for the composition of the people; else what was asked of each message.",
        value="The answer. `feminine` is the share of women among those whose name tells, "
        "`unknown` that of people whose name does not tell among all.",
        measure=_MEASURE,
        status=_STATUS,
    ),
    *_ENDS,
    *integers(people="People behind the share, of that gender."),
    *numbers(counted="The share before names that mislead were taken into account."),
    *strings(interval=_INTERVAL, reason="Why it is refused; empty where it is published."),
)

_WEIGHTED = (
    *strings(
        place="ISO 3166-1 alpha-3 code.",
        facet="What was asked of each message; empty where all shares of the place are refused.",
        value="The answer that the share is of.",
        by="Whose strata the weights are of: `age band and gender` or `age band`.",
        measure=_MEASURE,
        status=_STATUS,
    ),
    *_ENDS,
    *numbers(unweighted="The share without weights, corrected in the same way."),
    *strings(correction=_CORRECTION),
    *numbers(counted="The weighted share as labelled, where it was corrected."),
    *integers(
        people="People in strata; empty if refused.",
        left_out="People in no stratum, their age or gender being unknown; empty where withheld.",
    ),
    *numbers(
        effective_people="Kish's effective sample size of the weights.",
        design_effect="By what unequal weights multiply the variance of a share.",
    ),
    *integers(population="People of 18 years and over that are weighted to."),
    *strings(
        period="Year of the population figures.",
        population_status="`estimate` or `projection` of their publisher.",
        source="Id of their source.",
        interval=_INTERVAL,
        note="Why the strata are the coarser ones; empty where they are not.",
        reason="Why it is refused; empty where it is published.",
    ),
)


def gender_table(found: Demography, intervals: Mapping[str, str]) -> Table:
    """Return the composition of places by gender, and what women and men want."""
    rows = [row for mix in found.mixes for row in _mix(mix, intervals)]
    rows += [row for answer in found.answers for row in _answer(answer, intervals)]
    key = ("place", "gender", "facet", "value")
    return Table("gender", "Women and men", _GENDER, key, rows)


def weighted_table(found: Demography, intervals: Mapping[str, str]) -> Table:
    """Return shares weighted to the population of their place."""
    rows: list[Row] = []
    for one in found.weightings:
        shares = one.shares or (WeightedShare("", "", None, None, one.reason),)
        rows += [_weighted(one, share, intervals) for share in shares]
    key = ("place", "facet", "value")
    return Table("weighted-shares", "Shares weighted to the population", _WEIGHTED, key, rows)


def _mix(mix: GenderMix, intervals: Mapping[str, str]) -> list[Row]:
    figures: tuple[tuple[str, Estimate | None, float | None], ...] = (
        ("feminine", mix.women, mix.observed),
        ("unknown", mix.unknown, None),
    )
    return [
        (mix.place, "all", "gender", value, "people_share", *_ends(found),
         found.n if found else None, _short(counted), _covers(found, intervals), mix.reason)
        for value, found, counted in figures
    ]  # fmt: skip


def _answer(answer: GenderAnswer, intervals: Mapping[str, str]) -> list[Row]:
    women, men = answer.counted or (None, None)
    return [
        (answer.place, gender, answer.facet, answer.value, answer.measure, *_ends(found),
         found.n if found else None, _short(counted), _covers(found, intervals), answer.reason)
        for gender, found, counted in (
            ("feminine", answer.women, women), ("masculine", answer.men, men)
        )
    ]  # fmt: skip


def _weighted(one: Weighting, share: WeightedShare, intervals: Mapping[str, str]) -> Row:
    found = share.share
    status = "projection" if one.projected else "estimate"
    return (
        one.place, share.facet, share.value, one.by, one.measure, *_ends(found),
        _short(share.plain), found.correction if found else "",
        _short(found.counted if found else None), one.people or None, one.left_out,
        _short(one.effective_people or None), _short(one.design_effect), one.population or None,
        one.period, status if one.period else "", one.source, _covers(found, intervals), one.note,
        share.reason,
    )  # fmt: skip


def _ends(found: Estimate | None) -> tuple[Field, ...]:
    if found is None:
        return (REFUSED, None, None, None, None)
    ends = (rounded(number) for number in (found.value, found.low, found.high))
    return (PUBLISHED, *ends, found.level)


def _short(number: float | None) -> float | None:
    return None if number is None else rounded(number)


def _covers(found: Estimate | None, intervals: Mapping[str, str]) -> str:
    return intervals.get(found.covers, "") if found else ""
