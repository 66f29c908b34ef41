"""Which identifier the words beside a number announce."""

import re
from functools import cache

from uptake.pseudonymise.masking import plans

BEFORE = 40
AFTER = 24
"""Characters that are read before and after a number."""


@cache
def _pattern() -> re.Pattern[str]:
    stems = sorted({*plans.words(), *plans.everywhere("phone")["other"]}, key=lambda w: (-len(w), w))
    return re.compile(rf"(?<![^\W_])({'|'.join(map(re.escape, stems))})")


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
    before = text[max(last, start - BEFORE) : start]
    found = _types(before[before.rfind(">") + 1 :])
    if found:
        return found[-1]
    after = re.split(r"[<\d]", text[end : end + AFTER], maxsplit=1)[0]
    return (_types(after) or [""])[0]


def _types(window: str) -> list[str]:
    known = plans.words()
    return [known.get(word, "OTHER") for word in _pattern().findall(window.lower())]
