"""What changed between two periods: a difference of shares with its own interval."""

from dataclasses import dataclass
from typing import Literal

from uptake.model.estimate import Estimate

Verdict = Literal["grew", "shrank", "no change seen"]


@dataclass(frozen=True, slots=True)
class Change:
    """One share in two periods.

    Attributes:
        place: ISO 3166-1 alpha-3, or ``all``.
        facet, value: What the share is of.
        earlier, later: The periods, first and last month with a slash between.
        before, after: The share in each.
        difference: ``after`` less ``before``, between -1 and 1.
        p: Of no change, adjusted for all values of the facet in the place looked at together:
            the smallest false discovery rate at which the change would be named.
        verdict: ``grew`` or ``shrank`` at a false discovery rate of 5%.
    """

    place: str
    facet: str
    value: str
    earlier: str
    later: str
    before: Estimate
    after: Estimate
    difference: Estimate
    p: float
    verdict: Verdict
