"""PDF: columns, rows and lists as they are printed, whatever order their text was written in."""

from collections.abc import Callable
from itertools import chain

import pytest

from uptake.gather import document_claims
from uptake.gather.grammar.quantities import quantities
from uptake.model.evidence import Document

MakePdf = Callable[..., bytes]
Gather = Callable[..., tuple[Document, str]]
Placed = tuple[float, float, str]

LEFT = (
    "The ministry of digital development", "said on Monday that it will build a",
    "centre of data in the capital, which", "costs 12 million dollars and will be",
    "ready in 2027, as its own plan says.",
)  # fmt: skip
RIGHT = (
    "In the second column of the page it", "is told that 40 percent of schools",
    "have a line to the net, and that the", "others will have one by the end of",
    "2026 in all regions of Kazakhstan.",
)  # fmt: skip
TABLE = (
    ("Country", "2023", "2024"),
    ("Kazakhstan", "178", "214"),
    ("Uzbekistan", "1 290", "1 615"),
    ("Kyrgyzstan", "64", "57"),
)


def column(lines: tuple[str, ...], x: float) -> list[Placed]:
    return [(x, 700 - 14 * n, line) for n, line in enumerate(lines)]


def cells(*, by_column: bool) -> list[Placed]:
    placed = [
        (x, 600.0 - 16 * n, cell)
        for n, row in enumerate(TABLE)
        for x, cell in zip((72.0, 200.0, 240.0), row, strict=True)
    ]
    return sorted(placed, key=lambda p: p[0]) if by_column else placed


@pytest.mark.parametrize("across", [True, False])
def test_columns_are_read_one_after_another(
    gather: Gather, make_pdf: MakePdf, across: bool
) -> None:
    left, right = column(LEFT, 72), column(RIGHT, 340)
    page = list(chain(*zip(left, right, strict=True))) if across else left + right
    document, text = gather("a.pdf", make_pdf(page))
    assert [text[p.start : p.end] for p in document.passages] == [" ".join(LEFT), " ".join(RIGHT)]


@pytest.mark.parametrize("by_column", [True, False])
def test_cells_of_a_row_stand_apart(gather: Gather, make_pdf: MakePdf, by_column: bool) -> None:
    before = [(72.0, 660.0, "Users of the service by country, thousand people, are these here.")]
    after = [(72.0, 500.0, "After the table the text goes on with one more sentence of its own.")]
    _, text = gather("a.pdf", make_pdf(before + cells(by_column=by_column) + after))
    paragraphs = text.strip().split("\n\n")
    assert paragraphs[0] == before[0][2]
    assert paragraphs[-1] == after[0][2]
    assert paragraphs[1].split("\n") == [
        f"Country: {country} | {year}: {value}"
        for country, *values in TABLE[1:]
        for year, value in zip(TABLE[0][1:], values, strict=True)
    ]


def test_a_table_without_heads_keeps_its_cells_apart(gather: Gather, make_pdf: MakePdf) -> None:
    rows = (("Kazakhstan", "178", "214"), ("Uzbekistan", "1 290", "1 615"))
    page = [
        (x, 600.0 - 16 * n, cell)
        for n, row in enumerate(rows)
        for x, cell in zip((72.0, 200.0, 240.0), row, strict=True)
    ]
    text = gather("a.pdf", make_pdf([*column(LEFT, 72), *page]))[1]
    lines = text.strip().split("\n")[-2:]
    assert lines == ["Kazakhstan | 178 | 214", "Uzbekistan | 1 290 | 1 615"]
    assert [q.value for q in quantities(lines[1], "en")] == [1290, 1615]


def test_no_claim_joins_the_numbers_of_two_cells(gather: Gather, make_pdf: MakePdf) -> None:
    document, text = gather("a.pdf", make_pdf([*column(LEFT, 72), *cells(by_column=False)]))
    values = [c.fields["value"] for c in document_claims(document, text) if c.type == "indicator"]
    assert 12_000_000 in values
    assert all(value in {12_000_000, 178, 214, 1290, 1615, 64, 57} for value in values)


@pytest.mark.parametrize("hyphen", ["-", "\u2010", "\u00ad", "\x02"])
def test_hyphens_of_any_kind_at_line_ends_are_undone(
    gather: Gather, make_pdf: MakePdf, hyphen: str
) -> None:
    page = (
        f"The digital trans{hyphen}", f"formation of the country, its e{hyphen}",
        f"government, the town of Kara{hyphen}", "Balta, and a well-known way of it.",
    )  # fmt: skip
    _, text = gather("a.pdf", make_pdf(page))
    assert text.strip() == (
        "The digital transformation of the country, its e-government, the town of Kara-Balta, "
        "and a well-known way of it."
    )


def test_a_soft_hyphen_within_a_line_does_not_show(gather: Gather, make_pdf: MakePdf) -> None:
    page = ("The digi\u00adtal plan of the ministry, and all", "that belongs to it.")
    assert gather("a.pdf", make_pdf(page))[1].startswith("The digital plan of the ministry, and")


def test_items_of_a_list_and_headings_stay_apart(gather: Gather, make_pdf: MakePdf) -> None:
    page = (
        "Aims of the plan", "",
        "The ministry of digital development plans by 2027:",
        "\u2022 a centre of data in the capital, which will be the", "largest one so far;",
        "\u2022 3,500 places at schools.",
    )  # fmt: skip
    assert gather("a.pdf", make_pdf(page))[1].strip() == (
        "Aims of the plan\n\nThe ministry of digital development plans by 2027:\n"
        "\u2022 a centre of data in the capital, which will be the largest one so far;\n"
        "\u2022 3,500 places at schools."
    )


def test_a_value_over_a_line_end_is_one(gather: Gather, make_pdf: MakePdf) -> None:
    page = (
        "The ministry of digital development of Kazakhstan spent 1.5",
        "million dollars on the training of teachers in 2025, as it said.",
    )
    document, text = gather("a.pdf", make_pdf(page))
    [claim] = [c for c in document_claims(document, text) if c.type == "indicator"]
    assert (claim.fields["value"], claim.fields["currency"]) == (1_500_000, "USD")
    assert "1.5 million dollars" in claim.quote
