"""Which countries a stretch of a text is about: named in it, through a city, or by the context."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from uptake import catalog
from uptake.catalog.gazetteer import place
from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.lexicon import lexicon, plain
from uptake.gather.endings import forms
from uptake.gather.grammar.spans import Quantity, Sentence
from uptake.gather.mentions import Mention
from uptake.gather.words import words
from uptake.model.claim import Basis

_SENTENCES_BACK = 8
_ACTOR_WORDS = 4
_RARE = 0.25
_MAIN = 0.5
_TWO = 2
_TITLE_WEIGHT = 3.0
_OPENING_WEIGHT = 1.5
_CITY_WEIGHT = 0.75
_ASIDE_WEIGHT = 0.25
_OPENING = 3
_TOLD = 2.5
_MONEY_WEIGHT = 0.5
_MOST_MONEY = 1.5
_TITLE_SIGNS = 300
_SECTION = 40
"""Sentences that a heading may stand above."""
_NEAR = 24
_DATELINE_PARAGRAPHS = 6
_DATELINE = re.compile(r"\s*[,(](?:[^.\n]{0,60}?(?:[–—:)]|\d{4})|[^.\n]{0,20}?\d)")


@dataclass(frozen=True, slots=True)
class Named:
    """A place as it is named.

    Attributes:
        city: Told by a city.
        actor: Only where those come from who act, pay or sign; or across a border.
        dateline: Where the document was sent from, which need not be what it is about.
    """

    start: int
    end: int
    country: str
    city: bool
    actor: bool
    dateline: bool


Found = tuple[tuple[str, ...], Basis | None]


def countries(analysis: Analysis, start: int, end: int) -> Found:
    """Return the countries that ``text[start:end]`` is about, sorted, and how it is known.

    Named in it (``explicit``), through a city in it (``place``), else by the rest of its sentence,
    the sentences before in its paragraph, the document's main country, or the paragraph before
    (``context``). A company or lender from elsewhere does not make its country that of the claim.
    Nothing and None where no place tells.
    """
    here = geography(analysis)
    inside = here.telling(start, end)
    both = here.both(start, end)
    if both and len({n.country for n in inside}) < 2:
        pair = here.pair(start)
        if pair:
            return tuple(sorted(pair)), "context"
    leans = here.leans_back(start, end, inside)
    if inside and not leans:
        return _by(inside)
    found = here.context(start, end, back=leans)
    if not found and inside:
        return _by(inside)
    return (tuple(sorted(found)), "context") if found else ((), None)


def _by(named: Sequence[Named]) -> Found:
    by_name = {n.country for n in named if not n.city}
    everything = {n.country for n in named}
    return tuple(sorted(everything)), "explicit" if by_name else "place"


@lru_cache(maxsize=4)
def geography(analysis: Analysis) -> "Geography":
    """Return what a document says of places, found once."""
    return Geography(analysis)


class Geography:
    """The places of one document and what they make the rest of it be about."""

    def __init__(self, analysis: Analysis) -> None:
        """Read the places of a document."""
        self._plain = plain(analysis.text)
        self._language = analysis.language
        self._sentences = analysis.sentences
        self._sentence_starts = [s.start for s in analysis.sentences]
        self._headings = [n for n, s in enumerate(analysis.sentences) if s.heading]
        places = _outside(analysis.places, analysis.quantities)
        counts = Counter(m.place for m in places)
        self._rare: frozenset[str] = frozenset()
        self._leading: tuple[str, ...] = ()
        self.named = tuple(self._named(analysis.text, m, counts) for m in places)
        self._starts = [n.start for n in self.named]
        self.main = self._main(analysis)

    def within(self, start: int, end: int) -> tuple[Named, ...]:
        """Return the places named in a stretch, in order."""
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return tuple(n for n in self.named[low:high] if n.end <= end)

    def telling(self, start: int, end: int) -> tuple[Named, ...]:
        """Return the places in a stretch that its claims may be about: actors only if alone."""
        inside = self.within(start, end)
        settings = tuple(n for n in inside if not n.actor and not n.dateline)
        if settings:
            return settings
        return tuple(n for n in inside if not n.dateline and not self._foreign(n.country))

    def sentence(self, position: int) -> int:
        """Return the index of the sentence at a position, -1 if it is before all of them."""
        return bisect_right(self._sentence_starts, position) - 1

    def leans_back(self, start: int, end: int, inside: Sequence[Named]) -> bool:
        """Tell whether "the country" stands before any other country named in a stretch."""
        if len({n.country for n in inside}) != 1 or inside[0].country == self.main:
            return False
        phrase = lexicon(self._language, "indicators", "same_country").search(
            self._plain, start, inside[0].start
        )
        return phrase is not None

    def context(self, start: int, end: int, *, back: bool = False) -> tuple[str, ...]:
        """Return the countries by what stands around a stretch, or only before its sentence."""
        number = self.sentence(start)
        if number < 0:
            return self._whole()
        sentence = self._sentences[number]
        near = () if back else self._nearest(sentence, start, end)
        if near:
            return near
        for before in range(number - 1, max(-1, number - 1 - _SENTENCES_BACK), -1):
            earlier = self._sentences[before]
            if earlier.paragraph != sentence.paragraph:
                break
            found = self._one_of(self.telling(earlier.start, earlier.end))
            if found and (found == self._whole() or not self.main or self._opens_paragraph(before)):
                return found
        return self._section(number) or self._whole() or self._paragraph_before(number)

    def _section(self, number: int) -> tuple[str, ...]:
        """Return the country that the nearest heading above a sentence names, if it names one."""
        for before in range(bisect_right(self._headings, number) - 1, -1, -1):
            heading = self._sentences[self._headings[before]]
            codes = {n.country for n in self.within(heading.start, heading.end)}
            if len(codes) == 1 and self._headings[before] > 0:
                return tuple(codes)
            if codes or number - self._headings[before] > _SECTION:
                break
        return ()

    def _opens_paragraph(self, number: int) -> bool:
        """Tell whether a sentence is the first of its paragraph, which the rest goes on from."""
        if number == 0:
            return True
        return self._sentences[number - 1].paragraph != self._sentences[number].paragraph

    def _nearest(self, sentence: Sentence, start: int, end: int) -> tuple[str, ...]:
        """Return the last country named before a stretch in its sentence, else the next after."""
        before = [n for n in self.telling(sentence.start, start) if not n.actor]
        if before:
            return (before[-1].country,)
        after = [n for n in self.telling(end, sentence.end) if not n.actor]
        if after:
            return (after[0].country,)
        both = self.telling(sentence.start, sentence.end)
        return (both[0].country,) if both else ()

    def both(self, start: int, end: int) -> bool:
        """Tell whether a stretch speaks of two countries at once."""
        words_of_both = lexicon(self._language, "indicators", "both_countries")
        return words_of_both.search(self._plain, start, end) is not None

    def pair(self, start: int) -> tuple[str, ...]:
        """Return the two countries that were named together last, else the leading two."""
        number = self.sentence(start)
        for before in range(number, max(-1, number - 1 - _SENTENCES_BACK), -1):
            sentence = self._sentences[before]
            named = self.within(sentence.start, min(start, sentence.end))
            codes = list(dict.fromkeys(n.country for n in named))
            if len(codes) == _TWO:
                return tuple(codes)
        return self._leading

    def _one_of(self, named: Sequence[Named]) -> tuple[str, ...]:
        """Return whom a sentence is about: the main country if it is there, else the first.

        A sentence that compares others says nothing of what follows in a document with a main one.
        """
        codes = list(dict.fromkeys(n.country for n in named))
        if self.main in codes:
            return (self.main,)
        compared = self.main and len(codes) > 1
        return () if compared or not codes else (codes[0],)

    def _paragraph_before(self, number: int) -> tuple[str, ...]:
        paragraph = self._sentences[number].paragraph - 1
        for before in range(number - 1, max(-1, number - 1 - 2 * _SENTENCES_BACK), -1):
            earlier = self._sentences[before]
            if earlier.paragraph < paragraph:
                break
            found = self._one_of(self.telling(earlier.start, earlier.end))
            if found:
                return found
        return ()

    def _whole(self) -> tuple[str, ...]:
        return (self.main,) if self.main else ()

    def _foreign(self, country: str) -> bool:
        return bool(self.main) and country != self.main and country in self._rare

    def _main(self, analysis: Analysis) -> str:
        """Return the country that most of a document is about, empty where it is about several."""
        weights: defaultdict[str, float] = defaultdict(float)
        title = self._title_end(analysis)
        for named in self.named:
            if named.actor or named.dateline:
                weight = _ASIDE_WEIGHT
            elif named.end <= title:
                weight = _TITLE_WEIGHT
            else:
                number = self.sentence(named.start)
                opening = number >= 0 and self._sentences[number].paragraph < _OPENING
                weight = (_OPENING_WEIGHT if opening else 1.0) * (
                    _CITY_WEIGHT if named.city else 1.0
                )
            weights[named.country] += weight
        for country, weight in _money(analysis).items():
            weights[country] += weight
        home = _home(analysis.language)
        if home and max(weights.values(), default=0.0) < _TOLD:
            weights[home] += _TOLD
        total = sum(weights.values())
        self._rare = frozenset(c for c, w in weights.items() if w < _RARE * total)
        leading = sorted(weights.items(), key=lambda item: -item[1])[:_TWO]
        self._leading = tuple(c for c, _ in leading) if len(leading) == _TWO else ()
        if not weights:
            return ""
        (first, weight), *others = leading
        clear = not others or weight >= 1.5 * others[0][1]
        return first if weight >= _MAIN * total or clear else ""

    def _title_end(self, analysis: Analysis) -> int:
        if analysis.title:
            at = analysis.text.find(analysis.title, 0, _TITLE_SIGNS + len(analysis.title))
            if at >= 0:
                return at + len(analysis.title)
        end = 0
        for sentence in analysis.sentences[:4]:
            if not sentence.heading or sentence.start > _TITLE_SIGNS:
                break
            end = sentence.end
        return end

    def _named(self, text: str, mention: Mention, counts: Counter[str]) -> Named:
        city = _is_city(text[mention.start : mention.end], mention.place, self._language)
        return Named(
            mention.start,
            mention.end,
            mention.place,
            city,
            actor=len(counts) > 1 and (self._gives(mention) or self._across(mention)),
            dateline=city and self._opens(mention),
        )

    def _across(self, mention: Mention) -> bool:
        """Tell whether a place is named for its border only."""
        borders = lexicon(self._language, "indicators", "borders")
        around = (max(0, mention.start - _NEAR), mention.end + _NEAR)
        return any(
            not self._plain[last : mention.start].strip()
            if last <= mention.start
            else not self._plain[mention.end : first].strip()
            for first, last in borders.spans(self._plain, *around)
            if last <= mention.start or first >= mention.end
        )

    def _opens(self, mention: Mention) -> bool:
        """Tell whether a place stands where a dateline does: first, before a date or a source."""
        number = self.sentence(mention.start)
        return (
            number >= 0
            and self._sentences[number].paragraph < _DATELINE_PARAGRAPHS
            and self._sentences[number].start == mention.start
            and _DATELINE.match(self._plain, mention.end) is not None
        )

    def _gives(self, mention: Mention) -> bool:
        """Tell whether a place is only where one comes from who pays, sells or signs."""
        actor = lexicon(self._language, "indicators", "actors").search(
            self._plain, mention.end, self._following(mention.end)
        )
        if actor is None or self._is_setting(mention):
            return False
        number = self.sentence(mention.start)
        if number < 0:
            return False
        sentence = self._sentences[number]
        gives = lexicon(self._language, "indicators", "gives")
        return gives.search(self._plain, sentence.start, sentence.end) is not None

    def _is_setting(self, mention: Mention) -> bool:
        """Tell whether a place has the case of where something is ("Грузияда компаниялардың")."""
        endings = lexicon(self._language, "indicators", "place_endings")
        return endings.spans(self._plain, mention.start, mention.end)[-1:] != []

    def _following(self, position: int) -> int:
        """Return where the few words after a place end, within its clause."""
        end = position
        for count, word in enumerate(words(self._plain[position : position + 80])):
            between = self._plain[end : position + word.start]
            if count == _ACTOR_WORDS or any(c in between for c in ",;.:()—\n"):
                break
            end = position + word.end
        return end


def _money(analysis: Analysis) -> dict[str, float]:
    """Weigh the countries whose money a document counts: it need not name its own."""
    weights: defaultdict[str, float] = defaultdict(float)
    for quantity in analysis.quantities:
        if quantity.currency and not quantity.currencies:
            for country in _spending(quantity.currency):
                weights[country] = min(weights[country] + _MONEY_WEIGHT, _MOST_MONEY)
    return dict(weights)


@lru_cache(maxsize=64)
def _home(language: str) -> str:
    """Return whom a text is about that names no country or hardly one: its language's home."""
    if language not in catalog.names("languages"):
        return ""
    return str(catalog.entry("languages", language).get("home", ""))


