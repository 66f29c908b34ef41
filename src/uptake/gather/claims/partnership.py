"""Cooperation between named parties: what relation, how far it has come, about what."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from uptake.catalog.gazetteer import place
from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.attribution import attribution
from uptake.gather.claims.boilerplate import in_boilerplate
from uptake.gather.claims.clocks import time_in
from uptake.gather.claims.countries import countries
from uptake.gather.claims.lexicon import Lexicon, plain
from uptake.gather.claims.modality import denied, modality
from uptake.gather.claims.naming import body, quoted, within
from uptake.gather.claims.sectors import sectors
from uptake.gather.grammar.spans import Name, Sentence
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
_MOST_PARTIES = 6
_SUBJECT = 160


def partnership(analysis: Analysis) -> Iterator[Claim]:
    """Yield the partnerships that a document states, one a sentence, the same one once.

    A sentence needs a word of the relation, one of its state, and two parties: organisations,
    those of named persons, countries, or "the two governments". An agreement only mentioned, or
    one that is denied, is none.
    """
    made: dict[tuple[object, ...], Claim] = {}
    for sentence in analysis.sentences:
        claim = _claim(analysis, sentence)
        if claim is None:
            continue
        key = (tuple(sorted(claim.fields["parties"])), claim.fields["relation"], claim.time)
        if key not in made:
            made[key] = claim
    yield from made.values()


@cache
def _relations(language: str) -> Mapping[str, Lexicon]:
    table = section(language, _SECTION).get("relations", {})
    return {relation: Lexicon(phrases) for relation, phrases in table.items()}


@cache
def _words(language: str, table: str, key: str) -> Lexicon:
    return Lexicon(section(language, _SECTION).get(table, {}).get(key, ()))


def _claim(analysis: Analysis, sentence: Sentence) -> Claim | None:
    text, folded = analysis.text, plain(analysis.text)
    start, end = body(text, sentence)
    if end <= start or in_boilerplate(analysis, start, end):
        return None
    related = _relation(folded, sentence)
    if related is None or denied(analysis, start, end):
        return None
    relation, words = related
    status = _status(folded, sentence, relation)
    if status is None:
        return None
    parties, spans = _parties(analysis, sentence, words, status[0])
    if len(parties) < 2:
        return None
    time = time_in(analysis, start, end, near=status[1][0])
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
            "subject": _subject(analysis, sentence, words[1]),
        },
        evidence={
            "parties": spans,
            "relation": (Passage(*words),),
            "status": (Passage(*status[1]),),
        },
        confidence=_CONFIDENCE[status[0]],
    )


def _asserted(analysis: Analysis, start: int, end: int) -> Modality:
    found = modality(analysis, start, end)
    return found if found in ("expected", "possible") else "asserted"


def _relation(folded: str, sentence: Sentence) -> tuple[str, tuple[int, int]] | None:
    """Return the relation that a sentence names, the most telling one first, and its words."""
    for relation, words in _relations(sentence.language).items():
        found = words.search(folded, sentence.start, sentence.end)
        if found is not None:
            return relation, found.span()
    return None


def _status(folded: str, sentence: Sentence, relation: str) -> tuple[str, tuple[int, int]] | None:
    """Return how far it has come; an agreement on paper needs more than that something goes on."""
    for status in _ORDER if relation in _LOOSE else _PAPERS_NEED:
        found = _words(sentence.language, "status", status).search(
            folded, sentence.start, sentence.end
        )
        if found is not None:
            return status, found.span()
    return None


# --- parties


def _parties(
    analysis: Analysis, sentence: Sentence, words: tuple[int, int], status: str
) -> tuple[tuple[str, ...], tuple[Passage, ...]]:
    start, end = sentence.start, sentence.end
    pair = _words(sentence.language, "parties", "pair").search(plain(analysis.text), start, end)
    found: dict[str, Passage] = {}
    sources = _reported_only(analysis, sentence)
    for name in within(analysis.names, start, end):
        if name.kind == "organisation" and name.name not in sources:
            found.setdefault(name.name, Passage(name.start, name.end))
    if len(found) < 2:
        for name in within(analysis.names, start, end):
            if name.kind == "person" and name.organisation and name.name not in sources:
                found.setdefault(name.organisation, Passage(name.start, name.end))
    if len(found) < 2 and pair is not None:
        both = _pair(analysis, sentence)
        if both:
            return both, (Passage(*pair.span()),)
    if len(found) < 2:
        found |= _countries_named(analysis, sentence, bool(found))
    if len(found) < 2 and status == "discussed":
        found |= _talkers(analysis, sentence)
    parties = list(found.items())[:_MOST_PARTIES]
    return tuple(p for p, _ in parties), tuple(span for _, span in parties)


def _reported_only(analysis: Analysis, sentence: Sentence) -> set[str]:
    """Return who only says it, where others than the speaker are named enough."""
    said = attribution(analysis, sentence)
    named = {n.name for n in within(analysis.names, sentence.start, sentence.end)}
    named = {n for n in named if n not in (said.speaker,)}
    if said.kind == "author" or said.organisation is None or len(named) < 3:
        return {said.speaker} if said.speaker else set()
    return {said.organisation, *([said.speaker] if said.speaker else [])}


def _pair(analysis: Analysis, sentence: Sentence) -> tuple[str, ...]:
    found, _ = countries(analysis, sentence.start, sentence.end)
    return tuple(_country(code, sentence.language) for code in found) if len(found) == 2 else ()


def _country(code: str, language: str) -> str:
    entry = place(code)
    return next(iter(entry.names.get(language, ())), entry.name)


def _countries_named(analysis: Analysis, sentence: Sentence, beside: bool) -> dict[str, Passage]:
    """Return countries named as such that act with an organisation or with one another."""
    found: dict[str, Passage] = {}
    for mention in analysis.places:
        if not sentence.start <= mention.start < sentence.end:
            continue
        if any(n.phrase[0] <= mention.start < n.phrase[1] for n in analysis.names):
            continue
        if _is_country(
            analysis.text[mention.start : mention.end], mention.place, sentence.language
        ):
            found.setdefault(
                _country(mention.place, sentence.language), Passage(mention.start, mention.end)
            )
    if beside:
        return dict(list(found.items())[:1])
    return found if len(found) == 2 else {}


def _is_country(printed: str, code: str, language: str) -> bool:
    """Whether a place is named by the country's own name, not by a city or its people."""
    folded = plain(printed)
    spellings = [plain(s) for s in place(code).names.get(language, ())]
    return any(folded.startswith(s[: max(4, len(s) - 2)]) for s in spellings)


