"""Ages to bands."""

from uptake.model.messages import UNKNOWN

AGE_BANDS = ("under-13", "13-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+")
_STARTS = (0, 13, 18, 25, 35, 45, 55, 65)
OLDEST = 115


def age_band(birth_year: int | None, age: int | None, year: int | None) -> str:
    """Return the band of a person's age in the year of the message.

    The year of birth wins over a stated age, as it does not go out of date; without the year of
    the message it says nothing. An age that nobody has is unknown.

    >>> age_band(2000, None, 2025), age_band(None, 70, None), age_band(1850, None, 2025)
    ('25-34', '65+', 'unknown')
    """
    if birth_year is not None:
        age = year - birth_year if year is not None else None
    if age is None or not 0 <= age <= OLDEST:
        return UNKNOWN
    return next(
        band for band, start in zip(AGE_BANDS[::-1], _STARTS[::-1], strict=True) if age >= start
    )
