"""The words of time in a shadow, one letter each: so that a grammar of time is a few patterns.

A text becomes a string of letters, one for each word, number and sign, in which ``[times]`` of a
language says what a word is. ``26 sentyabr 2025-ci il`` is ``NMYy`` in any language that writes
dates in this order.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from uptake import catalog
from uptake.gather.grammar.lexicon import Phrases, any_of, lexicon
from uptake.gather.grammar.numerals import read_number
from uptake.gather.grammar.shadow import fold

UNITS = {
    "day": "d", "week": "w", "weekend": "k", "month": "t", "quarter": "q", "half": "h", "year": "y",
    "decade": "e", "century": "c", "hour": "g",
}  # fmt: skip
LISTS = {
    "of": "o", "from": "F", "to": "Z", "and": "&", "between": "B", "ago": "A", "later": "L",
    "within": "I", "school": "s", "few": "f", "rest": "r",
}  # fmt: skip
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+|[^\w\s]|\n")
_PLAIN_SIGNS = frozenset(",-./()'–")
_YEARS = range(1500, 2101)
_LAST_DAY = 31


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign of a shadow.

    Attributes:
        code: Its letter: ``N`` a number up to 31, ``O`` one marked as ordinal, ``Y`` a year,
            ``n`` another number, ``M`` a month (``m`` one that is also another word), ``W`` a
            weekday, ``T`` a day told from today, ``D`` a year told so, ``R`` last, this, next,
            ``E`` an edge (``end``), ``S`` a season, ``i`` a word before a time, ``j`` one behind;
            units and others as in ``UNITS`` and ``LISTS``; ``x`` anything else.
        value: What it stands for.
        ending: What the word has behind its stem.
    """

    code: str
    start: int
    end: int
    value: Any = None
    ending: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What words mean in the times of one language."""

    phrases: Phrases[tuple[str, Any]]
    numbers: frozenset[str]
    ordinal: re.Pattern[str]
    ending: re.Pattern[str]
    raw: dict[str, Any]


def tokens(text: str, language: str) -> list[Token]:
    """Return all words, numbers and signs of a shadow with what they are to its times."""
    words = time_words(language)
    found = list(_TOKEN.finditer(text))
    made: list[Token] = []
    number = 0
    while number < len(found):
        match = found[number]
        sign = match[0]
        if sign[0].isdecimal():
            token = _number(text, match, words)
            made.append(token)
            number += 1
            while number < len(found) and found[number].start() < token.end:
                number += 1
            continue
        if not sign[0].isalpha():
            code = sign if sign in _PLAIN_SIGNS else "x"
            made.append(Token(code, match.start(), match.end()))
            number += 1
            continue
        token, used = _word(text, found, number, words, language)
        made.append(token)
        number += used
    return made


def _number(text: str, match: re.Match[str], words: Words) -> Token:
    """Return the token of digits, with the ending that is joined to them."""
    value, end = int(match[0]), match.end()
    glued = match.start() > 0 and (
        text[match.start() - 1].isalnum() or text[match.start() - 1] in "$€£#№@_"
    )
    ordinal = words.ordinal.match(text, end)
    ending = ordinal or words.ending.match(text, end)
    stop = ending.end() if ending else end
    rest = ending[0].lstrip("-'") if ending else ""
    if (
        stop < len(text)
        and (text[stop].isalpha() or text[stop] == "_")
        and not text.startswith("'", stop)
    ):
        return Token("x", match.start(), end)
    if glued:
        quarter = value in range(1, 5) and text[match.start() - 1] == "q"
        return Token("N" if quarter else "x", match.start(), stop, value, rest)
    if len(match[0]) == 4 and value in _YEARS:
        return Token("Y", match.start(), stop, value, rest)
    if 1 <= value <= _LAST_DAY and len(match[0]) <= 2:
        return Token("O" if ordinal else "N", match.start(), stop, value, rest)
    return Token("n", match.start(), stop, value, rest)


def _word(
    text: str, found: list[re.Match[str]], number: int, words: Words, language: str
) -> tuple[Token, int]:
    """Return the token of the phrase that begins with a word, and how many words it has."""
    match = found[number]
    start, end = match.span()
    if match[0] in words.numbers and (read := read_number(text, start, language)):
        if read.value == int(read.value) and not read.share:
            return _spelt(text, found, number, int(read.value), read.end, words)
    if not words.phrases.stems(match[0]):
        return Token("x", start, end), 1
    ahead = [match[0]]
    for other in range(number + 1, min(number + words.phrases.longest, len(found))):
        gap = text[found[other - 1].end() : found[other].start()]
        if not found[other][0][0].isalpha() or gap not in {" ", "  "}:
            break
        ahead.append(found[other][0])
    known = words.phrases.find(ahead)
    if known is None:
        return Token("x", start, end), 1
    (code, value), used = known
    last = found[number + used - 1]
    stem = words.phrases.stems(last[0])[0]
    return Token(code, start, last.end(), value, last[0][len(stem) :].lstrip("'")), used


def _spelt(
    text: str, found: list[re.Match[str]], number: int, value: int, end: int, words: Words
) -> tuple[Token, int]:
    """Return the token of a number in words, and how many words it has."""
    used = 1
    while number + used < len(found) and found[number + used].start() < end:
        used += 1
    following = number + used
    if following < len(found) and value % 10 == 0 and 20 <= value <= 30:
        known = words.phrases.find([found[following][0]])
        gap = text[end : found[following].start()]
        if known and known[0][0] == "O" and known[0][1] < 10 and gap in {" ", "-"}:
            return Token(
                "O", found[number].start(), found[following].end(), value + known[0][1]
            ), used + 1
        if gap == "-" and following + 1 < len(found):
            known = words.phrases.find([found[following + 1][0]])
            if known and known[0][0] == "O" and known[0][1] < 10:
                stop = found[following + 1].end()
                return Token("O", found[number].start(), stop, value + known[0][1]), used + 2
    code = "Y" if value in _YEARS else "N" if 1 <= value <= _LAST_DAY else "n"
    return Token(code, found[number].start(), end, value), used


@cache
def time_words(language: str) -> Words:
    """Return what words mean in a language's times; without the section only digits are read."""
    entry = catalog.entry("languages", language) if language in catalog.names("languages") else {}
    raw = entry.get("times", {})
    known = lexicon(language)
    endings = _endings(entry, raw)
    ordinals = known.words.get("ordinal_endings", frozenset())
    inflected = endings if raw else re.compile("")
    return Words(
        phrases=Phrases(dict(_meanings(entry, raw)), inflected),
        numbers=frozenset(known.cardinals) | frozenset(known.scales),
        ordinal=re.compile(rf"[-']?(?:{any_of(ordinals)})(?![^\W_])" if ordinals else r"(?!)"),
        ending=re.compile(rf"['-]?(?:{endings.pattern})(?![^\W_])"),
        raw=raw,
    )


