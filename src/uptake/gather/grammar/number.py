"""A number of a shadow, and the words that stand behind a place of it."""

import re
from dataclasses import dataclass

from uptake.gather.grammar.digits import POWER
from uptake.gather.grammar.lexicon import WORD

SPACES = re.compile(r" {0,3}")
"""What may part the words of a number; a tab or bar, or more, parts the cells of a table."""

_LARGEST = 1e21
"""From here on nothing is money or a count; what is written as a power may be, of operations."""
_LARGEST_POWER = 1e30


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

    def is_sane(self, text: str) -> bool:
        """Return whether the number, read in ``text``, is of a size that figures have."""
        raised = POWER.search(text, self.start, self.end)
        return abs(self.value) < (_LARGEST_POWER if raised else _LARGEST)


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
