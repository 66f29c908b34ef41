"""An effect or a plan -> one page with its plots inside, the plots as SVG, and JSON.

``effect.json`` (schema ``uptake.effect/1``) and ``plan.json`` (``uptake.plan/1``) hold the fields
of ``model.effect``; an end of an interval that is unbounded is null.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from uptake.engine import store
from uptake.model.effect import Effect, Plan
from uptake.model.errors import MissingExtraError
from uptake.publish.charts import effects
from uptake.publish.rendering import fill

LIGHTS = {
    "green": ("nothing speaks against it", "#2e8540"),
    "amber": ("open", "#b7791f"),
    "red": ("the data speak against it", "#c0392b"),
}
"""Of each light: what it says, and its colour; nothing is told by colour alone."""
METHODS = {
    "did": "Difference in differences (two-way fixed effects)",
    "callaway-santanna": "Group-time effects (Callaway and Sant'Anna)",
    "synthetic-control": "Synthetic control",
    "interrupted-time-series": "Interrupted time series",
    "randomised": "Randomised assignment",
    "sun-abraham": "Event study (Sun and Abraham)",
    "did2s": "Two-stage difference in differences",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page says of a programme besides its figures.

    Attributes:
        name: Of the programme.
        outcome: What was measured.
        notice: Printed first; empty for none.
        digest: SHA-256 of the registration.
        changed: Whether the programme differs from the registration.
        version: Of uptake.
    """

    name: str
    outcome: str
    notice: str
    digest: str
    changed: bool
    version: str


def write_effect(found: Effect, shown: Shown, out: Path) -> tuple[str, ...]:
    """Write ``effect.json``, ``index.html`` and the plots; no plots without the extra ``site``.

    Returns:
        What somebody should know of it, a sentence each.
    """
    said: tuple[str, ...] = ()
    plots: list[tuple[str, str]] = []
    try:
        plots = _plots(found, out)
    except MissingExtraError as error:
        said = (f"the page has no plots: {error}",)
    body = {
        "schema": "uptake.effect/1",
        "name": shown.name,
        "outcome": shown.outcome,
        "preregistration_sha256": shown.digest,
        "as_registered": not shown.changed,
        **_finite(msgspec.to_builtins(found)),
    }
    store.write_bytes(out / "effect.json", _json(body))
    page = fill(
        "programme.html",
        shown=shown,
        found=found,
        plan=None,
        plots=plots,
        lights=LIGHTS,
        method=METHODS.get(found.method, found.method),
    )
    store.write_bytes(out / "index.html", page.encode())
    return said


def write_plan(found: Plan, shown: Shown, out: Path) -> None:
    """Write ``plan.json`` and ``index.html``."""
    body = {
        "schema": "uptake.plan/1",
        "name": shown.name,
        "preregistration_sha256": shown.digest,
        **_finite(msgspec.to_builtins(found)),
    }
    store.write_bytes(out / "plan.json", _json(body))
    page = fill(
        "programme.html",
        shown=shown,
        found=None,
        plan=found,
        plots=[],
        lights=LIGHTS,
        method=METHODS.get(found.method, found.method),
    )
    store.write_bytes(out / "index.html", page.encode())


def _plots(found: Effect, out: Path) -> list[tuple[str, str]]:
    drawn = []
    if found.steps:
        caption = (
            "The treated outcome (line) and what is expected without the programme (dashes); the "
            "upright line is the first start"
        )
        drawn.append(("paths", caption, effects.paths(found.steps)))
    if found.points:
        caption = (
            "The effect by time since the start, with pointwise intervals; left of the upright "
            "line it should be about zero"
        )
        drawn.append(("event-study", caption, effects.event_study(found.points)))
    for name, caption, panel in drawn:
        store.write_bytes(out / f"{name}.svg", panel.svg(name, caption).encode())
    return [(caption, panel.svg(name, caption)) for name, caption, panel in drawn]


def _finite(body: Any) -> Any:
    """Replace unbounded numbers by None, which JSON can say."""
    if isinstance(body, dict):
        return {key: _finite(value) for key, value in body.items()}
    if isinstance(body, list | tuple):
        return [_finite(value) for value in body]
    if isinstance(body, float) and not abs(body) < float("inf"):
        return None
    return body


def _json(body: dict[str, Any]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(body), indent=1) + b"\n"
