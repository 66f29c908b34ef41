"""A stretch of text as words, numbers and signs, each with its place and folded form."""

import re
from dataclasses import dataclass

from uptake.gather.words import APOSTROPHES, fold

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"
    rf"|[^\W_][\u0300-\u036f]*(?:[^\W_]|[\u0300-\u036f])*(?:[{APOSTROPHES}\-‐‑&][^\W_]+)*"
    r"|\S"
)
OPENING = frozenset('«“„"‹')
CLOSING = frozenset('»”“"›')
DASHES = frozenset("–—-−")
_PREFIXED = re.compile(r"[^\W\d_]{1,2}[-‐‑][^\W\d_]")
"""A word like e-Government, whose capital stands behind one or two letters."""


@dataclass(frozen=True, slots=True)
class Token:
    """``text[start:end]``, its folded form, and what its letters look like.

    Attributes:
        capital: It begins with a capital letter.
        upper: It has at least two capitals and no small letter.
        word: It begins with a letter.
        abuts: No space stands before it.
    """

    start: int
    end: int
    text: str
    folded: str
    capital: bool
    upper: bool
    word: bool
    abuts: bool

    @property
    def initial(self) -> bool:
        """Whether it is one capital letter, or several with dots."""
        return self.capital and (len(self.text) == 1 or self.text.endswith("."))


def _inner_capital(word: str) -> bool:
    found = _PREFIXED.match(word)
    return found is not None and word[found.end() - 1].isupper()


def tokens(text: str, start: int, end: int) -> list[Token]:
    """Return the words and signs of ``text[start:end]`` in order.

    >>> [t.text for t in tokens("Bozkır A.Ş.'den, «Ала-Тоо» 5%", 0, 29)]
    ['Bozkır', 'A.Ş.', "'", 'den', ',', '«', 'Ала-Тоо', '»', '5', '%']
    """
    found: list[Token] = []
    last = -1
    for match in _TOKEN.finditer(text, start, end):
        word = match[0]
        found.append(
            Token(
                match.start(),
                match.end(),
                word,
                fold(word),
                word[0].isupper() or _inner_capital(word),
                word.isupper() and sum(c.isupper() for c in word) > 1,
                word[0].isalpha(),
                match.start() == last,
            )
        )
        last = match.end()
    return found
