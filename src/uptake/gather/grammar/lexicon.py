"""The section ``[quantities]`` of a language, ready for look-up: words by their inflected forms."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from typing import Any, Generic, TypeVar

from uptake import catalog
from uptake.gather.grammar.currencies import currency_names
from uptake.gather.grammar.shadow import fold

T = TypeVar("T")
_PAIRS = {"ranges", "changes"}
_NO_ENDINGS = re.compile("")
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
"""A word of a shadow; an apostrophe is part of it."""


class Phrases(Generic[T]):
    """Phrases of one or more words, found with the endings that their words may take."""

    def __init__(self, meanings: Mapping[str, T], endings: re.Pattern[str]) -> None:
        """Index phrases by their words; ``endings`` matches what may follow a word."""
        self._meanings = {tuple(fold(p).split()): meaning for p, meaning in meanings.items()}
        self._words = {word for phrase in self._meanings for word in phrase}
        self._endings = endings
        self._stems: dict[str, tuple[str, ...]] = {}
        self.longest = max(map(len, self._meanings), default=0)

    def stems(self, word: str) -> tuple[str, ...]:
        """Return the listed words of which a word may be a form, the longest first."""
        known = self._stems.get(word)
        if known is None:
            known = tuple(
                word[:cut]
                for cut in range(len(word), 0, -1)
                if word[:cut] in self._words and self._endings.fullmatch(word, cut)
            )
            self._stems[word] = known
        return known

    def find(self, words: list[str]) -> tuple[T, int] | None:
        """Return the meaning of the longest phrase that some words begin with, and its length."""
        starts: list[tuple[str, ...]] = [()]
        found = None
        for number, word in enumerate(words[: self.longest], 1):
            stems = self.stems(word)
            starts = [(*start, stem) for start in starts for stem in stems]
            if not starts:
                break
            for start in starts:
                if start in self._meanings:
                    found = self._meanings[start], number
                    break
        return found

    def __contains__(self, word: str) -> bool:
        """Return whether a word is a form of a listed phrase of one word."""
        return any((stem,) in self._meanings for stem in self.stems(word))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What numbers and their surroundings look like in one language.

    Attributes:
        language: Code.
        decimal: Sign before decimals where both readings are possible.
        cardinals, scales: Folded word to value; ``cardinals`` below 100 or whole hundreds.
        scale_letters: What may stand directly behind digits (``300m``).
        denominators, fractions: ``thirds`` to 3; a phrase that is a fraction by itself.
        units, currencies: Phrases behind a number; currencies give ISO codes, the likeliest first.
        subunits: Hundredths of currencies (``cents``) with the codes of these.
        currency_signs: Signs and codes, which may stand on either side.
        before, after: Phrases that bound a number.
        not_number_stems: How words begin that only look like numbers (``altın``, gold).
        exceeds_endings: What a number ends in before a verb that means that more is there.
        reached: How verbs begin that make ``to 40 %`` a value and no bound.
        after_ending: Endings that bound what they are attached to (``-dək``).
        ordinals: How ordinals in words begin, with their value.
        ordinal_form, ordinal_tail: What may end these; what makes an ordinal of a cardinal.
        portion_whole, portion_part: Ends of words for a group and for how many of it.
        percent_first: Whether a percent sign or word may stand before its number.
        ranks, laws: Words behind a number that make it a rank, or that of a law (``№ 5``).
        parts: Words behind an ordinal that make it one of many (``5-бап``).
        raw: The section itself, for single words.
    """

    language: str
    decimal: str
    cardinals: Mapping[str, int]
    scales: Mapping[str, int]
    scale_letters: Mapping[str, int]
    numerals: Phrases[int]
    denominators: Mapping[str, int]
    fractions: Phrases[float]
    units: Phrases[str]
    currencies: Phrases[tuple[str, ...]]
    subunits: Phrases[tuple[str, ...]]
    ranks: Phrases[bool]
    laws: Phrases[bool]
    parts: Phrases[bool]
    before: Mapping[str, str]
    after: Mapping[str, str]
    not_number_stems: tuple[str, ...]
    exceeds_endings: tuple[str, ...]
    reached: tuple[str, ...]
    after_ending: tuple[tuple[re.Pattern[str], str], ...]
    ordinals: Mapping[str, int]
    ordinal_form: re.Pattern[str]
    ordinal_tail: re.Pattern[str]
    portion_whole: re.Pattern[str] | None
    portion_part: re.Pattern[str]
    percent_first: tuple[str, ...]
    endings: re.Pattern[str]
    words: Mapping[str, frozenset[str]]
    raw: Mapping[str, Any] = field(repr=False)

    def has(self, key: str, phrase: str) -> bool:
        """Return whether a list of the section has a phrase."""
        return phrase in self.words.get(key, frozenset())