def _talkers(analysis: Analysis, sentence: Sentence) -> dict[str, Passage]:
    """Return who met in the paragraph before, for a sentence about "the discussions"."""
    text = plain(analysis.text)
    talks = _words(sentence.language, "parties", "talks").search(
        text, sentence.start, min(sentence.end, sentence.start + _SUBJECT // 3)
    )
    if talks is None:
        return {}
    before = [n for n in analysis.names if n.end <= sentence.start]
    last = [s for s in analysis.sentences if s.end <= sentence.start][-1:]
    named: Sequence[Name] = [n for n in before if last and n.start >= last[0].start]
    found: dict[str, Passage] = {}
    for name in named:
        party = name.organisation or name.name if name.kind == "person" else name.name
        if name.organisation_type != "media":
            found.setdefault(party, Passage(name.start, name.end))
    return found


def _subject(analysis: Analysis, sentence: Sentence, behind: int) -> str | None:
    """Return what it is about, as printed: what a word like "on" or "for" leads to."""
    folded, language = plain(analysis.text), sentence.language
    _, end = body(analysis.text, sentence)
    words = section(language, _SECTION).get("parties", {})
    led = Lexicon(words.get("about", ())).search(folded, behind, end)
    if led is not None:
        start, stop = quoted(analysis.text, led.end(), min(end, led.end() + _SUBJECT))
        return analysis.text[start:stop] or None
    before = Lexicon(words.get("for", ())).search(folded, sentence.start, behind)
    if before is None:
        return None
    opening = max(sentence.start, before.start() - _SUBJECT)
    comma = max(analysis.text.rfind(",", opening, before.start()), opening - 1)
    start, stop = quoted(analysis.text, comma + 1, before.start())
    return analysis.text[start:stop] or None
