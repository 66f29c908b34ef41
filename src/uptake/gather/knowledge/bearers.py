"""Claims -> who they name: each name once, with the claims and documents that it stands in."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from uptake.catalog.gazetteer import fold, place_names
from uptake.gather.knowledge.counting import in_order
from uptake.gather.knowledge.said import text, texts
from uptake.model.claim import Claim

ORGANISATION = "organisation"
PERSON = "person"
_ACTING = ("parties", "actors", "actor")

OF_A_STATE = frozenset({"government", "parliament"})
"""Kinds of organisations that each state has its own of, under the same name."""


class Bearer(NamedTuple):
    """A name as it is clustered.

    Attributes:
        kind: ``person`` or ``organisation``.
        name: As claims give it.
        state: ISO 3166-1 alpha-3 of the state whose body it is; empty for others and if untold.
    """

    kind: str
    name: str
    state: str = ""


@dataclass(slots=True)
class Named:
    """Where a name stands: ids of claims, of documents, and abbreviations introduced with it."""

    claims: list[str] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)
    abbreviations: set[str] = field(default_factory=set)


def bearers(claims: Sequence[Claim]) -> dict[Bearer, Named]:
    """Return all persons and organisations that claims name, sorted, with where they stand.

    Persons, organisations, the organisations of persons and speakers, parties and actors count; a
    party or an actor that is a place, or written in small letters (``private firms``), does not.
    """
    ordered = sorted(claims, key=in_order)
    persons = {text(c, "name") for c in ordered if c.type == PERSON}
    bodies = {
        fold(text(c, "name"))
        for c in ordered
        if c.type == ORGANISATION and text(c, "org_type") in OF_A_STATE
    }
    found: dict[Bearer, Named] = defaultdict(Named)
    for claim in ordered:
        for kind, name in _names(claim, persons):
            named = found[_bearer(kind, name, claim, bodies)]
            if claim.id not in named.claims:
                named.claims.append(claim.id)
            named.documents.add(claim.doc)
        short = text(claim, "abbreviation").strip()
        if claim.type == ORGANISATION and _told(short):
            full = _bearer(ORGANISATION, text(claim, "name"), claim, bodies)
            if full in found and short != full.name:
                found[full].abbreviations.add(short)
                alias = found[Bearer(ORGANISATION, short, full.state)]
                alias.claims.append(claim.id)
                alias.documents.add(claim.doc)
    return {bearer: found[bearer] for bearer in sorted(found)}


def _bearer(kind: str, name: str, claim: Claim, bodies: set[str]) -> Bearer:
    of_a_state = kind == ORGANISATION and fold(name) in bodies and len(claim.countries) == 1
    return Bearer(kind, name, claim.countries[0] if of_a_state else "")


def _names(claim: Claim, persons: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the kind and the text of each name in a claim."""
    own = text(claim, "name")
    if claim.type in (PERSON, ORGANISATION) and _told(own):
        yield claim.type, own
    said = claim.attribution
    organisations = [(said.organisation if said else None) or ""]
    if claim.type == PERSON:
        organisations.append(text(claim, "organisation"))
    yield from ((ORGANISATION, name) for name in organisations if _told(name))
    for name in dict.fromkeys(one for key in _ACTING for one in texts(claim, key)):
        if _told(name) and any(sign.isupper() for sign in name) and fold(name) not in place_names():
            yield (PERSON if name in persons else ORGANISATION), name


def _told(name: str) -> bool:
    return any(sign.isalpha() for sign in name)
