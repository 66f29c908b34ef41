"""Ordinals in digits, and which of them are ranks."""

import re
from dataclasses import replace
from functools import cache

from uptake.gather.grammar.lexicon import WORD, Lexicon, any_of
from uptake.gather.grammar.measure import Measure
from uptake.gather.grammar.number import Number

_HYPHENED = re.compile(r"-([^\W\d_]+(?:'[^\W\d_]+)*)")
_POINT = re.compile(r"\. {1,2}(?=[^\W\d_])")
_REACH = 44
"""How far before an ordinal the word stands that makes it a rank."""
_AHEAD = 4
_BEHIND = 2
_ITEM_END = re.compile(r" ?,(?! ?\d)")
_SENTENCE_END = re.compile(r"[.!?;\n] ")


def order(  # noqa: PLR0911 - each way of writing an ordinal has its own way out
    text: str, found: Measure, known: Lexicon, before: Measure | None
) -> Measure:
    """Return a measure marked as an ordinal or a rank where its shadow says so.

    Args:
        text: The shadow.
        found: With unit and comparator.
        known: The language's.
        before: The measure before it, whose rank may be shared (``24th in X and 10th in Y``).
    """
    if not found.number.digits or found.unit not in {"count", "rank"} or found.number.scaled:
        return found
    end = found.number_end
    rest = _ending(text, end, known)
    if rest is None:
        if not found.number.plain:
            return found
        if _numbered(text, found, known):
            return _rank(found, found.stated_end)
        placed = _placed(text, end, known)
        return _rank(found, placed) if placed else found
    stop, word = rest
    if word and (word in known.ranks):
        return _rank(found, stop)
    following = _words(text, stop, _AHEAD)
    marked = replace(
        found,
        ordinal=True,
        end=max(stop, found.end),
        stated_end=stop,
        number=replace(found.number, plain=False),
    )
    if not word and following and (following[0][0] in known.ranks):
        return _rank(found, following[0][1])
    if word or (following and known.has("not_ordinal_behind", following[0][0])):
        return marked
    if any((w in known.ranks) for w, _ in following) or _ranked_before(text, found, known):
        return replace(marked, unit="rank")
    shared = before is not None and before.unit == "rank" and before.ordinal
    if shared and before is not None and not _SENTENCE_END.search(text, before.end, found.start):
        return replace(marked, unit="rank")
    return marked


def ranked_in_words(
    text: str, number: Number, known: Lexicon, before: Measure | None
) -> Measure | None:
    """Return the place in a ranking that an ordinal in words tells; None where it tells none."""
    plain = as_rank(number)
    following = _words(text, number.end, _BEHIND)
    if following and known.has("not_ordinal_behind", following[0][0]):
        return None
    behind = next((end for word, end in following if word in known.ranks), 0)
    head = [m[0] for m in WORD.finditer(text, max(0, number.start - _REACH), number.start)]
    led = any(known.has(k, w) for w in head[-_BEHIND:] for k in ("rank_before", "rank_verbs"))
    if behind or led:
        return plain
    shared = before is not None and before.unit == "rank" and before.ordinal and not following
    return plain if shared else None


def as_rank(number: Number) -> Measure:
    """Return an ordinal in words as a place in a ranking."""
    plain = Measure(number, number.end, number.start, number.end, number.start, number.end)
    return _rank(plain, number.end)


def ends_item(text: str, number: Number) -> bool:
    """Return whether an ordinal ends an item of a list, whose last one may say what all are.

    As in ``Bishkek twelfth, Dushanbe seventeenth and Ashgabat in twenty-fourth place``.
    """
    return _ITEM_END.match(text, number.end) is not None


def _rank(found: Measure, end: int) -> Measure:
    number = replace(found.number, plain=False)
    return replace(found, number=number, unit="rank", ordinal=True, end=end, stated_end=end)


def _numbered(text: str, found: Measure, known: Lexicon) -> bool:
    """Return whether a number is called a rank right before: ``ranked No. 3``, ``rank 24``."""
    head = text[max(0, found.start - _REACH) : found.start].rstrip(" .")
    words = [m[0] for m in WORD.finditer(head)][-_AHEAD:]
    if words and head.endswith(words[-1]) and known.has("rank_labels", words[-1]):
        return True
    numbered = head.endswith(("#", "№")) or (bool(words) and known.has("number_signs", words[-1]))
    return numbered and any(known.has("rank_before", word) for word in words)


def _placed(text: str, end: int, known: Lexicon) -> int | None:
    """Return the end of the word of rank behind a plain number (``10 место``)."""
    following = _words(text, end, 1)
    if following and known.has("rank_plain", following[0][0]):
        return following[0][1]
    return None


def _ranked_before(text: str, found: Measure, known: Lexicon) -> bool:
    low = max(0, found.start - _REACH)
    return any(known.has("rank_before", m[0]) for m in WORD.finditer(text, low, found.start))


def _ending(text: str, end: int, known: Lexicon) -> tuple[int, str] | None:
    """Return the end of an ordinal's mark and the word joined to it, if digits have such a mark."""
    match = _endings(known).match(text, end)
    if match and match.end() > end:
        return match.end(), ""
    if known.raw.get("ordinal_hyphen", False):
        joined = _HYPHENED.match(text, end)
        if joined and not _is_case(joined[1], known):
            return joined.end(), joined[1]
    if known.raw.get("ordinal_point", False) and _POINT.match(text, end):
        return end + 1, ""
    return None


def _is_case(word: str, known: Lexicon) -> bool:
    """Return whether a word behind a hyphen is but an ending, a unit or what is counted with."""
    if known.endings.fullmatch(word) or known.has("counters", word):
        return True
    return word in known.units or word in known.currencies


def _endings(known: Lexicon) -> re.Pattern[str]:
    listed = tuple(sorted(known.words.get("ordinal_endings", ())))
    return _compiled(listed)


@cache
def _compiled(listed: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"[-']?(?:{any_of(listed)})(?![^\W_])" if listed else r"(?!)")


def _words(text: str, at: int, count: int) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    gap = re.compile(r" {1,2}")
    while len(found) < count:
        space = gap.match(text, at)
        match = WORD.match(text, space.end()) if space else None
        if match is None:
            break
        found.append((match[0], match.end()))
        at = match.end()
    return found
