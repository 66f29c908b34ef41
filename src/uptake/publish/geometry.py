"""Outlines of places on a flat map of a region: clipped, projected and fitted to a frame.

The projection is Albers' conic equal-area (Snyder, Map Projections: A Working Manual, 1987,
ch. 14), centred on the region; its standard parallels lie a sixth of the height inside.
"""

import json
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

Point = tuple[float, float]
Ring = list[Point]
Polygon = list[Ring]
_SIDEWAYS = 0.6


@cache
def outlines() -> dict[str, list[Polygon]]:
    """Return polygons in degrees by ISO 3166-1 alpha-3; under ``""`` is land without a code."""
    path = files("uptake.catalog") / "geometry" / "places.topojson"
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = [_decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    out: dict[str, list[Polygon]] = {}
    for geometry in topology["objects"]["places"]["geometries"]:
        polygons = [[_ring(ring, arcs) for ring in polygon] for polygon in geometry["arcs"]]
        out.setdefault(geometry.get("id", ""), []).extend(polygons)
    return out


def _decoded(arc: list[list[int]], transform: dict[str, list[float]]) -> Ring:
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    out = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        out.append((x * sx + tx, y * sy + ty))
    return out


def _ring(refs: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    out: Ring = []
    for ref in refs:
        points = arcs[ref] if ref >= 0 else arcs[~ref][::-1]
        out.extend(points[1:] if out else points)
    return out


@dataclass(frozen=True, slots=True)
class Shape:
    """One place on the map, in pixels from the upper left corner.

    Attributes:
        iso3: Its code, empty for land without one.
        polygons: Rings of pixels.
        frame: Width and height of the map.
    """

    iso3: str
    polygons: list[Polygon]
    frame: Point


@lru_cache(maxsize=4)
def fit(
    region: tuple[str, ...], width: float, margin: float = 14
) -> tuple[tuple[Shape, ...], float]:
    """Return all shapes within a frame around a region, and the frame's height.

    A region of which no outline is known gives no shapes.
    """
    codes = set(region)
    known = outlines()
    core = [_main(known[code]) for code in sorted(codes) if code in known]
    points = [point for ring in core for point in ring]
    if not points:
        return (), 0.0
    middle = _middle([x for x, _ in points])
    around = [(_relative(x, middle), y) for x, y in points]
    (left, bottom), (right, top) = _box(around)
    project = _albers(bottom, top)
    flat = [project(point) for point in around]
    (west, south), (east, north) = _box(flat)
    scale = (width - 2 * margin) / max(east - west, 1e-9)
    most = width * 0.72 - 2 * margin
    scale = min(scale, most / max(north - south, 1e-9))
    height = (north - south) * scale + 2 * margin
    shift = (width - (east - west) * scale) / 2

    def place(point: Point) -> Point:
        x, y = project(point)
        return (
            round(shift + (x - west) * scale, 1),
            round(margin + (north - y) * scale, 1),
        )

    slack_x, slack_y = (right - left) * 0.5 + (top - bottom) * 1.3 + 8, (top - bottom) * 0.4 + 5
    window = (
        left - slack_x,
        max(bottom - slack_y, -85.0),
        right + slack_x,
        min(top + slack_y, 85.0),
    )
    frame = (width, height)
    return tuple(_shapes(known, middle, window, (place, frame))), height


def _shapes(
    known: dict[str, list[Polygon]],
    middle: float,
    window: tuple[float, float, float, float],
    drawing: tuple[Callable[[Point], Point], Point],
) -> Iterator[Shape]:
    place, frame = drawing
    for code, polygons in sorted(known.items()):
        kept: list[Polygon] = []
        for polygon in polygons:
            rings = [_clipped([(_relative(x, middle), y) for x, y in r], window) for r in polygon]
            drawn = [[place(point) for point in ring] for ring in rings if len(ring) > 2]
            if drawn and _touches(drawn[0], frame):
                kept.append(drawn)
        if kept:
            yield Shape(code, kept, frame)


def _touches(ring: Ring, frame: Point) -> bool:
    (left, top), (right, bottom) = _box(ring)
    return left < frame[0] and right > 0 and top < frame[1] and bottom > 0


def _main(polygons: Sequence[Polygon]) -> Ring:
    return max((polygon[0] for polygon in polygons), key=lambda ring: abs(_area(ring)))


def _area(ring: Ring) -> float:
    return (
        sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2
    )


def _box(points: Sequence[Point]) -> tuple[Point, Point]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs), min(ys)), (max(xs), max(ys))


