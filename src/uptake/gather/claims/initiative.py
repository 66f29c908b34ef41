"""Initiatives: systems, projects, programmes and centres, each with the stage it has reached."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.attribution import attribution
from uptake.gather.claims.boilerplate import in_boilerplate
from uptake.gather.claims.countries import countries, geography
from uptake.gather.claims.grouping import Group, Groups, add_headings
from uptake.gather.claims.phrases import lexicon, listed
from uptake.gather.claims.sectors import sectors
from uptake.gather.claims.stated import (
    claim_time,
    evidence,
    is_ahead,
    is_behind,
    organisations,
    spans,
    times_within,
)
from uptake.gather.claims.undertakings import Undertaking, undertakings
from uptake.gather.grammar.spans import TimeSpan
from uptake.gather.words import fold
from uptake.model.claim import Claim

_MODIFIERS = 4
_BEGUN = frozenset({"since", "as_of"})
_TENSELESS = frozenset({"use", "does"})
_BEGINNINGS = frozenset({"announce", "make"})


def initiatives(analysis: Analysis) -> Iterator[Claim]:
    """Yield what a document says of things of the digital kind and how far they have come.

    One claim for each thing and stage: what is said again is in ``also_at``, and tells what the
    first place left out (the year when it is due).
    """
    groups = Groups()
    headings = []
    for found in undertakings(analysis):
        if in_boilerplate(analysis, found.start, found.end):
            continue
        told = _not_yet(analysis, found)
        place, _ = countries(analysis, told.start, told.end)
        if told.sentence.heading:
            headings.append((told, place))
        elif not _is_partnership(analysis, told):
            groups.add(told, place)
    add_headings(groups, headings)
    for group in groups.all:
        if not _only_does(group, groups.all):
            yield _claim(analysis, group)


def _only_does(group: Group, groups: Sequence[Group]) -> bool:
    """Tell whether a group says only what a thing does whose stage the document tells elsewhere."""
    if not group.name or any(told.stage.rule != "does" for told in group.told):
        return False
    return any(g is not group and fold(g.name) == fold(group.name) for g in groups)


def _not_yet(analysis: Analysis, told: Undertaking) -> Undertaking:
    """Return what begins after the document's date as announced, whatever the tense of its verb.

    Several languages have one form for what is and what will be; a word such as "already" tells.
    """
    if analysis.date is None or told.stage.rule not in _TENSELESS:
        return told
    words = listed(analysis.text[told.start : told.end], told.sentence.language)
    stages = lexicon(told.sentence.language, "initiatives", "stages").find(words)
    if any(h.label == "present" for h in stages):
        return told
    times = times_within(analysis, told.start, told.end)
    if len(times) != 1 or is_behind(analysis, times[0]):
        return told
    stage = replace(told.stage, stage="announced", modality="planned", rule="future")
    return replace(told, stage=replace(stage, alternatives=("in_use",), scope=None))


def _is_partnership(analysis: Analysis, told: Undertaking) -> bool:
    """Tell whether a clause says that parties agreed on or began something joint without a name."""
    if told.thing.name:
        return False
    words = listed(analysis.text[told.start : told.end], told.sentence.language)
    around = lexicon(told.sentence.language, "initiatives", "words_around").find(words)
    labels = {h.label for h in around}
    return "joint" in labels and ("agreement" in labels or told.stage.rule == "launch")


def _claim(analysis: Analysis, group: Group) -> Claim:
    told = group.chief
    found, basis = countries(analysis, told.start, told.end)
    time, role = _time(analysis, told)
    start = time.first if time and role == "start" else None
    due = _due(analysis, group)
    actors = [o for o in organisations(analysis, told.start, told.end) if o.name != group.name]
    cities = [n for n in geography(analysis).within(told.start, told.end) if n.city]
    place = min(cities, key=lambda n: abs(n.start - told.thing.start), default=None)
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
        attribution=attribution(analysis, told.sentence),
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


def _time(analysis: Analysis, told: Undertaking) -> tuple[TimeSpan | None, str]:
    """Return the time of a clause that fits its stage, and whether it is ``start`` or ``due``."""
    low, high = told.stage_span
    times = sorted(
        times_within(analysis, told.start, told.end),
        key=lambda t: max(t.start - high, low - t.end, 0),
    )
    if told.stage.stage == "announced":
        begun = [t for t in times if t.relation != "by" and is_behind(analysis, t)]
        if begun and _has_begun(analysis, told):
            return begun[0], "start"
        coming = [t for t in times if is_ahead(analysis, t) and t.relation not in _BEGUN]
        if coming:
            return coming[0], "start" if told.stage.trial else "due"
        return (times[0], "start") if times and told.stage.rule in _BEGINNINGS else (None, "")
    passed = [t for t in times if is_behind(analysis, t) and t.relation != "by"]
    if not passed:
        return None, ""
    return passed[0], "" if told.stage.stage == "cancelled" else "start"


def _has_begun(analysis: Analysis, told: Undertaking) -> bool:
    """Tell whether work on a thing that is not there yet has begun: ``began to build``."""
    words = listed(analysis.text[slice(*told.stage_span)], told.sentence.language)
    return bool(lexicon(told.sentence.language, "initiatives", "tenses").find(words))


def _due(analysis: Analysis, group: Group) -> str | None:
    """Return when a thing is due by what is said of it anywhere, or by the rest of its sentence."""
    for told in group.told:
        time, role = _time(analysis, told)
        if time is not None and role == "due":
            return time.last or time.first
    if group.chief.stage.stage != "announced" or group.chief.stage.trial:
        return None
    rest = times_within(analysis, group.chief.end, group.chief.sentence.end)
    coming = [t for t in rest if is_ahead(analysis, t) and t.relation not in _BEGUN]
    return (coming[0].last or coming[0].first) if coming else None


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
