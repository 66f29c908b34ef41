"""A panel over months: one share as a line with its interval as a band, gaps where withheld."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from uptake.model.estimate import Estimate
from uptake.publish import numbers
from uptake.publish.charts import theme
from uptake.publish.charts.dots import ticks
from uptake.publish.charts.render import Board, Panel
from uptake.publish.slices import Cell, Mark
from uptake.publish.titles import month_title

HEIGHT = 150
_LEFT, _RIGHT, _TOP, _BOTTOM = 42, 48, 32, 26
_LABELS = 4


@dataclass(frozen=True, slots=True)
class Curve:
    """What one panel shows.

    Attributes:
        title: Over the panel.
        cells: (month, share) in order, every month of the figure.
        others: Shares to compare with, for the same months; empty for none.
        most: Upper end of the scale, the same in all panels of a figure.
    """

    title: str
    cells: Sequence[tuple[str, Cell]]
    others: Sequence[tuple[str, Cell]]
    most: float


def draw(curve: Curve) -> Panel:
    """Draw one panel."""
    board = Board()
    alt = board.alt
    values = [_point(month, cell) for month, cell in curve.cells]
    shown = _spread([m["month"] for m in values])
    x = alt.X(
        "month:O",
        sort=None,
        scale=alt.Scale(type="point", domain=[m["month"] for m in values], padding=0.4),
        axis=alt.Axis(title=None, values=shown, labelAngle=0),
    )
    y = _y(alt, curve.most)
    band, *over = _layers(board, values, x, y)
    layers = [band, *_others(board, curve, x, y), *over]
    return board.panel(
        layers,
        width=theme.PANEL - _LEFT - _RIGHT,
        height=HEIGHT,
        autosize="none",
        padding={"left": _LEFT, "right": _RIGHT, "top": _TOP, "bottom": _BOTTOM},
        title={"text": curve.title, "dx": -_LEFT, "offset": 12},
    )


def _y(alt: Any, most: float) -> Any:
    shown = ticks(most)
    return alt.Y(
        "value:Q",
        scale=alt.Scale(domain=[0, most], nice=False),
        axis=alt.Axis(
            title=None, values=shown, format=".0%", ticks=False, domain=False, tickCount=9
        ),
    )


def _point(month: str, cell: Cell) -> dict[str, Any]:
    name = month_title(month)
    if isinstance(cell, Mark):
        return {"month": name, "mark": cell is Mark.WITHHELD, "floor": 0}
    return {
        "month": name,
        "value": cell.value,
        "low": cell.low,
        "high": cell.high,
        "text": numbers.value(cell),
    }


def _spread(months: Sequence[str]) -> list[str]:
    """Return a few months to name on the axis, the first among them."""
    step = max(1, -(-len(months) // _LABELS))
    return list(months[::step])


def _layers(board: Board, values: Sequence[dict[str, Any]], x: Any, y: Any) -> list[Any]:
    alt = board.alt
    data = board.chart(values)
    known = [value for value in values if "value" in value]
    points = board.chart(known)
    last = board.chart(known[-1:])
    alone = board.chart(_alone(values))
    hidden = board.chart([v for v in values if v.get("mark")])
    reach = {"x": x, "y": alt.Y("low:Q"), "y2": alt.Y2("high")}
    return [
        data.mark_area(color=theme.BAND, opacity=1).encode(**reach),
        alone.mark_rule(color=theme.BAND, strokeWidth=4).encode(**reach),
        data.mark_line(color=theme.ACCENT, strokeWidth=2.2).encode(x=x, y=y),
        points.mark_point(color=theme.ACCENT, filled=True, size=22, opacity=1).encode(x=x, y=y),
        last.mark_text(align="left", dx=8, color=theme.INK, fontWeight="bold").encode(
            x=x, y=y, text=alt.Text("text:N")
        ),
        hidden.mark_point(
            shape="cross", angle=45, filled=True, color=theme.MUTED, size=42, opacity=1
        ).encode(x=x, y=alt.Y("floor:Q")),
    ]  # fmt: skip


def _alone(values: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the points without a neighbour, whose band would have no width."""
    known = ["value" in value for value in values]
    beside = zip([False, *known], [*known[1:], False], strict=False)
    return [
        value
        for value, here, (before, after) in zip(values, known, beside, strict=False)
        if here and not before and not after
    ]


def _others(board: Board, curve: Curve, x: Any, y: Any) -> list[Any]:
    values = [
        {"month": month_title(month), "value": cell.value if isinstance(cell, Estimate) else None}
        for month, cell in curve.others
    ]
    if not values:
        return []
    data = board.chart(values)
    return [data.mark_line(color=theme.OTHER, strokeWidth=1.5, strokeDash=[5, 3]).encode(x=x, y=y)]
