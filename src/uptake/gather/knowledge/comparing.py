"""Which claims are on one thing, and whether their values can both hold."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType

from uptake.gather.knowledge.currencies import rate
from uptake.gather.knowledge.increments import increment
from uptake.gather.knowledge.matching import sentence_similarity
from uptake.gather.knowledge.measures import catalogued, generic, measure
from uptake.gather.knowledge.periods import Period, days_of, period
from uptake.gather.knowledge.said import number, text
from uptake.gather.knowledge.spelling import words
from uptake.gather.knowledge.values import Bounds, bounds, rounded
from uptake.gather.knowledge.where import Where, where
from uptake.gather.words import fold
from uptake.gather.words import words as spoken
from uptake.model.claim import Claim
from uptake.model.evidence import Document

_YEARS = re.compile(r"(?<!\d)([12]\d{3})(?!\d)[^\d\n.;]{1,8}(?=([12]\d{3})(?!\d))")

SENTENCE_END = re.compile(r"[.!?…][\"»”’)\]]*\s+(?=[\"«“(\[]*[^\W\d_])|\n")
"""Where a sentence ends: behind its sign, before a letter; at the end of a line in any case."""

LONGEST_SENTENCE = 400
"""Code points beside a quote in which the rest of its sentence is looked for."""

_PEEK = 4

NEAR = 300
"""Code points between two quotes that speak of one thing without naming it again."""

ALIKE_NAMES = 0.75
"""Names of what is measured that are less alike are held to be two things."""

ALIKE_QUOTES = 0.65
"""The same of quotes, without their figures, where a name only says the kind of thing."""

RATE_SLACK = 0.03
"""How far converted values may lie apart and agree: averages hide how rates moved in the year."""


@dataclass(frozen=True)
class Figure:
    """An indicator claim with a number, and what it takes to compare it.

    Attributes:
        claim: The claim.
        date: Date of its document as stated, ISO; None if it states none.
        language: Of its document, a code; empty if not known.
        sentence: The sentence around its quote; empty if not known.
    """

    claim: Claim
    date: str | None = None
    language: str = ""
    sentence: str = ""

    @cached_property
    def measure(self) -> str:
        """Return the key of what is measured."""
        return measure(self.claim)

    @cached_property
    def catalogued(self) -> bool:
        """Return whether the catalogue knows what is measured."""
        return catalogued(self.claim) is not None

    @cached_property
    def period(self) -> Period | None:
        """Return the period as the document states it; of one of two years, both.

        "In 2024 and 2025, exports exceeded ..." does not say which year a figure is of.
        """
        pair = either_year(self.claim)
        return Period(_year(pair[0])[0], _year(pair[1])[1]) if pair else period(self.claim.time)

    @cached_property
    def years(self) -> Period | None:
        """Return the period that a rate is taken of: the stated one, else the document's year."""
        days = days_of(self.date) if self.date else None
        return self.period or (Period(*days) if days else None)

    @property
    def place(self) -> str:
        """Return the places that it is about: ``KAZ``, ``KAZ,UZB``, empty."""
        return ",".join(self.claim.countries)

    @cached_property
    def where(self) -> Where:
        """Return the parts of a country that its quote names; if it names no place, its sentence.

        Nothing where no place is named.
        """
        own = where(self.claim.quote, self.language)
        return own if own.told or not self.sentence else where(self.sentence, self.language)

    @cached_property
    def added(self) -> bool:
        """Return whether it comes on top of another figure and is no level."""
        return increment(self.claim)

    @property
    def cut(self) -> str:
        """Return whom it is about, empty for all."""
        told = self.claim.fields.get("breakdown")
        return repr(sorted(told.items())) if isinstance(told, Mapping) and told else ""

    @property
    def kind(self) -> str:
        """Return ``target`` or ``actual``."""
        return "target" if text(self.claim, "kind") == "target" else "actual"

    @property
    def currency(self) -> str:
        """Return the ISO 4217 code, empty for what is no money."""
        return text(self.claim, "currency")

    @cached_property
    def exact(self) -> Bounds | None:
        """Return what it says to the letter."""
        return bounds(self.claim)

    @cached_property
    def rounded(self) -> Bounds | None:
        """Return what it may be a rounding of."""
        return rounded(self.claim)

    @cached_property
    def group(self) -> tuple[str, ...]:
        """Return what figures that may be compared have in common; targets and actuals both."""
        return (
            self.measure,
            self.place,
            text(self.claim, "unit"),
            "money" if self.currency else "",
            self.cut,
            str(number(self.claim, "per") or ""),
            text(self.claim, "change"),
        )


