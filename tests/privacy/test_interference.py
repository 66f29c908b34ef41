"""Beside the noisy tables nothing of a public build depends on the logs.

The noise is replaced by vectors that do not depend on what was counted. Two builds over different
logs must then publish the same bytes: whatever differs would have left past the mechanism.
"""

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from pyarrow import csv
from tests.flow.conftest import CONFIG, conversation, observatory, write_lines

from uptake.flow.build import Options, build
from uptake.protect import ledger, noisy

pytest.importorskip("opendp")
__all__ = ["observatory"]
Make = Callable[..., Path]

QUIET = (
    CONFIG
    + """
[privacy]
mode = "public"
since = "2025-02"
until = "2025-03"
budget = 1e9
people_noise = 0.5
messages_noise = 1.0
moments_noise = 8.0
margins_noise = 2.0
totals_noise = 2.0
volumes_noise = 2.0
heads_noise = 0.5
"""
)


def blind(exact: NDArray[np.int64], sigma: float) -> NDArray[np.int64]:
    """Return counts that know no more than how many there are."""
    made: NDArray[np.int64] = np.arange(len(exact), dtype=np.int64) * 7_919 % 400
    return made


KEYS = ("place", "month", "age_band", "gender", "split", "facet", "measure")


def releases(folder: Path) -> dict[str, Path]:
    """Return the tables of a release by name."""
    return {path.name: path for path in folder.glob("build/release/*/csv/*.csv")}


def quiet(what: str, done: int, total: int) -> None:
    """Draw no progress."""


def published(folder: Path) -> dict[str, bytes]:
    """Return what may leave, by name without the release's own id."""
    [release] = (folder / "build" / "release").iterdir()
    return {
        str(path.relative_to(root)): path.read_bytes()
        for root in (folder / "build" / "site", release)
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def test_nothing_leaves_past_the_noise(observatory: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noisy, "discrete_gaussian", blind)
    one, other = observatory("one", QUIET), observatory("other", QUIET)
    for path in (other / "logs").iterdir():
        path.unlink()
    rows = [conversation(3 * n, people=23) for n in range(31)]
    write_lines(other / "logs" / "elsewhere.jsonl", [*rows, {"id": "broken"}])
    for folder in (one, other):
        build(folder, Options(1), quiet)
    ours, theirs = published(one), published(other)
    assert ours.keys() == theirs.keys()
    assert [name for name in ours if ours[name] != theirs[name]] == []
    name = next(name for name in ours if name.endswith("shares.csv"))
    shares = csv.read_csv(io.BytesIO(ours[name])).to_pylist()
    assert sum(row["value"] is not None for row in shares) > 20, "there were figures to compare"


def test_neighbours_differ_in_noise_alone_through_the_command_line(observatory: Make) -> None:
    """With and without one person: the same columns and keys of tables, and the same loss paid."""
    one, other = observatory("one", QUIET), observatory("other", QUIET)
    for path in (other / "logs").iterdir():
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if '"user-7@' not in line))
    for folder in (one, other):
        done = subprocess.run(
            [sys.executable, "-m", "uptake", "build", str(folder)], capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
    ours, theirs = (releases(folder) for folder in (one, other))
    # by noisy counts alone a figure may be published here and withheld there
    assert {"shares.csv", "values.csv", "groups.csv"} <= ours.keys() & theirs.keys()
    for table in ours.keys() & theirs.keys():
        a, b = csv.read_csv(ours[table]), csv.read_csv(theirs[table])
        assert a.column_names == b.column_names
        named = [name for name in KEYS if name in a.column_names]
        if named:  # the texts that figures refer to are as many as noisy figures need
            assert a.select(named).equals(b.select(named)), table
    paid = [
        [(e.month, e.tables, e.rho) for e in ledger.read(f / "build" / "ledger.jsonl").spent]
        for f in (one, other)
    ]
    assert paid[0] == paid[1]
