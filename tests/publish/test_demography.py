"""Women and men, and weighted shares, as tables, pages and sentences: figures or their reason."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from uptake.model.demography import (
    Demography,
    GenderAnswer,
    GenderMix,
    WeightedShare,
    Weighting,
)
from uptake.model.estimate import Estimate
from uptake.model.evidence import Source
from uptake.model.release import Release
from uptake.publish import OUTPUTS, content_id, country_report, weighted, women_and_men
from uptake.publish.demography_tables import gender_table, weighted_table
from uptake.publish.edition import Edition
from uptake.publish.slices import Where

WHY = "a count by gender is withheld, and the others would tell it"


def estimate(value: float, covers: str = "sampling of people, corrected") -> Estimate:
    return Estimate(value, value * 0.9, value * 1.1, 0.95, 400, covers)


def figures() -> Demography:
    source = Source(
        id="census", producer="A bureau", title="A census", url="", licence="CC0", citation="B."
    )
    origin = (13_000, "2025", True, "census")
    shares = (
        WeightedShare("intent", "asking", estimate(0.38, "weighted"), 0.42),
        WeightedShare("intent", "doing", None, 0.32, "the sums of 65+ are withheld"),
    )
    return Demography(
        mixes=(
            GenderMix("KAZ", estimate(0.54), 0.52, estimate(0.04)),
            GenderMix("TKM", None, None, None, WHY),
        ),
        answers=(
            GenderAnswer("KAZ", "intent", "asking", estimate(0.45), estimate(0.4), (0.44, 0.41)),
            GenderAnswer("TKM", "intent", "asking", None, None, None, WHY),
        ),
        weightings=(
            Weighting("KAZ", "age band", "not by gender too", 840, None, 270.5, *origin, shares),
            Weighting("TKM", "age band", "", 0, None, 0.0, *origin, (), "nobody is 65+"),
        ),
        sources=(source,),
    )


@pytest.fixture(scope="module")
def edition(release: Release) -> Edition:
    return Edition(replace(release, demography=figures()))


def test_rows_have_a_field_for_each_column_and_a_reason_or_a_share(edition: Edition) -> None:
    for made in (gender_table, weighted_table):
        table = made(edition.release.demography, edition.intervals)
        names = [column.name for column in table.columns]
        assert all(column.description for column in table.columns)
        rows = [dict(zip(names, row, strict=True)) for row in table.rows]
        assert rows
        for row in rows:
            refused = row["status"] == "refused"
            assert refused == (row["share"] is None) == bool(row["reason"])
            assert refused != (row["interval"] in edition.intervals.values())


def test_what_the_intervals_cover_is_in_the_table_of_intervals(edition: Edition) -> None:
    assert {found.covers for found in edition.release.demography.estimates()} <= set(
        edition.intervals
    )


def test_files_hold_the_figures_and_name_the_population(edition: Edition, tmp_path: Path) -> None:
    for name in ("csv", "json"):
        OUTPUTS[name](edition, tmp_path)
    with (tmp_path / "csv" / "weighted-shares.csv").open(encoding="utf-8", newline="") as file:
        asking, doing, nothing = csv.DictReader(file)
    assert (asking["share"], asking["unweighted"]) == ("0.38", "0.42")
    assert float(asking["design_effect"]) == pytest.approx(840 / 270.5, abs=1e-6)
    assert (doing["share"], doing["status"]) == ("", "refused")
    assert (nothing["place"], nothing["people"]) == ("TKM", "")
    assert {row["population_status"] for row in (asking, doing, nothing)} == {"projection"}
    held = json.loads((tmp_path / "json" / "gender.json").read_bytes())["rows"]
    women = next(r for r in held if (r["place"], r["value"]) == ("KAZ", "feminine"))
    assert (women["share"], women["counted"], women["people"]) == (0.54, 0.52, 400)
    assert '"census"' in (tmp_path / "json" / "sources.json").read_text(encoding="utf-8")


def test_a_release_with_noise_says_that_messages_count(release: Release) -> None:
    found = figures()
    noisy = replace(
        found,
        answers=tuple(replace(a, measure="message_share") for a in found.answers),
        weightings=tuple(replace(w, measure="message_share") for w in found.weightings),
    )
    edition = Edition(replace(release, demography=noisy))
    shown, weights = women_and_men.section(edition, "KAZ"), weighted.section(edition, "KAZ")
    assert shown is not None
    assert weights is not None
    assert "what they want counts messages" in shown.lead[0]
    assert shown.grids[1].head[0] == "Messages"
    assert "in it each message counts as one" in weights.lead[0]
    rows = gender_table(noisy, edition.intervals).rows
    assert {row[4] for row in rows} == {"people_share", "message_share"}


def test_a_profile_shows_the_figures_with_words(edition: Edition) -> None:
    shown = women_and_men.section(edition, "KAZ")
    assert shown is not None
    assert shown.grids[0].rows[0][0] == "Women among those whose name tells"
    assert shown.grids[0].rows[0][1][0].text == "54%"
    assert shown.grids[1].rows[0][1][1].text == "40%"
    weights = weighted.section(edition, "KAZ")
    assert weights is not None
    said = " ".join((*weights.lead, *weights.notes))
    assert "A bureau, 2025, projected" in said
    assert "design effect 3.1" in said
    assert "left out is withheld" in said
    assert "the sums of 65+ are withheld" in said
    (grid,) = weights.grids
    assert [label for label, _ in grid.rows] == ["Asking"]


def test_a_refusal_shows_its_reason_and_no_number(edition: Edition) -> None:
    shown = women_and_men.section(edition, "TKM")
    assert shown is not None
    assert shown.grids == ()
    assert any(WHY in note for note in shown.notes)
    weights = weighted.section(edition, "TKM")
    assert weights is not None
    assert weights.grids == ()
    assert weights.lead == ("Not given: nobody is 65+.",)


def test_a_place_of_which_nothing_was_computed_has_no_section(release: Release) -> None:
    bare = Edition(release)
    assert women_and_men.section(bare, "KAZ") is None
    assert weighted.section(bare, "KAZ") is None
    assert gender_table(release.demography, {}).rows == []


def test_the_site_and_the_report_print_them(edition: Edition, tmp_path: Path) -> None:
    OUTPUTS["report"](edition, tmp_path)
    content = json.loads((tmp_path / "report.json").read_bytes())
    assert {row["place"] for row in content["gender"]} == {"KAZ", "TKM"}
    assert [row["value"] for row in content["weighted_shares"]] == ["asking", "doing", ""]
    assert "are women, corrected" in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_the_country_report_says_corrected_or_that_it_is_not(edition: Edition) -> None:
    subject = "Gender of who sends them"
    corrected = dict(country_report.sentences(edition, Where("KAZ")))[subject]
    assert corrected.startswith("Of people whose name tells, 54% (49–59) are women, corrected")
    assert "4.0% (3.6–4.4) of people have a name that does not tell" in corrected
    counted = dict(country_report.sentences(edition, Where("TKM")))[subject]
    assert "not corrected for names that mislead" in counted or counted == f"Not given: {WHY}."


def test_the_id_of_a_release_follows_them(edition: Edition, release: Release) -> None:
    assert content_id(edition.release) != content_id(release)
