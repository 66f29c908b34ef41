"""Targets of places -> how far they are from them, and whether the pace so far is enough.

A straight line is drawn from the latest value to the target: what it asks for a year is set beside
what the last years brought. No clock is read: a target's time is over if it ended by the day on
which the newest document or table was written.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

import msgspec

from uptake.catalog import table as comparable
from uptake.gather.indicators import catalogue_indicators
from uptake.gather.knowledge import pace
from uptake.gather.knowledge.beside import beside
from uptake.gather.knowledge.candidates import (
    Candidate,
    Rows,
    before,
    fitting,
    from_claims,
    from_tables,
    rows_of,
    why_apart,
)
from uptake.gather.knowledge.comparing import Figure, one_thing
from uptake.gather.knowledge.measures import catalogued
from uptake.gather.knowledge.periods import days_of, same, shown
from uptake.gather.knowledge.said import text
from uptake.gather.knowledge.targets import aim, base_of, falls
from uptake.gather.knowledge.values import Bounds
from uptake.gather.knowledge.values import value as value_of
from uptake.model.distance import Distance, Verdict
from uptake.model.evidence import Document, Observation

_STRICT = (">", "<")
_DIGITS = 3
"""Significant digits of a pace: a straight line deserves no more."""


def newest(documents: Iterable[Document], observations: Iterable[Observation]) -> date | None:
    """Return the last day that a document or a table's actual row is of; None without any."""
    dates = [d.date for d in documents if d.date]
    dates += {o.period for o in observations if o.status == "actual"}
    return max((days[1] for stated in dates if (days := days_of(stated))), default=None)


def distances(
    figures: Sequence[Figure],
    observations: Sequence[Observation],
    copies: Mapping[str, str] = MappingProxyType({}),
    on: date | None = None,
) -> tuple[Distance, ...]:
    """Return the distance to each target that documents tell, in the order of their claims.

    Of several values the latest stands, a row of a table before a claim of the same day. What a
    document itself sets against its target stands before other claims.

    Args:
        figures: All of them.
        observations: Rows of the indicator tables.
        copies: By the id of a claim that repeats another of its story, the id of that one.
        on: Day up to which a target's time is over; None: of none it is.
    """
    told, table = beside(figures), rows_of(observations)
    groups: dict[tuple[str, ...], list[Figure]] = {}
    alike: dict[tuple[str, str], list[Figure]] = {}
    for figure in (f for f in figures if f.measure):
        groups.setdefault(figure.group, []).append(figure)
        alike.setdefault((figure.measure, figure.place), []).append(figure)
    found = []
    for targets in _once([f for f in figures if f.kind == "target"], copies):
        target = targets[0]
        pool = fitting(target, groups.get(target.group, ()) if target.measure else ())
        own = [told[t.claim.id][1] for t in targets if t.claim.id in told]
        near = alike.get((target.measure, target.place), ()) if target.measure else ()
        made = _distance(target, _Pool(own, pool, near, table), on)
        also = tuple(other.claim.id for other in targets[1:])
        found.append(msgspec.structs.replace(made, also=also))
    return tuple(found)


def _once(targets: Sequence[Figure], copies: Mapping[str, str]) -> list[list[Figure]]:
    """Return targets with those that say the same of the same thing."""
    by_id = {target.claim.id: target for target in targets}
    out: list[list[Figure]] = []
    at: dict[str, list[Figure]] = {}
    for target in targets:
        first = copies.get(target.claim.id, target.claim.id)
        known = at.get(first) if first in by_id else None
        if known is None:
            known = next((held for held in out if _one_target(held[0], target)), None)
        if known is None:
            known = []
            out.append(known)
        known.append(target)
        at[first] = known
    return out


def _one_target(a: Figure, b: Figure) -> bool:
    return (
        bool(a.measure)
        and (a.group, a.exact, a.period, a.currency) == (b.group, b.exact, b.period, b.currency)
        and one_thing(a, b)
    )


class _Pool(msgspec.Struct, frozen=True):
    """What a target may be held against: told beside it, fitting, of its name, and tables."""

    own: Sequence[Figure]
    fitting: Sequence[Figure]
    alike: Sequence[Figure]
    table: Rows


