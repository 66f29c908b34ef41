"""What the language head learns from: sentences, and what people make of them on a keyboard."""

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import scipy.sparse as sp

from uptake.label import features
from uptake.label.shipped import Floats
from uptake.label.training import scripts, solver
from uptake.label.training.examples import load
from uptake.model.labels import LANGUAGES

PENALTY = 2e-7
EVEN = 0.75
"""How far varieties with many sentences weigh no more than others: 0 not at all, 1 wholly."""

MOST = 2500
"""So many sentences of a language are enough; Kazakh, in its four spellings, has many more."""

_NAMES = {
    "kazakh": "kk",
    "uzbek": "uz",
    "azerbaijani": "az",
    "turkish": "tr",
    "karakalpak": "other",
}
_FIELDS = ("text", "question", "instruction")
_SCRIPTS = (
    (0x0370, 0x03FF), (0x0530, 0x058F), (0x0590, 0x05FF), (0x0600, 0x06FF), (0x0900, 0x097F),
    (0x0980, 0x09FF), (0x0B80, 0x0BFF), (0x0E00, 0x0E7F), (0x10A0, 0x10FF), (0x1200, 0x137F),
    (0x1780, 0x17FF), (0x1800, 0x18AF), (0x3040, 0x30FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7AF),
)  # fmt: skip


class Sentence(NamedTuple):
    """A text and its language; ``variety`` tells scripts apart (``uz-cyrillic``, ``kk-latin``)."""

    text: str
    language: str
    variety: str


def corpora(folder: Path) -> list[Sentence]:
    """Read every ``*.jsonl`` below a folder whose rows have a text and a language.

    A row without a field ``lang`` has that of its folder's name, where it begins with one
    (``kazqad``, ``azerbaijani``) or is English.
    """
    found = []
    for path in sorted(folder.rglob("*.jsonl")):
        for row in load(path):
            text = next((row[field] for field in _FIELDS if row.get(field)), "")
            name = str(row.get("lang") or _of_folder(path.parent.name))
            language = _NAMES.get(name.partition("-")[0], name)
            found.append(Sentence(text, language, variety(text, language)))
    return [sentence for sentence in found if sentence.text and sentence.language in LANGUAGES]


def _of_folder(name: str) -> str:
    return {"kaz": "kk", "aze": "az"}.get(name[:3], "en")


def variety(text: str, language: str) -> str:
    """Name the language, with the script where it is not the usual one.

    >>> variety("Салом", "uz"), variety("Salom", "uz"), variety("Qalaisyñ", "kk")
    ('uz-cyrillic', 'uz', 'kk-latin')
    """
    cyrillic = sum("Ѐ" <= sign <= "ӿ" for sign in text)
    latin = sum(sign.isalpha() for sign in text) - cyrillic
    if language == "uz" and cyrillic > latin:
        return "uz-cyrillic"
    return "kk-latin" if language == "kk" and latin > cyrillic else language


def other() -> list[Sentence]:
    """Return the packaged sentences of languages that are none of ours."""
    raw = tomllib.loads((Path(__file__).parent / "other.toml").read_text(encoding="utf-8"))
    return [Sentence(text, "other", "other") for texts in raw.values() for text in texts]


