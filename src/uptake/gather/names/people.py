"""What given and family names are known, from the catalogue's lists of names."""

from collections.abc import Iterator, Mapping
from functools import cache

from uptake import catalog
from uptake.gather.words import fold

_LISTS = {"feminine": "f", "masculine": "m"}


@cache
def given_names() -> Mapping[str, frozenset[str]]:
    """Return known given names, folded, in each spelling -> genders ``f`` and ``m``."""
    found: dict[str, set[str]] = {}
    for place in catalog.names("names"):
        table = catalog.entry("names", place)
        for key, gender in _LISTS.items():
            for line in table.get(key, ()):
                if isinstance(line, str):
                    for spelling in line.split():
                        found.setdefault(fold(spelling), set()).add(gender)
    for name in _from_elsewhere():
        found.setdefault(name, set()).update(_LISTS.values())
    return {name: frozenset(genders) for name, genders in found.items()}


def _from_elsewhere() -> Iterator[str]:
    """Yield given names of other countries, folded, as the languages list them."""
    for language in catalog.names("languages"):
        for name in catalog.entry("languages", language).get("names", {}).get("given", ()):
            yield fold(name)


@cache
def _family_endings() -> tuple[str, ...]:
    table = catalog.entry("names", "endings")
    endings = {
        fold(ending)
        for part in ("families", "patronymics", "slavic_patronymics")
        for group in ("feminine", "masculine", "neutral")
        for ending in table[part].get(group, ())
    }
    return tuple(sorted(endings, key=lambda e: (-len(e), e)))


@cache
def family_like(folded: str) -> bool:
    """Return whether a folded word ends as family names and patronymics do.

    >>> family_like("мирсаидов"), family_like("lambrecht")
    (True, False)
    """
    return any(
        folded.endswith(ending) and len(folded) > len(ending) + 1 for ending in _family_endings()
    )


@cache
def _strong_endings() -> tuple[str, ...]:
    table = catalog.entry("names", "endings")
    endings = [
        *table["families"]["feminine"],
        *table["families"]["masculine"],
        *(e for e in table["families"]["neutral"] if len(e) > 3),
        *(e for group in table["patronymics"].values() for e in group),
    ]
    return tuple(fold(e) for e in endings)


@cache
def surely_family(folded: str) -> bool:
    """Return whether a folded word has an ending that hardly any but family names have."""
    return any(folded.endswith(e) and len(folded) > len(e) + 2 for e in _strong_endings())


@cache
def patronymic_words() -> frozenset[str]:
    """Return words that follow the father's name, folded (qizi, oğlu, ұлы)."""
    table = catalog.entry("names", "endings")["patronymic_words"]
    return frozenset(fold(word) for words in table.values() for word in words)


@cache
def patronymic_like(folded: str) -> bool:
    """Return whether a folded word ends as patronymics do."""
    table = catalog.entry("names", "endings")
    return any(
        folded.endswith(fold(ending)) and len(folded) > len(ending) + 1
        for part in ("patronymics", "slavic_patronymics")
        for endings in table[part].values()
        for ending in endings
        if len(ending) > 2
    )
