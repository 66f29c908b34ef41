"""One cheap look at a text: which identifiers could be in it at all.

The text's UTF-8 bytes are mapped to classes in one pass (digit, capital, small letter ...), what
may stand between the digits of a number is left out, and fixed strings are looked for: a few
nanoseconds a character, where a search by regular expression costs ten times as much.
"""

import re
from typing import NamedTuple

from uptake.pseudonymise.masking import codes

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
_MACHINE = re.compile(rb"0{1,3}\.0{1,3}\.0{1,3}\.0")


class Suspects(NamedTuple):
    """Which finders are worth their time."""

    link: bool = False
    at: bool = False
    code: bool = False
    account: bool = False
    digits: bool = False
    machine: bool = False
    machine_6: bool = False


NOTHING = Suspects()


def suspects(text: str) -> Suspects:
    """Look once; what is False is not in the text, what is True may be."""
    raw = text.encode("utf-8", "surrogatepass")
    link = (b"/" in raw and _link(raw)) or b"www." in raw or b"WWW." in raw
    at = b"@" in raw
    classes = raw.translate(_CLASSES, _GAPS)
    if b"0" in classes:
        return _with_digits(raw, classes, Suspects(link, at))
    code = b"AAAAAAA" in raw.translate(_CODES) and _code(raw)
    foreign = _foreign(raw)
    if not (link or at or code or foreign):
        return NOTHING
    return Suspects(link, at, code, digits=foreign)


def _with_digits(raw: bytes, classes: bytes, found: Suspects) -> Suspects:
    foreign = _foreign(raw)
    run = foreign or b"0000000" in classes or b"00AA00000" in classes
    return Suspects(
        link=found.link,
        at=found.at,
        code=_code(raw),
        account=run and (b"AA00" in classes or b"xx00" in classes or b"Ax00" in classes),
        digits=run,
        machine=classes.count(b"0.0") >= 2 and _MACHINE.search(classes) is not None,
        machine_6=(b"0:" in classes or b":0" in classes) and (b"::" in raw or raw.count(b":") >= 7),
    )


def _foreign(raw: bytes) -> bool:
    """Return whether there may be Arabic or fullwidth digits, by the first bytes of theirs."""
    return not raw.isascii() and (b"\xd9" in raw or b"\xdb" in raw or b"\xef\xbc" in raw)


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
