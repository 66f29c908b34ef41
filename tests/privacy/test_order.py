"""What a table costs is on disk before its noise is drawn, also when the power fails in between."""

from pathlib import Path
from types import ModuleType

import pytest
from tests.privacy.worlds import MONTHS, TINY, count, crowd, planted

from uptake.model.joint import JointCells
from uptake.protect import ledger, public
from uptake.protect.noisy import Noisy, Parameters
from uptake.protect.public import Door

pytest.importorskip("opendp")
PARAMETERS = Parameters()
PAID_LATE = (
    """        ledger.spend(door.ledger, _entry(month, name, keys, parameters, door), door.budget)
        found[month] = add_noise(counted[month], parameters)
""",
    """        found[month] = add_noise(counted[month], parameters)
        ledger.spend(door.ledger, _entry(month, name, keys, parameters, door), door.budget)
""",
)


def door(folder: Path) -> Door:
    """Return where a release is kept and paid for."""
    when = "2026-04-14T08:00:00+00:00"
    return Door(folder / "ledger.jsonl", folder / "noisy", "data", "labeller 1", when, 50.0)


def paid_before_drawn(module: ModuleType, folder: Path) -> None:
    """Look at the ledger whenever noise is drawn: each month's entry is there, and no table yet."""
    months = count(crowd(20), PARAMETERS.bounds, TINY)
    draw, seen = module.add_noise, []

    def drawn(cells: JointCells, parameters: Parameters) -> Noisy:
        seen.append([entry.month for entry in ledger.read(folder / "ledger.jsonl").spent])
        assert seen[-1] == list(MONTHS[: len(seen)]), "noise before its entry"
        return draw(cells, parameters)  # type: ignore[no-any-return]

    module.add_noise = drawn  # type: ignore[attr-defined]
    try:
        module.released_months(months, TINY, PARAMETERS, door(folder))
    finally:
        module.add_noise = draw  # type: ignore[attr-defined]
    assert len(seen) == len(MONTHS)


def test_each_month_is_paid_before_its_noise_is_drawn(tmp_path: Path) -> None:
    paid_before_drawn(public, tmp_path)


def test_noise_drawn_before_the_entry_is_seen(tmp_path: Path) -> None:
    with planted(public, PAID_LATE) as faulty, pytest.raises(AssertionError, match="before its"):
        paid_before_drawn(faulty, tmp_path)
