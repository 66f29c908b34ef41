"""The pool: order kept, bounded, the same answer whatever the number of processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from uptake.engine.pool import pool


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_items(
    jobs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each process starts in the folder, as asked, and resolves names from there."""
    monkeypatch.chdir(tmp_path.parent)  # one job starts in this process
    names = [f"{number}.txt" for number in range(50)]
    with pool(jobs, os.chdir, tmp_path) as mapped:
        assert list(mapped(os.path.abspath, names)) == [str(tmp_path / name) for name in names]


def test_items_are_drawn_only_as_fast_as_results_are_taken() -> None:
    drawn = 0

    def items() -> Iterator[int]:
        nonlocal drawn
        for number in range(1000):
            drawn += 1
            yield number

    with pool(2, time.tzset) as mapped:
        results = mapped(abs, items())
        next(iter(results))
        assert drawn <= 10


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds processes in /proc")
def test_a_killed_build_leaves_no_process_behind() -> None:
    code = (
        "import os, time\nfrom uptake.engine.pool import pool\n"
        "with pool(2, os.getpid) as mapped:\n"
        "    for _ in mapped(time.sleep, [0.0] * 9 + [600.0] * 9): print('ready', flush=True)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    assert len(children) >= 2
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    deadline = time.monotonic() + 60
    while any(_works(pid) for pid in children) and time.monotonic() < deadline:
        os.sched_yield()
    assert not any(_works(pid) for pid in children)


def _works(pid: str) -> bool:
    try:
        return b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
