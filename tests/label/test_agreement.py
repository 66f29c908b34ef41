import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score, confusion_matrix, precision_recall_fscore_support

from uptake.label import agreement

PAIRS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=60)


@given(PAIRS)
def test_kappa_and_confusion_are_those_of_a_peer_library(pairs: list[tuple[int, int]]) -> None:
    truth, predicted = (np.array(side) for side in zip(*pairs, strict=True))
    counts = agreement.confusion(truth, predicted, 4)
    assert (counts == confusion_matrix(truth, predicted, labels=range(4))).all()
    if len({*truth.tolist(), *predicted.tolist()}) > 1:
        expected = cohen_kappa_score(truth, predicted)
        assert agreement.kappa(truth, predicted) == pytest.approx(expected, abs=1e-12)


@given(PAIRS)
def test_figures_per_class_are_those_of_a_peer_library(pairs: list[tuple[int, int]]) -> None:
    truth, predicted = (np.array(side) for side in zip(*pairs, strict=True))
    found = agreement.per_class(agreement.confusion(truth, predicted, 4))
    expected = precision_recall_fscore_support(
        truth, predicted, labels=list(range(4)), zero_division=0
    )
    for mine, theirs in zip(found, expected, strict=False):
        assert mine == pytest.approx(theirs)


def test_kappa_of_the_textbook_example() -> None:
    # 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: (0.7 - 0.5) / (1 - 0.5).
    truth = np.repeat([0, 0, 1, 1], [20, 5, 10, 15])
    predicted = np.repeat([0, 1, 0, 1], [20, 5, 10, 15])
    assert agreement.kappa(truth, predicted) == pytest.approx(0.4)


def test_kappa_of_one_single_class_is_not_a_number() -> None:
    assert np.isnan(agreement.kappa(np.zeros(5, dtype=int), np.zeros(5, dtype=int)))


def test_calibration_error_is_the_distance_of_confidence_and_accuracy() -> None:
    p = np.array([[0.9, 0.1]] * 10 + [[0.4, 0.6]] * 10)
    truth = np.array([0] * 7 + [1] * 3 + [1] * 6 + [0] * 4)
    assert agreement.calibration_error(p, truth) == pytest.approx(0.5 * 0.2)


@given(st.integers(0, 10_000))
def test_labels_drawn_from_the_probabilities_are_calibrated(seed: int) -> None:
    rng = np.random.default_rng(seed)
    p = rng.dirichlet([1, 1, 1], size=4000)
    truth = (rng.random(4000)[:, None] > p.cumsum(axis=1)).sum(axis=1)
    assert agreement.calibration_error(p, truth) < 0.06