def _meanings(entry: dict[str, Any], raw: dict[str, Any]) -> Iterator[tuple[str, tuple[str, Any]]]:
    """Yield phrases with their letter and value; a later one wins."""
    for key, code in LISTS.items():
        yield from _all(raw.get(key, ()), code, key)
    for unit, words in raw.get("units", {}).items():
        yield from _all(words, UNITS[unit], unit)
    for relation, words in raw.get("before", {}).items():
        yield from _all(words, "i", relation)
    for relation, words in raw.get("after", {}).items():
        yield from _all(words, "j", relation)
    for edge, words in raw.get("edges", {}).items():
        yield from _all(words, "E", edge)
    for number, words in raw.get("ordinals", {}).items():
        yield from _all(words, "O", int(number))
    for value, key in ((-1, "last"), (0, "this"), (1, "next")):
        yield from _all(raw.get(key, ()), "R", value)
    for value, words in raw.get("relative_days", {}).items():
        yield from _all(words, "T", int(value))
    for value, words in raw.get("relative_years", {}).items():
        yield from _all(words, "D", int(value))
    for season, words in raw.get("seasons", {}).items():
        yield from _all(words, "S", season)
    doubtful = {fold(w) for w in raw.get("doubtful", ())}
    for listed, code in (
        (entry.get("months", ()), "M"),
        (raw.get("more_months", ()), "M"),
        (raw.get("weekdays", ()), "W"),
    ):
        for number, words in enumerate(listed, 1):
            for word in words:
                plain = fold(word)
                yield plain, (code.lower() if plain in doubtful else code, number)


def _all(words: Iterable[str], code: str, value: Any) -> Iterator[tuple[str, tuple[str, Any]]]:
    for word in words:
        yield fold(word), (code, value)


def _endings(entry: dict[str, Any], raw: dict[str, Any]) -> re.Pattern[str]:
    slots = [raw["endings"]] if "endings" in raw else entry.get("suffixes", [])
    slots = [*slots, raw.get("more_endings", [])]
    apostrophe = "'?" if entry.get("apostrophe", False) else ""
    return re.compile(apostrophe + "".join(f"(?:{any_of(slot)})?" for slot in slots if slot))
