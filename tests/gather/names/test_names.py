"""Names of whole texts: laws that hold for any text, and what ties mentions together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake.gather.claims.analysis import Analysis
from uptake.gather.names.inflection import organisation_nominative, person_nominative
from uptake.gather.names.lexicon import lexicon

LANGUAGES = ("en", "ru", "tr", "az", "uz", "kk", "ky", "xx")
PIECES = (
    "Министр", "министром", "Bakan", "naziri", "vaziri", "министрі", "директор", "Нурлан", "Осмонова",
    "Ж.", "«", "»", "“", "”", "(", ")", "ЕАБР", "A.Ş.", "ООО", "MMC", ",", ".", "–", "и", "və", "of",
    "the", "Bank", "University", "Министерство", "цифрового", "развития", "Nazirliyi", "'", "İ", "ı",
    "said", "OpenAI", "\n\n", "\n", "Kazakhstan", "Алматыда", "2026", "who", "heads", "appointed",
)  # fmt: skip


@given(
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=24).map(" ".join),
    st.sampled_from(LANGUAGES),
)
def test_every_name_stands_in_its_text(text: str, language: str) -> None:
    for name in Analysis(text, language).names:
        assert 0 <= name.phrase[0] <= name.start < name.end <= name.phrase[1] <= len(text)
        assert name.name.strip()
        assert name.kind in ("person", "organisation")


@pytest.mark.parametrize(
    ("language", "printed", "case", "nominative"),
    [
        ("ru", "Таалаем Кадыровым", "", "Таалай Кадыров"),
        ("ru", "Урсом Ламбрехтом", "ins", "Урс Ламбрехт"),
        ("ru", "Гульмира Осмонова", "nom", "Гульмира Осмонова"),
        ("ru", "Асана Кадырова", "gen", "Асан Кадыров"),
        ("ru", "Клары Остерхаут", "gen", "Клара Остерхаут"),
        ("ru", "Нурлана Асановича Токтогулова", "", "Нурлан Асанович Токтогулов"),
        ("ru", "Игорем Петровским", "", "Игорь Петровский"),
        ("ru", "Ж. Ахметовой", "", "Ж. Ахметова"),
        ("kk", "Қойшыбаеваның", "", "Қойшыбаева"),
        ("kk", "Ержан Сәдуақасұлы", "", "Ержан Сәдуақасұлы"),
        ("uz", "Jasur Mirsaidovning", "", "Jasur Mirsaidov"),
        ("uz", "Nodira Yo‘ldosheva", "", "Nodira Yo‘ldosheva"),
        ("az", "Ramil Hüseynbəylinin", "", "Ramil Hüseynbəyli"),
        ("az", "Emin Əmrullayevlə", "", "Emin Əmrullayev"),
        ("az", "Günel Əsgərzadə", "", "Günel Əsgərzadə"),
        ("tr", "Ali Tekinalp'e", "", "Ali Tekinalp"),
        ("tr", "Ayşe Demirel", "", "Ayşe Demirel"),
        ("en", "Kamran Rzazade’s", "", "Kamran Rzazade"),
    ],
)
def test_case_endings_of_persons_are_undone(
    language: str, printed: str, case: str, nominative: str
) -> None:
    assert person_nominative(printed.split(), lexicon(language), case) == nominative


def test_what_agrees_with_an_organisation_is_put_in_the_nominative_too() -> None:
    words = ["Евразийского", "банка", "развития"]
    done = organisation_nominative(words, 1, "банк", lexicon("ru"))
    assert done == ["Евразийский", "банк", "развития"]


def test_a_letterhead_is_read_as_one_name() -> None:
    text = "МИНИСТЕРСТВО ЦИФРОВОГО РАЗВИТИЯ КЫРГЫЗСКОЙ РЕСПУБЛИКИ\nПресс-релиз № 41\n\nТекст здесь."
    [name] = Analysis(text, "ru").names
    assert name.name == "Министерство цифрового развития Кыргызской Республики"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The Ministry of Labour opened a portal. The ministry expects more."),
        ("uz", "Raqamli xizmatlar vazirligi portal ochdi. Vazirlik koʻproq kutmoqda."),
        ("az", "Elm və Təhsil Nazirliyi portal açıb. Nazirlik daha çox gözləyir."),
        ("kk", "Еңбек министрлігі портал ашты. Министрлік көбірек күтеді."),
        ("tr", "Çalışma Bakanlığı portal açtı. Bakanlık daha fazlasını bekliyor."),
    ],
)
def test_a_word_for_a_body_means_the_one_named_before(language: str, text: str) -> None:
    first, second = Analysis(text, language).names
    assert second.name == first.name
    assert second.start > first.end


def test_a_family_name_alone_is_the_person_named_before() -> None:
    text = "Министр Гульмира Осмонова прибыла. Позже Осмонова уехала, а с Осмоновой и все."
    names = Analysis(text, "ru").names
    assert [n.name for n in names] == ["Гульмира Осмонова"] * 3
    assert {n.role for n in names} == {"Министр"}
