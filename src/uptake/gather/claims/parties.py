"""Who takes part in a partnership: bodies and countries that a sentence names or means."""

from collections import Counter
from collections.abc import Mapping
from functools import cache
from itertools import takewhile
from typing import Protocol

from uptake.catalog.gazetteer import place
from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.attribution import attribution
from uptake.gather.claims.countries import countries
from uptake.gather.claims.lexicon import Lexicon, lexicon, plain
from uptake.gather.claims.naming import within
from uptake.gather.grammar.spans import Name, Sentence, starting
from uptake.gather.mentions import Mention
from uptake.gather.names.lexicon import lexicon as names_lexicon
from uptake.gather.names.lexicon import section
from uptake.gather.names.sentence import Line, line
from uptake.gather.words import fold, words
from uptake.model.evidence import Passage

_SECTION = "partnerships"
_TALKS = "negotiation"
_MOST_PARTIES = 6
_OPENING = 53
_BESIDE = 24
_AROUND = frozenset('»”"()')
_SENTENCES_BACK = 3
_OWNED = 2
_UNKNOWN_TOO = frozenset({"joint", "told"})
_LEFT_UNSAID = frozenset({"finance", "role"})


class Tied(Protocol):
    """What ties parties, as in ``ties``: its relation, its state, and what told it."""

    @property
    def relation(self) -> str:
        """Return what stands between the parties."""

    @property
    def status(self) -> str:
        """Return how far it has come."""

    @property
    def rule(self) -> str:
        """Return what kind of words told it."""


@cache
def phrases(language: str, table: str, key: str) -> Lexicon:
    """Return the phrases under a key of a table of the section on partnerships."""
    return lexicon(language, _SECTION, f"{table}.{key}")


def parties_of(
    analysis: Analysis, sentence: Sentence, tie: Tied
) -> tuple[tuple[str, ...], tuple[Passage, ...]]:
    """Return the parties of a sentence with their spans: those named, else the context's.

    Organisations, those of named persons, countries, "the two governments"; talks only between
    bodies and countries that are named.
    """
    found = _named(analysis, sentence, persons=tie.relation != _TALKS)
    if tie.relation == _TALKS:
        if len(found) < 2:
            found |= _countries_named(analysis, sentence, beside=True, led=True)
        return tuple(found), tuple(found.values())
    pair = phrases(sentence.language, "parties", "pair").search(
        plain(analysis.text), sentence.start, sentence.end
    )
    both = _pair(analysis, sentence) if pair is not None and len(found) < 2 else ()
    if pair is not None and both:
        return both, (Passage(*pair.span()),)
    found |= _meant(analysis, sentence, tie, found)
    parties = list(found.items())[:_MOST_PARTIES]
    return tuple(p for p, _ in parties), tuple(span for _, span in parties)


def _meant(
    analysis: Analysis, sentence: Sentence, tie: Tied, named: Mapping[str, Passage]
) -> dict[str, Passage]:
    """Return whom a sentence means besides the bodies that it names, if those are too few."""
    found = dict(named)
    if len(found) < 2:
        found |= _countries_named(analysis, sentence, bool(found))
    if len(found) < 2 and (tie.status == "discussed" or not found):
        found |= _talkers(analysis, sentence)
        if len(found) == 1:
            found |= _other_body(analysis, sentence, next(iter(found)))
    if len(found) == 1 or (not found and tie.rule in _UNKNOWN_TOO):
        found |= _unknown(analysis, sentence, next(iter(found.values()), Passage(0, 0)))
    if len(found) < 2 and tie.rule == "paper":
        found |= _countries_named(analysis, sentence, beside=True)
        found |= _in_context(analysis, sentence, found)
    elif len(found) == 1 and (
        tie.rule in _LEFT_UNSAID or _with(analysis, sentence, next(iter(found.values())))
    ):
        found |= _other_body(analysis, sentence, next(iter(found)))
    return found


