"""A copy of a text in which spellings meet, and which knows where each of its signs came from."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from uptake.gather.passages import split
from uptake.gather.words import APOSTROPHES

_SPACES = "\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_SOFT_HYPHEN = "\u00ad"
_DROPPED = "\u00ad\u200b\u200c\u200d\u2060\ufeff\ufffe"
"""Signs that do not show: soft hyphens, joiners, marks of order."""

_SIGN_FOR_SIGN = str.maketrans(
    {
        **dict.fromkeys(_SPACES, " "),
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys(APOSTROPHES + "′", "'"),
        "İ": "i",
        "I": "i",
        "ı": "i",
        "Ё": "е",
        "ё": "е",
    }
)
_LINE_END = re.compile(r"\n(?!(?<=\d\n)\d)")
"""Not that between two numbers, which are cells of a table: a wrapped text is joined before."""
_MOVES = re.compile(f"[{_DROPPED}\u0300-\u036f]")


@dataclass(frozen=True, slots=True)
class Shadow:
    """The copy, ``text``, and the way back.

    Attributes:
        text: In lower case, dotted and dotless i and ё/е as one; every space (but a tab, which
            parts cells), apostrophe and dash of one kind; letters composed; a line's end within
            a paragraph a space.
        given: The same signs as they were given, in their case.
        length: Of the given text, in code points.
        moves: Offsets in ``text`` from which on the given text is ahead, in order.
        ahead: How far, for each of ``moves``.
    """

    text: str
    given: str
    length: int
    moves: tuple[int, ...] = ()
    ahead: tuple[int, ...] = ()

    def back(self, offset: int) -> int:
        """Return where a sign of the copy begins in the given text.

        >>> made = shadow("co\u00adop 5")
        >>> made.text, made.back(made.text.index("5"))
        ('coop 5', 6)
        """
        found = bisect_right(self.moves, offset)
        return offset + self.ahead[found - 1] if found else offset

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the given text behind ``text[start:end]``; not empty."""
        last = self.back(end - 1) + 1
        following = self.back(end) if end < len(self.text) else self.length
        # Marks that were composed into the last letter belong to it; signs that do not show do not.
        return self.back(start), following if following - last == 1 and self._composed(
            end
        ) else last

    def _composed(self, end: int) -> bool:
        return not unicodedata.is_normalized("NFD", self.text[end - 1])


@lru_cache(maxsize=8)
def shadow(text: str) -> Shadow:
    r"""Return the copy of a text; most texts keep every offset.

    >>> shadow("Oʻzbekiston:\u00a01\u202f290 ta – 5\u00a0%").text
    "o'zbekiston: 1 290 ta - 5 %"
    """
    if _MOVES.search(text):
        signs, moves, ahead = _composed(text)
    else:
        signs, moves, ahead = text, (), ()
    lower = signs.translate(_SIGN_FOR_SIGN)
    folded = lower.lower()
    if len(folded) != len(lower):  # a letter whose small form is longer: keep it as it is
        folded = "".join(c.lower() if len(c.lower()) == 1 else c for c in lower)
    return Shadow(_joined(folded), signs, len(text), moves, ahead)


def fold(words: str) -> str:
    """Return words of the catalogue as they stand in a copy.

    >>> fold("İkinci Yarım"), fold("oʻn")
    ('ikinci yarim', "o'n")
    """
    return unicodedata.normalize("NFC", words).translate(_SIGN_FOR_SIGN).lower()


def _joined(text: str) -> str:
    """Return a text whose lines are joined within its paragraphs."""
    if "\n" not in text:
        return text
    parts, behind = [], 0
    for passage in split(text):
        parts.append(text[behind : passage.start])
        parts.append(_LINE_END.sub(" ", text[passage.start : passage.end]))
        behind = passage.end
    return "".join([*parts, text[behind:]])


def _composed(text: str) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    """Return a text in composed letters and without signs that do not show, and its moves."""
    signs: list[str] = []
    moves: list[int] = []
    ahead: list[int] = []
    for at, sign in enumerate(text):
        if sign in _DROPPED or (sign == "\n" and at and text[at - 1] == _SOFT_HYPHEN):
            continue
        if unicodedata.combining(sign) and signs:
            both = unicodedata.normalize("NFC", signs[-1] + sign)
            if len(both) == 1:
                signs[-1] = both
            continue
        if at - len(signs) != (ahead[-1] if ahead else 0):
            moves.append(len(signs))
            ahead.append(at - len(signs))
        signs.append(sign)
    return "".join(signs), tuple(moves), tuple(ahead)
