"""Published results, from data that lie beside the checkout and are not ours to ship."""

from pathlib import Path

import pytest

from uptake.flow.evaluate import evaluate_programme

ORGANS = """
name = "Active choice of organ donation in California"
method = "did"
panel = {{ file = "{file}", unit = "State", period = "Quarter", outcome = "Rate" }}
treated = [{{ units = ["California"], from = "Q32011" }}]
"""

GERMANY = """
name = "Unification"
method = "synthetic-control"
panel = {{ file = "{file}", unit = "country", period = "year", outcome = "gdp" }}
treated = [{{ units = ["West Germany"], from = 1990 }}]
synthetic = {{ fit = [1960, 1989], training = [1981, 1990] }}
covariates = [
  {{ column = "gdp", from = 1981, to = 1990, training = [1971, 1980] }},
  {{ column = "trade", from = 1981, to = 1990, training = [1971, 1980] }},
  {{ column = "infrate", from = 1981, to = 1990, training = [1971, 1980] }},
  {{ column = "industry", from = 1981, to = 1990, training = [1971, 1980] }},
  {{ column = "schooling", from = 1980, to = 1985, training = [1970, 1975] }},
  {{ column = "invest80", from = 1980, to = 1980, training_column = "invest70", \
training = [1980, 1980] }},
]
"""


def programme(folder: Path, text: str, file: Path) -> Path:
    if not file.is_file():
        pytest.skip(f"needs ../shared/data/programmes/{file.name}, which is not here")
    source = folder / "programme.toml"
    source.write_text(text.format(file=file.resolve()), encoding="utf-8")
    return source


def test_organ_donations_fall_by_two_points(shared: Path, tmp_path: Path) -> None:
    """Kessler and Roth (2014), as in Huntington-Klein, The Effect, chapter 18."""
    file = shared / "data/programmes/organ_donations/organ_donation.csv"
    found, _ = evaluate_programme(programme(tmp_path, ORGANS, file), tmp_path / "out")
    assert found.estimate == pytest.approx(-0.022, abs=0.0005)
    assert found.se == pytest.approx(0.006, abs=0.0005)
    assert (found.n_units, found.n_periods, found.n_treated) == (27, 6, 1)


def test_west_germany_is_made_of_the_published_countries(shared: Path, tmp_path: Path) -> None:
    """Abadie, Diamond and Hainmueller (2015), table 1."""
    file = shared / "data/programmes/germany.csv"
    found, _ = evaluate_programme(programme(tmp_path, GERMANY, file), tmp_path / "out")
    published = {
        "Austria": 0.42,
        "USA": 0.22,
        "Japan": 0.16,
        "Switzerland": 0.11,
        "Netherlands": 0.09,
    }
    weights = dict(found.weights)
    assert weights.keys() == published.keys()
    assert weights == pytest.approx(published, abs=0.03)
    # Sixteen donors can not bound an effect at 95%, and the verdict does not pretend to.
    assert found.verdict.startswith("No effect seen: the data are too few to bound it")
    assert found.p == pytest.approx(1 / 17)
