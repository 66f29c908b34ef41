"""Outcomes from a release -> an effect whose interval carries its noise and withheld cells.

Noise that varies from cluster to cluster is in the spread between clusters already. It is not where
clusters are so few that their spread comes out too small by chance, and where one treated cluster
is noisier than those whose placebos bound it. Methods that weigh outcomes leave withheld cells out,
and what that costs is in the spread of what is left. For methods that need whole series they are
filled with what is expected, in the treated and the placebos alike; periods in which the treated
are withheld are left out.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from scipy import stats

from uptake.evaluate import assumptions
from uptake.evaluate.effects import LEVEL
from uptake.evaluate.planning import weights_of
from uptake.evaluate.verdict import verdict
from uptake.model.effect import Effect, Point
from uptake.model.errors import ConfigError
from uptake.model.panel import Bools, Floats, Ints, Panel

WHOLE = ("synthetic-control", "interrupted-time-series")
"""Methods that need whole series."""

HALF = 0.5
ROUNDS, CLOSE = 200, 1e-9
Z = float(stats.norm.ppf((1 + LEVEL) / 2))


def carry(name: str, run: Callable[[Panel], Effect], panel: Panel) -> Effect:
    """Estimate an effect; withheld outcomes are expected, and noise widens where it is not seen.

    Args:
        name: Of the method.
        run: The method.
        panel: With ``noise`` and ``withheld``, or without: then this is the method alone.
    """
    hidden = int(panel.hidden.sum())
    if hidden and name in WHOLE:
        used = whole(panel, alone=name == "synthetic-control")
        found = _as_seen(run(used), panel, used)
        panel = used
    else:
        found = run(panel)
    if hidden and name not in WHOLE:
        said = (
            f"the release withholds {hidden} of {panel.y.size} outcomes; they are left out, which "
            f"makes the interval wider; it does not cover withheld cells that are unlike the others"
        )
        found = replace(found, notes=(*found.notes, said))
    return found if panel.noise is None else _noisy(found, panel)


def whole(panel: Panel, *, alone: bool) -> Panel:
    """Return a panel whose withheld outcomes are what units and periods have in common.

    Periods in which the treated are withheld, or most of them, are left out: what is expected of
    them is no evidence of what the programme did.

    Args:
        panel: With withheld outcomes.
        alone: Whether outcomes can not be missing, so that such a period goes altogether.

    Raises:
        ConfigError: No period before or after the start is left.
    """
    y = np.where(panel.hidden, predicted(panel.y, panel.seen, panel.start), panel.y)
    lost = panel.hidden[panel.treated].mean(axis=0) > HALF
    if not alone:
        y[np.ix_(panel.treated, lost)] = np.nan
        return replace(panel, y=y)
    keep = np.flatnonzero(~lost)
    start = np.searchsorted(keep, panel.start)
    first = int(start[panel.treated].min())
    if not 0 < first < len(keep):
        raise ConfigError(
            "panel: the release withholds every outcome of the treated "
            f"{'from' if first else 'before'} the start; use a coarser share or longer periods"
        )

    def span(given: tuple[int, int] | None) -> tuple[int, int] | None:
        if given is None:
            return None
        low, high = np.searchsorted(keep, [given[0], given[1] + 1])
        return int(low), max(int(high) - 1, int(low))

    return replace(
        panel,
        periods=tuple(panel.periods[i] for i in keep),
        y=y[:, keep],
        start=start,
        noise=None if panel.noise is None else panel.noise[:, keep],
        withheld=None if panel.withheld is None else panel.withheld[:, keep],
        fit=span(panel.fit),
        training=span(panel.training),
    )


def _as_seen(found: Effect, panel: Panel, used: Panel) -> Effect:
    """Say of an effect what was withheld, which the method has not seen."""
    held = tuple(
        assumptions.complete(panel) if one.name == assumptions.COMPLETE else one
        for one in found.assumptions
    )
    lost = int((panel.hidden[panel.treated].mean(axis=0) > HALF).sum())
    periods = f"; {lost} periods in which the treated are withheld are left out" if lost else ""
    note = (
        f"the release withholds {int(panel.hidden.sum())} of {panel.y.size} outcomes; those of "
        "other units and periods are taken as what both have in common, for the treated and each "
        f"comparison alike, so that what this costs is in the interval{periods}; it does not cover "
        "withheld cells that are unlike the others"
    )
    return replace(found, assumptions=held, notes=(*found.notes, note))


def predicted(y: Floats, seen: Bools, groups: Ints) -> Floats:
    """Return unit effects plus period effects of each group, as far as outcomes tell them.

    A period of which a group shows nothing takes that of all units.
    """
    zero = np.where(seen, y, 0.0)
    member = (groups[None, :] == np.unique(groups)[:, None]).astype(np.float64)
    of = member.argmax(axis=0)
    unit, period = np.zeros(len(y)), np.zeros((len(member), y.shape[1]))
    by_unit, by_period = seen.sum(1), member @ seen
    total = np.maximum(seen.sum(0), 1)
    for _ in range(ROUNDS):
        before = unit
        unit = (zero - np.where(seen, period[of], 0.0)).sum(1) / np.maximum(by_unit, 1)
        unit = np.where(by_unit > 0, unit, unit[by_unit > 0].mean())
        left = zero - np.where(seen, unit[:, None], 0.0)
        pooled = left.sum(0) / total
        period = np.where(by_period > 0, (member @ left) / np.maximum(by_period, 1), pooled)
        if np.abs(unit - before).max() < CLOSE:
            break
    return np.asarray(unit[:, None] + period[of])


def _noisy(found: Effect, panel: Panel) -> Effect:
    assert panel.noise is not None  # noqa: S101 - the caller looked
    noise = np.where(np.isfinite(panel.noise), panel.noise, 0.0) ** 2
    w = _weights(found, panel)
    own = float((w**2 * noise).sum())
    half = (found.high - found.low) / 2
    least = Z * np.sqrt(own)
    if assumptions.alone(panel):
        side = panel.treated[:, None] & (noise > 0)
        others = noise[~panel.treated]
        usual = float(np.median(others)) if others.size else 0.0
        more = float((w**2 * np.where(side, noise - usual, 0.0)).sum())
        wide = np.sqrt(half**2 + Z**2 * max(more, 0.0))
    else:
        wide = half
    wide = float(max(wide, least))
    said = f"the known noise of the release alone gives a standard error of {np.sqrt(own):.3g}"
    if wide <= half * (1 + 1e-9):
        return replace(
            found, inference=f"{found.inference}; {said}, which the spread holds already"
        )
    ratio = wide / half
    points = tuple(
        Point(
            one.time, one.estimate, *(one.estimate + ratio * (end - one.estimate) for end in ends)
        )
        for one in found.points
        for ends in [(one.low, one.high)]
    )
    se = None if found.se is None else found.se * ratio
    found = replace(found, se=se, points=points, inference=f"{found.inference}; widened, as {said}")
    return _with(found, wide)


def _weights(found: Effect, panel: Panel) -> Floats:
    """Return the weight of each outcome in an effect, (units, periods)."""
    if found.method != "synthetic-control":
        return weights_of(found.method, panel)
    after = panel.under[panel.treated][0]
    share = dict(found.weights)
    own = np.array([share.get(unit, 0.0) for unit in panel.units])
    side = np.where(panel.treated, 1.0, -own)
    return np.outer(side, after / after.sum())


def _with(found: Effect, half: float) -> Effect:
    """Give an effect an interval of another width, and a p and a verdict that go with it."""
    low, high = found.estimate - half, found.estimate + half
    p = float(2 * stats.norm.sf(Z * abs(found.estimate) / half)) if half > 0 else found.p
    said = verdict(found.estimate, low, high, found.level, found.assumptions)
    return replace(found, low=low, high=high, p=p, verdict=said)
