"""Clauses that hold a thing and how far it has come."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.clauses import asks, trimmed
from uptake.gather.claims.lexicon import lexicon as phrases
from uptake.gather.claims.lexicon import plain
from uptake.gather.claims.parting import clauses, turns
from uptake.gather.claims.phrases import lexicon, listed
from uptake.gather.claims.stages import VERBS, StageWords, is_unreal, stage_of
from uptake.gather.claims.stated import organisations
from uptake.gather.claims.things import Thing, is_about_it, things, topics
from uptake.gather.grammar.spans import Sentence
from uptake.model.claim import Modality

_DATELINE = re.compile(r"[^\W\d_][\w'’ -]{1,30}[,.(]\s?[^–—;!?\n]*?\d[^–—;!?\n]*?\s[-–—]\s")
_ACRONYM = re.compile(r"(?<!\w)[^\W\d_a-zа-я]{4,8}(?!\w)")
_LONGEST_DATELINE = 90
_SURE = frozenset({"use", "trial", "full", "ahead", "future"})
_LAWS = frozenset({"law", "action plan", "strategy", "concept", "roadmap", "decree", "regulation"})
_RULES = frozenset({"rules", "regulation"})
_IN_USE = frozenset({"use", "full", "does"})
_BESIDE = 14
"""Signs between the name of the field and the verb that says that it is used."""
_MARKING = 3
_MARK_SIGNS = 5
_OUT_OF_THE_WAY = 25
_FAR = 240
"""Signs between a thing and the words of its stage beyond which they are not of one another."""


@dataclass(frozen=True, slots=True)
class Undertaking:
    """A thing and its stage, in the clause ``text[start:end]``; all spans are of the text.

    Attributes:
        topical: Whether it is of the digital kind, as far as its document tells.
        own: Whether its own clause tells so.
        marks: Beginnings of the words before its noun, by which it is told from others.
    """

    start: int
    end: int
    sentence: Sentence
    thing: Thing
    stage: StageWords
    topical: bool
    own: bool
    marks: frozenset[str]

    @property
    def stage_span(self) -> tuple[int, int]:
        """Return where the words of the stage stand."""
        return self.start + self.stage.start, self.start + self.stage.end


def undertakings(analysis: Analysis) -> Iterator[Undertaking]:
    """Yield what a document says of things and their stages, in order, headings included."""
    for sentence in analysis.sentences:
        found = () if asks(analysis.text, sentence) else things(analysis, sentence)
        if found:
            yield from _in_sentence(analysis, sentence, found)


def _in_sentence(
    analysis: Analysis, sentence: Sentence, found: Sequence[Thing]
) -> Iterator[Undertaking]:
    before: Modality | None = None
    text = analysis.text[sentence.start : sentence.end]
    if is_unreal(text, sentence.language):
        return
    hits = lexicon(sentence.language, "initiatives", "stages").find(listed(text, sentence.language))
    verbs = [h for h in hits if h.label in VERBS and h.label != "act"]
    nouns = [t.start - sentence.start for t in found if t.kind != "field"]
    for low, high in clauses(
        text, sentence.language, verbs, nouns, turns=turns(analysis, sentence)
    ):
        start, end = sentence.start + low, sentence.start + high
        inside = [t for t in found if start <= t.start < end]
        stage = stage_of(analysis.text[start:end], sentence.language, before=before)
        if stage is None:
            continue
        before = stage.modality if stage.modality != "asserted" else None
        if stage.stage is None or not inside:
            continue
        if stage.rule in _IN_USE:
            inside = [t for t in inside if not _is_where(analysis, t, start + stage.end, sentence)]
        thing = _told_of(inside, start + stage.start, start + stage.end)
        if thing is None or not _is_one(analysis, sentence, thing, stage, (start, end)):
            continue
        if _is_of_law(analysis, sentence, thing, (start + stage.start, start + stage.end)):
            continue
        told = _quoted(analysis.text, sentence, start, end)
        own = _is_digital(analysis, thing, sentence, told)
        topical = own or _is_topical(analysis, thing, sentence)
        if stage.rule == "does" and not (own or (thing.name and topical)):
            continue
        if stage.rule == "does" and not (
            thing.name or thing.bare or _is_somebodys(analysis, sentence)
        ):
            continue
        yield Undertaking(
            *told,
            sentence,
            thing,
            _shifted(stage, start - told[0]),
            topical,
            own,
            _marks(analysis.text, sentence, thing, told[0]),
        )


def _quoted(text: str, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """Return a clause without the signs at its ends and without a dateline before it."""
    dateline = _DATELINE.match(text, start, min(end, start + _LONGEST_DATELINE))
    if dateline and start == sentence.start:
        start = dateline.end()
    return trimmed(text, start, end)


def _marks(text: str, sentence: Sentence, thing: Thing, start: int) -> frozenset[str]:
    """Return the beginnings of the words of a noun and of the few before it."""
    before = listed(text[start : thing.start], sentence.language)[-_MARKING:]
    noun = listed(text[thing.start : thing.end], sentence.language)[:-1]
    return frozenset(w.folded[:_MARK_SIGNS] for w in (*before, *noun) if len(w.folded) > 2)


def _is_one(
    analysis: Analysis, sentence: Sentence, thing: Thing, stage: StageWords, clause: tuple[int, int]
) -> bool:
    """Tell whether a thing is one of its own: not "tools", unless somebody's and uncounted."""
    if thing.kind not in {"vague", "field"} or thing.name or stage.rule == "talks":
        return thing.kind != "field"
    if stage.rule == "does":
        return False
    low = bisect_left(analysis.quantities, clause[0], key=lambda q: q.start)
    if low < len(analysis.quantities) and analysis.quantities[low].start < clause[1]:
        return False
    words = listed(analysis.text[slice(*clause)], sentence.language)
    around = lexicon(sentence.language, "initiatives", "words_around").find(words)
    if any(h.label == "any" for h in around):
        return False
    acting = any(h.label == "actor" for h in around) or bool(organisations(analysis, *clause))
    acting = acting or _ACRONYM.search(analysis.text, clause[0], thing.start) is not None
    if not acting or thing.kind == "field":
        law = any(
            h.label != "not_policies"
            for h in lexicon(sentence.language, "policies", "types").find(words)
        )
        return acting and stage.rule in _SURE and not law
    around_it = ((clause[0], thing.start), (thing.end, clause[1]))
    return any(topics(analysis, *part, sentence.language) for part in around_it)


