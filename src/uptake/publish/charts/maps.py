"""A map of a region: steps of one colour, each place with its code and value written on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from uptake.publish.charts import theme
from uptake.publish.charts.render import Board, Panel
from uptake.publish.geometry import Shape, fit, label_of
from uptake.publish.slices import Mark

WIDTH = 560
_SIZE = 16
_KEY_SIZE = 15
_DARK = 3
"""The first step that needs light text."""
_ROOM = 19
"""Pixels around a label's middle that it needs to stand inside its place."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a map says of one place.

    Attributes:
        value: Decides the colour; a mark is drawn as such.
        text: As written on the map.
        hollow: Not measured by its publisher: hatched.
        beside: A comparator: drawn, and labelled only where it has room.
    """

    value: float | Mark
    text: str
    hollow: bool = False
    beside: bool = False


def draw(region: Sequence[str], shown: Mapping[str, Shown], legend: Sequence[str]) -> Panel | None:
    """Draw a region's map; None if no outline of it is known.

    Args:
        region: ISO 3166-1 alpha-3 codes that the frame holds.
        shown: What to say of each place.
        legend: Texts of the steps between the lowest and the highest value.
    """
    board = Board()
    alt = board.alt
    shapes, height = fit(tuple(region), WIDTH)
    if not shapes:
        return None
    steps = _steps(shown)
    layers = [
        board.chart([_feature(shape, steps) for shape in shapes])
        .mark_geoshape(stroke=theme.BORDER, strokeWidth=1.1, clip=True)
        .encode(color=alt.Color("properties.fill:N", scale=None, legend=None))
        .project(type="identity", scale=1, translate=[0, 0]),
        *_hatches(board, shapes, shown),
        *_borders(board, shapes, region),
        *_labels(board, shapes, shown, steps),
        *_key(board, legend, height),
    ]
    return board.panel(
        layers,
        width=WIDTH,
        height=height,
        autosize="none",
        padding={"left": 0, "right": 0, "top": 0, "bottom": 48},
    )


def ends(shown: Mapping[str, Shown]) -> tuple[float, float] | None:
    """Return the lowest and the highest value."""
    values = [s.value for s in shown.values() if not isinstance(s.value, Mark)]
    return (min(values), max(values)) if values else None


def _steps(shown: Mapping[str, Shown]) -> dict[str, int | Mark]:
    span = ends(shown)
    out: dict[str, int | Mark] = {}
    for code, item in shown.items():
        if isinstance(item.value, Mark) or span is None:
            out[code] = Mark.NOT_PUBLISHED if span is None else item.value  # type: ignore[assignment]
            continue
        low, high = span
        part = (item.value - low) / (high - low) if high > low else 0.5
        out[code] = min(int(part * len(theme.STEPS)), len(theme.STEPS) - 1)
    return out


def _feature(shape: Shape, steps: Mapping[str, int | Mark]) -> dict[str, Any]:
    step = steps.get(shape.iso3, Mark.NOT_PUBLISHED)
    fill = theme.LAND if isinstance(step, Mark) else theme.STEPS[step]
    closed = [[[*ring, ring[0]] for ring in polygon] for polygon in shape.polygons]
    return {
        "type": "Feature",
        "geometry": {"type": "MultiPolygon", "coordinates": closed},
        "properties": {"fill": fill},
    }


def _hatches(board: Board, shapes: Sequence[Shape], shown: Mapping[str, Shown]) -> list[Any]:
    """Draw slanted lines over places whose value is imputed or withheld."""
    alt = board.alt
    segments = []
    for shape in shapes:
        item = shown.get(shape.iso3)
        if item is None or not (item.hollow or item.value is Mark.WITHHELD):
            continue
        for polygon in shape.polygons:
            segments += hatch(polygon)
    if not segments:
        return []
    rows = [{"x": x, "y": y, "x2": x2, "y2": y2} for x, y, x2, y2 in segments]
    scale = {"scale": None, "axis": None}
    return [
        board.chart(rows)
        .mark_rule(stroke=theme.MUTED, strokeWidth=0.8, clip=True)
        .encode(x=alt.X("x:Q", **scale), y=alt.Y("y:Q", **scale), x2=alt.X2("x2"), y2=alt.Y2("y2"))
    ]


def _borders(board: Board, shapes: Sequence[Shape], region: Sequence[str]) -> list[Any]:
    """Outline the region's own places, so that they stand out from those beside them."""
    own = [_feature(shape, {}) for shape in shapes if shape.iso3 in region]
    return [
        board.chart(own)
        .mark_geoshape(stroke=theme.MUTED, strokeWidth=1.1, filled=False, clip=True)
        .project(type="identity", scale=1, translate=[0, 0])
    ]


