"""Train the shipped labeller: ``python -m uptake.label.train``, see its ``--help``.

First honest runs: a fifth of the conversations and of the written messages is set aside,
everything is learnt from the rest and measured on that fifth, five times over. Then the weights to
ship, from all of it, with the honest runs' figures in their card.
"""

import argparse
import hashlib
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from uptake.label import features, modelcard, shipped
from uptake.label.shipped import HEADS, Floats, Weights
from uptake.label.training import languages, read_labels, validate
from uptake.label.training.examples import (
    ORIGINS,
    conversations,
    examples,
    folds,
    load,
    written,
)
from uptake.label.training.fit import fit
from uptake.label.training.languages import Sentence
from uptake.model.labels import LANGUAGES

VERSION = "2"
FIFTHS = 5
SEED = 2026
logger = logging.getLogger(__name__)

Rows = list[dict[str, Any]]

SUMMARY = (
    "Linear heads over hashed words, word beginnings, word pairs and letter runs for language, "
    "intent, work and topic; earlier turns enter with weights of their own, and a small network "
    "decides how much they count. The stored value is the most probable one. Probabilities are "
    "temperature-scaled; that of `expressing`, which is rare and else too seldom the largest, is "
    "first raised by a constant, so that 13 messages are called so for ten that are."
)
MEASURED = (
    "each labelled by weights learnt without its fifth: five random fifths, whole conversations "
    "only, idf, buckets, gates and temperatures of each learnt from the other four; labels of a "
    "large language model that read each message after the codebook. The shipped weights are "
    "learnt from all data by the same script: their own error can not be measured on it and should "
    "be slightly lower. Settings were chosen by cross-validation on the same messages: expect "
    "messages from elsewhere to agree a little less. Messages chosen for being rare or hard, and "
    "written ones, are learnt from but not counted here."
)
LANGUAGE = (
    "A random fifth of the sentences and written messages; `kk-latin` and the second script of "
    "Uzbek are transliterated but for a few; `mixed` are sentences with a fifth of Russian or "
    "English words put in. Under 40 characters: the same sentences, cut at a word. "
    "The fifth was looked at between three versions of the language head."
)
CALIBRATION = (
    "Counts, rows the truth, columns the stored value and, within it, whether its probability was "
    "below 0.6, up to 0.85 or above. Intent, work, topic and topic group: every "
    "real message, each labelled by weights learnt without its fifth, by the rule that ships. "
    "Language: a random fifth of the sentences and written messages, as they came."
)


def letters(rows: Rows, sentences: Sequence[Sentence], seed: int) -> Floats:
    """Learn the language head from sentences and from the written messages among ``rows``."""
    return languages.fit([*sentences, *_sentences(rows)], seed)


def learn(rows: Rows, language: Floats, seed: int) -> Weights:
    """Learn weights from labelled messages, written ones included, around a language head."""
    groups = conversations(rows)
    return fit(examples(rows), folds(groups, FIFTHS, seed + 1), language, seed)


def _sentences(rows: Rows) -> list[Sentence]:
    """Return the written messages as sentences of their language."""
    return [
        Sentence(row["text"], row["lang"], languages.variety(row["text"], row["lang"]))
        for row in rows
        if row.get("lang")
    ]


def split(rows: Rows, number: int = 0, seed: int = SEED) -> tuple[Rows, Rows]:
    """Set one of the random fifths aside, whole conversations only."""
    fold = folds(conversations(rows), FIFTHS, seed)
    kept = [row for row, other in zip(rows, fold, strict=True) if other != number]
    return kept, [row for row, other in zip(rows, fold, strict=True) if other == number]


def honest(rows: Rows, sentences: list[Sentence], seed: int) -> dict[str, Any]:
    """Label every fifth by weights learnt from the other four; return figures and calibration."""
    apart = np.random.default_rng(seed).random(len(sentences)) < 1 / FIFTHS
    head = np.zeros(((1 << features.LETTER_BITS) + 1, len(LANGUAGES)), dtype=np.float32)
    labelled: Rows = []
    found: dict[str, list[Floats]] = {name: [] for name in HEADS}
    told: Any = None
    seen = [s for s, out in zip(sentences, apart, strict=True) if not out]
    unseen = [s for s, out in zip(sentences, apart, strict=True) if out]
    for number in range(FIFTHS):
        kept, held = split(rows, number, seed)
        if number == 0:
            head = letters(kept, seen, seed)
        weights = learn(kept, head, seed)
        if number == 0:
            told = validate.languages(weights, [*unseen, *_sentences(held)], seed)
        for name, p in validate.predict(weights, examples(held)).items():
            if name in found:
                found[name].append(p)
        labelled += held
        logger.info("fifth %d of %d measured", number + 1, FIFTHS)
    return _figures(labelled, {name: np.vstack(p) for name, p in found.items()}, told)


