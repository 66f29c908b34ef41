"""An observatory that names indices and programmes publishes their pages and files."""

import csv
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from tests.publish.test_pages import parsed

from uptake.flow.build import Built, Options, build
from uptake.index.spec import IndexInputError
from uptake.model.errors import ConfigError, UptakeError
from uptake.testing.programme import Training, write_training

CONFIG = """
[observatory]
title = "Test observatory"
notice = "synthetic demonstration data"
[region]
name = "Here"
places = ["KAZ", "UZB", "KGZ"]
[tables]
catalogue = []
[index]
specs = ["indices/own.toml"]
[programmes]
files = ["programmes/training.toml", "programmes/later.toml"]
"""
SPEC = """
title = "Readiness <here>"
[table]
file = "own.csv"
name = "country"
[[indicators]]
code = "schooling"
unit = "years"
parent = "base"
low = "least"
high = "most"
[[indicators]]
code = "servers"
parent = "net"
[[aggregates]]
code = "base"
parent = "index"
[[aggregates]]
code = "net"
parent = "index"
[[aggregates]]
code = "index"
[uncertainty]
runs = 60
weight_noise = 0.5
sobol = 8
"""
ROWS = """place,country,schooling,least,most,servers
KAZ,Kazakhstan,12,11,13,50
UZB,Uzbekistan,11,10,12,20
KGZ,Kyrgyzstan,11.5,11,12,
"""
PROGRAMME = """
name = "Training <of> teachers"
method = "callaway-santanna"
places = ["KAZ"]
notice = "Synthetic: all is invented."
panel = { file = "FILE.csv", unit = "school", period = "month", outcome = "share_of_lessons" }
plan = { sd = 3.0, autocorrelation = 0.5, effect = 6.0 }
treated = [
  { units = ["school-01", "school-02", "school-03", "school-04"], from = "2025-05" },
  { units = ["school-05", "school-06", "school-07", "school-08"], from = "2025-07" },
]
"""
TRAINING = Training(effect=8.0, schools=24, cohorts=((4, 4), (6, 4)), months=9, known=9)


def quiet(what: str, done: int, total: int) -> None:
    pass


def made(folder: Path) -> Built:
    return build(folder, Options(), quiet)


