"""Who says what a sentence says: the author, somebody reported, or words in quotation marks."""

from collections.abc import Sequence
from functools import lru_cache

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.lexicon import lexicon, plain
from uptake.gather.claims.quotations import quotations
from uptake.gather.grammar.spans import Name, Sentence, starting
from uptake.gather.names.lexicon import lexicon as names_lexicon
from uptake.gather.words import fold
from uptake.model.claim import Attribution
from uptake.model.evidence import Passage

_SECTION = "attribution"
_AUTHOR = Attribution()
_BEHIND_A_QUOTATION = 220
_BEFORE_A_QUOTATION = 240
_NEAR = 90
_OPENING = 30
_SPOKEN = 0.4


def attribution(analysis: Analysis, sentence: Sentence) -> Attribution:
    """Return who says what a sentence says.

    ``direct_quote`` where most of it stands in quotation marks as speech; ``reported`` with a verb
    of saying or a phrase like "according to" and somebody to say it, in the sentence itself, in
    the next one ("the minister said this at ..."), or, for a source of data, in the one before;
    else ``author``. A speaker who cannot be told is None.
    """
    return _all(analysis).get(sentence, _AUTHOR)


@lru_cache(maxsize=8)
def _all(analysis: Analysis) -> dict[Sentence, Attribution]:
    """Return the attribution of each sentence that is not the author's."""
    found: dict[Sentence, Attribution] = {}
    before: Sentence | None = None
    for sentence in analysis.sentences:
        said = _quoted(analysis, sentence) or _reported(analysis, sentence)
        same = before is not None and before.paragraph == sentence.paragraph
        if said is not None and before is not None and same and _about(analysis, sentence):
            _told_before(analysis, found, sentence, said)
        if said is None and before is not None and same:
            said = _continued(analysis, sentence, found.get(before))
        if said is not None:
            found[sentence] = said
        before = sentence
    return found


def _of(name: Name | None, kind: str) -> Attribution:
    if name is None:
        return Attribution(kind="direct_quote" if kind == "direct_quote" else "reported")
    organisation = name.organisation if name.kind == "person" else name.name
    return Attribution(
        kind="direct_quote" if kind == "direct_quote" else "reported",
        speaker=name.name if name.kind == "person" else None,
        role=name.role or None,
        organisation=organisation or None,
    )


# --- in quotation marks


def _quoted(analysis: Analysis, sentence: Sentence) -> Attribution | None:
    for passage in quotations(analysis):
        inside = min(passage.end, sentence.end) - max(passage.start, sentence.start)
        if inside > _SPOKEN * (sentence.end - sentence.start):
            speaker = _speaker(analysis, passage)
            if speaker is not None or _speech(analysis, passage):
                return _of(speaker, "direct_quote")
    return None


def _speech(analysis: Analysis, passage: Passage) -> bool:
    """Whether a quotation whose speaker is not named is speech: it holds a whole sentence."""
    last = analysis.text[passage.start : passage.end].rstrip()[-1:]
    return last in ".!?…,"


def _speaker(analysis: Analysis, passage: Passage) -> Name | None:
    """Return who says a quotation: named behind it or before it, with a verb of saying."""
    text, language = plain(analysis.text), _language(analysis, passage.start)
    verbs = lexicon(language, _SECTION, "verbs")
    stop = text.find("\n", passage.end)
    end = min(len(text) if stop < 0 else stop, passage.end + _BEHIND_A_QUOTATION)
    sentence_end = min([q.start for q in quotations(analysis) if q.start > passage.end] + [end])
    behind = verbs.search(text, passage.end, sentence_end)
    if behind is not None:
        named = _persons_first(_names(analysis, passage.end, sentence_end))
        return named or _pronoun(analysis, passage.end, sentence_end, passage.start)
    start = max(text.rfind("\n", 0, passage.start) + 1, passage.start - _BEFORE_A_QUOTATION)
    before = verbs.search(text, start, passage.start)
    colon = text[: passage.start].rstrip(' \u00a0«“"„\n').endswith(":")
    if before is not None or colon:
        return _persons_first(list(reversed(_names(analysis, start, passage.start))))
    return None


def _persons_first(named: Sequence[Name]) -> Name | None:
    persons = [n for n in named if n.kind == "person"]
    return next(iter(persons or named), None)


# --- reported


