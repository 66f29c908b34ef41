"""Under-18s and protected places, through the command line in both modes, from planted counts.

Each log has so many people of a kind that any figure, total or number of what was read which
includes them is another number; those are looked for, and what should be there is there.
"""

import json
from itertools import combinations
from pathlib import Path

import duckdb
import pytest
from pyarrow import csv
from tests.flow.conftest import write_lines

from uptake.cli import main
from uptake.model.errors import Exit

SETTINGS = """
[observatory]
title = "Test observatory"
[region]
name = "Here"
places = ["KAZ", "UZB", "KGZ", "TJK"]
[tables]
catalogue = []
[usage]
splits = ["", "place", "month", "place+gender", "place+age_band"]
[privacy]
{privacy}
"""
QUIET = """
since = "2025-02"
until = "2025-02"
budget = 1e9
people_noise = 0.0625
messages_noise = 0.0625
moments_noise = 0.0625
totals_noise = 0.0625
heads_noise = 0.0625
"""
PEOPLE = {"KZ": 101, "UZ": 67, "KG": 43, "TJ": 31}
MINORS = 29
"""Of Kazakhstan. Any sum of some of these numbers is another one: see the first test."""
KINDS = {**PEOPLE, "minor": MINORS}


def logs(folder: Path) -> None:
    """Write one message a conversation and two conversations a person."""
    found: list[dict[str, object]] = [
        {
            "id": f"{kind}-{person}-{number}",
            "user": f"{kind}-{person}@example.org",
            "created_at": 1_740_000_000 + number,
            "messages": [{"role": "user", "content": f"Write a letter {kind} {person}"}],
            "metadata": {
                "country": "KZ" if kind == "minor" else kind,
                "birth_year": 2010 if kind == "minor" else 1990,
                "given_name": ("Aigerim", "Nurlan")[person % 2],
            },
        }
        for kind, people in KINDS.items()
        for person in range(people)
        for number in range(2)
    ]
    write_lines(folder / "logs" / "logs.jsonl", found)


def run(*arguments: object) -> int:
    """Call the command line in this process; return its exit state."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["uptake", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
    return int(ended.value.code or 0)


def built(folder: Path, privacy: str) -> Path:
    """Build by the command line and return the release's folder."""
    folder.mkdir(exist_ok=True)
    (folder / "observatory.toml").write_text(SETTINGS.format(privacy=privacy), encoding="utf-8")
    logs(folder)
    assert run("build", folder, "-j", 1) == 0
    [release] = (folder / "build" / "release").iterdir()
    return release


def rows(release: Path, table: str) -> list[dict[str, object]]:
    return csv.read_csv(release / "csv" / f"{table}.csv").to_pylist()


def groups(release: Path) -> dict[str, int | None]:
    """Return people by place, of the table of groups."""
    at = ("month", "age_band", "gender", "language")
    found = [r for r in rows(release, "groups") if all(r[name] == "all" for name in at)]
    return {str(r["place"]): r["people"] for r in found}  # type: ignore[misc]


def test_each_sum_of_some_kinds_is_a_number_of_its_own() -> None:
    """Else a number that was met could not be told to include somebody or not."""
    sums = [sum(c) for n in range(1, 6) for c in combinations(KINDS.values(), n)]
    assert len(set(sums)) == len(sums)


