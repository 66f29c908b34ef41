"""Numbers of a shadow with what belongs to each: unit, currency, range, comparator."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import TypeVar

from uptake.gather.grammar.currencies import codes, lower_codes, signs
from uptake.gather.grammar.lexicon import WORD, Lexicon, Phrases, any_of, lexicon
from uptake.gather.grammar.measure import Measure
from uptake.gather.grammar.numerals import Number, anchors, read_number
from uptake.gather.grammar.orders import order
from uptake.gather.grammar.shadow import fold
from uptake.gather.grammar.spans import Comparator

T = TypeVar("T")
_BEHIND = re.compile(r" {0,2}(?:(%)|([^\W\d_]+(?:'[^\W\d_]+)*)|-([^\W\d_]+(?:'[^\W\d_]+)*))")
_RANGE = re.compile(r" ?- ?(?=[\d.,])")
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\S")
_BEFORE = 48
"""How far before a number its comparator is looked for."""
_JOINED = re.compile(r" {1,2}(?:([^\W\d_]+) )?(?=\d|[^\W\d_])")
_MOST_WORDS = 5
_CARRY = 80
"""How far apart two quantities may stand that one verb bounds."""


def measures(text: str, language: str, given: str | None = None) -> Iterator[Measure]:
    """Yield the measures of a shadow in order; also those that are no quantities, such as years.

    ``given`` is the same text in its own case, which tells the code ``ALL`` from a word.
    """
    known = lexicon(language)
    last, before = 0, None
    for anchor in anchors(language).finditer(text):
        if anchor.start() < last:
            continue
        at = anchor.start()
        number = read_number(text, at, language)
        if number is None:
            continue
        if not number.digits and _in_word(text, number.end):
            continue
        found = _with_unit(text, number, known, last)
        if given is not None and found.unit == "currency" and not _is_written(given, found):
            found = _without_unit(number)
        found = _ranged(text, found, known, language)
        found = order(text, _bounded(text, found, known, last, before), known, before)
        found = _carried(text, found, known, before)
        last, before = found.stated_end, found
        yield found


def _in_word(text: str, end: int) -> bool:
    return end < len(text) and (text[end].isalpha())


def _with_unit(text: str, number: Number, known: Lexicon, last: int) -> Measure:
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
    plain = Measure(number, number.end, start, number.end, start, number.end, _base_unit(number))
    behind = _behind(text, plain, known)
    before = _before(text, plain, known, last) if behind.unit in {"count", "share"} else None
    return before or behind


def _is_written(given: str, found: Measure) -> bool:
    """Return whether a code of a currency is in capitals; names and signs may be as they like."""
    if len(found.currencies) != 1:
        return True
    code = found.currencies[0]
    for part in (given[found.start : found.number.start], given[found.number_end : found.end]):
        plain = part.strip(" -")
        if plain.upper() == code and plain != code and plain not in lower_codes():
            return False
    return True


def _without_unit(number: Number) -> Measure:
    return Measure(
        number, number.end, number.start, number.end, number.start, number.end, _base_unit(number)
    )


def _carried(text: str, found: Measure, known: Lexicon, before: Measure | None) -> Measure:
    """Return a measure with the bound that a verb sets for two: ``exceeded 5 in X and 3 in Y``."""
    if before is None or found.comparator != "=" or before.comparator in {"=", "range"}:
        return found
    verb = text[before.start : before.stated_start].strip()
    between = text[before.end : found.start]
    joined = any(known.has("joined", m[0]) for m in WORD.finditer(between))
    if not (known.has("carried", verb) and joined and found.unit == before.unit):
        return found
    if len(between) > _CARRY or re.search(r"[.;!?\n]", between):
        return found
    return replace(found, comparator=before.comparator)


def _base_unit(number: Number) -> str:
    return "share" if number.share else "count"


def _is_minus(text: str, start: int) -> bool:
    return start == 1 or text[start - 2] in " (\n"


def _before(text: str, found: Measure, known: Lexicon, last: int) -> Measure | None:
    """Return a measure with a currency or percent sign that stands before its number."""
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
    return re.compile(rf" {{0,2}}-?(?:({listed})(?! ?\d)|({iso})(?![^\W_]))")


def _behind(text: str, found: Measure, known: Lexicon) -> Measure:
    """Return a measure with the unit or currency that stands behind its number."""
    end = found.number_end
    percent = re.compile(r" {0,2}%(?!\d)").match(text, end)
    if percent:
        return replace(found, unit="percent", end=percent.end(), stated_end=percent.end())
    sign = _signs_behind().match(text, end)
    if sign and not (sign[1] and _belongs_to_next(text, sign.end())):
        meant = signs()[sign[1]] if sign[1] else (sign[2].upper(),)
        return replace(
            found, unit="currency", currencies=meant, end=sign.end(), stated_end=sign.end()
        )
    words, ends = _words_behind(text, end)
    if not words:
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
            return replace(
                found, unit="currency", currencies=currency[0], end=stop, stated_end=stop
            )
    if skipped or known.has("counters", words[0]):
        return replace(found, end=ends[0], stated_end=ends[0])
    return found


def _with_hundredths(text: str, found: Measure, known: Lexicon) -> Measure:
    """Return an amount with the hundredths that follow it: ``3 dollars and 50 cents``."""
    gap = _JOINED.match(text, found.stated_end)
    if gap is None or (gap[1] and not known.has("joined", gap[1])):
        return found
    second = read_number(text, gap.end(), known.language)
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
    return bool(re.compile(r"\d").match(text, end))


def _without_ending(phrases: Phrases[T], end: int, word: str) -> int:
    """Return where a word ends before an ending that an apostrophe sets off (``TL'lik``)."""
    stems = phrases.stems(word)
    cut = word.find("'", len(stems[0])) if stems else -1
    return end - (len(word) - cut) if cut > 0 else end


def _words_behind(text: str, at: int) -> tuple[list[str], list[int]]:
    """Return up to four words behind a number, which space or one hyphen parts from it."""
    words: list[str] = []
    ends: list[int] = []
    gap = re.compile(r"'[^\W\d_]{1,4} (?!\d)| {0,2}-?").match(text, at)
    while gap and len(words) < 4:
        match = WORD.match(text, gap.end())
        if match is None:
            break
        words.append(match[0])
        ends.append(match.end())
        gap = re.compile(r"\.? {1,2}|-").match(text, match.end())
    return words, ends


def _ranged(text: str, found: Measure, known: Lexicon, language: str) -> Measure:
    """Return a measure joined with the second number of its range, if it begins one."""
    match = _RANGE.match(text, found.stated_end)
    lead: tuple[str, str, str] | None = None
    if match is None:
        if change := _lead(text, found, known, "changes"):
            return _changed(text, found, known, language, change[1])
        lead = _lead(text, found, known, "ranges")
        if lead is None:
            return found
        match = re.compile(rf" ?,? ?{re.escape(lead[1])} ").match(text, found.stated_end)
        if match is None:
            return found
    at = match.end()
    prefix = _signs_start().match(text, at)
    second = read_number(text, prefix.end() if prefix else at, language)
    if second is None or second.digits != found.number.digits or found.number.share:
        return found
    if lead and lead[2] and not _closed(text, second.end, lead[2]):
        return found
    end = _behind(
        text, Measure(second, second.end, at, second.end, at, second.end, _base_unit(second)), known
    )
    low = found.number.value
    if second.scaled and not found.number.scaled and found.number.digits and low < 1000:
        factor = _factor(text, second, language)
        low = low * factor if low * factor <= second.value else low
    if prefix and end.unit == "count":
        end = replace(end, unit="currency", currencies=found.currencies)
    units = {found.unit, end.unit} - {"count"}
    if low >= second.value or len(units) > 1 or found.number.value < 0:
        return found
    unit = end.unit if end.unit != "count" else found.unit
    start = found.start - len(lead[0]) - 1 if lead and lead[0] else found.start
    return replace(
        found,
        number=replace(found.number, value=low, plain=False),
        number_end=second.end,
        start=start,
        stated_start=start,
        end=end.end,
        stated_end=end.stated_end,
        unit=unit,
        currencies=end.currencies or found.currencies,
        high=second.value,
        comparator="range",
    )


@cache
def _signs_start() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(signs())}) ?")


