"""Characters that stand for others: digits of other scripts, look-alikes, what is not seen."""

import re
import sys
import unicodedata
from functools import cache

from uptake.pseudonymise.masking.shadow import Edit, Shadow

UNSEEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0e\ufe0f\u20e3\ufeff"
"""Soft hyphen, zero-width and directional characters, variation signs, and the keycap."""

BRACKETS = "()[]{}<>"
_SIGNS = "@.+/_-" + BRACKETS
"""Signs of addresses and numbers whose variants are written plain."""

_UNSEEN = re.compile(f"[{UNSEEN}]{{1,64}}")

# What looks like a Latin letter in Cyrillic and Greek (of Unicode's confusables, the plain ones).
LATIN = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХаеѕіјкорсухһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
        "ABESIJKMHOPCTYXaesijkopcyxhdqwABEZHIKMNOPTYXo",
        strict=True,
    )
)
_TO_LATIN = str.maketrans(LATIN)
_ALIKE = "".join(map(re.escape, LATIN))
_MIXED = re.compile(f"[A-Za-z0-9][{_ALIKE}]|[{_ALIKE}][A-Za-z0-9]")
_TOKEN = re.compile(r"[\w.@/:+-]{0,320}")
_HEAD = re.compile(r"[\w.@/:+-]{0,320}\Z")
_SHORT = 34
"""Characters of the longest code (ISO 13616): capitals that look alike among digits are Latin."""

# Letters written for digits; each group of such a number must hold a real digit.
DIGITS = dict(zip("oOОоlI|ІЗзбSBВч", "000011113365884", strict=True))
_TO_DIGITS = str.maketrans(DIGITS)
_LEET = "".join(map(re.escape, DIGITS))
_LEET_RUN = re.compile(
    rf"[{_LEET}0-9](?<!\w[{_LEET}0-9])(?:[ ()-]{{0,2}}[{_LEET}0-9]){{6,63}}(?!\w)"
)
_LEET_GROUP = re.compile(rf"[{_LEET}0-9]{{1,64}}")
_CODE = re.compile(r"[A-Z0-9](?<!\w[A-Z0-9])[A-Z0-9]{1,33}+(?!\w)")
_NOUGHT = re.compile(r"(?<=[0-9])O{1,8}|O{1,8}(?=[0-9])")


@cache
def plain() -> dict[int, str]:
    """Return the ASCII character for each digit, letter and sign that is a variant of one.

    Superscripts and subscripts are left: behind a number they are an exponent or a note.
    """
    found = {}
    for code in range(0x80, sys.maxunicode + 1):
        c = chr(code)
        digit = unicodedata.decimal(c, None)
        kind = unicodedata.decomposition(c).split(" ", 1)[0]
        if digit is not None and kind not in {"<super>", "<sub>"}:
            found[code] = str(digit)
        elif kind in {"<wide>", "<font>", "<circle>", "<small>"}:
            same = unicodedata.normalize("NFKC", c)
            if len(same) == 1 and same.isascii() and (same.isalnum() or same in _SIGNS):
                found[code] = same
    return found


@cache
def _variant() -> re.Pattern[str]:
    """Return a pattern for variants; beyond the basic plane for all, which is much faster."""
    basic = "".join(re.escape(chr(code)) for code in plain() if code < 0x10000)
    return re.compile(f"[{basic}\U00010000-\U0010ffff]")


def _plain(variant: re.Match[str]) -> str:
    return plain().get(ord(variant.group()), variant.group())


def folded(shadow: Shadow) -> Shadow:
    """Leave out what is not seen, and write variants, look-alikes and letters for digits plain."""
    shadow = shadow.edited(Edit(*m.span(), "") for m in _UNSEEN.finditer(shadow.text))
    text = shadow.text
    if not text.isascii():
        text = _variant().sub(_plain, text)
        text = look_alikes(text.replace("\uff1a/", ":/"))
    text = _LEET_RUN.sub(_as_digits, text)
    return shadow.translated(_CODE.sub(_noughts, text))


def look_alikes(text: str) -> str:
    """Write tokens Latin in which letters of both kinds, or capitals and digits, touch."""
    parts: list[str] = []
    last = 0
    for mixed in _MIXED.finditer(text):
        if mixed.start() < last:
            continue
        head = _HEAD.search(text, max(last, mixed.start() - 320), mixed.start())
        start = head.start() if head else mixed.start()
        token = _TOKEN.match(text, mixed.start())
        end = token.end() if token else mixed.end()
        parts += (text[last:start], _latin(text[start:end]))
        last = end
    return "".join((*parts, text[last:]))


def _latin(text: str) -> str:
    """Write a token Latin whose letters all are or look like it, but a word in Cyrillic."""
    latin = text.translate(_TO_LATIN)
    if not latin.isascii():
        return text
    mixed = any("a" <= c <= "z" for c in text.lower())
    code = len(text) <= _SHORT and latin.isupper() and any(map(str.isdigit, text))
    return latin if mixed or code else text


def _as_digits(run: re.Match[str]) -> str:
    text = run.group()
    digits = sum("0" <= c <= "9" for c in text)
    letters = sum(c in DIGITS for c in text)
    groups = _LEET_GROUP.findall(text)
    real = all(any("0" <= c <= "9" for c in group) for group in groups)
    return text.translate(_TO_DIGITS) if 0 < letters <= digits and real else text


def _noughts(code: re.Match[str]) -> str:
    text = code.group()
    if "O" not in text or len(text) < 4:  # CO2 is no code
        return text
    return _NOUGHT.sub(lambda m: "0" * len(m.group()), text)
