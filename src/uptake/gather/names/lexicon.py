"""What a language's data say of roles, organisations and the endings of names."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, NamedTuple, TypeVar

from uptake import catalog
from uptake.gather.words import fold

Phrase = tuple[str, ...]
_MOST_WORDS = 200_000
"""Kept per language; a longer run begins anew."""
T = TypeVar("T")


class Reading(NamedTuple):
    """One way to read a word: its nominative, its case and gender; empty where it may be any.

    ``part`` is the kind of the declension (family, given, noun ...), or ``ending`` for what a
    case ending was taken from.
    """

    nominative: str
    case: str = ""
    gender: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """A word for a role: ``base`` in the nominative, ``kind`` minister, executive or role.

    ``plural``: several have it, or one of several.
    """

    base: str
    kind: str
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """A word that makes a name one of an organisation; ``alone``: it needs no other word."""

    type: str
    base: str
    alone: bool = False


@dataclass(frozen=True)
class Lexicon:
    """The section ``[names]`` of a language; a language without it knows no word.

    Attributes:
        language: Code.
        raw: The section.
    """

    language: str
    raw: Mapping[str, Any]

    @property
    def head_first(self) -> bool:
        """Whether the word for a role or an organisation stands before what it governs."""
        return bool(self.raw.get("head", "last") == "first")

    @property
    def lower_case_names(self) -> bool:
        """Whether inner words of an organisation's name begin with a small letter."""
        return bool(self.raw.get("lower_case_names", False))

    def word_set(self, key: str) -> frozenset[str]:
        """Return one list of words, folded."""
        return _folded(self.language, key)

    @cached_property
    def roles(self) -> "Phrases[Role]":
        """Return the roles by the forms in which they are printed."""
        found: dict[Phrase, Role] = {}
        fields = self.word_set("fields")
        for key, kind in (
            ("roles", "role"),
            ("executives", "executive"),
            ("ministers", "minister"),
        ):
            for line in self.raw.get(key, ()):
                forms = [line] if self.head_first else _forms(line)
                for form in forms:
                    found[_phrase(form)] = Role(forms[0], kind)
                for form in self._plurals(forms[0]):
                    if fold(form) in fields:
                        continue
                    found.setdefault(_phrase(form), Role(forms[0], kind, plural=True))
        return Phrases(found)

    def _plurals(self, base: str) -> Iterator[str]:
        """Yield how several with a role are called, in whatever vowels the ending may have."""
        for cut in self.raw.get("role_plurals_cut", ()):
            base = base.removesuffix(cut)
        for ending in self.raw.get("role_plurals", ()):
            yield base + ending

    @cached_property
    def heads(self) -> "Phrases[Head]":
        """Return words of organisations that are part of the name."""
        found: dict[Phrase, Head] = {}
        for group in self.raw.get("heads", ()):
            alone = set(group.get("alone", ()))
            for word in (*group["words"], *alone):
                found.setdefault(_phrase(word), Head(group["type"], word, word in alone))
        return Phrases(found)

    @cached_property
    def generic(self) -> Mapping[str, str]:
        """Return words that alone mean an organisation named before -> its type."""
        return {
            fold(word): group["type"]
            for group in self.raw.get("heads", ())
            for word in group.get("generic", ())
        }

    @cached_property
    def classes(self) -> "Phrases[Head]":
        """Return words that stand beside a name without being part of it."""
        listed = {
            _phrase(word): Head(group["type"], word)
            for group in self.raw.get("classes", ())
            for word in group["words"]
        }
        return Phrases(listed)

    @cached_property
    def case_endings(self) -> tuple[str, ...]:
        """Return endings of cases, the longest first."""
        endings = {fold(e) for e in self.raw.get("case_endings", ())}
        return tuple(sorted(endings, key=lambda e: (-len(e), e)))

    def readings(self, folded: str) -> tuple[Reading, ...]:
        """Return all ways to read a folded word, as it stands first."""
        found = self._read.get(folded)
        if found is None:
            if len(self._read) > _MOST_WORDS:
                self._read.clear()
            found = self._read[folded] = _readings(self, folded)
        return found

    @cached_property
    def _read(self) -> dict[str, tuple[Reading, ...]]:
        return {}

    def __hash__(self) -> int:
        return hash(self.language)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lexicon) and other.language == self.language


