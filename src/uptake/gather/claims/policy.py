"""Policies: laws, strategies, programmes and rules, each with the status that is told of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.attribution import attribution
from uptake.gather.claims.boilerplate import in_boilerplate
from uptake.gather.claims.clauses import asks, trimmed
from uptake.gather.claims.countries import countries
from uptake.gather.claims.parting import clauses, turns
from uptake.gather.claims.phrases import Hit, lexicon, listed
from uptake.gather.claims.sectors import sectors
from uptake.gather.claims.stages import is_unreal
from uptake.gather.claims.stated import (
    claim_time,
    evidence,
    organisations,
    spans,
    time_beside,
)
from uptake.gather.claims.statuses import BOUNDS, StatusWords, status_of
from uptake.gather.claims.things import QUOTED, is_about_it, is_speech, topics
from uptake.gather.grammar.spans import Sentence
from uptake.gather.words import fold
from uptake.model.claim import Claim

_WEAK = frozenset({"rules", "standard", "requirement", "policy", "regulation", "order"})
"""Kinds whose nouns also mean much else: only with a word of the topic beside."""

_SOMEBODYS = frozenset({"rules", "regulation", "policy"})
"""Weak ones that a government or a regulator beside them makes sure."""

_INSTRUMENTS = frozenset({"decree", "government resolution", "order"})
"""What approves another document, when both stand in one clause."""

_SUBJECT_OPENS = 3
_JOIN = re.compile(r"[,;]\s|\s[–—]\s")
_OPENING = 12
_CAPITAL = r"[^\W\d_a-zа-яәіңғүұқөһıöüşçğё][\w'’‘-]*"
_CAPITALS = re.compile(rf"{_CAPITAL}(?: (?:[^\W\d_A-ZА-ЯӘІҢҒҮҰҚӨҺİ]{{1,3}} )?{_CAPITAL})+")


@dataclass(frozen=True, slots=True)
class _Document:
    """A policy named in a clause: its noun, its kind and its own name."""

    start: int
    end: int
    kind: str
    name: str = ""
    name_span: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class _Told:
    start: int
    end: int
    document: _Document
    status: StatusWords
    sentence: Sentence


def policies(analysis: Analysis) -> Iterator[Claim]:
    """Yield the policies of a document with their status; what is said again is in ``also_at``."""
    groups: dict[tuple[str, str, tuple[str, ...]], list[_Told]] = {}
    headings = []
    for sentence in analysis.sentences:
        if in_boilerplate(analysis, sentence.start, sentence.end) or asks(analysis.text, sentence):
            continue
        if is_unreal(analysis.text[sentence.start : sentence.end], sentence.language):
            continue
        for told in _in_sentence(analysis, sentence):
            if told.sentence.heading:
                headings.append(told)
                continue
            found, _ = countries(analysis, told.start, told.end)
            key = (fold(told.document.name) or told.document.kind, told.status.status, found)
            groups.setdefault(key, []).append(told)
    if not groups:
        groups = {("", str(told.start), ()): [told] for told in headings}
    for group in groups.values():
        yield _claim(analysis, group)


def _in_sentence(analysis: Analysis, sentence: Sentence) -> Iterator[_Told]:
    text, language = analysis.text[sentence.start : sentence.end], sentence.language
    words = listed(text, language)
    documents = _documents(text, lexicon(language, "policies", "types").find(words))
    if not documents:
        return
    verbs = [
        h
        for h in lexicon(language, "policies", "status").find(words)
        if h.label not in BOUNDS or h.label == "negated"
    ]
    nouns = [d.start for d in documents]
    for low, high in clauses(
        text, language, verbs, nouns, hard="", turns=turns(analysis, sentence)
    ):
        inside = [d for d in documents if low <= d.start < high]
        status = status_of(text[low:high], language) if inside else None
        if status is None or status.status == "stated":
            continue
        document = _told_of(inside, low + status.start)
        cut = _until_elsewhere(analysis, sentence, (low, high), (document, status))
        start, end = trimmed(text, low, cut)
        if _is_topical(analysis, sentence, (start, end), document):
            by = low - start
            moved = replace(status, start=status.start + by, end=status.end + by)
            yield _Told(
                sentence.start + start,
                sentence.start + end,
                _moved(document, sentence.start),
                moved,
                sentence,
            )


def _until_elsewhere(
    analysis: Analysis,
    sentence: Sentence,
    clause: tuple[int, int],
    told: tuple[_Document, StatusWords],
) -> int:
    """Return where a clause ends, before one that speaks of another country ("and in X ...")."""
    (low, high), (document, status) = clause, told
    by = sentence.start
    needed = max(document.end, low + status.end)
    before = {p.place for p in analysis.places if low <= p.start - by < needed}
    behind = [p for p in analysis.places if needed <= p.start - by < high]
    other = next((p.start - by for p in behind if p.place not in before), high)
    if not before or other == high:
        return high
    joins = _JOIN.finditer(analysis.text, by + needed, by + other)
    return next((m.start() - by for m in joins), high)


def _documents(text: str, hits: Sequence[Hit]) -> list[_Document]:
    """Return the policies of a sentence, none within another."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.first, -h.last)):
        if not kept or hit.first > kept[-1].last:
            kept.append(hit)
    return [_named(text, hit) for hit in kept if hit.label != "not_policies"]


