"""How many stories, articles and claims: each counted apart, as a copy is no second source."""

from collections.abc import Iterable, Mapping, Sequence

from uptake.model.claim import Claim
from uptake.model.knowledge import Story


def story_of(stories: Sequence[Story]) -> dict[str, str]:
    """Return the id of the story of each document."""
    return {document: story.id for story in stories for document in story.documents}


def count_stories(claims: Iterable[Claim], story: Mapping[str, str]) -> int:
    """Return how many stories tell the claims; a document without a story is one of its own.

    >>> told = [Claim(doc=doc, type="event", quote="x", start=0, end=1) for doc in "abb"]
    >>> count_stories(told, {"a": "a", "b": "a"}), count_stories(told, {})
    (1, 2)
    """
    return len({story.get(claim.doc, claim.doc) for claim in claims})


def ids(claims: Iterable[Claim]) -> tuple[str, ...]:
    """Return the ids of claims in the order of document and place in it, each once."""
    return tuple(dict.fromkeys(claim.id for claim in sorted(claims, key=in_order)))


def in_order(claim: Claim) -> tuple[str, int, int, str, str]:
    """Return what sorts claims by document and place in it, whatever order they came in."""
    return claim.doc, claim.start, claim.end, claim.type, claim.id
