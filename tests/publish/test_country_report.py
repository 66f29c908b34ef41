"""The sentences of a country report: each figure with its interval, marks where there is none."""

from dataclasses import replace

import pytest

from uptake.model.estimate import Estimate
from uptake.model.perhead import HeadRow, PerHead
from uptake.model.release import Release
from uptake.publish import country_report
from uptake.publish.edition import Edition
from uptake.publish.pages.profile import profile
from uptake.publish.slices import Where
from uptake.publish.tables import per_head_table


def estimate(value: float) -> Estimate:
    return Estimate(value, value * 0.9, value * 1.1, 0.95, 400, "sampling")


@pytest.fixture(scope="module")
def edition(release: Release) -> Edition:
    rows = (
        HeadRow("KAZ", estimate(0.4), estimate(1.46), 12_635_718, 900, 4_000),
        HeadRow("UZB", estimate(0.3), estimate(0.41), 22_615_648, 700, 3_000),
        HeadRow("TKM", estimate(0.01), None, 4_717_450, 40, 90),
    )
    ratios = (("KAZ", "UZB", estimate(3.56)), ("UZB", "KAZ", estimate(1 / 3.56)))
    heads = PerHead("located", (200, 100), "2023", "src", rows, ratios)
    return Edition(replace(release, per_head=(heads, replace(heads, denominator="all"))))


def test_a_place_reads_as_such_figures_are_quoted(edition: Edition) -> None:
    found = dict(country_report.sentences(edition, Where("KAZ")))
    shown = edition.release.estimates.shares[Where("KAZ").key("intent", "asking")]
    assert shown is not None
    low, high = round(100 * shown.low), round(100 * shown.high)
    assert found["What messages want"].startswith(
        f"{round(100 * shown.value)}% ({low}–{high}) asking, "
    )
    assert found["Usage per head"] == (
        "Per person of working age 1.46 (1.31–1.61) times the places' average; "
        "3.56 (3.20–3.92) times Uzbekistan."
    )
    assert "feminine" in found["Gender of who sends them"]


def test_a_place_under_the_floor_says_why_it_has_no_index(edition: Edition) -> None:
    found = dict(country_report.sentences(edition, Where("TKM")))
    assert found["Usage per head"].startswith("Not computed: an index needs 200 conversations")


def test_a_withheld_share_is_called_withheld(edition: Edition) -> None:
    for place, found in country_report.of_places(edition):
        for value, cell in edition.slices.cells("intent", Where(place)):
            if not isinstance(cell, Estimate):
                title = edition.titles.value("intent", value).lower()
                assert f"withheld {title}" in dict(found)["What messages want"]


def test_the_profile_shows_the_sentences(edition: Edition) -> None:
    shown = profile(edition, "KAZ").context["report"]
    assert next(label for label, _ in shown.rows) == "What messages want"


def test_the_table_has_both_denominators(edition: Edition) -> None:
    table = per_head_table(edition.release)
    assert {row[0] for row in table.rows} == {"located", "all"}
    turkmenistan = next(row for row in table.rows if row[1] == "TKM")
    assert turkmenistan[2] == "withheld"
    assert all(len(row) == len(table.columns) for row in table.rows)
