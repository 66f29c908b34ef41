"""Public mode: noisy joint tables, paid for in the ledger before they exist, and kept."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pyarrow as pa

from uptake import __version__
from uptake.engine import store
from uptake.model.errors import ConfigError, ReleaseRefusedError
from uptake.model.joint import JointCells, KeySpace
from uptake.model.promise import Promise
from uptake.model.releasedcells import ReleasedCells
from uptake.protect import accounting, ledger
from uptake.protect.layout import COMPARED, Period, cells, stacked, summed
from uptake.protect.noise import require
from uptake.protect.noisy import Noisy, Parameters, add_noise, from_bytes, to_bytes

UNIT = "user-month"
BUDGET = 8.0
"""Most epsilon of a person's year unless set otherwise."""


@dataclass(frozen=True, slots=True)
class Door:
    """Where a public release is kept, and what it may cost.

    Attributes:
        ledger: File of the ledger.
        kept: Folder of the noisy tables.
        dataset: Fingerprint of the logs.
        labels: Name and version of the labeller: tables of another one are other tables.
        when: ISO time with zone.
        budget: Most epsilon of a person's year.
    """

    ledger: Path
    kept: Path
    dataset: str
    labels: str
    when: str
    budget: float = BUDGET

    def __post_init__(self) -> None:
        """Refuse a budget that allows nothing."""
        if not self.budget > 0:
            raise ConfigError(f"privacy.budget is {self.budget:g}; an epsilon is above 0")


def promise(door: Door, parameters: Parameters, months: Sequence[str]) -> Promise:
    """Return what all tables of the ledger together promise, and those of this release say."""
    spent = ledger.read(door.ledger).spent
    return Promise(
        month_epsilon=ledger.month_epsilon(spent),
        year_epsilon=ledger.year_epsilon(spent),
        delta=accounting.DELTA,
        cells=parameters.cells,
        messages=parameters.messages,
        people_sigma=parameters.people_sigma,
        messages_sigma=parameters.messages_sigma,
        margins_sigma=parameters.margins_sigma,
        totals_sigma=parameters.totals_sigma,
        volumes_sigma=parameters.volumes_sigma,
        heads_sigma=parameters.heads_sigma,
        moments_sigma=parameters.moments_sigma,
        months=tuple(sorted(months)),
        unit=UNIT,
    )


def tables_of(keys: KeySpace, parameters: Parameters, labels: str) -> str:
    """Return 16 hex digits that change with bounds, noise, key space and who made the labels."""
    said = (msgspec.to_builtins(parameters), msgspec.to_builtins(_plain(keys)), labels)
    return store.fingerprint(*said)


def _plain(keys: KeySpace) -> dict[str, object]:
    return {
        "places": keys.places,
        "age_bands": keys.age_bands,
        "genders": keys.genders,
        "facets": dict(keys.facets),
        **({"unlocated": keys.unlocated} if keys.unlocated else {}),
    }


def due_months(
    asked: Sequence[str], keys: KeySpace, parameters: Parameters, door: Door
) -> tuple[str, ...]:
    """Return the months whose tables must be counted and paid for; the others are only served.

    Nothing is due unless all of it can be: the library is there, and the budget allows every month.

    Args:
        asked: Every month of the release, empty ones too.
        keys: Of what.
        parameters: Bounds and noise.
        door: Where it is kept and paid for.

    Raises:
        ReleaseRefusedError: The ledger is damaged or does not know a table that is kept, the budget
            does not allow it, or the clock is wrong.
        MissingExtraError: OpenDP is not installed.
    """
    known = ledger.read(door.ledger)
    paid = {(entry.month, entry.tables) for entry in known.spent}
    _refuse_unpaid(door, paid)
    name = tables_of(keys, parameters, door.labels)
    due = tuple(
        month
        for month in sorted(asked)
        if (month, name) not in paid or not _path(door, month, name).is_file()
    )
    if due:
        require()
        entries = [_entry(month, name, keys, parameters, door) for month in due]
        ledger.allow(known, entries, door.budget)
    return due


