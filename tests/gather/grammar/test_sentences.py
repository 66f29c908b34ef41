"""Sentences end where a reader ends them, and none crosses a paragraph."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake.gather.grammar.sentences import sentences
from uptake.gather.passages import split


def parts(text: str, language: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text, language)]


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("kk", "Үкімет 1,5 млрд. теңгеге жүйе сатып алды.", "Ол жұмыс істейді."),
        ("uz", "Buni Vazir Sh. Shermatov aytdi.", "Loyiha tayyor."),
        ("uz", "Буни вазир Ш. Шерматов айтди.", "Лойиҳа тайёр."),
        ("tr", "Endekste 24. sıradayız.", "Hedef 10. sıra."),
        ("tr", "Bunu Prof. Dr. Ayşe Kaya söyledi.", "Proje hazır."),
        ("ru", "Проект стоит 5 млн долл. США в год.", "Он начат."),
        ("ru", "Это сказал А. С. Петров, зам. министра.", "Проект готов."),
        ("az", "Layihə 1,5 mlrd. manata başa gəldi.", "O işləyir."),
        ("en", "It starts at 5 p.m.", "Then it ends."),
        ("en", "Dr. Lee and Mr. Khan spent $5.5 mln. on it.", "It works."),
        ("en", "Azerbaijan had 64.[1]", "Funding grew."),
    ],
)
def test_an_abbreviation_ends_no_sentence(language: str, first: str, second: str) -> None:
    assert parts(f"{first} {second}", language) == [first, second]


def test_a_semicolon_does_not_end_a_sentence() -> None:
    text = "It had 178 start-ups; the other had 64. It grew."
    assert parts(text, "en") == ["It had 178 start-ups; the other had 64.", "It grew."]


def test_a_heading_and_the_items_of_a_list_stand_alone() -> None:
    text = "Results of the year\n\nTargets are:\n- 40 percent of farms\n- 3,500 people\n"
    found = sentences(text, "en")
    assert [text[s.start : s.end] for s in found] == [
        "Results of the year",
        "Targets are:",
        "- 40 percent of farms",
        "- 3,500 people",
    ]
    assert [s.heading for s in found] == [True, False, False, False]
    assert [s.paragraph for s in found] == [0, 1, 1, 1]


def test_a_paragraph_has_its_own_language() -> None:
    text = (
        "Бұл жоба туралы толық ақпарат әлі жоқ, бірақ ол жаңа жылдан бастап іске қосылады.\n\n"
        "The project will start next year, and more about it will be told by the ministry.\n\n"
        "Қысқа жол."
    )
    assert [s.language for s in sentences(text, "kk")] == ["kk", "en", "kk"]


@given(
    st.lists(
        st.text(alphabet="Ab c.!?;1\u00a0«»[]-)\n", min_size=1, max_size=40), min_size=1, max_size=4
    )
)
def test_sentences_leave_out_only_space_and_cross_no_paragraph(blocks: list[str]) -> None:
    text = "\n\n".join(blocks)
    passages = split(text)
    last = 0
    for s in sentences(text, "en"):
        assert not text[last : s.start].strip()
        assert s.start < s.end
        assert passages[s.paragraph].start <= s.start
        assert s.end <= passages[s.paragraph].end
        last = s.end
    assert not text[last:].strip()


def test_a_row_of_a_table_stands_alone() -> None:
    text = "It grew.\nCountry | Users\nKazakhstan | 178\nUzbekistan | 214\nMore follows."
    assert parts(text, "en") == [
        "It grew.", "Country | Users", "Kazakhstan | 178", "Uzbekistan | 214", "More follows."
    ]  # fmt: skip
