"""Which documents print one text, copied or lightly edited: a story counts once."""

import hashlib
from collections.abc import Mapping, Sequence

from uptake.gather.knowledge.periods import days_of
from uptake.gather.words import words
from uptake.model.errors import MissingExtraError
from uptake.model.evidence import Document
from uptake.model.knowledge import Story

WORDS = 3
"""Length of the word runs that are compared."""

BANDS = (64, 2)
"""Bands and rows of the index: a pair with a Jaccard likeness of 0.3 is looked at with a chance of
0.998, one of 0.01 with one of 0.006. A threshold of 0.3 chooses (37, 3), which misses one pair in
six at 0.37, where a copy lies that lost a fifth of its text and had its figures rewritten."""

CONTAINED = 0.4
"""Share of the shorter text's runs that must stand in the other one, more than this."""

_PERMUTATIONS = 128
_SEED = 1

Runs = frozenset[int]


def stories(documents: Sequence[Document], texts: Mapping[str, str]) -> tuple[Story, ...]:
    """Return the stories of some documents, each document in one; the order does not matter.

    The earliest document stands for its story, and a later one joins the story whose first
    document it shares most with: no chain of edits joins texts that have little in common.

    Args:
        documents: With the dates that they state; those without one come last.
        texts: Stored text by document id; a document without text is a story of its own.

    Raises:
        MissingExtraError: The extra ``evidence`` is not installed.
    """
    runs = {d.id: word_runs(texts.get(d.id, "")) for d in documents}
    alike = _candidates(runs)
    leads: dict[str, list[tuple[str, float]]] = {}
    for document in sorted(documents, key=_by_date):
        near = [
            (contained(runs[document.id], runs[lead]), lead)
            for lead in leads
            if lead in alike.get(document.id, ())
        ]
        share, lead = max(near, default=(0.0, ""), key=lambda pair: pair[0])
        if share > CONTAINED:
            leads[lead].append((document.id, share))
        else:
            leads[document.id] = []
    return tuple(
        Story(
            id=lead,
            documents=(lead, *(copy for copy, _ in copies)),
            containment=min((share for _, share in copies), default=1.0),
        )
        for lead, copies in leads.items()
    )


def _by_date(document: Document) -> tuple[bool, str, str]:
    days = days_of(document.date) if document.date else None
    return days is None, days[0].isoformat() if days else "", document.id


def word_runs(text: str) -> Runs:
    """Return all runs of three words of a text, each as a number; a shorter text is one run.

    Words are folded; figures are no words, since copies write them in other ways.

    >>> len(word_runs("The pilot began today.")), len(word_runs("The pilot")), word_runs("")
    (2, 1, frozenset())
    """
    listed = [word.folded for word in words(text)]
    if not listed:
        return frozenset()
    starts = range(max(1, len(listed) - WORDS + 1))
    return frozenset(_number(" ".join(listed[start : start + WORDS])) for start in starts)


def _number(run: str) -> int:
    """Return 64 bits of a run that do not depend on the process, as Python's hash does."""
    return int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big")


def _low_bits(number: int) -> int:
    """Return the 32 bits that a sketch permutes."""
    return number & 0xFFFF_FFFF


def contained(a: Runs, b: Runs) -> float:
    """Return which share of the smaller set stands in the other.

    >>> contained(word_runs("a b c d"), word_runs("x a b c d y z"))
    1.0
    """
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _candidates(runs: Mapping[str, Runs]) -> dict[str, set[str]]:
    """Return for each text the texts that may share much with it, found in near-linear time."""
    try:
        from datasketch import MinHash, MinHashLSH
    except ImportError as error:
        raise MissingExtraError("telling copies from sources", "evidence") from error
    filled = {key: some for key, some in runs.items() if some}
    sketches = {}
    for key, some in filled.items():
        sketches[key] = MinHash(num_perm=_PERMUTATIONS, seed=_SEED, hashfunc=_low_bits)
        sketches[key].update_batch(some)
    index = MinHashLSH(num_perm=_PERMUTATIONS, params=BANDS)
    for key in sorted(sketches):
        index.insert(key, sketches[key])
    return {key: set(index.query(sketch)) - {key} for key, sketch in sketches.items()}
