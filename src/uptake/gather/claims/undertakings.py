"""Clauses that hold a thing and how far it has come."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.clauses import trimmed
from uptake.gather.claims.parting import clauses
from uptake.gather.claims.phrases import lexicon, listed
from uptake.gather.claims.stages import VERBS, StageWords, stage_of
from uptake.gather.claims.things import Thing, is_about_it, things, topics
from uptake.gather.grammar.spans import Sentence
from uptake.model.claim import Modality

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
        before = stage.modality if stage.modality in {"planned", "discussed"} else None
        if stage.stage is None or not inside:
            continue
        thing = _told_of(inside, start + stage.start, start + stage.end)
        if thing is not None:
            low, high = trimmed(analysis.text, start, end)
            shifted = _shifted(stage, start - low)
            topical = _is_topical(analysis, thing, sentence, (low, high))
            yield Undertaking(low, high, sentence, thing, shifted, topical)


def _shifted(stage: StageWords, by: int) -> StageWords:
    scope = (stage.scope[0] + by, stage.scope[1] + by) if stage.scope else None
    return replace(stage, start=stage.start + by, end=stage.end + by, scope=scope)


def _told_of(inside: Sequence[Thing], start: int, end: int) -> Thing | None:
    """Return the thing nearest to the words of a stage; a name or a digital thing is nearer."""

    def distance(thing: Thing) -> float:
        apart = max(thing.start - end, start - thing.end, 0)
        return apart * (0.5 if thing.name or thing.kind == "digital" else 1.0) + (
            20 if thing.bare else 0
        )

    nearest = min(inside, key=distance)
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
