"""Two numbers that are the ends of a range, or of a change."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from uptake.gather.grammar.currencies import codes, signs
from uptake.gather.grammar.lexicon import WORD, Lexicon, any_of, lexicon
from uptake.gather.grammar.measure import Measure
from uptake.gather.grammar.number import Number
from uptake.gather.grammar.numerals import read_number
from uptake.gather.grammar.shadow import fold
from uptake.gather.grammar.sides import base_unit, with_unit_behind

_LONGEST_UNIT = 24
_DASH = re.compile(r" ?- ?")
_STARTS = re.compile(r"[\d.,]")
_BARE = re.compile(r"[\d.,]+")


def ranged(  # noqa: PLR0911 - what is no range goes back as it came
    text: str, found: Measure, known: Lexicon, language: str
) -> Measure:
    """Return a measure joined with the second number of its range, if it begins one."""
    match = _dash(text, found.stated_end)
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
    end = with_unit_behind(
        text, Measure(second, second.end, at, second.end, at, second.end, base_unit(second)), known
    )
    low = found.number.value
    if second.scaled and not found.number.scaled and found.number.digits and low < 1000:
        factor = _factor(text, second, language)
        low = low * factor if low * factor <= second.value else low
    if prefix and end.unit == "count":
        end = replace(end, unit="currency", currencies=found.currencies)
    step = lead is not None and not lead[0] and _is_step(text, found, end, known)
    units = {found.unit, end.unit} - {"count"}
    if step or low >= second.value or len(units) > 1 or found.number.value < 0:
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


def _is_step(text: str, found: Measure, end: Measure, known: Lexicon) -> bool:
    """Return whether the first of two numbers is how much changed: ``by 3.1 points to 58.4``."""
    words = text[max(0, found.start - _LONGEST_UNIT) : found.start].split()
    by = bool(words) and known.has("by", words[-1])
    return by or (end.unit == "count" and found.unit not in {"count", "currency"})


def _dash(text: str, end: int) -> re.Match[str] | None:
    """Return the dash before the second number of a range, or before its sign of currency."""
    match = _DASH.match(text, end)
    if match is None:
        return None
    prefix = _signs_start().match(text, match.end())
    return match if _STARTS.match(text, prefix.end() if prefix else match.end()) else None


@cache
def _signs_start() -> re.Pattern[str]:
    iso = "|".join(code.lower() for code in sorted(codes()))
    return re.compile(rf"(?:(?:{any_of(signs())}) ?|(?:{iso}) (?=\d))")


def _factor(text: str, second: Number, language: str) -> float:
    bare = _BARE.match(text, second.start)
    unscaled = read_number(bare[0], 0, language) if bare else None
    return second.value / unscaled.value if unscaled and unscaled.value else 1.0


def _changed(text: str, found: Measure, known: Lexicon, language: str, to: str) -> Measure:
    """Return the first of two numbers with the unit that only the second has: ``from 5 to 7 %``."""
    match = re.compile(rf" {re.escape(to)} ").match(text, found.stated_end)
    second = read_number(text, match.end(), language) if match and found.unit == "count" else None
    if second is None:
        return found
    plain = Measure(second, second.end, second.start, second.end, second.start, second.end)
    behind = with_unit_behind(text, plain, known)
    number = replace(found.number, plain=found.number.plain and behind.unit == "count")
    return replace(found, number=number, unit=behind.unit, currencies=behind.currencies)


def _lead(text: str, found: Measure, known: Lexicon, key: str) -> tuple[str, str, str] | None:
    """Return the words of a range (``between``, ``and``) whose first stands before."""
    for first, second, behind in pairs(known.language, key):
        if not text.startswith(second, found.stated_end + 1) and (
            not text.startswith(second, found.stated_end)
        ):
            continue
        between = re.match(
            rf" ?,? ?{re.escape(second)} ", text[found.stated_end : found.stated_end + 24]
        )
        if between and stands_before(text, first, found.start):
            return first, second, behind
    return None


@cache
def pairs(language: str, key: str) -> tuple[tuple[str, str, str], ...]:
    """Return pairs of words around the ends of a range, and one that must stand behind."""
    listed = lexicon(language).raw.get(key, ())
    return tuple((fold(a), fold(b), fold(c[0]) if c else "") for a, b, *c in listed)


def stands_before(text: str, word: str, start: int) -> bool:
    """Return whether a word, if there is one to ask for, stands right before a place."""
    if not word:
        return True
    before = start - len(word) - 2
    return text.endswith(word + " ", 0, start) and (before < 0 or not text[before].isalnum())


def _closed(text: str, end: int, word: str) -> bool:
    """Return whether one of the next words begins with the one that closes a range."""
    return any(m[0].startswith(word) for m in list(WORD.finditer(text, end, end + 48))[:3])


def joined_by_case(text: str, found: Iterable[Measure], known: Lexicon) -> Iterator[Measure]:
    """Yield measures, two as a range where cases say so: ``5-тен 7 пайызға дейін``.

    The first ends in the case of ``from`` and the second is bounded by ``to``. A verb of change
    leaves no bound, and so no range.
    """
    endings = tuple(map(fold, known.raw.get("from_endings", ())))
    before: Measure | None = None
    for this in found:
        if before is None:
            before = this
            continue
        if endings and _is_pair(text, before, this, endings):
            yield replace(
                before,
                number=replace(before.number, plain=False),
                number_end=this.number_end,
                end=this.end,
                stated_end=this.stated_end,
                unit=this.unit,
                currencies=this.currencies or before.currencies,
                high=this.number.value,
                comparator="range",
            )
            before = None
            continue
        yield before
        before = this
    if before is not None:
        yield before


def _is_pair(text: str, first: Measure, second: Measure, endings: tuple[str, ...]) -> bool:
    if second.comparator != "<=" or first.comparator != "=" or first.high is not None:
        return False
    if first.number.value >= second.number.value or not first.number.digits:
        return False
    if first.unit not in {"count", second.unit}:
        return False
    between = text[first.number_end : second.start]
    return len(between) <= _LONGEST_UNIT and between.strip(" -'").endswith(endings)
