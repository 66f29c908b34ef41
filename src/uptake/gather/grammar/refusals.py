"""Which numbers of a text are no quantities: names, marks, numbers of laws and pages, years."""

import re
from bisect import bisect_right

from uptake.gather.grammar.lexicon import Lexicon, lexicon
from uptake.gather.grammar.measure import Measure
from uptake.gather.grammar.times import masked

_NAME_BEFORE = re.compile(r"(?:[^\W\d_][\w.+]*-?|[#№§@_\[/\\=+&]|\d[-.:,/]{1,2}|\d)\Z")
_PLUS = re.compile(r"(?:^|[\s(])\+\Z")
_CLOCK = re.compile(r":\d\d")
_MORE_DIGITS = re.compile(r"[.,:/\\]\d|-\d+-\d|[-_]\d|[@_=&]|\^")
_LETTERS = re.compile(r"-?[^\W\d_]+")
_WORD_BEFORE = re.compile(r"([^\W\d_]+(?:'[^\W\d_]+)?\.?|№)[ (.]{0,2}\Z")
_WORDS_BEFORE = re.compile(r"(?:([^\W\d_]+) )?([^\W\d_]+(?:'[^\W\d_]+)?) \Z")
_WORD_BEHIND = re.compile(r"(?:'?[^\W\d_]{0,4})?[-. ]{1,2}([^\W\d_]+(?:'[^\W\d_]+)*)")
_MILLION = 1_000_000
_LEADS_LABEL = ",(|:;/[-"
_LABEL_ENDS = re.compile(r"\s*(?:[)\]|:,;]|\Z)")
_YEARS = range(1900, 2101)


_OF_TIME = {"count", "rank", "year", "day", "month", "score", "share"}
_PHONE = re.compile(r"[+(]?\d+(?:[ )(-]{1,2}\d+){1,6}")
_LEAST_PHONE = 7
_BEGINS = re.compile(r"(?:^|\n)[ #*(]*\Z")
_MARKS = re.compile(r"[.)](?: |\d{1,2}\.? )")
_OF_SECTION = re.compile(r"\d{1,2}\.\d{1,2}(?:\.\d{1,2})*")
_HEADING = re.compile(r"[ \u00a0]+[^\W\d_][^\n]{2,90}(?<![.!?;:,…])(?=\n|\Z)")
"""The rest of a line without a full stop, which a number of a section stands before."""


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
    number = found.number
    year = number.plain and number.end - number.start == 4 and number.value in _YEARS
    return inside and (
        found.unit in _OF_TIME or (year and found.unit not in {"percent", "currency"})
    )


def _refuses_digits(text: str, found: Measure, known: Lexicon) -> bool:
    start, end = found.number.start, found.number_end
    head = text[max(0, start - 24) : start]
    named = found.stated_start == start and _NAME_BEFORE.search(head)
    if named and found.unit != "currency" and not (found.unit == "percent" and _PLUS.search(head)):
        return True
    if found.stated_end == end and (_CLOCK.match(text, end) or _MORE_DIGITS.match(text, end)):
        return True
    if text.startswith("]", end) or _in_address(text, start):
        return True
    if _is_phone(text, found) or _is_item(text, found) or _is_clock(text, found, known):
        return True
    if _is_year(found) or _is_law(text, found, known):
        return True
    return found.stated_end == end and _is_name(text, end, known)


def _in_address(text: str, start: int) -> bool:
    """Return whether a number is part of a web or mail address."""
    if not start or text[start - 1].isspace():
        return False
    head = text[max(0, start - 200) : start].rsplit(maxsplit=1)[-1]
    return "://" in head or "www." in head or "@" in head


def _is_phone(text: str, found: Measure) -> bool:
    """Return whether a number is part of a telephone number: groups of digits, not of thousands."""
    number = found.number
    if found.unit != "count":
        return False
    if text[number.start] == "0" and number.plain and number.end - number.start > 1:
        return True
    low = max(0, number.start - 24)
    for match in _PHONE.finditer(text, low, min(len(text), number.end + 24)):
        if not match.start() <= number.start < match.end():
            continue
        groups = re.findall(r"\d+", match[0])
        thousands = all(len(g) == 3 for g in groups[1:]) and len(groups[0]) <= 3
        marked = match[0][0] in "+("
        if sum(map(len, groups)) >= _LEAST_PHONE and (
            marked or (len(groups) > 2 and not thousands)
        ):
            return True
    return False


def _is_item(text: str, found: Measure) -> bool:
    """Return whether a number counts items or sections: ``2.1.``, ``3)``, ``2.1 Aims``."""
    if found.unit != "count" or found.number.scaled:
        return False
    head = text[max(0, found.start - 12) : found.start]
    begins = (not head.strip() and (found.start <= len(head) or "\n" in head)) or _BEGINS.search(
        head
    )
    if not begins:
        return False
    if _MARKS.match(text, found.number_end):
        return True
    printed = text[found.number.start : found.number_end]
    return bool(_OF_SECTION.fullmatch(printed) and _HEADING.match(text, found.number_end))


def _is_clock(text: str, found: Measure, known: Lexicon) -> bool:
    """Return whether a number is a time of day by what stands behind it: ``5 p.m.``."""
    if found.unit != "count":
        return False
    behind = text[found.number_end : found.number_end + 8].lstrip()
    return behind.startswith(tuple(known.words.get("clock_behind", ())))


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
    behind = {_WORD_BEHIND.match(text, at) for at in (found.number_end, found.stated_end)}
    words = [match[1] for match in behind if match is not None]
    return any(w in known.laws or (found.ordinal and w in known.parts) for w in words)


def _is_name(text: str, end: int, known: Lexicon) -> bool:
    """Return whether letters are joined to digits that are no ending: ``5G``, ``3D``."""
    letters = _LETTERS.match(text, end)
    if letters is None:
        return False
    joined = letters[0].lstrip("-")
    if letters[0].startswith("-"):
        return False
    return not (known.endings.fullmatch(joined) and known.raw.get("cardinals_inflect", False))


def _is_unit_label(text: str, found: Measure, known: Lexicon) -> bool:
    """Return whether a scale alone is the unit of numbers elsewhere: ``Exports, million USD``."""
    number = found.number
    word = text[number.start : number.end].rstrip(".")
    scales = [known.scales[s] for s in known.numerals.stems(word) if s in known.scales]
    if not scales:
        return False
    money = found.unit == "currency"
    if known.has("scales_with_point", word) or (money and found.stated_start < number.start):
        return True  # an abbreviation, or a currency's code, stands beside digits
    behind = _LABEL_ENDS.match(text, max(found.end, number.end)) is not None
    led = text[: found.start].rstrip()
    leads = led[-1] in _LEADS_LABEL if led else money
    return scales[0] >= _MILLION and behind and leads


def _refuses_words(text: str, found: Measure, known: Lexicon) -> bool:
    number = found.number
    if _is_unit_label(text, found, known):
        return True
    words = _WORDS_BEFORE.search(text, max(0, number.start - 24), number.start)
    if words and (known.has("vague", words[2]) or known.has("vague", f"{words[1]} {words[2]}")):
        return True
    behind = _WORD_BEHIND.match(text, number.end)
    if behind and known.has("vague_behind", behind[1]):
        return True
    if found.unit != "count":
        return False
    # One of a kind is no count, and a word that is a number among others needs more than itself.
    bare = found.comparator == "=" and found.stated_end == number.end
    alone = bare and known.has("not_alone", text[number.start : number.end])
    return number.value == 1 or alone
