"""Values of claims as stretches of numbers: what comparators and rounding leave open."""

import math
import re
from dataclasses import dataclass

from uptake.gather.knowledge import said
from uptake.model.claim import Claim

ABOUT = 0.05
"""How far a value that is said to be about may lie from it, as a share of it."""

_DIGITS = re.compile(r"[0-9](?:[0-9.,\s\u00a0\u2009\u202f'’]*[0-9])?")
_FEWEST_DIGITS = 2
_MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Bounds:
    """From ``low`` to ``high``; infinite where a claim leaves a side open.

    Attributes:
        low, high: In the claim's unit.
        open_low, open_high: Whether the end itself is excluded ("more than").
    """

    low: float
    high: float
    open_low: bool = False
    open_high: bool = False

    def meets(self, other: "Bounds") -> bool:
        """Return whether some number lies in both."""
        return self.low <= other.high and other.low <= self.high

    @property
    def closed(self) -> bool:
        """Return whether both ends are known."""
        return math.isfinite(self.low) and math.isfinite(self.high)


def value(claim: Claim) -> float | None:
    """Return the number of an indicator claim; None if it has none that is finite."""
    return said.number(claim, "value")


def bounds(claim: Claim) -> Bounds | None:
    """Return what a claim says of its value, to the letter; None for one without a number.

    >>> fields = {"value": 400, "comparator": ">"}
    >>> bounds(Claim(type="indicator", quote="x", start=0, end=1, fields=fields))
    Bounds(low=400.0, high=inf, open_low=True, open_high=False)
    """
    stated = value(claim)
    if stated is None:
        return None
    comparator = said.text(claim, "comparator")
    if comparator in (">", ">="):
        return Bounds(stated, math.inf, open_low=comparator == ">")
    if comparator in ("<", "<="):
        return Bounds(-math.inf, stated, open_high=comparator == "<")
    if comparator == "~":
        off = abs(stated) * ABOUT
        return Bounds(stated - off, stated + off)
    top = said.number(claim, "value_max")
    if comparator == "range" and top is not None:
        return Bounds(min(stated, top), max(stated, top))
    return Bounds(stated, stated)


def rounded(claim: Claim) -> Bounds | None:
    """Return the values that a claim may be a rounding of.

    Half a unit of the last digit on each side: 11.4 billion may be 11.35 to 11.45 billion. Noughts
    at the end are held to be rounded away, but never so many that fewer than two digits are left.

    >>> fields = {"value": 11.4e9, "value_text": "11.4 billion tenge"}
    >>> rounded(Claim(type="indicator", quote="x", start=0, end=1, fields=fields))
    Bounds(low=11350000000.0, high=11450000000.0, open_low=False, open_high=False)
    """
    exact = bounds(claim)
    stated = value(claim)
    if exact is None or stated is None:
        return None
    half = step(stated, said.text(claim, "value_text")) / 2
    return Bounds(exact.low - half, exact.high + half)


def step(stated: float, text: str = "") -> float:
    """Return the unit of the last digit that tells something.

    >>> step(11.4e9, "11.4 billion"), step(3.1, "3,1 %"), step(5000.0, "5 000"), step(36.0)
    (100000000.0, 0.1, 100.0, 1.0)
    """
    if stated == 0:
        return 1.0
    printed = _printed(stated, text)
    if printed is not None:
        digits, last = printed
    else:
        shown = f"{abs(stated):.15g}"
        mantissa = f"{float(shown):.14e}".split("e")[0].replace(".", "").rstrip("0") or "0"
        last = round(math.floor(math.log10(abs(stated))) - len(mantissa) + 1)
        if last > 0:
            digits = mantissa + "0" * last
            last = 0
        else:
            digits = mantissa
    noughts = len(digits) - len(digits.rstrip("0")) if last >= 0 or printed is None else 0
    kept = min(noughts, max(0, len(digits) - _FEWEST_DIGITS))
    return float(f"1e{last + kept}")


def _printed(stated: float, text: str) -> tuple[str, int] | None:
    """Return the digits as printed and the power of ten of the last; None if they do not fit.

    Whether a sign groups thousands or parts a decimal follows from the value: no locale is asked.
    """
    for match in _DIGITS.finditer(text):
        digits = re.sub(r"[^0-9]", "", match[0]).lstrip("0")
        if digits and len(digits) <= _MOST_DIGITS:
            power = math.log10(abs(stated) / int(digits))
            if abs(power - round(power)) < 1e-9:
                return digits, round(power)
    return None
