"""Small multiples: one scale, gaps that are no zeros, and the same numbers as a table."""

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake.model.dimensions import ALL
from uptake.model.evidence import Indicator, Observation, Source
from uptake.model.release import Evidence, Release
from uptake.publish import Edition, over_time
from uptake.publish.charts import multiples
from uptake.publish.charts.multiples import Curve, Point, Scale
from uptake.publish.indicators import series
from uptake.publish.pages.profile import profile

SCALE = Scale((2020.5, 2024.5), ((2020.5, "2020"), (2024.5, "2024")), (0.0, 1.0), (0.0, 0.5, 1.0))


def texts(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def source(id: str, producer: str, published: str) -> Source:
    return Source(id=id, producer=producer, title="T", url="", licence="L", citation="C",
                  published=published)  # fmt: skip


def seen(place: str, period: str, value: float, source: str = "a", **more: str) -> Observation:
    return Observation(indicator="egdi", place=place, period=period, value=value, unit="index",
                       source=source, original_value=str(value), **more)  # type: ignore[arg-type]  # fmt: skip


def released(release: Release, observations: list[Observation], *sources: Source) -> Edition:
    one = Indicator(id="egdi", title="E-government", description="D.", unit="index")
    evidence = Evidence((one,), tuple(observations), sources or (source("a", "UN", "2024"),))
    return Edition(replace(release, evidence=evidence))


@given(st.floats(-1e6, 1e6), st.one_of(st.just(0.0), st.floats(1e-3, 1e6)))
def test_ticks_hold_all_values_and_are_few(low: float, span: float) -> None:
    ticks = multiples.steps(low, low + span)
    slack = 1e-6 * max(1.0, abs(low), span)
    assert ticks[0] <= low + slack
    assert ticks[-1] >= low + span - slack
    assert 2 <= len(ticks) <= 4
    assert list(ticks) == sorted(set(ticks))


def test_a_constant_next_to_nothing_has_ticks() -> None:
    assert multiples.steps(5e-324, 5e-324) == multiples.steps(0.0, 0.0) == (0.0, 0.1)


def test_a_gap_breaks_the_line_and_is_no_zero() -> None:
    points = [Point(2020.5, 0.4), Point(2021.5, 0.5), Point(2022.5, None, withheld=True),
              Point(2023.5, 0.6), Point(2024.5, 0.7, text="0.7")]  # fmt: skip
    broken = multiples.draw(Curve("Kazakhstan", points), SCALE).inner
    whole = multiples.draw(Curve("Kazakhstan", [p for p in points if p.value]), SCALE).inner
    lines = [
        re.findall(r'<path d="(M[^"]*L[^"]*)"[^>]*stroke="#0b5c8e"', s) for s in (broken, whole)
    ]
    assert [len(found) for found in lines] == [2, 1]
    assert broken.count("rotate(45)") == 1


def test_a_place_without_any_value_says_so() -> None:
    said = texts(multiples.draw(Curve("Turkmenistan", [Point(2020.5, None)]), SCALE).inner)
    assert {"Turkmenistan", "no value"} <= set(said)
    said = texts(multiples.draw(Curve("A", [Point(2020.5, None, withheld=True)]), SCALE).inner)
    assert "withheld" in said


def test_usage_has_a_panel_a_place_and_every_month_in_its_table(release: Release) -> None:
    figures = over_time.usage(Edition(release))
    assert len(figures) == 3
    months = {k.month for k in release.estimates.shares if k.month != ALL} - {"unknown"}
    for figure in figures:
        assert len(figure.drawings) == len(release.places)
        assert len(figure.grid.rows) == len(release.places) * len(months)


def test_all_panels_of_a_figure_have_one_scale(release: Release) -> None:
    for figure in (*over_time.usage(Edition(release)), *over_time.indicators(Edition(release))):
        ticks = {
            tuple(t for t in texts(d.panel.inner) if re.fullmatch(r"[\d.,]+%?", t))[:2]
            for d in figure.drawings
        }
        assert len(ticks) == 1


def test_withheld_months_are_marked_in_chart_words_and_table(release: Release) -> None:
    shares = {
        key: None if key.place == "KAZ" and key.month == "2025-02" else found
        for key, found in release.estimates.shares.items()
    }
    hidden = replace(release, estimates=replace(release.estimates, shares=shares))
    figure = over_time.usage(Edition(hidden))[0]
    assert "1 month withheld" in figure.drawings[0].says
    cells = {label: cells[0].text for label, cells in figure.grid.rows}
    assert cells["Kazakhstan, Feb 2025"] == "[c]"
    assert "it is not zero" in figure.note


def test_editions_of_one_producer_are_one_line_and_producers_are_not_joined(
    release: Release,
) -> None:
    rows = [seen("KAZ", "2020", 0.8, "old"), seen("KAZ", "2022", 0.81, "old"),
            seen("KAZ", "2022", 0.86, "new"), seen("KAZ", "2024", 0.9, "new"),
            seen("KAZ", "2023", 0.1, "other"), seen("KAZ", "2024", 0.2, "other")]  # fmt: skip
    sources = (source("new", "UN", "2024"), source("old", "UN", "2022"), source("other", "X", ""))
    edition = released(release, rows, *sources)
    joined = over_time.joined(series(edition.release.evidence))
    values = [{o.period: o.value for o in one.observations} for one in joined]
    assert values == [{"2020": 0.8, "2022": 0.86, "2024": 0.9}, {"2023": 0.1, "2024": 0.2}]
    assert [f.id for f in over_time.indicators(edition)] == ["published-egdi-1", "published-egdi-2"]


def test_targets_are_no_values_and_one_period_is_no_line(release: Release) -> None:
    rows = [seen("KAZ", "2024", 0.9), seen("KAZ", "2030", 1.0, status="target")]
    assert over_time.indicators(released(release, rows)) == []


def test_years_are_spaced_as_they_lie_apart(release: Release) -> None:
    rows = [seen("KAZ", year, 0.5) for year in ("2010", "2012", "2024")]
    panel = over_time.indicators(released(release, rows))[0].drawings[0].panel.inner
    line = re.search(r'<path d="(M[^"]*)"[^>]*stroke="#0b5c8e"[^>]*stroke-width="2"', panel)
    assert line
    dots = [float(x) for x in re.findall(r"[ML]([\d.]+),", line[1])]
    assert (dots[2] - dots[1]) / (dots[1] - dots[0]) == pytest.approx(6, rel=0.01)


def test_the_page_is_linked_and_its_csv_has_each_value(site: Path) -> None:
    assert 'href="over-time.html"' in (site / "index.html").read_text(encoding="utf-8")
    assert 'href="../over-time.html"' in (site / "places" / "kaz.html").read_text(encoding="utf-8")
    page = (site / "over-time.html").read_text(encoding="utf-8")
    assert page.count('class="many small"') >= 4
    lines = (site / "charts" / "published-ai-user-share.csv").read_text(encoding="utf-8")
    body = [line for line in lines.splitlines() if not line.startswith("#")]
    assert len(list(csv.DictReader(body))) > 3


def test_intents_are_explained_where_they_are_first_shown(site: Path) -> None:
    for name in ("index.html", "over-time.html", "places/kaz.html"):
        said = (site / name).read_text(encoding="utf-8")
        assert "<dt>Asking</dt><dd>To know, understand or decide" in said, name


def test_a_profile_shows_two_editions_of_one_producer_once(release: Release) -> None:
    rows = [seen(place, year, value, source)
            for place in ("KAZ", "TKM")
            for year, value, source in (("2022", 0.8, "old"), ("2024", 0.9, "new"))]  # fmt: skip
    edition = released(release, rows, source("old", "UN", "2022"), source("new", "UN", "2024"))
    figure = profile(edition, "KAZ").figures["neighbours"]
    assert figure
    assert [label for label, _ in figure.grid.rows] == ["E-government, 2024"]
