"""Which numbers are ages: they tell who is counted, and are no quantities of their own."""

import re
from dataclasses import replace

from uptake.gather.grammar.lexicon import WORD, Lexicon
from uptake.gather.grammar.measure import Measure

_REACH = 28
_NEAR = 3
"""How many words before a number the one may stand that makes it an age."""
_GAP = re.compile(r"['-]?[^\W\d_]{0,4}[ -]{1,2}|-")


def aged(text: str, found: Measure, known: Lexicon, before: Measure | None) -> Measure:
    """Return a measure with the unit ``age`` if it is one: ``aged 18 to 24``, ``25 жаста``.

    Args:
        text: The shadow.
        found: With its unit.
        known: The language's.
        before: The measure before it: ``between the ages of 18 and 34`` are two ages.
    """
    if found.unit not in {"count", "year"} or found.number.scaled:
        return found
    if (
        _led(text, found, known)
        or _followed(text, found, known)
        or _second(text, found, before, known)
    ):
        return replace(found, unit="age")
    return found


def _led(text: str, found: Measure, known: Lexicon) -> bool:
    words = [m[0] for m in WORD.finditer(text, max(0, found.start - _REACH), found.start)]
    return any(known.has("age_before", word) for word in words[-_NEAR:])


def _followed(text: str, found: Measure, known: Lexicon) -> bool:
    """Return whether a word of age stands behind, also behind the other end of a range."""
    at = found.number_end
    other = re.compile(r"-to-\d{1,2}|-\d{1,2}").match(text, at)
    at = other.end() if other else at
    gap = _GAP.match(text, at)
    if gap is None:
        return False
    behind = text[gap.end() : gap.end() + _REACH]
    joined = text[at : at + _REACH].lstrip(" '")
    phrases = known.words.get("age_behind", frozenset())
    return any(_begins(behind, phrase) or _begins(joined.lstrip("-"), phrase) for phrase in phrases)


def _begins(text: str, phrase: str) -> bool:
    return text.startswith(phrase) and not text[len(phrase) : len(phrase) + 1].isalnum()


def _second(text: str, found: Measure, before: Measure | None, known: Lexicon) -> bool:
    if before is None or before.unit != "age":
        return False
    between = text[before.end : found.start].split()
    return len(between) == 1 and known.has("joined", between[0])
