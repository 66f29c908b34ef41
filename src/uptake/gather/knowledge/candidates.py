"""Values that may be held against a target: claims of the same thing, and rows of tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from uptake.gather.knowledge.comparing import Figure, converted, ends, told_apart
from uptake.gather.knowledge.measures import catalogued, regional
from uptake.gather.knowledge.periods import Period, days_of, shown
from uptake.gather.knowledge.said import number, text
from uptake.gather.knowledge.targets import base_of, fits, said, unit_of
from uptake.gather.knowledge.timely import LEVELS, timely
from uptake.gather.knowledge.values import Bounds
from uptake.gather.knowledge.wording import bounded
from uptake.model.distance import Seen
from uptake.model.evidence import Observation

Rows = Mapping[tuple[str, str], Sequence[Observation]]
"""Actual rows of tables by indicator and place."""

BACK = 5
"""Years before a value from which its pace is taken, at most: older ways tell little of today's."""

SOON = 180
"""Days that two values must lie apart for a pace."""

_ALIKE = 0.1
"""How far the lengths of two periods may differ, as a share, if what is in them adds up."""


@dataclass(frozen=True)
class Candidate:
    """A value in the target's unit.

    Attributes:
        held: Its bounds.
        period: As stated; None where none is.
        last: Last day of that, or of its document; None if neither is stated.
        seen: The same as published.
        rate: Exchange rate used, in words; empty if none.
        figure: The claim; None for a row of a table.
    """

    held: Bounds
    period: Period | None
    last: date | None
    seen: Seen
    rate: str = ""
    figure: Figure | None = None

    @property
    def source(self) -> str:
        """Return the table of a row, empty for a claim."""
        return self.seen.source


def rows_of(observations: Iterable[Observation]) -> Rows:
    """Return the rows that may be held against targets: actual ones, no targets or imputed ones."""
    table: dict[tuple[str, str], list[Observation]] = {}
    for row in observations:
        if row.status == "actual":
            table.setdefault((row.indicator, row.place), []).append(row)
    return table


def from_claims(target: Figure, actual: Iterable[Figure]) -> list[Candidate]:
    """Return claims in the target's unit; those that no rate converts are left out."""
    return [made for figure in actual if (made := _of_claim(target, figure))]


def _of_claim(target: Figure, figure: Figure) -> Candidate | None:
    exact = said(figure)
    held = (
        (exact, "")
        if figure.currency == target.currency
        else converted(figure, exact, target.currency)
    )
    if held is None:
        return None
    last = ends(figure)
    known = None if last == date.min else last
    return Candidate(
        held[0],
        figure.period,
        known,
        Seen(
            low=_end(held[0].low),
            high=_end(held[0].high),
            text=f"{bounded(exact, unit_of(figure))}{base_of(figure)}",
            period=shown(figure.period) or (figure.date or ""),
            day=known.isoformat() if known else "",
            claim=figure.claim.id,
        ),
        held[1],
        figure,
    )


def from_tables(target: Figure, table: Rows) -> list[Candidate]:
    """Return the rows of the target's indicator, place and unit; none where it is of a part."""
    known = catalogued(target.claim)
    claim = target.claim
    if known is None or not known.indicator or len(claim.countries) != 1 or target.where.parts:
        return []
    if any(claim.fields.get(key) for key in ("breakdown", "change", "per")) or target.added:
        return []
    if regional(claim) and text(claim, "unit") == "rank":
        return []
    found = (_of_row(target, row) for row in table.get((known.indicator, target.place), ()))
    return [made for made in found if made]


def _of_row(target: Figure, row: Observation) -> Candidate | None:
    days = days_of(row.period)
    unit = target.currency or text(target.claim, "unit") or "count"
    if days is None or row.unit.casefold() not in (unit.casefold(), _ALSO.get(unit, "")):
        return None
    held = {
        ">": Bounds(row.value, float("inf"), open_low=True),
        "<": Bounds(float("-inf"), row.value, open_high=True),
    }.get(row.comparator, Bounds(row.value, row.value))
    return Candidate(
        held,
        Period(*days),
        days[1],
        Seen(
            low=_end(held.low),
            high=_end(held.high),
            text=bounded(held, unit),
            period=row.period,
            day=days[1].isoformat(),
            indicator=row.indicator,
            source=row.source,
        ),
    )


_ALSO = {"score": "index", "count": "people"}
"""How tables name the units of claims."""


def _end(value: float) -> float | None:
    return value if abs(value) < float("inf") else None


def before(latest: Candidate, found: Iterable[Candidate]) -> Candidate | None:
    """Return the earlier value from which a value's pace is taken; None if nothing is comparable.

    Rows are compared with rows of their table, claims with claims. What adds up over a period is
    compared with a period as long only. The earliest of the last ``BACK`` years stands, else the
    latest before them.
    """
    if latest.last is None:
        return None
    earlier = [
        (one.last, one)
        for one in found
        if one.last
        and (latest.last - one.last).days >= SOON
        and one.source == latest.source
        and _as_long(one, latest)
    ]
    near = [pair for pair in earlier if (latest.last - pair[0]).days <= BACK * 366]
    chosen = (
        min(near, key=lambda pair: pair[0])
        if near
        else max(earlier, key=lambda pair: pair[0], default=None)
    )
    return chosen[1] if chosen else None


def _as_long(a: Candidate, b: Candidate) -> bool:
    unit = text(b.figure.claim, "unit") if b.figure else ""
    if b.figure is None or (unit in LEVELS and not b.figure.currency):
        return True
    if a.period is None or b.period is None:
        return a.period is b.period
    if a.period.kind != b.period.kind:
        return False
    return abs(a.period.days - b.period.days) <= _ALIKE * max(a.period.days, b.period.days, 1)


def fitting(target: Figure, figures: Iterable[Figure]) -> list[Figure]:
    """Return actual values of the target's thing among those of its group."""
    return [one for one in figures if one.kind == "actual" and fits(target, one)]


def why_apart(target: Figure, figures: Iterable[Figure]) -> tuple[str, ...]:
    """Say why actual values of the same name and place are not held against a target."""
    reasons = (_reason(target, one) for one in figures)
    return tuple(dict.fromkeys(reason for reason in reasons if reason))


def _reason(target: Figure, actual: Figure) -> str:
    if actual.kind != "actual" or actual.measure != target.measure or actual.place != target.place:
        return ""
    a, b = target.claim, actual.claim
    units = text(a, "unit") == text(b, "unit") and bool(target.currency) == bool(actual.currency)
    tests = (
        (units, f"a value in another unit ({_named(actual)}, not {_named(target)})"),
        (number(a, "per") == number(b, "per"), "a value per another number of people"),
        (text(a, "change") == text(b, "change"), "a level where the other is a change"),
        (target.cut == actual.cut, "a value of other people"),
        (not told_apart(target, actual),
         "a value of another scope, subject, ranking or part of the country"),
        (timely(target, actual), "a value of another time that may be of that time alone"),
        (not fits(target, actual), "a value whose exchange rate no source states"),
    )  # fmt: skip
    return next((said for held, said in tests if not held), "a value that may be of another thing")


def _named(figure: Figure) -> str:
    unit = figure.currency or text(figure.claim, "unit") or "count"
    return {"count": "a number", "currency": "money"}.get(unit, unit.replace("_", " "))
