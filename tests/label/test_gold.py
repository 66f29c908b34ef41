"""Figures of an evaluation against a peer library, closed forms and what a bootstrap must keep."""

import time
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import (
    accuracy_score,
    cohen_kappa_score,
    confusion_matrix,
    precision_recall_fscore_support,
)

from uptake import catalog
from uptake.label import agreement
from uptake.label.bootstrap import intervals
from uptake.label.gold import Compared, compared, evaluated
from uptake.model.evaluation import FacetFigures, Measured
from uptake.model.labels import LANGUAGES

VALUES = ("a", "b", "c", "d")


def data(rows: int, people: int, seed: int, values: int = 4) -> Compared:
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, values, rows)
    predicted = np.where(rng.random(rows) < 0.6, truth, rng.integers(0, values, rows))
    _, cluster = np.unique(rng.integers(0, people, rows), return_inverse=True)
    return Compared(VALUES[:values], truth, predicted, rng.random(rows), cluster.astype(np.int64))


def figures(found: Compared, **more: Any) -> FacetFigures:
    return evaluated("intent", found, np.random.default_rng(0), resamples=200, **more)


@settings(max_examples=30)
@given(st.integers(0, 1_000), st.integers(8, 120))
def test_the_figures_are_those_of_a_peer_library(seed: int, rows: int) -> None:
    given_ = data(rows, 20, seed)
    found = figures(given_)
    truth, predicted = given_.truth, given_.predicted
    assert found.kappa.value == pytest.approx(cohen_kappa_score(truth, predicted))
    assert found.accuracy.value == pytest.approx(accuracy_score(truth, predicted))
    assert (np.array(found.confusion) == confusion_matrix(truth, predicted, labels=range(4))).all()
    expected = precision_recall_fscore_support(
        truth, predicted, labels=range(4), zero_division=np.nan
    )
    for name, theirs in zip(("precision", "recall", "f1"), expected, strict=False):
        mine = [getattr(one, name).value for one in found.classes]
        assert [np.nan if x is None else x for x in mine] == pytest.approx(
            theirs.tolist(), nan_ok=True
        )


def test_the_calibration_error_is_that_of_the_model_card() -> None:
    rng = np.random.default_rng(2)
    p = rng.dirichlet([1, 1, 1, 1], 800)
    truth = rng.integers(0, 4, 800)
    given_ = Compared(VALUES, truth, p.argmax(axis=1), p.max(axis=1), np.arange(800))
    found = figures(given_)
    assert found.calibration_error.value == pytest.approx(agreement.calibration_error(p, truth))
    assert sum(one.n for one in found.bins) == 800


def test_accuracy_has_the_standard_error_of_whole_clusters() -> None:
    """Ten equal rows a person: the interval is that of a tenth of the rows."""
    rng = np.random.default_rng(3)
    right = np.repeat(rng.random(400) < 0.7, 10)
    truth = np.repeat(rng.integers(0, 2, 400), 10)
    predicted = np.where(right, truth, 1 - truth)
    given_ = Compared(("a", "b"), truth, predicted, np.full(4_000, 0.9), np.arange(4_000) // 10)
    found = evaluated("intent", given_, rng).accuracy
    assert found.low is not None
    assert found.high is not None
    half = 1.96 * np.sqrt(0.7 * 0.3 / 400)
    assert (found.high - found.low) / 2 == pytest.approx(half, rel=0.1)


def test_resampling_is_repeatable_and_its_ends_hold_the_value() -> None:
    given_ = data(300, 40, 1)
    assert figures(given_) == figures(given_)
    wide, narrow = figures(given_, level=0.99).kappa, figures(given_, level=0.8).kappa
    for one in (wide, narrow):
        assert one.low is not None
        assert one.high is not None
        assert one.value is not None
        assert one.low < one.value < one.high
    assert wide.low is not None
    assert narrow.low is not None
    assert wide.low < narrow.low


def test_the_order_of_rows_does_not_matter() -> None:
    given_ = data(300, 40, 1)
    order = np.random.default_rng(9).permutation(300)
    mixed = figures(
        Compared(
            VALUES,
            given_.truth[order],
            given_.predicted[order],
            given_.confidence[order],
            given_.cluster[order],
        )
    )
    same = figures(given_)
    assert mixed.confusion == same.confusion
    assert mixed.kappa.low == pytest.approx(same.kappa.low)


def test_a_class_that_is_nowhere_has_no_figures() -> None:
    found = figures(data(200, 40, 1, values=4))
    assert all(one.f1.low is not None for one in found.classes)
    given_ = data(200, 40, 1, values=3)
    with_fourth = Compared(
        VALUES, given_.truth, given_.predicted, given_.confidence, given_.cluster
    )
    last = figures(with_fourth).classes[3]
    assert (last.meant, last.predicted) == (0, 0)
    assert last.precision == last.recall == last.f1 == Measured(None)


def test_a_class_of_one_person_has_a_value_and_no_interval() -> None:
    given_ = data(200, 40, 1, values=3)
    truth = given_.truth.copy()
    truth[given_.cluster == 0] = 3
    found = figures(
        Compared(VALUES, truth, given_.predicted, given_.confidence, given_.cluster)
    ).classes[3]
    assert found.recall == Measured(0.0)
    assert found.precision == Measured(None)


def test_people_and_labeller_of_one_and_the_same_class_have_no_kappa() -> None:
    same = np.zeros(60, dtype=np.int64)
    found = figures(Compared(("a", "b"), same, same, np.full(60, 0.9), np.arange(60)))
    assert found.kappa == Measured(None)
    assert found.accuracy == Measured(1.0)  # the same in each resample: no interval


def test_one_single_person_gives_no_interval() -> None:
    found = figures(data(100, 1, 1))
    assert found.kappa.value is not None
    assert found.kappa.low is None


def test_five_thousand_rows_of_24_values_take_a_few_seconds() -> None:
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 24, 5_000)
    predicted = np.where(rng.random(5_000) < 0.6, truth, rng.integers(0, 24, 5_000))
    given_ = Compared(
        catalog.facet("topic").ids, truth, predicted, rng.random(5_000), np.arange(5_000)
    )
    begin = time.process_time()
    evaluated("topic", given_, rng, resamples=1_000)
    assert time.process_time() - begin < 5  # measured: 0.8 s


