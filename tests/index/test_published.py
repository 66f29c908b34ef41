"""Indices that others have published, computed again from their components."""

from pathlib import Path
from time import perf_counter

import numpy as np
import pytest
from tests.index.problems import asem_spec, numbers, rows_of, shared

from uptake.flow.index_table import read_numbers
from uptake.index import moments
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


def test_asem_runs_a_thousand_times_within_ten_seconds() -> None:
    found = asem(
        weight_noise=0.25,
        imputed=True,
        choices=Options(
            impute=("mean",), winmax=(1,), normalise=("z", "rank"), weights=("equal", "pca")
        ),
    )
    start = perf_counter()
    simulated = simulate(found)
    assert perf_counter() - start < 10
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
