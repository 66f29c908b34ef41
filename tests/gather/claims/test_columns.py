"""Tables in running text: a cell has the unit and scale that the head of its column states."""

import pytest

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.indicator import indicators

Row = tuple[float, str, str]


def _read(language: str, text: str) -> list[Row]:
    found = list(indicators(Analysis(text, language, "2026-05-15")))
    assert all(text[c.start : c.end] == c.quote for c in found)
    return [
        (c.fields["value"], c.fields["currency"] or c.fields["unit"], " ".join(c.countries))
        for c in found
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Country | Exports, USD million\nKazakhstan | 120\nUzbekistan | 310.5\n"),
        (
            "en",
            "| Country | Exports ($m) |\n|---|---|\n| Kazakhstan | 120 |\n| Uzbekistan | 310.5 |",
        ),
        ("en", "Country\tExports, $m\nKazakhstan\t120\nUzbekistan\t310.5\n"),
        ("ru", "Страна – экспорт, млн долл.\nКазахстан – 120\nУзбекистан – 310,5\n"),
        ("tr", "Ülke – ihracat, milyon dolar\nKazakistan – 120\nÖzbekistan – 310,5\n"),
        ("kk", "Ел – экспорт, млн доллар\nҚазақстан – 120\nӨзбекстан – 310,5\n"),
        ("uz", "Mamlakat – eksport, mln dollar\nQozog‘iston – 120\nO‘zbekiston – 310,5\n"),
        ("az", "Ölkə – ixrac, milyon dollar\nQazaxıstan – 120\nÖzbəkistan – 310,5\n"),
    ],
)
def test_a_bare_cell_takes_the_scale_and_currency_of_its_column(language: str, text: str) -> None:
    assert _read(language, text) == [(120_000_000, "USD", "KAZ"), (310_500_000, "USD", "UZB")]


def test_shares_and_places_of_a_table_are_such() -> None:
    text = "Country | Share, % | Place\nGeorgia | 14 | 12\nArmenia | 9.2 | 15\n"
    assert sorted(_read("en", text)) == [
        (9.2, "percent", "ARM"),
        (12, "rank", "GEO"),
        (14, "percent", "GEO"),
        (15, "rank", "ARM"),
    ]


def test_growth_with_a_plus_is_a_share_of_its_row() -> None:
    text = "Firm (country) – revenue, $m – growth\nA-Soft (Georgia) – 58.3 – +24%\n"
    assert _read("en", text) == [(58_300_000, "USD", "GEO"), (24, "percent", "GEO")]


def test_a_row_of_another_length_has_no_column() -> None:
    text = "Country – exports, $m\nGeorgia – 120 – 14\n"
    assert {unit for _, unit, _ in _read("en", text)} == {"count"}
