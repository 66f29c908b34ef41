"""Indices that others have published, computed again from their components."""

from pathlib import Path
from time import process_time

import msgspec
import numpy as np
import pytest
from tests.index.problems import asem_spec, numbers, rows_of, shared

from uptake.flow.index_table import read_numbers
from uptake.index import moments
from uptake.index.aggregate import arithmetic, geometric
from uptake.index.chain import build
from uptake.index.framework import framework
from uptake.index.problem import Problem, problem
from uptake.index.spec import Indicator, Node, Options, Spec, Steps, Table
from uptake.index.uncertainty import simulate


def asem(**uncertainty: object) -> Problem:
    spec = asem_spec(**uncertainty)
    folder = shared("asem")
    return problem(spec, framework(spec), read_numbers(spec, Path(folder)))


def test_asem_gives_the_published_scores_and_ranks() -> None:
    found = asem()
    built = build(found)
    assert built.normalised.shape == (51, 49)
    at = {place: row for row, place in enumerate(found.numbers.places)}
    scores, ranks = built.aggregated[:, -1], built.ranks[:, -1]
    assert (ranks[at["CHE"]], round(scores[at["CHE"]], 2)) == (1, 68.38)
    assert (ranks[at["KAZ"]], round(scores[at["KAZ"]], 2)) == (47, 39.03)


def test_asem_runs_a_thousand_times_within_ten_seconds_of_processor() -> None:
    found = asem(
        weight_noise=0.25,
        imputed=True,
        choices=Options(
            impute=("mean",), winmax=(1,), normalise=("z", "rank"), weights=("equal", "pca")
        ),
    )
    start = process_time()
    simulated = simulate(found)
    assert process_time() - start < 10
    assert simulated is not None
    assert simulated.scores.shape == (1000, 51, 11)
    ranks = build(found).ranks
    first = int(np.argmin(ranks[:, -1]))
    assert simulated.low[first, -1] == 1
    assert simulated.high[first, -1] <= 3


def hdi_spec(codes: tuple[str, str, str, str] = ("le", "eys", "mys", "gnipc")) -> Spec:
    le, eys, mys, income = codes
    return Spec(
        title="Human development",
        table=Table(file="hdi.csv"),
        indicators=(
            Indicator(code=le, parent="health", goalposts=(20, 85)),
            Indicator(code=eys, parent="education", goalposts=(0, 18)),
            Indicator(code=mys, parent="education", goalposts=(0, 15)),
            Indicator(code=income, parent="income", transform="log", goalposts=(100, 75_000)),
        ),
        aggregates=(
            Node(code="health", parent="hdi"),
            Node(code="education", parent="hdi"),
            Node(code="income", parent="hdi"),
            Node(code="hdi"),
        ),
        steps=Steps(normalise="goalposts", range=(0, 1), aggregate=("arithmetic", "geometric")),
    )


def solved(spec: Spec, rows: list[dict[str, str]]) -> np.ndarray:
    codes = [one.code for one in spec.indicators]
    values = [[float(row[code]) for code in codes] for row in rows]
    places = tuple(f"{row['iso3']}-{row['year']}" for row in rows)
    data = numbers(values, places=places, names=places)
    return build(problem(spec, framework(spec), data)).aggregated


def complete(rows: list[dict[str, str]], *columns: str) -> list[dict[str, str]]:
    return [row for row in rows if all(row[column] for column in columns)]


def test_human_development_to_three_decimals() -> None:
    rows = rows_of(shared("hdi", "hdr23_24_components.csv"))
    rows = complete(rows, "hdi", "le", "eys", "mys", "gnipc")
    assert len(rows) == 6171
    published = np.array([float(row["hdi"]) for row in rows])
    apart = np.abs(np.round(solved(hdi_spec(), rows)[:, -1], 3) - published)
    assert (apart > 5e-4).sum() == 0


def egdi(year: str, weights: tuple[float, float, float]) -> None:
    rows = [row for row in rows_of(shared("egdi", "egdi_2010_2024.csv")) if row["year"] == year]
    rows = [row for row in complete(rows, "osi", "tii", "hci") if float(row["egdi"]) > 0]
    spec = Spec(
        title="E-government",
        table=Table(file="egdi.csv"),
        indicators=tuple(
            Indicator(code=code, parent="egdi", weight=weight)
            for code, weight in zip(("osi", "tii", "hci"), weights, strict=True)
        ),
        aggregates=(Node(code="egdi"),),
        steps=Steps(normalise="none"),
    )
    scores = solved(spec, rows)[:, -1]
    published = np.array([float(row["egdi"]) for row in rows])
    assert np.abs(scores - published).max() < 1e-4
    # The publishers rank unrounded components, and leave numbers out after some ties.
    ranks = np.array([float(row["rank"]) for row in rows])
    own = moments.ranks(-np.round(scores, 4), axis=0)
    assert np.abs(own - ranks).max() <= 1


