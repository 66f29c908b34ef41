"""What an analyst decides, as a judgement to be appended."""

import hashlib
from collections.abc import Mapping
from typing import Any, Final, Literal

import msgspec

from uptake.model.claim import Claim
from uptake.model.knowledge import Judgement

Kind = Literal["accept", "reject", "edit", "merge", "split", "resolve", "undo"]

LONGEST_NAME: Final = 80
LONGEST_REASON: Final = 2_000


def judgement(
    kind: Kind,
    target: str,
    *,
    who: str,
    when: str,
    why: str = "",
    data: Mapping[str, Any] | None = None,
) -> Judgement:
    """Make a judgement; its id is a hash of all that it says."""
    content = [kind, target, who, when, why, dict(data or {})]
    digest = hashlib.sha256(msgspec.json.encode(content, order="sorted")).hexdigest()
    return Judgement(
        id=digest[:16],
        kind=kind,
        target=target,
        who=who,
        when=when,
        why=why,
        data=dict(data or {}),
    )


def snapshot(claim: Claim) -> dict[str, Any]:
    """Return what is kept of a claim beside a judgement, so that a stale one can be understood."""
    return {"of": {"doc": claim.doc, "type": claim.type, "quote": claim.quote[:500]}}


def named(who: str) -> str:
    """Return a name with single spaces, empty if it is none that can be kept.

    >>> named("  Aigul   K. "), named("a\\x00b"), named("x" * 81)
    ('Aigul K.', '', '')
    """
    name = " ".join(who.split())
    return name if len(name) <= LONGEST_NAME and name.isprintable() else ""


def reason(why: str) -> str:
    """Return a reason without control signs, cut at what is kept of one."""
    plain = "".join(sign for sign in why if sign.isprintable() or sign in "\n\t ")
    return plain.strip()[:LONGEST_REASON]
