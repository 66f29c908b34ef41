"""The demonstration: the packaged example with synthetic logs, built."""

import shutil
from importlib.resources import as_file, files
from pathlib import Path

from uptake.config import FILE
from uptake.engine import store
from uptake.flow.build import Built, Options, build
from uptake.flow.logs import Progress
from uptake.model.errors import ConfigError
from uptake.testing import load_spec, simulate
from uptake.testing.programme import Training, write_training

EXAMPLE = "central-asia"
GOLD = "gold.jsonl"
LABELLED = 1_500
"""Messages of the example's labelled sample."""

EXPECTED = 40_000
"""People from whom the shares are computed that the example's truth holds."""

TRAININGS = {
    "teacher-training-kazakhstan": Training(effect=6.0),
    "teacher-training-uzbekistan": Training(
        effect=0.0, schools=40, cohorts=((8, 10),), first=(2026, 1), known=8, seed=2032
    ),
}
"""The example's programmes; of the second the outcome is not in yet."""


def demo(folder: Path, options: Options, progress: Progress) -> Built:
    """Copy the example to a folder, simulate its logs from a fixed seed, and build it.

    A folder that holds the example already is built again; any other folder with files in it
    is left alone.

    Raises:
        ConfigError: The folder holds something else.
    """
    mark = folder / "simulation.toml"
    if folder.exists() and any(folder.iterdir()) and not mark.is_file():
        raise ConfigError(f"{folder}: holds other files; name an empty or a new folder")
    with as_file(files("uptake.catalog") / "examples" / EXAMPLE) as example:
        for path in sorted(example.rglob("*")):
            target = folder / path.relative_to(example)
            if path.is_file() and not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
    if not (folder / "truth.json").is_file():
        progress("simulating people", 0, 1)
        simulated = folder / ".simulated"
        shutil.rmtree(simulated, ignore_errors=True)
        simulate(simulated, spec=load_spec(mark), gold=LABELLED, expected_people=EXPECTED)
        shutil.rmtree(folder / "logs", ignore_errors=True)
        (simulated / "logs").rename(folder / "logs")
        (simulated / GOLD).replace(folder / GOLD)
        (simulated / "SYNTHETIC.txt").replace(folder / "SYNTHETIC.txt")
        store.write_bytes(folder / "truth.json", (simulated / "truth.json").read_bytes())
        shutil.rmtree(simulated)
    for name, training in TRAININGS.items():
        if not (panel := folder / "programmes" / f"{name}.csv").is_file():
            write_training(panel, training)
    if not (folder / FILE).is_file():  # pragma: no cover (a damaged installation)
        raise ConfigError(f"{folder}: the packaged example has no {FILE}; install uptake again")
    return build(folder, options, progress)
