"""The copy knows where each of its signs came from."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from uptake.gather.grammar.shadow import fold, shadow

SIGNS = "aİIıйё\u0306и\u0301\u00ad\u200b\u00a0ʻ’–\n gGʼ5"


@given(st.text(alphabet=SIGNS, max_size=40))
def test_each_sign_of_the_copy_comes_from_its_like(text: str) -> None:
    made = shadow(text)
    last = -1
    for at, sign in enumerate(made.text):
        back = made.back(at)
        assert last < back < len(text)
        last = back
        if sign.isascii() and sign.isalnum():
            assert fold(text[back]) == sign


@given(st.text(alphabet=SIGNS, min_size=1, max_size=40), st.data())
def test_a_span_is_never_empty_nor_backward(text: str, data: st.DataObject) -> None:
    made = shadow(text)
    if not made.text:
        return
    start = data.draw(st.integers(0, len(made.text) - 1))
    end = data.draw(st.integers(start + 1, len(made.text)))
    low, high = made.span(start, end)
    assert 0 <= low < high <= len(text)


def test_a_composed_letter_covers_its_marks() -> None:
    text = unicodedata.normalize("NFD", "йод 5")
    made = shadow(text)
    assert made.text == "йод 5"
    assert text[slice(*made.span(0, 3))] == unicodedata.normalize("NFD", "йод")


def test_a_soft_hyphen_parts_no_word_and_a_line_end_no_column() -> None:
    assert shadow("digi\u00ad\ntal services").text == "digital services"
    assert shadow("178\n214 and\nmore").text == "178\n214 and more"
