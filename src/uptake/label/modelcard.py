"""Where the shipped weights and their model card lie, and how the card reads in Markdown."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "weights"
WEIGHTS = "weights.npz"
CARD = "card.json"
PAGE = "CARD.md"

NOT_FOR = (
    "Decisions about a person: labels are too often wrong for one message.",
    "Moderation, discipline, fraud or surveillance of any kind.",
    "Shares of a population as they stand: what is confused is biased, not only noisy; correct it.",
    "Languages other than those listed: there the topic is a guess, marked by language `other`.",
)

ON_TEXT = (
    "The weights are numbers attached to hashes of words, word beginnings, word pairs and letter "
    "runs. They were computed from text but hold none: a bucket can not be read back, though "
    "whoever guesses a word can look its bucket up, as in any model with a vocabulary."
)


def page(card: Mapping[str, Any]) -> str:
    """Write the card as a page for people.

    Args:
        card: As stored in ``card.json``.
    """
    lines = [f"# Model card: labeller `{card['name']}` {card['version']}", ""]
    lines += ["Written by `python -m uptake.label.train`; don't edit.", "", card["summary"], ""]
    lines += ["## Trained on", "", *(f"- {line}" for line in card["data"]), ""]
    lines += [card["on_text"], "", f"Seed {card['seed']}.", ""]
    lines += ["## Validation", "", card["validation"]["how"], "", *_agreement(card), ""]
    lines += ["### Language", "", card["validation"]["language_how"], "", *_languages(card), ""]
    error = card["validation"]["language_calibration_error"]
    lines += [f"Expected calibration error {error}. As they came, by language:", ""]
    language = card["calibration"]["language"]
    lines += [*_matrix({"values": language["values"], "confusion": language["counts"]}), ""]
    lines += ["### Topic group by language", "", card["validation"]["written_how"], ""]
    lines += [*_written(card), ""]
    for name, head in card["validation"]["heads"].items():
        lines += [f"### {name}", "", *_classes(head), "", *_matrix(head), ""]
    lines += ["## Counts for corrections", "", f"`calibration` in `{CARD}`:", ""]
    lines += [card["calibration"]["how"], ""]
    lines += ["## Not for", "", *(f"- {line}" for line in card["not_for"]), ""]
    return "\n".join(lines)


def _rows(header: Sequence[str], rows: Iterator[Sequence[object]]) -> list[str]:
    lines = [header, ["---"] * len(header), *rows]
    return ["| " + " | ".join(str(cell) for cell in row) + " |" for row in lines]


def _agreement(card: Mapping[str, Any]) -> list[str]:
    heads = card["validation"]["heads"]
    rows = ((n, h["kappa"], h["accuracy"], h["calibration_error"] or "-") for n, h in heads.items())
    header = ("facet", "Cohen's kappa", "accuracy", "expected calibration error")
    return _rows(header, rows)


def _languages(card: Mapping[str, Any]) -> list[str]:
    found = card["validation"]["language"].items()
    rows = ((n, v["sentences"], v["n"], v["under_40"] or "-", v["n_under_40"]) for n, v in found)
    return _rows(("variety", "accuracy on sentences", "n", "under 40 characters", "n"), rows)


def _written(card: Mapping[str, Any]) -> list[str]:
    found = card["validation"]["written"].items()
    rows = ((n, v["intent"], v["topic_group"], v["n"]) for n, v in found)
    return _rows(("language", "intent accuracy", "topic group accuracy", "n"), rows)


def _classes(head: Mapping[str, Any]) -> list[str]:
    columns = (head["values"], head["precision"], head["recall"], head["f1"])
    return _rows(("value", "precision", "recall", "F1"), zip(*columns, strict=True))


def _matrix(head: Mapping[str, Any]) -> list[str]:
    header = ["truth \\ predicted", *head["values"]]
    pairs = zip(head["values"], head["confusion"], strict=True)
    return _rows(header, ([value, *row] for value, row in pairs))
