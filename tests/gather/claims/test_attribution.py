"""Who says a sentence, in texts of our own invention in six languages."""

# ruff: noqa: E501 - a sentence stays in one line

import pytest

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.attribution import attribution
from uptake.model.claim import Attribution


def said(text: str, language: str, number: int = 0) -> Attribution:
    analysis = Analysis(text, language)
    return attribution(analysis, analysis.sentences[number])


@pytest.mark.parametrize(
    ("language", "text", "speaker", "organisation"),
    [
        (
            "en",
            "The system works in 20 cities, Energy Minister Arman Bekov said.",
            "Arman Bekov",
            "Ministry of Energy",
        ),
        ("en", "According to the World Bank, exports grew by 5 percent.", None, "World Bank"),
        (
            "en",
            "The Asian Development Bank (ADB) announced a loan of $5 million.",
            None,
            "Asian Development Bank",
        ),
        ("ru", "По данным Всемирного банка, экспорт вырос на 5 процентов.", None, "Всемирный банк"),
        ("ru", "Система работает, сообщила министр Гульмира Осмонова.", "Гульмира Осмонова", None),
        ("tr", "Dünya Bankası'nın raporuna göre ihracat yüzde 5 arttı.", None, "Dünya Bankası"),
        ("tr", "Rektör Hasan Uysal, öğrencilerin hazır olduğunu söyledi.", "Hasan Uysal", None),
        ("az", "Dünya Bankının məlumatına görə, ixrac 5 faiz artıb.", None, "Dünya Bankı"),
        (
            "az",
            "Nazir müavini Ramil Quliyev bildirib ki, sınaqlar davam edir.",
            "Ramil Quliyev",
            None,
        ),
        (
            "uz",
            "Jahon bankining maʼlumotlariga koʻra, eksport 5 foizga oshdi.",
            None,
            "Jahon banki",
        ),
        ("uz", "Вазир Отабек Эргашев синовлар давом этишини айтди.", "Отабек Эргашев", None),
        (
            "kk",
            "Дүниежүзілік банктің деректері бойынша, экспорт 5 пайызға өсті.",
            None,
            "Дүниежүзілік банк",
        ),
        ("kk", "Министр Асхат Бекенов сынақ жүріп жатқанын хабарлады.", "Асхат Бекенов", None),
    ],
)
def test_reported_speech_names_who_is_reported(
    language: str, text: str, speaker: str | None, organisation: str | None
) -> None:
    found = said(text, language)
    assert found.kind == "reported"
    assert found.speaker == speaker
    assert found.organisation == organisation


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", '"Every school in the country uses the system," said Minister Arman Bekov.'),
        ("ru", "«Каждая школа страны пользуется системой», — заявил министр Арман Беков."),
        ("tr", 'Bakan Arman Bekov şunları söyledi: "Ülkedeki her okul bu sistemi kullanıyor."'),
        (
            "az",
            "“Ölkənin hər məktəbi bu sistemdən istifadə edir”, – deyə nazir Arman Bekov bildirib.",
        ),
        ("uz", "«Mamlakatdagi har bir maktab tizimdan foydalanadi», – dedi vazir Arman Bekov."),
        ("kk", "«Елдегі әр мектеп бұл жүйені пайдаланады», – деді министр Арман Беков."),
    ],
)
def test_words_in_quotation_marks_are_the_speakers(language: str, text: str) -> None:
    found = said(text, language)
    assert found.kind == "direct_quote"
    assert found.speaker in ("Arman Bekov", "Арман Беков")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Exports grew by 5 percent in 2025."),
        ("ru", "Экспорт вырос на 5 процентов. Научное сообщество растёт."),
        ("tr", "İhracat 2025'te yüzde 5 arttı."),
        ("az", "İxrac 2025-ci ildə 5 faiz artıb."),
        ("uz", "Eksport 2025-yilda 5 foizga oshdi."),
        ("kk", "Экспорт 2025 жылы 5 пайызға өсті."),
    ],
)
def test_what_nobody_is_said_to_have_told_is_the_authors(language: str, text: str) -> None:
    assert said(text, language) == Attribution()


def test_both_sentences_of_one_quotation_have_its_speaker() -> None:
    text = "«Мы не заменяем врача. К 2027 году система охватит 20 больниц», — сказал Олжас Беков."
    assert said(text, "ru", 0) == said(text, "ru", 1)
    assert said(text, "ru", 0).kind == "direct_quote"


def test_who_told_it_may_be_said_in_the_next_sentence() -> None:
    text = "Обработано 480 заявок. Об этом сообщила министр Гульмира Осмонова."
    assert said(text, "ru", 0).speaker == "Гульмира Осмонова"


def test_a_source_of_data_goes_on_within_its_paragraph() -> None:
    text = "Data presented by OpenAI shows that usage grows. Users under 25 account for 40 percent.\n\nSnow fell."
    assert said(text, "en", 1).organisation == "OpenAI"
    assert said(text, "en", 2) == Attribution()
