"""Panel -> weights of each outcome in an effect: every estimate here is a weighted sum.

A weight matrix is (units, periods); the effect is the sum of weight times outcome. As weights do
not depend on the outcome, they say before the data are in how exact an estimate will be.
"""

import numpy as np

from uptake.model.panel import Bools, Floats, Ints, Panel

ROUNDS = 500
CLOSE = 1e-10
LEAST = 1e-8


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


def mean_of(cells: list[tuple[Floats, int]]) -> Floats | None:
    """Average cells by their treated units; None if no cell has both sides."""
    total = sum(n for _, n in cells)
    if not total:
        return None
    return np.asarray(sum((w * (n / total) for w, n in cells if n), np.zeros(cells[0][0].shape)))


def group_time(panel: Panel) -> Floats | None:
    """Weights of the mean of all group-time effects, each by its treated units."""
    cells = [cell(panel, g, t) for g in panel.cohorts for t in range(g, panel.never)]
    return mean_of(cells)


def at(panel: Panel, time: int) -> Floats | None:
    """Weights of the effect ``time`` periods after the start (before it, if negative)."""
    cells = [cell(panel, g, g + time) for g in panel.cohorts if 0 <= g + time < panel.never]
    return mean_of(cells) if cells else None


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
    n, periods = panel.y.shape
    # Normal equations of unit and period effects on the untreated outcomes.
    normal = np.zeros((n + periods, n + periods))
    normal[range(n), range(n)] = free.sum(1)
    normal[range(n, n + periods), range(n, n + periods)] = free.sum(0)
    normal[:n, n:] = free
    normal[n:, :n] = free.T
    wanted = np.concatenate([use.sum(1), use.sum(0)]) / use.sum()
    found = np.linalg.pinv(normal, hermitian=True) @ wanted
    w = use / use.sum() - np.where(free, found[:n, None] + found[None, n:], 0.0)
    return np.asarray(w)


def interacted(panel: Panel, times: list[int] | None = None) -> Floats | None:
    """Weights of Sun and Abraham's (2021) interaction-weighted effect.

    One regression with an indicator for each cohort and time since the start but the last before
    it; their coefficients are averaged by treated units. Needs units that are never treated.

    Args:
        panel: The design.
        times: Times since the start to average over; None: all from the start on.
    """
    if not (panel.start == panel.never).any():
        return None
    keys = [
        (g, t)
        for g in panel.cohorts
        for t in range(panel.never)
        if t != g - 1 and bool(np.any(panel.seen[:, t] & (panel.start == g)))
    ]
    if not keys:
        return None
    columns = np.zeros((len(keys), *panel.y.shape))
    for i, (g, t) in enumerate(keys):
        columns[i, panel.start == g, t] = 1.0
    d = demeaned(columns, panel.seen).reshape(len(keys), -1)
    share = np.array(
        [
            float((panel.seen[:, t] & (panel.start == g)).sum())
            if (t - g >= 0 if times is None else t - g in times)
            else 0.0
            for g, t in keys
        ]
    )
    if not share.sum():
        return None
    combined = np.linalg.pinv(d @ d.T, hermitian=True) @ (share / share.sum())
    return np.asarray((combined @ d).reshape(panel.y.shape))