def _in_context(
    analysis: Analysis, sentence: Sentence, found: Mapping[str, Passage]
) -> dict[str, Passage]:
    """Return who else a signed paper must be between: bodies told before, else those by kind."""
    if len(found) == 1:
        return _other_body(analysis, sentence, next(iter(found)))
    before = [s for s in analysis.sentences if s.end <= sentence.start][-_SENTENCES_BACK:]
    told: dict[str, Passage] = {}
    for earlier in reversed(before):
        for name in within(analysis.names, earlier.start, earlier.end):
            party = _body(name)
            if party:
                told.setdefault(party, Passage(name.start, name.end))
        if len(told) > 1:
            return dict(list(told.items())[:2])
    return told or _other_body(analysis, sentence, "")


def _named(analysis: Analysis, sentence: Sentence, *, persons: bool) -> dict[str, Passage]:
    """Return the organisations of a sentence; where there are too few, those of its persons."""
    names = within(analysis.names, sentence.start, sentence.end)
    sources = _reported_only(analysis, sentence)
    found: dict[str, Passage] = {}
    for name in names:
        if name.kind == "organisation" and name.name not in sources:
            found.setdefault(name.name, Passage(name.start, name.end))
    if persons and len(found) < 2:
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


def _countries_named(
    analysis: Analysis, sentence: Sentence, beside: bool, *, led: bool = False
) -> dict[str, Passage]:
    """Return countries named as such that act with an organisation or with one another.

    Where ``led``, also one that an ending meaning "with" makes a party.
    """
    found: dict[str, Passage] = {}
    named = starting(analysis.names, sentence.start, sentence.end)
    for mention in starting(analysis.places, sentence.start, sentence.end):
        if any(n.phrase[0] <= mention.start < n.phrase[1] for n in named):
            continue
        owner = _genitive(analysis, sentence, mention)
        owned = starting(analysis.names, mention.end + 1, mention.end + _OWNED + 1)
        if owner and owned:
            continue
        printed = analysis.text[mention.start : mention.end]
        apart = not (led and _is_led(sentence, mention, printed)) and (
            _apart(analysis, sentence, mention, printed)
        )
        if not apart and _is_country(printed, mention.place, sentence.language):
            found.setdefault(
                _country(mention.place, sentence, printed), Passage(mention.start, mention.end)
            )
    if beside:
        return dict(list(found.items())[:1])
    return found if len(found) == 2 else {}


def _is_led(sentence: Sentence, mention: Mention, printed: str) -> bool:
    """Whether a country's name has the ending of "with", with or without an apostrophe."""
    endings = section(sentence.language, _SECTION).get("parties", {}).get("with_endings", ())
    ending = _is_country(printed, mention.place, sentence.language) and printed.endswith(
        tuple(endings)
    )
    return bool(endings) and ending


def _genitive(analysis: Analysis, sentence: Sentence, mention: Mention) -> bool:
    """Whether a place stands in the genitive, as of what a body right behind it is."""
    known = names_lexicon(sentence.language)
    printed = fold(analysis.text[mention.start : mention.end].rsplit(maxsplit=1)[-1])
    return any(r.case in known.word_set("genitive_endings") for r in known.readings(printed)[1:])


def _apart(analysis: Analysis, sentence: Sentence, mention: Mention, printed: str) -> bool:
    """Whether a country stands in, to or from which something is done: then it is no party."""
    known, start, code = names_lexicon(sentence.language), mention.start, mention.place
    endings = {r.case for r in known.readings(fold(printed.rsplit(maxsplit=1)[-1]))[1:]}
    spellings = {plain(s) for s in place(code).names.get(sentence.language, ())}
    if endings & known.word_set("outer_endings") and plain(printed) not in spellings:
        return True
    led = phrases(sentence.language, "parties", "not_behind")
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
    opening = min(sentence.end, sentence.start + _OPENING)
    talks = phrases(sentence.language, "parties", "talks")
    if talks.search(plain(analysis.text), sentence.start, opening) is None:
        return {}
    before = starting(analysis.sentences, 0, sentence.start)[-_SENTENCES_BACK:]
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
    known = names_lexicon(sentence.language)
    for word in words(analysis.text[sentence.start : sentence.end]):
        if any(r.nominative in known.generic for r in known.readings(word.folded)):
            start, end = sentence.start + word.start, sentence.start + word.end
            return {analysis.text[start:end]: Passage(start, end)}
    return {}