def hatch(polygon: list[list[tuple[float, float]]], gap: float = 7) -> list[tuple[float, ...]]:
    """Return the segments of slanted lines (x + y constant) inside a polygon, by even-odd."""
    edges = [
        (a, b)
        for ring in polygon
        for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)
        if a != b
    ]
    sums = [x + y for ring in polygon for x, y in ring]
    out: list[tuple[float, ...]] = []
    line = (min(sums) // gap + 1) * gap + 0.013
    while line < max(sums):
        crossings = []
        for (ax, ay), (bx, by) in edges:
            before, after = ax + ay - line, bx + by - line
            if (before < 0) != (after < 0):
                part = before / (before - after)
                crossings.append((round(ax + part * (bx - ax), 1), round(ay + part * (by - ay), 1)))
        crossings.sort()
        for start, stop in zip(crossings[::2], crossings[1::2], strict=False):
            out.append((*start, *stop))
        line += gap
    return out


def _labels(
    board: Board,
    shapes: Sequence[Shape],
    shown: Mapping[str, Shown],
    steps: Mapping[str, int | Mark],
) -> list[Any]:
    alt = board.alt
    rows = []
    for shape in shapes:
        item = shown.get(shape.iso3)
        if item is None:
            continue
        label, room = label_of(shape)
        if label is None or (item.beside and room < _ROOM):
            continue
        step = steps[shape.iso3]
        dark = not isinstance(step, Mark) and step >= _DARK
        fill = theme.LAND if isinstance(step, Mark) else theme.STEPS[step]
        x, y = label
        size = {"x": x, "colour": theme.ON_DARK if dark else theme.INK, "fill": fill}
        rows.append({**size, "y": y - _SIZE * 0.55, "text": shape.iso3, "bold": not item.beside})
        rows.append({**size, "y": y + _SIZE * 0.55, "text": item.text, "bold": not item.beside})
    scale = {"scale": None, "axis": None}
    out = []
    for weight in ("bold", "normal"):
        chosen = [row for row in rows if row["bold"] == (weight == "bold")]
        base = board.chart(chosen).encode(
            x=alt.X("x:Q", **scale), y=alt.Y("y:Q", **scale), text=alt.Text("text:N")
        )
        halo = base.mark_text(fontSize=_SIZE, fontWeight=weight, strokeWidth=4, strokeJoin="round")
        text = base.mark_text(fontSize=_SIZE, fontWeight=weight)
        plain = {"scale": None, "legend": None}
        out.append(
            halo.encode(color=alt.Color("fill:N", **plain), stroke=alt.Stroke("fill:N", **plain))
        )
        out.append(text.encode(color=alt.Color("colour:N", **plain)))
    return out


def _key(board: Board, legend: Sequence[str], height: float) -> list[Any]:
    """Draw the steps of colour with the values between them, below the map."""
    if not legend:
        return []
    alt = board.alt
    wide, scale = 62, {"scale": None, "axis": None}
    boxes = [
        {"x": 18 + i * wide, "x2": 18 + (i + 1) * wide, "y": height + 12, "y2": height + 23, "c": c}
        for i, c in enumerate(theme.STEPS)
    ]
    words = [{"x": 18 + i * wide, "y": height + 36, "text": text} for i, text in enumerate(legend)]
    encode = {"x": alt.X("x:Q", **scale), "y": alt.Y("y:Q", **scale)}
    return [
        board.chart(boxes)
        .mark_rect(stroke=theme.AXIS, strokeWidth=0.6)
        .encode(
            **encode,
            x2=alt.X2("x2"),
            y2=alt.Y2("y2"),
            color=alt.Color("c:N", scale=None, legend=None),
        ),
        board.chart(words)
        .mark_text(align="center", color=theme.MUTED, fontSize=_KEY_SIZE)
        .encode(**encode, text=alt.Text("text:N")),
    ]