@pytest.mark.parametrize("year", ["2012", "2014", "2016", "2018", "2022", "2024"])
def test_egovernment_development_is_the_mean_of_three(year: str) -> None:
    egdi(year, (1 / 3, 1 / 3, 1 / 3))


def test_egovernment_development_of_2010_has_its_own_weights() -> None:
    egdi("2010", (0.34, 0.33, 0.33))


def sexes(rows: list[dict[str, str]]) -> np.ndarray:
    """Return the index of women over that of men, with the goalposts of each for life."""
    found = []
    for sex, ends in (("f", (22.5, 87.5)), ("m", (17.5, 82.5))):
        spec = hdi_spec((f"le_{sex}", f"eys_{sex}", f"mys_{sex}", f"gni_pc_{sex}"))
        life = msgspec.structs.replace(spec.indicators[0], goalposts=ends)
        spec = msgspec.structs.replace(spec, indicators=(life, *spec.indicators[1:]))
        found.append(solved(spec, rows)[:, -1])
    ratio: np.ndarray = found[0] / found[1]
    return ratio


def test_gender_development_to_three_decimals() -> None:
    rows = rows_of(shared("hdi", "hdr23_24_components.csv"))
    parts = [f"{part}_{sex}" for part in ("le", "eys", "mys", "gni_pc") for sex in "fm"]
    rows = complete(rows, "gdi", *parts)
    assert len(rows) == 5014
    published = np.array([float(row["gdi"]) for row in rows])
    assert np.abs(np.round(sexes(rows), 3) - published).max() < 1e-6


def test_inequality_adjusted_development_to_three_decimals() -> None:
    rows = rows_of(shared("hdi", "hdr23_24_components.csv"))
    lost = ("ineq_le", "ineq_edu", "ineq_inc")
    rows = complete(rows, "ihdi", "le", "eys", "mys", "gnipc", *lost)
    assert len(rows) == 2106
    pillars = solved(hdi_spec(), rows)[:, 4:7]
    kept = 1 - np.array([[float(row[part]) for part in lost] for row in rows]) / 100
    own = geometric(pillars * kept, np.ones((1, 3)))
    published = np.array([float(row["ihdi"]) for row in rows])
    assert np.abs(np.round(own, 3) - published).max() < 1e-6


def test_world_means_of_ai_users_weighted_by_people_of_working_age() -> None:
    rows = rows_of(shared("microsoft_ai_diffusion", "ms_ai_diffusion_2025h1_2026q1.csv"))
    people = {
        row["iso3"]: float(row["pop_15_64"])
        for row in rows_of(shared("population", "wb_sp_pop_1564_to.csv"))
        if row["year"] == "2023"
    }
    columns = ("h1_2025_pct", "h2_2025_pct", "q1_2026_pct")
    shares = np.array([[float(row[c]) for row in rows] for c in columns])
    weights = np.array([[people.get(row["iso3"], 0.0) for row in rows]])
    assert np.round(arithmetic(shares, weights), 1).tolist() == [15.1, 16.3, 17.8]


DOMAINS = {
    "strled": ("strled_str", "strled_opn", "strled_int", "strled_inv"),
    "pubpol": ("pubpol_pol", "pubpol_reg", "publpol_crm", "pubpol_dat"),
    "natdel": ("natdel_sys", "natdel_dig", "natdel_tax", "natdel_brd"),
    "pplprc": ("pplprc_inc", "pplprc_hrm", "pplprc_pro", "pplpro_twk"),
}


def test_public_administration_is_the_mean_of_its_domains_and_these_of_their_themes() -> None:
    themes = rows_of(shared("bipa2024", "bipa2024_index_themes_wide.csv"))
    wide = rows_of(shared("bipa2024", "bipa2024_index_domains_wide.csv"))
    domains = {row["cc_iso3c"]: row for row in wide}
    spec = Spec(
        title="Public administration",
        table=Table(file="bipa.csv"),
        indicators=tuple(
            Indicator(code=f"{theme}_value", parent=domain)
            for domain, below in DOMAINS.items()
            for theme in below
        ),
        aggregates=(*(Node(code=domain, parent="index") for domain in DOMAINS), Node(code="index")),
        steps=Steps(normalise="none"),
    )
    rows = [
        {"iso3": row["cc_iso3c"], "year": ""} | {k: v.replace("NA", "nan") for k, v in row.items()}
        for row in themes
    ]
    found = solved(spec, rows)
    for at, domain in enumerate(DOMAINS):
        published = [float(domains[row["iso3"]][f"{domain}_value"]) for row in rows]
        # Themes are published with two decimals, as their mean is.
        assert np.abs(found[:, 16 + at] - published).max() < 0.00501
    index = [float(row["index_value"]) for row in themes]
    given = [[float(domains[r["iso3"]][f"{d}_value"]) for d in DOMAINS] for r in rows]
    assert np.abs(arithmetic(np.array(given), np.ones((1, 4))) - index).max() < 0.00501
    assert np.abs(found[:, -1] - index).max() < 0.01
