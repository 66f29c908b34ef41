"""Spelling as people type it: other scripts, other alphabets, letters without their marks."""

from functools import cache

_UZ_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "j", "з": "z",
    "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "x", "ц": "s", "ч": "ch", "ш": "sh", "щ": "sh",
    "ъ": "'", "ь": "", "ы": "i", "э": "e", "ю": "yu", "я": "ya", "ў": "o'", "қ": "q", "ғ": "g'",
    "ҳ": "h",
}  # fmt: skip
_UZ_CYRILLIC = [
    ("sh", "ш"), ("ch", "ч"), ("yo", "ё"), ("yu", "ю"), ("ya", "я"), ("ye", "е"), ("o'", "ў"),
    ("g'", "ғ"), ("a", "а"), ("b", "б"), ("v", "в"), ("g", "г"), ("d", "д"), ("e", "е"),
    ("j", "ж"), ("z", "з"), ("i", "и"), ("y", "й"), ("k", "к"), ("l", "л"), ("m", "м"),
    ("n", "н"), ("o", "о"), ("p", "п"), ("r", "р"), ("s", "с"), ("t", "т"), ("u", "у"),
    ("f", "ф"), ("x", "х"), ("q", "қ"), ("h", "ҳ"), ("'", "ъ"),
]  # fmt: skip
_KK_BOTH = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "io", "ж": "j", "з": "z",
    "й": "i", "к": "k", "қ": "q", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "ф": "f", "х": "h", "һ": "h", "ц": "ts", "щ": "sh", "ъ": "", "ь": "",
    "э": "e", "ю": "iu", "я": "ia", "и": "i", "і": "i",
}  # fmt: skip
_KK = {
    2018: _KK_BOTH
    | {"ә": "á", "ғ": "ǵ", "ң": "ń", "ө": "ó", "ұ": "u", "ү": "ú", "у": "ý", "ы": "y"}
    | {"ш": "sh", "ч": "ch", "и": "ı", "й": "ı"},
    2021: _KK_BOTH
    | {"ә": "ä", "ғ": "ğ", "ң": "ñ", "ө": "ö", "ұ": "ū", "ү": "ü", "у": "u", "ы": "y"}
    | {"ш": "ş", "ч": "ch"},
    # As typed on a plain keyboard.
    0: _KK_BOTH
    | {"ә": "a", "ғ": "g", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "у": "u", "ы": "y"}
    | {"ш": "sh", "ч": "ch"},
}
_PLAIN = str.maketrans("çğıöşüəñäžýňığÇĞİÖŞÜƏÑÄŽÝŇ", "cgiosueyajynigCGIOSUEYAJYN")
_RUSSIAN_KEYS = str.maketrans("әғқңөұүһіҒҚҢӨҰҮҺІӘўҳҷӣӯЎҲҶӢӮ", "агкноуухиГКНОУУХИАухчиуУХЧИУ")


def _spell(text: str, table: dict[str, str]) -> str:
    parts = []
    for sign in text:
        new = table.get(sign.lower())
        if new is None:
            parts.append(sign)
        else:
            parts.append(new.capitalize() if sign.isupper() else new)
    return "".join(parts)


def kazakh_latin(text: str, alphabet: int) -> str:
    """Write Cyrillic Kazakh in Latin letters: the alphabet of 2018, of 2021, or 0 for plain keys.

    >>> kazakh_latin("Қазақша сөйлейсің бе?", 2021)
    'Qazaqşa söileisiñ be?'
    """
    return _spell(text, _KK[alphabet])


def uzbek_latin(text: str) -> str:
    """Write Cyrillic Uzbek in Latin letters.

    >>> uzbek_latin("Ўзбек тили")
    "O'zbek tili"
    """
    return _spell(text, _UZ_LATIN)


@cache
def _uzbek_pairs() -> tuple[tuple[str, str], ...]:
    upper = [(latin.capitalize(), cyrillic.upper()) for latin, cyrillic in _UZ_CYRILLIC]
    pairs = [*_UZ_CYRILLIC, *(pair for pair in upper if pair[0] != "'")]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0] == "'")))


def uzbek_cyrillic(text: str) -> str:
    """Write Latin Uzbek in Cyrillic letters.

    >>> uzbek_cyrillic("Oʻzbekiston, yangi choy")
    'Ўзбекистон, янги чой'
    """
    for sign in "ʻʼ‘’`":
        text = text.replace(sign, "'")
    for latin, cyrillic in _uzbek_pairs():
        text = text.replace(latin, cyrillic)
    return text


def plain(text: str) -> str:
    """Drop the marks that a plain keyboard lacks, in Latin and in Cyrillic.

    >>> plain("Necəsən? Қалайсың?")
    'Necesen? Калайсын?'
    """
    return text.translate(_PLAIN).translate(_RUSSIAN_KEYS)
