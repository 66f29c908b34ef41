"""Cooperation between named parties: what relation, how far it has come, about what."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import takewhile

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
from uptake.gather.mentions import Mention
from uptake.gather.names.lexicon import lexicon as names_lexicon
from uptake.gather.names.lexicon import section
from uptake.gather.words import fold
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
_CLAUSE = re.compile(r"[;:]|,\s|\s[–—]\s|[.!?](?:\[[^\]]*\])?\s")
_BESIDE = 24
_SENTENCES_BACK = 3


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
    parties, spans = _parties(analysis, sentence, status[0])
    if len(parties) < 2:
        return None
    time = time_in(analysis, start, end, near=status[1][0])
    needed = max(words[1], status[1][1], *(s.end for s in spans if s.start >= start))
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
            "subject": _subject(analysis, sentence, words[1]),
        },
        evidence={
            "parties": spans,
            "relation": (Passage(*words),),
            "status": (Passage(*status[1]),),
        },
        confidence=_CONFIDENCE[status[0]],
    )


def _clause_end(text: str, needed: int, end: int) -> int:
    """Return where a clause ends that must reach up to ``needed``: at a sign before a long rest."""
    for match in _CLAUSE.finditer(text, needed, end):
        if end - match.start() > _BESIDE and match.start() - needed < _SUBJECT:
            return match.start()
    return end


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
    found = _words(sentence.language, "status", "in_force").search(
        folded, sentence.start, sentence.end
    )
    return ("ongoing", found.span()) if found is not None else None


# --- parties


def _parties(
    analysis: Analysis, sentence: Sentence, status: str
) -> tuple[tuple[str, ...], tuple[Passage, ...]]:
    """Return the parties with their spans: those named, else "the two", else the context's."""
    found = _named(analysis, sentence)
    pair = _words(sentence.language, "parties", "pair").search(
        plain(analysis.text), sentence.start, sentence.end
    )
    both = _pair(analysis, sentence) if pair is not None and len(found) < 2 else ()
    if pair is not None and both:
        return both, (Passage(*pair.span()),)
    if len(found) < 2:
        found |= _countries_named(analysis, sentence, bool(found))
    if len(found) < 2 and (status == "discussed" or not found):
        found |= _talkers(analysis, sentence)
        if len(found) == 1:
            found |= _other_body(analysis, sentence, next(iter(found)))
    if len(found) == 1 and _with(analysis, sentence, next(iter(found.values()))):
        found |= _other_body(analysis, sentence, next(iter(found)))
    parties = list(found.items())[:_MOST_PARTIES]
    return tuple(p for p, _ in parties), tuple(span for _, span in parties)


def _named(analysis: Analysis, sentence: Sentence) -> dict[str, Passage]:
    """Return the organisations of a sentence; where there are too few, those of its persons."""
    names = within(analysis.names, sentence.start, sentence.end)
    sources = _reported_only(analysis, sentence)
    found: dict[str, Passage] = {}
    for name in names:
        if name.kind == "organisation" and name.name not in sources:
            found.setdefault(name.name, Passage(name.start, name.end))
    if len(found) < 2:
        for name in names:
            if name.kind == "person" and name.organisation and name.name not in sources:
                found.setdefault(name.organisation, Passage(name.start, name.end))
    return found


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
    return tuple(_country(code, sentence) for code in found) if len(found) == 2 else ()


def _country(code: str, sentence: Sentence, printed: str = "") -> str:
    """Return a country's name in a sentence's language, in the script in which it is printed."""
    entry = place(code)
    spellings = entry.names.get(sentence.language, ()) or (entry.name,)
    return max(spellings, key=lambda s: _shared(plain(s), plain(printed)))


def _shared(name: str, printed: str) -> int:
    """Return how many letters two words begin with alike."""
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(name, printed, strict=False))
    return sum(1 for _ in alike)


