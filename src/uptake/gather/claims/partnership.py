"""Cooperation between named parties: what relation, how far it has come, about what."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.attribution import attribution
from uptake.gather.claims.boilerplate import in_boilerplate
from uptake.gather.claims.clauses import asks
from uptake.gather.claims.clocks import time_in
from uptake.gather.claims.countries import countries
from uptake.gather.claims.lexicon import plain
from uptake.gather.claims.modality import modality
from uptake.gather.claims.naming import body, quoted, within
from uptake.gather.claims.parties import parties_of, phrases
from uptake.gather.claims.sectors import sectors
from uptake.gather.claims.ties import Tie, ties
from uptake.gather.grammar.spans import Sentence
from uptake.model.claim import Claim, Modality
from uptake.model.evidence import Passage

_ONE_IS_ENOUGH = frozenset({"finance", "role", "talks", "open"})
_NOT_PERSONS = frozenset({"talks", "open"})
_NOT_DONE = frozenset({"possible", "recommended"})
_PAIR = 2
_MODALITY: Mapping[str, Modality] = {
    "announced": "planned",
    "expected": "expected",
    "discussed": "discussed",
}
_CONFIDENCE = {"signed": 0.8, "announced": 0.7, "discussed": 0.6, "expected": 0.6, "ongoing": 0.6}
_SUBJECT = 160
_CLAUSE = re.compile(r"[;:]|,\s|\s[–—]\s|[.!?](?:\[[^\]]*\])?\s")


def partnership(analysis: Analysis) -> Iterator[Claim]:
    """Yield the partnerships that a document states, one a sentence, the same one once.

    A sentence needs a word of the relation, one of its state, and two parties: organisations,
    those of named persons, countries, or "the two governments". Where an agreement is signed, a
    lender gives, somebody has a role or talks are held, one will do: the other is left unsaid. An
    agreement only mentioned, or one that is denied, is none.
    """
    yield from _partnerships(analysis)


@lru_cache(maxsize=4)
def _partnerships(analysis: Analysis) -> tuple[Claim, ...]:
    """Return the partnerships of a document; events ask for them again."""
    made: dict[tuple[object, ...], Claim] = {}
    for sentence in analysis.sentences:
        claim = _claim(analysis, sentence)
        if claim is None:
            continue
        key = (tuple(sorted(claim.fields["parties"])), claim.fields["relation"], claim.time)
        if key not in made:
            made[key] = claim
    return tuple(made.values())


def _claim(analysis: Analysis, sentence: Sentence) -> Claim | None:
    start, end = body(analysis.text, sentence)
    if end <= start or in_boilerplate(analysis, start, end) or asks(analysis.text, sentence):
        return None
    for tie in ties(analysis, sentence, start, end):
        if tie.rule in _NOT_PERSONS and _has_person(analysis, sentence):
            continue
        parties, spans = parties_of(analysis, sentence, tie)
        if not parties and modality(analysis, start, end) in _NOT_DONE:
            continue
        if len(parties) > 1 or tie.rule == "paper" or (parties and tie.rule in _ONE_IS_ENOUGH):
            return _made(analysis, sentence, tie, (parties, spans))
    return None


def _has_person(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether somebody is named: talks of persons are a meeting."""
    return any(n.kind == "person" for n in within(analysis.names, sentence.start, sentence.end))


def _made(
    analysis: Analysis,
    sentence: Sentence,
    tie: Tie,
    bound: tuple[tuple[str, ...], tuple[Passage, ...]],
) -> Claim:
    text, (parties, spans) = analysis.text, bound
    start, end = body(text, sentence)
    time = time_in(analysis, start, end, near=tie.told[0])
    needed = max(tie.at[1], tie.told[1], *(s.end for s in spans if s.start >= start), start)
    end = _clause_end(text, needed, end)
    found, basis = countries(analysis, start, end)
    return Claim(
        type="partnership",
        quote=text[start:end],
        start=start,
        end=end,
        countries=found,
        country_basis=basis,
        sectors=sectors(analysis, start, end),
        time=time,
        modality=_MODALITY.get(tie.status) or _asserted(analysis, start, end),
        attribution=attribution(analysis, sentence),
        fields={
            "parties": list(parties),
            "relation": tie.relation,
            "status": tie.status,
            "subject": _subject(analysis, sentence, tie.at[1], spans),
        },
        evidence={
            "parties": spans,
            "relation": (Passage(*tie.at),),
            "status": (Passage(*tie.told),),
        },
        confidence=_CONFIDENCE[tie.status] - (0.1 if len(parties) < _PAIR else 0.0),
    )


def _clause_end(text: str, needed: int, end: int, rest: int = 24) -> int:
    """Return where a clause ends that must reach up to ``needed``: at a sign before a long rest."""
    for match in _CLAUSE.finditer(text, needed, end):
        if end - match.start() > rest and match.start() - needed < _SUBJECT:
            return match.start()
    return end


def _asserted(analysis: Analysis, start: int, end: int) -> Modality:
    found = modality(analysis, start, end)
    return found if found in ("expected", "possible") else "asserted"


def _subject(
    analysis: Analysis, sentence: Sentence, behind: int, parties: tuple[Passage, ...]
) -> str | None:
    """Return what it is about, as printed: what a word like "on" or "for" leads to."""
    folded, language = plain(analysis.text), sentence.language
    _, end = body(analysis.text, sentence)
    for led in phrases(language, "parties", "about").matches(folded, behind, end):
        start, stop = quoted(
            analysis.text, led.end(), _clause_end(analysis.text, led.end(), end, 0)
        )
        if stop > start and not folded[start].isdigit() and stop - start <= _SUBJECT:
            return analysis.text[start:stop]
    before = phrases(language, "parties", "for").search(folded, sentence.start, behind)
    if before is None:
        return None
    opening = max([sentence.start, *(p.end for p in parties if p.end <= before.start())])
    between = phrases(language, "parties", "between").match(
        folded, quoted(analysis.text, opening, before.start())[0]
    )
    opening = between.end() if between is not None else opening
    start, stop = quoted(analysis.text, opening, before.start())
    return analysis.text[start:stop] if 0 < stop - start <= _SUBJECT else None