def _distance(target: Figure, pool: _Pool, on: date | None) -> Distance:
    rows = from_tables(target, pool.table)
    claims = from_claims(target, pool.own or pool.fitting)
    known = [*rows, *claims]
    due = target.period.last if target.period else None
    over = bool(due and on and due <= on)
    chosen = _in_time(target, known) if over else max(known, key=_latest, default=None)
    chosen = chosen or max(known, key=_latest, default=None)
    told = chosen.figure if chosen else None
    downward = falls(target, told)
    if downward is None:
        downward = _meant(target)
    goal = pace.Aim(
        _goal(target, downward=bool(downward)),
        bool(downward),
        text(target.claim, "comparator") in _STRICT,
        target.currency or text(target.claim, "unit") or "count",
    )
    base = Distance(
        target=target.claim.id,
        place=target.place,
        parts=tuple(sorted(target.where.parts)),
        unit=goal.unit,
        goal=f"{aim(target)}{base_of(target)}",
        goal_low=goal.goal.low,
        goal_high=goal.goal.high,
        falls=downward,
        due=shown(target.period),
        due_day=due.isoformat() if due else "",
        verdict="no_actual",
        sentence="No actual value is known.",
    )
    if chosen is None:
        apart = why_apart(target, pool.alike)
        if not apart:
            return base
        said = f"Known is only {'; '.join(apart)}."
        return msgspec.structs.replace(base, verdict="not_compared", sentence=said, apart=apart)
    since = before(chosen, [*rows, *from_claims(target, [*pool.own, *pool.fitting])])
    return _held(base, _Held(target, goal, chosen, since, over))


def _latest(one: Candidate) -> tuple[bool, date, bool, float]:
    """Sort by time; of one day a row of a table, then the tighter one, stands."""
    width = one.held.high - one.held.low
    return one.last is not None, one.last or date.min, bool(one.source), -width


def _in_time(target: Figure, known: Sequence[Candidate]) -> Candidate | None:
    """Return the value that tells whether a target of a time that is over was met; None for none.

    Of a deadline it is the last one up to then; of a stretch one of the same stretch.
    """
    period = target.period
    if period is None or period.last is None:
        return None
    if period.kind == "deadline":
        fit = [one for one in known if one.last and one.last <= period.last]
    else:
        fit = [one for one in known if same(one.period, period)]
    return max(fit, key=_latest, default=None)


def _meant(target: Figure) -> bool | None:
    """Return whether a fall is meant by what a target is of; None where that does not tell.

    An indicator of the catalogue has a better side; of other measures the catalogue lists which way
    their targets are meant. A change has none: more of a decline is a fall.
    """
    if text(target.claim, "change"):
        return None
    known = catalogued(target.claim)
    sides = {i.id: i.higher_is for i in catalogue_indicators()}
    side = sides.get(known.indicator, "neither") if known else "neither"
    if side != "neither":
        return side == "worse"
    own = text(target.claim, "indicator")
    listed = [
        (len(measure), way == "down")
        for way, measures in comparable("comparable")["aims"].items()
        for measure in measures
        if own == measure or own.startswith(f"{measure}_")
    ]
    return max(listed)[1] if listed else None


def _goal(target: Figure, *, downward: bool) -> Bounds:
    """Return what is to be reached: of a range the end that is reached first."""
    comparator, exact = text(target.claim, "comparator"), target.exact
    if exact is not None and comparator == "~":
        return Bounds(exact.low, exact.high)
    if exact is not None and exact.closed:
        return Bounds(exact.high, exact.high) if downward else Bounds(exact.low, exact.low)
    goal = value_of(target.claim) or 0.0
    return Bounds(goal, goal)


class _Held(msgspec.Struct, frozen=True):
    target: Figure
    aim: pace.Aim
    now: Candidate
    since: Candidate | None
    over: bool


