"""Targets beside what was reached: the gap in the target's unit, bounds kept as bounds."""

import math
from collections.abc import Sequence

from uptake.gather.knowledge.comparing import Figure, converted, ends, grouped, one_thing
from uptake.gather.knowledge.measures import generic
from uptake.gather.knowledge.periods import shown
from uptake.gather.knowledge.values import Bounds
from uptake.gather.knowledge.wording import amount, bounded
from uptake.gather.words import words
from uptake.model.knowledge import TargetPair

NEAR = 300
"""Code points between two quotes that speak of one thing without naming it again."""

SHARED_WORDS = 2
"""Longer words that two quotes share if they speak of one thing."""

STEM = 5
"""Letters of a word that its endings leave alone."""

_DOWN = ("<", "<=")
"""Comparators of a target that is reached from above: "at most", a place in a ranking."""


def pairs(figures: Sequence[Figure]) -> tuple[TargetPair, ...]:
    """Return each target with the actual value that is held against it; most targets have none.

    Of several actual values the one nearest to the target's end stands, one of the same document
    before others, and one that a change started from last. What no rate converts is paired all
    the same, and the sentence says that it was not converted.
    """
    found: list[TargetPair] = []
    for group in grouped(figures).values():
        actual = [f for f in group if f.kind == "actual"]
        for target in (f for f in group if f.kind == "target"):
            fitting = [a for a in actual if _fits(target, a)]
            if fitting:
                found.append(_pair(target, max(fitting, key=lambda a: _rank(target, a))))
    return tuple(sorted(found, key=lambda p: (p.target, p.actual)))


def _fits(target: Figure, actual: Figure) -> bool:
    """Return whether an actual value is of the target's thing; one document may name it twice."""
    called = target.claim.fields.get("indicator")
    beside = target.claim.doc == actual.claim.doc and not target.catalogued
    same = bool(called) and called == actual.claim.fields.get("indicator")
    if beside and target.currency and generic(target.claim) and not _belong(target, actual):
        return False
    return one_thing(target, actual, called_alike=beside and same)


def _belong(target: Figure, actual: Figure) -> bool:
    """Return whether two sums of one page that go by a kind only ("cost") are of one thing.

    One of them states a time, and they stand near each other or share words that tell something.
    """
    if not (target.period or actual.period):
        return False
    a, b = target.claim, actual.claim
    apart = max(a.start, b.start) - min(a.end, b.end)
    shared = _telling(a.quote) & _telling(b.quote)
    return apart <= NEAR or len(shared) >= SHARED_WORDS


def _telling(quote: str) -> set[str]:
    """Return how a quote's longer words begin: endings differ, and little words tell nothing."""
    return {word.folded[:STEM] for word in words(quote) if len(word.folded) >= STEM}


def _rank(target: Figure, actual: Figure) -> tuple[bool, bool, int, str]:
    return (
        actual.claim.fields.get("role") != "from",
        actual.claim.doc == target.claim.doc,
        -abs((ends(actual) - ends(target)).days),
        actual.claim.id,
    )


def _pair(target: Figure, actual: Figure) -> TargetPair:
    unit = target.currency or str(target.claim.fields.get("unit") or "count")
    goal = _goal(target)
    said = _said(actual)
    held = (
        (said, "")
        if target.currency == actual.currency
        else converted(actual, said, target.currency)
    )
    own_unit = actual.currency or unit
    told = f"{bounded(said, own_unit)}{_when(actual)} against {_aim(target, unit)}{_when(target)}"
    if held is None:
        return TargetPair(
            target=target.claim.id,
            actual=actual.claim.id,
            unit=unit,
            target_value=goal,
            actual_low=None,
            actual_high=None,
            gap_low=None,
            gap_high=None,
            rate="",
            sentence=f"{told}: not converted, no source states the rate of {_untold(actual)}.",
        )
    value, rate = held
    gap = Bounds(goal - value.high, goal - value.low)
    note = f" ({rate})" if rate else ""
    return TargetPair(
        target=target.claim.id,
        actual=actual.claim.id,
        unit=unit,
        target_value=goal,
        actual_low=_end(value.low),
        actual_high=_end(value.high),
        gap_low=_end(gap.low),
        gap_high=_end(gap.high),
        rate=rate,
        sentence=f"{told}: {_verdict(target, value, gap, unit)}{note}.",
    )


def _goal(target: Figure) -> float:
    """Return the value to reach: of a range its near end, whatever comparator it is told with."""
    return float(target.claim.fields["value"])


def _aim(target: Figure, unit: str) -> str:
    """Write what is aimed at: a place in a ranking needs no "at most", it is reached from above."""
    if target.exact is None or unit == "rank":
        return amount(_goal(target), unit)
    return bounded(target.exact, unit)


def _said(actual: Figure) -> Bounds:
    exact = actual.exact
    return exact if exact is not None else Bounds(-math.inf, math.inf)


def _end(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _when(figure: Figure) -> str:
    stated = shown(figure.period)
    if not stated:
        return ""
    if stated.startswith(("by ", "from ")):
        return f" {stated}"
    day = figure.period is not None and figure.period.days == 1
    return f" on {stated}" if day else f" in {stated}"


def _untold(actual: Figure) -> str:
    years = actual.years
    if years is None:
        return f"{actual.currency} for a year that the document does not state"
    first, last = years.first.year, (years.last or years.first).year
    return f"{actual.currency} for {first}" + (f" to {last}" if last > first else "")


def _verdict(target: Figure, value: Bounds, gap: Bounds, unit: str) -> str:
    """Say the gap, or that there is none; what an open end leaves open is said as a bound."""
    falling = unit == "rank" or target.claim.fields.get("comparator") in _DOWN
    if falling:
        value, gap = Bounds(-value.high, -value.low), Bounds(-gap.high, -gap.low)
    if gap.high <= 0:
        return "the target is reached"
    measured = "count" if unit == "rank" else unit
    behind = " places" if unit == "rank" else " points" if unit == "percent" else ""
    measured = "count" if unit == "percent" else measured
    if gap.low == gap.high:
        return f"the gap is {amount(gap.low, measured)}{behind}"
    if math.isfinite(gap.low) and math.isfinite(gap.high):
        low = max(0.0, gap.low)
        return f"the gap is {amount(low, measured)} to {amount(gap.high, measured)}{behind}"
    if math.isfinite(gap.high):
        return f"the gap is at most {amount(gap.high, measured)}{behind}"
    if gap.low > 0:
        return f"the gap is at least {amount(gap.low, measured)}{behind}"
    return "whether it is reached is not told"
