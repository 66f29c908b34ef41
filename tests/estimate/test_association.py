"""Measured errors of association: what is there, and rates drawn from them."""

import numpy as np
import pytest
from scipy.stats import beta

from uptake.catalog import entry
from uptake.estimate.association import DRAWS, TAIL, Errors, errors_of, rates

REGION = ("KAZ", "UZB", "KGZ", "TJK", "TKM", "AZE", "RUS", "TUR")
POOLED = ("KGZ", "TJK", "TKM")


@pytest.mark.parametrize("case", ["given", "full"])
@pytest.mark.parametrize("place", REGION)
def test_each_place_has_errors_of_people_and_of_names(place: str, case: str) -> None:
    found = errors_of(place, case)
    assert found
    assert found.people.sum(axis=1).min() >= 30
    assert found.names.sum(axis=1).min() >= 100
    if place in POOLED:
        assert found.pooled


def test_each_count_names_a_reference_with_licence_and_the_date() -> None:
    raw = entry("names", "errors")
    known = {reference["id"]: reference for reference in raw["references"]}
    assert all(reference["licence"] and reference["note"] for reference in known.values())
    assert raw["measured"] >= "2026-11-30"
    for row in raw["counts"]:
        assert row["reference"].split()[0] in known
        assert len(row["feminine"]) == len(row["masculine"]) == 3
        assert min(*row["feminine"], *row["masculine"]) >= 0
        if not row["weighted"]:
            assert sum(row["feminine"]) + sum(row["masculine"]) == row["names"]


def test_a_list_that_is_for_comparison_only_enters_nothing() -> None:
    raven = [row for row in entry("names", "errors")["counts"] if row["reference"] == "raven"]
    assert raven
    assert not any(row["used"] for row in raven)


def test_rates_are_the_mixture_of_people_and_names_among_those_told() -> None:
    errors = Errors(np.array([[90.0, 0, 10], [0, 80, 20]]), np.array([[40.0, 10, 50], [5, 45, 50]]))
    found = rates({"A": errors}, {"A": 7.0})
    tail = sum(TAIL) / 2
    told = (1 - tail) * np.array([0.9, 0.8]) + tail * 0.5
    right = (1 - tail) * np.array([0.9, 0.8]) + tail * np.array([0.4, 0.45])
    assert found.right == pytest.approx(right / told)
    assert found.drawn.shape == (DRAWS, 2)


def test_drawn_rates_follow_jeffreys_distribution() -> None:
    only = Errors(np.array([[95.0, 5, 0], [8, 92, 0]]), np.zeros((2, 3)))
    drawn = rates({"A": only}, {"A": 1.0}).drawn
    levels = np.array([0.025, 0.25, 0.5, 0.75, 0.975])
    for gender, (right, wrong) in enumerate([(95, 5), (92, 8)]):
        expected = beta.ppf(levels, right + 0.5, wrong + 0.5)
        assert np.quantile(drawn[:, gender], levels) == pytest.approx(expected, abs=0.004)


def test_a_mix_of_places_weighs_each_by_its_told_people() -> None:
    sure = Errors(np.array([[100.0, 0, 0], [0, 100, 0]]), np.zeros((2, 3)))
    vague = Errors(np.array([[40.0, 10, 50], [10, 40, 50]]), np.zeros((2, 3)))
    found = rates({"A": sure, "B": vague}, {"A": 1.0, "B": 1.0})
    assert found.right == pytest.approx([(1 + 0.4) / 1.5] * 2)
    alone = rates({"A": sure, "B": vague}, {"A": 2.0, "B": 0.0})
    assert alone.right == pytest.approx([1.0, 1.0])


def test_stated_genders_have_no_error() -> None:
    vague = Errors(np.array([[80.0, 20, 0], [20, 80, 0]]), np.zeros((2, 3)))
    half = rates({"A": vague}, {"A": 1.0}, stated=0.5)
    assert half.right == pytest.approx([0.9, 0.9])
    assert rates({"A": vague}, {"A": 1.0}, stated=1.0).drawn == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("weights", "stated"),
    [({"KAZ": 0.0}, 0.0), ({"KAZ": -1.0}, 0.0), ({"FRA": 1.0}, 0.0), ({"KAZ": 1.0}, 1.5)],
)
def test_weights_that_say_nothing_are_refused(weights: dict[str, float], stated: float) -> None:
    measured = errors_of("KAZ")
    assert measured
    with pytest.raises(ValueError, match=r"weights|stated"):
        rates({"KAZ": measured}, weights, stated)


def test_errors_without_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="without a count"):
        rates({"A": Errors(np.zeros((2, 3)), np.zeros((2, 3)))}, {"A": 1.0})
