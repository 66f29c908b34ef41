"""Targets beside what was reached: the gap in the target's unit, bounds kept as bounds."""

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from uptake.gather.knowledge.beside import beside, takes_up
from uptake.gather.knowledge.comparing import NEAR, Figure, converted, ends, grouped, one_thing
from uptake.gather.knowledge.measures import generic
from uptake.gather.knowledge.periods import days_of, same, shown
from uptake.gather.knowledge.said import number, text
from uptake.gather.knowledge.timely import so_far, timely
from uptake.gather.knowledge.values import Bounds
from uptake.gather.knowledge.values import value as value_of
from uptake.gather.knowledge.wording import amount, bounded
from uptake.gather.words import words
from uptake.model.knowledge import TargetPair

SHARED_WORDS = 2
"""Longer words that two quotes share if they speak of one thing."""

STEM = 5
"""Letters of a word that its endings leave alone."""

OVERSHOT = 10
"""What is so many times a target is the value of another thing."""

_DOWN = ("<", "<=")
"""Comparators of a target that is reached from above: "at most"."""

_UP = (">", ">=")
_RANK = "rank"
_PER_HEAD = "per_capita"


def pairs(
    figures: Sequence[Figure], copies: Mapping[str, str] = MappingProxyType({})
) -> tuple[TargetPair, ...]:
    """Return each target with the actual value that is held against it; most targets have none.

    What a document itself sets against a target stands before what only goes by the same name.
    Of several actual values the one nearest to the target's end stands, one of the same document
    before others, and one that a change started from last. What no rate converts is paired all
    the same, and the sentence says that it was not converted. Of pairs that copies of one text
    repeat the first one stays.

    Args:
        figures: All of them.
        copies: By the id of a claim that repeats another of its story, the id of that one.
    """
    found: list[TargetPair] = []
    told = beside(figures)
    for group in grouped(figures).values():
        actual = [f for f in group if f.kind == "actual"]
        for target in (f for f in group if f.kind == "target" and f.claim.id not in told):
            fitting = [a for a in actual if fits(target, a)]
            if fitting:
                found.append(_pair(target, max(fitting, key=lambda a: _rank(target, a))))
    found += [_pair(target, actual) for target, actual in told.values()]
    once: dict[tuple[str, str], TargetPair] = {}
    for pair in sorted(found, key=lambda p: (p.target in copies, p.actual in copies, p.target)):
        # a copy's actual value may be read otherwise: what both come to is the same
        once.setdefault((copies.get(pair.target, pair.target), pair.sentence), pair)
    return tuple(sorted(once.values(), key=lambda p: (p.target, p.actual)))


def fits(target: Figure, actual: Figure) -> bool:
    """Return whether an actual value is of the target's thing; one document may name it twice."""
    if _ahead(actual) or _far(target, actual) or takes_up(actual) or not timely(target, actual):
        return False
    called = text(target.claim, "indicator")
    here = target.claim.doc == actual.claim.doc and not target.catalogued
    if target.claim.doc != actual.claim.doc and not target.catalogued:
        shared = _telling(target.claim.quote) & _telling(actual.claim.quote)
        return len(shared) >= SHARED_WORDS and one_thing(target, actual)
    alike = bool(called) and called == text(actual.claim, "indicator")
    if here and target.currency and generic(target.claim) and not _belong(target, actual):
        return False
    return one_thing(target, actual, called_alike=here and alike)


def _far(target: Figure, actual: Figure) -> bool:
    """Return whether two values can not be of one thing by their size or their time.

    Nothing exceeds its target tenfold, and growth is of one period.
    """
    if text(target.claim, "change"):
        return not same(target.period, actual.period)
    goal, reached = value_of(target.claim), value_of(actual.claim)
    if text(target.claim, "unit") == _RANK or target.currency != actual.currency:
        return False
    return bool(goal and reached) and abs(reached or 0) >= OVERSHOT * abs(goal or 0)


def _ahead(actual: Figure) -> bool:
    """Return whether a value that is said to be actual is of a time after its document."""
    written = days_of(actual.date) if actual.date else None
    return written is not None and actual.period is not None and actual.period.first > written[1]


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


def _rank(target: Figure, actual: Figure) -> tuple[bool, bool, int, int, str]:
    """Sort by how well a value fits; of equals the first one, as parts follow their whole."""
    return (
        text(actual.claim, "role") != "from",
        actual.claim.doc == target.claim.doc,
        -abs((ends(actual) - ends(target)).days),
        -actual.claim.start,
        actual.claim.id,
    )


