"""How far a place is from a target that documents tell of it, and whether its pace is enough."""

from typing import Literal

import msgspec

Verdict = Literal[
    "met", "not_met", "unknown", "reached", "on_pace", "behind", "open", "undated", "no_actual",
    "not_compared",
]  # fmt: skip
"""``met``, ``not_met``, ``unknown``: of a target whose time is over. ``reached``: before its time,
or without one. ``on_pace``, ``behind``, ``open`` (it can not be told): of one still to come.
``undated``: not reached, and no time is stated. ``no_actual``: no value of the same thing is known.
``not_compared``: values are known, but of another unit, time or definition."""


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A value that is held against a target.

    Attributes:
        low, high: Its bounds in the target's unit; None where open.
        text: As said, ``at least EUR 400 million``.
        period: As stated, ``2024 to 2025``; of a figure without one the day of its document.
        day: Last day of that, ISO; empty if neither is stated.
        claim: Id of its claim; empty for a row of a table.
        indicator, source: Of its row of an indicator table; empty for a claim.
    """

    low: float | None
    high: float | None
    text: str
    period: str = ""
    day: str = ""
    claim: str = ""
    indicator: str = ""
    source: str = ""


class Distance(msgspec.Struct, frozen=True, kw_only=True):
    """One target and how far its place is from it.

    Distances and paces count towards the target: a positive pace comes nearer, whether the value
    is to rise or to fall. All of them are bounds, None where open.

    Attributes:
        target: Id of its claim.
        also: Ids of other claims of the same target.
        place: ISO 3166-1 alpha-3; several joined by a comma; empty.
        parts: Cities and regions that it names.
        unit: Of all numbers; ISO 4217 for money.
        goal: As said, ``at least 70%``.
        goal_low, goal_high: What is to be reached: equal, but for "about".
        falls: Whether the value is to fall; None where nothing tells: then a value below the target
            is short of it, and of one above it nothing is said.
        due, due_day: By when as stated, and its last day, ISO; empty where none is stated.
        actual: The value held against it; None without one.
        before: An earlier value of the same thing, from which the pace so far is taken.
        left_low, left_high: Distance left; ``left`` in words, empty once it is reached.
        needed_low, needed_high: A year from the actual value's day to the due one; ``needed``.
        pace_low, pace_high: A year from the earlier value's day to the actual one's; ``pace``.
        verdict: In a word.
        sentence: The verdict and why, in words.
        apart: Why values that sound alike are not compared, a reason each.
        rate: Exchange rate used; empty if none.
    """

    target: str
    also: tuple[str, ...] = ()
    place: str = ""
    parts: tuple[str, ...] = ()
    unit: str
    goal: str
    goal_low: float
    goal_high: float
    falls: bool | None = None
    due: str = ""
    due_day: str = ""
    actual: Seen | None = None
    before: Seen | None = None
    left_low: float | None = None
    left_high: float | None = None
    left: str = ""
    needed_low: float | None = None
    needed_high: float | None = None
    needed: str = ""
    pace_low: float | None = None
    pace_high: float | None = None
    pace: str = ""
    verdict: Verdict
    sentence: str
    apart: tuple[str, ...] = ()
    rate: str = ""