def _countries_named(analysis: Analysis, sentence: Sentence, beside: bool) -> dict[str, Passage]:
    """Return countries named as such that act with an organisation or with one another."""
    found: dict[str, Passage] = {}
    for mention in analysis.places:
        if not sentence.start <= mention.start < sentence.end:
            continue
        if any(n.phrase[0] <= mention.start < n.phrase[1] for n in analysis.names):
            continue
        printed = analysis.text[mention.start : mention.end]
        apart = _apart(analysis, sentence, mention, printed)
        if not apart and _is_country(printed, mention.place, sentence.language):
            found.setdefault(
                _country(mention.place, sentence, printed), Passage(mention.start, mention.end)
            )
    if beside:
        return dict(list(found.items())[:1])
    return found if len(found) == 2 else {}


def _apart(analysis: Analysis, sentence: Sentence, mention: Mention, printed: str) -> bool:
    """Whether a country stands in, to or from which something is done: then it is no party."""
    known, start, code = names_lexicon(sentence.language), mention.start, mention.place
    endings = {r.case for r in known.readings(fold(printed.rsplit(maxsplit=1)[-1]))[1:]}
    spellings = {plain(s) for s in place(code).names.get(sentence.language, ())}
    if endings & known.word_set("outer_endings") and plain(printed) not in spellings:
        return True
    led = _words(sentence.language, "parties", "not_behind")
    before = plain(analysis.text)[max(sentence.start, start - _BESIDE // 4) : start]
    found = list(led.matches(before))
    return bool(found) and not before[found[-1].end() :].strip()


def _is_country(printed: str, code: str, language: str) -> bool:
    """Whether a place is named by the country's own name, not by a city or its people."""
    folded = plain(printed)
    spellings = [plain(s) for s in place(code).names.get(language, ())]
    return any(folded.startswith(s[: max(4, len(s) - 2)]) for s in spellings)


def _talkers(analysis: Analysis, sentence: Sentence) -> dict[str, Passage]:
    """Return who was named just before, for a sentence about "the sides" or "the discussions"."""
    opening = min(sentence.end, sentence.start + _SUBJECT // 3)
    talks = _words(sentence.language, "parties", "talks")
    if talks.search(plain(analysis.text), sentence.start, opening) is None:
        return {}
    before = [s for s in analysis.sentences if s.end <= sentence.start][-_SENTENCES_BACK:]
    near = [s for s in before if s.paragraph == sentence.paragraph] or before[-1:]
    found: dict[str, Passage] = {}
    for earlier in reversed(near):
        for name in within(analysis.names, earlier.start, earlier.end):
            party = name.organisation or name.name if name.kind == "person" else name.name
            if name.organisation_type != "media":
                found.setdefault(party, Passage(name.start, name.end))
        if len(found) > 1:
            break
    return found


def _other_body(analysis: Analysis, sentence: Sentence, name: str) -> dict[str, Passage]:
    """Return the body that a sentence means besides the one that it does something with.

    "We signed a contract with X": the speaker's, else the one named last before in the paragraph,
    else the one that the document names most so far.
    """
    bodies = [(body, n) for n in analysis.names if n.end <= sentence.start and (body := _body(n))]
    bodies = [(body, n) for body, n in bodies if body != name]
    said = attribution(analysis, sentence).organisation
    spoken = [b for b in bodies if b[0] == said]
    opening = min(s.start for s in analysis.sentences if s.paragraph == sentence.paragraph)
    near = [b for b in bodies if b[1].start >= opening]
    counts = Counter(body for body, _ in bodies)
    most = [b for b in bodies if counts[b[0]] == max(counts.values())]
    for option in (spoken, near[::-1], most):
        if option:
            party, at = option[0]
            return {party: Passage(at.start, at.end)}
    return {}


def _body(name: Name) -> str:
    """Return the organisation that a name is, or that a person speaks for; empty for media."""
    if name.kind == "person":
        return name.organisation
    return "" if name.organisation_type == "media" else name.name


def _with(analysis: Analysis, sentence: Sentence, span: Passage) -> bool:
    """Whether a word like "with" stands right before or behind a party."""
    words = _words(sentence.language, "parties", "with")
    folded = plain(analysis.text)
    if names_lexicon(sentence.language).head_first:
        near = max(sentence.start, span.start - _BESIDE)
        relative = words.search(folded, span.end, min(sentence.end, span.end + 2 * _BESIDE))
        led = words.search(folded, near, span.start)
        return led is not None or (relative is not None and " " in relative[0])
    return words.search(folded, span.end, min(sentence.end, span.end + _BESIDE)) is not None


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