def _middle(longitudes: Sequence[float]) -> float:
    """Return the middle of the shortest arc of longitudes, also across the antimeridian.

    >>> _middle([170.0, -170.0]) % 360, _middle([40.0, 80.0])
    (180.0, 60.0)
    """
    ordered = sorted(set(longitudes))
    gaps = [(b - a, b) for a, b in zip(ordered, [*ordered[1:], ordered[0] + 360], strict=True)]
    gap, start = max(gaps)
    return start + (360 - gap) / 2 - (360 if start + (360 - gap) / 2 > 180 else 0)


def _relative(longitude: float, middle: float) -> float:
    return (longitude - middle + 180) % 360 - 180


def _albers(bottom: float, top: float) -> Callable[[Point], Point]:
    sixth = (top - bottom) / 6
    first, second = math.radians(bottom + sixth), math.radians(top - sixth)
    n = (math.sin(first) + math.sin(second)) / 2
    if abs(n) < 0.05:
        # Around the equator the cone is a cylinder.
        return lambda point: (math.radians(point[0]), math.sin(math.radians(point[1])))
    c = math.cos(first) ** 2 + 2 * n * math.sin(first)

    def project(point: Point) -> Point:
        radius = math.sqrt(max(c - 2 * n * math.sin(math.radians(point[1])), 0)) / n
        angle = n * math.radians(point[0])
        return radius * math.sin(angle), -radius * math.cos(angle)

    return project


def _clipped(ring: Ring, window: tuple[float, float, float, float]) -> Ring:
    """Cut a ring to a window (Sutherland and Hodgman, CACM 17, 1974)."""
    if any(abs(a[0] - b[0]) > 180 for a, b in pairwise(ring)):
        # Torn where the map's far side is: shift the smaller part, the window cuts it off.
        ring = [(x + 360 if x < 0 else x, y) for x, y in ring]
    for axis, edge, sign in (
        (0, window[0], 1),
        (1, window[1], 1),
        (0, window[2], -1),
        (1, window[3], -1),
    ):
        ring = _cut(ring, axis, edge, sign)
        if not ring:
            break
    return ring


def _cut(ring: Ring, axis: int, edge: float, sign: int) -> Ring:
    out: Ring = []
    before = ring[-1]
    for point in ring:
        inside, was = sign * (point[axis] - edge) >= 0, sign * (before[axis] - edge) >= 0
        if inside != was:
            part = (edge - before[axis]) / (point[axis] - before[axis])
            out.append(
                (
                    before[0] + part * (point[0] - before[0]),
                    before[1] + part * (point[1] - before[1]),
                )
            )
        if inside:
            out.append(point)
        before = point
    return out


def label_of(shape: Shape) -> tuple[Point | None, float]:
    """Return where a place's name may stand and how many pixels it is from there to an edge.

    It is the point of a grid that is deepest inside the largest part; None if that is off the map.
    """
    ring, frame = _main(shape.polygons), shape.frame
    (left, top), (right, bottom) = _box(ring)
    left, top = max(left, 0), max(top, 0)
    right, bottom = min(right, frame[0]), min(bottom, frame[1])
    best: tuple[float, Point] | None = None
    steps = 16
    for i in range(1, steps):
        for j in range(1, steps):
            point = (left + (right - left) * i / steps, top + (bottom - top) * j / steps)
            if not _inside(point, ring):
                continue
            depth = _depth(point, ring, frame)
            if best is None or depth > best[0]:
                best = (depth, (round(point[0], 1), round(point[1], 1)))
    return (best[1], best[0]) if best else (None, 0.0)


def _inside(point: Point, ring: Ring) -> bool:
    x, y = point
    odd = False
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            odd = not odd
    return odd


def _depth(point: Point, ring: Ring, frame: Point) -> float:
    """Return the distance to the nearest edge or frame, sideways distances counting 0.6.

    Labels are wider than high, so that they need more room at their sides.
    """
    x, y = point[0] * _SIDEWAYS, point[1]
    flat = [(ax * _SIDEWAYS, ay) for ax, ay in ring]
    near = min(_from_edge((x, y), a, b) for a, b in zip(flat, [*flat[1:], flat[0]], strict=True))
    return min(near, x, frame[0] * _SIDEWAYS - x, y, frame[1] - y)


def _from_edge(point: Point, a: Point, b: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    part = ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length if length else 0.0
    part = min(1.0, max(0.0, part))
    return math.hypot(point[0] - a[0] - part * dx, point[1] - a[1] - part * dy)
