"""The files on claims: quotes come back as they were, each row says what it rests on."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import msgspec
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake.model.claim import Claim
from uptake.model.knowledge import Knowledge
from uptake.model.release import Release
from uptake.publish import OUTPUTS, Edition
from uptake.publish.columns import Table
from uptake.publish.csv_files import text_of
from uptake.publish.evidence.tables import CLAIM_COLUMNS, evidence_tables
from uptake.publish.json_api import rows_of as json_rows

TABLES = {
    "claims", "entities", "stories", "agreements", "contradictions", "target-pairs",
    "target-distances", "corroborations", "initiative-stages", "attention", "promises",
}  # fmt: skip


@pytest.fixture(scope="module")
def data(tiny: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("claims")
    edition = Edition(tiny)
    for name in ("csv", "parquet", "json", "datapackage"):
        OUTPUTS[name](edition, folder)
    return folder


def read_back(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def unguarded(row: dict[str, str]) -> str:
    """Take the apostrophe off a guarded quote, as the column's description says."""
    long = len(row["quote"]) > int(row["end"]) - int(row["start"])
    return row["quote"][1:] if long else row["quote"]


def test_each_kind_of_table_is_written_in_each_format(data: Path) -> None:
    for name in TABLES:
        assert (data / "csv" / f"{name}.csv").is_file(), name
        assert (data / "parquet" / f"{name}.parquet").is_file(), name
        assert (data / "json" / f"{name}.json").is_file(), name


def test_quotes_come_back_from_csv_parquet_and_json(data: Path, tiny: Release) -> None:
    wanted = {claim.id: claim.quote for claim in tiny.knowledge.claims}
    rows = read_back(data / "csv" / "claims.csv")
    assert {row["claim"]: unguarded(row) for row in rows} == wanted
    assert any(row["quote"].startswith("'- says") for row in rows)
    table = pq.read_table(data / "parquet" / "claims.parquet").to_pylist()
    assert {row["claim"]: row["quote"] for row in table} == wanted
    content = json.loads((data / "json" / "claims.json").read_bytes())
    assert {row["claim"]: row["quote"] for row in content["rows"]} == wanted


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.integers(0, 99))
def test_any_quote_survives_csv(quote: str, start: int) -> None:
    claim = Claim(id="a", doc="d", type="event", quote=quote, start=start, end=start + len(quote))
    (table, *_) = evidence_tables_of(claim)
    text = text_of(table.columns, table.rows, "")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert unguarded(row) == quote


def evidence_tables_of(claim: Claim) -> list[Table]:
    return evidence_tables(_with(Knowledge(claims=(claim,))))


def _with(knowledge: Knowledge) -> Release:
    from uptake.model.estimate import Estimates
    from uptake.model.release import Evidence, Quality

    return Release(
        id="0", title="", region="", places=(), comparators=(), synthetic="", mode="public",
        thresholds=(10, 20), messages_cap=30, estimates=Estimates({}), quality=Quality(),
        evidence=Evidence(), labeller={}, version="1", knowledge=knowledge,
    )  # fmt: skip


def test_fields_are_json_in_files_and_nested_in_the_json_api(data: Path, tiny: Release) -> None:
    first = tiny.knowledge.claims[0]
    rows = {row["claim"]: row for row in read_back(data / "csv" / "claims.csv")}
    assert json.loads(rows[first.id]["fields"]) == first.fields
    assert json.loads(rows[first.id]["alternatives"]) == {"time": ["2024", "2025"]}
    content = json.loads((data / "json" / "claims.json").read_bytes())
    nested = next(row for row in content["rows"] if row["claim"] == first.id)
    assert nested["fields"]["value"] == 4e8
    assert nested["fields"]["comparator"] == ">"


def test_each_row_names_its_sources_and_their_licences(data: Path) -> None:
    claims = read_back(data / "csv" / "claims.csv")
    sources = {row["id"]: row["licence"] for row in read_back(data / "csv" / "sources.csv")}
    for row in claims:
        assert row["source"] in sources
        assert row["licence"].removeprefix("'") == sources[row["source"]].removeprefix("'")
    for name in TABLES - {"claims", "attention"}:
        for row in read_back(data / "csv" / f"{name}.csv"):
            assert row["licences"], name
            assert set(row["sources"].split()) <= set(sources), name
    (checked,) = read_back(data / "csv" / "corroborations.csv")
    assert checked["table_licence"] == sources[checked["table_source"]]


def test_what_claims_say_together_names_claims_that_are_there(data: Path) -> None:
    known = {row["claim"] for row in read_back(data / "csv" / "claims.csv")}
    columns = {"claims": str.split, "target": str.split, "actual": str.split, "claim": str.split}
    for name in TABLES - {"claims", "attention"}:
        for row in read_back(data / "csv" / f"{name}.csv"):
            for column in columns.keys() & row.keys():
                assert set(row[column].split()) <= known, (name, column)


def test_an_open_bound_is_an_empty_cell_and_no_zero(data: Path) -> None:
    (pair,) = read_back(data / "csv" / "target-pairs.csv")
    assert pair["actual_low"] == "433000000.0"
    assert pair["actual_high"] == pair["gap_low"] == ""
    assert "at most" in pair["sentence"]


def test_columns_of_claims_have_descriptions_and_a_reference_page() -> None:
    page = Path(__file__).parents[3] / "docs" / "reference" / "claims.md"
    text = page.read_text(encoding="utf-8")
    for column in CLAIM_COLUMNS:
        assert column.description
        assert f"`{column.name}`" in text, column.name
    for name in TABLES:
        assert f"`{name}`" in text, name


def test_a_release_without_claims_has_none_of_these_tables(tiny: Release) -> None:
    empty = replace(tiny, knowledge=Knowledge())
    assert not [table for table in evidence_tables(empty) if table.rows]


def test_json_rows_leave_other_tables_alone(tiny: Release) -> None:
    for table in evidence_tables(tiny):
        encoded = json.loads(msgspec.json.encode(json_rows(table)))
        assert len(encoded) == len(table.rows)