@lru_cache(maxsize=256)
def _spending(currency: str) -> tuple[str, ...]:
    """Return the country of a currency that only one of the catalogue's countries has."""
    found = [
        code
        for code in catalog.names("places")
        if catalog.entry("places", code).get("currency", {}).get("code") == currency
    ]
    return tuple(found) if len(found) == 1 else ()


def _outside(places: Sequence[Mention], quantities: Sequence[Quantity]) -> list[Mention]:
    """Leave out places that only name a currency ("US$5 million", "АҚШ доллары")."""
    starts = [q.start for q in quantities]
    kept = []
    for mention in places:
        number = bisect_right(starts, mention.start) - 1
        inside = number >= 0 and mention.start < quantities[number].end
        if not inside and not (number + 1 < len(starts) and starts[number + 1] < mention.end):
            kept.append(mention)
    return kept


@lru_cache(maxsize=4096)
def _is_city(mention: str, country: str, language: str) -> bool:
    """Tell whether a place is named by one of its cities."""
    standing = [w.folded for w in words(mention)]
    for spellings in place(country).cities.values():
        for spelling in spellings:
            wanted = [w.folded for w in words(spelling)]
            if len(wanted) == len(standing) and all(
                any(
                    s.startswith(f.stem) and f.rest.fullmatch(s, len(f.stem))
                    for f in forms(w, language)
                )
                for w, s in zip(wanted, standing, strict=True)
            ):
                return True
    return False
