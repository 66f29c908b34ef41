"""Names of events in a sentence: a noun like forum with words in quotation marks or capitals."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from uptake.gather.grammar.spans import Sentence
from uptake.gather.mentions import Mention
from uptake.gather.names.governed import governed_end
from uptake.gather.names.heads import joined
from uptake.gather.names.inflection import organisation_nominative
from uptake.gather.names.lexicon import Phrases, phrase_at, section
from uptake.gather.names.sentence import Line, line
from uptake.gather.words import fold

_SECTION = "events"
_LONGEST = 8
_LONGEST_QUOTED = 12
_GOVERNED = 3
_BEGINNING = 4


@dataclass(frozen=True, slots=True)
class NamedEvent:
    """An event named in a text: ``text[start:end]`` is the name, ``phrase`` with its noun."""

    start: int
    end: int
    phrase: tuple[int, int]
    name: str
    type: str


@dataclass(frozen=True, slots=True)
class _Noun:
    type: str
    base: str


def named_events(text: str, sentence: Sentence, places: Sequence[Mention]) -> Iterator[NamedEvent]:
    """Yield the events that a sentence names, in order; a title in capitals tells none.

    Args:
        text: The whole text.
        sentence: Of it.
        places: Those of the whole text.
    """
    nouns = _nouns(sentence.language)
    folded = fold(text[sentence.start : sentence.end])
    if not any(beginning in folded for beginning in _beginnings(sentence.language)):
        return
    here = line(text, sentence, places)
    position = 0
    while position < len(here.tokens):
        found = None
        if here.tokens[position].word:
            found = phrase_at(here.folded, position, nouns, here.lexicon)
        if found is None:
            position += 1
            continue
        length, noun, _ = found
        made = _quoted(here, position, length, noun)
        if made is None and not here.shouted:
            made = _capital(here, position, length, noun)
        if made is None and not here.shouted and here.lexicon.head_first:
            made = _apposed(here, position, length, noun)
        if made is not None:
            yield made
        position += length


@cache
def _nouns(language: str) -> Phrases[_Noun]:
    listed = {
        tuple(fold(word) for word in spelling.split()): _Noun(kind, spelling)
        for kind, spellings in section(language, _SECTION).get("types", {}).items()
        for spelling in spellings
    }
    return Phrases(listed)


@cache
def _beginnings(language: str) -> frozenset[str]:
    """Return how the nouns begin in any case: most sentences have none of them."""
    return frozenset(phrase[0][:_BEGINNING] for phrase in _nouns(language))


def _quoted(here: Line, position: int, length: int, noun: _Noun) -> NamedEvent | None:
    """Return an event whose name stands in quotation marks beside the noun."""
    after = position + length
    opens = after + 1 if after < len(here.tokens) and here.tokens[after].text == "," else after
    if opens < len(here.tokens):
        closing = here.quoted(opens)
        if 0 < closing - opens - 1 <= _LONGEST_QUOTED and here.tokens[opens + 1].capital:
            return _between(here, opens, closing, (position, closing + 1), noun)
    for opening in range(max(0, position - _LONGEST_QUOTED), position):
        closing = here.quoted(opening)
        loose = position - closing - 1
        if (
            0 < closing < position
            and loose <= 2
            and all(not t.capital and t.word for t in here.tokens[closing + 1 : position])
        ):
            return _between(here, opening, closing, (opening, after), noun)
    return None


def _between(
    here: Line, opening: int, closing: int, phrase: tuple[int, int], noun: _Noun
) -> NamedEvent:
    tokens = here.tokens
    start, end = tokens[opening + 1].start, tokens[closing - 1].end
    name = joined([t.text for t in tokens[opening + 1 : closing]])
    whole = (tokens[phrase[0]].start, tokens[phrase[1] - 1].end)
    return NamedEvent(start, end, whole, name, noun.type)


def _capital(here: Line, position: int, length: int, noun: _Noun) -> NamedEvent | None:
    """Return an event whose name is written with capitals: before the noun, or behind it."""
    first = position
    while first > 0 and position - first < _LONGEST and _in_name(here, first - 1):
        first -= 1
    while first < position and not here.tokens[first].capital:
        first += 1
    if first == 1 == position and _abbreviation(here.tokens[0].text) and here.tokens[1].capital:
        first = 0  # "ICT Week": an abbreviation that elsewhere opens a sentence
    last = position + length
    if here.lexicon.head_first:
        last = _behind(here, last)
    if here.lexicon.raw.get("declensions") and here.tokens[first].capital:
        last = max(last, governed_end(here, position + length))
    noun_capital = here.tokens[position].capital
    if first == position and (last == position + length or not noun_capital):
        return None
    if (
        first < position
        and not noun_capital
        and not here.lexicon.lower_case_names
        and (not here.lexicon.raw.get("declensions"))
    ):
        return None
    if (
        all(here.place[i] for i in range(first, position))
        and last == position + length
        and (first == position or not noun_capital)
    ):
        return None
    words = [t.text for t in here.tokens[first:last]]
    done = organisation_nominative(
        words, position + length - 1 - first, noun.base.split()[-1], here.lexicon
    )
    tokens = here.tokens
    span = (tokens[first].start, tokens[last - 1].end)
    return NamedEvent(*span, span, joined(done), noun.type)


def _abbreviation(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _apposed(here: Line, position: int, length: int, noun: _Noun) -> NamedEvent | None:
    """Return an event whose name follows the noun and what it governs ("неделя технологий X")."""
    first = position + length
    limit = min(len(here.tokens), first + _GOVERNED + 1)
    while first < limit and here.tokens[first].word and not here.tokens[first].capital:
        first += 1
    last = first
    while last < len(here.tokens) and here.name_word(last) and not here.place[last]:
        last += 1
    links = section(here.sentence.language, _SECTION).get("verbs", {}).get("links", ())
    joined_by = set(here.folded[position + length : first]) & {fold(w) for w in links}
    foreign = here.lexicon.raw.get("declensions") and here.tokens[first:last]
    if last == first or joined_by or first - position - length > _GOVERNED:
        return None
    if not (last - first > 1 or (foreign and here.tokens[first].text.isascii())):
        return None
    tokens = here.tokens
    name = joined([t.text for t in tokens[first:last]])
    span = (tokens[first].start, tokens[last - 1].end)
    return NamedEvent(*span, (tokens[position].start, span[1]), name, noun.type)


def _in_name(here: Line, position: int) -> bool:
    token = here.tokens[position]
    if here.name_word(position):
        role = (token.folded,) in here.lexicon.roles and not here.lexicon.head_first
        return not role and not _adrift(here, position)
    if token.folded in here.lexicon.word_set("connectors") and position:
        return here.tokens[position - 1].capital and here.tokens[position + 1].capital
    if here.lexicon.raw.get("declensions") and token.word and not token.capital:
        return any(r.part == "adjective" for r in here.lexicon.readings(token.folded))
    return (
        token.word
        and not token.capital
        and here.lexicon.lower_case_names
        and token.folded not in here.lexicon.word_set("not_names")
        and any(t.capital for t in here.tokens[max(0, position - _GOVERNED) : position])
    )


def _adrift(here: Line, position: int) -> bool:
    """Whether a place stands here in a case that tells where the event is."""
    return bool(here.endings(position) & here.lexicon.word_set("outer_endings"))


def _behind(here: Line, position: int) -> int:
    """Return the end of "on Artificial Intelligence", "2026" or "AI" behind the noun."""
    links = frozenset(section(here.sentence.language, _SECTION).get("verbs", {}).get("links", ()))
    last = position
    if position < len(here.tokens) and here.folded[position] in links:
        position += 1
    while (
        position < len(here.tokens)
        and position - last < _LONGEST
        and (
            here.name_word(position)
            or (here.folded[position] in here.lexicon.word_set("connectors") and position > last)
        )
    ):
        position += 1
        if here.tokens[position - 1].capital:
            last = position
    return last
