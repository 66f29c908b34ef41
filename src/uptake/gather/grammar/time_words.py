"""The words of time in a shadow, one letter each: so that a grammar of time is a few patterns.

A text becomes a string of letters, one for each word, number and sign, in which ``[times]`` of a
language says what a word is. ``26 sentyabr 2025-ci il`` is ``NMYy`` in any language that writes
dates in this order.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from uptake import catalog
from uptake.gather.grammar.lexicon import Phrases, any_of, lexicon
from uptake.gather.grammar.number import Number
from uptake.gather.grammar.numerals import read_number
from uptake.gather.grammar.shadow import fold

UNITS = {
    "day": "d", "week": "w", "weekend": "k", "month": "t", "quarter": "q", "half": "h", "year": "y",
    "decade": "e", "century": "c", "hour": "g",
}  # fmt: skip
LISTS = {
    "of": "o", "from": "F", "to": "Z", "and": "&", "between": "B", "ago": "A", "later": "L",
    "within": "I", "school": "s", "few": "f", "rest": "r",
    "one": "1",
}  # fmt: skip
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+|[^\w\s]|\n")
_PLAIN_SIGNS = frozenset(",-./()'–")
_STOPS = frozenset(";:!?\n")
_YEARS = range(1000, 2101)
_DOUBTFUL = {"M": "m", "W": "v"}
_LAST_DAY = 31
_MOST_DIGITS = 18
"""Read of a number: longer ones are in no time, and without end no integer is made of them."""
_LONGEST_CASE = 4
_PLURAL = "years"


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign of a shadow.

    Attributes:
        code: Its letter: ``N`` a number up to 31, ``O`` one marked as ordinal, ``Y`` a year,
            ``n`` another number, ``M`` a month (``m`` one that is also another word), ``W`` a
            weekday (``v``), ``K`` a decade, ``T`` a day told from today, ``D`` a year told so,
            ``R`` last, this, next, ``E`` an edge (``end``), ``S`` a season, ``i`` a word before a
            time, ``j`` one behind;
            units and others as in ``UNITS`` and ``LISTS``; ``x`` anything else.
        value: What it stands for.
        ending: What the word has behind its stem.
        word: Its last word in full.
    """

    code: str
    start: int
    end: int
    value: Any = None
    ending: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What words mean in the times of one language."""

    phrases: Phrases[tuple[str, Any]]
    numbers: frozenset[str]
    ordinal: re.Pattern[str]
    ending: re.Pattern[str]
    decade: re.Pattern[str]
    romans: dict[str, int]
    loose: re.Pattern[str]
    raw: dict[str, Any]


@lru_cache(maxsize=2)
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
            code = sign if sign in _PLAIN_SIGNS else ";" if sign in _STOPS else "x"
            made.append(Token(code, match.start(), match.end()))
            number += 1
            continue
        token, used = _word(text, found, number, words, language)
        made.append(token)
        number += used
    return made


def _number(text: str, match: re.Match[str], words: Words) -> Token:
    """Return the token of digits, with the ending that is joined to them."""
    value, end = int(match[0][:_MOST_DIGITS]), match.end()
    if decade := _decade(text, match, words):
        return decade
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
        letters = re.search(r"[^\W\d_]+\Z", text[max(0, match.start() - 4) : match.start()])
        unit = words.phrases.find([letters[0]]) if letters else None
        quarter = value in range(1, 5) and unit is not None and unit[0][0] in {"q", "h"}
        return Token("N" if quarter else "x", match.start(), stop, value, rest)
    if len(match[0]) == 4 and value in _YEARS:
        return Token("Y", match.start(), stop, value, rest, rest)
    if 1 <= value <= _LAST_DAY and len(match[0]) <= 2:
        return Token("O" if ordinal else "N", match.start(), stop, value, rest, rest)
    return Token("n", match.start(), stop, value, rest)


def _word(
    text: str, found: list[re.Match[str]], number: int, words: Words, language: str
) -> tuple[Token, int]:
    """Return the token of the phrase that begins with a word, and how many words it has."""
    match = found[number]
    start, end = match.span()
    if match[0] in words.romans:
        return Token("O", start, end, words.romans[match[0]]), 1
    known = _phrase(text, found, number, words)
    if known is not None and known[1] > 1:
        return known
    if pair := _ordinal_pair(text, found, number, words, language):
        return pair
    if known is not None:  # a quarter, though the word is a number too
        return known
    counted = match[0] in words.numbers or lexicon(language).numerals.stems(match[0])
    read = read_number(text, start, language) if counted else None
    if read and read.value == int(read.value) and not read.share:
        return _spelt(text, found, number, read, language, words)
    return Token("x", start, end), 1


def _phrase(
    text: str, found: list[re.Match[str]], number: int, words: Words
) -> tuple[Token, int] | None:
    """Return the token of the longest listed phrase that begins with a word."""
    if not words.phrases.stems(found[number][0]):
        return None
    ahead = [found[number][0]]
    for other in range(number + 1, min(number + words.phrases.longest, len(found))):
        gap = text[found[other - 1].end() : found[other].start()]
        if not found[other][0][0].isalpha() or gap not in {" ", "  "}:
            break
        ahead.append(found[other][0])
    known = words.phrases.find(ahead)
    if known is None:
        return None
    (code, value), used = known
    last = found[number + used - 1]
    stem = words.phrases.stems(last[0])[0]
    ending = last[0][len(stem) :]
    if ending.startswith("'"):  # set off as only a name's ending is
        code = {"m": "M", "v": "W"}.get(code, code)
    if value == _PLURAL:  # 1980s where a language has the year's plural for it
        value, ending = "year", _PLURAL
    if code == "T" and len(ending) > _LONGEST_CASE:  # another word that begins alike
        return None
    return Token(code, found[number].start(), last.end(), value, ending.lstrip("'"), last[0]), used


def _ordinal_pair(
    text: str, found: list[re.Match[str]], number: int, words: Words, language: str
) -> tuple[Token, int] | None:
    """Return the token of a day in two words: ``twenty second``, ``thirty-first``."""
    tens = lexicon(language).cardinals.get(found[number][0], 0)
    if tens not in {20, 30}:
        return None
    for skipped in (1, 2):
        if number + skipped >= len(found):
            break
        last = found[number + skipped]
        known = words.phrases.find([last[0]])
        between = text[found[number].end() : last.start()]
        if known and known[0][0] == "O" and 0 < known[0][1] < 10 and between in {" ", "-"}:
            value = tens + known[0][1]
            return Token("O", found[number].start(), last.end(), value), skipped + 1
    return None


def _decade(text: str, match: re.Match[str], words: Words) -> Token | None:
    """Return the token of a decade: ``1990s``, ``1970'lerde``."""
    ends = words.decade.match(text, match.end())
    value = int(match[0][:_MOST_DIGITS])
    if ends is None or value % 10 or len(match[0]) not in {2, 4}:
        return None
    if len(match[0]) == 2:
        value += 1900 if value >= 30 else 2000
    return Token("K", match.start(), ends.end(), value)


