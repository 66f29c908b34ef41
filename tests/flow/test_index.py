"""A spec and a table on disk become scores, ranks, reasons and a page."""

import csv
import re
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from uptake.cli import cli
from uptake.flow.index import load, write_index
from uptake.index.spec import IndexInputError
from uptake.model.errors import Exit, UnknownNameError

SPEC = """
title = "Readiness <of> five"
description = "An invented index."

[table]
file = "readiness.csv"
place = "iso3"
name = "country"
group = "income"

[[indicators]]
code = "servers"
name = "Secure servers"
parent = "access"
denominator = "people"

[[indicators]]
code = "price"
parent = "access"
direction = -1
low = "price_low"
high = "price_high"

[[indicators]]
code = "skills"
parent = "people_pillar"

[[aggregates]]
code = "access"
name = "Access"
parent = "index"

[[aggregates]]
code = "people_pillar"
name = "People"
parent = "index"

[[aggregates]]
code = "index"
name = "Readiness"

[steps]
impute = "group_mean"
treat = "winsorise"
available = 0.6

[uncertainty]
runs = 200
weight_noise = 0.25
imputed = true
sobol = 16

[uncertainty.choices]
normalise = ["rank"]
aggregate = ["geometric"]
"""
HEAD = "iso3,country,income,people,servers,price,price_low,price_high,skills"
ROWS = (
    "AAA,Aland,high,1000,5000,10,8,12,70",
    "BBB,Boria,high,2000,9000,12,10,13,65",
    "CCC,Cania,low,1 500,3000,20,18,22,",
    "DDD,Dovia,low,500,900,30,29,31,40",
    "EEE,Evia,low,800,,,,,20",
)


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    path = tmp_path / "readiness.toml"
    path.write_text(SPEC, encoding="utf-8")
    write(tmp_path, *ROWS)
    return path


def write(folder: Path, *rows: str, head: str = HEAD) -> None:
    text = "\n".join([head, *rows]) + "\n"
    (folder / "readiness.csv").write_text(text, encoding="utf-8")


