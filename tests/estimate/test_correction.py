"""What the labeller confuses is taken out of a release's shares; nothing else changes."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from uptake.catalog import facet
from uptake.estimate import estimate
from uptake.model.calibration import SIZE, Calibration, FacetErrors
from uptake.model.estimate import Estimates, Key
from uptake.protect import Thresholds, protect
from uptake.tally import Plan, split, tally_table
from uptake.testing import draw_labels, example_spec

VALUES = facet("intent").ids
PERFECT = np.kron(np.eye(3, dtype=np.int64) * 100_000, np.array([[0, 0, 1]]))
CONFUSED = np.array([[700, 200, 100], [150, 800, 50], [200, 400, 400]])


def spread(counts: np.ndarray) -> np.ndarray:
    """Put all of a stored value's calibration messages into its highest band."""
    return np.kron(counts, np.array([[0, 0, 1]]))


def calibration(counts: np.ndarray, source: str = "shipped") -> Calibration:
    known = FacetErrors(VALUES, np.asarray(counts, dtype=np.int64))
    return Calibration(source, int(counts.sum()), {"intent": known})


@pytest.fixture(scope="module")
def labels() -> pa.Table:
    return draw_labels(example_spec(), 1_200, np.random.default_rng(3))


def found(table: pa.Table, known: Calibration | None, splits: Sequence[str] = ("",)) -> Estimates:
    cells, _ = tally_table(table, Plan(splits=tuple(split(s) for s in splits)))
    return estimate(protect(cells, mode="internal", thresholds=Thresholds()), known)


def relabelled(table: pa.Table, counts: np.ndarray, rng: np.random.Generator) -> pa.Table:
    """Confuse the intents of a table of labels as the counts say."""
    truth = np.array([VALUES.index(v) for v in table["intent"].to_pylist()])
    rates = counts / counts.sum(axis=1, keepdims=True)
    shown = (rng.random(len(truth))[:, None] > rates.cumsum(axis=1)[truth]).sum(axis=1)
    column = pa.DictionaryArray.from_arrays(pa.array(shown.astype(np.int32)), pa.array(VALUES))
    return table.set_column(table.schema.get_field_index("intent"), "intent", column)


def test_without_a_calibration_shares_are_as_labelled_and_say_so(labels: pa.Table) -> None:
    share = found(labels, None).get(Key("intent", "asking", "message_share"))
    assert share is not None
    assert share.correction == "none"
    assert share.counted is None
    assert "uncorrected" in share.covers


def test_a_perfect_labeller_leaves_shares_as_labelled(labels: pa.Table) -> None:
    plain, corrected = found(labels, None), found(labels, calibration(PERFECT))
    for value in VALUES:
        for measure in ("message_share", "people_share"):
            key = Key("intent", value, measure)
            before, after = plain.get(key), corrected.get(key)
            assert before is not None
            assert after is not None
            assert after.value == pytest.approx(before.value, abs=2e-3)
            assert after.counted == pytest.approx(before.value)
            width = before.high - before.low
            assert after.high - after.low == pytest.approx(width, rel=0.25)


def test_confused_labels_come_back_to_the_truth(labels: pa.Table) -> None:
    rng = np.random.default_rng(8)
    plain = found(labels, None)
    confused = relabelled(labels, CONFUSED, rng)
    corrected = found(confused, calibration(spread(CONFUSED)))
    uncorrected = found(confused, None)
    for value in VALUES:
        key = Key("intent", value, "message_share")
        truth, after, raw = plain.get(key), corrected.get(key), uncorrected.get(key)
        assert truth is not None
        assert after is not None
        assert raw is not None
        assert after.counted == pytest.approx(raw.value)
        assert abs(after.value - truth.value) < 0.025
        assert after.low <= truth.value <= after.high
    raw = uncorrected.get(Key("intent", "expressing", "message_share"))
    true = plain.get(Key("intent", "expressing", "message_share"))
    assert raw is not None
    assert true is not None
    assert abs(raw.value - true.value) > 0.03, "the confusion must matter for this test to mean it"


def test_stated_facets_and_reach_are_not_corrected(labels: pa.Table) -> None:
    corrected = found(labels, calibration(spread(CONFUSED)))
    band = corrected.get(Key("age_band", "18-24", "message_share"))
    reach = corrected.get(Key("intent", "asking", "reach"))
    assert band is not None
    assert band.correction == "none"
    assert "uncorrected" not in band.covers
    assert reach is not None
    assert reach.correction == "none"
    assert "uncorrected" in reach.covers


def test_a_withheld_share_stays_withheld(labels: pa.Table) -> None:
    splits = ("", "place", "place+month")
    plain = found(labels, None, splits)
    corrected = found(labels, calibration(spread(CONFUSED)), splits)
    assert {k for k, e in plain.rows() if e is None} == {
        k for k, e in corrected.rows() if e is None
    }


