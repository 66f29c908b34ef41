"""Panels of a programme: the event study, and treated against expected outcomes over time."""

from collections.abc import Sequence

from uptake.model.effect import Point, Step
from uptake.publish.charts import theme
from uptake.publish.charts.render import Board, Panel

WIDTH, HEIGHT = 310, 190
MOST_LABELS = 5


def event_study(points: Sequence[Point]) -> Panel:
    """Draw effects by time since the start, with intervals; before it they should be about zero."""
    board = Board()
    alt = board.alt
    rows = [{"time": p.time, "effect": p.estimate, "low": p.low, "high": p.high} for p in points]
    x = alt.X(
        "time:Q",
        axis=alt.Axis(
            title="Periods since the start",
            tickMinStep=1,
            tickCount=MOST_LABELS,
            format="d",
            grid=False,
        ),
    )
    y = alt.Y("effect:Q", axis=alt.Axis(title="Difference to what is expected", domain=False))
    zero = board.chart([{"effect": 0}]).mark_rule(color=theme.AXIS).encode(y=y)
    start = (
        board.chart([{"time": -0.5}])
        .mark_rule(color=theme.AXIS, strokeDash=[4, 3])
        .encode(x=alt.X("time:Q"))
    )
    drawn = board.chart(rows)
    reach = drawn.mark_rule(color=theme.ACCENT, strokeWidth=2).encode(
        x=x, y=alt.Y("low:Q"), y2=alt.Y2("high")
    )
    dot = drawn.mark_point(color=theme.ACCENT, filled=True, size=50, opacity=1).encode(x=x, y=y)
    return board.panel([zero, start, reach, dot], width=WIDTH, height=HEIGHT)


def paths(steps: Sequence[Step]) -> Panel:
    """Draw the treated outcome as a line and what is expected without the programme as dashes."""
    board = Board()
    alt = board.alt
    names = [step.period for step in steps]
    every = -(-len(names) // MOST_LABELS)
    x = alt.X(
        "period:O",
        sort=None,
        scale=alt.Scale(type="point", domain=names),
        axis=alt.Axis(title=None, values=names[::every], labelAngle=0),
    )
    y = alt.Y(
        "outcome:Q", scale=alt.Scale(zero=False), axis=alt.Axis(title="Outcome", domain=False)
    )
    layers = []
    first = next((step.period for step in steps if step.after), None)
    if first is not None:
        rule = board.chart([{"period": first}]).mark_rule(color=theme.AXIS, strokeDash=[4, 3])
        layers.append(rule.encode(x=x))
    for field, colour, dash in (("expected", theme.OTHER, [5, 4]), ("observed", theme.ACCENT, [])):
        values = [(step.period, getattr(step, field)) for step in steps]
        rows = [{"period": name, "outcome": value} for name, value in values if value is not None]
        line = board.chart(rows).mark_line(color=colour, strokeDash=dash, strokeWidth=2)
        layers.append(line.encode(x=x, y=y))
    return board.panel(layers, width=WIDTH, height=HEIGHT)
