"""One cheap look at a text: which identifiers could be in it at all.

The text's UTF-8 bytes are mapped to classes in one pass (digit, capital, small letter ...), what
may stand between the digits of a number is left out, and fixed strings are looked for: a few
nanoseconds a character, where a search by regular expression costs ten times as much.
"""

import re
from functools import cache

from uptake.pseudonymise.masking import codes, fold

_GAPS = b" \t()-+" + bytes(range(0x80, 0xC0)) + b"\xc2\xe2"
"""Left out: gaps, and the bytes of the gaps beyond ASCII. Letters of other scripts keep their
first byte, so that digits on both sides of a word stay apart."""


def _class(byte: int) -> int:
    c = chr(byte)
    if byte >= 0x80 or not c.isalnum():
        return byte
    if c.isdigit():
        return ord("0")
    return ord("A") if c.isupper() else ord("x")


_CLASSES = bytes(map(_class, range(256)))
_CODES = bytes(ord("A") if chr(b).isdigit() or chr(b).isupper() else 46 for b in range(128)).ljust(
    256, b"."
)
_LINKS = (b"://", b".me/", b".com/", b".ru/", b".ME/", b".COM/", b".RU/")
_WEB = re.compile(rb"[wW]\.(?<=[wW]{3}\.)")
_MACHINE = re.compile(rb"0{1,3}\.0{1,3}\.0{1,3}\.0")


LINK, AT, CODE, ACCOUNT, DIGITS, MACHINE, MACHINE_6 = (1 << bit for bit in range(7))
"""Which finders are worth their time, as bits."""


def suspects(text: str) -> int:
    """Look once: a sum of bits, of which one that is missing has nothing to find in the text."""
    raw = text.encode("utf-8", "surrogatepass")
    found = AT if b"@" in raw else 0
    if (b"/" in raw and _link(raw)) or (_WEB.search(raw) if b"." in raw else None):
        found |= LINK
    classes = raw.translate(_CLASSES, _GAPS)
    foreign = not text.isascii() and _foreign().search(text) is not None
    if b"0" in classes:
        return found | _with_digits(raw, classes, foreign=foreign)
    if foreign:
        found |= DIGITS
    if _code(raw) and b"AAAAAAA" in raw.translate(_CODES):
        found |= CODE
    return found


@cache
def _foreign() -> re.Pattern[str]:
    """Return a pattern for digits of other scripts, and all that is beyond the basic plane."""
    basic = (chr(code) for code, to in fold.plain().items() if to.isdigit() and code < 0x10000)
    return re.compile("[" + "".join(basic) + "\U00010000-\U0010ffff]")


def _with_digits(raw: bytes, classes: bytes, *, foreign: bool) -> int:
    found = CODE if _code(raw) else 0
    if foreign or b"000000" in classes or b"A00000" in classes:
        found |= DIGITS
    if b"AA00" in classes or b"xx00" in classes or b"Ax00" in classes:
        found |= ACCOUNT
    if b"0.0" in classes and classes.count(b"0.0") >= 2 and _MACHINE.search(classes):
        found |= MACHINE
    if b":" in raw and (b"::" in raw or raw.count(b":") >= 7):
        found |= MACHINE_6
    return found


def _code(raw: bytes) -> bool:
    for word in codes.triggers():  # noqa: SIM110 (any() of a generator takes three times as long)
        if word in raw:
            return True
    return False


def _link(raw: bytes) -> bool:
    for sign in _LINKS:  # noqa: SIM110 (any() of a generator takes three times as long)
        if sign in raw:
            return True
    return False
