"""Panel -> weights of each outcome in an effect: every estimate here is a weighted sum.

A weight matrix is (units, periods); the effect is the sum of weight times outcome. As weights do
not depend on the outcome, they say before the data are in how exact an estimate will be.
"""

from collections.abc import Callable

import numpy as np
from scipy.sparse import csgraph

from uptake.model.panel import Bools, Floats, Ints, Panel

ROUNDS = 500
CLOSE = 1e-10
LEAST = 1e-8
SINGULAR = 1e-10
"""Share of the largest eigenvalue under which a level that all periods share counts as none."""


def demeaned(columns: Floats, seen: Bools, groups: Ints | None = None) -> Floats:
    """Take unit means and period means (of each group, if given) out of columns.

    Args:
        columns: (..., units, periods); what stands where ``seen`` is false is ignored.
        seen: (units, periods).
        groups: (units,), index of each unit's group.

    Returns:
        Residuals, zero where nothing is seen; by alternating projections, exact at once where the
        panel is complete.
    """
    x = np.where(seen, columns, 0.0)
    by_unit = np.maximum(seen.sum(1), 1)[:, None]
    groups = np.zeros(len(seen), dtype=np.int64) if groups is None else groups
    member = (groups[None, :] == np.unique(groups)[:, None]).astype(np.float64)
    by_period = np.maximum(member @ seen, 1)
    whole = bool(np.all(seen))
    for _ in range(ROUNDS):
        x = x - np.where(seen, x.sum(-1, keepdims=True) / by_unit, 0.0)
        shift = (member @ x) / by_period
        x = x - np.where(seen, member.T @ shift, 0.0)
        if whole or np.abs(shift).max(initial=0.0) < CLOSE:
            break
    return x


def two_way(panel: Panel) -> Floats | None:
    """Weights of the coefficient of treatment beside fixed effects of units and periods.

    None where those effects explain treatment wholly, so that nothing is left to compare.
    """
    d = demeaned(panel.under.astype(np.float64), panel.seen)
    left = float((d * d).sum())
    return d / left if left > LEAST else None


def sides(panel: Panel, cohort: int, period: int) -> tuple[Bools, Bools]:
    """Return which units are a cohort and which it is held against, seen in both periods.

    These are the never treated; where nobody is, those not yet treated.
    """
    both = panel.seen[:, period] & panel.seen[:, cohort - 1]
    control = panel.start == panel.never
    if not control.any():
        control = panel.start > max(period, cohort)
    return (panel.start == cohort) & both, control & both


def cell(panel: Panel, cohort: int, period: int) -> tuple[Floats, int]:
    """Weights of a cohort's effect in a period (Callaway and Sant'Anna 2021), and its units.

    The change since the last period before treatment, against the same change of the never
    treated; where nobody is never treated, of those not yet treated.
    """
    w = np.zeros(panel.y.shape)
    last = cohort - 1
    treated, control = sides(panel, cohort, period)
    n, m = int(treated.sum()), int(control.sum())
    if n and m:
        share = np.where(treated, 1 / n, 0.0) - np.where(control, 1 / m, 0.0)
        w[:, period] += share
        w[:, last] -= share
    return w, n if m else 0


def averaged(panel: Panel, times: Floats) -> Floats | None:
    """Weights of the mean of cells by their treated units; None if none has both sides.

    Args:
        panel: The design.
        times: Weight of each time since the start, beside the number of treated units, from
            ``1 - periods`` to ``periods - 1``.
    """
    w, total = np.zeros(panel.y.shape), 0.0
    never = (panel.start == panel.never)[:, None]
    periods = np.arange(panel.never)
    for g in panel.cohorts:
        both = panel.seen & panel.seen[:, g - 1 : g]
        later = panel.start[:, None] > np.maximum(periods, g)
        treated, control = (panel.start == g)[:, None] & both, both
        control = control & (never if never.any() else later)
        n, m = treated.sum(0), control.sum(0)
        size = np.where((m > 0), n, 0) * times[periods - g + panel.never - 1]
        share = treated * (size / np.maximum(n, 1)) - control * (size / np.maximum(m, 1))
        w += share
        w[:, g - 1] -= share.sum(1)
        total += float(size.sum())
    return w / total if total else None


