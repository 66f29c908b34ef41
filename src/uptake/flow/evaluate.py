"""A programme and its panel -> effect: registered first, then read, then said in plain words."""

from hashlib import sha256
from pathlib import Path

import msgspec

import uptake
from uptake.engine import store
from uptake.evaluate import estimate, plan, require_design
from uptake.flow.panels import Design, read_design, read_outcome
from uptake.flow.programmes import Planned, Programme, load, named
from uptake.flow.released import panel_file
from uptake.model.effect import Effect, Plan
from uptake.model.errors import ConfigError
from uptake.publish.programme import Shown, write_effect, write_plan

REGISTRATION = "preregistration.json"
EFFECT = "effect.json"


def plan_programme(source: Path, out: Path) -> Plan:
    """Write what the design can see into ``out``; the outcome is not read.

    Raises:
        ConfigError: A setting is missing or wrong.
        UnreadableInputError: The panel can not be used; the message names the line.
    """
    programme = load(source)
    if programme.plan is None:
        raise ConfigError(
            f"{source.name}: --plan needs [plan] with sd, the standard deviation of the outcome "
            "beyond unit and period effects (from earlier data or a similar programme)"
        )
    with named(source):
        design = read_design(panel_file(source, programme, None, out), programme)
        found = planned(programme.method, design, programme.plan)
    # A plan may be changed until an outcome has been read.
    digest, changed = register(out, programme, design, anew=not (out / EFFECT).exists())
    write_plan(found, _shown(programme, digest, changed), out)
    return found


def planned(method: str, design: Design, expected: Planned) -> Plan:
    """Return what a design can see if the outcome varies as expected.

    Raises:
        ConfigError: A figure is out of its range, or the design compares nothing.
    """
    return plan(method, design.panel, **msgspec.structs.asdict(expected))


def evaluate_programme(source: Path, out: Path) -> tuple[Effect, tuple[str, ...]]:
    """Write ``effect.json``, the page, the plots and the registration into ``out``.

    The registration, with its hash, is on disk before the outcome's column is read. An existing
    one is kept; a programme that differs from it is evaluated, and the page says that it differs.

    Returns:
        The effect, and what somebody should look at, a sentence each.

    Raises:
        ConfigError: A setting is missing or wrong, or the method does not fit the programme.
        UnreadableInputError: The panel can not be used; the message names the cell.
        MissingExtraError: The method needs a library that is not installed.
    """
    programme = load(source)
    with named(source):
        path = panel_file(source, programme, None, out)
        design = read_design(path, programme)
        require_design(programme.method, design.panel)
        digest, changed = register(out, programme, design)
        found = estimate(programme.method, read_outcome(path, programme, design))
    warnings = [*found.notes]
    if changed:
        warnings.append(
            f"the programme differs from the one registered in {REGISTRATION}, so this result is "
            "exploratory; evaluate into a new folder to register it anew"
        )
    warnings += write_effect(found, _shown(programme, digest, changed), out)
    return found, tuple(warnings)


def register(
    out: Path, programme: Programme, design: Design, *, anew: bool = False
) -> tuple[str, bool]:
    """Write the registration if there is none, or if it may be replaced.

    Returns:
        The SHA-256 of what is registered, and whether the programme differs from it.
    """
    panel = design.panel
    said = {
        "schema": "uptake.preregistration/1",
        "programme": msgspec.to_builtins(programme),
        "units": panel.units,
        "periods": panel.periods,
        "treated_from": {
            unit: panel.periods[start]
            for unit, start in zip(panel.units, panel.start, strict=True)
            if start < panel.never
        },
        "clusters": panel.clusters,
        "version": uptake.__version__,
    }
    body = msgspec.json.format(msgspec.json.encode(said), indent=1) + b"\n"
    target = out / REGISTRATION
    if anew or not target.exists():
        store.write_bytes(target, body)
        store.write_bytes(out / f"{REGISTRATION}.sha256", _line(body))
        return sha256(body).hexdigest(), False
    before = target.read_bytes()
    return sha256(before).hexdigest(), before != body


def _line(body: bytes) -> bytes:
    return f"{sha256(body).hexdigest()}  {REGISTRATION}\n".encode()


def _shown(programme: Programme, digest: str, changed: bool) -> Shown:
    return Shown(
        name=programme.name,
        outcome=programme.panel.title or programme.panel.outcome,
        notice=programme.notice,
        digest=digest,
        changed=changed,
        version=uptake.__version__,
        description=programme.description,
    )