def either_year(claim: Claim) -> tuple[int, int] | None:
    """Return the two years of which a claim's quote does not say which one it is of.

    >>> from uptake.model.claim import ClaimTime
    >>> time = ClaimTime(text="2025", start="2025")
    >>> quote = "For 2024 and 2025 exports are put at 400 million"
    >>> either_year(Claim(type="indicator", quote=quote, start=0, end=48, time=time))
    (2024, 2025)
    """
    stated = period(claim.time)
    if stated is None or stated.last is None or stated.kind != "stretch":
        return None
    if (stated.first, stated.last) != _year(stated.first.year):
        return None
    return next((p for p in _two_years(claim.quote) if stated.first.year in p), None)


def _year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _two_years(quote: str) -> list[tuple[int, int]]:
    """Return years that follow one another and that only a word or a sign parts."""
    found = ((int(a), int(b)) for a, b in _YEARS.findall(quote))
    return [(a, b) for a, b in found if b == a + 1]


def figures(
    claims: Iterable[Claim],
    documents: Iterable[Document],
    texts: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Figure, ...]:
    """Return all indicator claims that have a number and are no mere possibility.

    Args:
        claims: Of any type.
        documents: Theirs.
        texts: Stored text by document id: with it, a place named elsewhere in a figure's sentence
            counts.
    """
    known = {d.id: (d.date, d.language or "") for d in documents}
    made = (
        Figure(c, *known.get(c.doc, (None, "")), _around(c, texts.get(c.doc, "")))
        for c in claims
        if c.type == "indicator"
    )
    return tuple(f for f in made if f.exact is not None and f.claim.modality != "possible")


def _around(claim: Claim, text: str) -> str:
    """Return the sentence around a quote; of a text that is not the claim's, nothing."""
    if text[claim.start : claim.end] != claim.quote:
        return ""
    low = max(0, claim.start - LONGEST_SENTENCE)
    # an end is seen by what stands behind it: the quote's first letter
    before = SENTENCE_END.split(text[low : claim.start + 1])[-1][:-1]
    after = SENTENCE_END.split(text[claim.end : claim.end + LONGEST_SENTENCE])[0]
    ended = SENTENCE_END.search(claim.quote[-1:] + text[claim.end : claim.end + _PEEK])
    return before + claim.quote + ("" if ended and ended.start() == 0 else after)


def grouped(figures: Iterable[Figure]) -> dict[tuple[str, ...], list[Figure]]:
    """Return figures by what they have in common, each group in the order of the claims.

    Those that do not say what they measure are in none.
    """
    groups: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in (f for f in figures if f.measure):
        groups[figure.group].append(figure)
    return {key: groups[key] for key in sorted(groups)}


def one_thing(a: Figure, b: Figure, *, called_alike: bool = False) -> bool:
    """Return whether two figures of a group measure one thing.

    Their rankings, scopes, subjects and bases ("a day") must not differ where both tell them.
    What the catalogue does not know must have a subject in both or in neither and be called
    alike; of two documents it must be of one sector, and if it is only called by its kind ("cost",
    "users"), said alike or of one named subject.

    Args:
        a: A figure.
        b: Another one of the same group.
        called_alike: Whether it is known that both go by one name.
    """
    if told_apart(a, b) or (not a.catalogued and _words(a, "subject") != _words(b, "subject")):
        return False
    if a.catalogued:
        return True
    if a.claim.doc == b.claim.doc:
        return called_alike or _alike(a, b, "name")
    sectors = set(a.claim.sectors), set(b.claim.sectors)
    if not sectors[0] & sectors[1] and sectors[0] | sectors[1]:
        return False
    if generic(a.claim) or generic(b.claim):
        return bool(_words(a, "subject")) or _said_alike(a, b)
    return _alike(a, b, "name")


