"""Digits without end and scales on scales are no figures, and end no document's reading."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uptake.flow.documents import File, read
from uptake.gather.grammar.measures import measures
from uptake.gather.grammar.numerals import read_number

HUGE = ["7" * 5_000, "1" + ",000" * 150, "1" + " 000" * 150, "9" * 400, "1" + "0" * 22]
STORY = (
    "The ministry spent $4 million on AI in 2024, and the number of its users has reached {}. "
    "The programme that the government of the country began in {} is open to all of the people."
)


@pytest.mark.parametrize("number", [*HUGE, "5." + "9" * 5_000, "3^" + "9" * 5_000, "0" * 5_000])
def test_a_document_with_a_number_without_end_gives_its_other_claims(
    tmp_path: Path, number: str
) -> None:
    path = tmp_path / "a.txt"
    for shape in ("{}", "{} million", "1/{}", "{}/{}", "{}th of users", "5 to {}", "{}%"):
        told = shape.replace("{}", number)
        path.write_text(STORY.format(told, told))
        found = read(File(path, "a.txt"))
        assert found.issue is None
        values = {c.fields["value"] for c in found.claims if c.type == "indicator"}
        assert 4_000_000 in values
        assert all(value is None or value < 1e21 for value in values)


@pytest.mark.parametrize("number", HUGE)
@pytest.mark.parametrize("language", ["en", "ru", "tr", "kk", "uz", "az"])
def test_no_part_of_a_number_without_end_is_a_number(number: str, language: str) -> None:
    assert read_number(number, 0, language) is None
    assert list(measures(f"{number} ", language)) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "999 trillion trillion dollars"),
        ("ru", "999 триллионов триллионов долларов"),
        ("tr", "999 trilyon trilyon dolar"),
        ("kk", "999 триллион триллион доллар"),
        ("uz", "999 trillion trillion dollar"),
        ("az", "999 trilyon trilyon dollar"),
    ],
)
def test_a_scale_times_a_scale_without_end_is_no_number(language: str, text: str) -> None:
    assert list(measures(text, language)) == []


def test_what_is_large_and_a_figure_stays_one() -> None:
    assert read_number("10^25 operations", 0, "en").value == 1e25  # type: ignore[union-attr]
    assert read_number("500 trillion", 0, "en").value == 5e14  # type: ignore[union-attr]
    assert read_number("1,000,000,000,000,000", 0, "en").value == 1e15  # type: ignore[union-attr]


@settings(deadline=None, max_examples=60)
@given(st.text("0123456789.,'/^e %-$km", max_size=90), st.sampled_from(["en", "ru", "tr", "uz"]))
def test_any_digits_give_figures_of_a_sane_size(text: str, language: str) -> None:
    for found in measures(text, language):
        assert abs(found.number.value) < 1e30
