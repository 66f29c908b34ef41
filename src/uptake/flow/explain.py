"""What the door did to a release, and what releases have cost, in words."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from uptake.flow.inputs import read_manifest
from uptake.model.errors import UptakeError
from uptake.model.promise import Promise
from uptake.model.protected import ProtectedPlaces
from uptake.protect import accounting, ledger
from uptake.protect.ledger import Frozen, Released, Spent
from uptake.publish.not_told import not_told
from uptake.publish.steps import closed_steps, public_steps


def ledger_lines(folder: Path) -> Iterator[str]:
    """Yield the ledger of an observatory in sentences, its chain verified first.

    Raises:
        ReleaseRefusedError: The chain is broken.
        UptakeError: Nothing was ever released here.
    """
    known = ledger.read(_ledger(folder))
    if not known.entries:
        raise UptakeError(f"{folder}: nothing was released here yet; uptake build makes a release")
    for number, entry in enumerate(known.entries, 1):
        yield f"{number}. {_said(entry)}"
    spent = known.spent
    if spent:
        yield (
            f"A person's costliest month costs epsilon {ledger.month_epsilon(spent):.2f}, the "
            f"costliest twelve months in a row epsilon {ledger.year_epsilon(spent):.2f}, at delta "
            f"{accounting.DELTA:.0e}."
        )
    else:
        yield "No release carried noise: nothing bounds what they tell of a person."
    yield f"The chain of {len(known.entries)} entries is whole."


def explained(folder: Path, table: str = "") -> Iterator[str]:
    """Yield what was bounded, added and withheld in the release at hand, step by step.

    Args:
        folder: Of the observatory.
        table: Name of a table of the release (``shares-by-place``); empty for all of it.

    Raises:
        UptakeError: There is no release, or no such table in it.
    """
    release = read_manifest(folder / "build" / "store" / "manifest.json").release
    root = folder / "build" / "release" / release
    if not release or not root.is_dir():
        raise UptakeError(f"{folder}: there is no release to explain; uptake build makes one")
    package = msgspec.json.decode((root / "datapackage.json").read_bytes())
    told = msgspec.json.decode((root / "json" / "index.json").read_bytes())
    yield f"Release {release} of {told['title']!r}, in {told['mode']} mode."
    yield from _steps(told)
    yield from not_told(msgspec.convert(told.get("protected_places", {}), ProtectedPlaces))
    if table:
        yield from _table(package, table)
    yield f"Cite it as: {package['citation']}"


def _steps(told: dict[str, Any]) -> Iterator[str]:
    least = told["thresholds"]
    if "privacy" in told:
        steps = public_steps(msgspec.convert(told["privacy"], Promise), least["people"])
    else:
        thresholds = (least["people"], least["conversations"])
        months = (told.get(name, ()) for name in ("frozen", "reopened"))
        steps = closed_steps(thresholds, told["messages_cap"], *months)
    for number, (title, text) in enumerate(steps, 1):
        yield f"{number}. {title}: {text}"


def _table(package: dict[str, object], name: str) -> Iterator[str]:
    resources = package.get("resources")
    listed = {r["name"]: r for r in resources} if isinstance(resources, list) else {}
    if name not in listed:
        raise UptakeError(f"no table {name!r} in this release; there is: {', '.join(listed)}")
    found = listed[name]
    yield f"Table {name}: {found.get('title', '')}."
    for field in found["schema"]["fields"]:
        yield f"   {field['name']}: {field.get('description', '')}"


def _said(entry: Released | Spent | Frozen) -> str:
    if isinstance(entry, Frozen):
        return _said_frozen(entry)
    if isinstance(entry, Spent):
        return (
            f"{entry.when}: tables {entry.tables} of {entry.month} from labels {entry.dataset}: "
            f"rho {entry.rho:.4f} of a {entry.unit} (epsilon {accounting.epsilon(entry.rho):.2f}), "
            f"uptake {entry.version}."
        )
    if entry.mode == "public":
        return f"Release {entry.release}, in public mode, from tables paid for above."
    return (
        f"Release {entry.release}, in {entry.mode} mode: cells of at least {entry.min_people} "
        f"people and {entry.min_conversations} conversations, no noise."
    )


def _said_frozen(entry: Frozen) -> str:
    said = []
    if entry.reopened:
        said.append(
            f"Reopened, to be counted anew: {', '.join(entry.reopened)}. Who holds an earlier "
            "release of these months can compare."
        )
    if entry.months:
        months = ", ".join(
            f"{month} ({messages:,} messages of {files} log file{'' if files == 1 else 's'})"
            for month, files, messages in entry.months
        )
        said.append(f"Frozen: {months}. Later builds count these messages and no others.")
    if entry.again:
        said.append(
            f"Counted again from the same messages, as these changed: {', '.join(entry.again)}."
        )
    told = " ".join(said) or (
        "What the frozen months rest on was written anew; their messages are the same."
    )
    return f"{entry.when}: {told}"


def _ledger(folder: Path) -> Path:
    return folder / "build" / "ledger.jsonl"