def _reported(analysis: Analysis, sentence: Sentence) -> Attribution | None:
    text, language = plain(analysis.text), sentence.language
    start, end = sentence.start, sentence.end
    named = _names(analysis, start, end)
    for phrase in lexicon(language, _SECTION, "before").matches(text, start, end):
        after = [
            n for n in named if 0 <= n.phrase[0] - phrase.end() <= _NEAR or n.start == phrase.end()
        ]
        if after:
            return _of(_nearest_phrase(after, phrase.end()), "reported")
    for phrase in lexicon(language, _SECTION, "behind").matches(text, start, end):
        before = [n for n in named if 0 <= phrase.start() - n.end <= _NEAR // 2]
        if before:
            return _of(before[-1], "reported")
    verb = _saying(text, language, start, end)
    if verb is not None:
        speaker = _subject(analysis, sentence, verb, named)
        return _of(speaker, "reported") if speaker is not None else None
    finding = lexicon(language, _SECTION, "finding_verbs").search(text, start, end)
    sources = lexicon(language, _SECTION, "sources").search(text, start, end)
    if finding is not None and sources is not None:
        before = [n for n in named if n.kind == "organisation" and n.start < finding.start()]
        return _of(before[-1], "reported") if before else None
    return None


def _saying(text: str, language: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the first verb of saying, those that report nobody left out."""
    none = lexicon(language, _SECTION, "not_verbs").spans(text, start, end)
    for first, last in lexicon(language, _SECTION, "verbs").spans(text, start, end):
        if not any(a < last and first < b for a, b in none):
            return first, last
    return None


def _nearest_phrase(named: Sequence[Name], position: int) -> Name:
    """Return the name that a phrase leads to, a person where one follows within the same phrase."""
    first = min(named, key=lambda n: n.start)
    for name in named:
        if name.kind == "person" and name.phrase[0] <= first.start <= name.phrase[1]:
            return name
    return first


def _subject(
    analysis: Analysis, sentence: Sentence, verb: tuple[int, int], named: Sequence[Name]
) -> Name | None:
    """Return who is the subject of a verb of saying; a person counts as nearer than a body."""
    inside = [q for q in quotations(analysis) if q.start <= verb[0] < q.end]
    if inside:
        return None
    held = [n for n in named if n.kind == "person"]
    within = [n for n in named if not any(_within(n, p) for p in held if p is not n)]

    def distance(name: Name) -> int:
        gap = max(name.phrase[0] - verb[1], verb[0] - name.phrase[1], 0)
        return gap - (_NEAR // 3 if name.kind == "person" else 0)

    if not names_lexicon(sentence.language).head_first:
        first = [n for n in within if n.end <= verb[0] and _as_subject(analysis, n)]
        if first:
            return _persons_first(first)
    near = sorted(within, key=distance)
    if near and distance(near[0]) <= _NEAR:
        return near[0]
    return _pronoun(analysis, sentence.start, verb[0], sentence.start)


def _as_subject(analysis: Analysis, name: Name) -> bool:
    """Whether a name stands in the nominative, as what somebody says it does."""
    printed = fold(analysis.text[name.start : name.end].split()[-1]).strip('»”"')
    return printed in {fold(w) for w in (*name.name.split(), *name.abbreviation.split())} or (
        printed in names_lexicon(_language(analysis, name.start)).generic
    )


def _within(name: Name, other: Name) -> bool:
    return other.phrase[0] <= name.start and name.end <= other.phrase[1]


def _pronoun(analysis: Analysis, start: int, end: int, before: int) -> Name | None:
    """Return the person last named before, if a pronoun stands between ``start`` and ``end``."""
    language = _language(analysis, start)
    if lexicon(language, _SECTION, "pronouns").search(plain(analysis.text), start, end) is None:
        return None
    earlier = [n for n in analysis.names if n.end <= before and n.kind == "person"]
    return earlier[-1] if earlier and before - earlier[-1].end < 4 * _BEFORE_A_QUOTATION else None


def _about(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether a sentence says who told what stands before it: "The minister reported this ..."."""
    text = plain(analysis.text)
    opening = min(sentence.end, sentence.start + _OPENING)
    found = lexicon(sentence.language, _SECTION, "about").search(text, sentence.start, opening)
    return found is not None and found.start() == sentence.start


def _told_before(
    analysis: Analysis, found: dict[Sentence, Attribution], sentence: Sentence, said: Attribution
) -> None:
    for other in analysis.sentences:
        if other.paragraph == sentence.paragraph and other.end <= sentence.start:
            found.setdefault(other, said)


def _continued(
    analysis: Analysis, sentence: Sentence, before: Attribution | None
) -> Attribution | None:
    """Return the source of the sentence before, if it is one of data and not a person's words."""
    if before is None or before.kind != "reported" or before.speaker is not None:
        return None
    named = [n for n in _names(analysis, sentence.start, sentence.end) if n.kind == "organisation"]
    other = any(n.name != before.organisation for n in named)
    return None if other or before.organisation is None else before


def _names(analysis: Analysis, start: int, end: int) -> list[Name]:
    return [n for n in starting(analysis.names, start, end + 1) if n.end <= end]


def _language(analysis: Analysis, position: int) -> str:
    for sentence in starting(analysis.sentences, 0, position + 1)[-1:]:
        if position < sentence.end:
            return sentence.language
    return analysis.language
