"""Names -> persons and organisations: merges that can be taken back, judgements before scores."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations, pairwise
from typing import Any

import msgspec

from uptake.catalog import table
from uptake.gather.knowledge.bearers import ORGANISATION, PERSON, Bearer, Named, bearers
from uptake.gather.knowledge.clusters import Clusters, Rulings
from uptake.gather.knowledge.matching import SURE, likeness
from uptake.gather.knowledge.spelling import initials, sounds, words
from uptake.model.claim import Claim
from uptake.model.knowledge import Entity, Judgement

LARGEST_BLOCK = 60
"""Names that share a word's beginning are compared if there are at most so many of them."""

_KEY = 4
_ABBREVIATION = range(2, 8)


def entities(claims: Sequence[Claim], judgements: Sequence[Judgement] = ()) -> tuple[Entity, ...]:
    """Return who claims name, by all names; the order of claims does not matter.

    First what analysts judged, then names that the catalogue knows to be one, then spellings that
    need nobody to look at them; last names that say less (a family name, an initial, an
    abbreviation, a name cut short) if just one bearer fits. A merge never joins two names that a
    judgement split, bodies of two states, or names that are themselves unlike.

    Args:
        claims: Published claims.
        judgements: Those that hold, in order; only ``merge`` and ``split`` are read.
    """
    named = bearers(claims)
    rulings = Rulings(judgements)
    clusters = Clusters(list(named), rulings)
    for a, b in rulings.merges(named):
        clusters.join(a, b, "judgement")
    for a, b in _known_to_be_one(named):
        clusters.join(a, b, "catalogue")
    for bearer, where in named.items():
        for short in sorted(where.abbreviations):
            clusters.join(bearer, Bearer(ORGANISATION, short, bearer.state), "abbreviation")
    pairs = list(_pairs(named))
    for _, a, b, score in sorted((-s, a, b, s) for a, b, s in _strong(pairs)):
        clusters.join_alike(a, b, f"{score:.2f}")
    for a, b, why in _weak(pairs, named, clusters):
        clusters.join_alike(a, b, why)
    return tuple(sorted((_entity(group, clusters, named) for group in clusters.groups()), key=_by))


def _by(entity: Entity) -> tuple[str, str, str]:
    return entity.kind, entity.name, entity.id


def _entity(group: Sequence[Bearer], clusters: Clusters, named: Mapping[Bearer, Named]) -> Entity:
    names = sorted({bearer.name for bearer in group})
    uses = {n: sum(len(named[b].claims) for b in group if b.name == n) for n in names}
    states = sorted({b.state for b in group if b.state})
    content = msgspec.json.encode([group[0].kind, names, states])
    claims = dict.fromkeys(claim for bearer in group for claim in named[bearer].claims)
    return Entity(
        id=hashlib.sha256(content).hexdigest()[:16],
        kind="person" if group[0].kind == PERSON else "organisation",
        name=min(names, key=lambda name: (-uses[name], -len(name), name)),
        names=tuple(names),
        claims=tuple(sorted(claims)),
        merged=tuple(
            sorted(
                (a.name, b.name, why) for a, b, why in clusters.reasons(group) if a.name != b.name
            )
        ),
    )


@cache
def _catalogued() -> dict[tuple[str, ...], str]:
    return {
        words(spelling, ORGANISATION): entry["id"]
        for entry in table("organisations")["organisations"]
        for spellings in (*entry["names"].values(), entry.get("abbreviations", ()))
        for spelling in spellings
    }


def _known_to_be_one(named: Iterable[Bearer]) -> Iterator[tuple[Bearer, Bearer]]:
    first: dict[str, Bearer] = {}
    for bearer in named:
        known = _catalogued().get(words(bearer.name, bearer.kind))
        if bearer.kind == ORGANISATION and known and not bearer.state:
            yield first.setdefault(known, bearer), bearer


