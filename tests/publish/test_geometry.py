"""The vendored outlines have the areas of the places, and maps keep them."""

import math

import pytest

from uptake.catalog.gazetteer import known_places
from uptake.publish import geometry
from uptake.publish.geometry import Point, fit, label_of, outlines

# Land and inland water, thousand km2 (CIA World Factbook).
AREAS = {"KAZ": 2724.9, "UZB": 447.4, "KGZ": 199.951, "TJK": 144.1, "TKM": 488.1, "AZE": 86.6,
         "GEO": 69.7, "MNG": 1564.116, "TUR": 783.562, "FRA": 643.801, "BRA": 8515.77}  # fmt: skip
EARTH = 6371.0072


def spherical_area(ring: list[Point]) -> float:
    """Area in km2 by the trapezoid rule on the sphere (Chamberlain and Duquette, 2007)."""
    total = 0.0
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        total += math.radians(bx - ax) * (
            2 + math.sin(math.radians(ay)) + math.sin(math.radians(by))
        )
    return abs(total) * EARTH**2 / 2


def area(code: str) -> float:
    return sum(spherical_area(polygon[0]) for polygon in outlines()[code])


@pytest.mark.parametrize("code", AREAS)
def test_an_outline_has_its_place_s_area(code: str) -> None:
    assert area(code) / 1000 == pytest.approx(AREAS[code], rel=0.04)


def test_outlines_carry_codes_of_the_catalogue_only() -> None:
    assert set(outlines()) - set(known_places()) == {""}
    assert len(outlines()) > 230


def test_every_ring_is_closed_and_on_the_globe() -> None:
    for polygons in outlines().values():
        for ring in (ring for polygon in polygons for ring in polygon):
            assert ring[0] == ring[-1]
            assert len(ring) >= 4
            assert all(-180.01 <= x <= 180.01 and -90 <= y <= 90 for x, y in ring)


def test_the_projection_keeps_areas() -> None:
    shapes, _ = fit(("KAZ", "UZB", "KGZ", "TJK", "TKM", "AZE"), 2000)
    drawn = {s.iso3: sum(abs(geometry._area(p[0])) for p in s.polygons) for s in shapes}
    for code in ("UZB", "KGZ", "TJK", "TKM", "AZE"):
        assert drawn[code] / drawn["KAZ"] == pytest.approx(area(code) / area("KAZ"), rel=0.02)


@pytest.mark.parametrize("region", [("KAZ", "AZE"), ("FJI", "NZL"), ("ECU", "COL"), ("RUS", "USA")])
def test_a_region_fills_its_frame_wherever_it_lies(region: tuple[str, ...]) -> None:
    shapes, height = fit(region, 560)
    own = [s for s in shapes if s.iso3 in region]
    assert {s.iso3 for s in own} == set(region)
    xs = [x for s in own for x, _ in max((p[0] for p in s.polygons), key=len)]
    ys = [y for s in own for _, y in max((p[0] for p in s.polygons), key=len)]
    assert min(xs) >= -1
    assert max(xs) <= 561
    assert min(ys) >= -1
    assert max(ys) <= height + 1
    assert max(xs) - min(xs) > 280 or max(ys) - min(ys) > 0.8 * height - 30


def test_a_label_stands_inside_its_place() -> None:
    shapes, _ = fit(("KAZ", "UZB", "KGZ", "TJK", "TKM", "AZE"), 560)
    for shape in shapes:
        label, room = label_of(shape)
        if label is not None:
            assert geometry._inside(label, geometry._main(shape.polygons)), shape.iso3
            assert room > 0 or shape.iso3 not in {"KAZ", "UZB", "KGZ", "TJK", "TKM", "AZE"}


def test_a_region_without_outlines_has_no_map() -> None:
    assert fit(("XXX",), 560) == ((), 0.0)
