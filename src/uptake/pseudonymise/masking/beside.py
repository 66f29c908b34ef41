"""Which identifier the words beside a number announce."""

import re
from functools import cache

from uptake.pseudonymise.masking import plans

BEFORE = 40
AFTER = 24
"""Characters that are read before and after a number."""


_ANY = "ANY"
"""What a word announces that may be said of each number: a telephone's, if nothing else is said."""

_WORD = re.compile(r"[^\W_]{1,40}")
_PIECE = re.compile(r"\A[^\W_]{1,40}")
_NEXT = re.compile(r"[<\d]")
_INITIALS = 2


@cache
def _stems() -> dict[str, tuple[tuple[str, str], ...]]:
    """Return (stem, type) by the first letters, long stems before short ones."""
    phone = plans.everywhere("phone")
    found = dict.fromkeys(phone["other"], "OTHER") | dict.fromkeys(phone["any"], _ANY)
    found |= plans.words()
    longest_first = sorted(found.items(), key=lambda item: (-len(item[0]), item[0]))
    initials = {stem[:_INITIALS] for stem in found}
    return {i: tuple(item for item in longest_first if item[0].startswith(i)) for i in initials}


def announced(text: str, start: int, end: int, last: int) -> str:
    """Return the type that the nearest word before, or else a word after, announces.

    What stands beyond another number or a placeholder speaks of that one.

    Args:
        text: The text.
        start: Where the number begins.
        end: Where it ends.
        last: Where the number before it ended.

    Returns:
        A type, ``OTHER`` for a word that announces a number of no interest, empty for none.
    """
    begin = max(last, start - BEFORE)
    before = text[begin:start]
    if begin > 0 and text[begin - 1].isalnum():
        before = _PIECE.sub("", before, count=1)  # of a word
    found = _types(before[before.rfind(">") + 1 :])
    if not found:
        after = _NEXT.split(text[end : end + AFTER], maxsplit=1)[0]
        found = _types(after)[:1]
    if not found or found[-1] != _ANY:
        return found[-1] if found else ""
    told = [kind for kind in found if kind not in {_ANY, "OTHER"}]
    return told[-1] if told else "PHONE"


def _types(window: str) -> list[str]:
    lower = window.lower()
    if lower.isspace() or not lower:
        return []
    stems = _stems()
    found = []
    until = 0
    for word in _WORD.finditer(lower):
        place = word.start()
        if place < until:
            continue  # a word of a phrase
        if known := stems.get(lower[place : place + _INITIALS]):
            for stem, kind in known:
                if lower.startswith(stem, place):
                    found.append(kind)
                    until = place + len(stem)
                    break
    return found