def group_time(panel: Panel) -> Floats | None:
    """Weights of the mean of all group-time effects, each by its treated units."""
    return averaged(panel, (np.arange(1 - panel.never, panel.never) >= 0).astype(np.float64))


def at(panel: Panel, time: int) -> Floats | None:
    """Weights of the effect ``time`` periods after the start (before it, if negative)."""
    return averaged(panel, (np.arange(1 - panel.never, panel.never) == time).astype(np.float64))


def anticipation(panel: Panel) -> Floats | None:
    """Weights of the change into the last period before treatment, from the mean before it."""
    rows = [w for w in (at(panel, time) for time in range(-panel.never, -1)) if w is not None]
    return -np.mean(rows, axis=0) if rows else None


def imputed(panel: Panel) -> Floats | None:
    """Weights of the two-stage (imputation) estimate: Gardner 2022; Borusyak et al. 2024.

    Fixed effects are learned from what is untreated only; the effect is the mean of what treated
    outcomes lie above them. A treated outcome whose unit or period has no untreated one is left
    out.
    """
    free = panel.seen & ~panel.under
    use = panel.seen & panel.under & np.outer(free.any(1), free.any(0))
    if not use.any():
        return None
    total = float(use.sum())
    by_unit = np.maximum(free.sum(1), 1)
    # Normal equations of period effects, after those of units are solved for.
    period = np.linalg.pinv(_periods(free), rcond=SINGULAR, hermitian=True) @ (
        (use.sum(0) - free.T @ (use.sum(1) / by_unit)) / total
    )
    unit = (use.sum(1) / total - free @ period) / by_unit
    return np.asarray(use / total - np.where(free, unit[:, None] + period, 0.0))


def _periods(seen: Bools) -> Floats:
    """Normal equations of period effects beside unit effects, (periods, periods)."""
    by_unit = np.maximum(seen.sum(1), 1)[:, None]
    return np.asarray(np.diag(seen.sum(0)) - seen.T @ (seen / by_unit))


def interacted(panel: Panel, times: list[int] | None = None) -> Floats | None:
    """Weights of Sun and Abraham's (2021) interaction-weighted effect.

    One regression with an indicator for each cohort and time since the start but the last before
    it; their coefficients are averaged by treated units. Needs units that are never treated. As
    such a regression leaves each cohort period effects of its own, they are fitted cohort by
    cohort, and those of the never treated are taken from them.

    Args:
        panel: The design.
        times: Times since the start to average over; None: all from the start on.
    """
    never = panel.start == panel.never
    if not never.any():
        return None
    w, total = np.zeros(panel.y.shape), 0.0
    against = np.zeros(panel.never)
    reached = _reached(panel.seen[never])
    for g in panel.cohorts:
        rows = panel.start == g
        since = np.arange(panel.never) - g
        wanted = since >= 0 if times is None else np.isin(since, times)
        known = reached(g - 1) & _reached(panel.seen[rows])(g - 1)
        size = panel.seen[rows].sum(0) * (wanted & known & (since != -1))
        contrast = size.astype(np.float64)
        contrast[g - 1] -= size.sum()
        w[rows] = _contrasted(panel.seen[rows], contrast)
        against += contrast
        total += float(size.sum())
    w[never] = -_contrasted(panel.seen[never], against)
    return w / total if total else None


def _reached(seen: Bools) -> Callable[[int], Bools]:
    """Return which periods can be compared with one, by units seen in both or in a chain."""
    by_period = seen.T.astype(np.int64) @ seen
    label = csgraph.connected_components(by_period, directed=False)[1]
    there = np.asarray(seen.any(0), dtype=np.bool_).reshape(-1)

    def reached(base: int) -> Bools:
        return np.asarray((label == label[base]) & there & there[base], dtype=np.bool_)

    return reached


def _contrasted(seen: Bools, contrast: Floats) -> Floats:
    """Weights of a contrast of period effects beside unit effects, (units, periods)."""
    period = np.linalg.pinv(_periods(seen), rcond=SINGULAR, hermitian=True) @ contrast
    unit = (seen @ period) / np.maximum(seen.sum(1), 1)
    return np.where(seen, period - unit[:, None], 0.0)
