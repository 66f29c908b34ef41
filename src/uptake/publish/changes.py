"""What changed between two periods, as tables and as a sentence."""

from collections.abc import Sequence

from uptake.model.change import Change
from uptake.publish.edition import Edition
from uptake.publish.grid import Grid, Printed, printed
from uptake.publish.titles import facet_title, listed, month_title

MOST = 5
"""Values shown at either end of a long list."""


def period_title(period: str) -> str:
    """Write a period as a person would.

    >>> period_title("2025-04/2025-06"), period_title("2025-04/2025-04")
    ('Apr 2025 to Jun 2025', 'Apr 2025')
    """
    first, _, last = period.partition("/")
    return month_title(first) if first == last else f"{month_title(first)} to {month_title(last)}"


def points(change: Change) -> str:
    """Write a difference of shares in percentage points, ``+2.1 (0.8 to 3.4)``."""
    value, low, high = (100 * x for x in (change.difference.value, change.difference.low,
                                          change.difference.high))  # fmt: skip
    return f"{value:+.1f} ({low:+.1f} to {high:+.1f})".replace("-", "−")


def of_place(edition: Edition, place: str, facet: str = "") -> list[Change]:
    """Return a place's changes, in the order of the values, of one facet or of all."""
    return [
        c for c in edition.release.changes if c.place == place and (not facet or c.facet == facet)
    ]


def grid(edition: Edition, place: str, facet: str) -> Grid | None:
    """Lay a facet's changes out: the most grown first; of many values only both ends."""
    found = sorted(of_place(edition, place, facet), key=lambda c: -c.difference.value)
    if not found:
        return None
    shown = found if len(found) <= 2 * MOST else [*found[:MOST], *found[-MOST:]]
    rows = tuple(
        (
            edition.titles.value(facet, c.value),
            (printed(c.before), printed(c.after), Printed(points(c)), Printed(c.verdict)),
        )
        for c in shown
    )
    earlier, later = period_title(found[0].earlier), period_title(found[0].later)
    caption = f"{facet_title(facet)}: {earlier} against {later}"
    if len(shown) < len(found):
        caption += f", the {MOST} most grown and the {MOST} most shrunk of {len(found)}"
    return Grid(caption, (facet_title(facet), earlier, later, "Points", "Verdict"), rows)


def sentence(edition: Edition, place: str) -> str:
    """Say what changed by more than chance; empty where nothing was compared."""
    found = of_place(edition, place)
    if not found:
        return ""
    when = f"From {period_title(found[0].earlier)} to {period_title(found[0].later)}"
    told = [
        f"{edition.titles.value(c.facet, c.value).lower()} {c.verdict} by {_size(c)} points"
        for c in _named(found)
    ]
    if not told:
        return f"{when} no share changed by more than chance would explain."
    return f"{when} {listed(told)}."


def _named(found: Sequence[Change]) -> list[Change]:
    """Return changes of intent and topic that are more than chance, the largest first."""
    kept = [c for c in found if c.verdict != "no change seen" and c.facet in {"intent", "topic"}]
    return sorted(kept, key=lambda c: -abs(c.difference.value))[:MOST]


def _size(change: Change) -> str:
    low, high = sorted(abs(100 * x) for x in (change.difference.low, change.difference.high))
    return f"{abs(100 * change.difference.value):.1f} ({low:.1f}–{high:.1f})"
