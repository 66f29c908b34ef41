"""One claim that a document prints twice is one claim, with the other places beside it."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from uptake.gather.knowledge.counting import in_order
from uptake.gather.words import fold
from uptake.model.claim import Claim
from uptake.model.evidence import Passage

AS_PRINTED = frozenset({"value_text", "stage_text"})
"""Fields that only say how a thing is printed."""


def once(claims: Sequence[Claim], status: Mapping[str, str]) -> tuple[Claim, ...]:
    """Return the claims of each document once, in the order of document and place.

    Of claims that say the same the one stays that an analyst accepted, else one that states a
    time (a headline leaves it to the text below), else the first; the places of the others are in
    its ``also_at``. Claims with different times do not say the same, and one without a time then
    stands alone.

    >>> said = {"fields": {"name": "AI day"}, "type": "event", "quote": "AI day"}
    >>> first, again = (Claim(id=i, start=s, end=s + 6, **said) for i, s in (("1", 0), ("2", 90)))
    >>> [claim.also_at for claim in once([again, first], {})]
    [(Passage(start=90, end=96),)]
    """
    same: dict[bytes, list[Claim]] = {}
    for claim in sorted(claims, key=in_order):
        same.setdefault(_said(claim), []).append(claim)
    parted = (part for group in same.values() for part in _by_time(group))
    return tuple(sorted((_one(part, status) for part in parted), key=in_order))


def _by_time(group: Sequence[Claim]) -> list[list[Claim]]:
    """Part claims by the time that they state; those without one are of the only one there is."""
    parts: dict[tuple[str | None, ...] | None, list[Claim]] = {}
    for claim in group:
        time = claim.time
        key = (time.start, time.end, time.relation) if time else None
        parts.setdefault(key, []).append(claim)
    untold = parts.pop(None, [])
    if len(parts) == 1:
        return [[*untold, *next(iter(parts.values()))]]
    return [*parts.values(), *([untold] if untold else [])]


def _one(group: Sequence[Claim], status: Mapping[str, str]) -> Claim:
    first = min(group, key=lambda c: (status.get(c.id) != "accepted", c.time is None, in_order(c)))
    if len(group) == 1:
        return first
    places = {(p.start, p.end) for claim in group for p in claim.also_at}
    places |= {(claim.start, claim.end) for claim in group}
    places.discard((first.start, first.end))
    also = tuple(Passage(start, end) for start, end in sorted(places))
    return msgspec.structs.replace(first, also_at=also)


def _said(claim: Claim) -> bytes:
    told = {k: _folded(v) for k, v in claim.fields.items() if k not in AS_PRINTED}
    fields = {k: v for k, v in told.items() if v not in (None, "", [], {})}
    content = [claim.doc, claim.type, claim.countries, claim.modality, fields]
    return msgspec.json.encode(content, order="sorted")


def _folded(value: Any) -> Any:
    """Return a text without case and kinds of spaces; its figures tell it from others."""
    return fold(" ".join(value.split())) if isinstance(value, str) else value
