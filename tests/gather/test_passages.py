"""Passages cover a text and change nothing."""

from hypothesis import given
from hypothesis import strategies as st

from uptake.gather.passages import WRAPPED, split

signs = st.text(
    st.one_of(
        st.sampled_from("\n\n\n \t\u00a0\u2028\x0c"), st.characters(exclude_categories=["Cs"])
    ),
    max_size=400,
)
paragraphs = st.lists(st.text("abc \u0131\u00a0\n", max_size=3 * WRAPPED), max_size=6).map(
    "\n\n".join
)


@given(st.one_of(signs, paragraphs))
def test_passages_cover_all_that_is_no_space_in_order_and_once(text: str) -> None:
    found = split(text)
    end = 0
    covered = []
    for passage in found:
        assert end <= passage.start < passage.end <= len(text)
        assert not text[end : passage.start].strip()
        quote = text[passage.start : passage.end]
        assert quote == quote.strip()
        covered.append(quote)
        end = passage.end
    assert not text[end:].strip()
    assert "".join("".join(covered).split()) == "".join(text.split())


@given(signs)
def test_a_passage_holds_no_blank_line(text: str) -> None:
    for passage in split(text):
        quote = text[passage.start : passage.end]
        assert all(line.strip() for line in quote.split("\n"))


def test_lines_of_a_wrapped_text_are_one_paragraph() -> None:
    text = "first line of it\nsecond line\n\nanother"
    assert [text[p.start : p.end] for p in split(text)] == [
        "first line of it\nsecond line",
        "another",
    ]


def test_long_lines_are_paragraphs_of_their_own() -> None:
    long = "word " * 40 + "end."
    text = f"Background\n{long}\n{long}\n"
    assert [text[p.start : p.end] for p in split(text)] == ["Background", long, long]


def test_a_page_break_parts_paragraphs() -> None:
    text = "one\n\x0c\ntwo"
    assert [text[p.start : p.end] for p in split(text)] == ["one", "two"]
