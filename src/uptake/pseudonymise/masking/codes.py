"""Codes of letters and digits: bank accounts, passports, and codes that only a word tells."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from uptake.pseudonymise.masking import plans
from uptake.pseudonymise.masking.beside import announced as announced_beside
from uptake.pseudonymise.masking.numbers import Span

_ACCOUNT_BEGINS = re.compile(r"(?<![A-Za-z0-9])(?:[A-Za-z]{2}|[A-Z]{2} )[0-9]{2}")
_DIGITS = re.compile(r"[0-9]{5,9}")
_LETTERS_BEFORE = 8
_GAPS = re.compile(r"[ \u00a0-]")
_LEAST_DIGITS = 8
"""Of an account number, so that no words follow two letters and two digits by chance."""

_SHORTEST, _LONGEST = 15, 34
"""Characters of an account number (ISO 13616)."""


def accounts(text: str) -> Iterator[Span]:
    """Find account numbers by their check digits; what follows one may look like more of it."""
    place = 0
    while found := _ACCOUNT_BEGINS.search(text, place):
        end = _account(text, found.start())
        if end:
            yield Span(found.start(), end, "IBAN")
        place = end or found.end()


def _account(text: str, start: int) -> int:
    """Return where the longest valid account number from ``start`` ends, 0 if there is none.

    One pass: the remainder of what stands behind the first four characters is kept, and these are
    put behind it where a number may end.
    """
    valid = size = digits = rest = gap = 0
    head = ""
    for place in range(start, min(len(text), start + 2 * _LONGEST)):
        c = text[place]
        if not (c.isascii() and c.isalnum()):
            if gap or not _GAPS.match(c):
                break
            gap = 1
            continue
        gap, size = 0, size + 1
        if size > _LONGEST:
            break
        digit = c.isdigit()
        digits += digit
        if size <= 4:
            head += c
            continue
        rest = (rest * (10 if digit else 100) + int(c, 36)) % 97
        follows = text[place + 1 : place + 2]
        if size < _SHORTEST or digits < _LEAST_DIGITS or (follows.isascii() and follows.isalnum()):
            continue
        if int(f"{rest}{int(head[0], 36)}{int(head[1], 36)}{head[2:]}") % 97 == 1:
            valid = place + 1
    return valid


def passports(text: str) -> Iterator[Span]:
    """Find passport numbers that begin with letters, and beside a word before them any form."""
    last = 0
    for digits in _DIGITS.finditer(text):
        window = max(last, digits.start() - _LETTERS_BEFORE), min(len(text), digits.end() + 1)
        found = plans.passports().search(text, *window)
        if not found:
            found = plans.passports_beside().search(text, *window)
            before = found and text[: found.end()]
            if (
                not found
                or not before
                or announced_beside(before, *found.span(), last) != "PASSPORT"
            ):
                continue
        last = found.end()
        yield Span(*found.span(), "PASSPORT")


@cache
def triggers() -> tuple[bytes, ...]:
    """Return the words (UTF-8) one of which a text must hold to hold such a code."""
    return tuple(word.encode() for code in plans.codes() for word in code["triggers"])


class _Announced(NamedTuple):
    """A code, and how it stands beside its word."""

    type: str
    words: tuple[str, ...]
    before: re.Pattern[str]
    after: re.Pattern[str]


_REACH = 40
"""Characters around a word in which its code stands."""


@cache
def _announced() -> tuple[_Announced, ...]:
    found = []
    for code in plans.codes():
        word = "|".join(map(re.escape, code["words"]))
        value = code["pattern"]
        gap = r"(?:[\s:=№#.-]{1,4}[^\W\d]{1,8}){0,2}[\s:=№#(\"«-]{1,4}"
        before = rf"(?<!\w)(?:{word}){gap}({value})(?!\w)"
        after = rf"(?<![\w-])({value})[\s,-]{{0,3}}\(?[\s-]{{0,2}}(?<!\w)(?:{word})(?!\w)"
        patterns = (re.compile(p, re.IGNORECASE) for p in (before, after))
        found.append(_Announced(code["type"], tuple(code["triggers"]), *patterns))
    return tuple(found)


def announced(text: str) -> Iterator[Span]:
    """Find codes beside their word: with a digit inside, or all in capital letters."""
    for code in _announced():
        for word in code.words:
            place = text.find(word)
            while place >= 0:
                yield from _around(text, code, place)
                place = text.find(word, place + len(word))


def _around(text: str, code: _Announced, place: int) -> Iterator[Span]:
    window = max(0, place - _REACH), min(len(text), place + _REACH)
    for pattern in (code.before, code.after):
        for found in pattern.finditer(text, *window):
            value = found.group(1)
            if value.isupper() or any(c.isdigit() for c in value):
                yield Span(*found.span(1), code.type)
