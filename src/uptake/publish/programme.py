"""An effect or a plan -> one page with its plots inside, the plots as SVG, and JSON.

``effect.json`` (schema ``uptake.effect/1``) and ``plan.json`` (``uptake.plan/1``) hold the fields
of ``model.effect``; an end of an interval that is unbounded is null.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from uptake.engine import store
from uptake.model.effect import Effect, Plan, Point, Step
from uptake.model.errors import MissingExtraError
from uptake.publish.charts import effects
from uptake.publish.composite_sides import short
from uptake.publish.grid import Grid, Printed
from uptake.publish.rendering import fill

LIGHTS = {
    "green": "nothing speaks against it",
    "amber": "open",
    "red": "the data speak against it",
}
"""What each light says; nothing is told by colour alone."""
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
        description: In a few sentences; empty for none.
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
    description: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A plot, with what it shows as a table."""

    name: str
    caption: str
    svg: str
    grid: Grid


def write_effect(found: Effect, shown: Shown, out: Path) -> tuple[str, ...]:
    """Write ``effect.json``, ``index.html`` and the plots; no plots without the extra ``site``.

    Returns:
        What somebody should know of it, a sentence each.
    """
    said: tuple[str, ...] = ()
    drawn: list[Drawn] = []
    try:
        drawn = plots(found)
    except MissingExtraError as error:
        said = (f"the page has no plots: {error}",)
    write_files(found, None, shown, drawn, out)
    page = fill("programme.html", **context(found, None, shown, drawn))
    store.write_bytes(out / "index.html", page.encode())
    return said


def write_plan(found: Plan, shown: Shown, out: Path) -> None:
    """Write ``plan.json`` and ``index.html``."""
    write_files(None, found, shown, (), out)
    page = fill("programme.html", **context(None, found, shown, ()))
    store.write_bytes(out / "index.html", page.encode())


def write_files(
    effect: Effect | None, plan: Plan | None, shown: Shown, drawn: Sequence[Drawn], out: Path
) -> None:
    """Write what a page names: the figures as JSON, the plots as SVG."""
    if effect:
        body = {
            "schema": "uptake.effect/1",
            "name": shown.name,
            "outcome": shown.outcome,
            "preregistration_sha256": shown.digest,
            "as_registered": not shown.changed,
            **_finite(msgspec.to_builtins(effect)),
        }
        store.write_bytes(out / "effect.json", _json(body))
    if plan:
        body = {
            "schema": "uptake.plan/1",
            "name": shown.name,
            "preregistration_sha256": shown.digest,
            **_finite(msgspec.to_builtins(plan)),
        }
        store.write_bytes(out / "plan.json", _json(body))
    for one in drawn:
        store.write_bytes(out / f"{one.name}.svg", one.svg.encode())


def context(
    effect: Effect | None, plan: Plan | None, shown: Shown, drawn: Sequence[Drawn]
) -> dict[str, Any]:
    """Return what the template of a page needs."""
    name = effect.method if effect else plan.method if plan else ""
    weights = tuple(
        (unit, (Printed(f"{weight:.2f}"),)) for unit, weight in (effect.weights if effect else ())
    )
    return {
        "shown": shown,
        "found": effect,
        "plan": plan,
        "plots": [(one.caption, one.svg, one.grid) for one in drawn],
        "lights": LIGHTS,
        "method": METHODS.get(name, name),
        "in_words": words()["methods"].get(name, ""),
        "meanings": words()["assumptions"],
        "p": _chance(effect.p) if effect else "",
        "weights": Grid("Weights of the units", ("Unit", "Weight"), weights),
        "kicker": "",
    }


@cache
def words() -> dict[str, dict[str, str]]:
    """Return what methods do and what assumptions say, in plain words."""
    text = (files("uptake.publish") / "programme.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _chance(p: float) -> str:
    """Write a p value: never as nothing.

    >>> _chance(0.0), _chance(0.2491)
    ('below 0.001', '0.249')
    """
    return "below 0.001" if p < 0.001 else f"{p:.3f}"


def plots(found: Effect) -> list[Drawn]:
    """Draw an effect, each plot with its figures as a table.

    Raises:
        MissingExtraError: The extra ``site`` is not installed.
    """
    made = (_paths(found.steps) if found.steps else None, _study(found.points))
    return [one for one in made if one]


def _paths(steps: Sequence[Step]) -> Drawn:
    caption = (
        "The treated outcome (line) and what is expected without the programme (dashes); the "
        "upright line is the first start. The scale need not begin at zero"
    )
    rows = tuple((one.period, (_number(one.observed), _number(one.expected))) for one in steps)
    grid = Grid(
        "The outcome by period", ("Period", "With the programme", "Expected without it"), rows
    )
    return Drawn("paths", caption, effects.paths(steps).svg("paths", caption), grid)


def _study(points: Sequence[Point]) -> Drawn | None:
    if not points:
        return None
    caption = (
        "The effect by time since the start, each with its own interval; left of the upright "
        "line, before the programme, it should be about zero"
    )
    rows = []
    for one in points:
        ends = f"{number(one.low)} to {number(one.high)}"
        rows.append((str(one.time), (Printed(number(one.estimate), ends),)))
    head = ("Periods since the start", "Effect")
    grid = Grid("The effect by time since the start", head, tuple(rows))
    svg = effects.event_study(points).svg("event-study", caption)
    return Drawn("event-study", caption, svg, grid)


def _number(value: float | None) -> Printed:
    return Printed("–", meaning="not known") if value is None else Printed(number(value))


def number(value: float) -> str:
    """Write a number with three digits, an unbounded one in words.

    >>> number(-0.02246), number(float("inf"))
    ('-0.0225', 'unbounded')
    """
    return short(value) if abs(value) < float("inf") else "unbounded"


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