def forbidden(kept: set[str], hidden: set[str]) -> list[str]:
    """Return all numbers of people and of messages that include somebody who is in no figure."""
    told = {2 * sum(c) for n in range(1, 6) for c in combinations([KINDS[k] for k in kept], n)}
    bad = set()
    for n in range(1, 6):
        for chosen in combinations(KINDS, n):
            if hidden & set(chosen):
                whole = sum(KINDS[kind] for kind in chosen)
                bad |= {whole, 2 * whole}
    return sorted(str(n) for n in bad - told - {n // 2 for n in told} if n > 60)


def numbers(release: Path) -> set[str]:
    """Return every number that a release or its site prints as data."""
    found: set[str] = set()
    for path in release.rglob("*.csv"):
        for row in csv.read_csv(path).to_pylist():
            found |= {str(value) for value in row.values() if isinstance(value, int)}
    index = json.loads((release / "json" / "index.json").read_bytes())
    found |= {str(value) for value in index["quality"].values() if isinstance(value, int)}
    return found


HIDE = 'mode = "{mode}"\nwithheld_places = ["TJK"]\n{more}'
MERGE = 'mode = "{mode}"\ncoarsened_places = ["KGZ", "TJK"]\n{more}'


def test_internal_figures_and_totals_are_of_the_others_alone(tmp_path: Path) -> None:
    release = built(tmp_path / "o", HIDE.format(mode="internal", more=""))
    found = groups(release)
    assert found["all"] == 101 + 67 + 43
    assert found["TJK"] is None
    assert (found["KAZ"], found["UZB"], found["KGZ"]) == (101, 67, 43)
    assert numbers(release) & set(forbidden({"KZ", "UZ", "KG"}, {"TJ", "minor"})) == set()
    assert {"211", "422"} <= numbers(release)
    shares = [r for r in rows(release, "shares") if r["facet"] in ("place", "age_band")]
    marked = {str(r["value"]) for r in shares if r["share"] is None}
    assert {"TJK", "13-17", "under-13"} <= marked
    finer = [r for r in rows(release, "groups") if r["place"] == "TJK"]
    assert len(finer) == 1, "no split of a withheld place is even listed"


def test_what_was_read_tells_no_minors_by_subtraction(tmp_path: Path) -> None:
    release = built(tmp_path / "o", HIDE.format(mode="internal", more=""))
    quality = json.loads((release / "json" / "index.json").read_bytes())["quality"]
    assert quality["messages"] == 2 * 211 + quality["capped"]
    assert (quality["people"], quality["conversations"]) == (211, 2 * 211)
    assert [file[2:] for file in quality["files"]] == [["100-999", "100-999", 0]]


def test_the_views_hold_nobody_who_is_in_no_figure(tmp_path: Path) -> None:
    built(tmp_path / "o", HIDE.format(mode="internal", more=""))
    with duckdb.connect(
        str(tmp_path / "o" / "build" / "uptake.duckdb"), read_only=True
    ) as database:
        asked = "SELECT count(DISTINCT user), count(*) FILTER (age_band = '13-17') FROM labels"
        assert database.execute(asked).fetchall() == [(211, 0)]


def test_coarsened_places_are_counted_with_unknown_ones(tmp_path: Path) -> None:
    release = built(tmp_path / "o", MERGE.format(mode="internal", more=""))
    found = groups(release)
    assert found["all"] == 101 + 67 + 43 + 31
    assert found["unknown"] == 43 + 31
    assert found["KGZ"] is None
    assert found["TJK"] is None
    seen = numbers(release)
    assert not {"43", "86", "31", "62", "29", "58", str(211), str(242 + 29)} & seen


@pytest.mark.parametrize(
    ("privacy", "places", "unknown"),
    [(HIDE, {"KAZ": 101, "UZB": 67, "KGZ": 43}, 0), (MERGE, {"KAZ": 101, "UZB": 67}, 43 + 31)],
    ids=["withheld", "coarsened"],
)
def test_public_mode_merges_before_it_bounds_and_draws(
    tmp_path: Path, privacy: str, places: dict[str, int], unknown: int
) -> None:
    pytest.importorskip("opendp")
    release = built(tmp_path / "o", privacy.format(mode="public", more=QUIET))
    found = groups(release)
    for place, people in places.items():
        assert found[place] == pytest.approx(people, abs=2), place
    assert found["all"] == pytest.approx(sum(places.values()) + unknown, abs=12)
    for place in {"KGZ", "TJK"} - set(places):
        assert found[place] is None
    if unknown:
        assert found["unknown"] == pytest.approx(unknown, abs=2)


def test_every_account_of_the_release_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    release = built(tmp_path / "o", HIDE.format(mode="internal", more=""))
    capsys.readouterr()
    assert run("explain", tmp_path / "o") == 0
    methods = (tmp_path / "o" / "build" / "site" / "methods.html").read_text(encoding="utf-8")
    package = json.loads((release / "datapackage.json").read_bytes())
    assert package["protected_places"] == {"withheld": ["TJK"], "coarsened": []}
    for text in (capsys.readouterr().out, methods, package["description"]):
        assert "people in Tajikistan are in none of them either" in text
        assert "People under 18 are in no figure" in text


@pytest.mark.parametrize(
    ("privacy", "said"),
    [
        ('withheld_places = ["USA"]', "privacy.withheld_places has 'USA', which region.places"),
        ('withheld_places = ["tjk"]', "there is: KAZ, UZB, KGZ, TJK"),
        ('withheld_places = ["TJK", "TJK"]', "privacy.withheld_places names TJK twice"),
        (
            'withheld_places = ["TJK"]\ncoarsened_places = ["TJK", "KGZ"]',
            "privacy.coarsened_places names TJK and so does privacy.withheld_places",
        ),
        ('coarsened_places = ["TJK"]', "privacy.coarsened_places has TJK alone; name at least 2"),
        ('withheld_places = ["KAZ", "UZB", "KGZ", "TJK"]', "leave no place of region.places"),
        ('withheld_place = ["TJK"]', "withheld_place"),
    ],
)
def test_a_wrong_list_is_refused_by_file_and_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], privacy: str, said: str
) -> None:
    (tmp_path / "observatory.toml").write_text(SETTINGS.format(privacy=privacy), encoding="utf-8")
    assert run("build", tmp_path) == Exit.REFUSED
    told = capsys.readouterr().err
    assert said in told
    assert str(tmp_path / "observatory.toml") in told
