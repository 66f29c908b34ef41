"""Events without a name: a hearing, a sitting, a course that a sentence dates or places."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.clocks import span_in
from uptake.gather.claims.lexicon import Lexicon, plain
from uptake.gather.claims.lexicon import lexicon as phrases
from uptake.gather.claims.modality import denied
from uptake.gather.claims.naming import quoted, within
from uptake.gather.claims.occasions import SECTION, Where, gap, held_in, is_city, occasion, place_of
from uptake.gather.grammar.spans import Sentence, TimeSpan, starting
from uptake.gather.names.lexicon import lexicon, section
from uptake.gather.words import fold
from uptake.model.claim import Claim
from uptake.model.evidence import Passage

_NEAR = 140
_BESIDE = 60
"""Within which a date or a place belongs to an event that is only mentioned."""
_BEFORE = 45
_BEHIND = 18
_DATES = frozenset({"day", "week", "month"})
_PLACED = frozenset({"press_briefing"})
"""Acts told of as events once a city is named with them; others need the day too."""
_SIGNING = "signing"
_WORD = re.compile(r"[^\W\d_][\w'’‘ʻ-]*")
_OBJECTS = frozenset({"visit"})
"""Acts whose city may be what the verb governs."""
_BREAK = re.compile(r"[;:!?()\n]|\s[–—]\s")


class _Found(NamedTuple):
    word: tuple[int, int]
    type: str
    settled: bool = False


def happenings(analysis: Analysis, sentence: Sentence) -> Iterator[Claim]:
    """Yield the events of a sentence that have no name, each stretch of text once.

    The noun of an event needs a verb of holding, or must stand as the place of something else
    ("at a hearing"), and a day, a month or a city with it. A verb that is an event itself
    (``visited``) needs both. What is done every week is a habit and no event.
    """
    folded = plain(analysis.text)
    told: list[Claim] = []
    for found in _nouns(analysis, sentence):
        claim = _held(analysis, sentence, found) or _mentioned(analysis, sentence, found)
        if claim is not None and not any(
            _meet((claim.start, claim.end), (t.start, t.end)) for t in told
        ):
            told.append(claim)
            yield claim
    if told or _words(sentence.language, "told.often").search(folded, sentence.start, sentence.end):
        return
    acts = section(sentence.language, SECTION).get("acts", {})
    for kind in acts:
        claim = _act(analysis, sentence, kind)
        if claim is not None:
            yield claim
            return


@cache
def _words(language: str, key: str) -> Lexicon:
    return phrases(language, SECTION, key)


def _nouns(analysis: Analysis, sentence: Sentence) -> list[_Found]:
    """Return the nouns of events in a sentence, each with its type, habits left out."""
    folded, language = plain(analysis.text), sentence.language
    low, high = sentence.start, sentence.end
    if _words(language, "told.often").search(folded, low, high):
        return []
    apart = _words(language, "told.apart").spans(folded, low, high)
    bodies = [
        (n.start, n.end) for n in starting(analysis.names, low, high) if n.kind == "organisation"
    ]
    own = section(language, SECTION)
    found = [
        _Found(span, kind.replace("_", " "), table == "settled")
        for table in ("settled", "happenings")
        for kind in own.get(table, {})
        for span in _words(language, f"{table}.{kind}").spans(folded, low, high)
    ]
    found = [
        f
        for f in found
        if not any(_meet(f.word, a) for a in (apart if f.settled else [*apart, *bodies]))
    ]
    kept: list[_Found] = []
    for each in sorted(found, key=lambda f: (f.word[0] - f.word[1], f.word[0], not f.settled)):
        if not any(_meet(each.word, k.word) for k in kept):
            kept.append(each)
    return sorted(kept)


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _clause(analysis: Analysis, sentence: Sentence, word: tuple[int, int]) -> tuple[int, int]:
    """Return the part of a sentence around a word that no sign stronger than a comma parts."""
    breaks = [m.span() for m in _BREAK.finditer(analysis.text, sentence.start, sentence.end)]
    low = max((b[1] for b in breaks if b[1] <= word[0]), default=sentence.start)
    high = min((b[0] for b in breaks if b[0] >= word[1]), default=sentence.end)
    return low, high


def _held(analysis: Analysis, sentence: Sentence, found: _Found) -> Claim | None:
    """Return an event of which a verb says that it is held."""
    low, high = _clause(analysis, sentence, found.word)
    low, high = max(low, found.word[0] - _NEAR), min(high, found.word[1] + _NEAR)
    spans = _words(sentence.language, "told.held").spans(plain(analysis.text), low, high)
    verb = min(
        (s for s in spans if gap(s, found.word) > 0), key=lambda s: gap(s, found.word), default=None
    )
    if verb is None:
        return None
    dated = found._replace(settled=False)
    return _made(analysis, sentence, dated, (low, high), (verb, _NEAR))


def _mentioned(analysis: Analysis, sentence: Sentence, found: _Found) -> Claim | None:
    """Return an event at which something else is done, if its day or city stands right there."""
    if not _in_passing(analysis, sentence, found.word):
        return None
    low, high = _clause(analysis, sentence, found.word)
    low, high = max(low, found.word[0] - _BESIDE), min(high, found.word[1] + _BESIDE)
    return _made(analysis, sentence, found, (low, high), (None, _BESIDE))


def _in_passing(analysis: Analysis, sentence: Sentence, word: tuple[int, int]) -> bool:
    """Whether an event is where or when something is done: by its case, or a word beside it."""
    folded, known = plain(analysis.text), lexicon(sentence.language)
    during = _words(sentence.language, "told.during")
    before = max(sentence.start, word[0] - _BEFORE)
    if any("," not in folded[s[1] : word[0]] for s in during.spans(folded, before, word[0])):
        return True
    if known.head_first or not known.case_endings:
        return False
    if during.search(folded, word[1], min(sentence.end, word[1] + _BEHIND)):
        return True
    outer = known.word_set("outer_endings") - known.word_set("relative_endings")
    printed = fold(analysis.text[slice(*word)].split()[-1])
    return any(r.case in outer for r in known.readings(printed)[1:])


def _made(
    analysis: Analysis,
    sentence: Sentence,
    found: _Found,
    clause: tuple[int, int],
    verb_near: tuple[tuple[int, int] | None, int],
) -> Claim | None:
    verb, near = verb_near
    low, high = clause
    time = _dated(span_in(analysis, low, high, near=found.word[0], unknown=True))
    where = _placed(analysis, sentence, found.word, near)
    if not (time or where or found.settled):
        return None
    spans = [found.word]
    spans += [(time.start, time.end)] if time else []
    spans += [where.mention[:2]] if where else []
    spans += [verb] if verb else []
    start, end = quoted(analysis.text, min(s[0] for s in spans), max(s[1] for s in spans))
    if denied(analysis, start, end):
        return None
    return _claim(analysis, sentence, (start, end), found.type, (time, where))


def _claim(
    analysis: Analysis,
    sentence: Sentence,
    span: tuple[int, int],
    kind: str,
    when_where: tuple[TimeSpan | None, Where | None],
) -> Claim:
    persons = [n for n in within(analysis.names, *span) if n.kind == "person"]
    evidence = {"participants": tuple(Passage(n.start, n.end) for n in persons)} if persons else {}
    fields: dict[str, object] = {
        "name": None,
        "event_type": kind,
        "participants": list(dict.fromkeys(n.name for n in persons)),
    }
    return occasion(analysis, sentence, span, fields, when_where, evidence)


def _dated(time: TimeSpan | None) -> TimeSpan | None:
    """Return a time that tells when something happened: a year alone does not."""
    return time if time is not None and time.granularity in _DATES else None


def _placed(
    analysis: Analysis,
    sentence: Sentence,
    word: tuple[int, int],
    near: int,
    *,
    governed: bool = False,
) -> Where | None:
    """Return the city in which an event is; one that only belongs to somebody is none."""
    where = place_of(analysis, sentence, word, near)
    if where is None or gap(where.mention[:2], word) > near:
        return None
    if governed and is_city(analysis, where.mention):
        return where
    return where if held_in(analysis, sentence, where.mention) else None


def _act(analysis: Analysis, sentence: Sentence, kind: str) -> Claim | None:
    """Return an event that a verb tells by itself: a visit, an opening, words to the press."""
    folded, language = plain(analysis.text), sentence.language
    apart = _words(language, "told.apart").spans(folded, sentence.start, sentence.end)
    signing = kind == _SIGNING
    for verb in _words(language, f"acts.{kind}").spans(folded, sentence.start, sentence.end):
        low, high = _clause(analysis, sentence, verb)
        time = _dated(span_in(analysis, low, high, near=verb[0], unknown=True))
        near = _NEAR if signing else _BESIDE
        where = _placed(analysis, sentence, verb, near, governed=kind in _OBJECTS)
        if time is not None and gap((time.start, time.end), verb) > _NEAR:
            time = None
        elsewhere = signing and where is None and _in_other_town(analysis, sentence, (low, high))
        if (where is None and not elsewhere) or (time is None and kind not in _PLACED):
            continue
        if any(_meet(verb, a) for a in apart) or not _of_papers(analysis, sentence, kind):
            continue
        spans = [verb, *([where.mention[:2]] if where else [])]
        spans += [(time.start, time.end)] if time else []
        span = quoted(analysis.text, min(s[0] for s in spans), max(s[1] for s in spans))
        if signing:
            span = quoted(analysis.text, low, max(span[1], high))
        if not denied(analysis, *span):
            return _claim(analysis, sentence, span, kind.replace("_", " "), (time, where))
    return None


def _in_other_town(analysis: Analysis, sentence: Sentence, clause: tuple[int, int]) -> bool:
    """Tell whether a capitalised word that no list has stands as a place ("in Geneva")."""
    known = lexicon(sentence.language)
    at = section(sentence.language, SECTION)["verbs"]["at"]
    outer = known.word_set("outer_endings") - known.word_set("relative_endings")
    taken = [(n.start, n.end) for n in within(analysis.names, *clause)]
    taken += [(t.start, t.end) for t in starting(analysis.times, *clause)]
    before = ""
    for match in _WORD.finditer(analysis.text, *clause):
        word, opens = match[0], match.start() == sentence.start
        inside = any(low <= match.start() < high for low, high in taken)
        if word[0].isupper() and not opens and not inside:
            readings = known.readings(fold(word))[1:] if outer else ()
            if before in at or any(r.case in outer and len(r.case) > 1 for r in readings):
                return True
        before = fold(word)
    return False


def _of_papers(analysis: Analysis, sentence: Sentence, kind: str) -> bool:
    """Tell whether what is signed is an agreement: a law that is signed makes no event."""
    if kind != _SIGNING:
        return True
    folded, papers = plain(analysis.text), _words(sentence.language, "told.papers")
    return papers.search(folded, sentence.start, sentence.end) is not None
