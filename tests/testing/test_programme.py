"""The invented teacher trainings have the effect that they state."""

from importlib.resources import files
from pathlib import Path

import pytest

from uptake.evaluate import estimate
from uptake.flow.demo import EXAMPLE, TRAININGS
from uptake.flow.evaluate import evaluate_programme, plan_programme
from uptake.flow.panels import read_design, read_outcome
from uptake.flow.programmes import load
from uptake.testing.programme import Training, write_training

KAZAKHSTAN, UZBEKISTAN = TRAININGS


def example(folder: Path, name: str, training: Training) -> Path:
    """Write a programme of the example with a panel drawn for it."""
    text = files("uptake.catalog") / "examples" / EXAMPLE / "programmes" / f"{name}.toml"
    source = folder / f"{name}.toml"
    source.write_text(text.read_text(encoding="utf-8"), encoding="utf-8")
    write_training(folder / f"{name}.csv", training)
    return source


def test_the_demonstration_finds_the_effect_that_its_page_states(tmp_path: Path) -> None:
    source = example(tmp_path, KAZAKHSTAN, TRAININGS[KAZAKHSTAN])
    found, _ = evaluate_programme(source, tmp_path / "out")
    assert TRAININGS[KAZAKHSTAN].effect == 6
    assert found.low < 6 < found.high
    assert found.verdict.startswith("An increase is seen")
    assert found.n_treated == 24
    page = (tmp_path / "out/index.html").read_text(encoding="utf-8")
    assert "Synthetic: schools, teachers and figures are invented" in page
    assert "truly adds 6 points" in page


def test_the_planned_one_has_no_outcome_and_a_power(tmp_path: Path) -> None:
    source = example(tmp_path, UZBEKISTAN, TRAININGS[UZBEKISTAN])
    assert "2026-09,\n" in (tmp_path / f"{UZBEKISTAN}.csv").read_text(encoding="utf-8")
    found = plan_programme(source, tmp_path / "out")
    assert found.power_at_effect is not None
    assert 0.8 < found.power_at_effect < 1


def test_the_same_seed_draws_the_same_schools(tmp_path: Path) -> None:
    training = TRAININGS[KAZAKHSTAN]
    for name in ("one.csv", "two.csv"):
        write_training(tmp_path / name, training)
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


@pytest.mark.statistics
def test_a_training_that_does_nothing_is_not_seen_to_do_something(tmp_path: Path) -> None:
    """A correct interval fails this with a probability of 0.3% for a fresh seed."""
    quiet = 0
    for seed in range(30):
        (tmp_path / str(seed)).mkdir()
        source = example(tmp_path / str(seed), KAZAKHSTAN, Training(effect=0.0, seed=seed))
        programme = load(source)
        path = source.parent / programme.panel.file
        panel = read_outcome(path, programme, read_design(path, programme))
        quiet += estimate(programme.method, panel).verdict.startswith("No effect seen")
    assert quiet >= 25