def _factor(text: str, second: Number, language: str) -> float:
    bare = re.compile(r"[\d.,]+").match(text, second.start)
    unscaled = read_number(bare[0], 0, language) if bare else None
    return second.value / unscaled.value if unscaled and unscaled.value else 1.0


def _changed(text: str, found: Measure, known: Lexicon, language: str, to: str) -> Measure:
    """Return the first of two numbers with the unit that only the second has: ``from 5 to 7 %``."""
    match = re.compile(rf" {re.escape(to)} ").match(text, found.stated_end)
    second = read_number(text, match.end(), language) if match and found.unit == "count" else None
    if second is None:
        return found
    plain = Measure(second, second.end, second.start, second.end, second.start, second.end)
    behind = _behind(text, plain, known)
    number = replace(found.number, plain=found.number.plain and behind.unit == "count")
    return replace(found, number=number, unit=behind.unit, currencies=behind.currencies)


def _lead(text: str, found: Measure, known: Lexicon, key: str) -> tuple[str, str, str] | None:
    """Return the pair of words of a range in words (``between``, ``and``) whose first stands before."""
    for first, second, *behind in known.raw.get(key, ()):
        between = re.compile(rf" ?,? ?{re.escape(fold(second))} ").match(text, found.stated_end)
        if between and _stands_before(text, fold(first), found.start):
            return fold(first), fold(second), fold(behind[0]) if behind else ""
    return None


