"""A panel of rows: each share as a dot or a bar with its interval, its value written beside."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from uptake.model.estimate import Estimate
from uptake.publish import numbers
from uptake.publish.charts import theme
from uptake.publish.charts.render import Board, Panel
from uptake.publish.slices import Cell, Mark

ROW = 25
WORDS = {Mark.WITHHELD: "withheld", Mark.NOT_PUBLISHED: "not published"}
_MOST_LABEL = 140.0
SPLIT_LABEL = "split(datum.value, '\\n')"
"""A fixed expression: a label's lines are drawn below each other."""
STEPS = {
    0.02: 0.01, 0.04: 0.01, 0.06: 0.02, 0.1: 0.05, 0.15: 0.05, 0.2: 0.05, 0.3: 0.1, 0.4: 0.1,
    0.5: 0.25, 0.6: 0.2, 0.8: 0.2, 1.0: 0.25,
}  # fmt: skip
"""Round ends of a scale, each with the step of its ticks."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        label: At its left.
        cell: The share, or why there is none.
        other: A share to compare with, drawn as a hollow diamond.
    """

    label: str
    cell: Cell
    other: Cell = Mark.NOT_PUBLISHED


@dataclass(frozen=True, slots=True)
class Look:
    """How a panel of rows is drawn.

    Attributes:
        title: Over the panel; empty for none.
        most: Right end of the scale, the same in all panels of a figure.
        label: Width of the row labels in pixels, likewise.
        mark: Bars for the parts of a whole, dots for comparisons.
        width: Of the whole panel.
    """

    title: str
    most: float
    label: float
    mark: Literal["bar", "dot"] = "dot"
    width: int = theme.PANEL


@dataclass(slots=True)
class _Values:
    shares: list[dict[str, Any]] = field(default_factory=list)
    others: list[dict[str, Any]] = field(default_factory=list)
    marks: list[dict[str, Any]] = field(default_factory=list)


def label_width(labels: Sequence[str]) -> float:
    """Return the width that row labels need, within reason."""
    return min(_MOST_LABEL, max((theme.text_width(label) for label in labels), default=0) + 10)


def row_names(labels: Sequence[str], width: float) -> list[str]:
    """Return labels broken into at most two lines, all different."""
    return theme.distinct(["\n".join(theme.lines_of(text, width - 8, most=2)) for text in labels])


def blocks(
    groups: Sequence[tuple[str, str]], names: Sequence[str], cells: Sequence[Cell]
) -> list[Row | None]:
    """Return rows with a gap, None, where another dimension begins."""
    out: list[Row | None] = []
    for number, ((dimension, _), name, cell) in enumerate(zip(groups, names, cells, strict=True)):
        if number and dimension != groups[number - 1][0]:
            out.append(None)
        out.append(Row(name, cell))
    return out


def scale_end(cells: Sequence[Cell]) -> float:
    """Return a round right end that holds all intervals.

    >>> scale_end([])
    1.0
    """
    most = max((cell.high for cell in cells if isinstance(cell, Estimate)), default=1.0)
    return next((end for end in STEPS if most <= end), 1.0)


def ticks(most: float) -> list[float]:
    """Return a few round ticks from 0 to the end of a scale.

    >>> ticks(0.6)
    [0.0, 0.2, 0.4, 0.6]
    """
    step = STEPS.get(most, most / 4)
    return [round(step * i, 4) for i in range(round(most / step) + 1)]


def draw(rows: Sequence[Row | None], look: Look) -> Panel:
    """Draw rows from top to bottom; None leaves a gap."""
    board = Board()
    alt = board.alt
    names = row_names([row.label if row else " " for row in rows], look.label)
    values = _values(rows, names, look.most)
    y = alt.Y(
        "row:N",
        sort=None,
        scale=alt.Scale(domain=names, padding=0.2),
        axis=alt.Axis(
            title=None,
            ticks=False,
            domain=False,
            labelColor=theme.INK,
            labelExpr=SPLIT_LABEL,
            labelLineHeight=13,
        ),
    )
    shown = ticks(look.most)
    x = alt.X(
        "value:Q",
        scale=alt.Scale(domain=[0, look.most], nice=False),
        axis=alt.Axis(
            title=None, values=shown, format=_format(shown), ticks=False, domain=False, grid=True,
            tickCount=9,
        ),
    )  # fmt: skip
    layers = _layers(board, values, x, y, look)
    plot = look.width - look.label - 58
    title = {"text": look.title, "dx": -look.label, "offset": 12} if look.title else None
    return board.panel(layers,
            width=plot,
            height=ROW * len(rows),
            autosize="none",
            padding={
                "left": look.label, "right": 58, "top": 32 if look.title else 6, "bottom": 26,
            },
            **({"title": title} if title else {}),
    )  # fmt: skip


def _format(shown: Sequence[float]) -> str:
    whole = all(abs(tick * 100 - round(tick * 100)) < 1e-9 for tick in shown)
    return ".0%" if whole else ".1%"


def _values(rows: Sequence[Row | None], names: Sequence[str], most: float) -> _Values:
    out = _Values()
    for name, row in zip(names, rows, strict=True):
        if row is None:
            continue
        other = row.other.value if isinstance(row.other, Estimate) else None
        if other is not None:
            out.others.append({"row": name, "value": other})
        if isinstance(row.cell, Mark):
            # Behind a comparison near zero, so that neither hides the other.
            at = other if other is not None and other < 0.2 * most else 0
            out.marks.append({"row": name, "value": at, "text": WORDS[row.cell]})
            continue
        cell = row.cell
        ends = {"low": cell.low, "high": cell.high, "end": max(cell.high, other or 0)}
        out.shares.append({"row": name, "value": cell.value, "text": numbers.value(cell), **ends})
    return out


def _layers(board: Board, values: _Values, x: Any, y: Any, look: Look) -> list[Any]:
    alt = board.alt
    shares = board.chart(values.shares)
    others = board.chart(values.others)
    marks = board.chart(values.marks)
    text = alt.Text("text:N")
    if look.mark == "bar":
        point = shares.mark_bar(color=theme.BAR, size=15).encode(x=x, y=y)
    else:
        point = shares.mark_point(color=theme.ACCENT, filled=True, size=58, opacity=1)
        point = point.encode(x=x, y=y)
    reach = shares.mark_rule(color=theme.ACCENT, strokeWidth=2).encode(
        x=alt.X("low:Q"), x2=alt.X2("high"), y=y
    )
    diamond = others.mark_point(
        stroke=theme.OTHER, fill=theme.PAPER, shape="diamond", size=95, strokeWidth=1.6, opacity=1
    ).encode(x=x, y=y)
    ends = shares.mark_text(align="left", dx=7, color=theme.INK).encode(
        x=alt.X("end:Q"), y=y, text=text
    )
    said = marks.mark_text(align="left", dx=9, color=theme.MUTED, fontStyle="italic").encode(
        x=x, y=y, text=text
    )
    drawn = [point, diamond, reach] if look.mark == "bar" else [diamond, reach, point]
    return [*drawn, ends, said]
