"""A panel a target: what is, what is to be, and the straight line between them over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from uptake.publish.charts import theme
from uptake.publish.charts.multiples import steps
from uptake.publish.charts.render import Board, Panel
from uptake.publish.evidence.wording import number

HEIGHT = 132
_RIGHT, _TOP, _BOTTOM = 22, 40, 26
_MOST_LEFT = 110.0
_BOLD = 14.5
"""Size of a face as wide as the bold one of titles."""
_GAP = 9
"""Pixels between a point and its words."""
_ROOM = 0.16
"""Share of the axis of values that is left free at an open end."""

_NEAR = 0.14
"""Share of the axis of time that two marks need between them."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A value at a day.

    Attributes:
        day: Last one of its period.
        low, high: Bounds; None where open, never both.
        text: As said, with its period.
    """

    day: date
    low: float | None
    high: float | None
    text: str

    @property
    def middle(self) -> float:
        """Return where its point is drawn: the middle, or the end that is known."""
        known = [end for end in (self.low, self.high) if end is not None]
        return sum(known) / len(known)


@dataclass(frozen=True, slots=True)
class Track:
    """What one panel shows.

    Attributes:
        title: Of the target.
        goal: What is to be reached, by when.
        actual: The value held against it.
        before: An earlier one; None without.
        line: Whether the goal is still ahead, so that the way to it is drawn.
        rank: Whether values are places of a ranking: the first one is at the top.
    """

    title: str
    goal: Spot
    actual: Spot
    before: Spot | None = None
    line: bool = True
    rank: bool = False


def draw(track: Track) -> Panel:
    """Draw one panel."""
    board = Board()
    alt = board.alt
    spots, ticks = _spots(track), _ticks(track)
    ends = _ends(spots)
    bottom, top = ticks[0], ticks[-1]
    free = (top - bottom) * _ROOM
    top += free if any(spot.high is None for spot in spots) and top - max(ends) < free else 0.0
    bottom -= free if any(spot.low is None for spot in spots) and min(ends) - bottom < free else 0.0
    names = [number(tick) for tick in ticks]
    left = _left(track)
    times = [_years(spot.day) for spot in spots]
    start, end = min(times), max(times)
    span = end - start
    margins = (span * 0.08, span * 0.08) if span else (0.4, 1.4)  # room for words at the right
    domain = (start - margins[0], end + margins[1])
    x = alt.X(
        "at:Q",
        scale=alt.Scale(domain=list(domain), nice=False, zero=False),
        axis=alt.Axis(title=None, values=_apart(times, domain[1] - domain[0]), grid=False,
                      labelExpr=_names([(t, str(s.day.year)) for t, s in zip(times, spots,
                                                                             strict=True)])),
    )  # fmt: skip
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=[bottom, top], nice=False, zero=False, reverse=track.rank),
        axis=alt.Axis(
            title=None, values=list(ticks), ticks=False, domain=False, tickCount=9,
            labelExpr=_names(list(zip(ticks, names, strict=True))),
        ),
    )  # fmt: skip
    return board.panel(
        [
            *_layers(board, track, (bottom, top), (x, y)),
            *_words(board, track, domain, (x, y)),
        ],
        width=theme.PANEL - left - _RIGHT,
        height=HEIGHT,
        autosize="none",
        padding={"left": left, "right": _RIGHT, "top": _TOP, "bottom": _BOTTOM},
        title={
            "text": theme.lines_of(track.title, theme.PANEL - 40, _BOLD, most=2),
            "dx": -left,
            "offset": 10,
            "fontSize": 13,
        },
    )


def _spots(track: Track) -> list[Spot]:
    return [spot for spot in (track.before, track.actual, track.goal) if spot]


def _ends(spots: Sequence[Spot]) -> list[float]:
    return [end for spot in spots for end in (spot.low, spot.high) if end is not None]


def _ticks(track: Track) -> tuple[float, ...]:
    """Return the ticks of values: from zero, but for places of a ranking."""
    ends = _ends(_spots(track))
    return steps(min(ends) if track.rank else min(0.0, *ends), max(ends))


def _left(track: Track) -> float:
    names = [number(tick) for tick in _ticks(track)]
    return min(_MOST_LEFT, max(theme.text_width(name) for name in names) + 10)


def _years(day: date) -> float:
    return day.year + day.timetuple().tm_yday / 366


def _apart(times: Sequence[float], span: float) -> list[float]:
    """Return the places to name on the axis of time: no two so near that names overlap."""
    shown: list[float] = []
    for time in sorted(set(times), reverse=True):
        if all(abs(time - other) > _NEAR * span for other in shown):
            shown.append(time)
    return shown


def _names(marks: Sequence[tuple[float, str]]) -> str:
    """Return a Vega expression for the labels of an axis; names hold digits and scales only."""
    said = "''"
    for at, label in marks:
        near = max(abs(at), 1.0) * 1e-9
        said = f"abs(datum.value - {at!r}) <= {near!r} ? '{label}' : {said}"
    return said


def _layers(
    board: Board, track: Track, ends: tuple[float, float], axes: tuple[Any, Any]
) -> list[Any]:
    alt = board.alt
    x, y = axes
    values = [spot for spot in (track.before, track.actual) if spot]
    reach = [
        {"at": _years(s.day), "value": ends[0] if s.low is None else s.low,
         "to": ends[1] if s.high is None else s.high}
        for s in values
    ]  # fmt: skip
    arrows = [
        {"at": _years(s.day), "value": ends[1] if s.high is None else ends[0],
         "turn": 0 if (s.high is None) != track.rank else 180}
        for s in values
        if s.high is None or s.low is None
    ]  # fmt: skip
    dots = [_point(spot) for spot in values]
    goal = [_point(track.goal)]
    way = [_point(track.actual), _point(track.goal)] if track.line else []
    return [
        board.chart(way)
        .mark_line(color=theme.OTHER, strokeWidth=1.5, strokeDash=[4, 3])
        .encode(x=x, y=y),
        board.chart(dots if len(dots) > 1 else [])
        .mark_line(color=theme.ACCENT, strokeWidth=2.2)
        .encode(x=x, y=y),
        board.chart(reach)
        .mark_rule(color=theme.ACCENT, strokeWidth=2)
        .encode(x=x, y=y, y2=alt.Y2("to")),
        board.chart(arrows)
        .mark_point(shape="triangle-up", filled=True, color=theme.ACCENT, size=60, opacity=1)
        .encode(x=x, y=y, angle=alt.Angle("turn:Q", scale=None)),
        board.chart(dots)
        .mark_point(color=theme.ACCENT, filled=True, size=58, opacity=1)
        .encode(x=x, y=y),
        board.chart(goal)
        .mark_point(stroke=theme.OTHER, fill=theme.PAPER, shape="diamond", size=110,
                    strokeWidth=1.8, opacity=1)
        .encode(x=x, y=y),
    ]  # fmt: skip


def _words(
    board: Board, track: Track, domain: tuple[float, float], axes: tuple[Any, Any]
) -> list[Any]:
    """Write both values beside their points, on the side where there is room."""
    alt = board.alt
    x, y = axes
    width = theme.PANEL - _left(track) - _RIGHT
    layers = []
    under = (track.goal.middle > track.actual.middle) != track.rank  # not on the way to it
    for spot, dy in ((track.actual, 14 if under else -9), (track.goal, -9 if under else 14)):
        at = (_years(spot.day) - domain[0]) / (domain[1] - domain[0]) * width
        text = theme.fitted(spot.text, width + _RIGHT)
        room = theme.text_width(text) + _GAP
        if at + room <= width + _RIGHT:
            side, dx = "left", float(_GAP)
        elif at - room >= 0:
            side, dx = "right", -float(_GAP)
        else:
            side, dx = "right", width + _RIGHT - at
        layers.append(
            board.chart([{**_point(spot), "text": text}])
            .mark_text(align=side, dx=dx, dy=dy, color=theme.INK)
            .encode(x=x, y=y, text=alt.Text("text:N"))
        )
    return layers


def _point(spot: Spot) -> dict[str, float]:
    return {"at": _years(spot.day), "value": spot.middle}