def _unknown(analysis: Analysis, sentence: Sentence, span: Passage) -> dict[str, Passage]:
    """Return a name in capitals that "with" leads to, though nothing tells what it names."""
    here = line(analysis.text, sentence, analysis.places)
    words = phrases(sentence.language, "parties", "with")
    for match in words.matches(plain(analysis.text), sentence.start, sentence.end):
        if here.lexicon.head_first:
            run = [i for i, t in enumerate(here.tokens) if t.start >= match.end()]
            run = list(takewhile(here.name_word, run))
        else:
            run = [i for i, t in enumerate(here.tokens) if t.end <= match.start()]
            run = list(takewhile(here.name_word, reversed(run)))[::-1]
        named = [i for i in run if not here.place[i]]
        if not named or here.shouted:
            continue
        start, end = here.tokens[run[0]].start, here.tokens[run[-1]].end
        taken = any(start < n.end for n in starting(analysis.names, sentence.start, end))
        if not taken and not span.start <= start < span.end:
            return {analysis.text[start:end]: Passage(start, end)}
    return _joined(analysis, here, span)


def _joined(analysis: Analysis, here: Line, span: Passage) -> dict[str, Passage]:
    """Return a name in capitals or quotation marks that "and" joins to a party behind it."""
    tokens, connectors = here.tokens, here.lexicon.word_set("connectors")
    behind = next((i for i, t in enumerate(tokens) if t.start >= span.end), len(tokens))
    while behind < len(tokens) and tokens[behind].text in _AROUND:
        behind += 1
    if behind + 1 >= len(tokens) or here.folded[behind] not in connectors or here.shouted:
        return {}
    first, last = behind + 1, here.quoted(behind + 1)
    if last > first:
        first += 1
    else:
        last = first
        while last < len(tokens) and here.name_word(last) and not here.place[last]:
            last += 1
    if last <= first or not tokens[first].capital:
        return {}
    start, end = tokens[first].start, tokens[last - 1].end
    return {analysis.text[start:end]: Passage(start, end)}


def _body(name: Name) -> str:
    """Return the organisation that a name is, or that a person speaks for; empty for media."""
    if name.kind == "person":
        return name.organisation
    return "" if name.organisation_type == "media" else name.name


def _joined_to_generic(analysis: Analysis, sentence: Sentence, span: Passage) -> bool:
    """Whether "and" joins a party to a body told before: "the ministry and X"."""
    known = names_lexicon(sentence.language)
    before = words(analysis.text[sentence.start : span.start])
    *_, body, link = [None, None, *(w.folded for w in before)]
    return (
        body is not None
        and link in known.word_set("connectors")
        and any(r.nominative in known.generic for r in known.readings(body))
    )


def _with(analysis: Analysis, sentence: Sentence, span: Passage) -> bool:
    """Whether a word like "with" stands right before or behind a party."""
    words = phrases(sentence.language, "parties", "with")
    folded = plain(analysis.text)
    if _between(analysis, sentence, span):
        return True
    if names_lexicon(sentence.language).head_first:
        near = max(sentence.start, span.start - _BESIDE)
        relative = words.search(folded, span.end, min(sentence.end, span.end + 2 * _BESIDE))
        led = words.search(folded, near, span.start)
        return led is not None or (relative is not None and " " in relative[0])
    if _joined_to_generic(analysis, sentence, span):
        return True
    last = max(span.start, folded.rfind(" ", span.start, span.end) + 1)
    return words.search(folded, last, min(sentence.end, span.end + _BESIDE)) is not None


def _between(analysis: Analysis, sentence: Sentence, span: Passage) -> bool:
    """Whether a party is the second of two, the first of which has no name ("we and X between").

    Where the noun stands last, "with" stands before such a party and "between" behind it.
    """
    if names_lexicon(sentence.language).head_first:
        return False
    folded, near = plain(analysis.text), max(sentence.start, span.start - 2 * _BESIDE)
    joined = phrases(sentence.language, "parties", "with").search(folded, near, span.start)
    behind = min(sentence.end, span.end + _BESIDE)
    closed = phrases(sentence.language, "parties", "between").search(folded, span.end, behind)
    return joined is not None and closed is not None
