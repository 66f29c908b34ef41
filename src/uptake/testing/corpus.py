"""The written messages as something to draw from: what labels a language has, and the texts."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec
import numpy as np
from numpy.typing import NDArray

from uptake.catalog import facet
from uptake.model.labels import LANGUAGES


@dataclass(frozen=True, slots=True)
class Opening:
    """How a written conversation of two messages begins.

    Attributes:
        text: The first message.
        reply: The assistant's answer to it.
        follow: The second message.
    """

    text: str
    reply: str
    follow: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """The texts, by language, kind and work.

    A kind is a pair of intent and topic, of which the corpus has at least one text in some
    language; C is their number.

    Attributes:
        intent: (C,) index in the facet's values.
        topic: (C,) likewise.
        has: (languages, C, 3) bool: there is a text of this language, kind and work.
        texts: By (language, kind, work), all texts without a context.
        openings: By (language, kind and work of the first message, kind and work of the second).
    """

    intent: NDArray[np.int64]
    topic: NDArray[np.int64]
    has: NDArray[np.bool_]
    texts: dict[tuple[int, int, int], tuple[str, ...]]
    openings: dict[tuple[int, int, int, int, int], tuple[Opening, ...]]


class _Turn(msgspec.Struct, frozen=True):
    role: str
    text: str


class _Row(msgspec.Struct, frozen=True):
    id: str
    lang: str
    text: str
    context: tuple[_Turn, ...]
    intent: str
    work: str
    topic: str


@cache
def corpus() -> Corpus:
    """Read the written messages of the catalogue.

    A text that two languages share (a lone full stop) is left out: no reader could tell which it
    is. A message with a context is only used behind its own opener, and only where that opener's
    labels are known (``openers.toml``).
    """
    rows = _rows()
    alone = [row for row in rows if not row.context]
    languages: dict[str, set[str]] = {}
    for row in alone:
        languages.setdefault(row.text, set()).add(row.lang)
    alone = [row for row in alone if len(languages[row.text]) == 1]
    intents, topics, works = facet("intent").ids, facet("topic").ids, facet("work").ids
    kinds = sorted({(intents.index(r.intent), topics.index(r.topic)) for r in alone})
    index = {(intents[i], topics[t]): c for c, (i, t) in enumerate(kinds)}
    has = np.zeros((len(LANGUAGES), len(kinds), 3), dtype=np.bool_)
    texts: dict[tuple[int, int, int], list[str]] = {}
    for row in alone:
        key = (
            LANGUAGES.index(row.lang),
            index[row.intent, row.topic],
            works.index(row.work),
        )
        has[key] = True
        texts.setdefault(key, []).append(row.text)
    return Corpus(
        intent=np.array([kind[0] for kind in kinds]),
        topic=np.array([kind[1] for kind in kinds]),
        has=has,
        texts={key: tuple(found) for key, found in texts.items()},
        openings=_openings(rows, index),
    )


def _rows() -> list[_Row]:
    folder = files("uptake.catalog") / "written"
    found = sorted(e.name for e in folder.iterdir() if e.name.endswith(".jsonl"))
    decode = msgspec.json.Decoder(_Row).decode
    return [
        decode(line)
        for name in found
        for line in (folder / name).read_text(encoding="utf-8").split("\n")
        if line
    ]


def _openings(
    rows: list[_Row], index: dict[tuple[str, str], int]
) -> dict[tuple[int, int, int, int, int], tuple[Opening, ...]]:
    source = files("uptake.testing") / "openers.toml"
    labels = tomllib.loads(source.read_text(encoding="utf-8"))
    works = facet("work").ids
    found: dict[tuple[int, int, int, int, int], list[Opening]] = {}
    for row in rows:
        if row.id not in labels:
            continue
        intent, work, topic = labels[row.id]
        if (intent, topic) not in index or (row.intent, row.topic) not in index:
            continue
        first = index[intent, topic], works.index(work)
        second = index[row.intent, row.topic], works.index(row.work)
        asked, answered = row.context
        found.setdefault((LANGUAGES.index(row.lang), *first, *second), []).append(
            Opening(asked.text, answered.text, row.text)
        )
    return {key: tuple(listed) for key, listed in found.items()}
