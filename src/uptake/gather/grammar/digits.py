"""Digits with their signs for thousands and decimals, and the value that they have."""

import math
import re

DIGITS = re.compile(
    r"(?P<grouped>\d{1,3}(?P<sign>[ ,.'])\d{3}(?:(?P=sign)\d{3})*(?!\d)(?:(?!(?P=sign))[.,]\d+)?)"
    r"|(?P<indian>\d{1,2}(?:,\d{2})+,\d{3}(?!\d)(?:\.\d+)?)"
    r"|(?P<plain>\d+(?:[.,]\d+)?|[.,]\d+)"
)

VULGAR = {
    "½": 1 / 2,
    "¼": 1 / 4,
    "¾": 3 / 4,
    "⅓": 1 / 3,
    "⅔": 2 / 3,
    "⅛": 1 / 8,
    "⅙": 1 / 6,
    "⅕": 1 / 5,
}
_MOST_DIGITS = 30
"""Of what may still be a number; longer ones are keys, hashes or noise."""

POWER = re.compile(r"(?P<sign>\^|e)(?P<power>[+-]{0,2}\d+(?:[.,]\d+)?)(?![\w])")


def raised_value(value: float, power: re.Match[str]) -> float | None:
    """Return a value raised to a power, or times ten to it; None where no float holds it.

    >>> raised_value(2.0, POWER.match("^3")), raised_value(1.0, POWER.match("e999"))
    (8.0, None)
    """
    exponent = float(power["power"].replace("+", "").replace("--", "").replace(",", "."))
    try:
        raised = value**exponent if power["sign"] == "^" else value * 10**exponent
    except (OverflowError, ZeroDivisionError):
        return None
    return raised if math.isfinite(raised) else None


def plain_value(digits: re.Match[str], decimal: str) -> float:
    """Return the value of matched digits; ``decimal`` settles what could be read in two ways.

    More digits than a number has are infinite, so that no caller takes them for one.
    """
    if sum(map(str.isdecimal, digits[0])) > _MOST_DIGITS:
        return math.inf
    printed = digits[0].replace(" ", "").replace("'", "")
    if digits["indian"]:
        return float(printed.replace(",", ""))
    if digits["grouped"]:
        sign = digits["sign"]
        alone = printed.count(sign) == 1 and not any(s in printed for s in ".," if s != sign)
        if (sign == decimal and alone) or (sign in ".," and alone and printed.startswith("0")):
            return float(printed.replace(",", "."))
        if sign in ".,":
            printed = printed.replace(sign, "")
    return float(printed.replace(",", "."))
