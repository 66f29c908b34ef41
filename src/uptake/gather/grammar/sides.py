"""What stands on either side of a number: its unit, its currency, a sign of percent."""

import re
from dataclasses import replace
from functools import cache
from typing import TypeVar

from uptake.gather.grammar.currencies import codes, lower_codes, signs
from uptake.gather.grammar.lexicon import WORD, Lexicon, Phrases, any_of
from uptake.gather.grammar.measure import Measure
from uptake.gather.grammar.number import Number
from uptake.gather.grammar.numerals import read_number

T = TypeVar("T")
_BEHIND = re.compile(r" {0,2}(?:(%)|([^\W\d_]+(?:'[^\W\d_]+)*)|-([^\W\d_]+(?:'[^\W\d_]+)*))")
_JOINED = re.compile(r" {1,2}(?=\d|[^\W\d_])")
_PERCENT = re.compile(r" {0,2}%(?!\d)")
_DIGIT = re.compile(r"\d")
_NEXT = re.compile(r"\. {0,2}| {1,2}|-")
_FIRST = re.compile(r"'[^\W\d_]{1,4} (?!\d)| {0,2}-?")


def with_unit(text: str, number: Number, known: Lexicon, last: int) -> Measure:
    """Return a number with the unit or currency on either side of it."""
    start = number.start
    if (
        number.value >= 0
        and number.digits
        and start
        and text[start - 1] == "-"
        and _is_minus(text, start)
    ):
        start -= 1
        number = replace(number, start=start, value=-number.value)
    plain = Measure(number, number.end, start, number.end, start, number.end, base_unit(number))
    behind = with_unit_behind(text, plain, known)
    before = _before(text, plain, known, last) if behind.unit in {"count", "share"} else None
    return before or behind


def is_written(given: str, found: Measure) -> bool:
    """Return whether a code of a currency is in capitals; names and signs may be as they like."""
    if len(found.currencies) != 1:
        return True
    code = found.currencies[0]
    for part in (given[found.start : found.number.start], given[found.number_end : found.end]):
        plain = part.strip(" -")
        if plain.upper() == code and plain != code and plain not in lower_codes():
            return False
    return True


def without_unit(number: Number) -> Measure:
    """Return a number as a measure of its own."""
    return Measure(
        number, number.end, number.start, number.end, number.start, number.end, base_unit(number)
    )


def base_unit(number: Number) -> str:
    """Return the unit of a number that has none beside it."""
    return "share" if number.share else "count"


def _is_minus(text: str, start: int) -> bool:
    return start == 1 or text[start - 2] in " (\n"


def _before(text: str, found: Measure, known: Lexicon, last: int) -> Measure | None:
    """Return a measure with a currency or percent sign that stands before its number."""
    match = None
    if _may_be_sign(text, found.start):
        match = _signs_before().search(text, max(last, found.start - 8), found.start)
    if match:
        sign = match[1].replace(" ", "") if match[1] not in signs() else match[1]
        meant = signs().get(sign) or (sign.upper(),)
        return replace(
            found,
            start=match.start(1),
            stated_start=match.start(1),
            unit="currency",
            currencies=meant,
        )
    for word in known.percent_first:
        for gap in ("", " "):
            if text.endswith(word + gap, last, found.start):
                start = found.start - len(word) - len(gap)
                if not (word[0].isalpha() and start and text[start - 1].isalnum()):
                    return _percent_from(text, found, start, known)
    return None


def _may_be_sign(text: str, start: int) -> bool:
    """Return whether a sign or a code of three letters may end before a number: cheap to tell."""
    at = start
    while at and start - at < 3 and text[at - 1] in " -":
        at -= 1
    if not at or start - at > 1:
        return False
    last = text[at - 1]
    if not last.isalpha():
        return last in _last_signs()
    return at < 4 or not text[at - 4].isalpha() or last in _last_signs()


@cache
def _last_signs() -> frozenset[str]:
    return frozenset(sign[-1] for sign in signs())


def _percent_from(text: str, found: Measure, start: int, known: Lexicon) -> Measure:
    for word in known.words.get("minus", ()):
        if text.endswith(word + " ", 0, start):
            start -= len(word) + 1
            number = replace(found.number, value=-found.number.value)
            return replace(found, number=number, start=start, stated_start=start, unit="percent")
    return replace(found, start=start, stated_start=start, unit="percent")


