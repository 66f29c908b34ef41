"""A public release is paid for before its noise exists, served again as it was, or refused."""

import dataclasses
from pathlib import Path

import msgspec
import numpy as np
import pytest
from tests.protect.test_layout import people
from tests.tally.test_joint import KEYS, MONTHS, SECRET
from tests.tally.test_tally import table

from uptake.model.errors import ConfigError, ReleaseRefusedError
from uptake.model.joint import JointCells
from uptake.protect import accounting, ledger, public
from uptake.protect.noisy import Parameters
from uptake.protect.public import Door, due_months, released_months
from uptake.tally.joint import joint_table

pytest.importorskip("opendp")
PARAMETERS = Parameters()
MORNING, EVENING = "2026-04-14T08:00:00+00:00", "2026-04-14T20:00:00+00:00"


@pytest.fixture(scope="module")
def months() -> dict[str, JointCells]:
    return joint_table(table(people(60)), KEYS, PARAMETERS.bounds, SECRET, MONTHS)


def door(folder: Path, when: str = MORNING, budget: float = 8.0) -> Door:
    return Door(folder / "ledger.jsonl", folder / "noisy", "data", "labeller 1", when, budget)


def test_each_month_is_paid_for_once_and_served_again(
    tmp_path: Path, months: dict[str, JointCells]
) -> None:
    first = released_months(months, KEYS, PARAMETERS, door(tmp_path))
    before = (tmp_path / "ledger.jsonl").read_bytes()
    later = joint_table(table(people(90)), KEYS, PARAMETERS.bounds, SECRET, MONTHS)
    again = released_months(later, KEYS, PARAMETERS, door(tmp_path, EVENING))
    assert (tmp_path / "ledger.jsonl").read_bytes() == before, "a released month is frozen"
    for month, noisy in first.items():
        for name, table_of in noisy.tables.items():
            assert (table_of == again[month].tables[name]).all(), name
    spent = ledger.read(tmp_path / "ledger.jsonl").spent
    assert [entry.month for entry in spent] == sorted(months)
    assert ledger.month_epsilon(spent) == accounting.epsilon(PARAMETERS.rho(len(KEYS.facets)))


