"""What a public release promises each person, printed on every page of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Promise:
    """Differential privacy of a user's month, and of a user's year by composition.

    Attributes:
        month_epsilon: Of the costliest month, over all tables ever made of it.
        year_epsilon: Of the costliest twelve months in a row.
        delta: Of both.
        cells: Distinct cells of the people table a person counts in, at most (M).
        messages: Messages a person counts with in a month, at most (K).
        people_sigma, messages_sigma, margins_sigma, totals_sigma, volumes_sigma, heads_sigma,
            moments_sigma: Scales of the discrete Gaussian noise.
        months: Months with tables.
        unit: Whose contribution is hidden.
    """

    month_epsilon: float
    year_epsilon: float
    delta: float
    cells: int
    messages: int
    people_sigma: float
    messages_sigma: float
    margins_sigma: float
    totals_sigma: float
    volumes_sigma: float
    heads_sigma: float
    moments_sigma: float
    months: tuple[str, ...]
    unit: str = "user-month"
