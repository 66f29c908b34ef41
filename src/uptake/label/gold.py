"""A labeller against people's labels: agreement and calibration, with clustered intervals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from uptake import catalog
from uptake.label.bootstrap import RESAMPLES, Floats, Intervals, intervals
from uptake.model.evaluation import Bin, ClassFigures, FacetFigures, Measured, Published, Stands
from uptake.model.labels import LANGUAGES

Ints = NDArray[np.int64]
BINS = 15
"""Of the expected calibration error, as in ``agreement.calibration_error``."""

FEWEST = 50
"""Labelled messages of a facet under which it is left out."""

SOURCE = "Chatterji et al., How People Use ChatGPT, NBER w34255, 2025"

PEOPLE: dict[str, tuple[float, float]] = {
    "work_against_not_work": (0.66, 0.83),
    "intent": (0.60, 0.74),
    "topic_group": (0.47, 0.56),
}
"""Cohen's kappa of people with each other, and of a frontier model with the plurality of people."""

TITLES = {
    "intent": "Intent",
    "work": "Work, study or personal",
    "work_against_not_work": "Work against not work",
    "topic_group": "Topic group",
    "topic": "Topic",
    "language": "Language",
}


@dataclass(frozen=True, slots=True)
class Compared:
    """One facet of the labelled messages, n of them.

    Attributes:
        values: Ids of the K values.
        truth: (n,) index of what people said.
        predicted: (n,) index of what the labeller would store.
        confidence: (n,) probability that the labeller gives what it would store.
        cluster: (n,) number of the person, from 0 without gaps.
    """

    values: tuple[str, ...]
    truth: Ints
    predicted: Ints
    confidence: Floats
    cluster: Ints


def compared(
    probabilities: Mapping[str, NDArray[np.floating[Any]]],
    truth: Sequence[Mapping[str, str]],
    clusters: Sequence[str],
) -> dict[str, Compared]:
    """Set what the labeller stores beside what people said, for each facet that they labelled.

    Args:
        probabilities: By head, (M, values), as a labeller gives them.
        truth: M labelled messages: value by facet; a facet that is not there is not labelled.
        clusters: M names; messages of one name are one person's.
    """
    found = {}
    for facet, (values, predicted, confidence) in _stored(probabilities).items():
        said = [row.get(_asked(facet)) for row in truth]
        rows = [row for row, value in enumerate(said) if value is not None]
        if not rows:
            continue
        number = {value: index for index, value in enumerate(values)}
        meant = [said[row] for row in rows]
        if facet == "work_against_not_work":
            meant = [value if value == "work" else "not_work" for value in meant]
        _, cluster = np.unique(np.array([clusters[row] for row in rows]), return_inverse=True)
        found[facet] = Compared(
            values,
            np.array([number[str(value)] for value in meant], dtype=np.int64),
            predicted[rows],
            confidence[rows],
            cluster.astype(np.int64).ravel(),
        )
    return found


def _asked(facet: str) -> str:
    return "work" if facet == "work_against_not_work" else facet


def _stored(
    probabilities: Mapping[str, NDArray[np.floating[Any]]],
) -> dict[str, tuple[tuple[str, ...], Ints, Floats]]:
    """Return for each facet its values, what is stored, and its probability."""
    p = {head: np.asarray(found, dtype=np.float64) for head, found in probabilities.items()}
    best = {head: found.argmax(axis=1) for head, found in p.items()}
    top = {head: found.max(axis=1) for head, found in p.items()}
    topic = catalog.facet("topic")
    groups = tuple(group.id for group in topic.groups)
    of_topic = np.array([groups.index(value.group) for value in topic.values])
    group = of_topic[best["topic"]]
    in_group = np.where(of_topic == group[:, None], p["topic"], 0).sum(axis=1)
    work = catalog.facet("work").ids
    is_work = best["work"] == work.index("work")
    p_work = p["work"][:, work.index("work")]
    return {
        "intent": (catalog.facet("intent").ids, best["intent"], top["intent"]),
        "work": (work, best["work"], top["work"]),
        "work_against_not_work": (
            ("work", "not_work"),
            (~is_work).astype(np.int64),
            np.where(is_work, p_work, 1 - p_work),
        ),
        "topic_group": (groups, group, in_group),
        "topic": (topic.ids, best["topic"], top["topic"]),
        "language": (LANGUAGES, best["language"], top["language"]),
    }


