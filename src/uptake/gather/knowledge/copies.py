"""Claims that copies of one text repeat: told once, however many documents print them."""

from collections.abc import Mapping, Sequence
from typing import Any

from uptake.gather.knowledge.counting import in_order
from uptake.gather.knowledge.matching import sentence_similarity
from uptake.gather.knowledge.said import text
from uptake.gather.knowledge.stories import contained, word_runs
from uptake.gather.words import fold, words
from uptake.model.claim import Claim
from uptake.model.knowledge import Story

REPEATED = 0.6
"""How alike the quotes of two claims of one story are that repeat each other, at least."""

_TELLING = ("value", "value_max", "unit", "currency", "kind", "role", "stage", "status")
"""Fields in which a claim and its repetition do not differ."""


def copies(
    claims: Sequence[Claim], stories: Sequence[Story], status: Mapping[str, str]
) -> dict[str, str]:
    """Return, by the id of each claim that repeats another of its story, the id of that one.

    The claim of the earliest document stands for all, one that an analyst accepted before others.
    Two claims of one document never repeat each other: they are two things.

    Args:
        claims: As published, each once in its document.
        stories: Which documents print one text, the earliest first.
        status: By claim id, ``accepted`` or ``proposed``.
    """
    place = {
        doc: (s.id, at) for s in stories if s.documents[1:] for at, doc in enumerate(s.documents)
    }
    told: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.doc in place:
            told.setdefault(place[claim.doc][0], []).append(claim)
    found: dict[str, str] = {}
    for group in told.values():
        group.sort(key=lambda c: (place[c.doc][1], in_order(c)))
        for same in _repeated(group):
            stands = next((c for c in same if status.get(c.id) == "accepted"), same[0])
            found |= {c.id: stands.id for c in same if c.id != stands.id}
    return found


def _repeated(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Group the claims of a story: in each group one of a document at most, the first one leading.

    A claim joins the group whose first quote is most like its own.
    """
    groups: list[list[Claim]] = []
    by_key: dict[tuple[Any, ...], list[list[Claim]]] = {}
    for claim in claims:
        known = by_key.setdefault(_key(claim), [])
        offers = [
            (_alike(claim, group[0]), -at)
            for at, group in enumerate(known)
            if all(claim.doc != other.doc for other in group)
            and _places_meet(claim.countries, group[0].countries)
        ]
        best, at = max(offers, default=(0.0, 0))
        if best >= REPEATED:
            known[-at].append(claim)
        else:
            known.append([claim])
            groups.append(known[-1])
    return groups


def _key(claim: Claim) -> tuple[Any, ...]:
    return (claim.type, *(str(claim.fields.get(key)) for key in _TELLING))


def _places_meet(a: Sequence[str], b: Sequence[str]) -> bool:
    return not a or not b or bool(set(a) & set(b))


def _alike(a: Claim, b: Claim) -> float:
    """Return how alike two claims are: by their names, else by their quotes' words."""
    name = fold(text(a, "name"))
    if a.type != "indicator" and name and name == fold(text(b, "name")):
        return 1.0
    runs = contained(word_runs(a.quote), word_runs(b.quote))
    left, right = (" ".join(word.folded for word in words(c.quote)) for c in (a, b))
    return max(runs, sentence_similarity(left, right))
