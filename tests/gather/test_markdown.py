"""Markdown loses its marks and keeps its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake.gather.extract.markdown import plain


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("**bold** and *slanted*, __bold__ and _slanted_", "bold and slanted, bold and slanted"),
        ("***both*** ~~gone~~", "both gone"),
        ("2*3*4 = 24 and 5 * 6 * 7", "2*3*4 = 24 and 5 * 6 * 7"),
        ("snake_case_name and __init__.py", "snake_case_name and init.py"),
        ("a `code * span * here` b", "a code * span * here b"),
        (r"\*no emphasis\* and \# no heading", "*no emphasis* and # no heading"),
        ("see [the plan](https://example.org/a_(b) 'title') now", "see the plan now"),
        ("see [the plan][1] and <https://example.org>", "see the plan and https://example.org"),
        ("![a map](map.png)", "a map"),
        ("one<br>two <b>three</b> &amp; four", "one\ntwo three & four"),
        ("> quoted *words*", "quoted words"),
        ("* one\n+ two\n- [x] three\n1. four", "- one\n- two\n- three\n1. four"),
        ("a\n<!-- hidden\nlines -->\nb", "a\n\nb"),
        ("[1]: https://example.org 'x'\ntext", "text"),
        ("| a | b |\n|---|:-:|\n| 1 | 2 |", "a | b\n1 | 2"),
        ("```python\nx = *y* # z\n```", "x = *y* # z"),
        ("a\n\n---\n\nb", "a\n\nb"),
        ("42 %\u00a0of Ibıd. “it”", "42 %\u00a0of Ibıd. “it”"),
        ("a < b and b > a", "a < b and b > a"),
        ("hard  \nbreak\\\nhere", "hard\nbreak\nhere"),
    ],
)
def test_marks_go_and_words_stay(source: str, text: str) -> None:
    assert plain(source)[0].strip("\n") == text


@pytest.mark.parametrize("source", ["# A *title* #\ntext", "A title\n===\ntext"])
def test_a_heading_is_a_paragraph_of_its_own(source: str) -> None:
    assert plain(source)[0] == "A title\n\ntext"


def test_the_first_heading_is_the_title() -> None:
    assert plain("text\n\n## One\n\n# Two")[1] == "One"
    assert plain("text only")[1] == ""
    assert plain("```\n# no heading\n```")[1] == ""


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_source_is_read(source: str) -> None:
    text, title = plain(source)
    assert "\n" not in title
    assert len(text) <= 4 * len(source) + 8


@given(st.text(st.sampled_from("abc ığ\u00a0.,–“”\n"), max_size=200))
def test_text_without_marks_is_kept_word_for_word(source: str) -> None:
    assert plain(source)[0].split() == source.split()
