"""Organisations of the catalogue where a text names them, in any case and language."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from uptake.gather.endings import Form, forms
from uptake.gather.names.found import Organisation
from uptake.gather.names.lexicon import Lexicon, section
from uptake.gather.names.sentence import Line
from uptake.gather.names.tokens import tokens

_HEAD = 3


class _Spelling(NamedTuple):
    words: tuple[tuple[Form, ...], ...]
    name: str
    type: str


def known_organisations(line: Line) -> Iterator[Organisation]:
    """Yield the organisations of the catalogue that a sentence names, the longest spelling each."""
    index = _index(line.lexicon.language)
    for position, token in enumerate(line.tokens):
        if not token.capital or line.held[position]:
            continue
        best: _Spelling | None = None
        for spelling in index.get(token.folded[:_HEAD], ()):
            longer = best is None or len(spelling.words) > len(best.words)
            if longer and _stands(line, position, spelling):
                best = spelling
        abbreviation = _abbreviation(line, position)
        if best is not None:
            last = position + len(best.words)
            yield Organisation(position, last, (position, last), best.name, best.type, "", True)
        elif abbreviation is not None:
            short, (name, kind) = abbreviation
            where = (position, position + 1)
            yield Organisation(*where, where, name, kind, short, True)


def _stands(line: Line, position: int, spelling: _Spelling) -> bool:
    if position + len(spelling.words) > len(line.tokens):
        return False
    return all(
        any(
            folded.startswith(form.stem) and form.rest.fullmatch(folded, len(form.stem))
            for form in options
        )
        for folded, options in zip(line.folded[position:], spelling.words, strict=False)
    )


def _abbreviation(line: Line, position: int) -> tuple[str, tuple[str, str]] | None:
    token = line.tokens[position]
    known = _abbreviations(line.lexicon.language)
    if token.text in known:
        return token.text, known[token.text]
    for reading in line.lexicon.readings(token.folded)[1:]:
        stem = token.text[: len(reading.nominative)]
        if stem in known and not token.text[len(stem) :].isupper():
            return stem, known[stem]
    return None


@cache
def _index(language: str) -> Mapping[str, list[_Spelling]]:
    """Return the spellings by the beginning of their first word: own language, then all others."""
    found: dict[str, list[_Spelling]] = {}
    for entry in _entries():
        spellings: Mapping[str, list[str]] = entry["names"]
        for spelt_in in sorted(spellings, key=lambda code: (code != language, code)):
            for name in spellings[spelt_in]:
                parts = tokens(name, 0, len(name))
                words = tuple(_forms(part.folded, language, spelt_in) for part in parts)
                head = parts[0].folded[:_HEAD]
                found.setdefault(head, []).append(_Spelling(words, name, entry["type"]))
    return found


def _forms(folded: str, language: str, spelt_in: str) -> tuple[Form, ...]:
    if not folded[0].isalpha():
        return tuple(forms(folded, "")[:1])
    own = forms(folded, spelt_in)
    if spelt_in == language:
        return tuple(own)
    return tuple(dict.fromkeys((*own, *forms(folded, language, foreign=True))))


@cache
def _abbreviations(language: str) -> Mapping[str, tuple[str, str]]:
    """Return abbreviations -> name in the language, or the abbreviation itself, and type."""
    own_words = frozenset(section(language, "names").get("no_abbreviations", ()))
    return {
        short: (short, entry["type"])
        for entry in _entries()
        for short in entry["abbreviations"]
        if short not in own_words
    }


@cache
def _entries() -> list[dict[str, Any]]:
    text = (files("uptake.catalog") / "organisations.toml").read_text(encoding="utf-8")
    listed: list[dict[str, Any]] = tomllib.loads(text)["organisations"]
    return listed


def catalogued(name: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return all other names and abbreviations of an organisation of the catalogue.

    >>> from uptake.gather.names.lexicon import lexicon
    >>> "UNICEF" in catalogued("ЮНИСЕФ", lexicon("ru"))
    True
    """
    for entry in _entries():
        spellings = [*_flat(entry["names"]), *entry["abbreviations"]]
        if name in spellings:
            own = entry["names"].get(lexicon.language, ())
            english = entry["names"].get("en", ())
            ordered = [*english[:1], *entry["abbreviations"], *own]
            return tuple(dict.fromkeys(s for s in ordered if s != name))
    return ()


def _flat(spellings: Mapping[str, list[str]]) -> list[str]:
    return [name for names in spellings.values() for name in names]
