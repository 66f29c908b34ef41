"""How far labels agree with those of a reader: pure functions of two lists of labels."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Labels = NDArray[np.integer]


class PerClass(NamedTuple):
    """Figures of each class, (k,) each; a class never predicted or never meant has zeros."""

    precision: NDArray[np.float64]
    recall: NDArray[np.float64]
    f1: NDArray[np.float64]


def confusion(truth: Labels, predicted: Labels, classes: int) -> NDArray[np.int64]:
    """Count pairs: (classes, classes), rows are the truth, columns what was predicted.

    >>> confusion(np.array([0, 0, 1]), np.array([0, 1, 1]), 2).tolist()
    [[1, 1], [0, 1]]
    """
    cell = np.asarray(truth, dtype=np.int64) * classes + predicted
    return np.bincount(cell, minlength=classes * classes).reshape(classes, classes)


def kappa(truth: Labels, predicted: Labels) -> float:
    """Return Cohen's kappa (1960): agreement beyond what the margins alone would give.

    NaN where both are one and the same single class: nothing could disagree.
    """
    classes = int(max(np.max(truth, initial=0), np.max(predicted, initial=0))) + 1
    share = confusion(truth, predicted, classes) / max(len(truth), 1)
    by_chance = float(share.sum(axis=1) @ share.sum(axis=0))
    if by_chance == 1:
        return float("nan")
    return float((np.trace(share) - by_chance) / (1 - by_chance))


def per_class(counts: NDArray[np.int64]) -> PerClass:
    """Return precision, recall and F1 of each class of a confusion matrix."""
    right = np.diag(counts).astype(np.float64)
    predicted, meant = counts.sum(axis=0), counts.sum(axis=1)
    return PerClass(
        precision=right / np.maximum(predicted, 1),
        recall=right / np.maximum(meant, 1),
        f1=2 * right / np.maximum(predicted + meant, 1),
    )


def calibration_error(probabilities: NDArray[np.floating], truth: Labels, bins: int = 15) -> float:
    """Return the expected calibration error of the most probable class (Guo et al. 2017).

    The mean distance between confidence and accuracy over bins of equal width, each weighted by
    how many messages fall into it.

    >>> calibration_error(np.array([[0.75, 0.25]] * 4), np.array([0, 0, 0, 1]))
    0.0
    """
    confidence = probabilities.max(axis=1).astype(np.float64)
    right = (probabilities.argmax(axis=1) == truth).astype(np.float64)
    which = np.minimum((confidence * bins).astype(np.int64), bins - 1)
    gap = np.bincount(which, right - confidence, minlength=bins)
    return float(np.abs(gap).sum() / max(len(right), 1))
