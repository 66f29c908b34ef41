"""How numbers are written: never more digits than they deserve, never 0% for somebody."""

from uptake.model.estimate import Estimate
from uptake.model.evidence import Observation
from uptake.publish.titles import unit_title, words

NARROW = 0.01
"""An interval narrower than this earns its share one digit after the point."""


def digits_of(estimate: Estimate) -> int:
    """Return how many digits a share's percentage deserves: one only if its interval is narrow."""
    return 1 if estimate.high - estimate.low < NARROW and 0 < estimate.value < 1 else 0


def percent(share: float, digits: int = 0) -> str:
    """Write a share without its sign: a positive one never as 0, one below all never as 100.

    >>> percent(0.42), percent(0.0), percent(0.001), percent(0.9999), percent(0.0042, 1)
    ('42', '0', '<1', '>99', '0.4')
    """
    step = 10**-digits
    shown = f"{100 * share:.{digits}f}"
    if share > 0 and float(shown) == 0:
        return f"<{step:g}"
    if share < 1 and float(shown) == 100:
        return f">{100 - step:.{digits}f}"
    return shown if share not in (0, 1) else f"{100 * share:.0f}"


def value(estimate: Estimate) -> str:
    """Write a share's point estimate, ``42%``."""
    return percent(estimate.value, digits_of(estimate)) + "%"


def interval(estimate: Estimate) -> str:
    """Write a share's interval, ``39–45``."""
    digits = digits_of(estimate)
    return f"{percent(estimate.low, digits)}–{percent(estimate.high, digits)}"


def share(estimate: Estimate) -> str:
    """Write a share with its interval, ``42% (39–45)``."""
    return f"{value(estimate)} ({interval(estimate)})"


def count(number: int) -> str:
    """Write a count with separators.

    >>> count(1234567)
    '1,234,567'
    """
    return f"{number:,}"


def counted(number: int, singular: str, plural: str) -> str:
    """Write a count with its noun.

    >>> counted(1, "person", "people"), counted(1200, "person", "people")
    ('1 person', '1,200 people')
    """
    return f"{count(number)} {singular if number == 1 else plural}"


def _printed_digits(text: str, most: int) -> int:
    """Return the digits after the point that a source printed, at most ``most``."""
    _, point, after = text.strip().rstrip("%").partition(".")
    return min(len(after), most) if point and after.isdigit() else 0


def observed(observation: Observation) -> str:
    """Write an indicator's value with the digits of its source, its comparator and unit.

    >>> observed(Observation(indicator="i", place="KAZ", period="2024", value=14.3, unit="percent",
    ...     source="s", original_value="14.30", comparator=">"))
    '> 14.3%'
    """
    most = words()["digits"].get(observation.unit, 4)
    digits = _printed_digits(observation.original_value, most)
    shown = f"{observation.value:,.{digits}f}"
    if observation.value and float(shown.replace(",", "")) == 0:
        shown = f"{observation.value:.2g}"
    sign = "" if observation.comparator == "=" else f"{observation.comparator} "
    return f"{sign}{shown}{'%' if observation.unit == 'percent' else ''}"


def unit_note(unit: str) -> str:
    """Return the unit for a row's heading, where neither figure nor title carries it.

    >>> unit_note("percent"), unit_note("years")
    ('', 'years')
    """
    return "" if unit in ("percent", "index", "rank") else unit_title(unit)