def _spelt(
    text: str, found: list[re.Match[str]], number: int, read: Number, language: str, words: Words
) -> tuple[Token, int]:
    """Return the token of a number in words, and how many words it has."""
    value, end, used = int(read.value), read.end, 1
    while number + used < len(found) and found[number + used].start() < end:
        used += 1
    if (
        value in {18, 19, 20}
        and number + 1 < len(found)
        and found[number + used - 1][0] in words.numbers
    ):
        rest = (
            read_number(text, found[number + used].start(), language)
            if number + used < len(found)
            else None
        )
        if (
            rest
            and not rest.digits
            and 10 <= rest.value < 100
            and text[end : found[number + used].start()] == " "
        ):
            value, end = value * 100 + int(rest.value), rest.end
            while number + used < len(found) and found[number + used].start() < end:
                used += 1
    code = "Y" if value in _YEARS else "N" if 1 <= value <= _LAST_DAY else "n"
    last = found[number + used - 1][0]
    ending = "" if last in words.numbers else last[-_LONGEST_CASE:]
    return Token(code, found[number].start(), end, value, ending, last), used


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
        decade=re.compile(
            rf"'?(?:{any_of(raw['decade_endings'])})(?:{endings.pattern})(?![^\W_])"
            if raw.get("decade_endings")
            else r"(?!)"
        ),
        romans={fold(w): n for n, w in enumerate(raw.get("romans", ()), 1)},
        loose=re.compile(
            rf"'?(?:{any_of(raw['loose_endings'])})\Z" if raw.get("loose_endings") else r"(?!)"
        ),
        raw=raw,
    )


def _meanings(entry: dict[str, Any], raw: dict[str, Any]) -> Iterator[tuple[str, tuple[str, Any]]]:
    """Yield phrases with their letter and value; a later one wins."""
    for key, code in LISTS.items():
        yield from _all(raw.get(key, ()), code, key)
    for value, key in ((-1, "last"), (0, "this"), (1, "next")):
        yield from _all(raw.get(key, ()), "R", value)
    for unit, listed in raw.get("units", {}).items():
        yield from _all(listed, UNITS[unit], unit)
    yield from _all(raw.get("plural_years", ()), "y", _PLURAL)
    for key, code in (("before", "i"), ("after", "j"), ("edges", "E"), ("seasons", "S")):
        for value, listed in raw.get(key, {}).items():
            yield from _all(listed, code, value)
    for key, code in (
        ("ordinals", "O"),
        ("decades", "K"),
        ("relative_days", "T"),
        ("relative_years", "D"),
    ):
        for value, listed in raw.get(key, {}).items():
            yield from _all(listed, code, int(value))
    yield from _names(entry, raw)
    yield from _all(raw.get("not_times", ()), "x", None)


def _names(entry: dict[str, Any], raw: dict[str, Any]) -> Iterator[tuple[str, tuple[str, Any]]]:
    """Yield names of months and weekdays; those that are other words too have another letter."""
    doubtful = {fold(w) for w in raw.get("doubtful", ())}
    months, more = entry.get("months", ()), raw.get("more_months", ())
    for listed, code in ((months, "M"), (more, "M"), (raw.get("weekdays", ()), "W")):
        for number, words in enumerate(listed, 1):
            for plain in map(fold, words):
                yield plain, (_DOUBTFUL[code] if plain in doubtful else code, number)


def _all(words: Iterable[str], code: str, value: Any) -> Iterator[tuple[str, tuple[str, Any]]]:
    for word in words:
        yield fold(word), (code, value)


def _endings(entry: dict[str, Any], raw: dict[str, Any]) -> re.Pattern[str]:
    slots = [raw["endings"]] if "endings" in raw else entry.get("suffixes", [])
    slots = [*slots, raw.get("more_endings", [])]
    apostrophe = "'?" if entry.get("apostrophe", False) else ""
    return re.compile(apostrophe + "".join(f"(?:{any_of(slot)})?" for slot in slots if slot))
