"""Which claims are on one thing, and whether their values can both hold."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from uptake.gather.knowledge.currencies import rate
from uptake.gather.knowledge.matching import sentence_similarity
from uptake.gather.knowledge.measures import catalogued, generic, measure
from uptake.gather.knowledge.periods import Period, days_of, period
from uptake.gather.knowledge.said import number, text
from uptake.gather.knowledge.spelling import words
from uptake.gather.knowledge.values import Bounds, bounds, rounded
from uptake.gather.words import fold
from uptake.gather.words import words as spoken
from uptake.model.claim import Claim
from uptake.model.evidence import Document

_YEARS = re.compile(r"(?<!\d)([12]\d{3})(?!\d)[^\d\n.;]{1,8}(?=([12]\d{3})(?!\d))")

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
    """

    claim: Claim
    date: str | None = None

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
        cut = self.claim.fields.get("breakdown")
        return (
            self.measure,
            self.place,
            text(self.claim, "unit"),
            "money" if self.currency else "",
            repr(sorted(cut.items())) if isinstance(cut, Mapping) and cut else "",
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


def figures(claims: Iterable[Claim], documents: Iterable[Document]) -> tuple[Figure, ...]:
    """Return all indicator claims that have a number and are no mere possibility."""
    dates = {document.id: document.date for document in documents}
    made = (Figure(c, dates.get(c.doc)) for c in claims if c.type == "indicator")
    return tuple(f for f in made if f.exact is not None and f.claim.modality != "possible")


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
    """Return whether two figures tell other rankings, scopes, subjects or bases; both must tell."""
    sides = ((_words(a, key), _words(b, key)) for key in ("index", "scope", "subject", "period"))
    return any(left and right and left != right for left, right in sides)


def _said_alike(a: Figure, b: Figure) -> bool:
    left, right = (" ".join(word.folded for word in spoken(f.claim.quote)) for f in (a, b))
    return sentence_similarity(left, right) >= ALIKE_QUOTES


def _alike(a: Figure, b: Figure, key: str) -> bool:
    left, right = (fold(text(f.claim, key)) for f in (a, b))
    return not left or not right or sentence_similarity(left, right) >= ALIKE_NAMES


def _words(figure: Figure, key: str) -> tuple[str, ...]:
    told = text(figure.claim, key)
    return words(told, "organisation") if told else ()


def meet(a: Figure, b: Figure) -> bool | None:
    """Return whether some number fits both figures; None if no rate compares their currencies."""
    left, right = a.rounded, b.rounded
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
