"""Claims -> who they name: each name once, with the claims and documents that it stands in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from uptake.catalog.gazetteer import fold, place_names
from uptake.gather.knowledge.counting import in_order
from uptake.model.claim import Claim

ORGANISATION = "organisation"
PERSON = "person"
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
    persons = {str(c.fields.get("name")) for c in ordered if c.type == "person"}
    bodies = {
        fold(str(c.fields.get("name")))
        for c in ordered
        if c.type == "organisation" and c.fields.get("org_type") in OF_A_STATE
    }
    found: dict[Bearer, Named] = defaultdict(Named)
    for claim in ordered:
        for kind, name in _names(claim, persons):
            named = found[_bearer(kind, name, claim, bodies)]
            if claim.id not in named.claims:
                named.claims.append(claim.id)
            named.documents.add(claim.doc)
        short = claim.fields.get("abbreviation")
        if claim.type == "organisation" and isinstance(short, str) and short.strip():
            full = _bearer(ORGANISATION, str(claim.fields.get("name")), claim, bodies)
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
    own = claim.fields.get("name")
    if claim.type in (PERSON, ORGANISATION) and _told(own):
        yield claim.type, str(own)
    said = claim.attribution
    organisations = [said.organisation if said else None]
    if claim.type == PERSON:
        organisations.append(claim.fields.get("organisation"))
    yield from ((ORGANISATION, str(name)) for name in organisations if _told(name))
    for name in _acting(claim.fields):
        if _told(name) and any(sign.isupper() for sign in name) and fold(name) not in place_names():
            yield (PERSON if name in persons else ORGANISATION), name


def _told(name: object) -> bool:
    return isinstance(name, str) and any(sign.isalpha() for sign in name)


def _acting(fields: dict[str, Any]) -> Iterable[str]:
    listed = [*(fields.get("parties") or ()), *(fields.get("actors") or ()), fields.get("actor")]
    return dict.fromkeys(name for name in listed if isinstance(name, str))