def told_apart(a: Figure, b: Figure) -> bool:
    """Return whether two figures are of two things by what their sentences tell of them.

    They tell other rankings, scopes, subjects or bases (both must tell), are about other people
    (those aged 18 to 24, all), one is added to the other ("another 60"), or they are of other
    parts of a country.
    """
    sides = ((_words(a, key), _words(b, key)) for key in ("index", "scope", "subject", "period"))
    if any(left and right and left != right for left, right in sides):
        return True
    totals = number(a.claim, "out_of"), number(b.claim, "out_of")
    if None not in totals and totals[0] != totals[1]:
        return True
    return a.cut != b.cut or a.added != b.added or elsewhere(a, b)


def elsewhere(a: Figure, b: Figure) -> bool:
    """Return whether two figures are of other places within a country, or of one and the country.

    A figure that names no place is of the one that was named just before in its document. Several
    places in one quote leave open which figure is of which.
    """
    left, right = a.where, b.where
    if left.parts and right.parts:
        one_quote = (a.claim.doc, a.claim.quote) == (b.claim.doc, b.claim.quote)
        return left.parts != right.parts or (one_quote and len(left.parts) > 1)
    if not left.parts and not right.parts:
        return False
    unnamed = right if left.parts else left
    apart = max(a.claim.start, b.claim.start) - min(a.claim.end, b.claim.end)
    return unnamed.whole or a.claim.doc != b.claim.doc or apart > NEAR


def _said_alike(a: Figure, b: Figure) -> bool:
    left, right = (" ".join(word.folded for word in spoken(f.claim.quote)) for f in (a, b))
    return sentence_similarity(left, right) >= ALIKE_QUOTES


def _alike(a: Figure, b: Figure, key: str) -> bool:
    left, right = (fold(text(f.claim, key)) for f in (a, b))
    return not left or not right or sentence_similarity(left, right) >= ALIKE_NAMES


def _words(figure: Figure, key: str) -> tuple[str, ...]:
    told = text(figure.claim, key)
    return words(told, "organisation") if told else ()


def meet(a: Figure, b: Figure, *, to_the_letter: bool = False) -> bool | None:
    """Return whether some number fits both figures; None if no rate compares their currencies.

    Args:
        a: A figure.
        b: Another one.
        to_the_letter: Whether a bound stands as it is told: 689 may be a rounding, but nothing
            that "more than 690" includes.
    """
    left, right = (
        f.exact if to_the_letter and f.exact and not f.exact.closed else f.rounded for f in (a, b)
    )
    if left is None or right is None:
        return None
    if a.currency != b.currency:
        other = converted(b, right, a.currency)
        if other is None:
            return None
        left, right = loosened(left), loosened(other[0])
    return left.meets(right)


def loosened(some: Bounds) -> Bounds:
    """Return bounds with the slack of a conversion on both sides."""
    return Bounds(some.low - abs(some.low) * RATE_SLACK, some.high + abs(some.high) * RATE_SLACK)


def converted(figure: Figure, some: Bounds | None, currency: str) -> tuple[Bounds, str] | None:
    """Return bounds of a figure in a currency, with the rate in words; None without a rate.

    Over several years the low end takes the least average and the high end the greatest.
    """
    if some is None or not figure.currency or not currency:
        return None
    if figure.currency == currency:
        return some, ""
    if figure.years is None:
        return None
    known = rate(figure.currency, currency, figure.years)
    if known is None:
        return None
    low = some.low * (known.low if some.low >= 0 else known.high)
    high = some.high * (known.high if some.high >= 0 else known.low)
    return Bounds(low, high, some.open_low, some.open_high), known.text


def ends(figure: Figure) -> date:
    """Return the last day that a figure is of: its period's, else its document's, else none."""
    known = figure.years
    return date.min if known is None else known.last or known.first