def _held(base: Distance, it: _Held) -> Distance:
    """Judge a target by the value that is held against it."""
    goal, now = it.aim, it.now
    left = pace.towards(now.held, goal.goal, falls=goal.falls)
    there = pace.reached(left, strict=goal.strict)
    needed = so_far = None
    period = it.target.period
    due = period.last if period else None
    if due and now.last and due > now.last and not it.over and there is not True:
        needed = pace.yearly(left, (due - now.last).days)
    since = it.since if needed else None
    if needed and since and since.last and now.last:
        way = pace.towards(since.held, now.held, falls=goal.falls)
        so_far = pace.yearly(way, (now.last - since.last).days)
    if there and base.falls is None:
        verdict: Verdict = "unknown" if it.over else "open"
        why = "the value is not below the target, and nothing tells whether it is to rise or fall"
    else:
        verdict, why = _judged(it, there, needed, so_far)
    words = {
        "left": "" if there else _left(left, goal.unit),
        "needed": pace.spoken(needed, goal.unit, _DIGITS) if needed else "",
        "pace": pace.spoken(so_far, goal.unit, _DIGITS) if so_far else "",
    }
    parts = [f"{now.seen.text}{_of(now)} against {base.goal}{_due(base)}"]
    parts += [f"{words['left']} left"] if words["left"] else []
    parts += [f"{words['needed']} a year needed"] if needed else []
    if so_far and since:
        parts.append(f"{words['pace']} a year so far, since {since.seen.text}{_of(since)}")
    return msgspec.structs.replace(
        base,
        actual=now.seen,
        before=since.seen if since else None,
        **_ends("left", left),
        **_ends("needed", needed),
        **_ends("pace", so_far),
        **words,
        verdict=verdict,
        sentence=f"{'; '.join(parts)}: {why}.",
        rate=now.rate,
    )


def _left(left: Bounds, unit: str) -> str:
    """Write a distance left; of one that may be none already only its larger end."""
    return pace.spoken(left if left.low > 0 else Bounds(float("-inf"), left.high), unit)


def _judged(
    it: _Held, there: bool | None, needed: Bounds | None, so_far: Bounds | None
) -> tuple[Verdict, str]:
    due = it.target.period
    last = due.last if due else None
    if due and last and it.over:
        return _judged_over(it, there, (due.first, last))
    if there:
        return "reached", "reached already"
    if last is None:
        return "undated", "no time is stated by which it is to be reached"
    return _judged_ahead(needed, so_far)


def _judged_ahead(needed: Bounds | None, so_far: Bounds | None) -> tuple[Verdict, str]:
    """Judge a target to come by the pace so far and the one that it asks for."""
    if needed is None:
        return "open", "the value is of no day before the target's, so there is no pace to tell"
    if so_far is None:
        return "open", "one value only, so its pace is not known"
    enough = pace.enough(so_far, needed)
    if enough is None:
        return "open", "the bounds of the values leave open whether the pace is enough"
    return ("on_pace", "on pace") if enough else ("behind", "behind pace")


def _judged_over(it: _Held, there: bool | None, due: tuple[date, date]) -> tuple[Verdict, str]:
    """Judge a target whose time is over: only a value of that time tells."""
    last = it.now.last
    if _in_time(it.target, [it.now]) is None:
        when = "a later" if last and last > due[1] else "another"
        return "unknown", f"no value of its time is known, only {when} one"
    if there:
        return "met", "met"
    if there is None:
        return "unknown", "the value is a bound that leaves open whether it was met"
    if last is None or last < due[0]:
        return "unknown", "the last known value is older than its time"
    return "not_met", "not met"


def _of(one: Candidate) -> str:
    period = one.seen.period
    return f" ({period})" if period else " (no time stated)"


def _due(base: Distance) -> str:
    if not base.due:
        return ""
    return f" {base.due}" if base.due.startswith(("by ", "from ")) else f" in {base.due}"


def _ends(name: str, some: Bounds | None) -> dict[str, float | None]:
    low, high = (some.low, some.high) if some else (float("inf"), float("inf"))
    ends = {f"{name}_low": low, f"{name}_high": high}
    return {key: end if abs(end) < float("inf") else None for key, end in ends.items()}
