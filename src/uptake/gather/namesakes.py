"""People who are named like a place: Jordan Smith, Georgia Lee, Mehmet Özbek."""

from collections.abc import Sequence
from functools import cache

from uptake import catalog
from uptake.gather.words import Word, fold

_ENGLISH = "en"
_SHORT = 3


def named_like_a_place(text: str, listed: Sequence[Word], position: int, language: str) -> bool:
    """Return whether the word at a position, which names a place, is part of a person's name.

    It is behind a title; a given name of ``namesakes_given`` that stands bare before a family
    name; or a family name of ``namesakes_family`` behind a known given name.

    Args:
        text: Any text.
        listed: Its words.
        position: Of the word among them.
        language: Of the text.
    """
    word = listed[position]
    given = word.folded in _known(language, "namesakes_given")
    family = any(word.folded.startswith(f) for f in _known(language, "namesakes_family"))
    if not (given or family):
        return False
    before = listed[position - 1] if position else None
    if before is not None and not text[before.end : word.start].strip(" \u00a0."):
        if before.folded in _names(language, "titles"):
            return True
        capital = text[before.start].isupper() and text[before.end : word.start] != ""
        if family and capital and before.folded in _given_names():
            return True
        if before.folded in _known(language, "namesakes_not_behind"):
            return False
    return given and _family_follows(text, listed, position, language)


def _family_follows(text: str, listed: Sequence[Word], position: int, language: str) -> bool:
    """Whether a word with a capital letter follows that names no kind of body, office or field."""
    if position + 1 >= len(listed):
        return False
    follows = listed[position + 1]
    printed = text[follows.start : follows.end]
    if text[listed[position].end : follows.start] not in (" ", "\u00a0"):
        return False
    if not printed[0].isupper() or printed.isupper() or len(printed) < _SHORT:
        return False
    if follows.folded.removesuffix("'s") in _no_family(language):
        return False
    if position + 2 >= len(listed):
        return True
    third = listed[position + 2]
    joined = text[follows.end : third.start] in (" ", "\u00a0") and text[third.start].isupper()
    return not (joined and third.folded.removesuffix("'s") in _no_family(language))


@cache
def _known(language: str, key: str) -> frozenset[str]:
    """Return a list of a language, with that of English, whose names all texts have."""
    codes = {language, _ENGLISH} & set(catalog.names("languages"))
    return frozenset(
        fold(word) for code in codes for word in catalog.entry("languages", code).get(key, ())
    )


@cache
def _names(language: str, key: str) -> frozenset[str]:
    codes = {language, _ENGLISH} & set(catalog.names("languages"))
    tables = [catalog.entry("languages", code).get("names", {}) for code in codes]
    return frozenset(fold(word) for table in tables for word in table.get(key, ()))


@cache
def _no_family(language: str) -> frozenset[str]:
    """Return words that stand in names of bodies, offices and fields, and common words."""
    keys = ("fields", "titles", "not_names", "role_modifiers", "roles", "executives", "ministers")
    found = set[str]()
    for key in keys:
        found |= {part for line in _names(language, key) for part in line.replace("|", " ").split()}
    for code in {language, _ENGLISH} & set(catalog.names("languages")):
        table = catalog.entry("languages", code).get("names", {})
        for group in (*table.get("heads", ()), *table.get("classes", ())):
            listed = (*group["words"], *group.get("alone", ()), *group.get("generic", ()))
            found |= {fold(part) for word in listed for part in word.split()}
    return frozenset(found) | _known(language, "namesakes_not_before")


@cache
def _given_names() -> frozenset[str]:
    from uptake.gather.names.people import given_names  # which needs this module's callers first

    return frozenset(given_names())
