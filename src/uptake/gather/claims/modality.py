"""Whether a clause asserts, plans, expects, discusses, allows or advises; and whether it denies."""

from bisect import bisect_right

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.lexicon import lexicon, plain
from uptake.model.claim import Modality

_SECTION = "modality"
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


def happened(analysis: Analysis, start: int, end: int) -> bool:
    """Tell whether a verb of ``text[start:end]`` says that something has come about."""
    language = language_at(analysis, start)
    return (
        lexicon(language, _SECTION, "happened").search(plain(analysis.text), start, end) is not None
    )


def _stands(folded: str, language: str, key: str, start: int, end: int) -> bool:
    found = lexicon(language, _SECTION, key).spans(folded, start, end)
    if not found:
        return False
    apart = lexicon(language, _SECTION, "not_modal").spans(folded, start, end)
    return any(not any(a < last and first < b for a, b in apart) for first, last in found)


def language_at(analysis: Analysis, position: int) -> str:
    """Return the language of the sentence at a position, the document's where there is none."""
    number = bisect_right(analysis.sentences, position, key=lambda s: s.start) - 1
    return analysis.sentences[number].language if number >= 0 else analysis.language
