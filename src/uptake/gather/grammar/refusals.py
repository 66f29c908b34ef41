"""Which numbers of a text are no quantities: names, marks, numbers of laws and pages, years."""

import re
from bisect import bisect_right

from uptake.gather.grammar.lexicon import Lexicon, lexicon
from uptake.gather.grammar.measure import Measure
from uptake.gather.grammar.times import masked

_NAME_BEFORE = re.compile(r"(?:[^\W\d_][\w.+]*-?|[#№§@_\[/\\=+&]|\d[-.:,/]{1,2}|\d)\Z")
_CLOCK = re.compile(r":\d\d")
_MORE_DIGITS = re.compile(r"[.,:/\\]\d|-\d+-\d|[-_]\d|[@_=&]|\^")
_LETTERS = re.compile(r"-?[^\W\d_]+")
_URL = re.compile(r"(?:https?://|www\.)\S*\Z|\S+@\S*\Z")
_WORD_BEFORE = re.compile(r"([^\W\d_]+(?:'[^\W\d_]+)?\.?|№)[ (.]{0,2}\Z")
_WORDS_BEFORE = re.compile(r"(?:([^\W\d_]+) )?([^\W\d_]+(?:'[^\W\d_]+)?) \Z")
_WORD_BEHIND = re.compile(r"(?:'?[^\W\d_]{0,4})?[-. ]{1,2}([^\W\d_]+(?:'[^\W\d_]+)*)")
_YEARS = range(1900, 2101)


def is_refused(text: str, found: Measure, language: str) -> bool:
    """Return whether a measure of a shadow is no quantity."""
    known = lexicon(language)
    if _is_time(found, masked(text, language)):
        return True
    if found.number.digits:
        return _refuses_digits(text, found, known)
    return _refuses_words(text, found, known)


def _is_time(found: Measure, times: tuple[tuple[int, int], ...]) -> bool:
    """Return whether a number is part of a stated time, and not of money or a share."""
    at = bisect_right(times, (found.number.start, 1 << 60))
    inside = bool(at) and found.number.start < times[at - 1][1]
    return inside and found.unit in {"count", "rank", "year", "day", "month", "score"}


def _bare(found: Measure) -> bool:
    return found.unit == "count" and found.comparator == "=" and not found.number.scaled


def _refuses_digits(text: str, found: Measure, known: Lexicon) -> bool:
    start, end = found.number.start, found.number_end
    head = text[max(0, start - 24) : start]
    if found.stated_start == start and found.unit != "currency" and _NAME_BEFORE.search(head):
        return True
    if found.stated_end == end and (_CLOCK.match(text, end) or _MORE_DIGITS.match(text, end)):
        return True
    if text.startswith("]", end) or _URL.search(text, max(0, start - 200), start):
        return True
    if _is_year(found) or _is_law(text, found, known):
        return True
    return found.stated_end == end and _is_name(text, end, known)


def _is_year(found: Measure) -> bool:
    number = found.number
    if not (number.plain and number.end - number.start == 4 and number.value in _YEARS):
        return False
    if found.unit == "year":
        return True
    counted = found.stated_end > found.number_end
    return found.unit == "count" and not counted and found.comparator not in {">", ">=", "<", "~"}


def _is_law(text: str, found: Measure, known: Lexicon) -> bool:
    """Return whether a number tells one of many: an article, a page, a law."""
    if found.unit not in {"count", "rank"}:
        return False
    word = _WORD_BEFORE.search(text, max(0, found.start - 24), found.start)
    if word and found.unit == "count" and known.has("not_before", word[1].rstrip(".")):
        return True
    behind = _WORD_BEHIND.match(text, found.number_end)
    return behind is not None and known.has("not_behind", behind[1])


def _is_name(text: str, end: int, known: Lexicon) -> bool:
    """Return whether letters are joined to digits that are no ending: ``5G``, ``3D``."""
    letters = _LETTERS.match(text, end)
    if letters is None:
        return False
    joined = letters[0].lstrip("-")
    if letters[0].startswith("-"):
        return False
    return not (known.endings.fullmatch(joined) and known.raw.get("cardinals_inflect", False))


def _refuses_words(text: str, found: Measure, known: Lexicon) -> bool:
    words = _WORDS_BEFORE.search(text, max(0, found.number.start - 24), found.number.start)
    if words and (known.has("vague", words[2]) or known.has("vague", f"{words[1]} {words[2]}")):
        return True
    return _bare(found) and found.number.value == 1 and found.stated_end == found.number_end
