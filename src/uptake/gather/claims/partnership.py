"""Cooperation between named parties: what relation, how far it has come, about what."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.attribution import attribution
from uptake.gather.claims.boilerplate import in_boilerplate
from uptake.gather.claims.clocks import time_in
from uptake.gather.claims.countries import countries
from uptake.gather.claims.lexicon import Lexicon, lexicon, plain
from uptake.gather.claims.modality import denied, modality
from uptake.gather.claims.naming import body, quoted
from uptake.gather.claims.parties import parties_of, phrases
from uptake.gather.claims.sectors import sectors
from uptake.gather.grammar.spans import Sentence
from uptake.gather.names.lexicon import section
from uptake.model.claim import Claim, Modality
from uptake.model.evidence import Passage

_SECTION = "partnerships"
_ORDER = ("expected", "announced", "signed", "discussed", "ongoing")
_PAPERS_NEED = ("expected", "announced", "signed", "discussed")
_LOOSE = frozenset({"joint project", "partnership", "cooperation", "joint venture"})
_MODALITY: Mapping[str, Modality] = {
    "announced": "planned",
    "expected": "expected",
    "discussed": "discussed",
}
_CONFIDENCE = {"signed": 0.8, "announced": 0.7, "discussed": 0.6, "expected": 0.6, "ongoing": 0.6}
_SUBJECT = 160
_CLAUSE = re.compile(r"[;:]|,\s|\s[–—]\s|[.!?](?:\[[^\]]*\])?\s")
_BESIDE = 24


def partnership(analysis: Analysis) -> Iterator[Claim]:
    """Yield the partnerships that a document states, one a sentence, the same one once.

    A sentence needs a word of the relation, one of its state, and two parties: organisations,
    those of named persons, countries, or "the two governments". An agreement only mentioned, or
    one that is denied, is none.
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


@cache
def _relations(language: str) -> Mapping[str, Lexicon]:
    table = section(language, _SECTION).get("relations", {})
    return {r: lexicon(language, _SECTION, f"relations.{r}") for r in table}


def _claim(analysis: Analysis, sentence: Sentence) -> Claim | None:
    text, folded = analysis.text, plain(analysis.text)
    start, end = body(text, sentence)
    if end <= start or in_boilerplate(analysis, start, end):
        return None
    related = _relation(folded, sentence)
    if related is None or denied(analysis, start, end):
        return None
    relation, at = related
    status = _status(folded, sentence, relation)
    if status is None:
        return None
    parties, spans = parties_of(analysis, sentence, relation, status[0])
    if len(parties) < 2:
        return None
    time = time_in(analysis, start, end, near=status[1][0])
    needed = max(at[1], status[1][1], *(s.end for s in spans if s.start >= start))
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
        modality=_MODALITY.get(status[0]) or _asserted(analysis, start, end),
        attribution=attribution(analysis, sentence),
        fields={
            "parties": list(parties),
            "relation": relation,
            "status": status[0],
            "subject": _subject(analysis, sentence, at[1], spans),
        },
        evidence={
            "parties": spans,
            "relation": (Passage(*at),),
            "status": (Passage(*status[1]),),
        },
        confidence=_CONFIDENCE[status[0]],
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


def _relation(folded: str, sentence: Sentence) -> tuple[str, tuple[int, int]] | None:
    """Return the relation that a sentence names, the most telling one first, and its words."""
    for relation, known in _relations(sentence.language).items():
        found = known.search(folded, sentence.start, sentence.end)
        if found is not None:
            return relation, found.span()
    return None


def _status(folded: str, sentence: Sentence, relation: str) -> tuple[str, tuple[int, int]] | None:
    """Return how far it has come; an agreement on paper needs more than that something goes on."""
    for status in _ORDER if relation in _LOOSE else _PAPERS_NEED:
        found = phrases(sentence.language, "status", status).search(
            folded, sentence.start, sentence.end
        )
        if found is not None:
            signed = phrases(sentence.language, "status", "signed").search(
                folded, sentence.start, found.start()
            )
            if signed is not None and status in ("announced", "expected"):
                return "signed", signed.span()
            return status, found.span()
    found = phrases(sentence.language, "status", "in_force").search(
        folded, sentence.start, sentence.end
    )
    return ("ongoing", found.span()) if found is not None else None


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