def _figures(rows: Rows, p: dict[str, Floats], told: Any) -> dict[str, Any]:
    data = examples(rows)
    real, own = (np.flatnonzero(data.origin == ORIGINS.index(n)) for n in ("real", "written"))
    measured, messages = {n: q[real] for n, q in p.items()}, examples([rows[i] for i in real])
    heads = validate.heads(measured, messages)
    table, language = told
    written = {n: q[own] for n, q in p.items()}
    return {
        "calibration": validate.calibration(measured, messages, language, CALIBRATION),
        "validation": {
            "how": f"All {len(real)} real messages, {MEASURED}",
            "language_how": LANGUAGE,
            "written_how": f"All {len(own)} packaged messages, likewise.",
            "heads": heads,
            "language": table,
            "language_calibration_error": language["calibration_error"],
            "written": validate.written(written, examples([rows[i] for i in own])),
        },
    }


def describe(rows: Rows, sentences: list[Sentence]) -> list[str]:
    """Say what was learnt from, in numbers."""
    foreign = len(languages.other())
    ours_in = len(sentences) - foreign
    many = np.bincount(examples(rows).origin, minlength=len(ORIGINS)).tolist()
    log = "public logs, English and Russian above all"
    ours = "in nine languages, by a large language model, no native speaker has checked them"
    typed = "also in their second script, cut, without diacritics, mixed with Russian and English"
    rare = "most of them chosen because they are rare or hard, labelled likewise"
    return [
        f"{many[0]} real messages with context ({log}, read by a language model); not shipped.",
        f"{many[1]} more of the same logs, {rare}; their labels, without texts, in `catalog/read`.",
        f"{many[2]} messages written for this project ({ours}); in `catalog/written`.",
        f"{ours_in} sentences in nine languages ({typed}), language only; not shipped.",
        f"{foreign} sentences in other languages, written for this project.",
    ]


def run(rows: Rows, sentences: list[Sentence], out: Path, seed: int) -> None:
    """Measure, learn from everything, and write weights and card."""
    measured = honest(rows, sentences, seed)
    for name, head in measured["validation"]["heads"].items():
        logger.info("out of fold: kappa of %s %.3f", name, head["kappa"])
    out.mkdir(parents=True, exist_ok=True)
    weights = learn(rows, letters(rows, sentences, seed), seed)
    shipped.write(weights, out / modelcard.WEIGHTS)
    made = {
        "name": "shipped",
        "version": VERSION,
        "summary": SUMMARY,
        "sha256": hashlib.sha256((out / modelcard.WEIGHTS).read_bytes()).hexdigest(),
        "seed": seed,
        "data": describe(rows, sentences),
        "on_text": modelcard.ON_TEXT,
        "not_for": list(modelcard.NOT_FOR),
        **measured,
    }
    (out / modelcard.CARD).write_bytes(
        msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n"
    )
    (out / modelcard.PAGE).write_text(modelcard.page(made), encoding="utf-8")


def gather(dev: Path, public: Path) -> Rows:
    """Return real, chosen and written messages, all labelled.

    Args:
        dev: Labelled messages, JSON lines.
        public: Folder of the public conversations that the labels in ``catalog/read`` are on.
    """
    chosen = read_labels.rows(read_labels.folder(), public)
    return [*load(dev), *({**row, "chosen": True} for row in chosen), *written()]


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(prog="python -m uptake.label.train", description=__doc__)
    parser.add_argument("--dev", type=Path, required=True, help="labelled messages, JSON lines")
    parser.add_argument(
        "--conversations", type=Path, required=True, help="folder of public conversations"
    )
    parser.add_argument("--languages", type=Path, required=True, help="folder of sentences")
    parser.add_argument(
        "--out", type=Path, default=modelcard.FOLDER, help="where weights and card go"
    )
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    rows = gather(given.dev, given.conversations)
    sentences = [*languages.corpora(given.languages), *languages.other()]
    run(rows, sentences, given.out, given.seed)


if __name__ == "__main__":
    main()
