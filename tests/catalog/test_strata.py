"""Population by age band and gender: against the publisher's file, and what is refused."""

import csv
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import pytest

from uptake.catalog import strata
from uptake.catalog.strata import PopulationError, population
from uptake.model.errors import UnknownNameError

PLACES = ("KAZ", "UZB", "KGZ", "TJK", "TKM", "AZE", "GEO", "ARM", "TUR", "RUS", "MNG", "WLD")
STARTS = {15: "18-24", 20: "18-24", 25: "25-34", 30: "25-34", 35: "35-44", 40: "35-44"} | {
    45: "45-54",
    50: "45-54",
    55: "55-64",
    60: "55-64",
}
GENDERS = {"female": "feminine", "male": "masculine"}


@pytest.mark.parametrize("period", ["2020", "2025"])
def test_strata_are_the_publishers_age_groups_added_up(shared: Path, period: str) -> None:
    path = shared / "indicators" / "population" / "wpp2019_age5_sex_region.csv"
    expected: dict[tuple[str, str, str], Fraction] = defaultdict(Fraction)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            start = int(row["age"].split("-")[0].strip("+"))
            if row["year"] == period and start >= 15:
                band = STARTS.get(start, "65+")
                part = Fraction(2, 5) if start == 15 else 1
                expected[row["iso3"], band, GENDERS[row["sex"]]] += part * Fraction(
                    row["pop_thousand"]
                )
    found = {
        (place, *stratum): people
        for place in PLACES
        for stratum, people in population(place, period).people.items()
    }
    assert found == {key: round(1000 * people) for key, people in expected.items()}


@pytest.mark.parametrize("place", PLACES)
def test_each_place_has_twelve_strata_with_people_and_a_source(place: str) -> None:
    latest, before = population(place), population(place, "2020")
    assert (latest.period, latest.projected, before.projected) == ("2025", True, False)
    assert len(latest.people) == 12
    assert min(latest.people.values()) > 10_000
    assert latest.total == sum(latest.people.values())
    assert latest.source.id == "un_wpp2019_population_age_sex"
    assert len(latest.source.sha256) == 64
    assert "IGO" in latest.source.licence
    assert "two fifths" in latest.source.note


def test_a_place_or_period_without_figures_is_refused_with_what_there_is() -> None:
    with pytest.raises(UnknownNameError, match=r"unknown place .* 'FRA'; there is: KAZ"):
        population("FRA")
    with pytest.raises(UnknownNameError, match="there is: 2020, 2025"):
        population("KAZ", "1066")
    with pytest.raises(UnknownNameError, match="un_wpp2019_population_age_sex"):
        population("KAZ", table="none")


def test_a_place_where_nobody_lives_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    source = population("KAZ").source
    nobody = {("ATA", "2020"): ({("18-24", "feminine"): 0}, "actual")}
    monkeypatch.setattr(strata, "_table", lambda name: (nobody, source))
    with pytest.raises(PopulationError, match="nobody aged 18 or over lives there"):
        population("ATA")
