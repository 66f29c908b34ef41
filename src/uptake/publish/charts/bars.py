"""Counts by month as bars: stories, with the articles that print them as a line above.

Drawn as SVG at once: bars of whole numbers need no library.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from uptake.publish.charts import theme
from uptake.publish.charts.render import Panel
from uptake.publish.titles import month_title

_HEIGHT, _TOP, _AXIS = 120, 26, 26
_NUMBERED = 14
"""Up to so many months, each bar has its number."""


@dataclass(frozen=True, slots=True)
class Month:
    """How much of one month."""

    month: str
    stories: int
    articles: int


def draw(months: Sequence[Month]) -> Panel:
    """Draw the months, in order and without a gap."""
    step = theme.PANEL / max(len(months), 1)
    width = round(min(34.0, step * 0.72), 2)
    most = max((m.articles for m in months), default=0) or 1
    floor = _TOP + _HEIGHT
    parts = [
        f'<path d="M0,{floor + 0.5}H{theme.PANEL}" stroke="{theme.AXIS}" stroke-width="1"/>',
    ]
    for number, month in enumerate(months):
        centre = step * (number + 0.5)
        left = round(centre - width / 2, 2)
        tall = round(_HEIGHT * month.stories / most, 2)
        reach = round(floor - _HEIGHT * month.articles / most, 2)
        if month.stories:
            parts.append(
                f'<rect x="{left:g}" y="{floor - tall:g}" width="{width:g}" height="{tall:g}" '
                f'fill="{theme.BAR}"/>'
            )
        if month.articles > month.stories:
            parts.append(
                f'<path d="M{left:g},{reach:g}H{left + width:g}" stroke="{theme.OTHER}" '
                f'stroke-width="2"/>'
            )
        if len(months) <= _NUMBERED and month.stories:
            parts.append(_text(str(month.stories), centre, reach - 5, theme.INK))
    parts += [
        _text(month_title(months[number].month), *_held(step * (number + 0.5)), theme.MUTED)
        for number in _labelled(len(months))
    ]
    return Panel("".join(parts), float(theme.PANEL), float(floor + _AXIS))


def _held(centre: float) -> tuple[float, float]:
    """Keep a label within the panel."""
    return min(max(centre, 28.0), theme.PANEL - 28.0), _TOP + _HEIGHT + 18


def _labelled(number: int) -> list[int]:
    """Return which months have a label: four at most, the first and the last among them."""
    if number <= 4:
        return list(range(number))
    return sorted({round(at * (number - 1) / 3) for at in range(4)})


def _text(text: str, x: float, y: float, colour: str) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="middle" font-family="{theme.FONT}" '
        f'font-size="{theme.SIZE:g}" fill="{colour}">{text}</text>'
    )
