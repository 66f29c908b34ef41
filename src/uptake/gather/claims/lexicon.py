"""Words and phrases of a language, looked for all at once, wherever endings may follow."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any

from uptake import catalog
from uptake.gather.words import APOSTROPHES

_SAME = str.maketrans({"ı": "i", "ё": "е", **dict.fromkeys(APOSTROPHES, "'")})
_SPACE = r"[\s\u00a0\u202f]*[\s\u00a0\u202f\-‐‑–][\s\u00a0\u202f]*"
_ENDING = r"[\w']*"
_NOTHING = re.compile(r"(?!)")
_Trie = dict[str, "_Trie"]
_END = ""


@lru_cache(maxsize=16)
def plain(text: str) -> str:
    """Return a text of the same length in which spellings of one word meet.

    Case (also of dotted and dotless i), kinds of apostrophe, and ё for е do not matter.

    >>> plain("İSTANBUL O‘zbekiston"), len(plain("İI"))
    ("istanbul o'zbekiston", 2)
    """
    lower = text.replace("İ", "i").lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text.replace("İ", "i"))
    return lower.translate(_SAME)


class Lexicon:
    """A set of words and phrases; a ``*`` stands for any ending (or, in front, any beginning).

    >>> Lexicon(["plan*", "set to"]).spans(plain("It plans to. It is set to."))
    [(3, 8), (19, 25)]
    """

    __slots__ = ("_pattern",)

    def __init__(self, phrases: Iterable[str]) -> None:
        """Compile phrases; the longest that stands wins."""
        trie: _Trie = {}
        for phrase in phrases:
            node = trie
            for sign in plain(phrase.strip()):
                node = node.setdefault(" " if sign in " -" else sign, {})
            node[_END] = {}
        self._pattern = re.compile(rf"(?<!\w){_written(trie)}(?!\w)") if trie else _NOTHING

    def spans(self, text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
        """Return where phrases stand in a plain text, in order, none within another."""
        return [m.span() for m in self.matches(text, start, end)]

    def matches(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Yield the matches in a stretch of a plain text."""
        return self._pattern.finditer(text, start, len(text) if end is None else end)

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """Return the first match in a stretch of a plain text."""
        return self._pattern.search(text, start, len(text) if end is None else end)

    def match(self, text: str, start: int, end: int | None = None) -> re.Match[str] | None:
        """Return the match that begins at a place of a plain text."""
        return self._pattern.match(text, start, len(text) if end is None else end)


def _written(trie: _Trie) -> str:
    """Return a trie as a pattern: shared beginnings once, longer phrases first."""
    branches = [
        _sign(sign) + _written(rest)
        for sign, rest in sorted(trie.items(), key=lambda item: item[0] == "*")
        if sign != _END
    ]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)})" + ("?" if _END in trie else "")


def _sign(sign: str) -> str:
    return _SPACE if sign == " " else _ENDING if sign == "*" else re.escape(sign)


@cache
def lexicon(language: str, section: str, *keys: str) -> Lexicon:
    """Return the phrases under a key of a section of a language's file; none where it has none.

    Several keys are joined; ``table.key`` is a key of a table, and a key that holds a table gives
    all its lists. Words are looked for in every script that the language's file can write.
    """
    if language not in catalog.names("languages"):
        return Lexicon(())
    raw = catalog.entry("languages", language)
    scripts = raw.get("scripts", ())
    return Lexicon(
        spelt
        for key in keys
        for phrase in _listed(_under(raw.get(section, {}), key))
        for spelt in _spellings(phrase, scripts)
    )


def _under(table: Any, path: str) -> Any:
    for key in path.split("."):
        table = table.get(key, {}) if isinstance(table, dict) else {}
    return table


def _spellings(phrase: str, scripts: Iterable[dict[str, str]]) -> Iterator[str]:
    yield phrase
    for letters in scripts:
        yield "".join(letters.get(sign, sign) for sign in plain(phrase))


def _listed(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _listed(each)
    elif isinstance(value, list):
        for each in value:
            yield from _listed(each)
