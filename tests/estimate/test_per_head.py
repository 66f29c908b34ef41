"""The usage index against a published one, against algebra, and at its floors."""

import csv
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake.estimate.per_head import Population, per_head, usage_index
from uptake.model.perhead import PerHead
from uptake.protect import Thresholds, protect
from uptake.tally import Plan, split, tally_table
from uptake.testing import draw_labels, example_spec

PUBLISHED = (
    Path(__file__).parents[3]
    / "shared/indicators/anthropic_economic_index/aei_country_2025aug_2026feb_124.csv"
)
PEOPLE = {
    "KAZ": 12_635_718,
    "UZB": 22_615_648,
    "KGZ": 4_394_837,
    "TJK": 6_217_641,
    "TKM": 4_717_450,
    "AZE": 7_071_725,
}


def computed(people: dict[str, int], n: int = 3_000, seed: int = 1) -> tuple[PerHead, ...]:
    labels = draw_labels(example_spec(), n, np.random.default_rng(seed))
    cells, _ = tally_table(labels, Plan(splits=(split(""),)))
    released = protect(cells, mode="internal", thresholds=Thresholds())
    return per_head(released, Population(people, "2023", "worldbank"))


@pytest.mark.skipif(not PUBLISHED.is_file(), reason="needs ../shared/indicators")
def test_the_published_index_of_august_2025_is_met_up_to_one_factor() -> None:
    with PUBLISHED.open(encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if float(r["usage_count_2025_aug"] or 0) > 0]
    usage = np.array([float(r["usage_count_2025_aug"]) for r in rows])
    people = np.array([float(r["working_age_pop_2025_aug"]) for r in rows])
    index = np.array([float(r["usage_per_capita_index_2025_aug"]) for r in rows])
    factor = index / usage_index(usage, people)
    assert len(rows) == 123
    assert factor == pytest.approx(np.full(len(rows), factor[0]), rel=1e-9)
    # The publisher's share of usage is of all conversations, located or not.
    every = usage / np.array([float(r["usage_pct_2025_aug"]) for r in rows]) * 100
    assert every == pytest.approx(np.full(len(rows), 964_494.0), rel=1e-9)
    located = 0.84281 * every[0]
    both = [usage_index(usage, people, rest - usage.sum()) for rest in (every[0], located)]
    assert both[0] / both[1] == pytest.approx(np.full(len(rows), 0.84281), rel=1e-9)


@given(
    st.lists(st.tuples(st.integers(1, 10**6), st.integers(1, 10**8)), min_size=1, max_size=20),
    st.integers(0, 10**6),
)
def test_the_two_denominators_differ_by_one_factor(
    places: list[tuple[int, int]], unlocated: int
) -> None:
    usage, people = (np.array(column, dtype=float) for column in zip(*places, strict=True))
    located, kept = usage_index(usage, people), usage_index(usage, people, unlocated)
    assert kept / located == pytest.approx(usage.sum() / (usage.sum() + unlocated))
    # Weighted by population, the index of located usage averages to one.
    assert (located * people).sum() / people.sum() == pytest.approx(1)


def test_nobody_lives_there_is_refused_and_left_out() -> None:
    with pytest.raises(ValueError, match="population is above zero"):
        usage_index(np.array([3.0]), np.array([0.0]))
    found = computed({**PEOPLE, "TKM": 0})
    assert dict(found[0].left_out)["TKM"] == "its working-age population is 0 in worldbank"
    assert "TKM" not in {row.place for row in found[0].rows}


def test_unlocated_usage_is_a_row_of_its_own_under_both_treatments() -> None:
    located, kept = computed(PEOPLE)
    assert (located.denominator, kept.denominator) == ("located", "all")
    for found in (located, kept):
        rows = {row.place: row for row in found.rows}
        assert set(rows) == {*PEOPLE, "unknown"}
        assert rows["unknown"].index is None
        assert rows["unknown"].people
    assert located.rows[-1].share is None
    assert kept.rows[-1].share is not None
    ratios = [
        b.index.value / a.index.value
        for a, b in zip(located.rows, kept.rows, strict=True)
        if a.index and b.index
    ]
    assert len(ratios) > 3
    assert ratios == pytest.approx([1 - kept.rows[-1].share.value] * len(ratios))


def test_a_place_under_the_floor_has_no_index() -> None:
    found = computed(PEOPLE, n=700)[0]
    small = [row for row in found.rows if row.place != "unknown" and (row.people or 0) < 100]
    assert small
    assert all(row.index is None and row.share is not None for row in small)
    named = {place for one, other, _ in found.ratios for place in (one, other)}
    assert not named & {row.place for row in small}


def test_ratios_are_those_of_the_indices_and_of_each_other() -> None:
    found = computed(PEOPLE)[0]
    index = {row.place: row.index for row in found.rows if row.index}
    ratios = {(one, other): ratio for one, other, ratio in found.ratios}
    assert ratios
    for (one, other), ratio in ratios.items():
        a, b = index[one], index[other]
        assert a is not None
        assert b is not None
        assert ratio.value == pytest.approx(a.value / b.value)
        back = ratios[other, one]
        assert (1 / back.value, 1 / back.high) == pytest.approx((ratio.value, ratio.low))


def test_no_place_at_all_gives_no_index() -> None:
    labels = draw_labels(example_spec(), 50, np.random.default_rng(0))
    place = pa.DictionaryArray.from_arrays(
        pa.array([0] * len(labels), pa.int32()), pa.array(["unknown"])
    )
    nowhere = labels.set_column(labels.schema.get_field_index("place"), "place", place)
    cells, _ = tally_table(nowhere, Plan(splits=(split(""),)))
    released = protect(cells, mode="internal", thresholds=Thresholds())
    assert per_head(released, Population(PEOPLE, "2023", "worldbank")) == ()
