"""Panel -> what must hold for an estimate to be an effect, each with its test and a light."""

from functools import partial

import numpy as np

from uptake.evaluate import weights
from uptake.evaluate.inference import Linear, Weigh, joint_p, linear, placebos, ranked
from uptake.evaluate.verdict import light_of, number
from uptake.model.effect import Assumption, Light
from uptake.model.panel import Floats, Panel

LEADS = 4
FEW, ENOUGH = 5, 10
MISSING = 0.05
COMPLETE = "Nothing missing"
EARLY: dict[Light, str] = {
    "green": "No early change is seen",
    "amber": "The outcome may have moved before the start",
    "red": "The outcome moved before the start",
}


def leads(panel: Panel) -> Linear | None:
    """Differences in the periods before the last one before treatment, at most four of them."""
    rows = [weights.at(panel, time) for time in range(-2, -2 - LEADS, -1)]
    known = [w for w in rows if w is not None]
    return linear(panel, known) if known else None


def pre_trend_p(panel: Panel) -> float | None:
    """P that treated and comparison units moved alike before the start.

    With one treated cluster it is the rank of its leads' sum of squares among those of placebos.
    """
    if alone(panel):
        times = [t for t in range(-2, -2 - LEADS, -1) if weights.at(panel, t) is not None]
        if not times:
            return None
        own, drawn = zip(
            *(_placebo(panel, partial(weights.at, time=t)) for t in times), strict=True
        )
        size = np.sum(np.square(np.stack(drawn)), axis=0)
        size = size[np.isfinite(size)]
        return float((1 + (size >= np.sum(np.square(own))).sum()) / (1 + len(size)))
    found = leads(panel)
    return None if found is None else joint_p(found)


def alone(panel: Panel) -> bool:
    """Whether only one cluster is treated, whose own spread can not be seen then."""
    return len(np.unique(panel.cluster[panel.treated])) == 1


def _placebo(panel: Panel, weigh: Weigh) -> tuple[float, Floats]:
    w = weigh(panel)
    return (0.0 if w is None else float((w * panel.filled).sum())), placebos(panel, weigh)


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
    if alone(panel):
        own, drawn = _placebo(panel, weights.anticipation)
        p = ranked(own, drawn, 0.95)[1]
    else:
        p = float(found.p()[0])
    said = EARLY[light_of(p)]
    return Assumption(
        name, light_of(p), test, f"{said} ({number(float(found.estimate[0]))}, p = {p:.3f})."
    )


def enough_clusters(panel: Panel) -> Assumption:
    """Intervals need several clusters on both sides."""
    treated = len(np.unique(panel.cluster[panel.treated]))
    other = len(np.unique(panel.cluster[~panel.treated]))
    few = min(treated, other) if other else treated
    light: Light = "green" if few >= ENOUGH else "amber" if few > 1 else "red"
    if alone(panel) and other > 1:
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
    under = ~panel.seen[panel.treated]
    other = ~panel.seen[~panel.treated]
    apart = abs(float(under.mean()) - float(other.mean())) if other.size else 0.0
    light: Light = "green" if lost == 0 else "amber" if max(lost, apart) <= MISSING else "red"
    return Assumption(
        COMPLETE,
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
