"""Digits with their signs for thousands and decimals, and the value that they have."""

import re

DIGITS = re.compile(
    r"(?P<grouped>\d{1,3}(?P<sign>[ ,.'])\d{3}(?:(?P=sign)\d{3})*(?!\d)(?:(?!(?P=sign))[.,]\d+)?)"
    r"|(?P<indian>\d{1,2}(?:,\d{2})+,\d{3}(?!\d)(?:\.\d+)?)"
    r"|(?P<plain>\d+(?:[.,]\d+)?|[.,]\d+)"
)


def plain_value(digits: re.Match[str], decimal: str) -> float:
    """Return the value of matched digits; ``decimal`` settles what could be read in two ways."""
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
