"""Words and signs that bound a number: at least, nearly, up to."""

import re
from dataclasses import replace

from uptake.gather.grammar.lexicon import WORD, Lexicon
from uptake.gather.grammar.measure import Measure
from uptake.gather.grammar.ranges import pairs, stands_before
from uptake.gather.grammar.shadow import fold
from uptake.gather.grammar.spans import Comparator

_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\S")
_BEFORE = 48
"""How far before a number its comparator is looked for."""
_JOINED_ENDING = re.compile(r"[^\W\d_]*(?:['-][^\W\d_]{1,6})?")
_SPACED = re.compile(r" {1,2}([^\W\d_]+(?:'[^\W\d_]+)*)")
_MOST_WORDS = 5
_CLAUSE = re.compile(r"[;:!?\n]|(?<=[^\W\d_]{3})\. ")
_REACHED = 64
"""How far from a bound the verb stands that makes it a value."""
_CARRY = 80
"""How far apart two quantities may stand that one verb bounds."""


def carried(text: str, found: Measure, known: Lexicon, before: Measure | None) -> Measure:
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


def bounded(
    text: str, found: Measure, known: Lexicon, last: int, before: Measure | None
) -> Measure:
    """Return a measure with the comparators that stand before and behind it."""
    start, sign = _sign_before(text, found, known, last)
    if before is not None and _is_changed_to(text, found, known, before):
        start, sign = found.start, ""
    end, sign_behind = _sign_behind(text, found, known)
    if "<=" in {sign, sign_behind} and _is_reached(text, start, end, known):
        start, end = found.start, found.end
        sign, sign_behind = sign.replace("<=", ""), sign_behind.replace("<=", "")
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
    between = text[before.stated_end : found.start].strip(" .")
    return any(
        between == to and stands_before(text, first, before.start)
        for first, to, _ in pairs(known.language, "changes")
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
    joined = _JOINED_ENDING.match(text, found.stated_end)
    at = joined.end() if joined else found.stated_end
    word = text[word_start:at]
    for pattern, sign in known.after_ending:
        if len(word) > 3 and pattern.search(word):
            return at, sign
    words = _words(text, at)
    for skipped in (0, 1) if known.raw.get("after_noun", False) else (0,):
        lead = words[skipped - 1][0] if skipped and len(words) >= skipped else word
        if bound := _phrase(words[skipped:], lead, known):
            return bound
    return found.end, ""


def _words(text: str, at: int) -> list[tuple[str, int]]:
    """Return the next words, which only space parts, and where each ends."""
    words: list[tuple[str, int]] = []
    while len(words) < _MOST_WORDS:
        match = _SPACED.match(text, at)
        if match is None:
            break
        words.append((match[1], match.end()))
        at = match.end()
    return words


def _phrase(words: list[tuple[str, int]], lead: str, known: Lexicon) -> tuple[int, str] | None:
    """Return the end and sign of the longest phrase that some words begin with.

    A verb of excess counts only behind the case that it governs, which ``lead`` ends in.
    """
    for count in range(min(4, len(words)), 0, -1):
        phrase = " ".join(word for word, _ in words[:count])
        told = known.after.get(phrase)
        if told and known.has("ablative_bounds", phrase) and not _is_compared(lead, known):
            continue
        if told:
            return words[count - 1][1], told
        if known.has("exceeds", phrase) and lead.endswith(known.exceeds_endings):
            return words[count - 1][1], ">"
    return None


def _is_compared(lead: str, known: Lexicon) -> bool:
    """Return whether a word has the case of what is compared with: "than 31", not "by 31"."""
    return lead.endswith(tuple(map(fold, known.raw.get("from_endings", ()))))


def _is_reached(text: str, start: int, end: int, known: Lexicon) -> bool:
    """Return whether a verb says that a value is reached, not bounded: ``вырос до 45 %``.

    The verb is looked for in the part of the sentence before or behind, as the language has it.
    """
    stems = known.reached
    if not stems:
        return False
    if known.raw.get("reached_behind", False):
        clause = _CLAUSE.split(text[end : end + _REACHED])[0]
        return any(m[0].startswith(stems) for m in list(WORD.finditer(clause))[:_MOST_WORDS])
    clause = _CLAUSE.split(text[max(0, start - _REACHED) : start])[-1]
    return any(m[0].startswith(stems) for m in WORD.finditer(clause))


def _word_start(text: str, end: int) -> int:
    at = end
    while at and text[at - 1].isalpha():
        at -= 1
    return at
