"""Figures in words: money with its code, bounds said as bounds."""

import math

from uptake.gather.knowledge.values import Bounds

_SCALES = ((1e12, " trillion"), (1e9, " billion"), (1e6, " million"))
_NAMES = {"percent": "%", "rank": "", "count": "", "score": "", "index": ""}


def amount(value: float, unit: str, digits: int = 4) -> str:
    """Write a value with its unit.

    Args:
        value: In ``unit``.
        unit: ISO 4217 code in capitals for money, else a unit of claims, or ``per 1,000``.
        digits: Significant digits at most; whole numbers under a million keep all of theirs.

    >>> amount(4e8, "EUR"), amount(42.5, "percent"), amount(1286, "count"), amount(50, "rank")
    ('EUR 400 million', '42.5%', '1,286', 'rank 50')
    >>> amount(8, "megawatt"), amount(6.2, "per 100,000")
    ('8 megawatts', '6.2 per 100,000')
    """
    sign = "-" if value < 0 else ""
    scaled, scale = abs(value), ""
    for size, name in _SCALES:
        if scaled >= size:
            scaled, scale = scaled / size, name
            break
    whole = not scale and scaled == int(scaled)
    number = f"{int(scaled):,}" if whole else _plain(scaled, digits)
    if unit.isupper():
        return f"{unit} {sign}{number}{scale}"
    if unit == "rank":
        return f"rank {sign}{number}"
    suffix = _NAMES[unit] if unit in _NAMES else f" {unit.replace('_', ' ')}"
    plural = "s" if unit.isalpha() and unit not in _NAMES and number != "1" else ""
    return f"{sign}{number}{scale}{suffix}{plural}"


def _plain(value: float, digits: int) -> str:
    if value == 0:
        return "0"
    decimals = max(0, digits - 1 - math.floor(math.log10(value)))
    text = f"{value:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def bounded(some: Bounds, unit: str) -> str:
    """Write a value of which only bounds are known.

    >>> bounded(Bounds(4e8, math.inf), "EUR"), bounded(Bounds(1200, 1500), "count")
    ('at least EUR 400 million', '1,200 to 1,500')
    """
    if some.low == some.high:
        return amount(some.low, unit)
    if some.closed:
        return f"{amount(some.low, unit)} to {amount(some.high, unit)}"
    if math.isfinite(some.low):
        return f"at least {amount(some.low, unit)}"
    return f"at most {amount(some.high, unit)}"
