"""Figures that come on top of others: "another 60" is no level that 27 falls short of."""

import re
from functools import cache

from uptake.catalog import table
from uptake.gather.knowledge.measures import begins, phrases, value_at
from uptake.gather.knowledge.said import text
from uptake.gather.words import words
from uptake.model.claim import Claim

WORDS_BEFORE = 2
"""Words that may stand between "another" and its number: "another roughly"."""

WORDS_AFTER = 1
"""Words that may stand between a number and "more": "60 hastane daha"."""

_STOP = re.compile(r"[.,;:()!?…\n\d]")


def increment(claim: Claim) -> bool:
    """Return whether a figure is told as one that is added: "another 60 hospitals".

    >>> said = {"value": 60, "value_text": "60"}
    >>> quote = "by 2027 another 60 will be connected"
    >>> increment(Claim(type="indicator", quote=quote, start=0, end=36, fields=said))
    True
    """
    at = value_at(claim)
    end = at + len(text(claim, "value_text"))
    before = _spoken(_STOP.split(claim.quote[:at])[-1])
    # a value as printed may begin with its comparator: "ещё около 60"
    inside = _spoken(re.split(r"\d", claim.quote[at:end])[0])
    after = _spoken(_STOP.split(claim.quote[end:])[0])
    return _ends([*before, *inside]) or _follows(after)


def _spoken(part: str) -> list[str]:
    return [word.folded for word in words(part)]


def _ends(spoken: list[str]) -> bool:
    tail = spoken[-(WORDS_BEFORE + 2) :]
    return any(
        _stands(tail, at, phrase) and len(tail) - at - len(phrase) <= WORDS_BEFORE
        for phrase in _phrases("increments")
        for at in range(len(tail))
        if not _other(tail, at)
    )


def _follows(spoken: list[str]) -> bool:
    return any(
        _stands(spoken, at, phrase) and not _other(spoken, at)
        for phrase in _phrases("increments_after")
        for at in range(WORDS_AFTER + 1)
    )


def _other(spoken: list[str], at: int) -> bool:
    """Return whether a word says something else there: "more than", "or more"."""
    return any(
        _stands(spoken, place, phrase) and place + len(phrase) > at
        for phrase in _phrases("not_increments")
        for place in range(max(0, at - 1), at + 1)
    )


def _stands(spoken: list[str], at: int, phrase: tuple[str, ...]) -> bool:
    part = spoken[at : at + len(phrase)]
    return len(part) == len(phrase) and all(map(begins, part, phrase))


@cache
def _phrases(which: str) -> tuple[tuple[str, ...], ...]:
    return phrases(table("comparable")[which])
