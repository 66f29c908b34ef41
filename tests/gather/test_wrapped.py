"""A text whose lines a program broke reads as one whose lines it did not."""

import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake.gather import document_claims, gather_document
from uptake.gather.wrapped import unwrapped
from uptake.model.issue import Issue

DOCUMENTS = Path(__file__).parents[1] / "data" / "documents"
Key = tuple[str, int, int]


def broken(text: str, width: int) -> str:
    """Break the long lines of a text as editors do, none of its signs moved."""
    out = []
    for line in text.split("\n"):
        signs, start, last = list(line), 0, -1
        for at, sign in enumerate((*line, " ")):
            if sign == " ":
                if at - start > width and last > start:
                    signs[last], start = "\n", last + 1
                last = at
        out.append("".join(signs))
    return "\n".join(out)


@given(
    st.lists(st.text("ab A1-•|.:\u00ad\t", max_size=60), max_size=12).map("\n".join),
)
def test_only_line_ends_change_and_to_spaces(text: str) -> None:
    read = unwrapped(text)
    assert len(read) == len(text)
    assert {(a, b) for a, b in zip(text, read, strict=True) if a != b} <= {("\n", " ")}


@given(
    st.lists(st.text("abcdefg", min_size=2, max_size=11), min_size=60, max_size=120),
    st.integers(55, 90),
)
def test_paragraphs_of_any_measure_are_whole_again(words: list[str], width: int) -> None:
    paragraph = " ".join(words).capitalize() + "."
    text = "\n\n".join(textwrap.fill(paragraph, width) for _ in range(2))
    assert unwrapped(text) == f"{paragraph}\n\n{paragraph}"


@pytest.mark.parametrize("width", [66, 72, 80])
@pytest.mark.parametrize("language", ["en", "ru", "tr", "kk", "uz", "az"])
def test_a_broken_text_gives_the_claims_of_the_whole_one(
    tmp_path: Path, language: str, width: int
) -> None:
    def claims(text: str) -> set[Key]:
        path = tmp_path / "text.txt"
        path.write_bytes(text.encode())
        found = gather_document(path, name=path.name)
        assert not isinstance(found, Issue)
        assert found[1] == text  # stored byte for byte
        read = document_claims(*found)
        assert all(text[c.start : c.end] == c.quote for c in read)
        return {(c.type, c.start, c.end) for c in read}

    text = (DOCUMENTS / f"{language}-11.txt").read_text(encoding="utf-8")
    whole, parted = claims(text), claims(broken(text, width))
    assert len(whole & parted) >= 0.9 * len(whole)
    assert len(parted - whole) <= 0.1 * len(whole)


def test_a_value_over_a_line_end_is_one_and_its_quote_is_whole(tmp_path: Path) -> None:
    text = (
        "ASTANA, 3 March 2025. The ministry of digital development said that it spent 1.5\n"
        "million dollars on the training of 12 400 teachers in all regions of Kazakhstan\n"
        "last year.\n"
    )
    path = tmp_path / "text.txt"
    path.write_bytes(text.encode())
    found = gather_document(path, name=path.name)
    assert not isinstance(found, Issue)
    values = {c.fields["value"] for c in document_claims(*found) if c.type == "indicator"}
    assert values == {1_500_000, 12_400}


@pytest.mark.parametrize(
    "text",
    [
        "RESULTS OF THE YEAR\nThe ministry said so.",
        "The ministry of digital development plans:\n- a centre\n- a school of its own",
        "Ministry of Digital Development\n12 Mangilik El Avenue\nAstana",
        "Country | Users | Share\nKazakhstan | 178 | 93.4\nUzbekistan | 214 | 89.0",
        "Kazakhstan     178    93.4\nUzbekistan     214    89.0",
        (
            "The share of young people by what they do is as follows\nfinance and banks – 27.4\n"
            "mining and quarrying of coal, oil and metals – 14.8\nschools – 3"
        ),
        "Press service of the ministry of digital development\nTel.: +7 717 000 00 00",
    ],
)
def test_headings_lists_tables_and_addresses_keep_their_lines(text: str) -> None:
    assert unwrapped(text).count("\n") >= text.count("\n") - ("as follows" in text)
