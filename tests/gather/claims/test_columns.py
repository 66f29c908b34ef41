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


@pytest.mark.parametrize(
    ("language", "head", "expected"),
    [
        ("en", "Programme | Budget 2026, UZS billion | Rank | Share, %", "UZS"),
        ("ru", "Программа | Бюджет 2026, млрд сумов | Место | Доля, %", "UZS"),
        ("tr", "Program | 2026 bütçesi, milyar lira | Sıra | Pay, %", "TRY"),
        ("kk", "Бағдарлама | Бюджет 2026, млрд теңге | Орын | Үлес, %", "KZT"),
        ("uz", "Dastur | Byudjet 2026, mlrd so'm | O'rin | Ulush, %", "UZS"),
        ("az", "Proqram | Büdcə 2026, milyard manat | Yer | Pay, %", "AZN"),
    ],
)
def test_a_head_with_a_year_still_tells_the_unit(language: str, head: str, expected: str) -> None:
    text = f"{head}\nAlfa | 120 | 4 | 12\nBeta | 95 | 7 | 9\n"
    assert [row[:2] for row in _read(language, text)] == [
        (120_000_000_000, expected),
        (4, "rank"),
        (12, "percent"),
        (95_000_000_000, expected),
        (7, "rank"),
        (9, "percent"),
    ]


def test_brackets_in_a_table_of_money_are_losses() -> None:
    text = "Company | Profit, KZT million\nAlpha | (12.0)\nBeta | 30.5\n"
    assert _read("en", text) == [(-12_000_000, "KZT", ""), (30_500_000, "KZT", "")]
    assert _read("en", "Profit was USD (12.0) million.") == []


def test_a_row_may_state_the_unit_of_its_years() -> None:
    text = "Indicator | Unit | 2024 | 2025\nBudget | UZS billion | 120 | 130\n"
    found = [row[:2] for row in _read("en", text)]
    assert found == [(120_000_000_000, "UZS"), (130_000_000_000, "UZS")]


def test_a_column_names_what_its_cells_count() -> None:
    text = "Programme | Budget, UZS billion | Regions covered | Banks\nSchools | 198 | 14 | 5\n"
    claims = indicators(Analysis(text, "en", "2026-05-15"))
    assert [(c.fields["name"] or "").lower() for c in claims] == [
        "budget money",
        "regions covered",
        "banks",
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "AZN 58 billion banks and insurers."),
        ("en", "UZS 198 billion regions covered."),
        ("ru", "58 млрд манатов банков и страховщиков."),
    ],
)
def test_money_is_not_named_after_what_is_counted(language: str, text: str) -> None:
    [claim] = indicators(Analysis(text, language, "2026-05-15"))
    assert not claim.fields["name"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Country: Kazakhstan | Place: 24"),
        ("ru", "Страна: Казахстан | Место: 24"),
        ("tr", "Ülke: Kazakistan | Sıra: 24"),
        ("kk", "Ел: Қазақстан | Орын: 24"),
        ("uz", "Mamlakat: Qozog'iston | O'rin: 24"),
        ("az", "Ölkə: Qazaxıstan | Yer: 24"),
    ],
)
def test_a_cell_that_carries_its_head_has_the_unit_of_it(language: str, text: str) -> None:
    [row] = _read(language, text)
    assert row[:2] == (24, "rank")
