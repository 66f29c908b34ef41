"""Initiatives: systems, projects, programmes and centres, each with the stage that it has reached."""

from collections.abc import Iterator

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.countries import countries, geography
from uptake.gather.claims.grouping import Group, Groups, add_headings
from uptake.gather.claims.sectors import sectors
from uptake.gather.claims.stated import (
    claim_time,
    evidence,
    organisations,
    spans,
    time_beside,
)
from uptake.gather.claims.undertakings import Undertaking, undertakings
from uptake.gather.grammar.spans import TimeSpan
from uptake.model.claim import Claim

_MODIFIERS = 4


def initiatives(analysis: Analysis) -> Iterator[Claim]:
    """Yield what a document says of things of the digital kind and how far they have come.

    One claim for each thing and stage: what is said again is in ``also_at``, and tells what the
    first place left out (the year when it is due).
    """
    groups = Groups()
    headings = []
    for told in undertakings(analysis):
        place, _ = countries(analysis, told.start, told.end)
        if told.sentence.heading:
            headings.append((told, place))
        elif not _is_partnership(told):
            groups.add(told, place)
    add_headings(groups, headings)
    for group in groups.all:
        yield _claim(analysis, group)


def _is_partnership(told: Undertaking) -> bool:
    """Tell whether a clause says that parties began something together that has no name."""
    return told.thing.joint and not told.thing.name and told.stage.rule == "launch"


def _claim(analysis: Analysis, group: Group) -> Claim:
    told = group.chief
    found, basis = countries(analysis, told.start, told.end)
    time = time_beside(analysis, told.start, told.end, told.stage_span[0])
    start, due = _dates(told, time)
    due = due or _due_elsewhere(analysis, group)
    actors = [o for o in organisations(analysis, told.start, told.end) if o.name != group.name]
    place = next((n for n in geography(analysis).within(told.start, told.end) if n.city), None)
    name_span = group.name_span if group.name else None
    return Claim(
        type="initiative",
        quote=analysis.text[told.start : told.end],
        start=told.start,
        end=told.end,
        countries=found,
        country_basis=basis,
        sectors=sectors(analysis, told.start, told.end),
        time=claim_time(analysis, time),
        modality=told.stage.modality,
        fields={
            "name": group.name or None,
            "actors": [o.name for o in actors],
            "what": _what(analysis, told),
            "stage": told.stage.stage,
            "stage_text": analysis.text[slice(*told.stage_span)],
            "start": start,
            "due": due,
            "place": analysis.text[place.start : place.end] if place else None,
        },
        evidence=evidence(
            stage=spans(told.stage_span),
            name=spans(name_span),
            time=spans((time.start, time.end) if time else None),
            actor=spans(*((o.start, o.end) for o in actors)),
            place=spans((place.start, place.end) if place else None),
            scope=spans(_scope(told)),
        ),
        alternatives={"stage": told.stage.alternatives} if told.stage.alternatives else {},
        also_at=spans(*group.again, *((u.start, u.end) for u in group.told if u is not told)),
        confidence=_confidence(group),
    )


def _scope(told: Undertaking) -> tuple[int, int] | None:
    scope = told.stage.scope
    return (told.start + scope[0], told.start + scope[1]) if scope else None


def _dates(told: Undertaking, time: TimeSpan | None) -> tuple[str | None, str | None]:
    """Return when something began and when it is due, as far as its clause says."""
    if time is None:
        return None, None
    if told.stage.stage == "announced" and told.stage.rule in {"ahead", "future", "talks"}:
        return None, time.last or time.first
    if told.stage.stage == "cancelled" or time.relation == "by":
        return None, None
    return time.first, None


def _due_elsewhere(analysis: Analysis, group: Group) -> str | None:
    for told in group.told:
        if told is not group.chief:
            time = time_beside(analysis, told.start, told.end, told.stage_span[0])
            due = _dates(told, time)[1]
            if due:
                return due
    return None


def _what(analysis: Analysis, told: Undertaking) -> str:
    """Return the noun with the few words before it, in the document's own words."""
    before = analysis.text[told.start : told.thing.start]
    clause = before.replace(",", ";").replace("»", ";").replace("”", ";").split(";")[-1]
    words = clause.split()[-_MODIFIERS:]
    return " ".join([*words, analysis.text[told.thing.start : told.thing.end]])


def _confidence(group: Group) -> float:
    told = group.chief
    named = 0.05 if group.name else 0.0
    vague = 0.15 if told.thing.bare and not group.name else 0.0
    return round(min(0.95, told.stage.confidence + named - vague), 2)
