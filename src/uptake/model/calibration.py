"""How a labeller errs: counts of messages whose true value is known, by what it made of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

SIZE = 3
"""Bands of a stored probability, by which messages of one stored value are told apart."""


@dataclass(frozen=True, slots=True)
class FacetErrors:
    """Calibration of one facet.

    Attributes:
        values: The facet's K values.
        counts: (K, K * SIZE) messages by true value (rows), and by stored value and, within it,
            by the band of its probability (columns).
    """

    values: tuple[str, ...]
    counts: NDArray[np.int64]

    def __post_init__(self) -> None:
        """Refuse counts of another shape, or below zero."""
        k = len(self.values)
        if self.counts.shape != (k, k * SIZE) or (self.counts < 0).any():
            raise ValueError(f"counts of {k} values are ({k}, {k * SIZE}) and not negative")


@dataclass(frozen=True, slots=True)
class Calibration:
    """Calibration of a labeller, on messages that it did not learn from.

    Attributes:
        source: ``shipped`` with the labeller, or ``gold``: the owner's labelled sample.
        messages: How many messages it rests on.
        facets: By facet; one that is missing stays uncorrected.
    """

    source: str
    messages: int
    facets: Mapping[str, FacetErrors] = field(default_factory=dict)
