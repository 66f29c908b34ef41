"""Money of one currency in another, at averages of the years that the money is of."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from uptake.catalog import table
from uptake.gather.knowledge.periods import Period
from uptake.model.errors import MissingExtraError

EURO, DOLLAR = "EUR", "USD"
LONGEST_YEARS = 10
"""Periods of more years are not converted: their averages would say nothing."""

_ECB = "ECB"
_WHOLE_YEAR_ENDS = (12, 20)
"""A year is whole if rates are known up to here: the last business day is not the last day."""


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of a currency is in another: least and greatest yearly average of a period."""

    low: float
    high: float
    text: str


@dataclass(frozen=True, slots=True)
class _Average:
    """Units of a currency for one euro or dollar in a year; ``sources`` as shown."""

    value: float
    sources: tuple[str, ...]


def rate(source: str, target: str, period: Period) -> Rate | None:
    """Return the rate of a period; None where no source states an average for each of its years.

    Args:
        source: ISO 4217 code.
        target: ISO 4217 code.
        period: Its years count; the middle of one year is as good as its end.

    Raises:
        MissingExtraError: The extra ``evidence`` is not installed.

    >>> rate("USD", "USD", Period(date(2024, 1, 1), date(2024, 12, 31)))
    Rate(low=1.0, high=1.0, text='')
    >>> found = rate("EUR", "USD", Period(date(2024, 1, 1), date(2024, 12, 31)))
    >>> found.text if found else ""
    '1 EUR = 1.0824 USD, average of 2024, ECB'
    """
    if source == target:
        return Rate(1.0, 1.0, "")
    years = range(period.first.year, (period.last or period.first).year + 1)
    if len(years) > LONGEST_YEARS:
        return None
    averages = [(year, _cross(source, target, year)) for year in years]
    known = [(year, average) for year, average in averages if average is not None]
    if len(known) < len(averages):
        return None
    parts = [
        f"1 {source} = {found.value:.5g} {target}, average of {year}, {' and '.join(found.sources)}"
        for year, found in known
    ]
    values = [average.value for _, average in known]
    return Rate(min(values), max(values), "; ".join(parts))


def _cross(source: str, target: str, year: int) -> _Average | None:
    """Return the average of a year; where only a table per dollar knows it, through the dollar."""
    a, b = _per_euro(source, year), _per_euro(target, year)
    if a is None or b is None:
        return None
    return _Average(b.value / a.value, tuple(dict.fromkeys((*a.sources, *b.sources))))


@cache
def _per_euro(currency: str, year: int) -> _Average | None:
    if currency == EURO:
        return _Average(1.0, ())
    ecb = _ecb(currency, year)
    if ecb is not None and ecb[1] is None:
        return _Average(ecb[0], (_ECB,))
    own = _per_dollar(currency, year)
    dollar = _ecb(DOLLAR, year) if own is not None else None
    if own is not None and dollar is not None:
        return _Average(own.value * dollar[0], (*own.sources, _ECB))
    return _Average(ecb[0], (f"{_ECB} (up to {ecb[1]})",)) if ecb is not None else None


def _per_dollar(currency: str, year: int) -> _Average | None:
    entry: dict[str, Any] = table("rates")["currencies"].get(currency, {})
    value = entry.get("per_usd", {}).get(str(year))
    if value is None:
        return None
    return _Average(float(value), (table("rates")["sources"][entry["source"]]["title"],))


@cache
def _ecb(currency: str, year: int) -> tuple[float, date | None] | None:
    """Return the mean of a year's published days, and the last of them if the year is not whole."""
    days = dict(_published(currency, year))
    if not days:
        return None
    last = max(days)
    whole = (last.month, last.day) >= _WHOLE_YEAR_ENDS and min(days).month == 1
    return sum(days.values()) / len(days), None if whole else last


def _published(currency: str, year: int) -> Iterator[tuple[date, float]]:
    known = _converter()  # says which extra is missing, before anything of it is imported
    from currency_converter import RateNotFoundError

    if currency not in known.currencies:
        return
    bounds = known.bounds[currency]
    day = max(date(year, 1, 1), bounds.first_date)
    while day <= min(date(year, 12, 31), bounds.last_date):
        with suppress(RateNotFoundError):  # none is published on weekends and bank holidays
            yield day, float(known.convert(1, EURO, currency, day))
        day += timedelta(days=1)


@cache
def _converter() -> Any:
    try:
        from currency_converter import CurrencyConverter
    except ImportError as error:
        raise MissingExtraError("converting currencies", "evidence") from error
    return CurrencyConverter()
