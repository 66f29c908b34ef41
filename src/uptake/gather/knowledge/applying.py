"""Judgements on claims -> claims as judged: decisions survive rebuilds, quotes are re-read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec

from uptake.gather.knowledge.judgements import active
from uptake.model.claim import Attribution, Claim, ClaimTime, Modality
from uptake.model.errors import UptakeError
from uptake.model.knowledge import Judgement

Status = Literal["accepted", "rejected", "proposed"]

EDITABLE = frozenset(
    {"fields", "countries", "sectors", "time", "modality", "attribution", "start", "end"}
)
"""What an ``edit`` may set; ``fields`` sets single keys, and ``None`` takes one out."""


class EditError(UptakeError):
    """An edit can not be applied to a claim; the message says why."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Claims after judgement.

    Attributes:
        claims: As edited, with the ids of the extracted claims, in the order given.
        status: By claim id.
        reasons: Why a rejected claim was rejected, by claim id.
        edited: Ids of claims that an edit changed.
        unplaced: Judgements on claims that are no longer there, or whose edit no longer fits.
        placed: By the id that was judged, the id of the claim that stands for it now.
    """

    claims: tuple[Claim, ...]
    status: dict[str, Status] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    edited: frozenset[str] = frozenset()
    unplaced: tuple[str, ...] = ()
    placed: dict[str, str] = field(default_factory=dict)


def apply(
    claims: Sequence[Claim], judgements: Sequence[Judgement], texts: Mapping[str, str]
) -> Judged:
    """Apply all judgements on claims, in the order in which they were made.

    A judgement on a claim whose id is gone applies to the claim of the same document and type
    whose span overlaps most; if it was not rejected, that claim then says what the analyst saw.
    Who edits a claim confirms it as it then stands: it is accepted. The rule's other readings of an
    edited field are gone.

    Args:
        claims: As extracted.
        judgements: All of them; those on entities and contradictions are left alone.
        texts: Stored text by document id: a moved quote is read from it.
    """
    held = [one for one in active(judgements) if one.kind in ("accept", "reject", "edit")]
    now = {claim.id: claim for claim in claims}
    places = _placed(claims, held)
    status: dict[str, Status] = dict.fromkeys(now, "proposed")
    reasons: dict[str, str] = {}
    edited: set[str] = set()
    unplaced: list[str] = []
    seen: set[str] = set()
    for one in held:
        identifier = places.get(one.target)
        if identifier is None:
            unplaced.append(one.id)
            continue
        if identifier != one.target and one.kind != "reject" and one.target not in seen:
            now[identifier] = _as_seen(now[identifier], one, texts)
            seen.add(one.target)
        if one.kind == "edit":
            try:
                now[identifier] = edit(now[identifier], one.data, texts)
                edited.add(identifier)
            except EditError:
                unplaced.append(one.id)
                continue
            status[identifier] = "accepted"
            reasons.pop(identifier, None)
            continue
        status[identifier] = "accepted" if one.kind == "accept" else "rejected"
        reasons.pop(identifier, None)
        if one.kind == "reject":
            reasons[identifier] = one.why
    in_order = tuple(now[claim.id] for claim in claims)
    return Judged(in_order, status, reasons, frozenset(edited), tuple(unplaced), places)


def edit(claim: Claim, data: Mapping[str, Any], texts: Mapping[str, str]) -> Claim:
    """Return a claim with what an edit sets; its id stays that of the extracted claim.

    Raises:
        EditError: A key may not be set, a value has another type, or the quote would lie outside
            of the document.

    >>> claim = Claim(id="1", doc="d", type="event", quote="AI day", start=4, end=10)
    >>> edit(claim, {"start": 0}, {"d": "The AI day"}).quote
    'The AI day'
    """
    wanted = {key: value for key, value in data.items() if key != "claim"}
    unknown = sorted(set(wanted) - EDITABLE)
    if unknown:
        raise EditError(f"an edit can not set {', '.join(unknown)}; it may set {_listed()}")
    span = _span(claim, wanted, texts)
    try:
        setting = _mapping(wanted.get("fields", {}))
        fields = {**claim.fields, **setting}
        decided = {*setting, *wanted}
        return msgspec.structs.replace(
            claim,
            **span,
            fields={k: v for k, v in fields.items() if v is not None or k not in setting},
            alternatives={k: v for k, v in claim.alternatives.items() if k not in decided},
            countries=tuple(sorted(_texts(wanted.get("countries", claim.countries)))),
            sectors=_texts(wanted.get("sectors", claim.sectors)),
            time=msgspec.convert(wanted.get("time", claim.time), ClaimTime | None),
            modality=msgspec.convert(wanted.get("modality", claim.modality), Modality),
            attribution=msgspec.convert(
                wanted.get("attribution", claim.attribution), Attribution | None
            ),
        )
    except msgspec.ValidationError as error:
        raise EditError(f"the edit does not fit: {error}") from error


def _listed() -> str:
    return ", ".join(sorted(EDITABLE))


def _mapping(value: object) -> dict[str, Any]:
    return msgspec.convert(value, dict[str, Any])


def _texts(value: object) -> tuple[str, ...]:
    return msgspec.convert(value, tuple[str, ...])


def _span(
    claim: Claim, wanted: Mapping[str, Any], texts: Mapping[str, str]
) -> dict[str, int | str]:
    """Return the moved span and the words there: they are read, never typed."""
    if "start" not in wanted and "end" not in wanted:
        return {}
    start, end = wanted.get("start", claim.start), wanted.get("end", claim.end)
    text = texts.get(claim.doc, "")
    whole = isinstance(start, int) and isinstance(end, int)
    if not whole or not 0 <= start < end <= len(text) or not text[start:end].strip():
        raise EditError(f"no words stand at {start} to {end} of the document ({len(text)} signs)")
    return {"start": start, "end": end, "quote": text[start:end]}


def _placed(claims: Sequence[Claim], held: Iterable[Judgement]) -> dict[str, str]:
    """Return the id of the claim that each judged id stands for now; ids without one are left out.

    Claims that are judged by their own id, or that stand for another judged id, are not found
    again by their place.
    """
    here = {claim.id for claim in claims}
    targets: dict[str, Judgement] = {}
    for one in held:
        if one.target not in targets or "claim" in one.data:
            targets[one.target] = one
    placed = {target: target for target in targets if target in here}
    free = [claim for claim in claims if claim.id not in placed]
    offers = sorted(
        (-overlap, -same, claim.start, claim.id, target)
        for target, one in targets.items()
        if target not in here
        for claim in free
        for overlap, same in _likeness(claim, one)
    )
    used: set[str] = set()
    for _, _, _, identifier, target in offers:
        if target not in placed and identifier not in used:
            placed[target] = identifier
            used.add(identifier)
    return placed


def _likeness(claim: Claim, one: Judgement) -> list[tuple[float, int]]:
    """Return how much of both spans is shared and how many fields; nothing for other claims."""
    then = one.data.get("claim")
    if not isinstance(then, dict) or (then.get("doc"), then.get("type")) != (claim.doc, claim.type):
        return []
    start, end = then.get("start"), then.get("end")
    if not isinstance(start, int) or not isinstance(end, int):
        return []
    shared = min(end, claim.end) - max(start, claim.start)
    if shared <= 0:
        return []
    fields = then.get("fields")
    old = fields if isinstance(fields, dict) else {}
    same = sum(claim.fields.get(key) == value for key, value in old.items())
    return [(shared / (max(end, claim.end) - min(start, claim.start)), same)]


def _as_seen(claim: Claim, one: Judgement, texts: Mapping[str, str]) -> Claim:
    """Return a claim found again with what the analyst saw: that is what was decided on."""
    then = one.data["claim"]
    start, end = then["start"], then["end"]
    stands = texts.get(claim.doc, "")[start:end] == then.get("quote")
    span = {"start": start, "end": end, "quote": then.get("quote")} if stands else {}
    try:
        countries = _texts(then.get("countries", claim.countries))
        fields = _mapping(then.get("fields", claim.fields))
    except msgspec.ValidationError:
        return claim
    return msgspec.structs.replace(claim, **span, fields=fields, countries=countries)