def quiet(what: str, done: int, total: int) -> None:
    pass


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_all_files_of_the_contract_are_written(spec: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = CliRunner().invoke(cli, ["index", str(spec), "-o", str(out)], standalone_mode=False)
    assert done.exception is None
    assert done.return_value in {Exit.FINE, Exit.FINE_WITH_WARNING}
    results = rows_of(out / "results.csv")
    assert list(results[0]) == ["place", "level", "name", "score", "rank", "rank_low", "rank_high"]
    assert len(results) == 5 * 3
    assert (results[0]["place"], results[0]["level"], results[0]["rank"]) == ("AAA", "3", "1")
    for row in results:
        if row["rank"]:
            assert 1 <= int(row["rank_low"]) <= int(row["rank_high"]) <= 4
    kinds = {row["kind"] for row in rows_of(out / "sensitivity.csv")}
    assert kinds == {"sobol", "removed"}
    steps = {path.stem for path in (out / "steps").iterdir()}
    assert {"1_raw", "2_denominated", "3_imputed", "4_treated", "5_normalised"} <= steps
    assert {"6_aggregated", "7_ranks", "pairwise", "weights", "removed", "cronbach"} <= steps


def test_a_place_with_too_little_data_is_shown_and_not_ranked(spec: Path, tmp_path: Path) -> None:
    done = write_index(spec, tmp_path / "out", progress=quiet)
    row = next(r for r in rows_of(tmp_path / "out" / "results.csv") if r["place"] == "EEE")
    assert (row["score"], row["rank"], row["rank_low"]) == ("", "", "")
    assert any("Evia" in said for said in done.warnings)
    assert "Evia" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


def test_an_index_that_ranks_nobody_says_so(spec: Path, tmp_path: Path) -> None:
    write(
        spec.parent,
        "AAA,Aland,high,1000,5000,,,,70",
        "BBB,Boria,high,1000,4000,9,8,10,",
        "CCC,Cania,low,1000,,8,7,9,60",
    )
    spec.write_text(SPEC.replace("available = 0.6", "available = 1"), encoding="utf-8")
    write_index(spec, tmp_path / "out", progress=quiet)
    assert not any(row["rank"] for row in rows_of(tmp_path / "out" / "results.csv"))
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "No place has enough indicators to be scored." in page


def test_zeros_that_a_geometric_mean_would_spread_are_said(spec: Path, tmp_path: Path) -> None:
    done = write_index(spec, tmp_path / "out", progress=quiet)
    assert any("one 0 makes the whole 0" in said for said in done.warnings)


def test_steps_hold_what_each_step_did(spec: Path, tmp_path: Path) -> None:
    write_index(spec, tmp_path / "out", progress=quiet)
    steps = tmp_path / "out" / "steps"
    assert [r["servers"] for r in rows_of(steps / "2_denominated.csv")][:4] == [
        "5", "4.5", "2", "1.8",
    ]  # fmt: skip
    imputed = rows_of(steps / "3_imputed.csv")
    assert float(imputed[2]["skills"]) == pytest.approx(30)  # of Dovia and Evia, its group
    assert float(rows_of(steps / "5_normalised.csv")[0]["price"]) == 100


def test_the_page_is_one_safe_file(spec: Path, tmp_path: Path) -> None:
    write_index(spec, tmp_path / "out", progress=quiet)
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "Readiness &lt;of&gt; five" in page
    assert not re.search(r"<(link|img|iframe)|src=|https?://|<script [^>]", page)
    assert 'name="viewport"' in page
    assert "can not be told apart" in page
    for file in re.findall(r'href="([^"#]+)"', page):
        assert (tmp_path / "out" / file).exists()


def test_the_page_carries_what_weighing_anew_needs(spec: Path, tmp_path: Path) -> None:
    write_index(spec, tmp_path / "out", progress=quiet)
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    pillars = re.findall(r"<label>(\w+) <output>(\d+)</output>", page)
    assert pillars == [("Access", "50"), ("People", "50")]
    found = re.findall(r'<li data-rank="(\d)" data-parts="\[([\d.]+),([\d.]+)\]">', page)
    top = [r for r in rows_of(tmp_path / "out" / "results.csv") if r["level"] == "3" and r["rank"]]
    assert len(found) == len(top)
    for (rank, access, people), row in zip(found, top, strict=True):
        assert rank == row["rank"]
        assert (float(access) + float(people)) / 2 == pytest.approx(float(row["score"]))
    median = SPEC.replace("available = 0.6", 'aggregate = "median"')
    spec.write_text(median, encoding="utf-8")
    write_index(spec, tmp_path / "out", progress=quiet)
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert 'id="weigh"' not in page
    assert 'getElementById("weigh")' not in page


def test_the_same_seed_gives_the_same_files(spec: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_index(spec, tmp_path / name, progress=quiet)
    for path in sorted((tmp_path / "one").rglob("*.*")):
        other = tmp_path / "two" / path.relative_to(tmp_path / "one")
        assert path.read_bytes() == other.read_bytes(), path.name


def test_a_folder_of_something_else_is_left_alone(spec: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(IndexInputError, match="something else; name a new folder"):
        write_index(spec, tmp_path / "mine", progress=quiet)
    assert (tmp_path / "mine" / "letter.txt").exists()


def test_an_older_index_is_replaced(spec: Path, tmp_path: Path) -> None:
    write_index(spec, tmp_path / "out", progress=quiet)
    spec.write_text(SPEC.replace("<of>", "newer"), encoding="utf-8")
    write_index(spec, tmp_path / "out", progress=quiet)
    assert "Readiness newer" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


def test_a_heading_twice_is_refused(spec: Path) -> None:
    write(spec.parent, *ROWS, head=HEAD.replace("price_low", "price"))
    with pytest.raises(IndexInputError, match="has 2 columns called 'price'; rename"):
        load(spec)


@pytest.mark.parametrize("space", ["\u2009", "\u202f", "\u00a0", " "])
def test_spaces_between_digits_are_understood(spec: Path, space: str) -> None:
    write(spec.parent, *(row.replace("1 500", f"1{space}500") for row in ROWS))
    assert load(spec).numbers.denominators[2, 0] == 1500


def test_decimal_commas_are_understood_when_the_spec_says_so(spec: Path) -> None:
    text = SPEC.replace('file = "readiness.csv"', 'file = "readiness.csv"\ndecimal = ","\n')
    spec.write_text(text.replace("[table]", '[table]\ndelimiter = ";"'), encoding="utf-8")
    rows = [row.replace(",", ";") for row in ROWS]
    rows[0] = rows[0].replace("5000", "5 000,5")
    write(spec.parent, *rows, head=HEAD.replace(",", ";"))
    assert load(spec).numbers.values[0, 0] == 5000.5


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("BBB,Boria", "AAA,Boria", r"readiness.csv row 3, column iso3: 'AAA' stands in row 2"),
        ("BBB,Boria", ",Boria", r"row 3, column iso3: names no place"),
        ("9000", '"9000,5"', r'row 3 \(BBB\), column servers: .*decimal = ","'),
        ("9000", "many", r"row 3 \(BBB\), column servers: 'many'"),
        ("9000", "<9000", r"column servers: '<9000' is a bound"),
        ("2000", "0", r"place BBB, column servers: its denominator is 0"),
        ("12,10,13", "12,13,14", r"place BBB, column price: its interval does not hold"),
        ("2000,9000", "9000", r"row 3: has 8 cells under 9 headings"),
        ("9000", "nan", r"column servers: 'nan'"),
        ("9000", "9" * 200_000, r"row 3.*(field larger .*; check quotes|is too large; correct)"),
    ],
)
def test_a_bad_cell_is_named_with_its_mend(spec: Path, old: str, new: str, said: str) -> None:
    write(spec.parent, *(row.replace(old, new) for row in ROWS))
    with pytest.raises(IndexInputError, match=said) as error:
        load(spec)
    assert "; " in str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('code = "skills"', 'code = "skilz"', "no column 'skilz'; there are: iso3"),
        ('parent = "people_pillar"', 'parent = "people"', "its parent 'people' is no aggregate"),
        ("runs = 200", "rums = 200", "rums"),
        ("available = 0.6", "available = 60", "available"),
        ('title = "Readiness <of> five"', "title = ", "is no TOML"),
        ("sobol = 16", "sobol = 15", "15 is no power of two"),
        ('file = "readiness.csv"', 'file = "readiness.csv"\nwhere = {iso3 = "X"}', "has no row"),
        ('high = "price_high"', "", "one end of an interval"),
        ('impute = "group_mean"', 'normalise = "goalposts"', "servers: has no goalposts"),
        ('name = "Access"\nparent = "index"', 'name = "Access"', "2 have no parent"),
        ('code = "price"', 'code = "servers"', "servers: stands 2 times"),
        ('impute = "group_mean"', "range = [100, 0]", "is no range"),
        ('group = "income"', "", "takes groups and there are none; name their column"),
        ("available = 0.6", 'aggregate = ["median", "median", "median"]', "3 means for 2 levels"),
        ("available = 0.6", "aggregate = []", "0 means for 2 levels"),
        ('code = "price"', 'code = "price"\nweight = nan', "indicators 2, weight: is nan"),
    ],
)
def test_a_bad_spec_is_named_with_its_mend(spec: Path, old: str, new: str, said: str) -> None:
    assert old in SPEC
    spec.write_text(SPEC.replace(old, new), encoding="utf-8")
    with pytest.raises(IndexInputError, match=said):
        load(spec)


