"""Names to call simulated people by, out of ``catalog/names``: only such as tell the gender."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from uptake.catalog import entry
from uptake.catalog import names as entries
from uptake.catalog.gazetteer import fold
from uptake.testing.people import GENDERS

_LATIN, _CYRILLIC = 0, 1
_MIXED_UP = str.maketrans("ycы", "ijи", "ьъ")
Word = TypeVar("Word")


@dataclass(frozen=True, slots=True)
class Names:
    """Names of one entry.

    Attributes:
        given: By gender, spellings of each given name: Latin, Cyrillic, then others.
        families: By gender and script, family names.
        patronymics: By gender and script; as a word of its own after the family name.
    """

    given: dict[str, tuple[tuple[str, ...], ...]]
    families: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]
    patronymics: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]

    def draw(self, gender: str, chance: list[float]) -> tuple[str | None, str | None]:
        """Return a given and a family name in one script, for three numbers in [0, 1).

        A quarter of people write their patronymic too, a twentieth no family name at all.
        """
        spellings = _at(self.given[gender], chance[0])
        given = spellings[int(chance[1] * 997) % len(spellings)]
        script = _CYRILLIC if _is_cyrillic(given) else _LATIN
        family = _at(self.families[gender][script], chance[2])
        if chance[1] < 0.05:
            return given, None
        patronymics = self.patronymics[gender][script]
        if chance[1] > 0.75 and patronymics:
            family += " " + _at(patronymics, chance[2] * 7 % 1)
        return given, family


@cache
def names_of(name: str) -> Names:
    """Read an entry of ``catalog/names``.

    Left out are given names that both women and men bear somewhere, and family names without an
    ending of gender that are given names too: a reader could not tell them.
    """
    raw = entry("names", name)
    borne = _borne()
    both = borne["feminine"] & borne["masculine"]
    given = {
        gender: tuple(tuple(word.split()) for word in raw[gender] if not both & _folded(word))
        for gender in GENDERS
    }
    told = borne["feminine"] | borne["masculine"]
    families = [
        group
        | {"stems": [s for s in group["stems"] if "feminine" in group or not told & _folded(s)]}
        for group in raw["families"]
    ]
    return Names(
        given=given,
        families={gender: _ended(families, gender) for gender in GENDERS},
        patronymics={gender: _ended(raw.get("patronymics", []), gender) for gender in GENDERS},
    )


@cache
def _borne() -> dict[str, frozenset[str]]:
    """Return the given names of women and of men, in all entries."""
    return {
        gender: frozenset().union(
            *(
                _folded(word)
                for name in entries("names")
                for word in entry("names", name).get(gender, ())  # there are other entries too
            )
        )
        for gender in GENDERS
    }


def _folded(spellings: str) -> frozenset[str]:
    """Return what is left of spellings when letters that are easily mixed up are one."""
    return frozenset(fold(spelling).translate(_MIXED_UP) for spelling in spellings.split())


def _ended(groups: list[dict[str, Any]], gender: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found: tuple[list[str], list[str]] = ([], [])
    for group in groups:
        endings = group.get(gender, ["", ""])
        gap = " " if group.get("separate") else ""
        for stem in group["stems"]:
            for script, word in enumerate(stem.split()[:2]):
                found[script].append(word + gap + endings[script])
    return tuple(found[0]), tuple(found[1])


def _at(words: Sequence[Word], chance: float) -> Word:
    return words[int(chance * len(words))]


def _is_cyrillic(word: str) -> bool:
    return any("\u0400" <= letter <= "\u04ff" for letter in word)
