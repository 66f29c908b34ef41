"""Outcomes from a release -> an effect whose interval carries its noise and withheld cells.

Noise that varies from cluster to cluster is in the spread between clusters already. It is not where
clusters are so few that their spread comes out too small by chance, and where one treated cluster
is noisier than those whose placebos bound it. Methods that weigh outcomes leave withheld cells out,
and what that costs is in the spread of what is left. Methods that need whole series have them drawn
many times, and what the draws differ by is added (Rubin 1987).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from scipy import stats

from uptake.evaluate import assumptions
from uptake.evaluate.effects import LEVEL
from uptake.evaluate.planning import weights_of
from uptake.evaluate.verdict import verdict
from uptake.model.effect import Effect, Point
from uptake.model.panel import Bools, Floats, Ints, Panel

WHOLE = ("synthetic-control", "interrupted-time-series")
"""Methods that need whole series."""

DRAWS = 20
SEED = 1987
ROUNDS, CLOSE = 200, 1e-9
Z = float(stats.norm.ppf((1 + LEVEL) / 2))


def carry(name: str, run: Callable[[Panel], Effect], panel: Panel) -> Effect:
    """Estimate an effect; withheld outcomes are drawn, and noise widens where it is not seen.

    Args:
        name: Of the method.
        run: The method.
        panel: With ``noise`` and ``withheld``, or without: then this is the method alone.
    """
    hidden = int(panel.hidden.sum())
    found = _drawn(run, panel) if hidden and name in WHOLE else run(panel)
    if hidden and name not in WHOLE:
        said = (
            f"the release withholds {hidden} of {panel.y.size} outcomes; they are left out, which "
            f"makes the interval wider; it does not cover withheld cells that are unlike the others"
        )
        found = replace(found, notes=(*found.notes, said))
    return found if panel.noise is None else _noisy(found, panel)


def _drawn(run: Callable[[Panel], Effect], panel: Panel) -> Effect:
    rng = np.random.default_rng(SEED)
    tries = [run(replace(panel, y=y)) for y in filled(panel, rng)]
    estimates = np.array([one.estimate for one in tries])
    halves = np.array([(one.high - one.low) / 2 for one in tries])
    half = float(_together(estimates, halves))
    first, estimate = tries[0], float(estimates.mean())
    hidden, whole = int(panel.hidden.sum()), panel.y.size
    held = tuple(
        assumptions.complete(panel) if one.name == assumptions.COMPLETE else one
        for one in first.assumptions
    )
    note = (
        f"the release withholds {hidden} of {whole} outcomes; they were drawn {DRAWS} times by "
        "what units and periods have in common, and what the draws differ by is part of the "
        "interval; it does not cover withheld cells that are unlike the others"
    )
    se = None if first.se is None else float(half / halves.mean() * first.se)
    found = replace(first, estimate=estimate, se=se, assumptions=held, notes=(*first.notes, note))
    found = replace(found, points=_points([one.points for one in tries]))
    return _with(found, half)


def _together(estimates: Floats, halves: Floats) -> Floats:
    """Return half the width of intervals over draws: within, and between them (Rubin's rules)."""
    between = (1 + 1 / len(estimates)) * Z**2 * estimates.var(axis=0, ddof=1)
    return np.asarray(np.sqrt((halves**2).mean(axis=0) + between))


def _points(drawn: Sequence[tuple[Point, ...]]) -> tuple[Point, ...]:
    if not drawn[0]:
        return ()
    estimates = np.array([[one.estimate for one in points] for points in drawn])
    halves = np.array([[(one.high - one.low) / 2 for one in points] for points in drawn])
    middle, half = estimates.mean(axis=0), _together(estimates, halves)
    return tuple(
        Point(one.time, float(e), float(e - h), float(e + h))
        for one, e, h in zip(drawn[0], middle, half, strict=True)
    )


def filled(panel: Panel, rng: np.random.Generator) -> list[Floats]:
    """Draw withheld outcomes: unit and period of the cohort, and a residual; (units, periods) each.

    They are kept within what is published, so that a share stays one.
    """
    expected = predicted(panel.y, panel.seen, panel.start)
    rest = (panel.y - expected)[panel.seen]
    used = len(panel.units) + len(panel.cohorts) * panel.never
    spread = float(np.sqrt((rest**2).sum() / max(len(rest) - used, len(rest) / 2)))
    low, high = float(panel.y[panel.seen].min()), float(panel.y[panel.seen].max())
    # Unit and period effects are not known exactly: each draw has others.
    same = panel.start[:, None] == panel.start[None, :]
    by_unit = np.maximum(panel.seen.sum(1, keepdims=True), 1)
    by_period = np.maximum(same.astype(np.float64) @ panel.seen, 1)
    cohort = np.unique(panel.start, return_inverse=True)[1].reshape(-1)
    drawn = []
    for _ in range(DRAWS):
        units = rng.standard_normal((len(panel.units), 1)) / np.sqrt(by_unit)
        periods = rng.standard_normal((int(cohort.max()) + 1, panel.never))[cohort]
        own = rng.standard_normal(panel.y.shape) + units + periods / np.sqrt(by_period)
        values = np.clip(expected + spread * own, low, high)
        drawn.append(np.where(panel.hidden, values, panel.y))
    return drawn


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