def _pairs(named: Iterable[Bearer]) -> Iterator[tuple[Bearer, Bearer]]:
    """Yield pairs that may be one bearer, each once: a large block costs nothing and yields none.

    Names that sound the same in all words share a block of their own, which is never left out.
    """
    blocks: dict[tuple[str, str], list[Bearer]] = defaultdict(list)
    for bearer in named:
        for key in _keys(bearer):
            blocks[bearer.kind, key].append(bearer)
    seen: set[tuple[Bearer, Bearer]] = set()
    for (_, key), block in sorted(blocks.items()):
        if len(block) > LARGEST_BLOCK and not key.startswith("="):
            continue
        chained = key.startswith("=") and len(block) > LARGEST_BLOCK
        for pair in pairwise(block) if chained else combinations(block, 2):
            if pair not in seen:
                seen.add(pair)
                yield pair


def _keys(bearer: Bearer) -> set[str]:
    listed = words(bearer.name, bearer.kind)
    keys = {form[:_KEY] for word in listed for form in sounds(word)}
    keys.add("=" + " ".join(sorted(min(sounds(word)) for word in listed)))
    if bearer.kind == ORGANISATION:
        keys |= {f"#{short}" for short in initials(bearer.name)}
        keys |= {f"#{short}" for short in _abbreviation(bearer.name)}
    return keys


def _abbreviation(name: str) -> tuple[str, ...]:
    """Return a name that is written as an abbreviation, romanised; nothing for others."""
    listed = words(name, ORGANISATION)
    capitals = sum(sign.isupper() for sign in name)
    short = len(listed) == 1 and len(listed[0]) in _ABBREVIATION and 2 * capitals > len(name)
    return listed if short else ()


def _strong(pairs: Iterable[tuple[Bearer, Bearer]]) -> Iterator[tuple[Bearer, Bearer, float]]:
    for a, b in pairs:
        alike = likeness(a.name, b.name, a.kind)
        whole = alike.shorter == alike.longer or (a.kind == PERSON and alike.shorter > 1)
        single = a.kind == PERSON and alike.shorter == 1
        told = bool(a.state) == bool(b.state)
        if alike.score >= SURE and whole and told and not alike.initial and not single:
            yield a, b, alike.score


def _weak(
    pairs: Iterable[tuple[Bearer, Bearer]], named: Mapping[Bearer, Named], clusters: Clusters
) -> list[tuple[Bearer, Bearer, str]]:
    """Return merges of names that say less, each with the one bearer that fits."""
    offers: dict[Bearer, dict[Bearer, tuple[Bearer, str]]] = defaultdict(dict)
    for a, b in pairs:
        for less, more in ((a, b), (b, a)):
            why = _fits(less, more, named)
            if why and clusters.root(less) != clusters.root(more):
                offers[less].setdefault(clusters.root(more), (more, why))
    found = [(less, *next(iter(o.values()))) for less, o in offers.items() if len(o) == 1]
    return sorted(found, key=lambda offer: (offer[0], offer[1]))


def _fits(less: Bearer, more: Bearer, named: Mapping[Bearer, Named]) -> str:
    """Return why the name that says less may be the other's; empty if it may not."""
    alike = likeness(less.name, more.name, less.kind)
    own, other = words(less.name, less.kind), words(more.name, more.kind)
    if less.kind == PERSON:
        shared = bool(named[less].documents & named[more].documents)
        if alike.score >= SURE and alike.initial and any(len(word) == 1 for word in own):
            return "initial"
        if alike.score >= SURE and len(own) == 1 < len(other) and shared:
            return "family name"
        return ""
    if set(_abbreviation(less.name)) & initials(more.name):
        return "first letters"
    cut = alike.leading and len(own) > 1 and len(own) < len(other) <= len(own) + 1
    if cut and alike.score >= SURE:
        return "cut short"
    untold = not less.state and bool(more.state)
    return "state untold" if untold and alike.score >= SURE and len(own) == len(other) else ""


def sides(a: Iterable[str], b: Iterable[str]) -> dict[str, Any]:
    """Return what a ``merge`` or ``split`` says of two groups of names, as its data.

    Ids of entities change with their names; the names in the data keep the judgement.

    >>> sides(["World Bank"], ["Jahon banki"])
    {'names': [['World Bank'], ['Jahon banki']]}
    """
    return {"names": [sorted(a), sorted(b)]}
