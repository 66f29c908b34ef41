"""Where each claim stands once all judgements about it are applied, and which ones are stale."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from uptake.model.claim import Attribution, Claim, ClaimTime
from uptake.model.knowledge import Judgement
from uptake.review import quote
from uptake.review.sources import Case

State = Literal["proposed", "accepted", "rejected"]
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
        problems: Why an edit could not be applied, a sentence each.
    """

    claim: Claim
    proposed: Claim
    state: State = "proposed"
    history: tuple[Judgement, ...] = ()
    undone: frozenset[str] = frozenset()
    problems: tuple[str, ...] = ()


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


def standings(cases: Sequence[Case], judgements: Sequence[Judgement]) -> dict[str, Standing]:
    """Return each claim's standing by its id, in the order of the documents."""
    undone = taken_back(judgements)
    about: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        about[judgement.target].append(judgement)
    return {
        claim.id: _standing(case, claim, about.get(claim.id, ()), undone)
        for case in cases
        for claim in case.claims
    }


def _standing(
    case: Case, proposed: Claim, history: Sequence[Judgement], undone: frozenset[str]
) -> Standing:
    claim, state = proposed, "proposed"
    problems = []
    for judgement in history:
        if judgement.id in undone:
            continue
        if judgement.kind == "accept":
            state = "accepted"
        elif judgement.kind == "reject":
            state = "rejected"
        elif judgement.kind == "edit":
            try:
                claim = edited(claim, case.text, judgement.data)
            except ValueError as error:
                problems.append(f"The edit of {judgement.when} by {judgement.who}: {error}")
    return Standing(
        claim,
        proposed,
        state,  # type: ignore[arg-type]
        tuple(history),
        frozenset(j.id for j in history if j.id in undone),
        tuple(problems),
    )


_PLAIN: Mapping[str, Any] = {
    "countries": tuple[str, ...],
    "sectors": tuple[str, ...],
    "modality": str,
    "country_basis": str | None,
    "time": ClaimTime | None,
    "attribution": Attribution | None,
}


def edited(claim: Claim, text: str, data: Mapping[str, Any]) -> Claim:
    """Return a claim with an edit applied; its id stays that of the proposed claim.

    Raises:
        ValueError: The edit does not fit the document or the schema.
    """
    changed: dict[str, Any] = {}
    if "start" in data or "end" in data:
        start, end = data.get("start"), data.get("end")
        if not isinstance(start, int) or not isinstance(end, int):
            raise ValueError("its quote has no place")
        if not quote.allowed(text, start, end):
            raise ValueError("its quote does not lie on words of the document")
        changed |= {"start": start, "end": end, "quote": text[start:end]}
    fields = data.get("fields", {})
    if not isinstance(fields, dict):
        raise ValueError("its fields are none")
    if fields:
        changed["fields"] = {**claim.fields, **fields}
    for name, kind in _PLAIN.items():
        if name in data:
            try:
                changed[name] = msgspec.convert(data[name], kind)
            except msgspec.ValidationError as error:
                raise ValueError(f"{name}: {error}") from None
    return msgspec.structs.replace(claim, **changed)


def stale(
    judgements: Sequence[Judgement], known: Mapping[str, Standing]
) -> tuple[Judgement, ...]:
    """Return the judgements about claims that are not proposed any more.

    A claim's id is a hash of what it says: once a document is read anew and the claim comes out
    otherwise, what was judged of the old one says nothing of the new one.
    """
    undone = taken_back(judgements)
    kinds = {"accept", "reject", "edit"}
    return tuple(
        j for j in judgements if j.kind in kinds and j.target not in known and j.id not in undone
    )
