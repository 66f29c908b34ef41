"""Train the shipped labeller: ``python -m uptake.label.train --dev FILE --languages FOLDER``.

First an honest run: a fifth of the real conversations, of the written messages and of the
sentences is set aside, everything is learnt from the rest and measured on that fifth. Then the
weights to ship, from all of it, with the honest run's figures in their card.
"""

import argparse
import hashlib
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from uptake.label import modelcard, shipped
from uptake.label.shipped import Weights
from uptake.label.training import languages, validate
from uptake.label.training.examples import conversations, examples, folds, load, written
from uptake.label.training.fit import fit
from uptake.label.training.languages import Sentence

VERSION = "1"
FIFTHS = 5
SEED = 2026
logger = logging.getLogger(__name__)

Rows = list[dict[str, Any]]


def learn(rows: Rows, sentences: Sequence[Sentence], seed: int) -> Weights:
    """Learn weights from labelled messages, written ones included, and from sentences."""
    groups = conversations(rows)
    letters = languages.fit([*sentences, *_sentences(rows)], seed)
    return fit(examples(rows), folds(groups, FIFTHS, seed + 1), letters, seed)


def _sentences(rows: Rows) -> list[Sentence]:
    """Return the written messages as sentences of their language."""
    return [
        Sentence(row["text"], row["lang"], languages.variety(row["text"], row["lang"]))
        for row in rows
        if row.get("lang")
    ]


def _split(rows: Rows, fold: NDArray[np.int64]) -> tuple[Rows, Rows]:
    kept = [row for row, number in zip(rows, fold, strict=True) if number != 0]
    return kept, [row for row, number in zip(rows, fold, strict=True) if number == 0]


def split(dev: Rows, seed: int = SEED) -> tuple[Rows, Rows]:
    """Set a random fifth of the real messages aside, whole conversations only."""
    return _split(dev, folds(conversations(dev), FIFTHS, seed))


def honest(dev: Rows, own: Rows, sentences: list[Sentence], seed: int) -> dict[str, Any]:
    """Learn from four fifths and return the figures of the fifth set aside."""
    dev_kept, dev_held = split(dev, seed)
    own_kept, own_held = _split(own, folds(conversations(own), FIFTHS, seed))
    apart = np.random.default_rng(seed).random(len(sentences)) < 1 / FIFTHS
    kept = [s for s, held in zip(sentences, apart, strict=True) if not held]
    held = [s for s, out in zip(sentences, apart, strict=True) if out]
    weights = learn([*dev_kept, *own_kept], kept, seed)
    return {
        "how": (
            f"{len(dev_held)} real messages, a random fifth by conversation, labelled by a large "
            "language model after the codebook; the weights behind these figures were learnt "
            "without them. The shipped weights are learnt from all data by the same script: "
            "their own error can not be measured on it and should be slightly lower. Settings were "
            "chosen by cross-validation on another split of the same messages, which shares rows "
            "with this fifth, and the fifth was looked at between two versions: expect messages "
            "from elsewhere to agree a little less."
        ),
        "language_how": (
            "A random fifth of the sentences, likewise; `kk-latin` and the second script of "
            "Uzbek are transliterated but for a few. Under 40 characters: the same sentences, "
            "cut at a word."
        ),
        "written_how": "A random fifth of the packaged messages, likewise.",
        "heads": validate.heads(weights, examples(dev_held)),
        "language": validate.languages(weights, [*held, *_sentences(own_held)]),
        "written": validate.written(weights, examples(own_held)),
    }


def describe(dev: Rows, own: Rows, sentences: list[Sentence]) -> list[str]:
    """Say what was learnt from, in numbers."""
    foreign = len(languages.other())
    real = "public logs, English and Russian above all, labelled by a large language model"
    ours = "in nine languages, by a large language model, no native speaker has checked them"
    typed = "also in their second script, cut, without diacritics, mixed with Russian and English"
    return [
        f"{len(dev)} real messages with their context ({real}); not shipped.",
        f"{len(own)} messages written for this project ({ours}); in `catalog/written`.",
        f"{len(sentences)} sentences in nine languages ({typed}), language only; not shipped.",
        f"{foreign} sentences in other languages, written for this project.",
    ]


def run(dev: Rows, sentences: list[Sentence], out: Path, seed: int) -> None:
    """Measure, learn from everything, and write weights and card."""
    own = written()
    validation = honest(dev, own, sentences, seed)
    for name, head in validation["heads"].items():
        logger.info("held out: kappa of %s %.3f", name, head["kappa"])
    out.mkdir(parents=True, exist_ok=True)
    shipped.write(learn([*dev, *own], sentences, seed), out / modelcard.WEIGHTS)
    made = {
        "name": "shipped",
        "version": VERSION,
        "summary": (
            "Linear heads over hashed words, word beginnings, word pairs and letter runs for "
            "language, intent, work and topic; earlier turns enter with weights of their own, and "
            "a small network decides how much they count. Temperature-scaled probabilities."
        ),
        "sha256": hashlib.sha256((out / modelcard.WEIGHTS).read_bytes()).hexdigest(),
        "seed": seed,
        "data": describe(dev, own, sentences),
        "on_text": modelcard.ON_TEXT,
        "not_for": list(modelcard.NOT_FOR),
        "validation": validation,
    }
    (out / modelcard.CARD).write_bytes(
        msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n"
    )
    (out / modelcard.PAGE).write_text(modelcard.page(made), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(prog="python -m uptake.label.train", description=__doc__)
    parser.add_argument("--dev", type=Path, required=True, help="labelled messages, JSON lines")
    parser.add_argument("--languages", type=Path, required=True, help="folder of sentences")
    parser.add_argument(
        "--out", type=Path, default=modelcard.FOLDER, help="where weights and card go"
    )
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    run(load(given.dev), languages.corpora(given.languages), given.out, given.seed)


if __name__ == "__main__":
    main()
