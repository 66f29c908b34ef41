"""Estimate and interval -> words that say no more than the interval does."""

from collections.abc import Sequence

from uptake.model.effect import Assumption, Light


def number(x: float) -> str:
    """Write a number with three significant digits.

    >>> number(-0.02246), number(1234567.0), number(0.0)
    ('-0.0225', '1,230,000', '0')
    """
    if x == 0 or not abs(x) < float("inf"):
        return "0" if x == 0 else ("unbounded" if x > 0 else "unbounded below")
    rounded = float(f"{x:.3g}")
    return f"{rounded:,.0f}" if abs(rounded) >= 1000 else f"{rounded:g}"


def verdict(
    estimate: float, low: float, high: float, level: float, assumptions: Sequence[Assumption]
) -> str:
    """Say what was seen.

    >>> verdict(1.2, 0.4, 2.0, 0.95, ())
    'An increase is seen: the outcome is 1.2 higher than expected without the programme \
(95% interval 0.4 to 2).'
    >>> verdict(0.3, -0.2, 0.8, 0.95, ())
    'No effect seen: anything from a decrease of 0.2 to an increase of 0.8 fits the data \
(95% interval; best estimate 0.3). This does not show that there is none.'
    """
    words = f"{100 * level:g}% interval"
    broken = [one.name.lower() for one in assumptions if one.light == "red"]
    if low <= 0 <= high:
        said = (
            f"No effect seen: anything from a decrease of {number(-low) if low else '0'} to an "
            f"increase of {number(high)} fits the data ({words}; best estimate "
            f"{number(estimate)}). This does not show that there is none."
        )
        if low == float("-inf") or high == float("inf"):
            said = (
                f"No effect seen: the data are too few to bound it ({words}; best estimate "
                f"{number(estimate)}). This does not show that there is none."
            )
    else:
        up = estimate > 0
        said = (
            f"{'An increase' if up else 'A decrease'} is seen: the outcome is "
            f"{number(abs(estimate))} {'higher' if up else 'lower'} than expected without the "
            f"programme ({words} {number(low)} to {number(high)})."
        )
    if broken:
        said += (
            f" Do not read this as what the programme did: {' and '.join(broken)} "
            f"{'fails its test' if len(broken) == 1 else 'fail their tests'}."
        )
    return said


def light_of(p: float) -> Light:
    """Return the light of an assumption that data with a small p speak against."""
    return "red" if p < 0.01 else "amber" if p < 0.1 else "green"
