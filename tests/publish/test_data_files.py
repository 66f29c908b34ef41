"""CSV, Parquet, JSON and the data package hold the same figures, the same bytes each time."""

import csv
import hashlib
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake.model.estimate import Estimate
from uptake.model.release import Release
from uptake.publish import OUTPUTS, Edition, content_id
from uptake.publish.columns import Column, Table, rounded
from uptake.publish.csv_files import guarded, text_of
from uptake.publish.tables import tables

DATA = ("csv", "parquet", "json", "datapackage")


@pytest.fixture(scope="module")
def data(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    for name in DATA:
        OUTPUTS[name](Edition(release), folder)
    return folder


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_share_has_one_row_with_its_interval_or_its_mark(data: Path, release: Release) -> None:
    rows = [r for path in sorted((data / "csv").glob("shares*.csv")) for r in rows_of(path)]
    assert len(rows) == len(release.estimates.shares)
    by_key = {
        (r["facet"], r["value"], r["measure"], r["place"], r["month"], r["age_band"], r["gender"],
         r["language"]): r
        for r in rows
    }  # fmt: skip
    for key, found in release.estimates.rows():
        row = by_key[key.facet, key.value, key.measure, key.place, key.month, key.age_band,
                     key.gender, key.language]  # fmt: skip
        if found is None:
            assert row["status"] == "withheld"
            assert {row[n] for n in ("share", "low", "high", "level", "people")} == {""}
        else:
            assert row["status"] == "published"
            assert float(row["share"]) == pytest.approx(found.value, abs=1e-6)
            assert float(row["low"]) <= float(row["share"]) <= float(row["high"])
            assert int(row["people"]) == found.n


def test_a_group_that_is_withheld_shows_no_size(data: Path, release: Release) -> None:
    rows = rows_of(data / "csv" / "groups.csv")
    hidden = [r for r in rows if r["status"] == "withheld"]
    assert len(hidden) == sum(g.people is None for g in release.estimates.groups.values()) > 0
    assert {r[n] for r in hidden for n in ("people", "conversations", "messages")} == {""}


def test_the_json_api_holds_the_values_of_the_csv(data: Path) -> None:
    index = json.loads((data / "json" / "index.json").read_bytes())
    told: dict[tuple[str, ...], dict[str, Any]] = {}
    for place, name in index["files"]["usage"].items():
        content = json.loads((data / "json" / name).read_bytes())
        assert content["schema"] == "uptake.api/1"
        assert content["place"] == place
        for group in content["groups"]:
            where = tuple(group[d] for d in ("place", "month", "age_band", "gender", "language"))
            for facet, values in group["shares"].items():
                for value, measures in values.items():
                    for measure, share in measures.items():
                        told[(*where, facet, value, measure)] = share
    rows = [r for path in sorted((data / "csv").glob("shares*.csv")) for r in rows_of(path)]
    assert len(told) == len(rows)
    for row in rows:
        share = told[tuple(row.values())[:8]]
        if row["status"] == "withheld":
            assert share == {"status": "withheld"}
        else:
            numbers = (share["value"], share["low"], share["high"], share["level"], share["n"])
            names = ("share", "low", "high", "level", "people")
            assert numbers == tuple(float(row[n]) for n in names)


def test_other_json_files_hold_the_rows_of_their_table(data: Path, release: Release) -> None:
    index = json.loads((data / "json" / "index.json").read_bytes())
    for table in tables(release):
        if table.name in index["files"]:
            content = json.loads((data / "json" / index["files"][table.name]).read_bytes())
            nested = {c.name for c in table.columns if c.type in ("object", "array")}
            names = [column.name for column in table.columns]
            for row, wanted in zip(content["rows"], table.rows, strict=True):
                for name, value in zip(names, wanted, strict=True):
                    assert row[name] == (json.loads(str(value)) if name in nested else value)


def test_parquet_holds_the_rows_of_the_csv(data: Path) -> None:
    shares = pq.read_table(data / "parquet" / "shares.parquet")
    rows = [r for path in sorted((data / "csv").glob("shares*.csv")) for r in rows_of(path)]
    assert shares.num_rows == len(rows)
    assert shares.column_names == list(rows[0])
    known = [r["share"] for r in rows if r["share"]]
    assert sorted(map(float, known)) == sorted(
        v for v in shares["share"].to_pylist() if v is not None
    )
    assert set(shares["notice"].to_pylist()) == {"synthetic demonstration data"}


def test_the_data_package_describes_the_files_as_they_are(data: Path) -> None:
    package = json.loads((data / "datapackage.json").read_bytes())
    names = [resource["name"] for resource in package["resources"]]
    assert sorted(names) == sorted(p.stem for p in (data / "csv").glob("*.csv"))
    assert len(set(names)) == len(names)
    for resource in package["resources"]:
        content = (data / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        head, *rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
        fields = resource["schema"]["fields"]
        assert head == [f["name"] for f in fields]
        assert resource["rows"] == len(rows)
        assert all(f["description"] for f in fields)
        for row in rows[:500]:
            for cell, described in zip(row, fields, strict=True):
                if cell and described["type"] in ("object", "array"):
                    made = json.loads(cell)
                    assert isinstance(made, dict if described["type"] == "object" else list)
                elif cell and described["type"] != "string":
                    float(cell)
                    assert described["type"] == "number" or "." not in cell
        key = resource["schema"].get("primaryKey", [])
        keys = [tuple(row[head.index(name)] for name in key) for row in rows]
        assert not key or len(set(keys)) == len(keys), resource["name"]


def test_the_data_package_names_sources_and_their_licences(data: Path) -> None:
    package = json.loads((data / "datapackage.json").read_bytes())
    assert all(s["title"] and s["licence"] for s in package["sources"])
    assert all(s.get("path", "http").startswith("http") for s in package["sources"])
    observations = next(r for r in package["resources"] if r["name"] == "observations")
    assert observations["licenses"] == [{"name": "CC-BY-4.0", "title": "CC-BY-4.0"}]
    assert observations["schema"]["foreignKeys"]


@pytest.mark.parametrize("output", DATA)
def test_the_same_release_gives_the_same_bytes(
    output: str, release: Release, data: Path, tmp_path: Path
) -> None:
    OUTPUTS[output](Edition(release), tmp_path)
    written = [p for p in sorted(tmp_path.rglob("*")) if p.is_file()]
    assert written
    for path in written:
        assert path.read_bytes() == (data / path.relative_to(tmp_path)).read_bytes(), path.name


@given(st.text())
def test_no_cell_begins_a_formula_and_none_is_lost(text: str) -> None:
    written = text_of((Column("a", "string", ""),), [(text,)], "")
    (_, row) = csv.reader(io.StringIO(written, newline=""))
    assert not row[0].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert row[0].removeprefix("'") == text or row[0] == text


def test_numbers_are_not_guarded() -> None:
    assert guarded(-0.5) == -0.5
    assert guarded(None) is None


def test_a_hostile_text_of_a_release_is_guarded_in_its_csv(data: Path) -> None:
    texts = [p.read_text(encoding="utf-8") for p in (data / "csv").glob("*.csv")]
    assert any("'=HYPERLINK(1)" in text for text in texts)
    cells = [c for text in texts for row in csv.reader(io.StringIO(text)) for c in row]
    assert not [c for c in cells if c.startswith(("=", "@", "+"))]


@given(st.floats(0, 1))
def test_a_positive_share_stays_positive_in_files(share: float) -> None:
    assert (rounded(share) > 0) == (share > 0)
    assert rounded(share) == pytest.approx(share, abs=1e-6)


def test_the_id_follows_the_content_and_not_itself(release: Release) -> None:
    first = content_id(release)
    assert content_id(replace(release, id="other")) == first
    key, found = next(iter((k, e) for k, e in release.estimates.rows() if e is not None))
    assert isinstance(found, Estimate)
    changed = {**release.estimates.shares, key: replace(found, high=found.high + 1e-9)}
    for other in (
        replace(release, estimates=replace(release.estimates, shares=changed)),
        replace(release, estimates=replace(release.estimates, shares={**changed, key: None})),
        replace(release, synthetic=""),
        replace(release, messages_cap=31),
        replace(release, quality=replace(release.quality, capped=1)),
    ):
        assert content_id(other) != first
    assert len(first.removeprefix("internal-")) == 16


def test_a_release_without_usage_or_evidence_still_writes(bare: Release, tmp_path: Path) -> None:
    from uptake.model.estimate import Estimates

    empty = replace(bare, estimates=Estimates({}))
    for name in DATA:
        OUTPUTS[name](Edition(empty), tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_bytes())
    assert package["resources"]


def test_all_outputs_of_an_edition_share_its_tables(
    tiny: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from uptake.publish import edition

    made = []

    def counted(release: Release) -> list[Table]:
        made.append(release)
        return tables(release)

    monkeypatch.setattr(edition, "tables", counted)
    one = Edition(tiny)
    for name in (*DATA, "site"):
        OUTPUTS[name](one, tmp_path / name)
    assert len(made) == 1