def released_months(
    months: Mapping[str, JointCells],
    keys: KeySpace,
    parameters: Parameters,
    door: Door,
    asked: Sequence[str] | None = None,
) -> dict[str, Noisy]:
    """Return the noisy tables of each month: those kept from before, and new ones, paid for first.

    A month that was released is frozen: what came in later does not change it.

    Args:
        months: Those that are due, see ``due_months``; others are not looked at.
        keys: Of what.
        parameters: Bounds and noise.
        door: Where it is kept and paid for.
        asked: Every month of the release, empty ones too: which have messages is nobody's to know.
            None: ``months``.

    Raises:
        ReleaseRefusedError: See ``due_months``; nothing was paid and nothing drawn.
        MissingExtraError: OpenDP is not installed.
        KeyError: A month is due and was not counted; nothing was paid.
    """
    asked = tuple(months) if asked is None else asked
    due = due_months(asked, keys, parameters, door)
    counted = {month: months[month] for month in due}
    for cells_of in counted.values():
        if cells_of.bounds != parameters.bounds or cells_of.keys != keys:
            raise ValueError("the cells were bounded or keyed otherwise than the release says")
    name = tables_of(keys, parameters, door.labels)
    found: dict[str, Noisy] = {}
    for month in sorted(asked):
        path = _path(door, month, name)
        if month not in counted:
            found[month] = from_bytes(_verified(path), keys)
            continue
        ledger.spend(door.ledger, _entry(month, name, keys, parameters, door), door.budget)
        found[month] = add_noise(counted[month], parameters)
        data = to_bytes(found[month])
        store.write_bytes(path, hashlib.sha256(data).digest() + data)
    return found


def _path(door: Door, month: str, tables: str) -> Path:
    return door.kept / f"{month}-{tables}.noisy"


def _entry(
    month: str, tables: str, keys: KeySpace, parameters: Parameters, door: Door
) -> ledger.Spent:
    loss = parameters.rho(len(keys.facets))
    return ledger.Spent(month, tables, door.dataset, UNIT, loss, __version__, door.when, "")


def _refuse_unpaid(door: Door, paid: Collection[tuple[str, str]]) -> None:
    """Refuse tables that the ledger does not know: an older one, or none, is in its place."""
    for path in sorted(door.kept.glob("*.noisy")) if door.kept.is_dir() else ():
        month, _, tables = path.stem.rpartition("-")
        if (month, tables) not in paid:
            raise ReleaseRefusedError(
                f"{path}: the ledger does not know these tables, so it is not the last one; "
                "nothing is released. Restore the ledger from a backup"
            )


def _verified(path: Path) -> bytes:
    data = path.read_bytes()
    if hashlib.sha256(data[32:]).digest() != data[:32]:
        raise ConfigError(
            f"{path}: was changed; restore it from a backup, or delete it: its month is then "
            "drawn and paid for anew"
        )
    return data[32:]


def lay_out(
    noisy: Mapping[str, Noisy],
    keys: KeySpace,
    parameters: Parameters,
    splits: tuple[tuple[str, ...], ...],
    people: int,
    periods: tuple[Period, Period] | None = None,
) -> ReleasedCells:
    """Return the cells of the splits that the tables answer, from noisy tables alone.

    Args:
        noisy: By month.
        keys: Of what.
        parameters: Of the noise.
        splits: Dimensions of each.
        people: Fewest people of a published cell.
        periods: The months of an earlier and of a later period to be compared, chosen by the
            settings alone.
    """
    table = cells(stacked(noisy, keys), keys, parameters, splits, people)
    if periods is not None:
        by_month = tuple(split for split in splits if set(split) in ({"month"}, {"place", "month"}))
        both = summed(noisy, keys, periods)
        table = pa.concat_tables([table, cells(both, keys, parameters, by_month, people, COMPARED)])
    return ReleasedCells(
        table=table,
        mode="public",
        min_people=people,
        min_conversations=0,
        messages_cap=parameters.messages,
    )