def written(folder: Path) -> Path:
    for name, text in {
        "observatory.toml": CONFIG,
        "indices/own.toml": SPEC,
        "indices/own.csv": ROWS,
        "programmes/training.toml": PROGRAMME.replace("FILE", "training"),
        "programmes/later.toml": PROGRAMME.replace("FILE", "later").replace("<of>", "later of"),
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    write_training(folder / "programmes/training.csv", TRAINING)
    later = Training(effect=0.0, schools=24, cohorts=TRAINING.cohorts, months=9, known=4)
    write_training(folder / "programmes/later.csv", later)
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = written(tmp_path_factory.mktemp("compared"))
    made(folder)
    return folder


def page(folder: Path, name: str) -> str:
    return (folder / "build/site" / name).read_text(encoding="utf-8")


def test_their_pages_stand_in_the_navigation_with_files_beside_them(built: Path) -> None:
    home = page(built, "index.html")
    assert '<a href="indices.html">Index</a>' in home
    assert '<a href="programmes.html">Programmes</a>' in home
    site = built / "build/site"
    for folder, files in {
        "indices/own": ("index.html", "index.json", "results.csv", "steps/pairwise.csv"),
        "programmes/training": ("index.html", "effect.json", "event-study.svg", "paths.svg"),
        "programmes/later": ("index.html", "plan.json", "preregistration.json"),
    }.items():
        for file in files:
            assert (site / folder / file).is_file(), (folder, file)
    assert not (site / "programmes/later/effect.json").exists()


def test_every_link_of_their_pages_leads_somewhere(built: Path) -> None:
    site = built / "build/site"
    names = ["indices.html", "programmes.html", "indices/own/index.html"]
    names += [f"programmes/{name}/index.html" for name in ("training", "later")]
    for name in names:
        text = page(built, name)
        assert "&lt;" in text or "<of>" not in text
        assert not re.search(r'src="|<link[^>]+href="http', text)
        for href in re.findall(r'href="([^"#]+)"', text):
            if not href.startswith("http"):
                assert ((site / name).parent / href).resolve().is_file(), (name, href)


def test_a_measured_programme_shows_its_verdict_and_a_planned_one_what_it_can_see(
    built: Path,
) -> None:
    listed = page(built, "programmes.html")
    assert '<span class="kind">measured</span>' in listed
    assert "An increase is seen" in listed
    assert '<span class="kind">planned</span>' in listed
    assert "is seen with a probability of 80% or more" in listed
    assert listed.count("Synthetic: all is invented.") == 2
    own = page(built, "programmes/training/index.html")
    assert "Training &lt;of&gt; teachers" in own
    assert own.count('role="img"') == 2
    assert own.count("<caption>") == 2  # each plot as a table


def test_a_profile_says_where_its_place_stands_and_what_programmes_did(built: Path) -> None:
    kaz, uzb = page(built, "places/kaz.html"), page(built, "places/uzb.html")
    assert "Kazakhstan has rank 1 of 3" in kaz
    assert "An increase is seen" in kaz
    assert "Uzbekistan has rank" in uzb
    assert "Training" not in uzb


def test_places_stand_side_by_side_with_gaps_said(built: Path) -> None:
    text = page(built, "indices/own/index.html")
    table = text[text.index('id="compare"') : text.index("</table>", text.index('id="compare"'))]
    assert "(11–13)" in table
    assert '<abbr class="mark" title="no value">–</abbr>' in table
    assert "years" in table
    assert text.count('type="checkbox"') == 3
    pairs = text[text.index("Of 100 runs, how many put") :]
    assert "Kazakhstan" in pairs[: pairs.index("</table>")]


@pytest.mark.parametrize(
    "name",
    [
        "indices.html",
        "programmes.html",
        "indices/own/index.html",
        "programmes/training/index.html",
        "programmes/later/index.html",
        "places/kaz.html",
    ],
)
def test_their_pages_are_well_formed_and_can_be_read_without_eyes(built: Path, name: str) -> None:
    root = parsed(built / "build/site" / name)
    levels = [int(n.tag[1]) for n in root.walk() if re.fullmatch("h[1-6]", n.tag)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [n.attributes["id"] for n in root.walk() if "id" in n.attributes]
    assert len(ids) == len(set(ids))
    assert {n.attributes.get("aria-labelledby", ids[0]) for n in root.walk()} <= set(ids)
    for table in root.all("table"):
        assert table.all("caption")[0].said()
        assert all(th.attributes.get("scope") in {"col", "row"} for th in table.all("th"))
        assert len({len(row.children) for row in table.all("tr")}) == 1
    for box in root.all("input"):
        assert box.parent is not None
        assert box.parent.tag == "label"


def test_gaps_are_listed_by_place(built: Path) -> None:
    text = page(built, "indices/own/index.html")
    part = text[text.index('id="gaps"') :]
    assert "<dt>Kyrgyzstan</dt><dd>servers</dd>" in part
    assert "1 of 6 cells are empty" in part


def test_the_release_holds_them_as_tables(built: Path) -> None:
    release = next((built / "build/release").iterdir())
    with (release / "csv/index-results.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(r["place"], r["rank"]) for r in rows[:1]] == [("KAZ", "1")]
    assert {r["index"] for r in rows} == {"own"}
    found = json.loads((release / "json/programmes.json").read_text(encoding="utf-8"))["rows"]
    assert [one["status"] for one in found] == ["measured", "planned"]
    assert found[0]["low"] < 8 < found[0]["high"]
    assert found[1]["estimate"] is None
    assert found[0]["as_registered"] == "yes"


def test_nothing_is_done_again_until_a_panel_or_a_spec_changes(tmp_path: Path) -> None:
    folder = written(tmp_path)
    first = made(folder)
    assert first.release is not None
    assert made(folder).release is None
    write_training(folder / "programmes/later.csv", TRAINING)
    second = made(folder)
    assert second.release is not None
    assert [one.status for one in second.release.programmes] == ["measured", "measured"]
    assert second.release.id != first.release.id


def test_a_programme_changed_after_its_outcome_is_exploratory_and_said(tmp_path: Path) -> None:
    folder = written(tmp_path)
    made(folder)
    for name in ("training", "later"):
        path = folder / f"programmes/{name}.toml"
        path.write_text(path.read_text().replace("callaway-santanna", "did2s"), encoding="utf-8")
    found = made(folder)
    assert found.release is not None
    measured, planned = found.release.programmes
    assert (measured.changed, planned.changed) == (True, False)
    assert found.warnings == (
        "training.toml: the programme differs from its registration, so its result is exploratory",
    )
    assert "exploratory" in page(folder, "programmes/training/index.html")


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "observatory.toml",
            "own.toml",
            "other.toml",
            r"'indices/other.toml', and there is no such",
        ),
        ("observatory.toml", "indices/own.toml", "ai", "unknown .*'ai'; there is: ai_readiness"),
        ("observatory.toml", "later.toml", "none.toml", r"none.toml: there is no such file in"),
        (
            "observatory.toml",
            "later.toml",
            "../programmes/training.toml",
            "'training' twice; rename",
        ),
        ("indices/own.toml", "own.csv", "none.csv", r"none.csv: there is no such file"),
        ("indices/own.csv", "11.5", "11,5", r"own.csv row 4: has 7 cells under 6 headings"),
        ("indices/own.csv", "UZB,Uz", "KAZ,Uz", r"row 3, column place: 'KAZ' stands in row 2"),
        (
            "programmes/later.toml",
            "KAZ",
            "Kazakhstan",
            "later.toml: places: 'Kazakhstan' is no known",
        ),
        ("programmes/later.toml", "plan =", "plam =", "later.toml: .*plam"),
    ],
)
def test_a_wrong_one_is_named_and_nothing_is_published(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    folder = written(tmp_path)
    path = folder / file
    assert old in path.read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(UptakeError, match=said) as error:
        made(folder)
    assert isinstance(error.value, ConfigError | IndexInputError) or "there is:" in str(error.value)
    assert not (folder / "build/site").exists()


def test_a_file_outside_the_observatory_is_refused(tmp_path: Path) -> None:
    """A build would not see that it changed."""
    folder = written(tmp_path / "obs")
    elsewhere = tmp_path / "elsewhere.csv"
    elsewhere.write_text(ROWS, encoding="utf-8")
    path = folder / "indices/own.toml"
    path.write_text(SPEC.replace("own.csv", elsewhere.as_posix()), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"names it by its whole path; write it from"):
        made(folder)
