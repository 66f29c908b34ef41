"""report.json holds what its module promises, and the values of the estimates."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from uptake.model.estimate import Estimates, Key
from uptake.model.release import Quality, Release
from uptake.publish import OUTPUTS, Edition
from uptake.publish.columns import rounded
from uptake.publish.slices import Where, split_of

TOP = {
    "per_head", "country_reports", "gender", "weighted_shares",
    "schema", "release", "version", "notice", "mode", "people", "conversations", "messages",
    "months", "languages", "thresholds", "messages_cap", "intervals", "shares", "by_month",
    "by_place", "by_age_band", "by_gender", "by_language", "quality", "labeller",
}  # fmt: skip


@pytest.fixture(scope="module")
def content(report: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((report / "report.json").read_bytes())
    return loaded


def test_the_structure_is_the_documented_one(content: dict[str, Any]) -> None:
    assert set(content) == TOP
    assert content["schema"] == "uptake.report/1"
    assert content["people"] == 2950
    assert content["conversations"] == 26000
    assert content["messages"] == 60000
    assert content["months"] == ["2025-01", "2025-05"]
    assert content["languages"]["ru"] == 21000
    assert {"intent", "topic_group", "topic", "work", "age_band"} <= set(content["shares"])


def test_each_share_is_that_of_the_estimates(content: dict[str, Any], bare: Release) -> None:
    met = 0
    groups = [(Where(), content)]
    for dimension in ("month", "place", "age_band", "gender", "language"):
        groups += [(Where().but(dimension, g["value"]), g) for g in content[f"by_{dimension}"]]
    for where, group in groups:
        for facet, answers in group["shares"].items():
            for answer in answers:
                for measure in ("message_share", "people_share", "reach"):
                    found = bare.estimates.shares[where.key(facet, answer["value"], measure)]
                    told = answer[measure]
                    met += 1
                    if found is None:
                        assert told == {"status": "withheld"}
                    else:
                        assert told["value"] == rounded(found.value)
                        assert told["low"] <= told["value"] <= told["high"]
                        assert content["intervals"][told["covers"]] == found.covers
    assert met == sum("+" not in split_of(key) for key in bare.estimates.shares)


def test_what_the_input_does_not_say_is_empty(content: dict[str, Any]) -> None:
    assert content["by_month"] == []
    assert content["by_gender"] == []
    assert [g["value"] for g in content["by_place"]] == ["KAZ", "TKM", "unknown"]
    assert content["by_place"][0]["title"] == "Kazakhstan"


def test_nothing_at_all_still_makes_a_page(bare: Release, tmp_path: Path) -> None:
    empty = replace(bare, estimates=Estimates({}), quality=Quality())
    OUTPUTS["report"](Edition(empty), tmp_path)
    content = json.loads((tmp_path / "report.json").read_bytes())
    assert content["people"] is None
    assert content["shares"] == {}
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "No share is published" in page


def test_a_wholly_withheld_release_shows_marks_and_no_number(bare: Release, tmp_path: Path) -> None:
    from uptake.model.estimate import Group

    hidden = Estimates(
        dict.fromkeys(bare.estimates.shares),
        dict.fromkeys(bare.estimates.groups, Group(None, None, None)),
    )
    OUTPUTS["report"](Edition(replace(bare, estimates=hidden)), tmp_path)
    content = json.loads((tmp_path / "report.json").read_bytes())
    assert all(
        answer[measure] == {"status": "withheld"}
        for answers in content["shares"].values()
        for answer in answers
        for measure in ("message_share", "people_share", "reach")
    )
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "[c]" in page
    assert "the number of people is withheld" in page


def test_a_dimension_that_is_unknown_throughout_is_not_drawn(bare: Release, tmp_path: Path) -> None:
    def known(key: Key) -> bool:
        return key.place in {"all", "unknown"} and (key.facet != "place" or key.value == "unknown")

    shares = {key: found for key, found in bare.estimates.shares.items() if known(key)}
    groups = {k: g for k, g in bare.estimates.groups.items() if k[0] in {"all", "unknown"}}
    OUTPUTS["report"](Edition(replace(bare, estimates=Estimates(shares, groups))), tmp_path)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert 'id="intent-by-place"' not in page
    assert 'id="intent-by-age-band"' in page


def test_places_that_are_withheld_as_a_whole_are_counted_and_not_listed(
    bare: Release, tmp_path: Path
) -> None:
    shares = {
        key: None if "TKM" in (key.place, key.value) else found
        for key, found in bare.estimates.shares.items()
    }
    OUTPUTS["report"](
        Edition(replace(bare, estimates=replace(bare.estimates, shares=shares))), tmp_path
    )
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "Kazakhstan" in page
    assert "Turkmenistan" not in page
    assert "1 group is withheld as a whole" in page
