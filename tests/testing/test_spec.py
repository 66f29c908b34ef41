import tomllib
from copy import deepcopy
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from uptake.model.errors import ConfigError
from uptake.model.labels import LANGUAGES
from uptake.testing import example_spec, load_spec
from uptake.testing.spec import parse


@pytest.fixture
def raw() -> dict[str, Any]:
    path = files("uptake.catalog") / "examples" / "central-asia" / "simulation.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def test_the_example_describes_eighteen_months_of_six_places() -> None:
    spec = example_spec()
    assert (spec.people, len(spec.calendar), len(spec.places)) == (12_000, 18, 6)
    assert spec.calendar[0] == 202501
    assert spec.calendar[-1] == 202606
    spoken = {code for place in spec.places.values() for code in place.languages}
    assert spoken == set(LANGUAGES) - {"other"}


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("places", "KAZ", "ages"), {"18-25": 1.0}, "'18-25'"),
        (("places", "KAZ", "languages"), {"xx": 1.0}, "'xx'"),
        (("places", "KAZ", "feminine"), 1.5, "between 0 and 1"),
        (("places", "KAZ", "topics"), {"teach": -1.0}, "below zero"),
        (("places", "KAZ", "colour"), "red", "colour"),
        (("places",), {}, "places has no weight"),
        (("places", "KAZ", "ages"), {"18-24": 0.0}, "no weight above zero"),
        (("places", "KAZ", "languages"), {"other": 1.0}, "'other'"),
        (("topics", "asking"), {"weather": 1.0}, "'weather'"),
        (("trend",), {"teach": float("nan")}, "below zero"),
        (("hours",), [1.0], "24 weights"),
        (("work",), {"teach": [1.0, 1.0, 1.0]}, "work.default"),
        (("occupation_by_age", "18-24"), {"pilot": 1.0}, "'pilot'"),
        (("missing", "name"), -0.1, "between 0 and 1"),
        (("activity", "mean"), 0.0, "not above zero"),
        (("months",), 0, "must be positive"),
        (("first_month",), "2025-13", "first_month"),
        (("people",), "many", "people"),
    ],
)
def test_an_impossible_population_is_refused_with_its_place(
    raw: dict[str, Any], path: tuple[str, ...], value: object, words: str
) -> None:
    changed = at = deepcopy(raw)
    for part in path[:-1]:
        at = at[part]
    at[path[-1]] = value
    with pytest.raises(ConfigError, match=words):
        parse(changed)


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "population.toml"
    path.write_text("title =", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"population\.toml"):
        load_spec(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"absent\.toml"):
        load_spec(tmp_path / "absent.toml")
