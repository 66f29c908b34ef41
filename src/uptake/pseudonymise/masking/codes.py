"""Codes of letters and digits: bank accounts, passports, and codes that only a word tells."""

import re
from collections.abc import Iterator
from functools import cache

from uptake.pseudonymise.masking import plans
from uptake.pseudonymise.masking.checkdigits import iban
from uptake.pseudonymise.masking.numbers import Span

_ACCOUNT_BEGINS = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}[0-9]{2}")
_DIGITS = re.compile(r"[0-9]{5,9}")
_LETTERS_BEFORE = 6
_GAPS = re.compile(r"[ \u00a0-]")
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
    """Return where the longest valid account number from ``start`` ends, 0 if there is none."""
    kept: list[str] = []
    ends: list[int] = []
    place, gap = start, 0
    while place < len(text) and len(kept) < _LONGEST:
        c = text[place]
        if c.isascii() and c.isalnum():
            kept.append(c)
            ends.append(place + 1)
            gap = 0
        elif gap or not _GAPS.match(c):
            break
        else:
            gap = 1
        place += 1
    for size in range(len(kept), _SHORTEST - 1, -1):
        end = ends[size - 1]
        follows = text[end : end + 1]
        if follows.isascii() and follows.isalnum():
            continue
        if iban("".join(kept[:size])):
            return end
    return 0


def passports(text: str) -> Iterator[Span]:
    """Find passport numbers that begin with letters."""
    last = 0
    for digits in _DIGITS.finditer(text):
        window = max(last, digits.start() - _LETTERS_BEFORE)
        found = plans.passports().search(text, window, min(len(text), digits.end() + 1))
        if found:
            last = found.end()
            yield Span(*found.span(), "PASSPORT")


@cache
def triggers() -> tuple[bytes, ...]:
    """Return the words (UTF-8) one of which a text must hold to hold such a code."""
    return tuple(word.encode() for code in plans.codes() for word in code["triggers"])


@cache
def _announced() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """Return for each code its type, the word before it and the word behind it."""
    found = []
    for code in plans.codes():
        word = "|".join(map(re.escape, code["words"]))
        value = code["pattern"]
        before = re.compile(
            rf"(?<!\w)(?:{word})(?:[\s:=№#.-]{{1,4}}[^\W\d]{{1,8}}){{0,2}}[\s:=№#(\"«-]{{1,4}}({value})(?!\w)",
            re.IGNORECASE,
        )
        after = re.compile(
            rf"(?<![\w-])({value})[\s,-]{{0,3}}\(?[\s-]{{0,2}}(?:{word})(?!\w)", re.IGNORECASE
        )
        found.append((code["type"], before, after))
    return tuple(found)


def announced(text: str) -> Iterator[Span]:
    """Find codes beside their word: with a digit inside, or all in capital letters."""
    for kind, *patterns in _announced():
        for pattern in patterns:
            for found in pattern.finditer(text):
                value = found.group(1)
                if value.isupper() or any(c.isdigit() for c in value):
                    yield Span(*found.span(1), kind)