def test_the_entry_is_on_disk_before_any_noise_is_drawn(
    tmp_path: Path, months: dict[str, JointCells], monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        assert (tmp_path / "ledger.jsonl").stat().st_size > 0
        raise KeyboardInterrupt

    monkeypatch.setattr(public, "add_noise", killed)
    with pytest.raises(KeyboardInterrupt):
        released_months(months, KEYS, PARAMETERS, door(tmp_path))
    monkeypatch.undo()
    assert not list((tmp_path / "noisy").glob("*")) if (tmp_path / "noisy").is_dir() else True
    released_months(months, KEYS, PARAMETERS, door(tmp_path))
    spent = ledger.read(tmp_path / "ledger.jsonl").spent
    assert len(spent) == len(months) + 1, "what a crash left unserved counts as spent"


def test_other_tables_of_a_month_pay_again_until_the_budget_refuses(
    tmp_path: Path, months: dict[str, JointCells]
) -> None:
    one = {"2025-01": months["2025-01"]}
    released_months(one, KEYS, PARAMETERS, door(tmp_path))
    before = ledger.read(tmp_path / "ledger.jsonl")
    louder = Parameters(people_sigma=60.0)
    least = ledger.year_epsilon(before.spent)
    with pytest.raises(ReleaseRefusedError, match=r"privacy\.budget"):
        released_months(one, KEYS, louder, door(tmp_path, EVENING, budget=least * 1.01))
    assert ledger.read(tmp_path / "ledger.jsonl") == before, "a refusal costs nothing"
    released_months(one, KEYS, louder, door(tmp_path, EVENING))
    assert ledger.year_epsilon(ledger.read(tmp_path / "ledger.jsonl").spent) > least


def test_all_months_are_allowed_or_none_is_paid(
    tmp_path: Path, months: dict[str, JointCells]
) -> None:
    one = ledger.year_epsilon([_entry("2025-01")])
    with pytest.raises(ReleaseRefusedError, match="2025-01, 2025-02"):
        released_months(months, KEYS, PARAMETERS, door(tmp_path, budget=1.01 * one))
    assert not (tmp_path / "ledger.jsonl").exists()


def test_a_ledger_that_is_not_the_last_one_releases_nothing(
    tmp_path: Path, months: dict[str, JointCells]
) -> None:
    released_months({"2025-01": months["2025-01"]}, KEYS, PARAMETERS, door(tmp_path))
    old = (tmp_path / "ledger.jsonl").read_bytes()
    released_months(months, KEYS, PARAMETERS, door(tmp_path, EVENING))
    for kept in (old, None):
        (tmp_path / "ledger.jsonl").unlink()
        if kept:
            (tmp_path / "ledger.jsonl").write_bytes(kept)
        with pytest.raises(ReleaseRefusedError, match="not the last one"):
            released_months(months, KEYS, PARAMETERS, door(tmp_path, EVENING))


def test_tables_of_another_labeller_are_other_tables(
    tmp_path: Path, months: dict[str, JointCells]
) -> None:
    one = {"2025-01": months["2025-01"]}
    released_months(one, KEYS, PARAMETERS, door(tmp_path))
    other = dataclasses.replace(door(tmp_path, EVENING), labels="labeller 2")
    released_months(one, KEYS, PARAMETERS, other)
    assert len(ledger.read(tmp_path / "ledger.jsonl").spent) == 2


def _entry(month: str) -> ledger.Spent:
    rho = PARAMETERS.rho(len(KEYS.facets))
    return ledger.Spent(month, "t", "d", "user-month", rho, "v", MORNING, "")


def test_a_year_is_any_twelve_months_in_a_row() -> None:
    entry = ledger.Spent("2025-01", "t", "d", "user-month", 0.03, "v", MORNING, "")
    at = [
        msgspec.structs.replace(entry, month=f"{2024 + n // 12}-{n % 12 + 1:02d}")
        for n in range(30)
    ]
    assert ledger.year_epsilon(at) == accounting.epsilon(12 * 0.03)
    assert ledger.month_epsilon(at) == accounting.epsilon(0.03)
    assert ledger.year_epsilon([]) == 0


@pytest.mark.parametrize("damage", ["cut", "changed", "lost", "swapped"])
def test_a_damaged_ledger_releases_nothing(
    tmp_path: Path, months: dict[str, JointCells], damage: str
) -> None:
    released_months(months, KEYS, PARAMETERS, door(tmp_path))
    path = tmp_path / "ledger.jsonl"
    data = path.read_bytes()
    lines = data.splitlines(keepends=True)
    path.write_bytes(
        {
            "cut": data[:-1],
            "changed": data.replace(b'"rho":0.0', b'"rho":0.1', 1),
            "lost": b"".join(lines[1:]),
            "swapped": b"".join(reversed(lines)),
        }[damage]
    )
    with pytest.raises(ReleaseRefusedError, match="Restore the ledger"):
        released_months(months, KEYS, PARAMETERS, door(tmp_path, EVENING))


def test_a_clock_moved_back_is_refused(tmp_path: Path, months: dict[str, JointCells]) -> None:
    released_months({"2025-01": months["2025-01"]}, KEYS, PARAMETERS, door(tmp_path, EVENING))
    with pytest.raises(ReleaseRefusedError, match="clock"):
        released_months(months, KEYS, PARAMETERS, door(tmp_path, MORNING))


def test_changed_tables_are_not_served(tmp_path: Path, months: dict[str, JointCells]) -> None:
    released_months(months, KEYS, PARAMETERS, door(tmp_path))
    path = next((tmp_path / "noisy").iterdir())
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(bytes(data))
    with pytest.raises(ConfigError, match="was changed"):
        released_months(months, KEYS, PARAMETERS, door(tmp_path, EVENING))


@pytest.mark.parametrize("budget", [0.0, -1.0, float("nan")])
def test_a_budget_of_nothing_is_refused(tmp_path: Path, budget: float) -> None:
    with pytest.raises(ConfigError, match="budget"):
        door(tmp_path, budget=budget)


def test_cells_bounded_otherwise_cost_nothing_and_get_no_noise(
    tmp_path: Path, months: dict[str, JointCells]
) -> None:
    with pytest.raises(ValueError, match="bounded or keyed otherwise"):
        released_months(months, KEYS, Parameters(cells=13), door(tmp_path))
    assert not (tmp_path / "ledger.jsonl").exists()


def test_only_what_is_not_released_yet_has_to_be_counted(
    tmp_path: Path, months: dict[str, JointCells]
) -> None:
    here = door(tmp_path)
    assert due_months(["2025-01"], KEYS, PARAMETERS, here) == ("2025-01",)
    one = {"2025-01": months["2025-01"]}
    released_months(one, KEYS, PARAMETERS, here)
    assert due_months(MONTHS, KEYS, PARAMETERS, here) == ("2025-02",)
    with pytest.raises(KeyError, match="2025-02"):
        released_months(one, KEYS, PARAMETERS, here, MONTHS)
    assert len(ledger.read(here.ledger).spent) == 1, "what was not counted is not paid for"
    later = {"2025-02": months["2025-02"]}
    both = released_months(later, KEYS, PARAMETERS, here, MONTHS)
    assert tuple(both) == MONTHS
    assert due_months(MONTHS, KEYS, PARAMETERS, here) == ()
    again = released_months({}, KEYS, PARAMETERS, here, MONTHS)
    assert all((again[m].tables["messages"] == both[m].tables["messages"]).all() for m in MONTHS)


def test_two_releases_tell_no_more_than_the_loss_allows(tmp_path: Path) -> None:
    """The differencing game: guess from a cell and its noisy total whether one person is in it.

    An attacker who knows all others wins with probability at most Phi(D / (2 sigma)) against
    Gaussian noise on a vector that one person moves by D (Dong, Roth and Su 2022, on trade-offs).
    """
    from scipy.stats import norm

    from uptake.protect.noise import discrete_gaussian

    sigma, moved = 4.0, 1.0
    rng = np.random.default_rng(5)
    inside = rng.integers(0, 2, 20_000)
    seen = discrete_gaussian(10 + inside.astype(np.int64), sigma)
    won = ((seen > 10.5) == (inside == 1)).mean()
    assert won <= norm.cdf(moved / (2 * sigma)) + 3 * 0.5 / np.sqrt(len(inside))
    assert won > 0.52, "the attack works as well as theory lets it"
