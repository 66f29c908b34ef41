"""Panels of an evaluation: reliability diagram, confusion matrix, and figures of each class."""

from collections.abc import Sequence

from uptake.model.evaluation import Bin, ClassFigures
from uptake.publish.charts import theme
from uptake.publish.charts.render import Board, Panel

SIDE = 250
CELL = 34
SMALL_CELL = 20
ROW = 22


def reliability(bins: Sequence[Bin]) -> Panel:
    """Draw accuracy over confidence, with intervals; on the line the labeller is calibrated."""
    board = Board()
    alt = board.alt
    rows = [
        {
            "confidence": one.confidence,
            "accuracy": one.accuracy.value,
            "low": one.accuracy.low,
            "high": one.accuracy.high,
            "n": one.n,
        }
        for one in bins
        if one.n
    ]
    whole = alt.Scale(domain=[0, 1], nice=False)
    ticks = [0, 0.25, 0.5, 0.75, 1]

    def axis(title: str) -> object:
        return alt.Axis(title=title, values=ticks, format=".0%", domain=False, ticks=False)

    x = alt.X("confidence:Q", scale=whole, axis=axis("Confidence of the labeller"))
    y = alt.Y("accuracy:Q", scale=whole, axis=axis("Share that is right"))
    even = board.chart([{"confidence": 0, "accuracy": 0}, {"confidence": 1, "accuracy": 1}])
    line = even.mark_line(color=theme.AXIS, strokeDash=[4, 3]).encode(x=x, y=y)
    reach = (
        board.chart([row for row in rows if row["low"] is not None])
        .mark_rule(color=theme.ACCENT, strokeWidth=2)
        .encode(x=x, y=alt.Y("low:Q"), y2=alt.Y2("high"))
    )
    size = alt.Size("n:Q", scale=alt.Scale(range=[20, 200]), legend=None)
    point = (
        board.chart(rows)
        .mark_point(color=theme.ACCENT, filled=True, opacity=1)
        .encode(x=x, y=y, size=size)
    )
    return board.panel([line, reach, point], width=SIDE, height=SIDE)


def confusion(titles: Sequence[str], counts: Sequence[Sequence[int]]) -> Panel:
    """Draw a confusion matrix: each row's shares as shades, counts in the cells if they fit."""
    board = Board()
    alt = board.alt
    names = theme.distinct([theme.fitted(title, 130) for title in titles])
    rows = []
    for name, line in zip(names, counts, strict=True):
        total = max(1, sum(line))
        for other, n in zip(names, line, strict=True):
            share = n / total
            rows.append({"truth": name, "label": other, "share": share, "n": str(n)})
    few = len(names) <= 10
    cell = CELL if few else SMALL_CELL
    scale = alt.Scale(domain=names)
    x = alt.X(
        "label:N",
        sort=None,
        scale=scale,
        axis=alt.Axis(
            title="What the labeller said", orient="top", labelAngle=-60, ticks=False, domain=False
        ),
    )
    y = alt.Y(
        "truth:N",
        sort=None,
        scale=scale,
        axis=alt.Axis(title="What people said", ticks=False, domain=False),
    )
    shade = alt.Color(
        "share:Q",
        scale=alt.Scale(type="threshold", domain=[0.02, 0.1, 0.3, 0.6], range=list(theme.STEPS)),
        legend=None,
    )
    drawn = board.chart(rows)
    layers = [drawn.mark_rect(stroke=theme.BORDER).encode(x=x, y=y, color=shade)]
    if few:
        for dark in (False, True):
            part = board.chart([row for row in rows if (float(str(row["share"])) >= 0.3) == dark])
            text = part.mark_text(color=theme.ON_DARK if dark else theme.INK, fontSize=11)
            layers.append(text.encode(x=x, y=y, text=alt.Text("n:N")))
    return board.panel(layers, width=cell * len(names), height=cell * len(names))


def by_class(titles: Sequence[str], classes: Sequence[ClassFigures]) -> Panel:
    """Draw F1 of each class as a dot with its interval; what is not defined says so."""
    board = Board()
    alt = board.alt
    names = theme.distinct([theme.fitted(title, 170) for title in titles])
    rows, gaps = [], []
    for name, one in zip(names, classes, strict=True):
        if one.f1.value is None:
            gaps.append({"class": name, "f1": 0, "text": "not defined"})
        else:
            figure = {"class": name, "f1": one.f1.value, "low": one.f1.low, "high": one.f1.high}
            rows.append(figure)
    y = alt.Y(
        "class:N",
        sort=None,
        scale=alt.Scale(domain=names, padding=0.2),
        axis=alt.Axis(title=None, ticks=False, domain=False, labelColor=theme.INK),
    )
    x = alt.X(
        "f1:Q",
        scale=alt.Scale(domain=[0, 1], nice=False),
        axis=alt.Axis(
            title="F1",
            values=[0, 0.25, 0.5, 0.75, 1],
            format=".2f",
            ticks=False,
            domain=False,
            grid=True,
        ),
    )
    reach = (
        board.chart([row for row in rows if row["low"] is not None])
        .mark_rule(color=theme.ACCENT, strokeWidth=2)
        .encode(x=alt.X("low:Q"), x2=alt.X2("high"), y=y)
    )
    point = board.chart(rows).mark_point(color=theme.ACCENT, filled=True, size=58, opacity=1)
    said = board.chart(gaps).mark_text(align="left", dx=9, color=theme.MUTED, fontStyle="italic")
    return board.panel(
        [reach, point.encode(x=x, y=y), said.encode(x=x, y=y, text=alt.Text("text:N"))],
        width=SIDE,
        height=ROW * len(names),
    )
