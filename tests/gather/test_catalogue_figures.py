"""The catalogue's figures against the files that they were taken from."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from uptake import catalog, gather
from uptake.gather.table_spec import read_spec
from uptake.model.evidence import Observation

REGION = ("KAZ", "UZB", "KGZ", "TJK", "TKM", "AZE")
COMPARATORS = ("GEO", "ARM", "TUR", "RUS", "MNG")
TABLES = catalog.names("sources")
ISO2 = dict(
    zip(
        REGION + COMPARATORS,
        ["KZ", "UZ", "KG", "TJ", "TM", "AZ", "GE", "AM", "TR", "RU", "MN"],
        strict=True,
    )
)
M49 = dict(
    zip(
        (*REGION, *COMPARATORS, "WLD"),
        ["398", "860", "417", "762", "795", "31", "268", "51", "792", "643", "496", "900"],
        strict=True,
    )
)


def table(name: str) -> dict[tuple[str, str, str], Observation]:
    return {(o.indicator, o.place, o.period): o for o in gather.gather_table(name)[1]}


@pytest.fixture(scope="module")
def published(shared: Path):  # type: ignore[no-untyped-def]
    def read(path: str) -> list[dict[str, str]]:
        with (shared / "indicators" / path).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    return read


@pytest.mark.parametrize("name", TABLES)
def test_a_table_meets_its_expectations_and_states_its_origin(name: str) -> None:
    source, observations = gather.gather_table(name)
    spec = read_spec(name)
    assert observations
    assert {o.indicator for o in observations} == set(spec.expect)
    assert all(e.rows and e.places and e.range and e.statuses for e in spec.expect.values())
    assert source.id == name
    assert all((source.producer, source.title, source.url, source.licence, source.citation))
    assert all((source.accessed, source.note, source.sha256))
    assert {o.source for o in observations} == {name}


def test_each_indicator_of_a_table_is_described_and_each_description_is_used() -> None:
    used = {o.indicator for name in TABLES for o in gather.gather_table(name)[1]}
    described = {i.id: i for i in gather.indicators()}
    assert used == set(described)
    assert all(i.title and i.description.endswith(".") for i in described.values())


def test_two_sources_of_one_indicator_stand_side_by_side() -> None:
    current = table("worldbank_population_15_64")["working_age_population", "KAZ", "2023"]
    older = table("un_wpp2019_population_15_64")["working_age_population", "KAZ", "2020"]
    assert (current.value, older.value) == (12635718, 11820503)
    assert current.source != older.source


def test_places_without_a_figure_are_left_out_not_invented() -> None:
    rows = [o for name in TABLES for o in gather.gather_table(name)[1]]
    counts = Counter(o.place for o in rows)
    years = 6 + 12 + 14  # earlier surveys of e-government, human development, Internet users
    assert counts["KAZ"] == years + 3 + 3 + 2 + 4 + 5 + 1 + 2 + 1  # one a period, source or part
    assert not [o for o in rows if o.place == "TKM" and o.indicator.startswith("anthropic")]
    assert not [o for o in rows if o.place in ("UZB", "TKM") and o.indicator == "gdp_per_head_ppp"]


def test_ai_user_shares_are_microsofts_and_shared_series_are_imputed(  # type: ignore[no-untyped-def]
    published,
) -> None:
    found = table("microsoft_ai_diffusion")
    rows = {
        r["iso3"]: r for r in published("microsoft_ai_diffusion/ms_ai_diffusion_2025h1_2026q1.csv")
    }
    for (_, place, period), o in found.items():
        if place == "WLD":
            continue
        column = {"2025-H1": "h1_2025_pct", "2025-H2": "h2_2025_pct", "2026-Q1": "q1_2026_pct"}
        assert o.original_value == rows[place][column[period]]
        shared = int(rows[place]["shared_series_group_size"]) > 1
        assert o.status == ("imputed" if shared else "actual")
    assert {p for (_, p, _), o in found.items() if o.status == "imputed"} == {"TJK", "TKM"}


def test_the_worlds_ai_user_share_stands_in_the_report(shared: Path) -> None:
    report = shared / "indicators" / "microsoft_ai_diffusion" / "report_2026q1_text_extract.txt"
    world = [o for o in table("microsoft_ai_diffusion").values() if o.place == "WLD"]
    printed = " ".join(f"{o.value:.1f}%" for o in sorted(world, key=lambda o: o.period))
    assert f"World {printed}" in report.read_text(encoding="utf-8", errors="replace")


def test_working_age_population_is_the_publishers(published) -> None:  # type: ignore[no-untyped-def]
    rows = published("population/wb_sp_pop_1564_to.csv")
    bank = {r["iso3"]: r["pop_15_64"] for r in rows if r["year"] == "2023"}
    for (_, place, _), o in table("worldbank_population_15_64").items():
        assert o.value == float(bank[place])
    rows = published("population/wpp2019_pop1564_all.csv")
    nations = {r["country_code"]: r for r in rows if r["year"] == "2020"}
    for (_, place, _), o in table("un_wpp2019_population_15_64").items():
        row = nations[M49[place]]
        assert o.value == round(1000 * float(row["pop_15_64_thousand"]))
        assert o.value == pytest.approx(1000 * (float(row["female"]) + float(row["male"])))


def test_anthropics_index_is_the_release_of_september_2025(published) -> None:  # type: ignore[no-untyped-def]
    folder = "anthropic_economic_index"
    rows = {r["iso3"]: r for r in published(f"{folder}/aei_country_2025aug_2026feb_124.csv")}
    uzbek = {
        r["metric_id"]: r["value"]
        for r in published(f"{folder}/aei_uzbekistan_2025aug_2026feb.csv")
        if r["release"] == "release_2025_09_15"
    }
    keys = {"anthropic_usage_index": "usage_per_capita_index", "anthropic_usage_share": "usage_pct"}
    keys |= {"anthropic_usage_count": "usage_count"}
    found = table("anthropic_economic_index_2025_08")
    for (indicator, place, _), o in found.items():
        key = keys[indicator]
        row = (
            uzbek
            if place == "UZB"
            else {k: rows[place][f"{k}_2025_aug"] for k in (key, "usage_count")}
        )
        assert o.value == float(row[key])
        assert ("below the publisher's own floor" in o.note) == (float(row["usage_count"]) < 200)
    source, _ = gather.gather_table("anthropic_economic_index_2025_08")
    assert "0.84281" in source.note
    assert "98 conversations, below" in found["anthropic_usage_index", "TJK", "2025-08"].note


def test_e_government_figures_and_the_computed_rank_are_right(published) -> None:  # type: ignore[no-untyped-def]
    rows = [r for r in published("egdi/egdi_2010_2024.csv") if r["year"] == "2024"]
    by_place = {r["iso3"]: r for r in rows}
    found = table("undesa_egdi_2024")
    for place in (*REGION, *COMPARATORS):
        row = by_place[place]
        better = sum(float(r["osi"]) > float(row["osi"]) for r in rows)
        assert found["egdi", place, "2024"].value == float(row["egdi"])
        assert found["egdi_rank", place, "2024"].value == float(row["rank"])
        assert found["online_service_index", place, "2024"].value == float(row["osi"])
        assert found["online_service_rank", place, "2024"].value == 1 + better
    assert "omputed here" in found["online_service_rank", "KAZ", "2024"].note
    assert "UN DESA" in gather.gather_table("undesa_egdi_2024")[0].note


def test_the_index_of_earlier_surveys_is_the_publishers(published) -> None:  # type: ignore[no-untyped-def]
    printed = {(r["iso3"], r["year"]): r["egdi"] for r in published("egdi/egdi_2010_2024.csv")}
    found = {(p, y): o.value for (i, p, y), o in table("undesa_egdi_2024").items() if i == "egdi"}
    assert {year for _, year in found} == {year for _, year in printed}
    for key, value in found.items():
        assert value == pytest.approx(float(printed[key]), abs=5e-6)


def test_kazakhstan_is_24th_in_e_government_and_10th_in_online_services() -> None:
    found = table("undesa_egdi_2024")
    assert found["egdi_rank", "KAZ", "2024"].value == 24
    assert found["online_service_rank", "KAZ", "2024"].value == 10


def test_human_development_is_the_publishers_and_recomputes_from_its_components(published) -> None:  # type: ignore[no-untyped-def]
    rows = published("hdi/hdr23_24_components.csv")
    by_place = {(r["iso3"], r["year"]): r for r in rows}
    found = table("undp_hdi_2022")
    keys = {"hdi": "hdi", "hdi_life_expectancy": "le", "hdi_expected_schooling": "eys"}
    keys |= {"hdi_mean_schooling": "mys", "hdi_gni_per_head": "gnipc"}
    assert {period for _, _, period in found} == {str(year) for year in range(2010, 2023)}
    for (indicator, place, period), o in found.items():
        row = by_place["ZZK.WORLD" if place == "WLD" else place, period]
        assert o.value == float(row[keys[indicator]])


@pytest.mark.parametrize("place", REGION + COMPARATORS)
def test_the_index_is_the_geometric_mean_of_its_components(place: str) -> None:
    """Technical notes of the Human Development Report 2023/24, goalposts of note 1."""
    from math import log

    found = {
        i: o.value
        for (i, p, year), o in table("undp_hdi_2022").items()
        if (p, year) == (place, "2022")
    }
    health = min(1, (found["hdi_life_expectancy"] - 20) / 65)
    schooling = min(1, found["hdi_expected_schooling"] / 18), found["hdi_mean_schooling"] / 15
    income = min(1, log(found["hdi_gni_per_head"] / 100) / log(750))
    assert (health * sum(schooling) / 2 * income) ** (1 / 3) == pytest.approx(
        found["hdi"], abs=6e-4
    )


def test_internet_users_are_the_latest_year_of_the_newest_copy(published) -> None:  # type: ignore[no-untyped-def]
    key = "wdi_individuals_using_internet_pct_latest"
    newer = {r["iso3"]: r for r in published("wdi/wdi_wgi_latest_138.csv")}
    older = [r for r in published("wdi/it_net_user_zs.csv") if r["internet_users_pct"]]
    for (_, place, period), o in table("worldbank_internet_users_2026").items():
        assert (o.value, int(period)) == (
            float(newer[place][key]),
            float(newer[place][f"{key}_year"]),
        )
    printed = {(r["iso3"], r["year"]): float(r["internet_users_pct"]) for r in older}
    current = table("worldbank_internet_users_2026")
    earlier = table("worldbank_internet_users_2025")
    for (_, place, period), o in earlier.items():
        assert o.value == printed[place, period]
        assert ("internet_users", place, period) not in current
    for place in (*REGION, *COMPARATORS, "WLD"):
        years = {year for p, year in printed if p == place and year >= "2010"}
        held = {period for (_, p, period) in (*current, *earlier) if p == place}
        assert years <= held


def test_income_per_head_is_the_publishers_in_current_and_in_constant_dollars(published) -> None:  # type: ignore[no-untyped-def]
    key = "wdi_gdp_per_capita_ppp_current_intl_latest"
    bank = {r["iso3"]: r for r in published("wdi/wdi_wgi_latest_138.csv")}
    for (_, place, period), o in table("worldbank_gdp_per_head_ppp").items():
        assert (o.value, int(period)) == (
            float(bank[place][key]),
            float(bank[place][f"{key}_year"]),
        )
    gapminder = {
        (r["iso3"], r["year"]): float(r["value"])
        for r in published("wdi/gapminder_systema_globalis.csv")
        if r["indicator"] == "gdp_pc_ppp_const"
    }
    for (_, place, period), o in table("gapminder_gdp_per_head_ppp").items():
        assert o.value == gapminder[place, period]


def test_developers_are_githubs(published) -> None:  # type: ignore[no-untyped-def]
    rows = published("github_innovation_graph/developers.csv")
    quarter = {r["iso2_code"]: r for r in rows if (r["year"], r["quarter"]) == ("2025", "3")}
    for (_, place, _), o in table("github_developers").items():
        assert o.value == float(quarter[ISO2[place]]["developers"])
