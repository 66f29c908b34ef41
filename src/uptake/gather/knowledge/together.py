"""All of it: claims as judged and published, and what they say together."""

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from uptake.gather.knowledge.applying import apply
from uptake.gather.knowledge.calling import called
from uptake.gather.knowledge.comparing import either_year, figures
from uptake.gather.knowledge.copies import copies
from uptake.gather.knowledge.corroborate import corroborate
from uptake.gather.knowledge.counting import story_of
from uptake.gather.knowledge.distances import distances, newest
from uptake.gather.knowledge.entities import entities
from uptake.gather.knowledge.judgements import active
from uptake.gather.knowledge.reconcile import reconcile
from uptake.gather.knowledge.repeated import once
from uptake.gather.knowledge.stories import stories
from uptake.gather.knowledge.targets import pairs
from uptake.model.claim import Claim
from uptake.model.evidence import Document, Observation
from uptake.model.knowledge import Judgement, Knowledge


def knowledge(
    documents: Sequence[Document],
    texts: Mapping[str, str],
    claims: Sequence[Claim],
    observations: Sequence[Observation],
    judgements: Sequence[Judgement],
    threshold: float,
) -> Knowledge:
    """Return what claims say together; the order of documents, claims and rows does not matter.

    Args:
        documents: All of the observatory.
        texts: Stored text by document id.
        claims: As extracted.
        observations: Rows of the indicator tables.
        judgements: All ever made, in the order in which they were made.
        threshold: Confidence from which a claim that nobody judged is published.

    Raises:
        MissingExtraError: The extra ``evidence`` is not installed.
    """
    judged = apply(claims, judgements, texts)
    below = [
        c.id
        for c in judged.claims
        if judged.status[c.id] == "proposed" and c.confidence < threshold
    ]
    hidden = {*below, *(name for name, said in judged.status.items() if said == "rejected")}
    shown = once([_of_either(c) for c in judged.claims if c.id not in hidden], judged.status)
    status: dict[str, Literal["accepted", "proposed"]] = {
        c.id: "accepted" if judged.status[c.id] == "accepted" else "proposed" for c in shown
    }
    held = active(judgements)
    told = stories(documents, texts)
    repeated = copies(shown, told, status)
    numbers = figures(shown, documents, texts)
    last = newest(documents, observations)
    agreements, contradictions = reconcile(numbers, story_of(told), held)
    return Knowledge(
        claims=shown,
        status=status,
        edited=tuple(c.id for c in shown if c.id in judged.edited),
        threshold=threshold,
        withheld=(len(below), len(hidden) - len(below)),
        entities=entities(shown, held),
        stories=told,
        agreements=agreements,
        contradictions=contradictions,
        pairs=pairs(numbers, repeated),
        corroborations=corroborate(numbers, observations),
        unplaced=judged.unplaced,
        called=called(numbers),
        copies=repeated,
        distances=distances(numbers, observations, repeated, last),
        newest=last.isoformat() if last else "",
    )


def _of_either(claim: Claim) -> Claim:
    """Return a figure of one of two years with both as readings of its time, unless it has some."""
    years = either_year(claim) if claim.type == "indicator" else None
    if years is None or claim.alternatives.get("time"):
        return claim
    both = tuple(str(year) for year in years)
    return msgspec.structs.replace(claim, alternatives={**claim.alternatives, "time": both})
