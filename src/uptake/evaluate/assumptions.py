"""Panel -> what must hold for an estimate to be an effect, each with its test and a light."""

import numpy as np

from uptake.evaluate import weights
from uptake.evaluate.inference import Linear, joint_p, linear
from uptake.evaluate.verdict import light_of, number
from uptake.model.effect import Assumption, Light
from uptake.model.panel import Panel

LEADS = 4
FEW, ENOUGH = 5, 10
MISSING = 0.05


def leads(panel: Panel) -> Linear | None:
    """Differences in the periods before the last one before treatment, at most four of them."""
    rows = [weights.at(panel, time) for time in range(-2, -2 - LEADS, -1)]
    known = [w for w in rows if w is not None]
    return linear(panel, known) if known else None


def pre_trend_p(panel: Panel) -> float | None:
    """P that treated and comparison units moved alike before the start."""
    found = leads(panel)
    return None if found is None else joint_p(found)


def parallel(p: float | None) -> Assumption:
    """Equal trends before the start speak for equal trends after it, and do not prove them."""
    name = "Parallel trends"
    test = f"joint test of differences in up to {LEADS} periods before the start"
    if p is None:
        return Assumption(
            name, "amber", test, "Can not be tested: too few periods or clusters before the start."
        )
    light = light_of(p)
    said = {
        "green": "Before the start no difference in trends is seen",
        "amber": "Before the start trends differ somewhat",
        "red": "Trends differed before the start already",
    }[light]
    return Assumption(name, light, test, f"{said} (p = {p:.3f}).")


def no_anticipation(panel: Panel) -> Assumption:
    """Nobody changed in expectation of the programme."""
    name, test = "No anticipation", "change into the last period before the start"
    w = weights.anticipation(panel)
    if w is None:
        return Assumption(name, "amber", test, "Can not be tested with one period before.")
    found = linear(panel, [w])
    p = float(found.p()[0])
    if not found.se[0] > 0:
        return Assumption(name, "amber", test, "Can not be tested with one treated cluster.")
    said = "No early change is seen" if p >= 0.1 else "The outcome moved before the start"
    return Assumption(
        name, light_of(p), test, f"{said} ({number(float(found.estimate[0]))}, p = {p:.3f})."
    )


def enough_clusters(panel: Panel) -> Assumption:
    """Intervals need several clusters on both sides."""
    treated = len(np.unique(panel.cluster[panel.treated]))
    other = len(np.unique(panel.cluster[~panel.treated]))
    few = min(treated, other) if other else treated
    light: Light = "green" if few >= ENOUGH else "amber" if few > 1 else "red"
    if treated == 1 and other > 1:
        light = "amber"  # The interval is then from placebos, which need no second one.
    return Assumption(
        "Enough clusters",
        light,
        f"count of clusters; {ENOUGH} on each side are comfortable, under {FEW} are few",
        f"{treated} treated and {other} comparison clusters.",
    )


def complete(panel: Panel) -> Assumption:
    """Missing outcomes must not depend on the programme."""
    lost = 1 - float(panel.seen.mean())
    under = ~panel.seen[panel.treated][:, :]
    other = ~panel.seen[~panel.treated]
    apart = abs(float(under.mean()) - float(other.mean())) if other.size else 0.0
    light: Light = "green" if lost == 0 else "amber" if max(lost, apart) <= MISSING else "red"
    return Assumption(
        "Nothing missing",
        light,
        "share of unit-periods without an outcome, and how it differs between the sides",
        f"{100 * lost:.1f}% are missing; the sides differ by {100 * apart:.1f} points.",
    )


def no_spillover() -> Assumption:
    """Comparison units must not be touched by the programme."""
    return Assumption(
        "No spillover",
        "amber",
        "none: the outcome can not tell",
        "Say why the programme did not reach the comparison units.",
    )
