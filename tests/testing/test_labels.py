"""Populations in memory, and the tally as a peer of the oracle's own counting."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from uptake.model.dimensions import KEYS
from uptake.model.labels import SCHEMA, Labels
from uptake.tally import Plan, tally_table
from uptake.testing import draw_labels, example_spec, simulate, stream


@pytest.fixture(scope="module")
def table() -> pa.Table:
    return draw_labels(example_spec(), 2_000, stream(5, 0))


def test_the_table_is_what_labels_hold(table: pa.Table) -> None:
    assert Labels(table).table.schema.equals(SCHEMA)
    assert table.num_rows > 25_000
    assert pc.count_distinct(table["user"]).as_py() == 2_000
    assert pc.count_distinct(table["message"]).as_py() == table.num_rows
    assert all(table[name].null_count == 0 for name in table.column_names)


@pytest.mark.parametrize("name", ["intent", "work", "topic"])
def test_the_probability_of_the_label_is_one(table: pa.Table, name: str) -> None:
    from uptake.catalog import facet

    ids = facet(name).ids
    chances = np.array(table[f"{name}_p"].to_pylist())
    assert (chances.sum(axis=1) == 255).all()
    assert [ids[i] for i in chances.argmax(axis=1)] == table[name].to_pylist()


def test_a_person_is_in_one_bucket_and_a_conversation_is_one_persons(table: pa.Table) -> None:
    plain = table.select(["user", "bucket", "conversation"])
    assert plain.group_by(["user", "bucket"]).aggregate([]).num_rows == 2_000
    talks = plain.group_by("conversation").aggregate([("user", "count_distinct")])
    assert pc.max(talks["user_count_distinct"]).as_py() == 1
    assert pc.max(table["bucket"]).as_py() == 15


def test_nobody_gives_an_empty_table() -> None:
    assert draw_labels(example_spec(), 0, stream(5, 0)).num_rows == 0


def test_the_tally_and_the_oracle_count_the_same(tmp_path: Path) -> None:
    """Without a cap and without minors, both count the population that was written."""
    truth = simulate(tmp_path, people=1_500, seed=5, expected_people=0)
    drawn = draw_labels(example_spec(), 1_500, stream(5, 0))
    assert drawn.num_rows == truth.totals["messages"]
    adults = drawn.filter(pc.field("age_band") != "13-17")
    cells, _ = tally_table(adults, Plan(cap=10**6))
    counted = {
        tuple(row[name] for name in KEYS): (row["messages"], row["people"], row["conversations"])
        for row in cells.table.to_pylist()
        if row["messages"]
    }
    stated = {
        key: tuple(map(int, row.values()))
        for key, row in truth.realised.by_key().items()
        if "age_band" in key[0] and key[3] != "13-17"
    }
    assert len(stated) > 3_000
    assert {key: counted[key] for key in stated} == stated
