"""Whether a clause asserts, plans, expects, discusses, allows or advises; and whether it denies."""

import re
from bisect import bisect_right
from typing import cast

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.lexicon import lexicon, plain
from uptake.gather.claims.phrases import section
from uptake.model.claim import Modality

_SECTION = "modality"
_ASSERTED: Modality = "asserted"
_GOALS: tuple[str, Modality] = ("goals", "planned")
_GOAL_DISTANCE = 15
"""A goal is a noun: a verb a little farther away tells more."""
_COLON_DISTANCE = 100
_BESIDE = 1
_ORDER: tuple[Modality, ...] = ("discussed", "recommended", "possible", "planned", "expected")


def modality(analysis: Analysis, start: int, end: int) -> Modality:
    """Return how ``text[start:end]``, a clause, stands to what it says.

    Words of the language's ``[modality]`` decide; ``asserted`` where there are none. A goal named
    in a clause that says what happened is not a plan ("reached the goal").
    """
    folded, language = plain(analysis.text), language_at(analysis, start)
    for kind in _ORDER:
        if _stands(folded, language, kind, start, end):
            return kind
    if _stands(folded, language, "goals", start, end) and not happened(analysis, start, end):
        return "planned"
    return "asserted"


def denied(analysis: Analysis, start: int, end: int) -> bool:
    """Tell whether ``text[start:end]``, a clause, denies or leaves open what it names."""
    return _stands(plain(analysis.text), language_at(analysis, start), "denied", start, end)


def refuted(folded: str, language: str, start: int, end: int) -> bool:
    """Tell whether a stretch of a plain text says of a figure that it is not so, or not known.

    By a word ("it would be wrong to say") or two of exclusion ("neither ... nor"), of which a
    language may ask that a third one follows.
    """
    if lexicon(language, _SECTION, "refuted").search(folded, start, end):
        return True
    listed = cast("list[list[str]]", section(language, _SECTION).get("neither", []))
    return any(_in_order(folded[start:end], words) for words in listed)


def _in_order(text: str, listed: list[str]) -> bool:
    at = 0
    for word in map(plain, listed):
        found = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)").search(text, at)
        if found is None:
            return False
        at = found.end()
    return True


def happened(analysis: Analysis, start: int, end: int) -> bool:
    """Tell whether a verb of ``text[start:end]`` says that something has come about."""
    language = language_at(analysis, start)
    return (
        lexicon(language, _SECTION, "happened").search(plain(analysis.text), start, end) is not None
    )


def governing(analysis: Analysis, start: int, end: int, at: int) -> Modality | None:
    """Return how the word nearest to a position of ``text[start:end]`` makes it stand.

    ``asserted`` if that word says that something came about, None where no word tells. An
    auxiliary beside a word of plan ("was planned", "көзделген еді") says nothing of its own.
    """
    folded, language = plain(analysis.text), language_at(analysis, start)
    ahead = [
        (first, last, kind, _GOAL_DISTANCE if key == "goals" else 0)
        for key, kind in (*((k, k) for k in _ORDER), _GOALS)
        for first, last in _spans(folded, language, key, start, end)
    ]
    past = [
        (first, last, _ASSERTED, 0)
        for first, last in _spans(folded, language, "happened", start, end)
        if not any(first - b <= _BESIDE and a - last <= _BESIDE for a, b, _, _ in ahead)
    ]
    told = [*ahead, *past]
    if not told:
        return None

    def distance(found: tuple[int, int, Modality, int]) -> int:
        first, last, _, more = found
        parted = ":" in folded[min(last, at) : max(first, at)]
        return max(first - at, at - last, 0) + more + _COLON_DISTANCE * parted

    return min(told, key=distance)[2]


def _spans(folded: str, language: str, key: str, start: int, end: int) -> list[tuple[int, int]]:
    found = lexicon(language, _SECTION, key).spans(folded, start, end)
    if not found:
        return []
    apart = lexicon(language, _SECTION, "not_modal").spans(folded, start, end)
    return [(a, b) for a, b in found if not any(x <= a and b <= y for x, y in apart)]


def _stands(folded: str, language: str, key: str, start: int, end: int) -> bool:
    return bool(_spans(folded, language, key, start, end))


def language_at(analysis: Analysis, position: int) -> str:
    """Return the language of the sentence at a position, the document's where there is none."""
    number = bisect_right(analysis.sentences, position, key=lambda s: s.start) - 1
    return analysis.sentences[number].language if number >= 0 else analysis.language
