"""Shares weighted to a place's population, for a page."""

from uptake.model.demography import Weighting
from uptake.publish import numbers
from uptake.publish.edition import Edition
from uptake.publish.grid import Grid, Printed, printed
from uptake.publish.titles import facet_title
from uptake.publish.women_and_men import Section, in_order

_WHAT = (
    "People who use an assistant are younger than a country's people, and more often of one "
    "gender. Here each {by} counts as much as it does in the population of 18 years and over "
    "({source}, {period}), and in it each {unit}. It says what users would ask if "
    "they were of all ages; of people who use no assistant it says nothing."
)
_HOW = "How the weights are made is in the documentation, under weighting to a population."
_UNITS = {"people_share": "person counts once", "message_share": "message counts as one"}
_STRATA = {"age band": "age band", "age band and gender": "age band of each gender"}


def section(edition: Edition, place: str) -> Section | None:
    """Lay a place's weighted shares out beside those without weights."""
    one = next((w for w in edition.release.demography.weightings if w.place == place), None)
    if one is None:
        return None
    title = "Weighted to the population"
    if one.reason:
        return Section(title, (f"Not given: {one.reason}.",), (), (_HOW,))
    sources = {s.id: s.producer for s in edition.release.demography.sources}
    period = f"{one.period}, projected" if one.projected else one.period
    lead = _WHAT.format(
        by=_STRATA[one.by],
        unit=_UNITS[one.measure],
        source=sources.get(one.source, one.source),
        period=period,
    )
    refused = list(dict.fromkeys(s.reason for s in one.shares if s.reason))
    notes = [
        *([_note(one)] if one.note else []),
        *([f"What is missing is not given: {'; '.join(refused)}."] if refused else []),
        _HOW,
    ]
    return Section(title, (lead, _behind(edition, one)), tuple(_grids(edition, one)), tuple(notes))


def _note(one: Weighting) -> str:
    if one.by == "age band":
        return f"Weighted by age band alone; {one.note}."
    return f"Weighted by coarser bands: {one.note}."


def _behind(edition: Edition, one: Weighting) -> str:
    people = edition.people(one.people)
    left = (
        "how many more were left out is withheld"
        if one.left_out is None
        else f"{numbers.count(one.left_out)} more of unknown age or gender are left out"
    )
    return (
        f"n = {people}; {left}. They carry as much as {numbers.count(round(one.effective_people))} "
        f"in proportion to the population would (design effect {one.design_effect or 1:.1f})."
    )


def _grids(edition: Edition, one: Weighting) -> list[Grid]:
    grids = []
    shares = sorted(one.shares, key=lambda s: in_order(edition, s.facet, s.value))
    for facet in dict.fromkeys(share.facet for share in shares):
        rows = tuple(
            (
                edition.titles.value(facet, s.value),
                (printed(s.share), _plain(s.plain)),
            )
            for s in shares
            if s.facet == facet and s.share
        )
        if rows:
            name = edition.titles.place(one.place)
            caption = f"{facet_title(facet)}, weighted to the population, {name}"
            grids.append(Grid(caption, ("", "Weighted", "Without weights"), rows))
    return grids


def _plain(share: float | None) -> Printed:
    return Printed("–") if share is None else Printed(numbers.percent(share) + "%")
