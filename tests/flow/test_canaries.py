"""Nothing of what anybody wrote is in any byte that a build writes or says."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
from tests.flow.conftest import CONFIG, conversation, write_lines

from uptake.testing import find, plant

MAPPINGS = """
[logs]
quarantine_limit = 1.0
quarantine_warning = 1.0
"""


def test_no_planted_string_leaves_the_person_level_zone(tmp_path: Path) -> None:
    folder = tmp_path / "observatory"
    folder.mkdir()
    (folder / "observatory.toml").write_text(CONFIG + MAPPINGS, encoding="utf-8")
    planted = plant(folder / "logs", np.random.default_rng(7))
    write_lines(folder / "logs" / "more.jsonl", [conversation(n) for n in range(120)])
    (folder / "logs" / "broken.jsonl").write_text("".join(f"{{{c.string}\n" for c in planted))
    home = tmp_path / "home"
    home.mkdir()
    said = []
    for command in (
        ["build", str(folder)],
        ["report", str(folder / "logs"), "-o", str(tmp_path / "report")],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "uptake", *command],
            capture_output=True,
            env={**os.environ, "HOME": str(home), "TMPDIR": str(home), "PYTHONWARNINGS": "default"},
            check=False,
        )
        said.append(done.stdout + done.stderr)
        assert done.returncode in {0, 2, 3}, done.stderr.decode()
    (tmp_path / "said.txt").write_bytes(b"\n".join(said))
    places = [folder / "build", tmp_path / "report", home, tmp_path / "said.txt"]
    found = find([place for place in places if place.exists()], [c.string for c in planted])
    assert found == []
    assert len(planted) > 40
