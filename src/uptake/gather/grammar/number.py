"""A number of a shadow, and the words that stand behind a place of it."""

import re
from dataclasses import dataclass

from uptake.gather.grammar.lexicon import WORD

SPACES = re.compile(r" {0,3}")
"""What may part the words of a number; a tab or bar, or more, parts the cells of a table."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a shadow: ``text[start:end]``.

    Attributes:
        digits: Whether it begins with digits.
        whole: Whether its last part has no decimals.
        share: Whether it is a fraction in words.
        scaled: Whether a word or letter of scale belongs to it.
        ordinal: Whether it is an ordinal in words (``third``).
    """

    start: int
    end: int
    value: float
    digits: bool
    plain: bool = False
    share: bool = False
    scaled: bool = False
    ordinal: bool = False


def words_ahead(text: str, at: int, count: int) -> tuple[list[str], list[int]]:
    """Return the next words that only space parts, and where each ends."""
    words: list[str] = []
    ends: list[int] = []
    while len(words) < count:
        match = WORD.match(text, SPACES.match(text, at).end())  # type: ignore[union-attr]
        if match is None:
            break
        words.append(match[0])
        at = match.end()
        ends.append(at)
    return words, ends
