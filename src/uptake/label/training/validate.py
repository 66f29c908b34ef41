"""Figures of the model card, all on messages and sentences that the weights did not see."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from uptake import catalog
from uptake.label import agreement, features
from uptake.label.shipped import HEADS, Floats, Shipped, Weights
from uptake.label.training.examples import Examples
from uptake.label.training.languages import Sentence, mixed, spelled
from uptake.model.calibration import SIZE
from uptake.model.labels import LANGUAGES, bands

SHORT = 40


def predict(weights: Weights, data: Examples) -> dict[str, Floats]:
    """Label the labelled messages of ``data``, each with its context."""
    found = Shipped(weights)(data.texts, data.parents, data.is_user)
    return {head: p[data.among_user] for head, p in found.items()}


def heads(p: dict[str, Floats], data: Examples) -> dict[str, Any]:
    """Return agreement, calibration and confusion for every facet and derived split.

    Args:
        p: (N, values) probabilities for each of ``HEADS``.
        data: The N labelled messages.
    """
    topic = catalog.facet("topic")
    of_topic = group_of_topic()
    groups = [group.id for group in topic.groups]
    summed = np.stack(
        [p["topic"][:, of_topic == g].sum(axis=1) for g in range(len(groups))], axis=1
    )
    best = {head: p[head].argmax(axis=1) for head in HEADS}
    is_work = catalog.facet("work").ids.index("work")
    found = {
        head: _figures(data.labels[head], best[head], catalog.facet(head).ids, p[head])
        for head in HEADS
    }
    truth = of_topic[data.labels["topic"]]
    found["topic group"] = _figures(truth, of_topic[best["topic"]], groups)
    found["topic group by sum"] = _figures(truth, summed.argmax(axis=1), groups, summed)
    found["work against not work"] = _figures(
        (data.labels["work"] != is_work).astype(np.int64),
        (best["work"] != is_work).astype(np.int64),
        ("work", "not work"),
    )
    return found


def group_of_topic() -> NDArray[np.int64]:
    """Return the index of each topic's group."""
    topic = catalog.facet("topic")
    groups = [group.id for group in topic.groups]
    return np.array([groups.index(value.group) for value in topic.values], dtype=np.int64)


def _figures(
    truth: NDArray[np.int64],
    predicted: NDArray[np.int64],
    values: Sequence[str],
    p: "Floats | None" = None,
) -> dict[str, Any]:
    counts = agreement.confusion(truth, predicted, len(values))
    each = agreement.per_class(counts)
    return {
        "n": len(truth),
        "kappa": round(agreement.kappa(truth, predicted), 3),
        "accuracy": round(float((truth == predicted).mean()), 3),
        "calibration_error": None if p is None else round(agreement.calibration_error(p, truth), 3),
        "values": list(values),
        "precision": np.round(each.precision, 3).tolist(),
        "recall": np.round(each.recall, 3).tolist(),
        "f1": np.round(each.f1, 3).tolist(),
        "confusion": counts.tolist(),
    }


def languages(
    weights: Weights, sentences: Sequence[Sentence], seed: int
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Measure the language head on sentences that it did not see.

    Returns:
        Accuracy for each language and script, whole sentences and cut under 40 signs, and for
        sentences with words of another language in them (``mixed``); and the figures of the
        sentences as they came, which nobody wrote in another script.
    """
    whole = spelled(sentences)
    guests = mixed(sentences, np.random.default_rng(seed), 1.0)
    whole += [s._replace(variety="mixed") for s in guests]
    # What is cut from a mixed sentence may be no more than the guest's words.
    short = [s._replace(text=_cut(s.text)) for s in whole if s.variety != "mixed"]
    short = [s for s in short if len(s.text) >= SHORT // 2]
    right, right_short = _right(weights, whole), _right(weights, short)
    names = np.array([s.variety for s in whole])
    names_short = np.array([s.variety for s in short])
    table = {
        str(name): {
            "sentences": round(float(right[names == name].mean()), 3),
            "n": int((names == name).sum()),
            "under_40": _mean(right_short[names_short == name]),
            "n_under_40": int((names_short == name).sum()),
        }
        for name in np.unique(names)
    }
    p, truth = _told(weights, sentences)
    return table, _figures(truth, p.argmax(axis=1), LANGUAGES, p)


def _mean(right: NDArray[np.bool_]) -> float | None:
    return round(float(right.mean()), 3) if len(right) else None


def _cut(text: str) -> str:
    return text if len(text) < SHORT else text[: SHORT - 1].rsplit(" ", 1)[0]


def _right(weights: Weights, sentences: Sequence[Sentence]) -> NDArray[np.bool_]:
    p, truth = _told(weights, sentences)
    right: NDArray[np.bool_] = p.argmax(axis=1) == truth
    return right


def _told(weights: Weights, sentences: Sequence[Sentence]) -> tuple[Floats, NDArray[np.int64]]:
    texts = features.cut([s.text for s in sentences])
    labeller = Shipped(weights)
    found = labeller(texts, np.full(len(texts), -1, np.int32), np.ones(len(texts), np.bool_))
    truth = np.array([LANGUAGES.index(s.language) for s in sentences], dtype=np.int64)
    return found["language"], truth


def calibration(
    p: dict[str, Floats], data: Examples, language: dict[str, Any], how: str
) -> dict[str, Any]:
    """Return the counts that estimates are corrected by: rows truth, columns what is stored.

    A column is a stored value and, within it, a band of its probability (``labels.bands``).

    Args:
        p: (N, values) probabilities for each of ``HEADS``, of messages not learnt from.
        data: The N labelled messages.
        language: Figures of the language head by ``languages``; its counts have no bands.
        how: What the counts are of.
    """
    stored = {head: np.rint(p[head] * 255).astype(np.uint8) for head in HEADS}
    of_topic = group_of_topic()
    groups = tuple(group.id for group in catalog.facet("topic").groups)
    # facet: (its values, true value, stored value, band)
    columns = {
        head: (
            catalog.facet(head).ids,
            data.labels[head],
            p[head].argmax(axis=1),
            bands(stored[head]),
        )
        for head in HEADS
    }
    _, truth, best, band = columns["topic"]
    columns["topic_group"] = (groups, of_topic[truth], of_topic[best], band)
    found: dict[str, Any] = {"how": how}
    for name, (values, true, given, sure) in columns.items():
        size = len(values) * SIZE
        counts = np.bincount(true * size + given * SIZE + sure, minlength=len(values) * size)
        found[name] = {"values": list(values), "counts": counts.reshape(-1, size).tolist()}
    found["language"] = {"values": language["values"], "counts": language["confusion"]}
    return found


def written(p: dict[str, Floats], data: Examples) -> dict[str, Any]:
    """Return, for each language, accuracy on held-back written messages."""
    intent = p["intent"].argmax(axis=1) == data.labels["intent"]
    of_topic = group_of_topic()
    group = of_topic[p["topic"].argmax(axis=1)] == of_topic[data.labels["topic"]]
    names = np.array(data.language)
    return {
        str(name): {
            "intent": round(float(intent[names == name].mean()), 3),
            "topic_group": round(float(group[names == name].mean()), 3),
            "n": int((names == name).sum()),
        }
        for name in np.unique(names)
    }
