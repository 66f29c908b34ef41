"""Which claims are shown, in which order, and what comes before and after one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from uptake.review.standing import Standing

PAGE = 50
"""Claims on one page of the queue."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What to show; empty is all.

    Attributes:
        document: Id.
        country: ISO 3166-1 alpha-3; ``none`` for claims without one.
        type: Of the claim.
        state: ``proposed``, ``accepted``, ``rejected``.
        low, high: Bounds of the confidence.
    """

    document: str = ""
    country: str = ""
    type: str = ""
    state: str = ""
    low: float = 0.0
    high: float = 1.0

    def matches(self, standing: Standing) -> bool:
        """Return whether a claim is shown."""
        claim = standing.claim
        return (
            self.document in {"", claim.doc}
            and self.type in {"", claim.type}
            and self.state in {"", standing.state}
            and self.low <= claim.confidence <= self.high
            and self._of_country(claim.countries)
        )

    def _of_country(self, countries: Sequence[str]) -> bool:
        if self.country == "none":
            return not countries
        return not self.country or self.country in countries


def shown(known: Mapping[str, Standing], chosen: Filter) -> list[Standing]:
    """Return the claims that a filter shows, in the order of documents and places in them."""
    return [standing for standing in known.values() if chosen.matches(standing)]


def beside(known: Mapping[str, Standing], chosen: Filter, id: str) -> tuple[str, str]:
    """Return the ids before and after a claim in the queue, empty where there is none.

    The claim itself need not be in the queue any more: judged, it may have left it.
    """
    before = ""
    passed = False
    for standing in known.values():
        if standing.proposed.id == id:
            passed = True
        elif chosen.matches(standing):
            if passed:
                return before, standing.proposed.id
            before = standing.proposed.id
    return before, ""


def countries(known: Iterable[Standing]) -> list[str]:
    """Return all countries that claims are about, sorted."""
    return sorted({country for standing in known for country in standing.claim.countries})
