"""Persons in whose memory something is named: a street, a prize, a school; they hold no role."""

from uptake.gather.names.found import Found
from uptake.gather.names.sentence import Line

_NEAR = 2


def in_memory(line: Line, found: Found) -> bool:
    """Return whether a person is one after whom something is named, or of whom it reminds.

    Where nouns are declined the word stands before role and name ("памятник академику X"), else
    behind the name ("akademik X küçəsi", "Professor X Prize").
    """
    words = line.lexicon.word_set("memorials")
    before = line.lexicon.word_set("memorials_before")
    first, last = found.phrase
    if set(line.folded[max(0, first - _NEAR) : first]) & before:
        return True
    if line.lexicon.raw.get("declensions"):
        return any(_one_of(line, i, words) for i in range(max(0, first - _NEAR), first))
    return found.last == last and any(
        _one_of(line, i, words) for i in range(last - 1, min(last + _NEAR, len(line.tokens)))
    )


def _one_of(line: Line, position: int, words: frozenset[str]) -> bool:
    return any(r.nominative in words for r in line.lexicon.readings(line.folded[position]))
