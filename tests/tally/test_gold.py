"""The sums of a labelled sample against sums over Python lists."""

from collections import defaultdict
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from uptake.catalog import facet
from uptake.model.dimensions import KEYS
from uptake.model.goldcells import OWN
from uptake.model.rawgoldcells import RawGoldCells
from uptake.tally import Plan, split, tally_table
from uptake.tally.gold import ANSWERED, SAMPLE, tally_gold
from uptake.testing import draw_labels, example_spec

SPLITS = tuple(split(name) for name in ("", "place", "place+month", "age_band+language"))
Row = dict[str, Any]


def sampled(labels: pa.Table, rows: int, rng: np.random.Generator, people: str = "") -> pa.Table:
    """Draw messages; the truth is the label, but for one in four, which another value takes."""
    chosen = np.sort(rng.choice(labels.num_rows, rows, replace=False))
    table = labels.take(chosen)
    for name in ANSWERED:
        said = table[name].cast(pa.string()).to_pylist()
        other = [said[i] for i in rng.permutation(rows)]
        wrong = rng.random(rows) < 0.25
        true = [o if w else s for s, o, w in zip(said, other, wrong, strict=True)]
        if name == "work":
            true[:20] = [None] * 20
        table = table.append_column(f"true_{name}", pa.array(true, pa.string()))
    if people == "strangers":
        table = table.set_column(
            1, "user", pa.array([b"%016d" % i for i in range(rows)]).cast(pa.binary(16))
        )
    return table.cast(SAMPLE)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[pa.Table, pa.Table, list[Path]]:
    rng = np.random.default_rng(11)
    labels = draw_labels(example_spec(), 250, rng)
    folder = tmp_path_factory.mktemp("labels")
    middle = labels.num_rows // 2
    parts = [folder / "part-00000.parquet", folder / "part-00001.parquet"]
    pq.write_table(labels.slice(0, middle), parts[0])
    pq.write_table(labels.slice(middle), parts[1])
    return labels, sampled(labels, 600, rng), parts


@pytest.fixture(scope="module")
def summed(drawn: tuple[pa.Table, pa.Table, list[Path]]) -> RawGoldCells:
    return tally_gold(drawn[1], drawn[2], Plan(cap=10_000, splits=SPLITS))


def cell(table: pa.Table, **keys: str) -> Row:
    every = {"place": "all", "month": "all", "age_band": "all", "gender": "all", "language": "all"}
    (row,) = [
        row for row in table.to_pylist() if all(row[k] == v for k, v in {**every, **keys}.items())
    ]
    return row


