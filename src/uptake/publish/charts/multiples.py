"""Small multiples: one small panel a place over time, all of a figure on one scale."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from uptake.publish.charts import theme
from uptake.publish.charts.render import Board, Panel

WIDTH = 176
"""Of a panel in pixels: two stand side by side on a phone."""

HEIGHT = 92
_LEFT, _RIGHT, _TOP, _BOTTOM = 38, 46, 28, 22
_MOST_STEPS = 3
_LEAST = 1e-12
"""What spans less is nothing: no figure has so many digits."""
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0, 20.0)


@dataclass(frozen=True, slots=True)
class Point:
    """One period of one place.

    Attributes:
        at: Where on the axis of time, in years.
        value: None for a gap: the line breaks here.
        low, high: Ends of its interval; None without one.
        text: As written.
        withheld: Whether there is a value that is not shown.
        hollow: Not measured by its publisher.
    """

    at: float
    value: float | None
    low: float | None = None
    high: float | None = None
    text: str = ""
    withheld: bool = False
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Curve:
    """What one panel shows.

    Attributes:
        title: Over the panel.
        points: In order of time, gaps among them.
        others: (at, value) of a line to compare with; empty for none.
        soft: Drawn in the second colour: a comparator.
    """

    title: str
    points: Sequence[Point]
    others: Sequence[tuple[float, float | None]] = ()
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """Both axes, the same in all panels of a figure.

    Attributes:
        times: First and last place on the axis of time, in years.
        marks: (at, label) on it.
        ends: Of the values.
        ticks: Between them.
        unit: ``share`` (written as percent), ``percent`` (with its sign), else empty.
    """

    times: tuple[float, float]
    marks: tuple[tuple[float, str], ...]
    ends: tuple[float, float]
    ticks: tuple[float, ...]
    unit: str = ""


def steps(low: float, high: float) -> tuple[float, ...]:
    """Return two to four round ticks that hold all values, from the lowest to the highest.

    >>> steps(0, 0.62), steps(0.71, 0.9), steps(3, 3)
    ((0.0, 0.25, 0.5, 0.75), (0.7, 0.8, 0.9), (3.0, 4.0))
    """
    span = high - low or abs(high)
    span = span if span > _LEAST else 1.0
    power = 10.0 ** math.floor(math.log10(span / _MOST_STEPS))
    first, last, step = next(
        (first, last, step)
        for step in (power * factor for factor in _STEPS)
        for first, last in [(math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9))]
        if last - first <= _MOST_STEPS
    )
    last = max(last, first + 1)
    digits = max(0, 2 - math.floor(math.log10(step)))
    return tuple(round(step * number, digits) for number in range(first, last + 1))


def draw(curve: Curve, scale: Scale) -> Panel:
    """Draw one panel."""
    board = Board()
    alt = board.alt
    start, end = scale.times
    margin = (end - start) * 0.03 or 0.5
    x = alt.X(
        "at:Q",
        scale=alt.Scale(domain=[start - margin, end + margin], nice=False, zero=False),
        axis=alt.Axis(
            title=None, values=[at for at, _ in scale.marks], grid=False, labelFlush=True,
            labelExpr=_names(scale.marks), tickSize=4,
        ),
    )  # fmt: skip
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=list(scale.ends), nice=False, zero=False),
        axis=alt.Axis(
            title=None, values=list(scale.ticks), labelExpr=_written(scale), ticks=False,
            domain=False, tickCount=9,
        ),
    )  # fmt: skip
    title = theme.fitted(curve.title, WIDTH, 13)
    return board.panel(
        _layers(board, curve, scale, (x, y)),
        width=WIDTH - _LEFT - _RIGHT,
        height=HEIGHT,
        autosize="none",
        padding={"left": _LEFT, "right": _RIGHT, "top": _TOP, "bottom": _BOTTOM},
        title={"text": title, "dx": -_LEFT, "offset": 9, "fontSize": 13},
    )


def _names(marks: Sequence[tuple[float, str]]) -> str:
    """Return a Vega expression for the labels of an axis."""
    said = "''"
    for at, label in marks:
        quoted = label.replace("\\", "").replace("'", "’")
        said = f"abs(datum.value - {at!r}) < 0.001 ? '{quoted}' : {said}"
    return said


def _written(scale: Scale) -> str:
    """Return a Vega expression that writes a tick with its unit."""
    sign = " + '%'" if scale.unit == "percent" else ""
    return f"format(datum.value, '{_format(scale)}'){sign}"


def _format(scale: Scale) -> str:
    gap = min((b - a for a, b in pairwise(scale.ticks)), default=1.0)
    if scale.unit == "share":
        return ".0%" if gap >= 0.01 else ".1%"
    most = max(abs(tick) for tick in scale.ticks)
    if most >= 10_000:
        return "~s"
    digits = max(0, -math.floor(math.log10(gap)))
    fine = abs(gap * 10**digits - round(gap * 10**digits)) > 1e-9
    return f",.{digits + fine}f"


def _layers(board: Board, curve: Curve, scale: Scale, axes: tuple[Any, Any]) -> list[Any]:
    alt = board.alt
    x, y = axes
    colour, band = (theme.MUTED, theme.HATCH) if curve.soft else (theme.ACCENT, theme.BAND)
    data = board.chart([_row(point, number) for number, point in _numbered(curve.points)])
    known = [point for point in curve.points if point.value is not None]
    dots = [{"at": p.at, "value": p.value, "fill": theme.PAPER if p.hollow else colour}
            for p in known]  # fmt: skip
    ends = [{"at": p.at, "value": p.value, "text": p.text} for p in known[-1:]]
    alone = [_row(p, 0) for p in _alone(curve.points) if p.low is not None]
    hidden = [{"at": p.at, "value": scale.ends[0]} for p in curve.points if p.withheld]
    part = alt.Detail("part:N")
    reach = {"x": x, "y": alt.Y("low:Q"), "y2": alt.Y2("high")}
    size = 20 if len(known) <= 12 else 9
    layers = [
        data.mark_area(color=band, opacity=1).encode(**reach, detail=part),
        board.chart(alone).mark_rule(color=band, strokeWidth=4).encode(**reach),
        board.chart([{"at": at, "value": value} for at, value in curve.others])
        .mark_line(color=theme.OTHER, strokeWidth=1.4, strokeDash=[4, 3])
        .encode(x=x, y=y),
        data.mark_line(color=colour, strokeWidth=2).encode(x=x, y=y, detail=part),
        board.chart(dots)
        .mark_point(stroke=colour, filled=True, size=size, opacity=1, strokeWidth=1.5)
        .encode(x=x, y=y, fill=alt.Color("fill:N", scale=None, legend=None)),
        board.chart(ends)
        .mark_text(align="left", dx=7, color=theme.INK, fontWeight="bold")
        .encode(x=x, y=y, text=alt.Text("text:N")),
        board.chart(hidden)
        .mark_point(shape="cross", angle=45, filled=True, color=theme.MUTED, size=36, opacity=1)
        .encode(x=x, y=y),
    ]
    if not known:
        said = "withheld" if hidden else "no value"
        middle = [{"at": sum(scale.times) / 2, "value": sum(scale.ends) / 2, "text": said}]
        layers.append(
            board.chart(middle)
            .mark_text(color=theme.MUTED, fontStyle="italic")
            .encode(x=x, y=y, text=alt.Text("text:N"))
        )
    return layers


def _numbered(points: Sequence[Point]) -> list[tuple[int, Point]]:
    """Return the points that have a value, each with the number of its unbroken stretch."""
    out, part = [], 0
    for point in points:
        if point.value is None:
            part += 1
        else:
            out.append((part, point))
    return out


def _row(point: Point, part: int) -> dict[str, Any]:
    return {
        "at": point.at,
        "value": point.value,
        "low": point.value if point.low is None else point.low,
        "high": point.value if point.high is None else point.high,
        "part": part,
    }


def _alone(points: Sequence[Point]) -> list[Point]:
    """Return the points without a neighbour, whose band would have no width."""
    known = [point.value is not None for point in points]
    beside = zip([False, *known], [*known[1:], False], strict=False)
    return [
        point
        for point, here, (before, after) in zip(points, known, beside, strict=False)
        if here and not before and not after
    ]
