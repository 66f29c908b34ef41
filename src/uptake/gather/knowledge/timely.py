"""Whether a value is of a time at which its target can be held against it."""

from uptake.gather.knowledge.beside import APART
from uptake.gather.knowledge.comparing import Figure
from uptake.gather.knowledge.periods import CLOSE_DAYS
from uptake.gather.knowledge.said import text

LEVELS = frozenset({"percent", "rank", "score", "index", "per_capita"})
"""Units of what stands at some height at any time; sums and numbers may be those of one year."""


def timely(target: Figure, actual: Figure) -> bool:
    """Return whether an actual value's time is one of its target's.

    Shares, ranks and scores stand at some height at any time, and a target that is due by some day
    is approached before it. A sum or a number planned for one stretch ("exports in 2026") may be
    that of the stretch alone: it is held against a value within the stretch only, or, if it is no
    money, where both sides or one are counted on a day; or against the one that its document tells
    right before or after it. What states no time excludes nothing.
    """
    goal, reached = target.period, actual.period
    if goal is None or reached is None or goal.last is None or goal.kind == "deadline":
        return True
    if text(target.claim, "unit") in LEVELS and not target.currency:
        return True
    if "point" in (goal.kind, reached.kind) and not target.currency:
        return True
    if adjoining(target, actual):
        return True
    early = (goal.first - reached.first).days
    late = ((reached.last or reached.first) - goal.last).days
    return early <= CLOSE_DAYS and late <= CLOSE_DAYS


def adjoining(a: Figure, b: Figure) -> bool:
    """Return whether nothing stands between the quotes of two figures of one document."""
    between = max(a.claim.start, b.claim.start) - min(a.claim.end, b.claim.end)
    return a.claim.doc == b.claim.doc and between <= APART


def so_far(target: Figure, actual: Figure) -> bool:
    """Return whether a value is of a time that ended before its target's began to be due."""
    goal, reached = target.period, actual.period
    return bool(goal and reached and reached.last and reached.last < goal.first)