def evaluated(
    facet: str,
    data: Compared,
    rng: np.random.Generator,
    *,
    level: float = 0.95,
    resamples: int = RESAMPLES,
) -> FacetFigures:
    """Return a facet's figures with intervals; see ``bootstrap.intervals``."""
    k = len(data.values)
    found = intervals(_sums(data, k), lambda sums: _figures(sums, k), rng, level, resamples)
    measured = [_measured(found, index) for index in range(len(found.value))]
    kappa, accuracy, macro, _ = measured[:4]
    precision, recall, f1 = (measured[4 + k * i : 4 + k * (i + 1)] for i in range(3))
    counts = np.bincount(data.truth * k + data.predicted, minlength=k * k).reshape(k, k)
    classes = tuple(
        ClassFigures(value, int(counts[i].sum()), int(counts[:, i].sum()), *each)
        for i, (value, *each) in enumerate(zip(data.values, precision, recall, f1, strict=True))
    )
    return FacetFigures(
        facet=facet,
        title=TITLES[facet],
        n=len(data.truth),
        clusters=int(data.cluster.max()) + 1,
        kappa=kappa,
        accuracy=accuracy,
        macro_f1=macro,
        calibration_error=_calibration_error(found, level),
        classes=classes,
        confusion=tuple(tuple(row) for row in counts.tolist()),
        bins=_bins(data, measured[4 + 3 * k :][:BINS]),
        published=_published(facet, kappa),
    )


def _sums(data: Compared, k: int) -> Any:
    """Return (clusters, k * k + 3 * BINS): confusion counts, then per bin n, right, confidence."""
    import scipy.sparse as sp

    which = _bin(data.confidence)
    right = data.truth == data.predicted
    one = np.ones(len(which))
    entries = [
        (data.truth * k + data.predicted, one),
        (k * k + which, one),
        (k * k + BINS + which, right.astype(np.float64)),
        (k * k + 2 * BINS + which, data.confidence),
    ]
    column = np.concatenate([place for place, _ in entries])
    value = np.concatenate([number for _, number in entries])
    shape = (int(data.cluster.max()) + 1, k * k + 3 * BINS)
    return sp.csr_array((value, (np.tile(data.cluster, len(entries)), column)), shape=shape)


def _bin(confidence: Floats) -> Ints:
    return np.minimum((confidence * BINS).astype(np.int64), BINS - 1)


def _figures(sums: Floats, k: int) -> Floats:
    """Return (draws, 4 + 3 k + 2 BINS) figures; formulas as in ``label.agreement``.

    Kappa, accuracy, macro F1 and calibration error; precision, recall and F1 of each class; the
    accuracy of each bin, and its share of the calibration error with its sign.
    """
    counts = sums[:, : k * k].reshape(-1, k, k)
    n, right_in, confidence = (sums[:, k * k + BINS * i :][:, :BINS] for i in range(3))
    total = counts.sum(axis=(1, 2))
    right = np.diagonal(counts, axis1=1, axis2=2)
    meant, predicted = counts.sum(axis=2), counts.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        accuracy = right.sum(axis=1) / total
        chance = (meant * predicted).sum(axis=1) / total**2
        kappa = np.where(chance < 1, (accuracy - chance) / (1 - chance), np.nan)
        f1 = 2 * right / (meant + predicted)
        defined = np.isfinite(f1)
        macro = np.where(defined, f1, 0).sum(axis=1) / defined.sum(axis=1)
        gap = (right_in - confidence) / total[:, None]
        each = np.hstack([right / predicted, right / meant, f1, right_in / n, gap])
    return np.hstack([np.column_stack([kappa, accuracy, macro, np.abs(gap).sum(axis=1)]), each])


def _measured(found: Intervals, index: int) -> Measured:
    value, low, high = (
        float(x) if np.isfinite(x) else None for x in (column[index] for column in found[:3])
    )
    return Measured(value, low, high)


def _calibration_error(found: Intervals, level: float) -> Measured:
    """Return the calibration error with an interval that is too wide rather than too narrow.

    Chance alone makes gaps, so that the error of a sample is above that of the labeller (Kumar,
    Liang and Ma, Verified Uncertainty Calibration, 2019), and that of a resample above both. But
    it can not be further off than all gaps together are, |sum |g| - sum |g'|| <= sum |g - g'|,
    and how far these are is seen in the resamples: the lower end is the error less that distance
    (its quantile at ``level``), the upper end the percentile of the resamples.
    """
    value, gaps = float(found.value[3]), found.draws[:, -BINS:]
    if not np.isfinite(gaps).all():
        return Measured(value)
    apart = np.abs(gaps - found.value[-BINS:]).sum(axis=1)
    low = max(0.0, value - float(np.quantile(apart, level)))
    return Measured(value, low, max(value, float(np.quantile(found.draws[:, 3], (1 + level) / 2))))


def _bins(data: Compared, accuracy: Sequence[Measured]) -> tuple[Bin, ...]:
    which = _bin(data.confidence)
    n = np.bincount(which, minlength=BINS)
    mean = np.bincount(which, data.confidence, minlength=BINS) / np.maximum(n, 1)
    return tuple(
        Bin(i / BINS, (i + 1) / BINS, int(n[i]), float(mean[i]) if n[i] else None, accuracy[i])
        for i in range(BINS)
    )


def _published(facet: str, kappa: Measured) -> Published | None:
    if facet not in PEOPLE or kappa.value is None:
        return None
    people, model = PEOPLE[facet]
    stands: Stands = "about"
    if kappa.low is not None and kappa.low > people:
        stands = "above"
    elif kappa.high is not None and kappa.high < people:
        stands = "below"
    return Published(people, model, SOURCE, stands)