def _named(text: str, hit: Hit) -> _Document:
    for match in QUOTED.finditer(text):
        group = next(n for n in range(1, 5) if match[n] is not None)
        if is_speech(text, match, group):
            continue
        low, high = match.span(group)
        holds = low <= hit.start and hit.end <= high
        gap = text[match.end() : hit.start] if match.end() <= hit.start else text[hit.end : low - 1]
        beside = not holds and len(gap) < 40 and len(gap.split()) < _SUBJECT_OPENS
        if holds or (beside and not set(gap) & set(",;:.()")):
            return _Document(hit.start, hit.end, hit.label, match[group].strip(), (low, high))
    run = _capitalised(text, hit)
    if run is not None:
        return _Document(hit.start, hit.end, hit.label, text[slice(*run)], run)
    return _Document(hit.start, hit.end, hit.label)


def _capitalised(text: str, hit: Hit) -> tuple[int, int] | None:
    """Return a name in capitals around a noun, where it opens the sentence: in the nominative."""
    run = next((m for m in _CAPITALS.finditer(text) if m.start() <= hit.start < m.end()), None)
    if run is None or run.start() > _OPENING or len(run[0].split()) < 2:
        return None
    return (run.start(), run.end()) if hit.end <= run.end() else None


def _moved(document: _Document, by: int) -> _Document:
    low, high = document.name_span
    span = (low + by, high + by) if document.name else (0, 0)
    return _Document(document.start + by, document.end + by, document.kind, document.name, span)


def _told_of(inside: Sequence[_Document], at: int) -> _Document:
    """Return the policy that a status is of: a named one, else none that only approves another."""
    return min(
        inside,
        key=lambda d: (not d.name, d.kind in _INSTRUMENTS, d.kind in _WEAK, abs(d.start - at)),
    )


def _is_topical(
    analysis: Analysis, sentence: Sentence, clause: tuple[int, int], document: _Document
) -> bool:
    start, end = sentence.start + clause[0], sentence.start + clause[1]
    if topics(analysis, start, end, sentence.language):
        return True
    if not is_about_it(analysis):
        return False
    if document.name or document.kind not in _WEAK:
        return True
    if topics(analysis, sentence.start, sentence.end, sentence.language):
        return True
    return document.kind in _SOMEBODYS and _has_actor(analysis, sentence, start, end)


def _has_actor(analysis: Analysis, sentence: Sentence, start: int, end: int) -> bool:
    words = listed(analysis.text[start:end], sentence.language)
    around = lexicon(sentence.language, "initiatives", "words_around").find(words)
    return any(h.label == "actor" for h in around) or bool(organisations(analysis, start, end))


def _claim(analysis: Analysis, group: Sequence[_Told]) -> Claim:
    told = group[0]
    document, status = told.document, told.status
    found, basis = countries(analysis, told.start, told.end)
    status_span = (told.start + status.start, told.start + status.end)
    time = time_beside(analysis, told.start, told.end, status_span[0])
    actors = [o for o in organisations(analysis, told.start, told.end) if o.name != document.name]
    return Claim(
        type="policy",
        quote=analysis.text[told.start : told.end],
        start=told.start,
        end=told.end,
        countries=found,
        country_basis=basis,
        sectors=sectors(analysis, told.start, told.end),
        time=claim_time(analysis, time),
        modality=status.modality,
        attribution=attribution(analysis, told.sentence),
        fields={
            "name": document.name or None,
            "policy_type": document.kind,
            "status": status.status,
            "actor": actors[0].name if actors else None,
            "aim": None,
        },
        evidence=evidence(
            status=spans(status_span),
            name=spans(document.name_span if document.name else None),
            time=spans((time.start, time.end) if time else None),
            actor=spans((actors[0].start, actors[0].end) if actors else None),
        ),
        alternatives={"status": status.alternatives} if status.alternatives else {},
        also_at=spans(*((t.start, t.end) for t in group[1:])),
        confidence=round(min(0.95, status.confidence + (0.05 if document.name else 0.0)), 2),
    )
