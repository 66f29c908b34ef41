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
_ANNOTATION = re.compile(r"(?:[A-Z][a-z]{1,15}){1,8}\Z")
_LINK_SIGN = re.compile(r"://|[Ww][Ww][Ww]\.|\.(?:[a-z]{2,3}|[A-Z]{2,3})/")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,15}\Z")
_HOST = re.compile(r"(?:(?<=\W)|\A)(?:[a-z]{1,3}\.)?([a-z]{1,16}\.[a-z]{2,3})\Z", re.IGNORECASE)
_REST = re.compile("[^\\s<>\"'`«»\uff08\uff09\uff1b\uff0c\u3002\u3001]{1,2048}")
_TRAILING = ".,;:!?)]}*_"
_MACHINE = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}(?!\w|\.\d)")
_COLONS = re.compile(r":[0-9a-fA-F]{0,4}:")
_HEX = frozenset("0123456789abcdefABCDEF:")
_LONGEST_6 = 39
"""Characters of an address of version 6."""
_NOBODY = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "127.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "255.0.0.0/8",
        ),
    )
)


@cache
def _hosts() -> frozenset[str]:
    return frozenset(plans.everywhere("link")["hosts"])


def links(text: str) -> Iterator[Span]:
    """Find links: a path may name a person, a query may hold a token, the user part a password."""
    last = 0
    for sign in _LINK_SIGN.finditer(text):
        start = _link_start(text, sign, last) if sign.start() >= last else -1
        rest = _REST.match(text, sign.end()) if start >= 0 else None
        if rest:
            last = sign.end() + len(rest.group().rstrip(_TRAILING))
            if last > sign.end():
                yield Span(start, last, "URL")


def _link_start(text: str, sign: re.Match[str], last: int) -> int:
    """Return where the link of a sign begins, -1 if it is none: a scheme, www, a known host."""
    place = sign.start()
    if sign.group() == "://":
        scheme = _SCHEME.search(text, max(last, place - 16), place)
        return scheme.start() if scheme else -1
    if sign.group()[0] != ".":
        return place if place == 0 or not text[place - 1].isalnum() else -1
    host = _HOST.search(text[max(last, place - 24) : sign.end() - 1])
    if not host or host.group(1).lower() not in _hosts():
        return -1
    return sign.end() - 1 - len(host.group())


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
    if after and after in "(/":
        return None  # a decorator, a package's scope
    begins_line = not before or before == "\n" or text[max(0, at - 4) : at].isspace()
    if begins_line and after and after in "\r\n" and _ANNOTATION.match(name):
        return None
    return Span(at, at + 1 + len(name), "HANDLE")


def machines(text: str) -> Iterator[Span]:
    """Find IP addresses of version 4 but those of no machine in particular."""
    for found in _MACHINE.finditer(text):
        if _version_4(found.group()) and not _a_version(text, found.start()):
            yield Span(*found.span(), "IP")


def machines_6(text: str) -> Iterator[Span]:
    """Find those of version 6: colons, grown to the hexadecimal digits and colons around."""
    last = 0
    for colons in _COLONS.finditer(text):
        start = end = colons.start()
        if start < last:
            continue
        while start > last and colons.start() - start <= _LONGEST_6 and text[start - 1] in _HEX:
            start -= 1
        while end < len(text) and end - colons.start() <= _LONGEST_6 and text[end] in _HEX:
            end += 1
        last = end
        alone = not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())
        if alone and _version_6(text[start:end]):
            yield Span(start, end, "IP")


@cache
def _version_before() -> re.Pattern[str]:
    words = "|".join(map(re.escape, plans.everywhere("machine")["versions"]))
    return re.compile(rf"(?:[\w.]|(?:{words})[ .:=]{{1,3}})\Z", re.IGNORECASE)


def _a_version(text: str, start: int) -> bool:
    return _version_before().search(text[max(0, start - 16) : start]) is not None


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