def _is_somebodys(analysis: Analysis, sentence: Sentence) -> bool:
    """Tell whether a sentence says whose a thing is, where, or how much it does.

    "A chatbot is a program that answers questions" is of chatbots at large.
    """
    span = sentence.start, sentence.end
    words = listed(analysis.text[slice(*span)], sentence.language)
    around = lexicon(sentence.language, "initiatives", "words_around").find(words)
    told = any(h.label == "actor" for h in around) or bool(organisations(analysis, *span))
    placed = any(span[0] <= place.start < span[1] for place in analysis.places)
    return told or placed or any(span[0] <= q.start < span[1] for q in analysis.quantities)


def _is_of_law(
    analysis: Analysis, sentence: Sentence, thing: Thing, stage: tuple[int, int]
) -> bool:
    """Tell whether a law or strategy between a thing and a stage is what has the stage."""
    if thing.name:
        named = listed(thing.name, sentence.language)
        hits = lexicon(sentence.language, "policies", "types").find(named)
        return thing.kind == "general" and any(
            h.label in _LAWS and h.last == len(named) - 1 for h in hits
        )
    low, high = min(thing.end, stage[1]), max(thing.start, stage[0])
    words = listed(analysis.text[low:high], sentence.language)
    hits = lexicon(sentence.language, "policies", "types").find(words)
    if any(h.label in _LAWS for h in hits):
        return True
    opening = listed(analysis.text[sentence.start : thing.start], sentence.language)
    hits = lexicon(sentence.language, "policies", "types").find(opening)
    return any(h.label in _RULES and h.first <= 1 for h in hits)


def _is_where(analysis: Analysis, thing: Thing, end: int, sentence: Sentence) -> bool:
    """Tell whether a centre or school is where something is used: "is used in all centres"."""
    if thing.kind != "built" or thing.name or thing.start < end:
        return False
    places = phrases(sentence.language, "indicators", "place_before")
    return places.search(plain(analysis.text), end, thing.start) is not None


def _shifted(stage: StageWords, by: int) -> StageWords:
    scope = (stage.scope[0] + by, stage.scope[1] + by) if stage.scope else None
    return replace(stage, start=stage.start + by, end=stage.end + by, scope=scope)


def _told_of(inside: Sequence[Thing], start: int, end: int) -> Thing | None:
    """Return the thing nearest to the words of a stage; a name or a digital thing is nearer."""

    def distance(thing: Thing) -> float:
        apart = max(thing.start - end, start - thing.end, 0)
        weight = 0.4 if thing.name or thing.kind == "digital" else 1.0
        return apart * weight + (
            _OUT_OF_THE_WAY if thing.kind == "built" or (thing.bare and not thing.name) else 0
        )

    inside = [t for t in inside if not t.proper or _is_opened(t, start, end)]
    kept = [t for t in inside if t.kind != "field"]
    one = [t for t in kept if t.kind != "vague" or t.name]
    apart = [t for t in one or kept if t.end <= start or end <= t.start]
    kept = apart or one
    if not kept:
        kept = [t for t in inside if t.kind == "field" and distance(t) <= _BESIDE]
    nearest = min(kept, key=distance, default=None)
    if nearest is None:
        return None
    return nearest if max(nearest.start - end, start - nearest.end) <= _FAR else None


def _is_digital(
    analysis: Analysis, thing: Thing, sentence: Sentence, clause: tuple[int, int]
) -> bool:
    """Tell whether a thing is of the digital kind by itself or by its clause."""
    return thing.kind in {"digital", "named"} or bool(topics(analysis, *clause, sentence.language))


def _is_opened(thing: Thing, start: int, end: int) -> bool:
    """Tell whether an organisation is what is opened or built itself: right before its verb."""
    return thing.proper == "whole" and max(start - thing.end, thing.start - end) <= _BESIDE


def _is_topical(analysis: Analysis, thing: Thing, sentence: Sentence) -> bool:
    """Tell whether a document about the digital makes a thing one of this kind."""
    if not is_about_it(analysis):
        return False
    if thing.name or thing.bare or thing.kind == "general":
        return True
    return bool(topics(analysis, sentence.start, sentence.end, sentence.language))
