"""Targets beside what was reached: nothing is said without its words, gaps are said."""

import csv
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pytest

from uptake.model.distance import Distance
from uptake.model.release import Release
from uptake.publish import Edition, distances
from uptake.publish.charts import targets, theme
from uptake.publish.charts.targets import Spot, Track
from uptake.publish.evidence import wording
from uptake.publish.evidence.distance_rows import COLUMNS, row
from uptake.publish.pages import targets as page


def texts(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def with_distances(release: Release, *found: Distance) -> Edition:
    knowledge = msgspec.structs.replace(release.knowledge, distances=found)
    return Edition(replace(release, knowledge=knowledge))


def spot(year: int, value: float, high: float | None = -1) -> Spot:
    return Spot(date(year, 12, 31), value, value if high == -1 else high, f"{value:g}")


def test_every_verdict_has_a_title_and_a_meaning() -> None:
    verdicts = set(Distance.__annotations__["verdict"].__args__)
    assert set(wording.words()["distances"]) == verdicts
    assert set(wording.words()["distances_told"]) == verdicts


def test_a_panel_says_both_values_and_their_years() -> None:
    track = Track("Farms: 40%", spot(2030, 40), spot(2025, 8), spot(2022, 5))
    said = texts(targets.draw(track).inner)
    assert {"Farms: 40%", "40", "8", "2030", "2025", "2022"} <= set(said)


def test_an_open_bound_is_an_arrow_and_no_value() -> None:
    closed = targets.draw(Track("T", spot(2026, 10), spot(2024, 4))).inner
    opened = targets.draw(Track("T", spot(2026, 10), spot(2024, 4, None))).inner
    assert opened.count("<path") > closed.count("<path")


def test_ranks_are_drawn_with_the_first_place_on_top() -> None:
    track = Track("Rank", spot(2030, 10), spot(2024, 40), rank=True)
    inner = targets.draw(track).inner
    heights = {
        label: float(y)
        for y, label in re.findall(r'translate\([-\d.]+,([\d.]+)\)"[^>]*>(\d+)</text>', inner)
        if label in ("20", "40")
    }
    assert heights["20"] < heights["40"]


@pytest.mark.parametrize("years", [(2025, 2025), (2024, 2025), (1999, 2060)])
def test_words_stay_within_the_panel(years: tuple[int, int]) -> None:
    actual, due = years
    long = Spot(date(actual, 12, 31), 4e8, None, "at least EUR 400 million of many things")
    panel = targets.draw(Track("T", Spot(date(due, 12, 31), 1e9, 1e9, "USD 1 billion"), long))
    assert panel.width <= theme.PANEL


def test_the_page_says_verdict_source_and_gaps(site: Path) -> None:
    said = (site / "targets.html").read_text(encoding="utf-8")
    assert "Pace not known" in said
    assert "the bounds leave open" in said
    assert "at most USD 567 million" in said
    assert "tell no target in figures of Turkmenistan" in said
    assert "counts as over if it ended by 2026-06-30" in said
    assert "Several places, or none of the region" in said
    profile = (site / "places" / "kaz.html").read_text(encoding="utf-8")
    assert 'href="../targets.html#of-kaz"' in profile
    assert "Its own targets" not in (site / "places" / "tkm.html").read_text(encoding="utf-8")


def test_a_target_leads_to_its_words(release: Release) -> None:
    edition = Edition(release)
    (place,) = [p for key, p in _places(edition).items() if key == "KAZ"]
    (path,) = place.links.values()
    assert path.startswith("documents/")
    assert "#claim-" in path


def _places(edition: Edition) -> dict[str, distances.Place]:
    found = distances.by_place(edition)
    return {key: distances.shown(edition, key, held, key) for key, held in found.items()}


def test_a_target_whose_claim_is_not_published_is_not_shown(release: Release) -> None:
    (one, *_) = release.knowledge.distances
    hidden = msgspec.structs.replace(one, target="nobody")
    assert page.page(with_distances(release, hidden)) is None


def test_no_targets_give_no_page(release: Release) -> None:
    assert page.page(with_distances(release)) is None
    assert page.of_place(with_distances(release), "KAZ") is None


def test_two_targets_that_sound_alike_are_two_rows(release: Release) -> None:
    (one, *_) = release.knowledge.distances
    edition = with_distances(release, one, msgspec.structs.replace(one, due="by 2030"))
    labels = [label for label, _ in _places(edition)["KAZ"].grid.rows]
    assert len(labels) == 2


def test_the_table_has_a_cell_for_each_column(release: Release, site: Path) -> None:
    assert all(len(row(one)) == len(COLUMNS) for one in release.knowledge.distances)
    (path,) = (site / "data").rglob("target-distances.csv")
    with path.open(encoding="utf-8", newline="") as file:
        first, second = csv.DictReader(file)
    assert (first["verdict"], first["left_low"], first["left_high"]) == ("open", "", "567000000.0")
    assert first["actual"]
    assert (second["verdict"], second["actual_said"]) == ("no_actual", "")


@pytest.mark.parametrize("goal", [0.0, -5.0, 1e-9, 1e15, 1e300])
@pytest.mark.parametrize("value", [0.0, -1e6, 3.0, 1e300])
@pytest.mark.parametrize("year", [1, 2024, 9999])
def test_any_size_and_any_year_is_drawn(goal: float, value: float, year: int) -> None:
    panel = targets.draw(Track("T", spot(2030, goal), spot(year, value, None)))
    assert panel.width <= theme.PANEL
    assert "NaN" not in panel.inner
