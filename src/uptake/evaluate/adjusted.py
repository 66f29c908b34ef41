"""Group-time effects, with covariates where a programme names some."""

from dataclasses import replace

from uptake.evaluate import assumptions, trends
from uptake.evaluate.conditional import SURE, Cell, averaged, cell, combined
from uptake.evaluate.effects import LEVEL, Found, effect
from uptake.evaluate.inference import joint_p
from uptake.evaluate.verdict import light_of, number
from uptake.model.effect import Assumption, Effect, Light, Point
from uptake.model.errors import ConfigError
from uptake.model.panel import Panel

NEAR = 0.9


def callaway_santanna(panel: Panel) -> Effect:
    """Mean of group-time effects (Callaway and Sant'Anna 2021), each by its treated units.

    With covariates, trends need be parallel only among units alike in them (doubly robust).

    Raises:
        ConfigError: There is too little to compare, or too few units for the covariates.
    """
    if not panel.covariates:
        return trends.callaway_santanna(panel)
    trends.require_clusters(panel)
    if assumptions.alone(panel):
        raise ConfigError(
            "covariates: with one treated cluster there is nobody to learn from who is treated; "
            "leave them out, or use 'synthetic-control'"
        )
    after = _cells(panel, range(panel.never))
    if not after:
        raise ConfigError(
            "method: 'callaway-santanna' finds no treated outcome with a comparison in the same "
            "period; add comparison units, or periods before the start"
        )
    together = averaged(after)
    found = combined(panel, [together])
    half, p = float(found.half(LEVEL)[0]), float(found.p()[0])
    if not found.se[0] > 0:
        raise ConfigError(
            "panel: changes of the outcome do not differ between clusters, so no error can be "
            "computed; check its column"
        )
    by_time = _study(panel)
    p_trend = _pre_trend(panel, by_time)
    held = (
        assumptions.parallel(p_trend),
        _no_anticipation(panel, by_time),
        _overlap(after),
        assumptions.enough_clusters(panel),
        assumptions.complete(panel),
        assumptions.no_spillover(),
    )
    names = ", ".join(one.name for one in panel.covariates)
    return effect(
        "callaway-santanna",
        panel,
        Found(together.estimate, half, p, float(found.se[0])),
        held,
        pre_trend_p=p_trend,
        inference=(
            f"doubly robust given {names}; errors by leaving out each of {len(panel.clusters)} "
            f"clusters; critical value {half / float(found.se[0]):.2f}, as for clusters of these "
            "weights"
        ),
        points=_points(panel, by_time),
        steps=trends.means(panel),
    )


def _cells(panel: Panel, times: range) -> list[Cell]:
    """Return the cells so many periods after the start, of all cohorts."""
    found = (
        cell(panel, g, g + time)
        for g in panel.cohorts
        for time in times
        if 0 <= g + time < panel.never
    )
    return [one for one in found if one is not None]


def _study(panel: Panel) -> dict[int, Cell]:
    """Return the effect by time since the start, but the last period before it."""
    first, last = -max(panel.cohorts), panel.never - min(panel.cohorts)
    span = range(max(first, -trends.WINDOW), min(last, trends.WINDOW))
    cells = {time: _cells(panel, range(time, time + 1)) for time in span if time != -1}
    return {time: averaged(found) for time, found in cells.items() if found}


def _points(panel: Panel, by_time: dict[int, Cell]) -> tuple[Point, ...]:
    if not by_time:
        return ()
    found = combined(panel, list(by_time.values()))
    half = found.half(LEVEL)
    return tuple(
        Point(time, float(e), float(e - h), float(e + h))
        for time, e, h in zip(by_time, found.estimate, half, strict=True)
    )


def _pre_trend(panel: Panel, by_time: dict[int, Cell]) -> float | None:
    leads = [by_time[t] for t in range(-2, -2 - assumptions.LEADS, -1) if t in by_time]
    if not leads:
        return None
    return joint_p(combined(panel, leads))


def _no_anticipation(panel: Panel, by_time: dict[int, Cell]) -> Assumption:
    name, test = "No anticipation", "change into the last period before the start"
    leads = [found for time, found in by_time.items() if time < -1]
    if not leads:
        return Assumption(name, "amber", test, "Can not be tested with one period before.")
    # Each cell is relative to the last period before the start: their mean, turned, is the change.
    found = combined(panel, [averaged([replace(one, treated=1) for one in leads])])
    change, p = -float(found.estimate[0]), float(found.p()[0])
    said = assumptions.EARLY[light_of(p)]
    return Assumption(name, light_of(p), test, f"{said} ({number(change)}, p = {p:.3f}).")


def _overlap(cells: list[Cell]) -> Assumption:
    """There must be comparison units like the treated."""
    highest = max(one.propensity for one in cells)
    light: Light = "green" if highest < NEAR else "amber" if highest < SURE else "red"
    return Assumption(
        "Alike in covariates",
        light,
        f"highest propensity of a comparison unit; from {NEAR} on a few stand for many",
        f"{highest:.2f}; weighted, they are worth {min(one.worth for one in cells):.0f} comparison "
        "units of equal weight.",
    )
