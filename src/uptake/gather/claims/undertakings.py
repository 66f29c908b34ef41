"""Clauses that hold a thing and how far it has come."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.clauses import trimmed
from uptake.gather.claims.parting import clauses
from uptake.gather.claims.phrases import lexicon, listed
from uptake.gather.claims.stages import VERBS, StageWords, stage_of
from uptake.gather.claims.stated import organisations
from uptake.gather.claims.things import Thing, is_about_it, things, topics
from uptake.gather.grammar.spans import Sentence
from uptake.model.claim import Modality

_DATELINE = re.compile(r"[^\W\d_][\w'’ -]{1,30}[,.(]\s?[^–—;!?\n]*\d{4}[^–—;!?\n]*[–—]\s")
_LONGEST_DATELINE = 90
_BACK_POINTING = 20
_FAR = 240
"""Signs between a thing and the words of its stage beyond which they are not of one another."""


@dataclass(frozen=True, slots=True)
class Undertaking:
    """A thing and its stage, in the clause ``text[start:end]``; all spans are of the text."""

    start: int
    end: int
    sentence: Sentence
    thing: Thing
    stage: StageWords
    topical: bool

    @property
    def stage_span(self) -> tuple[int, int]:
        """Return where the words of the stage stand."""
        return self.start + self.stage.start, self.start + self.stage.end


def undertakings(analysis: Analysis) -> Iterator[Undertaking]:
    """Yield what a document says of things and their stages, in order, headings included."""
    for sentence in analysis.sentences:
        found = things(analysis, sentence)
        if found:
            yield from _in_sentence(analysis, sentence, found)


def _in_sentence(
    analysis: Analysis, sentence: Sentence, found: Sequence[Thing]
) -> Iterator[Undertaking]:
    before: Modality | None = None
    text = analysis.text[sentence.start : sentence.end]
    hits = lexicon(sentence.language, "initiatives", "stages").find(listed(text, sentence.language))
    verbs = [h for h in hits if h.label in VERBS]
    nouns = [t.start - sentence.start for t in found]
    for low, high in clauses(text, sentence.language, verbs, nouns):
        start, end = sentence.start + low, sentence.start + high
        inside = [t for t in found if start <= t.start < end]
        stage = stage_of(analysis.text[start:end], sentence.language, before=before)
        if stage is None:
            continue
        before = stage.modality if stage.modality != "asserted" else None
        if stage.stage is None or not inside:
            continue
        thing = _told_of(inside, start + stage.start, start + stage.end)
        if thing is None or not _is_one(analysis, thing, stage, (start, end)):
            continue
        told = _quoted(analysis.text, sentence, start, end)
        yield Undertaking(
            *told,
            sentence,
            thing,
            _shifted(stage, start - told[0]),
            _is_topical(analysis, thing, sentence, told),
        )


def _quoted(text: str, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """Return a clause without the signs at its ends and without a dateline before it."""
    dateline = _DATELINE.match(text, start, min(end, start + _LONGEST_DATELINE))
    if dateline and start == sentence.start:
        start = dateline.end()
    return trimmed(text, start, end)


def _is_one(
    analysis: Analysis, thing: Thing, stage: StageWords, clause: tuple[int, int]
) -> bool:
    """Tell whether a thing is one thing of its own: not "tools", unless somebody's and uncounted."""
    if thing.kind != "vague" or thing.name or stage.rule == "talks":
        return True
    low = bisect_left(analysis.quantities, clause[0], key=lambda q: q.start)
    counted = low < len(analysis.quantities) and analysis.quantities[low].start < clause[1]
    return not counted and bool(organisations(analysis, *clause))


def _shifted(stage: StageWords, by: int) -> StageWords:
    scope = (stage.scope[0] + by, stage.scope[1] + by) if stage.scope else None
    return replace(stage, start=stage.start + by, end=stage.end + by, scope=scope)


def _told_of(inside: Sequence[Thing], start: int, end: int) -> Thing | None:
    """Return the thing nearest to the words of a stage; a name or a digital thing is nearer."""

    def distance(thing: Thing) -> float:
        apart = max(thing.start - end, start - thing.end, 0)
        return apart * (0.4 if thing.name or thing.kind == "digital" else 1.0) + (
            _BACK_POINTING if thing.bare and not thing.name else 0
        )

    apart = [t for t in inside if t.end <= start or end <= t.start]
    nearest = min(apart or [t for t in inside if t.kind != "vague"], key=distance, default=None)
    if nearest is None:
        return None
    return nearest if max(nearest.start - end, start - nearest.end) <= _FAR else None


def _is_topical(
    analysis: Analysis, thing: Thing, sentence: Sentence, clause: tuple[int, int]
) -> bool:
    """Tell whether a thing is of the digital kind: by itself, its clause, name or document."""
    if thing.kind == "digital" or topics(analysis, *clause, sentence.language):
        return True
    if not is_about_it(analysis):
        return False
    around = bool(thing.name) or thing.bare
    return around or bool(topics(analysis, sentence.start, sentence.end, sentence.language))
