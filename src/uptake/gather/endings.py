"""What may follow a name in a language: slots of endings that attach, or an end that changes."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from uptake import catalog
from uptake.gather.words import fold

_NONE = re.compile("")


class Form(NamedTuple):
    """One way in which a word of a name may stand in a text: the stem, then ``rest`` in full.

    A match of the group ``derived`` means a word made from the name (kk алматылық).
    """

    stem: str
    rest: re.Pattern[str]


def forms(word: str, language: str, *, demonym: bool = False, foreign: bool = False) -> list[Form]:
    """Return how a folded word is inflected in a language; an unknown language leaves it as it is.

    Args:
        word: Folded nominative.
        language: Code.
        demonym: Whether it names people, which may take further endings.
        foreign: Whether it is spelt as in another language: then only a single case ending
            attaches, so that ``Niger`` with two endings is not the Azerbaijani ``Nigeriya``.

    >>> [form] = forms("қазақстан", "kk")
    >>> bool(form.rest.fullmatch("дағы")), bool(form.rest.fullmatch("сы"))
    (True, True)
    >>> [form] = forms("грузия", "ru")
    >>> form.stem, bool(form.rest.fullmatch("ией"))
    ('груз', True)
    """
    if language not in catalog.names("languages"):
        return [Form(word, _NONE)]
    for ends, rest in _inflections(language):
        if word.endswith(ends) and len(word) > len(ends) + 1:
            return [Form(word[: len(word) - len(ends)], rest)]
    return [Form(word, _attached(language, demonym, foreign))]


@cache
def _inflections(language: str) -> list[tuple[str, re.Pattern[str]]]:
    raw = catalog.entry("languages", language)
    adjective = _any_of(raw.get("adjective_endings", ()))
    return [
        (
            fold(each["ends"]),
            re.compile(
                _any_of(each["forms"])
                + f"|(?P<derived>{_any_of(each.get('derived', ['-']))})(?:{adjective})"
            ),
        )
        for each in raw.get("inflection", ())
    ]


@cache
def _attached(language: str, demonym: bool, foreign: bool) -> re.Pattern[str]:
    raw = catalog.entry("languages", language)
    slots: Sequence[Sequence[str]] = raw["suffixes"]
    if demonym:
        slots = raw.get("demonym_suffixes", slots)
    elif foreign and len(slots) > 1:
        slots = [slots[_case_slot(slots)]]
    return re.compile("".join(_parts(slots, raw.get("apostrophe", False))))


def _case_slot(slots: Sequence[Sequence[str]]) -> int:
    """Return which slot holds the cases: the one with the most endings."""
    return max(range(len(slots)), key=lambda slot: len(slots[slot]))


def _parts(slots: Sequence[Sequence[str]], apostrophe: bool) -> Iterator[str]:
    if apostrophe:
        yield "'?"
    for number, slot in enumerate(slots):
        derived = "?P<derived>" if number == 0 and len(slots) > 1 else "?:"
        yield f"({derived}{_any_of(slot)})?"


def _any_of(endings: Sequence[str]) -> str:
    return "|".join(
        re.escape(e) for e in sorted({fold(e) for e in endings}, key=lambda e: (-len(e), e))
    )
