"""Ages to bands."""

from bisect import bisect
from functools import lru_cache

from uptake.model.messages import NO_MONTH, UNKNOWN

AGE_BANDS = ("under-13", "13-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+")
"""In order. The first two are counted only as withheld."""

_STARTS = (0, 13, 18, 25, 35, 45, 55, 65)

OLDEST = 110
"""Above this an age is a slip or a form's default (1900), not an age."""


@lru_cache(maxsize=65_536)
def age_band(birth_year: int | None, age: int | None, month: int) -> str:
    """Return the band of a person's age in the month of a message.

    The year of birth wins over a stated age, which goes out of date; without the message's time
    it says nothing, and the stated age is taken. As the day of birth is not known, age is the
    difference of years: half of the people are counted as one year older than they are. An age
    that nobody has is unknown.

    Args:
        birth_year: Year of birth as stated.
        age: Age in years as stated.
        month: Of the message, as yyyymm; ``NO_MONTH`` if unknown.

    >>> age_band(2000, None, 202506), age_band(None, 70, 0), age_band(1850, None, 202506)
    ('25-34', '65+', 'unknown')
    """
    if birth_year is not None and month != NO_MONTH:
        age = month // 100 - birth_year
    if age is None or not 0 <= age <= OLDEST:
        return UNKNOWN
    return AGE_BANDS[bisect(_STARTS, age) - 1]