@cache
def lexicon(language: str) -> Lexicon:
    """Return a language's lexicon; of one without the section only signs are known."""
    entry = catalog.entry("languages", language) if language in catalog.names("languages") else {}
    raw = entry.get("quantities", {})
    endings = _endings(entry, raw)
    cardinals = {fold(w): int(v) for v, ws in raw.get("cardinals", {}).items() for w in ws}
    scales = {fold(w): int(v) for v, ws in raw.get("scales", {}).items() for w in ws}
    inflected = endings if raw.get("cardinals_inflect", False) else _NO_ENDINGS
    return Lexicon(
        language=language,
        decimal=raw.get("decimal", "."),
        cardinals=cardinals,
        scales=scales,
        scale_letters=_words_to_number(raw.get("scale_letters", {})),
        numerals=Phrases({**cardinals, **scales}, inflected),
        denominators=_words_to_number(raw.get("denominators", {})),
        fractions=Phrases(
            {w: float(Fraction(v)) for v, ws in raw.get("fractions", {}).items() for w in ws},
            inflected,
        ),
        units=Phrases({w: unit for unit, ws in raw.get("units", {}).items() for w in ws}, endings),
        currencies=Phrases(currency_names(language, raw.get("currencies", {})), endings),
        subunits=Phrases({w: tuple(v) for w, v in raw.get("subunits", {}).items()}, endings),
        ranks=Phrases(dict.fromkeys(raw.get("rank_behind", ()), True), endings),
        parts=Phrases(dict.fromkeys(raw.get("not_behind_ordinal", ()), True), endings),
        laws=Phrases(dict.fromkeys(raw.get("not_behind", ()), True), endings),
        before=_comparators(raw.get("before", {})),
        after=_comparators(raw.get("after", {})),
        not_number_stems=tuple(map(fold, raw.get("not_number_stems", ()))),
        exceeds_endings=tuple(map(fold, raw.get("exceeds_endings", ()))),
        reached=tuple(map(fold, raw.get("reached", ()))),
        after_ending=tuple(
            (re.compile(rf"(?:{any_of(ends)})\Z"), sign)
            for sign, ends in raw.get("after_endings", {}).items()
        ),
        ordinals=_words_to_number(raw.get("ordinals", {})),
        ordinal_form=re.compile(rf"(?:{any_of(raw.get('ordinal_forms', ()))})?"),
        ordinal_tail=_tail(raw.get("ordinal_suffixes", ()), raw.get("ordinal_forms", ())),
        portion_whole=_ends(raw.get("portion_whole", ())),
        portion_part=_tail(raw.get("portion_part", ()), raw.get("portion_cases", ())),
        percent_first=tuple(map(fold, raw.get("percent_first", ()))),
        endings=endings,
        words={
            k: frozenset(map(fold, v))
            for k, v in raw.items()
            if isinstance(v, list) and k not in _PAIRS
        },
        raw=raw,
    )


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of any of some words, folded, the longest first."""
    return "|".join(re.escape(w) for w in sorted(set(map(fold, words)), key=lambda w: (-len(w), w)))


def _words_to_number(listed: Mapping[str, Iterable[str]]) -> dict[str, int]:
    return {fold(word): int(number) for number, words in listed.items() for word in words}


def _tail(suffixes: Iterable[str], cases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of one of some suffixes and what may follow it; without any, of nothing."""
    listed, following = any_of(suffixes), any_of(cases)
    return re.compile(rf"(?:{listed})(?:{following})?" if listed else "(?!)")


def _ends(endings: Iterable[str]) -> re.Pattern[str] | None:
    listed = any_of(endings)
    return re.compile(rf"(?:{listed})\Z") if listed else None


def _comparators(listed: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {fold(phrase): sign for sign, phrases in listed.items() for phrase in phrases}


def _endings(entry: Mapping[str, Any], raw: Mapping[str, Any]) -> re.Pattern[str]:
    """Return what a word may end in: the section's own list, or the language's slots."""
    slots = [raw["endings"]] if "endings" in raw else entry.get("suffixes", [])
    slots = [raw.get("more_endings", []), *slots]
    slots = [*slots, [e for ends in raw.get("after_endings", {}).values() for e in ends]]
    apostrophe = "'?" if entry.get("apostrophe", False) else ""
    return re.compile(apostrophe + "".join(f"(?:{any_of(slot)})?" for slot in slots if slot))
