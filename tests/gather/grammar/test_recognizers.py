"""The grammar against the specifications of Recognizers-Text, which it was not written from."""

import importlib.util
from pathlib import Path

import pytest

FLOORS = {
    ("English", "numbers"): 0.88,
    ("English", "currency"): 0.88,
    ("English", "dates"): 0.90,
    ("English", "periods"): 0.80,
    ("Turkish", "numbers"): 0.88,
    ("Turkish", "currency"): 0.94,
    ("Turkish", "dates"): 0.85,
    ("Turkish", "periods"): 0.75,
}
BENCHMARK = Path(__file__).parents[3] / "benchmarks" / "recognizers.py"


@pytest.fixture(scope="module")
def reached(request: pytest.FixtureRequest) -> dict[tuple[str, str], float]:
    specs = Path(__file__).parents[4] / "shared/data/documents/recognizers-specs/Specs"
    if not specs.is_dir():
        pytest.skip("needs ../shared/data/documents/recognizers-specs, which is not here")
    spec = importlib.util.spec_from_file_location("recognizers", BENCHMARK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["recognizers"] = module
    spec.loader.exec_module(module)
    return {kind: score.value / score.items for kind, score in module.scores(specs).items()}


@pytest.mark.parametrize(("language", "kind"), FLOORS)
def test_values_are_found_as_specified(
    reached: dict[tuple[str, str], float], language: str, kind: str
) -> None:
    assert reached[language, kind] >= FLOORS[language, kind]
