"""What the door did to a release, and what releases have cost, in words."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from uptake.flow.inputs import read_manifest
from uptake.model.errors import UptakeError
from uptake.model.protected import ProtectedPlaces
from uptake.model.release import spans
from uptake.protect import accounting, ledger
from uptake.protect.ledger import Frozen, Released, Spent
from uptake.publish.not_told import not_told


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


def _steps(told: dict[str, object]) -> Iterator[str]:
    thresholds = told.get("thresholds")
    promise = told.get("privacy")
    if isinstance(promise, dict):
        yield (
            f"1. Bounded: one place, age band and gender a person and month; at most "
            f"{promise['cells']} cells of the table of people and {promise['messages']} messages."
        )
        yield "2. Counted over public lists, empty cells too."
        yield (
            f"3. Noise: discrete Gaussian on every cell, scale {promise['people_sigma']:g} on "
            f"people, {promise['messages_sigma']:g} on messages by place, age band and gender "
            f"together, {promise['margins_sigma']:g} by one of these, {promise['totals_sigma']:g} "
            f"of the whole region, {promise['volumes_sigma']:g} on numbers of all messages, "
            f"{promise['moments_sigma']:g} on sums of squares, {promise['heads_sigma']:g} on the "
            "numbers of people that are shown."
        )
        yield (
            "4. Withheld by noisy numbers of people that are not shown themselves, so that what is "
            "shown does not read high; then computed from noisy numbers."
        )
        yield (
            f"5. Loss: epsilon {promise['month_epsilon']:.2f} for a person's month, "
            f"{promise['year_epsilon']:.2f} for a person's year, at delta {promise['delta']:.0e}."
        )
        return
    yield f"1. Bounded: at most {told.get('messages_cap')} messages of a person and month count."
    if isinstance(thresholds, dict):
        yield (
            f"2. Withheld: cells of fewer than {thresholds['people']} people or "
            f"{thresholds['conversations']} conversations, and as many others as it takes that "
            "none follows from sums."
        )
    yield "3. No noise was added: these figures are for closed use and promise nothing of a person."
    frozen, reopened = told.get("frozen"), told.get("reopened")
    if isinstance(frozen, list) and frozen:
        yield (
            f"4. Frozen: {spans(frozen)}. Each counts the messages of its first release after "
            "its end, whatever log files came or changed since."
        )
    if isinstance(reopened, list) and reopened:
        yield (
            f"5. Reopened since, and counted anew: {spans(reopened)}. Who holds an earlier "
            "release can tell by the difference who came or left."
        )


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
