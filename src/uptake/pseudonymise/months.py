"""Times to months, in UTC."""

from datetime import UTC, datetime

from uptake.model.messages import NO_MONTH

EARLIEST = datetime(2015, 1, 1, tzinfo=UTC).timestamp()
LATEST = datetime(2100, 1, 1, tzinfo=UTC).timestamp()
DAY = 86_400


def month_of(seconds: float | None) -> int:
    """Return yyyymm of a time in seconds since 1970; ``NO_MONTH`` outside of 2015 to 2099.

    By the civil calendar's arithmetic (H. Hinnant, days to civil date), as it is called for every
    message and ``datetime`` costs ten times as much.

    >>> month_of(1_735_689_600.0), month_of(1_735_689_599.0), month_of(None)
    (202501, 202412, 0)
    """
    if seconds is None or not EARLIEST <= seconds < LATEST:
        return NO_MONTH
    days = int(seconds // DAY) + 719_468
    era, of_era = divmod(days, 146_097)
    year = (of_era - of_era // 1_460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    shifted = (5 * of_year + 2) // 153
    month = shifted + 3 if shifted < 10 else shifted - 9
    return (year + era * 400 + (month <= 2)) * 100 + month
