"""Knowledge -> what the site shows of it: pure functions, every cell with its claims."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations
from types import MappingProxyType

from uptake.catalog.gazetteer import fold, place_name, place_names
from uptake.gather.knowledge.counting import count_stories, ids, in_order, story_of
from uptake.gather.knowledge.periods import after, days_of
from uptake.gather.knowledge.said import text, texts
from uptake.model.claim import Claim
from uptake.model.evidence import Document
from uptake.model.knowledge import Entity, Knowledge, Story
from uptake.model.views import (
    AttentionMonth,
    Network,
    Partner,
    PolicyStep,
    Promise,
    StageCell,
    Tie,
    Views,
)

NAMELESS = "\N{REPLACEMENT CHARACTER}"
"""Before the id of a policy without a name where names are sorted: it comes last."""


def views(knowledge: Knowledge, documents: Sequence[Document], place: str = "") -> Views:
    """Return all views of an observatory's knowledge, or of one place of it.

    Args:
        knowledge: As made by ``knowledge``.
        documents: All of the observatory, those without claims too.
        place: ISO 3166-1 alpha-3: only claims on it, and documents that name it; empty for all.
    """
    claims = [c for c in knowledge.claims if not place or place in c.countries]
    shown = [d for d in documents if not place or place in d.places]
    told = story_of(knowledge.stories)
    here = {claim.id for claim in claims}
    copies = {id: of for id, of in knowledge.copies.items() if of in here}
    first = [claim for claim in claims if claim.id not in copies]
    newest = newest_day(documents)
    return Views(
        stages=stages(claims, told, place),
        network=network(claims, knowledge.entities, told),
        policies=policies(claims, told, place, copies),
        attention=attention(first, shown, knowledge.stories),
        promises=promises(first, newest) if newest else (),
        newest=newest.isoformat() if newest else "",
    )


def stages(
    claims: Sequence[Claim], story: Mapping[str, str], place: str = ""
) -> tuple[StageCell, ...]:
    """Return the matrix of sector and stage of each place's initiatives; empty cells are left out.

    An initiative of two sectors or places stands in the cells of both.
    """
    cells: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.type == "initiative":
            stage = text(claim, "stage")
            for country in _places(claim, place):
                for sector in claim.sectors or ("",):
                    cells[country, sector, stage].append(claim)
    return tuple(
        StageCell(
            place=country,
            sector=sector,
            stage=stage,
            claims=ids(found),
            stories=count_stories(found, story),
        )
        for (country, sector, stage), found in sorted(cells.items())
    )


def _places(claim: Claim, place: str) -> tuple[str, ...]:
    return (place,) if place else claim.countries or ("",)


def network(
    claims: Sequence[Claim], entities: Sequence[Entity], story: Mapping[str, str]
) -> Network:
    """Return who works with whom: a node for each party of a partnership, an edge for each pair."""
    known = {
        (name, c): entity for entity in entities for name in entity.names for c in entity.claims
    }
    partners: dict[str, tuple[str, str]] = {}
    of: dict[str, list[Claim]] = defaultdict(list)
    ties: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=in_order):
        if claim.type != "partnership":
            continue
        nodes = {}
        for party in texts(claim, "parties"):
            node, name, kind = _node(party, claim.id, known)
            nodes[node] = (name, kind)
        for node, shown in nodes.items():
            partners.setdefault(node, shown)
            of[node].append(claim)
        for a, b in combinations(sorted(nodes), 2):
            ties[a, b].append(claim)
    return Network(
        partners=tuple(
            Partner(id=node, name=name, kind=kind, claims=ids(of[node]))
            for node, (name, kind) in sorted(partners.items())
        ),
        ties=tuple(
            Tie(a=a, b=b, claims=ids(found), stories=count_stories(found, story))
            for (a, b), found in sorted(ties.items())
        ),
    )


def _node(party: str, claim: str, known: Mapping[tuple[str, str], Entity]) -> tuple[str, str, str]:
    """Return id, name and kind of a party; one that no entity bears has its words as its id."""
    place = place_names().get(fold(party))
    if place:
        return place, place_name(place), "place"
    entity = known.get((party, claim))
    if entity:
        return entity.id, entity.name, entity.kind
    return fold(party) or party, party, "organisation"


def policies(
    claims: Sequence[Claim],
    story: Mapping[str, str],
    place: str = "",
    copies: Mapping[str, str] = MappingProxyType({}),
) -> tuple[PolicyStep, ...]:
    """Return policies by date, those without one last; one name, status and date is one step.

    A claim that repeats another of its story stands in that one's step, whatever it is called in
    the copy. A policy that no document names has no name: its quote says what it is.
    """
    by_id = {claim.id: claim for claim in claims}
    steps: dict[tuple[str, str, str, str], list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=in_order):
        if claim.type == "policy":
            one = by_id[copies.get(claim.id, claim.id)]
            name = fold(text(one, "name")) or f"{NAMELESS}{one.id}"
            when = (one.time.start or one.time.end or "") if one.time else ""
            for country in _places(one, place):
                steps[when, country, text(one, "status"), name].append(claim)
    return tuple(
        PolicyStep(
            date=when,
            place=country,
            name=next((name for c in found if (name := text(c, "name"))), ""),
            status=status,
            claims=ids(found),
            stories=count_stories(found, story),
        )
        for (when, country, status, _), found in sorted(steps.items(), key=_by_date)
    )


def _by_date(step: tuple[tuple[str, str, str, str], list[Claim]]) -> tuple[bool, str, object]:
    """Sort by the first day of the stated date: a year comes with its January."""
    key, _ = step
    days = days_of(key[0])
    return days is None, days[0].isoformat() if days else "", key


def attention(
    claims: Sequence[Claim], documents: Sequence[Document], stories: Sequence[Story]
) -> tuple[AttentionMonth, ...]:
    """Return how much was written month by month; documents that state no month come last.

    A story counts in the month of its first document among those given.
    """
    month = {d.id: (d.date or "")[:7] if len(d.date or "") >= 7 else "" for d in documents}
    told = story_of(stories)
    first: dict[str, str] = {}
    for story in stories:
        for document in story.documents:
            if document in month:
                first.setdefault(story.id, document)
    articles: dict[str, list[str]] = defaultdict(list)
    for document in month:
        articles[month[document]].append(document)
        first.setdefault(told.get(document, document), document)
    by_month: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.doc in month:
            by_month[month[claim.doc]].append(claim)
    starts = [month[document] for document in first.values()]
    return tuple(
        AttentionMonth(
            month=when,
            stories=starts.count(when),
            articles=len(articles[when]),
            claims=ids(by_month[when]),
        )
        for when in sorted(articles, key=lambda m: (not m, m))
    )


def newest_day(documents: Sequence[Document]) -> date | None:
    """Return the latest day on which a document was published as it states, None without any."""
    stated = [days for d in documents if d.date and (days := days_of(d.date))]
    return max((first for first, _ in stated), default=None)


def promises(claims: Sequence[Claim], newest: date) -> tuple[Promise, ...]:
    """Return what is to come after the newest document, the soonest first; no clock is read.

    Figures that are reached already are no promise, whatever their time.
    """
    found = []
    for claim in claims:
        when = next((stated for stated in _dates(claim) if after(stated, newest)), "")
        if when and text(claim, "kind") != "actual":
            found.append(Promise(date=when, claim=claim.id, places=claim.countries))
    return tuple(sorted(found, key=_soonest))


def _soonest(promise: Promise) -> tuple[date, date, str]:
    """Sort by the day by which it is due: a year is due with its December."""
    first, last = days_of(promise.date) or (date.max, date.max)
    return last, first, promise.claim


def _dates(claim: Claim) -> list[str]:
    """Return what a claim states of the future: its due date, its start, its time's end."""
    stated = [text(claim, key) for key in ("due", "start", "end")]
    if claim.time:
        stated += [claim.time.end or "", claim.time.start or ""]
    return stated