def test_the_mean_of_clusters_has_the_bootstrap_interval_of_a_peer_library() -> None:
    import scipy.sparse as sp
    from scipy.stats import bootstrap

    rng = np.random.default_rng(5)
    skewed = rng.exponential(1, 120)
    sums = sp.csr_array(np.column_stack([skewed, np.ones(120)]))
    found = intervals(sums, lambda s: s[:, :1] / s[:, 1:], rng, 0.95, 20_000)
    theirs = bootstrap((skewed,), np.mean, method="BCa", n_resamples=20_000, rng=rng)
    assert found.low[0] == pytest.approx(theirs.confidence_interval.low, abs=0.01)
    assert found.high[0] == pytest.approx(theirs.confidence_interval.high, abs=0.01)


def certain(head: str, values: list[str], p: float) -> np.ndarray[Any, np.dtype[np.float64]]:
    ids = LANGUAGES if head == "language" else catalog.facet(head).ids
    out = np.full((len(values), len(ids)), (1 - p) / (len(ids) - 1))
    out[np.arange(len(values)), [ids.index(value) for value in values]] = p
    return out


def test_groups_and_the_work_split_follow_from_what_is_stored() -> None:
    probabilities = {
        "intent": certain("intent", ["asking", "doing"], 0.8),
        "work": certain("work", ["work", "study"], 0.6),
        "topic": certain("topic", ["recipes", "translate"], 0.5),
        "language": certain("language", ["kk", "ru"], 0.9),
    }
    truth = [
        {"work": "personal", "topic": "products", "topic_group": "seeking_information"},
        {"intent": "doing", "work": "personal"},
    ]
    found = compared(probabilities, truth, ["x", "x"])
    assert set(found) == {"intent", "work", "work_against_not_work", "topic", "topic_group"}
    split = found["work_against_not_work"]
    assert (split.truth.tolist(), split.predicted.tolist()) == ([1, 1], [0, 1])
    assert split.confidence.tolist() == pytest.approx([0.6, 0.8])
    group = found["topic_group"]
    assert group.truth.tolist() == group.predicted.tolist()
    assert group.confidence[0] == pytest.approx(0.5 + 2 * 0.5 / 23)  # with its two neighbours
    assert split.cluster.tolist() == [0, 0]
    assert len(found["intent"].truth) == 1


def test_published_agreement_stands_beside_the_measured_one() -> None:
    rng = np.random.default_rng(1)
    truth = rng.integers(0, 3, 600)
    cluster = np.arange(600)

    def stands(right: float) -> str:
        predicted = np.where(rng.random(600) < right, truth, (truth + 1) % 3)
        given_ = Compared(("a", "b", "c"), truth, predicted, np.full(600, 0.5), cluster)
        found = figures(given_).published
        assert found is not None
        assert (found.people, found.model) == (0.60, 0.74)
        return found.stands

    assert [stands(0.5), stands(0.735), stands(0.9)] == ["below", "about", "above"]