@cache
def lexicon(language: str) -> Lexicon:
    """Return what is known of names in a language; nothing, if it has no such data."""
    return Lexicon(language, section(language, "names"))


@cache
def section(language: str, name: str) -> Mapping[str, Any]:
    """Return one section of a language's data, empty if there is none."""
    if language not in catalog.names("languages"):
        return {}
    found: Mapping[str, Any] = catalog.entry("languages", language).get(name, {})
    return found


@cache
def legal_forms() -> Mapping[str, str]:
    """Return the legal forms of all languages, as printed without a last dot -> type."""
    return {
        form: kind
        for language in catalog.names("languages")
        for kind, forms in section(language, "names").get("legal_forms", {}).items()
        for form in forms
    }


@cache
def _folded(language: str, key: str) -> frozenset[str]:
    return frozenset(fold(word) for word in section(language, "names").get(key, ()))


def _forms(line: str) -> list[str]:
    return line.split("|") if "|" in line else line.split()


def _phrase(words: str) -> Phrase:
    return tuple(fold(word) for word in words.split())


class Phrases(Mapping[Phrase, T]):
    """Phrases by their words in the nominative, found in a text in any case."""

    def __init__(self, known: Mapping[Phrase, T]) -> None:
        """Keep phrases and what they mean."""
        self.known = known
        self.firsts = frozenset(phrase[0] for phrase in known)
        self.longest = max(map(len, known), default=0)

    def __getitem__(self, phrase: Phrase) -> T:
        return self.known[phrase]

    def __iter__(self) -> Iterator[Phrase]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)


def phrase_at(
    words: list[str], position: int, known: Phrases[T], lexicon: Lexicon
) -> tuple[int, T, Reading] | None:
    """Return the longest known phrase that begins at a word: its length, itself, how its end reads.

    Each word may stand in any case.
    """
    first = lexicon.readings(words[position])
    if not any(reading.nominative in known.firsts for reading in first):
        return None
    for length in range(min(known.longest, len(words) - position), 0, -1):
        options = [first]
        options += [lexicon.readings(word) for word in words[position + 1 : position + length]]
        for phrase, last in _combined(options):
            if phrase in known.known:
                return length, known.known[phrase], last
    return None


def _combined(options: list[tuple[Reading, ...]]) -> Iterator[tuple[Phrase, Reading]]:
    """Yield phrases of one reading a word; only the last and the first vary together."""
    if len(options) == 1:
        for reading in options[0]:
            yield (reading.nominative,), reading
        return
    as_printed = tuple(o[0].nominative for o in options[:-1])
    for reading in options[-1]:
        yield (*as_printed, reading.nominative), reading
    for first in options[0][1:]:
        yield (first.nominative, *(o[0].nominative for o in options[1:])), first
        for reading in options[-1][1:]:
            inner = tuple(o[0].nominative for o in options[1:-1])
            if first.case == reading.case:
                yield (first.nominative, *inner, reading.nominative), reading


def _readings(lexicon: Lexicon, folded: str) -> tuple[Reading, ...]:
    found = [Reading(folded)]
    found.extend(_without_ending(lexicon, folded))
    found.extend(_declined(lexicon.raw.get("declensions", ()), folded))
    return tuple(dict.fromkeys(found))


def _without_ending(lexicon: Lexicon, folded: str) -> Iterator[Reading]:
    for ending in lexicon.case_endings:
        stem = folded.removesuffix(ending)
        if stem == folded or len(stem.rstrip("'-")) < 2:
            continue
        yield Reading(stem.rstrip("'-"), case=ending, part="ending")


def _declined(declensions: Iterable[Mapping[str, Any]], folded: str) -> Iterator[Reading]:
    for block in declensions:
        cut = block.get("cut", 0)
        gender, part = block["gender"], block["part"]
        for nominative in map(fold, block["ends"]):
            if folded.endswith(nominative):
                yield Reading(folded, "nom", gender, part)
            base = nominative[: len(nominative) - cut]
            for case, ending in block["cases"].items():
                tail = base + fold(ending)
                stem = folded.removesuffix(tail)
                if stem != folded and len(stem) > 1:
                    yield Reading(stem + nominative, case, gender, part)