def expected(
    labels: pa.Table, sample: pa.Table, name: str, value: str, place: str | None
) -> dict[str, float]:
    """Sum with plain loops; nobody writes more than the cap here, so that all is counted."""
    minors = ("13-17", "under-13")
    one: dict[bytes, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in sample.to_pylist():
        told = row[f"true_{name}"]
        if told is None or row["age_band"] in minors or (place and row["place"] != place):
            continue
        person = one[row["user"]]
        person["n"] += 1
        person["y"] += told == value
        person["f"] += row[name] == value
    for row in labels.to_pylist():
        if row["user"] in one and (not place or row["place"] == place):
            one[row["user"]]["N"] += 1
            one[row["user"]]["F"] += row[name] == value
    out: dict[str, float] = defaultdict(float)
    for p in one.values():
        for sums in OWN:
            out[sums] += prod(p[k] for k in sums)
            out[f"w_{sums}"] += prod(p[k] / p["N"] for k in sums)
        for k in "yfn":
            out[f"all_f_{k}"] += p["F"] * p[k]
            out[f"all_n_{k}"] += p["N"] * p[k]
            out[f"all_w_{k}"] += p["F"] / p["N"] * p[k] / p["N"]
    return {"messages": out["n"], "people": len(one), **out}


@pytest.mark.parametrize(
    ("name", "value", "place"),
    [
        ("intent", "doing", None),
        ("work", "study", None),
        ("topic_group", "writing", "KAZ"),
        ("topic", "programming", None),
        ("topic", "other_media", "UZB"),
        ("language", "ru", None),
    ],
)
def test_sums_are_those_of_plain_loops(
    drawn: tuple[pa.Table, pa.Table, list[Path]],
    summed: RawGoldCells,
    name: str,
    value: str,
    place: str | None,
) -> None:
    labels, sample, _ = drawn
    keys = {"split": "place" if place else "", "facet": name, "value": value}
    row = cell(summed.table, **keys, **({"place": place} if place else {}))
    for column, number in expected(labels, sample, name, value, place).items():
        assert row[column] == pytest.approx(number, rel=1e-6, abs=1e-6), column
    assert summed.strangers == 0


def test_a_sample_of_everything_sums_what_the_tally_sums(
    drawn: tuple[pa.Table, pa.Table, list[Path]],
) -> None:
    labels, _, parts = drawn
    plan = Plan(cap=10_000, splits=SPLITS)
    everything = labels
    for name in ANSWERED:
        everything = everything.append_column(f"true_{name}", labels[name].cast(pa.string()))
    gold = tally_gold(everything.cast(SAMPLE), parts, plan).table.to_pylist()
    cells, _ = tally_table(labels, plan)
    logs = {tuple(r[k] for k in KEYS): r for r in cells.table.to_pylist()}
    same = {
        "messages": "group_messages",
        "people": "group_people",
        "conversations": "group_conversations",
        "y": "messages",
        "yy": "messages_squared",
        "yn": "messages_cross",
        "nn": "group_messages_squared",
        "all_f_y": "messages_squared",
        "all_n_f": "messages_cross",
        "w_f": "weight",
        "w_yf": "weight_squared",
        "w_nn": "group_people",
        "all_w_y": "weight_squared",
    }
    compared = 0
    for row in gold:
        counted = logs.get(tuple(row[k] for k in KEYS))
        if counted is None:  # a language that nobody in the group writes in
            assert row["y"] == 0
            continue
        compared += 1
        for mine, theirs in same.items():
            assert row[mine] == pytest.approx(counted[theirs], rel=1e-6, abs=1e-6), (mine, row)
    assert compared > 1_000


def test_the_cap_bounds_what_the_sample_is_set_beside(
    drawn: tuple[pa.Table, pa.Table, list[Path]],
) -> None:
    _, sample, parts = drawn
    plan = Plan(cap=1, splits=(split("month"),))
    for row in tally_gold(sample, parts, plan).table.to_pylist():
        assert row["all_n_n"] == row["n"]  # each person counts one message a month


def test_each_value_of_a_closed_list_has_a_cell_in_each_group(
    drawn: tuple[pa.Table, pa.Table, list[Path]],
) -> None:
    _, sample, parts = drawn
    table = tally_gold(sample, parts, Plan(splits=SPLITS[:1])).table
    topics = [r["value"] for r in table.to_pylist() if r["facet"] == "topic"]
    assert sorted(topics) == sorted(facet("topic").ids)


def test_unlabelled_messages_are_in_no_sum(drawn: tuple[pa.Table, pa.Table, list[Path]]) -> None:
    _, sample, parts = drawn
    table = tally_gold(sample, parts, Plan(splits=SPLITS[:1])).table
    work = cell(table, split="", facet="work", value="work")
    intent = cell(table, split="", facet="intent", value="doing")
    assert 0 < intent["messages"] - work["messages"] <= 20


def test_the_order_of_rows_changes_no_bit(drawn: tuple[pa.Table, pa.Table, list[Path]]) -> None:
    _, sample, parts = drawn
    plan = Plan(splits=SPLITS[:2])
    order = np.random.default_rng(3).permutation(sample.num_rows)
    assert tally_gold(sample, parts, plan).table.equals(
        tally_gold(sample.take(order), parts[::-1], plan).table
    )


def test_people_who_are_not_in_the_logs_are_counted_and_speak_for_no_people(
    drawn: tuple[pa.Table, pa.Table, list[Path]],
) -> None:
    labels, _, parts = drawn
    sample = sampled(labels, 100, np.random.default_rng(5), "strangers")
    found = tally_gold(sample, parts, Plan(splits=SPLITS[:1]))
    row = cell(found.table, split="", facet="intent", value="doing")
    assert found.strangers == row["messages"]
    assert row["w_y"] is None
    assert row["all_n_n"] == 0
    assert tally_gold(sample, [], Plan(splits=SPLITS[:1])).table.equals(found.table)


def test_places_outside_the_region_are_left_out(
    drawn: tuple[pa.Table, pa.Table, list[Path]],
) -> None:
    _, sample, parts = drawn
    whole = tally_gold(sample, parts, Plan(splits=SPLITS[:2])).table
    one = tally_gold(sample, parts, Plan(places=("KAZ",), splits=SPLITS[:2])).table
    assert set(one["place"].to_pylist()) == {"all", "KAZ", "unknown"}
    keys = {"split": "place", "place": "KAZ", "facet": "intent", "value": "doing"}
    assert cell(one, **keys) == cell(whole, **keys)
