"""A name in any script -> its words in plain Latin letters, and the sounds that they stand for."""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from uptake.catalog import table
from uptake.model.errors import MissingExtraError

PERSON = "person"
_MOST_FORMS = 4
_WORD = re.compile(r"[a-z0-9]+")
_POINT_WITHIN = re.compile(r"(?<=\b\w)\.(?=\w\b)")
_MARKS = re.compile(r"['`ʻʼ‘’ʹ´]s\b|['`ʻʼ‘’ʹ´]")
_TWICE = re.compile(r"(.)\1+")


@cache
def _data() -> dict[str, Any]:
    return table("matching")


@cache
def _letters() -> dict[int, str]:
    pairs = _data()["letters"].items()
    return str.maketrans({**dict(pairs), **{a.upper(): b.capitalize() for a, b in pairs}})


@lru_cache(maxsize=65536)
def romanise(name: str) -> str:
    """Write a name in lower-case Latin letters without marks, whatever its script.

    Raises:
        MissingExtraError: The extra ``evidence`` is not installed.

    >>> romanise("Қойшыбаев"), romanise("Əliyev"), romanise("Мирзиёев")
    ('qoyshybaev', 'aliyev', 'mirziyoev')
    """
    return _anyascii()(_MARKS.sub("", name).translate(_letters())).lower()


@cache
def _anyascii() -> Callable[[str], str]:
    try:
        from anyascii import anyascii
    except ImportError as error:
        raise MissingExtraError("matching names", "evidence") from error
    return anyascii


@lru_cache(maxsize=65536)
def words(name: str, kind: str) -> tuple[str, ...]:
    """Return the romanised words of a name without titles, legal forms and particles.

    A name of nothing else keeps them. ``kind`` is ``person`` or ``organisation``.

    >>> words("Prof. Dr. Orhan Tekinalp", "person"), words("“Hazar Rəqəm” MMC", "organisation")
    (('orhan', 'tekinalp'), ('hazar', 'raqam'))
    """
    found = _latin(name)
    if kind == PERSON:
        return tuple([word for word in found if word not in _titles()] or found)
    telling = _without_forms(_spelt_out(_latin(_without_particles(name))))
    return tuple(telling or _spelt_out(found))


def _latin(name: str) -> list[str]:
    return _WORD.findall(romanise(_POINT_WITHIN.sub("", name)))


def _without_particles(name: str) -> str:
    """Leave out particles as they are written: Russian в is one, the V of a fifth fund is none."""
    return " ".join(word for word in name.split() if word.casefold() not in _particles())


@cache
def _titles() -> frozenset[str]:
    return frozenset(map(romanise, _data()["persons"]["titles"]))


@cache
def _particles() -> frozenset[str]:
    return frozenset(_data()["organisations"]["particles"])


@cache
def _forms() -> frozenset[tuple[str, ...]]:
    forms = _data()["organisations"]["legal_forms"]
    return frozenset(tuple(_WORD.findall(romanise(form))) for form in forms)


@cache
def _longest_form() -> int:
    return max(map(len, _forms()))


def _without_forms(found: list[str]) -> list[str]:
    """Leave out legal forms at both ends, the longest first, but never the last word."""
    left = list(found)
    while True:
        for size in range(min(_longest_form(), len(left) - 1), 0, -1):
            if tuple(left[:size]) in _forms():
                left = left[size:]
                break
            if tuple(left[-size:]) in _forms():
                left = left[:-size]
                break
        else:
            return left


def _spelt_out(found: list[str]) -> list[str]:
    """Join single letters that follow one another: ``L L C`` is ``llc``."""
    joined: list[str] = []
    run = False
    for word in found:
        single = len(word) == 1 and word.isalpha()
        if single and run:
            joined[-1] += word
        else:
            joined.append(word)
        run = single
    return joined


@lru_cache(maxsize=65536)
def sounds(word: str) -> frozenset[str]:
    """Return what a romanised word may sound like: spellings of one sound become one.

    >>> sounds("toqayev") & sounds("tokaev") & sounds("tokayev")
    frozenset({'tokav'})
    >>> sounds("khalilov") <= sounds("xalilov"), bool(sounds("cafarov") & sounds("dzhafarov"))
    (True, True)
    """
    forms = {word}
    for pattern, readings in _data()["sounds"]["either"]:
        forms = {re.sub(pattern, reading, form) for form in sorted(forms) for reading in readings}
    for pattern, written in _data()["sounds"]["rules"]:
        forms = {form.replace(pattern, written) for form in forms}
    return frozenset(sorted(_TWICE.sub(r"\1", form) for form in forms)[:_MOST_FORMS])


@lru_cache(maxsize=65536)
def initials(name: str) -> frozenset[str]:
    """Return the abbreviations that an organisation's words make, with and without particles.

    >>> sorted(initials("European Bank for Reconstruction and Development"))
    ['ebfrad', 'ebrd']
    """
    some = (_without_forms(_latin(name)), _without_forms(_latin(_without_particles(name))))
    return frozenset("".join(word[0] for word in kept) for kept in some if len(kept) > 1)