def spelled(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Add the other script of Kazakh and Uzbek sentences."""
    return [
        *sentences,
        *(Sentence(t, s.language, v) for s in sentences for t, v in _other_script(s)),
    ]


def _other_script(sentence: Sentence) -> Iterator[tuple[str, str]]:
    if sentence.variety == "kk":
        yield scripts.kazakh_latin(sentence.text, 2021), "kk-latin"
        yield scripts.kazakh_latin(sentence.text, 2018), "kk-latin"
        yield scripts.kazakh_latin(sentence.text, 0), "kk-latin"
    elif sentence.variety == "uz":
        yield scripts.uzbek_cyrillic(sentence.text), "uz-cyrillic"
    elif sentence.variety == "uz-cyrillic":
        yield scripts.uzbek_latin(sentence.text), "uz"


def typed(sentences: Sequence[Sentence], rng: np.random.Generator) -> list[Sentence]:
    """Add what messages are: some words of a sentence, small letters, letters without marks."""
    made = list(sentences)
    for sentence in sentences:
        words = sentence.text.split()
        for most in (2, 5):
            size = int(rng.integers(1, most + 1))
            begin = int(rng.integers(0, max(len(words) - size, 0) + 1))
            text = " ".join(words[begin : begin + size])
            if rng.random() < 0.5:
                text = text.lower().strip(".,!?;:")
            if rng.random() < 0.15:
                text = scripts.plain(text)
            if any(sign.isalpha() for sign in text):
                made.append(sentence._replace(text=text))
        opening = sentence.text[: int(rng.integers(20, 45))].rpartition(" ")[0]
        if opening and opening != sentence.text and any(sign.isalpha() for sign in opening):
            made.append(sentence._replace(text=opening))
        if rng.random() < 0.1:
            made.append(sentence._replace(text=scripts.plain(sentence.text)))
    return made


def mixed(
    sentences: Sequence[Sentence], rng: np.random.Generator, share: float = 0.1
) -> list[Sentence]:
    """Mix a share of the sentences as speakers do: a few Russian or English words in another."""
    guests = [s.text.split() for s in sentences if s.language in ("ru", "en")]
    made = []
    for sentence in sentences:
        if sentence.language in ("kk", "uz", "ky", "tg", "tk", "az") and rng.random() < share:
            words, guest = sentence.text.split(), guests[int(rng.integers(len(guests)))]
            size = max(1, len(words) // 4)
            at = int(rng.integers(0, len(words) + 1))
            made.append(sentence._replace(text=" ".join([*words[:at], *guest[:size], *words[at:]])))
    return made


def foreign_scripts(rng: np.random.Generator, each: int = 40) -> list[Sentence]:
    """Make up strings in scripts that none of our languages is written in."""
    made = []
    for low, high in _SCRIPTS:
        for _ in range(each):
            sizes = rng.integers(1, 9, size=int(rng.integers(1, 9)))
            words = ["".join(map(chr, rng.integers(low, high + 1, size=size))) for size in sizes]
            made.append(Sentence(" ".join(words), "other", "other"))
    return made


def _some(sentences: Sequence[Sentence], rng: np.random.Generator) -> list[Sentence]:
    """Take ``MOST`` sentences of each language at random."""
    met: dict[str, int] = {}
    kept = []
    for index in rng.permutation(len(sentences)).tolist():
        language = sentences[index].language
        met[language] = met.get(language, 0) + 1
        if met[language] <= MOST:
            kept.append(index)
    return [sentences[index] for index in sorted(kept)]


def fit(sentences: Sequence[Sentence], seed: int, iterations: int = 100) -> Floats:
    """Fit the language head; a variety with many sentences weighs less than by their number.

    Returns:
        (2^16 + 1, 10) weights of letter n-grams, the intercept last.
    """
    rng = np.random.default_rng(seed)
    some = _some(sentences, rng)
    made = typed(spelled(some), rng)
    made += mixed(some, rng) + foreign_scripts(rng)
    texts = features.cut([sentence.text for sentence in made])
    x = sp.vstack(
        [features.extract(texts[s]).letters for s in features.chunks(texts)], format="csr"
    )
    _, which, many = np.unique(
        [sentence.variety for sentence in made], return_inverse=True, return_counts=True
    )
    importance = (many.astype(np.float64) ** -EVEN)[which].astype(np.float32)
    target = np.eye(len(LANGUAGES), dtype=np.float32)[
        [LANGUAGES.index(sentence.language) for sentence in made]
    ]
    weights, bias = solver.logistic(x, target, PENALTY, iterations, importance)
    return np.vstack([weights, bias[None]])
