"""Numbers of a shadow with what belongs to each: unit, currency, range, comparator."""

import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from uptake.gather.grammar.ages import aged
from uptake.gather.grammar.bounds import bounded, carried
from uptake.gather.grammar.lexicon import lexicon
from uptake.gather.grammar.measure import Measure
from uptake.gather.grammar.number import Number
from uptake.gather.grammar.numerals import anchors, number_of_any_size
from uptake.gather.grammar.orders import as_rank, ends_item, order, ranked_in_words
from uptake.gather.grammar.ranges import joined_by_case, ranged
from uptake.gather.grammar.sides import is_written, with_unit, without_unit


def measures(
    text: str,
    language: str,
    given: str | None = None,
    times: Sequence[tuple[int, int]] = (),
) -> Iterator[Measure]:
    """Yield the measures of a shadow in order; also those that are no quantities, such as years.

    Args:
        text: The shadow.
        language: Code.
        given: The same text in its own case, which tells the code ``ALL`` from a word.
        times: Spans of stated times, in order: plain digits in them are left out at once.
    """
    known = lexicon(language)
    yield from joined_by_case(text, _measures(text, language, given, times), known)


def _measures(
    text: str, language: str, given: str | None, times: Sequence[tuple[int, int]]
) -> Iterator[Measure]:
    known = lexicon(language)
    last, before = 0, None
    waiting: list[Number] = []
    for anchor in anchors(language).finditer(text):
        if anchor.start() < last:
            continue
        at = anchor.start()
        number = number_of_any_size(text, at, language)
        if number is None:
            continue
        if not number.is_sane(text):
            last = number.end
            continue
        if number.plain and _is_inside(at, times):
            continue
        if not number.digits and _in_word(text, number.end):
            continue
        if number.ordinal:
            last = number.end
            place = ranked_in_words(text, number, known, before)
            if place is None:
                waiting = [*waiting, number] if ends_item(text, number) else []
                continue
            yield from (as_rank(earlier) for earlier in waiting)
            before, waiting = place, []
            yield place
            continue
        found = with_unit(text, number, known, last)
        if given is not None and found.unit == "currency" and not is_written(given, found):
            found = without_unit(number)
        found = ranged(text, found, known, language)
        found = order(text, bounded(text, found, known, last, before), known, before)
        found = aged(text, carried(text, found, known, before), known, before)
        last, before = found.stated_end, found
        yield found


def _is_inside(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    found = bisect_right(spans, (at, sys.maxsize))
    return bool(found) and at < spans[found - 1][1]


def _in_word(text: str, end: int) -> bool:
    return end < len(text) and (text[end].isalpha())
