"""What a claim measures: by the catalogue's words in any language, else by its own name for it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from uptake.catalog import names as catalogue_names
from uptake.catalog import table
from uptake.gather.knowledge.said import text
from uptake.gather.words import Word, fold, words
from uptake.model.claim import Claim

WIDEST = 80
"""Code points within which the words of a phrase must stand."""

_SHORT = 3
_HEAD = 2
_FORMS = ("{}", "share of {}", "{}, rank", "{}, score", "{} per head")
"""How the extractor of indicators makes a name of a measure's title."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What claims measure alike.

    Attributes:
        id: Short id.
        indicator: Id of the tables' indicator that holds the same figure; empty if there is none.
        units: Units of claims on it.
        known_by_id: Whether a claim is on it if its extractor says so.
    """

    id: str
    indicator: str
    units: frozenset[str]
    known_by_id: bool


@dataclass(frozen=True, slots=True)
class _Phrase:
    measure: Measure
    words: tuple[str, ...]


def catalogued(claim: Claim) -> Measure | None:
    """Return the catalogue's measure that an indicator claim is on; None if its words tell none.

    The claim's own name stands before its quote, unless it is only the title of what the
    extractor took it for. In a quote the phrase nearest to the value counts, since a sentence may
    hold two figures; a phrase within a longer one does not. A claim that names another ranking
    than the catalogue's is on none.

    >>> said = {"unit": "rank", "value": 24, "value_text": "24th"}
    >>> quote = "ranked 24th globally in e-government"
    >>> catalogued(Claim(type="indicator", quote=quote, start=0, end=36, fields=said)).id
    'egdi_rank'
    """
    unit, own = text(claim, "unit"), text(claim, "indicator")
    texts: list[tuple[str, int | None]] = [(claim.quote, value_at(claim))]
    if not generic(claim):
        name = f"{text(claim, 'name')} {own.replace('_', ' ')}"
        texts.insert(0, (name, None))
    ranking = text(claim, "index")
    if ranking:
        texts = [(ranking, None)]
    for words_of, at in texts:
        found = [f for f in _standing(words_of) if unit in f.phrase.measure.units]
        telling = [f for f in found if not any(f.places < other.places for other in found)]
        if telling:
            return min(telling, key=lambda f: f.rank(at)).phrase.measure
    known = _measures().get(own)
    named = known is not None and known.known_by_id and unit in known.units
    return known if named and not ranking else None


def named_by(claim: Claim) -> bool:
    """Return whether a claim's name itself tells what the catalogue takes the claim for."""
    name, known = text(claim, "name"), catalogued(claim)
    return known is not None and any(
        found.phrase.measure.id == known.id for found in _standing(name)
    )


def generic(claim: Claim) -> bool:
    """Return whether a claim is only called by the title of what its extractor took it for."""
    name = fold(text(claim, "name"))
    changed = fold(f"{text(claim, 'change')} of ")
    return not name or name in _titles() or name.removeprefix(changed) in _titles()


def regional(claim: Claim) -> bool:
    """Return whether a claim tells a place among the countries of a region only.

    >>> quote = "second in Central Asia by online services"
    >>> regional(Claim(type="indicator", quote=quote, start=0, end=41))
    True
    """
    listed = list(words(f"{text(claim, 'scope')} {claim.quote}"))
    return any(next(_places(phrase, listed), None) for phrase in _regions())


def measure(claim: Claim) -> str:
    """Return a key under which claims on one thing meet; empty if the claim does not say what.

    The catalogue's id, else the claim's own indicator, else its name, folded.
    """
    known = catalogued(claim)
    if known is not None:
        return known.id
    own = text(claim, "indicator") or text(claim, "name")
    return fold(" ".join(own.replace("_", " ").split()))


def value_at(claim: Claim) -> int:
    """Return where in an indicator claim's quote its value begins."""
    spans = claim.evidence.get("value", ())
    if spans and claim.start <= spans[0].start < claim.end:
        return spans[0].start - claim.start
    return max(0, claim.quote.find(text(claim, "value_text")))


class _Found(NamedTuple):
    """Where a phrase stands in a text: the place of each of its words."""

    phrase: _Phrase
    places: frozenset[int]

    def rank(self, at: int | None) -> tuple[int, int, str]:
        """Sort by distance to a place, where there is one, then the phrase with most words."""
        far = 0 if at is None else min(abs(place - at) for place in self.places)
        return far, -len(self.places), self.phrase.measure.id


def _standing(text: str) -> Iterator[_Found]:
    """Yield the phrases that stand in a text, each as often as its first word."""
    listed = list(words(text))
    heads = {word.folded[:_HEAD] for word in listed}
    for head in sorted(heads & _index().keys()):
        for phrase in _index()[head]:
            for places in _places(phrase.words, listed):
                yield _Found(phrase, places)


def _places(phrase: Sequence[str], listed: Sequence[Word]) -> Iterator[frozenset[int]]:
    found = [[w.start for w in listed if begins(w.folded, wanted)] for wanted in phrase]
    if not all(found):
        return
    for first in found[0]:
        nearest = [min(places, key=lambda place: abs(place - first)) for places in found]
        if max(nearest) - min(nearest) <= WIDEST:
            yield frozenset(nearest)


def begins(word: str, wanted: str) -> bool:
    """Return whether a word is a wanted one with an ending; a short one's stands behind a sign."""
    if len(wanted) > _SHORT:
        return word.startswith(wanted)
    return word == wanted or word.startswith(wanted + "'")


@cache
def _measures() -> dict[str, Measure]:
    return {
        entry["id"]: Measure(
            entry["id"],
            entry.get("indicator", ""),
            frozenset(entry["units"]),
            entry.get("known_by_id", False),
        )
        for entry in table("comparable")["measures"]
    }


@cache
def _index() -> dict[str, list[_Phrase]]:
    index: dict[str, list[_Phrase]] = defaultdict(list)
    for entry in table("comparable")["measures"]:
        for spoken in phrases(entry):
            index[spoken[0][:_HEAD]].append(_Phrase(_measures()[entry["id"]], spoken))
    return dict(index)


@cache
def _regions() -> tuple[tuple[str, ...], ...]:
    return phrases(table("comparable")["regional"])


def phrases(entry: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    """Return the words of the phrases of all languages, each phrase once."""
    listed = [phrase for code in catalogue_names("languages") for phrase in entry.get(code, ())]
    split = (tuple(word.folded for word in words(phrase)) for phrase in listed)
    return tuple(dict.fromkeys(phrase for phrase in split if phrase))


def names_things(claim: Claim) -> bool:
    """Return whether a claim is only called by the title of things that are counted."""
    return fold(text(claim, "name")) in _titles(things=True)


@cache
def _titles(*, things: bool = False) -> frozenset[str]:
    """Return all names that are only the title of a measure, or of counted things, folded."""
    listed = table("measures")["measures"].values()
    titles = [entry["title"] for entry in listed if entry.get("things") or not things]
    return frozenset(fold(form.format(title)) for title in titles for form in _FORMS)
