"""Spellings of a name reduced to what they share, across scripts and transliterations."""

import re
import unicodedata

LONGEST_NAME = 200
"""Characters of a field that are looked at: a longer one is no name."""

_MARKS = {chr(code): "" for code in range(0x300, 0x370)}
_LETTERS = str.maketrans({"ı": "i", "ə": "a", "æ": "a"} | dict.fromkeys("'’‘ʻʼʹ`´ʽˈ′", "") | _MARKS)
_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|['’‘ʻʼʹ`´ʽˈ′](?=[^\W\d_]))*\.?")

_CYRILLIC = str.maketrans(
    {
        "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "ґ": "g", "д": "d", "е": "e",
        "ж": "j", "җ": "j", "ҷ": "j", "ҹ": "j", "з": "z", "и": "i", "і": "i", "к": "k", "қ": "k",
        "ҡ": "k", "ҝ": "g", "л": "l", "м": "m", "н": "n", "ң": "n", "о": "o", "ө": "o", "п": "p",
        "р": "r", "с": "s", "т": "t", "у": "u", "ү": "u", "ұ": "u", "ф": "f", "х": "h", "һ": "h",
        "ҳ": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "i", "ь": "", "э": "e",
        "ю": "iu", "я": "ia", "є": "ie", "ј": "i",
    }
)  # fmt: skip
_MARKED = str.maketrans({"ş": "sh", "ç": "ch", "ğ": "g", "ñ": "n", "ý": "y", "ž": "zh"})
_SOUNDS = (
    ("dzh", "j"), ("zh", "j"), ("dj", "j"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("x", "ks"),
    ("q", "k"), ("w", "v"), ("y", "i"), ("ck", "k"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")


def tokens(text: str | None) -> list[str]:
    """Return the words of a name; hyphens part them, apostrophes do not, initials are left out.

    >>> tokens("Anna-Maria  O'Neill, J. R")
    ['Anna', 'Maria', "O'Neill"]
    """
    if not text:
        return []
    found = _TOKEN.findall(unicodedata.normalize("NFKC", text[:LONGEST_NAME]))
    return [word for word in found if len(word) > 1 and not word.endswith(".")]


def is_cyrillic(word: str) -> bool:
    """Return whether a word's first letter is Cyrillic.

    >>> is_cyrillic("Ңәрия"), is_cyrillic("Nariya")
    (True, False)
    """
    return "\u0400" <= word[:1] <= "\u052f"


def folded(word: str) -> str:
    """Fold case, marks above letters and apostrophes; the script stays.

    >>> folded("Oʻgʻli"), folded("İlham"), folded("Пётр"), folded("қызы")
    ('ogli', 'ilham', 'петр', 'қызы')
    """
    if word.isascii():  # a short cut: most names, and five times as fast
        return word.casefold().replace("'", "").replace("`", "")
    return unicodedata.normalize("NFKD", word.casefold()).translate(_LETTERS)


def skeleton(word: str) -> str:
    """Reduce a name to Latin letters that most of its spellings share.

    Own rules, coarse on purpose: two names that fall together and differ in gender are dropped
    from the table of names, so that coarseness costs coverage and not precision.

    >>> {skeleton(name) for name in ("Айгүл", "Aygul", "Aigül", "Айгуль", "Aygül")}
    {'aigul'}
    >>> skeleton("Хуршид") == skeleton("Khurshid") == skeleton("Hurshid")
    True
    """
    text = _sounds(word)
    return text[1:] if text.startswith("ie") else text


def skeletons(text: str) -> list[str]:
    """Return the skeleton of each of many words, in one pass over all of them.

    >>> skeletons("Yelena Айгүл")
    ['elena', 'aigul']
    """
    words = _sounds(text.replace("-", " ")).split()
    return [word[1:] if word.startswith("ie") else word for word in words]


def _sounds(text: str) -> str:
    if text.isascii():
        text = folded(text)
    else:
        text = folded(text.casefold().translate(_MARKED)).translate(_CYRILLIC)
    for written, sound in _SOUNDS:
        text = text.replace(written, sound)
    return _DOUBLED.sub(r"\1", text)
