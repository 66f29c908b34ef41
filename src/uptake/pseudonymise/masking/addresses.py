"""Addresses of the net: e-mail, links, names behind an at-sign, and machines."""

import re
from collections.abc import Iterator
from functools import cache
from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address

from uptake.pseudonymise.masking import plans
from uptake.pseudonymise.masking.numbers import Span

LOCAL = 64
"""Characters before the at-sign of an e-mail address (RFC 5321, 4.5.3.1.1)."""

_LOCAL_SIGNS = frozenset("._%+-'")
_DOMAIN = re.compile(
    r"[^\W_](?:[\w-]{0,61})?(?:\.[^\W_](?:[\w-]{0,61})?){0,7}\.(?:xn--[a-z0-9-]{2,59}|[^\W\d_]{2,63})"
)
_HANDLE = re.compile(r"[A-Za-z][A-Za-z0-9_.]{2,31}")
_ANNOTATION = re.compile(r"[A-Z][a-z]+(?:[A-Z][a-z]+)*\Z")
_LINK = re.compile(
    r"(?:\b[A-Za-z][A-Za-z0-9+.-]{1,15}://|\b[Ww][Ww][Ww]\.)[^\s<>\"'`«»]{1,2048}"
    r"|\b(?:t|telegram|wa|m)\.me/[\w+./@-]{2,128}"
    r"|\b(?:instagram|facebook|fb|vk|tiktok|twitter|x|linkedin|github)\.com/[\w+./@-]{2,128}"
    r"|\bok\.ru/[\w+./@-]{2,128}"
)
_TRAILING = ".,;:!?)]}*_"
_MACHINE = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}(?!\w|\.\d)")
_MACHINE_6 = re.compile(r"(?<![\w:.])[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?![\w:.])")
_NOBODY = tuple(
    map(IPv4Network, ("0.0.0.0/8", "10.0.0.0/8", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"))
)
_VERSION_BEFORE = re.compile(
    r"(?:[\w.]|(?:ver|version|версия|release|build|v)[ .:=]{1,3})\Z", re.IGNORECASE
)


def links(text: str) -> Iterator[Span]:
    """Find links: a path may name a person, a query may hold a token, the user part a password."""
    for found in _LINK.finditer(text):
        end = found.start() + len(found.group().rstrip(_TRAILING))
        if end > found.start() + 4:
            yield Span(found.start(), end, "URL")


def at_signs(text: str) -> Iterator[Span]:
    """Find e-mail addresses, their names in any script, and names behind an at-sign."""
    place = text.find("@")
    last = 0
    while place >= 0:
        span = _email(text, place, last) or _handle(text, place)
        if span:
            yield span
            last = span.end
        place = text.find("@", max(place + 1, last))


def _email(text: str, at: int, last: int) -> Span | None:
    start, least = at, max(last, at - LOCAL)
    while start > least and (text[start - 1].isalnum() or text[start - 1] in _LOCAL_SIGNS):
        start -= 1
    domain = _DOMAIN.match(text, at + 1) if start < at else None
    return Span(start, domain.end(), "EMAIL") if domain else None


@cache
def _not_names() -> frozenset[str]:
    return frozenset(plans.everywhere("handle")["not_names"])


def _handle(text: str, at: int) -> Span | None:
    found = _HANDLE.match(text, at + 1)
    before = text[max(0, at - 1) : at]
    if not found or before.isalnum() or before in ("@", "/", ".", "_", "-", "\\"):
        return None
    name = found.group().rstrip(".")
    if name.split(".", 1)[0].lower() in _not_names() or len(name) < 3:
        return None
    after = text[at + 1 + len(name) : at + 2 + len(name)]
    begins_line = not before or before == "\n" or text[max(0, at - 4) : at].isspace()
    if begins_line and (after == "(" or (_ANNOTATION.match(name) and after in ("\n", "\r"))):
        return None
    return Span(at, at + 1 + len(name), "HANDLE")


def machines(text: str) -> Iterator[Span]:
    """Find IP addresses but those of no machine in particular (loopback, private networks)."""
    for found in _MACHINE.finditer(text):
        if _version_4(found.group()) and not _a_version(text, found.start()):
            yield Span(*found.span(), "IP")
    if "::" in text or text.count(":") >= 7:
        for found in _MACHINE_6.finditer(text):
            if _version_6(found.group()):
                yield Span(*found.span(), "IP")


def _a_version(text: str, start: int) -> bool:
    return _VERSION_BEFORE.search(text[max(0, start - 12) : start]) is not None


def _version_4(text: str) -> bool:
    try:
        address = IPv4Address(text)
    except AddressValueError:
        return False
    return not any(address in network for network in _NOBODY)


def _version_6(text: str) -> bool:
    if text.count(":") < 3 or not any(c.isdigit() for c in text):
        return False
    try:
        address = IPv6Address(text)
    except AddressValueError:
        return False
    return not (address.is_loopback or address.is_unspecified)