def _pair(target: Figure, actual: Figure) -> TargetPair:
    unit = target.currency or text(target.claim, "unit") or "count"
    goal = _goal(target)
    exact = said(actual)
    same = target.currency == actual.currency
    held = (exact, "") if same else converted(actual, exact, target.currency)
    told = f"{bounded(exact, unit_of(actual))}{base_of(actual)}{when(actual)}"
    told += f" against {aim(target)}{base_of(target)}{when(target)}"
    value, gap, rate = Bounds(-math.inf, math.inf), Bounds(-math.inf, math.inf), ""
    if held is None:
        told += f": not converted, no source states the rate of {_untold(actual)}."
    else:
        value, rate = held
        gap = Bounds(goal - value.high, goal - value.low)
        told += f": {_verdict(target, actual, gap)}{f' ({rate})' if rate else ''}."
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
        sentence=told,
        place=target.place,
        parts=tuple(sorted(target.where.parts | actual.where.parts)),
        target_time=shown(target.period),
        actual_time=shown(actual.period),
    )


def _goal(target: Figure) -> float:
    """Return the value to reach: of a range its near end, whatever comparator it is told with."""
    return value_of(target.claim) or 0.0


def unit_of(figure: Figure) -> str:
    """Return the unit in which a figure is written: a currency, ``per 1,000``, else its own."""
    unit = text(figure.claim, "unit") or "count"
    return figure.currency or (_per(figure) if unit == _PER_HEAD else unit)


def _per(figure: Figure) -> str:
    base = number(figure.claim, "per")
    return f"per {base:,.0f}" if base and base > 1 else "per head"


def base_of(figure: Figure) -> str:
    """Return of how many people money is, as its unit does not say so."""
    per_head = text(figure.claim, "unit") == _PER_HEAD
    return f" {_per(figure)}" if per_head and figure.currency else ""


def aim(target: Figure) -> str:
    """Write what is aimed at: a place in a ranking needs no "at most", it is reached from above."""
    if target.exact is None or text(target.claim, "unit") == _RANK:
        return amount(_goal(target), unit_of(target))
    return bounded(target.exact, unit_of(target))


def said(actual: Figure) -> Bounds:
    """Return what a figure says to the letter; without a number nothing is excluded."""
    exact = actual.exact
    return exact if exact is not None else Bounds(-math.inf, math.inf)


def _end(value: float) -> float | None:
    return value if math.isfinite(value) else None


def when(figure: Figure) -> str:
    """Write when a figure is of, with its preposition; empty where no time is stated."""
    stated = shown(figure.period)
    if not stated:
        return ""
    if stated.startswith(("by ", "from ")):
        return f" {stated}"
    day = figure.period is not None and figure.period.days == 1
    return f" on {stated}" if day else f" in {stated.replace(' to ', '–')}"


def _untold(actual: Figure) -> str:
    years = actual.years
    if years is None:
        return f"{actual.currency} for a year that the document does not state"
    first, last = years.first.year, (years.last or years.first).year
    return f"{actual.currency} for {first}" + (f" to {last}" if last > first else "")


def _verdict(target: Figure, actual: Figure, gap: Bounds) -> str:
    """Say the gap, or that there is none; what an open end leaves open is said as a bound."""
    downward = falls(target, actual)
    if downward:
        gap = Bounds(-gap.high, -gap.low)
    if gap.high <= 0:
        known = downward is not None
        return "the target is reached" if known else "the value is not below the target"
    unit = unit_of(target)
    is_now = "so far the gap is" if so_far(target, actual) else "the gap is"
    behind = {_RANK: " places", "percent": " points"}.get(unit, "")
    measured = "count" if behind else unit
    if gap.low == gap.high:
        return f"{is_now} {amount(gap.low, measured)}{behind}"
    if math.isfinite(gap.low) and math.isfinite(gap.high):
        low = max(0.0, gap.low)
        return f"{is_now} {amount(low, measured)} to {amount(gap.high, measured)}{behind}"
    if math.isfinite(gap.high):
        return f"{is_now} at most {amount(gap.high, measured)}{behind}"
    if gap.low > 0:
        return f"{is_now} at least {amount(gap.low, measured)}{behind}"
    return "whether it is reached is not told"


def falls(target: Figure, actual: Figure | None) -> bool | None:
    """Return whether the target is reached from above; None where nothing tells."""
    comparator = text(target.claim, "comparator")
    if text(target.claim, "unit") == _RANK or comparator in _DOWN:
        return True
    if comparator in _UP:
        return False
    before = number(target.claim, "change_from")
    if before is None and actual and number(actual.claim, "change_to") == _goal(target):
        before = value_of(actual.claim)
    if before is not None:
        return before > _goal(target)
    return _on_the_way(target, actual) if actual else None


def _on_the_way(target: Figure, actual: Figure) -> bool | None:
    """Return whether a value falls towards its target, by where it came from; None if untold."""
    came, now, goal = number(actual.claim, "change_from"), value_of(actual.claim), _goal(target)
    if came is None or now is None or target.currency != actual.currency:
        return None
    if came > now > goal:
        return True
    return False if came < now < goal else None
