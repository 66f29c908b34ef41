"""Methods that compare changes: difference in differences and its staggered successors."""

from collections.abc import Callable

import numpy as np

from uptake.evaluate import assumptions, weights
from uptake.evaluate.effects import LEVEL, Found, effect, steps
from uptake.evaluate.inference import Weigh, clustered_se, linear, placebos, ranked
from uptake.model.effect import Assumption, Effect, Point, Step
from uptake.model.errors import ConfigError
from uptake.model.panel import Floats, Panel

FEWEST_PLACEBOS = 19
WINDOW = 12
STAGGERED = ("callaway-santanna", "sun-abraham", "did2s")


def difference_in_differences(panel: Panel) -> Effect:
    """Two-way fixed effects; refuses staggered starts, under which it is not a mean of effects.

    Raises:
        ConfigError: Treatment starts at several times, or there is too little to compare.
    """
    require_simultaneous(panel)
    return _effect("did", panel, weights.two_way)


def require_simultaneous(panel: Panel) -> None:
    """Refuse two-way fixed effects where treatment starts at several times.

    Raises:
        ConfigError: It does.
    """
    if panel.staggered:
        names = ", ".join(panel.periods[g] for g in panel.cohorts)
        raise ConfigError(
            f"method: 'did' is invalid as treatment starts at several times ({names}): units "
            "treated early would serve as comparison, and effects can come out with the wrong "
            f"sign; use one of: {', '.join(STAGGERED)}"
        )


def require_never_treated(panel: Panel) -> None:
    """Refuse Sun and Abraham's method where everybody is treated at some time.

    Raises:
        ConfigError: Everybody is.
    """
    if panel.treated.all():
        raise ConfigError(
            "method: 'sun-abraham' needs units that are never treated; "
            "use 'callaway-santanna' or 'did2s'"
        )


def callaway_santanna(panel: Panel) -> Effect:
    """Mean of group-time effects (Callaway and Sant'Anna 2021), each by its treated units."""
    return _effect("callaway-santanna", panel, weights.group_time)


def sun_abraham(panel: Panel) -> Effect:
    """Interaction-weighted event study (Sun and Abraham 2021)."""
    require_never_treated(panel)
    return _effect(
        "sun-abraham",
        panel,
        weights.interacted,
        lambda p, time: weights.interacted(p, [time]) if time != -1 else None,
    )


def did2s(panel: Panel) -> Effect:
    """Two-stage difference in differences (Gardner 2022)."""
    return _effect("did2s", panel, weights.imputed)


def _effect(
    method: str,
    panel: Panel,
    weigh: Weigh,
    at: Callable[[Panel, int], Floats | None] = weights.at,
) -> Effect:
    w = weigh(panel)
    if w is None:
        raise ConfigError(
            f"method: {method!r} finds no treated outcome with a comparison in the same period; "
            "add comparison units, or periods before the start"
        )
    require_clusters(panel)
    estimate = float((w * panel.filled).sum())
    p_trend = assumptions.pre_trend_p(panel)
    notes: list[str] = []
    if assumptions.alone(panel):
        drawn = placebos(panel, weigh)
        half, p = ranked(estimate, drawn, LEVEL)
        se = clustered_se(panel, w) if method == "did" else None
        home = panel.clusters[panel.cluster[panel.treated][0]]
        inference = (
            f"ranks of the same estimate for each of {len(drawn)} comparison clusters, as "
            f"{home!r} is the one treated cluster and cluster-robust errors are not valid then"
        )
        notes.append(
            f"{home!r} is the only treated cluster: whatever else happened there in the same "
            "periods can not be told from the programme; add treated clusters, or compare with "
            "'synthetic-control'"
        )
    else:
        found = linear(panel, [w])
        half, p, se = float(found.half(LEVEL)[0]), float(found.p()[0]), float(found.se[0])
        if not se > 0:
            raise ConfigError(
                "panel: changes of the outcome do not differ between clusters, so no error can be "
                "computed; check its column"
            )
        inference = (
            f"by leaving out each of {len(panel.clusters)} clusters (cluster-robust jackknife "
            f"within cohorts); critical value {half / se:.2f}, as for clusters of these sizes"
        )
    held: tuple[Assumption, ...] = (
        assumptions.parallel(p_trend),
        assumptions.no_anticipation(panel),
        assumptions.enough_clusters(panel),
        assumptions.complete(panel),
        assumptions.no_spillover(),
    )
    return effect(
        method,
        panel,
        Found(estimate, half, p, se),
        held,
        pre_trend_p=p_trend,
        inference=inference,
        points=points(panel, at),
        steps=means(panel),
        notes=tuple(notes),
    )


def require_clusters(panel: Panel) -> None:
    """Refuse what no error can be computed of.

    Raises:
        ConfigError: There is one comparison cluster, or one treated cluster and too few to
            compare it with.
    """
    others = np.unique(panel.cluster[~panel.treated])
    if len(others) == 1:
        raise ConfigError(
            f"comparison: {panel.clusters[others[0]]!r} is the only comparison cluster, so what "
            "happened there alone can not be told from the programme; add comparison clusters"
        )
    if assumptions.alone(panel) and len(others) < FEWEST_PLACEBOS:
        home = panel.clusters[panel.cluster[panel.treated][0]]
        raise ConfigError(
            f"treated: {home!r} is the only treated cluster and there are {len(others)} comparison "
            f"clusters; a {100 * LEVEL:g}% interval needs two treated ones, or "
            f"{FEWEST_PLACEBOS} to compare with"
        )


def points(
    panel: Panel, at: Callable[[Panel, int], Floats | None] = weights.at
) -> tuple[Point, ...]:
    """Return the event study: effects by time since the start, with pointwise intervals."""
    if assumptions.alone(panel):
        return ()
    span = range(-min(max(panel.cohorts), WINDOW), min(panel.never - min(panel.cohorts), WINDOW))
    known = [(time, w) for time in span if time != -1 and (w := at(panel, time)) is not None]
    if not known:
        return ()
    found = linear(panel, [w for _, w in known])
    half = found.half(LEVEL)
    return tuple(
        Point(time, float(e), float(e - h), float(e + h))
        for (time, _), e, h in zip(known, found.estimate, half, strict=True)
        if np.isfinite(h)
    )


def means(panel: Panel) -> tuple[Step, ...]:
    """Return treated outcomes and the comparison's, moved to the treated level before the start."""
    if not (~panel.treated).any():
        return ()
    with np.errstate(invalid="ignore"):
        treated, other = _mean(panel.y[panel.treated]), _mean(panel.y[~panel.treated])
    first = min(panel.cohorts)
    gap = (treated - other)[:first]
    shift = float(np.mean(gap[np.isfinite(gap)])) if np.isfinite(gap).any() else 0.0
    return steps(panel, treated, other + shift, first)


def _mean(rows: Floats) -> Floats:
    seen = np.isfinite(rows)
    return np.where(
        seen.any(0), np.where(seen, rows, 0.0).sum(0) / np.maximum(seen.sum(0), 1), np.nan
    )