def test_a_value_that_the_calibration_hardly_knows_stays_as_it_was_counted(
    labels: pa.Table,
) -> None:
    counts = CONFUSED.copy()
    counts[2] = [1, 1, 3]
    share = found(labels, calibration(spread(counts)))
    thin = share.get(Key("intent", "expressing", "message_share"))
    plain = found(labels, None).get(Key("intent", "expressing", "message_share"))
    assert thin is not None
    assert plain is not None
    assert thin.correction == "none"
    assert thin.value == pytest.approx(plain.value)
    total = sum(
        e.value for v in VALUES if (e := share.get(Key("intent", v, "message_share"))) is not None
    )
    assert total == pytest.approx(1, abs=1e-6)


def test_the_same_cells_give_the_same_figures(labels: pa.Table) -> None:
    known = calibration(spread(CONFUSED), "gold")
    first, second = found(labels, known), found(labels, known)
    assert first.shares == second.shares
    share = first.get(Key("intent", "asking", "message_share"))
    assert share is not None
    assert share.correction == "gold"


def test_counts_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="counts of 3 values"):
        FacetErrors(VALUES, np.ones((3, 3), dtype=np.int64))
    assert SIZE == 3


def without(table: pa.Table, facet_name: str, hidden: str) -> pa.Table:
    """Withhold one value of a facet."""
    named = zip(table["facet"].to_pylist(), table["value"].to_pylist(), strict=True)
    mask = [name == facet_name and value == hidden for name, value in named]
    columns = []
    for column in table.schema:
        values = table[column.name].to_pylist()
        if column.name == "status":
            values = ["withheld" if m else v for m, v in zip(mask, values, strict=True)]
        elif not pa.types.is_string(column.type):
            values = [None if m else v for m, v in zip(mask, values, strict=True)]
        columns.append(pa.array(values, column.type))
    return pa.Table.from_arrays(columns, schema=table.schema)


@pytest.mark.parametrize("hidden", VALUES)
def test_which_value_is_withheld_does_not_matter_for_the_others(
    labels: pa.Table, hidden: str
) -> None:
    cells, _ = tally_table(labels, Plan(splits=(split(""),)))
    released = protect(cells, mode="internal", thresholds=Thresholds())
    some = replace(released, table=without(released.table, "intent", hidden))
    known = calibration(spread(CONFUSED))
    every, few = estimate(released, known), estimate(some, known)
    plain = estimate(some)
    for value in set(VALUES) - {hidden}:
        key = Key("intent", value, "people_share")
        before, after, alone = every.get(key), few.get(key), plain.get(key)
        assert before is not None
        assert after is not None
        assert before.correction == "calibration"
        # More than a tenth of the messages is hidden: the others can not be told apart.
        assert after == alone


def test_a_facet_s_small_hidden_values_do_not_widen_the_others(labels: pa.Table) -> None:
    groups = tuple(g.id for g in facet("topic").groups)
    rates = np.full((7, 7), 20) + np.eye(7, dtype=int) * 400
    known = Calibration("shipped", 3_000, {"topic_group": FacetErrors(groups, spread(rates))})
    widths = {}
    for hidden in ("multimedia", "other"):
        cells, _ = tally_table(labels, Plan(splits=(split(""),)))
        released = protect(cells, mode="internal", thresholds=Thresholds())
        some = replace(released, table=without(released.table, "topic_group", hidden))
        share = estimate(some, known).get(Key("topic_group", "writing", "people_share"))
        assert share is not None
        assert share.correction == "calibration"
        widths[hidden] = share.high - share.low
    assert widths["multimedia"] == pytest.approx(widths["other"], rel=0.3)


def test_a_small_group_stays_as_labelled(labels: pa.Table) -> None:
    people = labels["user"].unique().slice(0, 25)
    few = labels.filter(pc.is_in(labels["user"], value_set=people))
    share = found(few, calibration(spread(CONFUSED))).get(Key("intent", "asking", "message_share"))
    assert share is not None
    assert share.correction == "none"


def test_labels_unlike_the_calibration_stay_as_counted_within_a_wider_interval(
    labels: pa.Table,
) -> None:
    """All messages are in the highest band, and the calibration has hardly any there."""
    counts = np.kron(CONFUSED, np.array([[60, 39, 1]]))
    corrected, plain = found(labels, calibration(counts)), found(labels, None)
    for value in VALUES:
        key = Key("intent", value, "message_share")
        share, alone = corrected.get(key), plain.get(key)
        assert share is not None
        assert alone is not None
        assert (share.value, share.correction) == (alone.value, "none")
        assert share.low <= alone.low <= alone.high <= share.high
        assert "does not fit" in share.covers