@cache
def _signs_before() -> re.Pattern[str]:
    listed = any_of(signs())
    iso = "|".join(code.lower() for code in sorted(codes()))
    return re.compile(rf"((?<![^\W_])(?:{listed})|(?<![\w$])(?:{iso}))[ -]?\Z")


@cache
def _signs_behind() -> re.Pattern[str]:
    listed = any_of(signs())
    iso = "|".join(code.lower() for code in sorted(codes()))
    return re.compile(rf" {{0,2}}-?(?:({listed})(?! ?\d|(?<=\w)\w)|({iso})(?![^\W_]))")


def with_unit_behind(  # noqa: PLR0911 - each kind of unit has its own way out
    text: str, found: Measure, known: Lexicon
) -> Measure:
    """Return a measure with the unit or currency that stands behind its number."""
    end = found.number_end
    percent = _PERCENT.match(text, end)
    if percent:
        return replace(found, unit="percent", end=percent.end(), stated_end=percent.end())
    sign = _signs_behind().match(text, end)
    if sign and not (sign[1] and _belongs_to_next(text, sign.end())):
        meant = signs()[sign[1]] if sign[1] else (sign[2].upper(),)
        return replace(
            found, unit="currency", currencies=meant, end=sign.end(), stated_end=sign.end()
        )
    words, ends = _words_behind(text, end)
    if not words or known.has("not_units", " ".join(words[:2])):
        return found
    skipped = 1 if known.has("counters", words[0]) and len(words) > 1 else 0
    for start in (0, skipped) if skipped else (0,):
        if unit := known.units.find(words[start:]):
            stop = _without_ending(
                known.units, ends[start + unit[1] - 1], words[start + unit[1] - 1]
            )
            return replace(found, unit=unit[0], end=stop, stated_end=stop)
        if currency := known.currencies.find(words[start:]):
            last = start + currency[1] - 1
            stop = _without_ending(known.currencies, ends[last], words[last])
            named = replace(
                found, unit="currency", currencies=currency[0], end=stop, stated_end=stop
            )
            return _with_hundredths(text, named, known)
        if part := known.subunits.find(words[start:]):
            last = start + part[1] - 1
            stop = _without_ending(known.subunits, ends[last], words[last])
            number = replace(found.number, value=found.number.value / 100)
            return replace(
                found, number=number, unit="currency", currencies=part[0], end=stop, stated_end=stop
            )
    if skipped or known.has("counters", words[0]):
        return replace(found, end=ends[0], stated_end=ends[0])
    return found


def _with_hundredths(text: str, found: Measure, known: Lexicon) -> Measure:
    """Return an amount with the hundredths that follow it: ``3 dollars and 50 cents``."""
    gap = _JOINED.match(text, found.stated_end)
    if gap is None:
        return found
    joining = WORD.match(text, gap.end())
    joined = joining is not None and known.has("joined", joining[0])
    at = joining.end() + 1 if joined and joining else gap.end()
    second = read_number(text, at, known.language)
    if second is None or not 0 < second.value < 100:
        return found
    words, ends = _words_behind(text, second.end)
    part = known.subunits.find(words)
    if part is None or not set(part[0]) & set(found.currencies):
        return found
    stop = _without_ending(known.subunits, ends[part[1] - 1], words[part[1] - 1])
    number = replace(found.number, value=round(found.number.value + second.value / 100, 2))
    return replace(found, number=number, end=stop, stated_end=stop)


def _belongs_to_next(text: str, end: int) -> bool:
    """Return whether a sign behind a number is that of the number behind it (``5 $10``)."""
    return bool(_DIGIT.match(text, end))


def _without_ending(phrases: Phrases[T], end: int, word: str) -> int:
    """Return where a word ends before an ending that an apostrophe sets off (``TL'lik``)."""
    stems = phrases.stems(word)
    cut = word.find("'", len(stems[0])) if stems else -1
    return end - (len(word) - cut) if cut > 0 else end


def _words_behind(text: str, at: int) -> tuple[list[str], list[int]]:
    """Return up to four words behind a number, which space or one hyphen parts from it."""
    words: list[str] = []
    ends: list[int] = []
    gap = _FIRST.match(text, at)
    while gap and len(words) < 4:
        match = WORD.match(text, gap.end())
        if match is None:
            break
        words.append(match[0])
        ends.append(match.end())
        gap = _NEXT.match(text, match.end())
    return words, ends
