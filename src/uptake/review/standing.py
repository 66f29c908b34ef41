"""Where each claim stands once all judgements are applied, and which judgements have no effect."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from uptake.model.claim import Claim
from uptake.model.knowledge import Judgement
from uptake.review.sources import Case, Judged, State

STATES: tuple[State, ...] = ("proposed", "accepted", "rejected")


@dataclass(frozen=True, slots=True)
class Standing:
    """One claim under judgement.

    Attributes:
        claim: As edited.
        proposed: As extracted.
        state: By the last judgement that stands.
        history: All judgements about it, the oldest first.
        undone: Ids of those that were taken back.
        stale: Ids of those whose edit does not fit the claim any more.
        edited: Whether an edit changed it.
        moved: Whether it was judged when it came out otherwise: it is shown as it was judged.
    """

    claim: Claim
    proposed: Claim
    state: State = "proposed"
    history: tuple[Judgement, ...] = ()
    undone: frozenset[str] = frozenset()
    stale: frozenset[str] = frozenset()
    edited: bool = False
    moved: bool = False

    @property
    def by(self) -> str:
        """Return who decided last on it, of the judgements that stand; empty if nobody has."""
        gone = self.undone | self.stale
        deciding = ("accept", "reject", "edit")
        stand = [j.who for j in self.history if j.kind in deciding and j.id not in gone]
        return stand[-1] if stand else ""


def taken_back(judgements: Sequence[Judgement]) -> frozenset[str]:
    """Return the ids of the judgements that do not stand; an undo may itself be undone.

    >>> def of(id, kind, target): return Judgement(id=id, kind=kind, target=target, who="", when="")
    >>> sorted(taken_back([of("1", "accept", "c"), of("2", "undo", "1"), of("3", "undo", "2")]))
    ['2']
    """
    undone: set[str] = set()
    for judgement in reversed(judgements):
        if judgement.kind == "undo" and judgement.id not in undone:
            undone.add(judgement.target)
    return frozenset(undone)


def standings(
    cases: Sequence[Case], judgements: Sequence[Judgement], judged: Judged
) -> dict[str, Standing]:
    """Return each claim's standing by its id, in the order of the documents."""
    undone = taken_back(judgements)
    unplaced = frozenset(judged.unplaced)
    about: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        about[judged.placed.get(judgement.target, judgement.target)].append(judgement)
    proposed = {claim.id: claim for case in cases for claim in case.claims}
    return {
        claim.id: Standing(
            claim,
            proposed[claim.id],
            judged.status.get(claim.id, "proposed"),
            tuple(about.get(claim.id, ())),
            frozenset(j.id for j in about.get(claim.id, ()) if j.id in undone),
            frozenset(j.id for j in about.get(claim.id, ()) if j.id in unplaced),
            claim.id in judged.edited,
            any(j.target != claim.id and j.id not in undone for j in about.get(claim.id, ())),
        )
        for claim in judged.claims
    }
