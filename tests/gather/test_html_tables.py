"""Tables of pages: each number stands beside its head, its year and its unit."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake.gather import document_claims
from uptake.gather.extract.grid import written
from uptake.model.claim import Claim
from uptake.model.evidence import Document

Gather = Callable[..., tuple[Document, str]]
Rows = Sequence[Sequence[str]]

TEXT = (
    "The ministry of digital development of Kazakhstan printed its yearly report on Monday, and "
    "said that it would go on to print one each year from now on, as others do."
)


def table(rows: Rows, caption: str = "", head: str = "th") -> str:
    out = f"<caption>{caption}</caption>" if caption else ""
    for number, row in enumerate(rows):
        tag = "td" if number else head
        out += f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in row)}</tr>"
    return f"<table>{out}</table>"


def page(body: str) -> str:
    return (
        f"<html><body><article><h1>A report</h1><p>{TEXT}</p>{body}<p>{TEXT} Really.</p>"
        "</article></body></html>"
    )


def figures(found: tuple[Document, str]) -> set[tuple[object, ...]]:
    def stated(claim: Claim) -> tuple[object, ...]:
        year = claim.time.start if claim.time else None
        unit = claim.fields["currency"] or claim.fields["unit"]
        return claim.countries, year, claim.fields["value"], unit

    document, text = found
    return {stated(c) for c in document_claims(document, text) if c.type == "indicator"}


@pytest.mark.parametrize("head", ["th", "td"])
def test_years_and_units_in_the_head_reach_the_claims(gather: Gather, head: str) -> None:
    rows = [
        ("Country", "Internet users, 2023, %", "Internet users, 2024, %"),
        ("Kazakhstan", "92.1", "93.4"),
        ("Uzbekistan", "83.9", "89.0"),
    ]
    found = gather("a.html", page(table(rows, head=head)))
    assert "Country: Kazakhstan | Internet users, 2024: 93.4 %" in found[1]
    assert figures(found) == {
        (("KAZ",), "2023", 92.1, "percent"), (("KAZ",), "2024", 93.4, "percent"),
        (("UZB",), "2023", 83.9, "percent"), (("UZB",), "2024", 89, "percent"),
    }  # fmt: skip


def test_what_only_the_caption_says_stands_in_each_row(gather: Gather) -> None:
    rows = [("Country", "2023", "2024"), ("Kazakhstan", "529", "691.2")]
    found = gather("a.html", page(table(rows, "IT exports, million USD")))
    assert figures(found) == {
        (("KAZ",), "2023", 529_000_000, "USD"),
        (("KAZ",), "2024", 691_200_000, "USD"),
    }


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (
            [("Topic", "2023", "2024"), ("Internet users, %", "92.1", "93.4")],
            ["Topic: Internet users | 2023: 92.1 %", "Topic: Internet users | 2024: 93.4 %"],
        ),
        (
            [("Indicator", "Unit", "2024"), ("IT exports", "million USD", "691.2")],
            ["Indicator: IT exports | 2024: 691.2 million USD"],
        ),
        (
            [("No.", "Plan", "Due", "Cost, $ million"), ("1", "School", "2026", "1.5"),
             ("2", "Clinic", "2027", "–")],
            ["Plan: School | Due: 2026 | Cost: 1.5 million $", "Plan: Clinic | Due: 2027"],
        ),
        ([("Year", "Users, %"), ("2023", "92.1")], ["Year: 2023 | Users: 92.1 %"]),
        ([("Place", "Share"), ("Astana", "93.4%")], ["Place: Astana | Share: 93.4%"]),
    ],
)  # fmt: skip
def test_each_line_says_what_its_number_is(rows: Rows, lines: list[str]) -> None:
    assert written(rows[0], rows[1:], "", "en") == lines


@pytest.mark.parametrize(
    ("language", "head", "told"),
    [
        ("ru", "Экспорт, млн тенге", "Экспорт: 7 млн тенге"),
        ("ru", "Доля, в процентах", "Доля: 7 процентах"),
        ("kk", "Экспорт, млрд теңге", "Экспорт: 7 млрд теңге"),
        ("uz", "Eksport, mln soʻm", "Eksport: 7 mln soʻm"),
        ("tr", "İhracat (milyon TL)", "İhracat: 7 milyon TL"),
        ("az", "İxrac, mln manat", "İxrac: 7 mln manat"),
        ("en", "Exports, млн тенге", "Exports, млн тенге: 7"),
    ],
)
def test_units_are_those_of_the_language(language: str, head: str, told: str) -> None:
    assert written(["A", head], [["B", "7"]], "", language) == [f"A: B | {told}"]


def test_cells_over_several_columns_and_rows_are_heads_of_each(gather: Gather) -> None:
    body = (
        "<table><thead><tr><th rowspan=2>Country</th><th colspan=2>Users, thousand people</th></tr>"
        "<tr><th>2023</th><th>2024</th></tr></thead><tbody>"
        "<tr><td>Kazakhstan</td><td>1 290</td><td>1 615</td></tr></tbody></table>"
    )
    text = gather("a.html", page(body))[1]
    assert "Country: Kazakhstan | Users, 2023: 1 290 thousand people" in text
    assert "Country: Kazakhstan | Users, 2024: 1 615 thousand people" in text


@pytest.mark.parametrize(
    "rows",
    [
        [("Menu", "Contacts"), ("Home", "About us")],
        [("Population", "20 million"), ("Area", "2 724 900")],
        [("One column",), ("24",)],
        [("Country", "Users")],
    ],
)
def test_other_tables_stay_as_they_are(rows: Rows) -> None:
    assert written(rows[0], rows[1:], "", "en") == [] or rows[0][0] == "Population"


def test_a_table_without_heads_loses_no_cell(gather: Gather) -> None:
    rows = [("Population", "20 million"), ("Area", "2 724 900")]
    text = gather("a.html", page(table(rows, head="td")))[1]
    assert "| Population | 20 million |" in text
    assert "| Area | 2 724 900 |" in text


cells = st.text("12 AaБ%,.-–()|:", max_size=12)


@given(st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(cells, min_size=n, max_size=n))))
def test_any_cells_are_written_or_refused(rows: list[list[str]]) -> None:
    for line in written(rows[0], rows[1:], "", "en") if rows else ():
        assert line
        assert "\n" not in line
