"""Words of a text: where they stand, and the form under which spellings of one word meet."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

APOSTROPHES = "'ʻʼ‘’`´ʹˈ＇"
"""Signs that writers use for one another in Uzbek letters and before Turkish endings."""

_LETTER = r"[^\W\d_]"
_WORD = re.compile(rf"{_LETTER}[^\W\d_\u0300-\u036f]*(?:[{APOSTROPHES}\u0300-\u036f]+{_LETTER}+)*")
_ONE_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_SAME_LETTER = str.maketrans({"ı": "i", "ё": "е"})
_DOT_ABOVE = "\u0307"


class Word(NamedTuple):
    """One word: ``text[start:end]``, and its folded form."""

    start: int
    end: int
    folded: str


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Reduce a word to what its spellings share; marks that tell letters apart are kept.

    Case (also that of dotted and dotless i), kinds of apostrophe, composed and decomposed letters
    and ё for е do not matter; ö for o does.

    >>> fold("Oʻzbekiston") == fold("O‘ZBEKISTON"), fold("İSTANBUL"), fold("Қазақстан")
    (True, 'istanbul', 'қазақстан')
    """
    lower = unicodedata.normalize("NFC", word).casefold().replace(_DOT_ABOVE, "")
    return lower.translate(_SAME_LETTER).translate(_ONE_APOSTROPHE)


def words(text: str) -> Iterator[Word]:
    """Yield the words of a text in order; a hyphen stands between two of them.

    >>> [text for _, _, text in words("Kara-Balta, O‘zbekiston’da 2025")]
    ['kara', 'balta', "o'zbekiston'da"]
    """
    for match in _WORD.finditer(text):
        yield Word(match.start(), match.end(), fold(match[0]))