def _stands_before(text: str, word: str, start: int) -> bool:
    if not word:
        return True
    before = start - len(word) - 2
    return text.endswith(word + " ", 0, start) and (before < 0 or not text[before].isalnum())


def _closed(text: str, end: int, word: str) -> bool:
    """Return whether one of the next words begins with the one that closes a range."""
    return any(m[0].startswith(word) for m in list(WORD.finditer(text, end, end + 48))[:3])


def _bounded(
    text: str, found: Measure, known: Lexicon, last: int, before: Measure | None
) -> Measure:
    """Return a measure with the comparators that stand before and behind it."""
    start, sign = _sign_before(text, found, known, last)
    if before is not None and _is_changed_to(text, found, known, before):
        start, sign = found.start, ""
    end, sign_behind = _sign_behind(text, found, known)
    signs_found = [s for s in (sign, sign_behind) if s]
    if not signs_found:
        return found
    approximate = "~" in signs_found
    bounds = [s for s in signs_found if s != "~"]
    comparator: Comparator = found.comparator
    if comparator != "range":
        comparator = bounds[0] if bounds else "~"  # type: ignore[assignment]
    return replace(found, start=start, end=end, comparator=comparator, approximate=approximate)


def _is_changed_to(text: str, found: Measure, known: Lexicon, before: Measure) -> bool:
    """Return whether the word before a number is that of a change: ``с 94 до 37``."""
    between = text[before.stated_end : found.start].strip()
    return any(
        between == fold(to) and _stands_before(text, fold(first), before.start)
        for first, to in known.raw.get("changes", ())
    )


def _sign_before(text: str, found: Measure, known: Lexicon, last: int) -> tuple[int, str]:
    low = max(last, found.start - _BEFORE)
    tokens = list(_TOKEN.finditer(text, low, found.start))[-_MOST_WORDS:]
    if tokens and tokens[-1][0] in {">", "<", "≥", "≤", "~", "≈"}:
        return tokens[-1].start(), {"≥": ">=", "≤": "<=", "≈": "~"}.get(
            tokens[-1][0], tokens[-1][0]
        )
    while tokens:
        for number in range(len(tokens)):
            phrase = " ".join(token[0] for token in tokens[number:])
            if sign := known.before.get(phrase):
                return tokens[number].start(), sign
        if not known.has("fillers", tokens[-1][0]):
            break
        tokens.pop()
    return found.start, ""


def _sign_behind(text: str, found: Measure, known: Lexicon) -> tuple[int, str]:
    word_start = _word_start(text, found.stated_end)
    ending = re.compile(r"[^\W\d_]*(?:'[^\W\d_]+)?").match(text, found.stated_end)
    word = text[word_start : ending.end() if ending else found.stated_end]
    for pattern, sign in known.after_ending:
        if re.search(rf"(?:{pattern.pattern})$", word) and len(word) > 3:
            return ending.end() if ending else found.stated_end, sign
    hyphen = re.compile(r"(?:['-]([^\W\d_]{1,6}))?").match(text, found.stated_end)
    at = hyphen.end() if hyphen else found.stated_end
    for pattern, sign in known.after_ending:
        if hyphen and hyphen[1] and pattern.fullmatch(hyphen[1]):
            return at, sign
    tokens = []
    position = at
    while len(tokens) < _MOST_WORDS:
        match = re.compile(r" {1,2}([^\W\d_]+(?:'[^\W\d_]+)*)").match(text, position)
        if match is None:
            break
        tokens.append((match[1], match.end()))
        position = match.end()
    for skipped in (0, 1) if known.raw.get("after_noun", False) else (0,):
        for count in range(min(4, len(tokens) - skipped), 0, -1):
            phrase = " ".join(word for word, _ in tokens[skipped : skipped + count])
            if sign := known.after.get(phrase):
                return tokens[skipped + count - 1][1], sign
    return found.end, ""


def _word_start(text: str, end: int) -> int:
    at = end
    while at and text[at - 1].isalpha():
        at -= 1
    return at