def test_weights_that_do_not_sum_are_refused_unless_relative(spec: Path) -> None:
    text = SPEC.replace('code = "price"', 'code = "price"\nweight = 0.3')
    spec.write_text(text, encoding="utf-8")
    with pytest.raises(IndexInputError, match=r"below access .* sum to 1.3; make them sum to 1"):
        load(spec)
    spec.write_text(text.replace("[steps]", "[steps]\nrelative_weights = true"), encoding="utf-8")
    assert np.allclose(load(spec).framework.weights[:2], [1, 0.3])


def test_the_index_of_the_catalogue_is_computed_from_its_sources(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run = ["index", "ai_readiness_central_asia", "-o", str(out)]
    done = CliRunner().invoke(cli, run, standalone_mode=False)
    assert done.exception is None
    raw = {row["place"]: row for row in rows_of(out / "steps" / "1_raw.csv")}
    assert len(raw) == 11
    assert (raw["KAZ"]["ai_user_share"], raw["KAZ"]["egdi"]) == ("15.9", "0.90093")
    assert raw["TKM"]["anthropic_usage_index"] == ""
    per_head = {row["place"]: row for row in rows_of(out / "steps" / "2_denominated.csv")}
    assert float(per_head["KAZ"]["github_developers"]) == pytest.approx(368641 / 12635718)
    top = [row for row in rows_of(out / "results.csv") if row["level"] == "3"]
    assert [row["rank"] for row in top] == [str(at) for at in range(1, 12)]
    assert all(row["rank_low"] for row in top)


def test_an_index_that_the_catalogue_lacks_is_answered_with_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="there is: ai_readiness_central_asia"):
        write_index("ai", tmp_path / "out", progress=quiet)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('file = "readiness.csv"', "", "does not say where the numbers are"),
        ('file = "readiness.csv"', 'sources = ["x"]', "does not say where the numbers are"),
        (
            'file = "readiness.csv"',
            'sources = ["undp_hdi_2022"]\nplaces = ["KAZ", "XXX"]',
            "'XXX' is no known place",
        ),
        (
            'file = "readiness.csv"',
            'sources = ["undp_hdi_2022"]\nplaces = ["KAZ", "UZB"]',
            "indicator servers: is in none of the tables",
        ),
    ],
)
def test_bad_sources_are_named(spec: Path, old: str, new: str, said: str) -> None:
    spec.write_text(SPEC.replace(old, new), encoding="utf-8")
    with pytest.raises(IndexInputError, match=said):
        load(spec)
