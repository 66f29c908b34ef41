"""Panels of indicator values: places below each other, or one place among all on each indicator."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from uptake.publish.charts import theme
from uptake.publish.charts.dots import ROW, SPLIT_LABEL, label_width, row_names
from uptake.publish.charts.render import Board, Panel

_TALL = 34
"""Height of a row of strips: its label may take two lines."""
_NAMED = 84
"""Room for a value written at the right."""


@dataclass(frozen=True, slots=True)
class Value:
    """One place's value of an indicator.

    Attributes:
        label: The place's name.
        value: In the indicator's unit.
        text: As written.
        hollow: Not measured by its publisher (imputed, or a target).
        soft: Drawn in the second colour: a comparator.
    """

    label: str
    value: float
    text: str
    hollow: bool = False
    soft: bool = False


def draw_places(values: Sequence[Value], *, zero: bool) -> Panel:
    """Draw one indicator: a row for each place, bars from zero or dots on a scale of their own."""
    board = Board()
    alt = board.alt
    width = label_width([value.label for value in values])
    names = row_names([value.label for value in values], width)
    rows = [
        {"row": name, "value": v.value, "text": v.text, "colour": theme.MUTED if v.soft else
         theme.ACCENT, "bar": theme.HATCH if v.soft else theme.BAR,
         "fill": theme.PAPER if v.hollow else (theme.MUTED if v.soft else theme.ACCENT)}
        for name, v in zip(names, values, strict=True)
    ]  # fmt: skip
    ends = [v.value for v in values]
    low, high = (0.0 if zero else min(ends)), max(ends)
    margin = (high - low or abs(high) or 1.0) * 0.06
    domain = [low if zero else low - margin, high + margin]
    y = alt.Y(
        "row:N",
        sort=None,
        scale=alt.Scale(domain=names, padding=0.2),
        axis=_axis(alt, grid=not zero),
    )
    x = alt.X("value:Q", scale=alt.Scale(domain=domain, nice=False, zero=zero), axis=None)
    data = board.chart(rows)
    layers = [
        *([data.mark_bar(size=13).encode(x=x, y=y, color=_as_is(alt, "bar"))] if zero else []),
        data.mark_point(size=60, filled=True, opacity=1, strokeWidth=2).encode(
            x=x, y=y, stroke=_as_is(alt, "colour"), fill=_as_is(alt, "fill")
        ),
        data.mark_text(align="left", dx=9, color=theme.INK).encode(
            x=x, y=y, text=alt.Text("text:N")
        ),
    ]
    right = min(120.0, 16 + max(theme.text_width(v.text) for v in values))
    return _panel(board, layers, (width, right, ROW * len(values)))


@dataclass(frozen=True, slots=True)
class Strip:
    """One indicator for one place.

    Attributes:
        label: The indicator.
        own: The place's value.
        others: Those of the places beside it.
        text: The own value, as written.
    """

    label: str
    own: float
    others: tuple[float, ...]
    text: str


def draw_strips(strips: Sequence[Strip]) -> Panel:
    """Draw each indicator from the lowest to the highest of the places shown."""
    board = Board()
    alt = board.alt
    width = label_width([strip.label for strip in strips])
    names = row_names([strip.label for strip in strips], width)
    own, others, lines = [], [], []
    for name, strip in zip(names, strips, strict=True):
        low, high = min(strip.own, *strip.others), max(strip.own, *strip.others)
        span = high - low
        place = [(value - low) / span if span else 0.5 for value in strip.others]
        others += [{"row": name, "at": at} for at in place]
        at = (strip.own - low) / span if span else 0.5
        own.append({"row": name, "at": at, "text": strip.text, "end": 1.0})
        lines.append({"row": name, "from": 0, "to": 1})
    y = alt.Y(
        "row:N",
        sort=None,
        scale=alt.Scale(domain=names, padding=0.2),
        axis=_axis(alt, grid=False),
    )
    x = alt.X("at:Q", scale=alt.Scale(domain=[-0.03, 1.03], nice=False), axis=None)
    mine = board.chart(own)
    layers = [
        board.chart(lines)
        .mark_rule(color=theme.AXIS, strokeWidth=1)
        .encode(x=alt.X("from:Q", axis=None), x2=alt.X2("to"), y=y),
        board.chart(others)
        .mark_point(shape="circle", fill=theme.PAPER, stroke=theme.MUTED, size=38, opacity=1)
        .encode(x=x, y=y),
        mine.mark_point(color=theme.ACCENT, filled=True, size=95, opacity=1).encode(x=x, y=y),
        mine.mark_text(align="left", dx=12, color=theme.INK, fontWeight="bold").encode(
            x=alt.X("end:Q", axis=None), y=y, text=alt.Text("text:N")
        ),
    ]
    return _panel(board, layers, (width, _NAMED, _TALL * len(strips)))


def _axis(alt: Any, *, grid: bool) -> Any:
    return alt.Axis(
        title=None, ticks=False, domain=False, labelColor=theme.INK, grid=grid,
        labelExpr=SPLIT_LABEL, labelLineHeight=13,
    )  # fmt: skip


def _as_is(alt: Any, column: str) -> Any:
    return alt.Color(f"{column}:N", scale=None, legend=None)


def _panel(board: Board, layers: Sequence[Any], size: tuple[float, float, int]) -> Panel:
    left, right, height = size
    return board.panel(
        layers,
        width=theme.PANEL - left - right,
        height=height,
        autosize="none",
        padding={"left": left, "right": right, "top": 8, "bottom": 8},
    )
